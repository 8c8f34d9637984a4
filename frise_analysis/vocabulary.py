"""The one catalogue of codes and French labels.

Legal codes and values keep their French terms; identifiers are English (``docs/glossary.md``).
A label shown on any screen, file or chart comes from here, so that another language is one more module.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Labelled(StrEnum):
    """A code stored in the records, with the words shown for it."""

    label: str

    # The default lets a type checker accept ``Sex("F")``, which looks a member up and never comes here.
    def __new__(cls, value: str, label: str = "") -> Labelled:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Sex(Labelled):
    FEMALE = "F", "femme"
    MALE = "M", "homme"
    UNKNOWN = "X", "non précisé"


class DatePrecision(Labelled):
    """How much of a date of facts is known; ``PERIOD`` runs from start to end."""

    DAY = "day", "au jour près"
    MONTH = "month", "au mois près"
    YEAR = "year", "à l’année près"
    PERIOD = "period", "sur une période"
    UNKNOWN = "unknown", "date incertaine"


class OffenceNature(Labelled):
    CRIME = "crime", "crime"
    DELIT = "delit", "délit"
    CONTRAVENTION = "contravention", "contravention"


class RecordEntryType(Labelled):
    """A line of a criminal record is not always a conviction (CPP 768)."""

    CONDAMNATION = "condamnation", "condamnation"
    ORDONNANCE_PENALE = "ordonnance_penale", "ordonnance pénale"
    COMPOSITION_PENALE = "composition_penale", "composition pénale"
    AFD = "amende_forfaitaire_delictuelle", "amende forfaitaire délictuelle"
    DISPENSE = "dispense_de_peine", "dispense de peine"
    AJOURNEMENT = "ajournement", "ajournement"
    MESURE_EDUCATIVE = "mesure_educative", "mesure éducative"
    IRRESPONSABILITE = "irresponsabilite_penale", "irresponsabilité pénale"
    ETRANGERE = "condamnation_etrangere", "condamnation étrangère"
    AUTRE = "autre", "autre mention"


#: Lines of a criminal record that are convictions; the others are shown, and counted as other mentions.
CONVICTION_ENTRIES = frozenset(
    {
        RecordEntryType.CONDAMNATION,
        RecordEntryType.ORDONNANCE_PENALE,
        RecordEntryType.DISPENSE,
        RecordEntryType.MESURE_EDUCATIVE,
        RecordEntryType.ETRANGERE,
    }
)


class JudgmentMode(Labelled):
    CONTRADICTOIRE = "contradictoire", "contradictoire"
    CONTRADICTOIRE_A_SIGNIFIER = "contradictoire_a_signifier", "contradictoire à signifier"
    PAR_DEFAUT = "par_defaut", "par défaut"
    CRPC = "crpc", "reconnaissance préalable de culpabilité"
    COMPARUTION_IMMEDIATE = "comparution_immediate", "comparution immédiate"
    ORDONNANCE_PENALE = "ordonnance_penale", "ordonnance pénale"


class SentenceCode(Labelled):
    RECLUSION = "reclusion", "réclusion criminelle"
    EMPRISONNEMENT = "emprisonnement", "emprisonnement"
    SURSIS_SIMPLE = "sursis_simple", "emprisonnement avec sursis simple"
    SURSIS_PROBATOIRE = "sursis_probatoire", "emprisonnement avec sursis probatoire"
    SURSIS_PROBATOIRE_RENFORCE = "sursis_probatoire_renforce", "sursis probatoire renforcé"
    SME = "sme", "sursis avec mise à l’épreuve"
    STIG = "stig", "sursis assorti d’un travail d’intérêt général"
    CONTRAINTE_PENALE = "contrainte_penale", "contrainte pénale"
    DDSE = "ddse", "détention à domicile sous surveillance électronique"
    TIG = "tig", "travail d’intérêt général"
    AMENDE = "amende", "amende"
    JOURS_AMENDE = "jours_amende", "jours-amende"
    STAGE = "stage", "peine de stage"
    SANCTION_REPARATION = "sanction_reparation", "sanction-réparation"
    SUSPENSION_PERMIS = "suspension_permis", "suspension ou annulation du permis"
    INTERDICTION = "interdiction", "interdiction"
    CONFISCATION = "confiscation", "confiscation"
    SSJ = "ssj", "suivi socio-judiciaire"
    DISPENSE = "dispense_peine", "dispense de peine"
    MESURE_EDUCATIVE = "mesure_educative", "mesure éducative"
    AUTRE = "autre", "autre peine"


class CustodyRegime(Labelled):
    DETENTION_PROVISOIRE = "detention_provisoire", "détention provisoire"
    DETENTION = "detention", "détention"
    CONTRAINTE_JUDICIAIRE = "contrainte_judiciaire", "contrainte judiciaire"
    SEMI_LIBERTE = "semi_liberte", "semi-liberté"
    PLACEMENT_EXTERIEUR = "placement_exterieur", "placement à l’extérieur"
    DDSE = "ddse", "détention à domicile"


#: Regimes during which the person is not at liberty: their days leave street time (*temps libre*).
#: Day release, outside placement and home detention leave the person among others by day: they stay in it.
REGIMES_WITHOUT_STREET_TIME = frozenset(
    {CustodyRegime.DETENTION_PROVISOIRE, CustodyRegime.DETENTION, CustodyRegime.CONTRAINTE_JUDICIAIRE}
)


class MeasurePhase(Labelled):
    PRE = "pre", "pré-sentenciel"
    POST = "post", "post-sentenciel"


class MeasureSetting(Labelled):
    OPEN = "open", "milieu ouvert"
    CLOSED = "closed", "milieu fermé"


class MeasureCode(Labelled):
    """Measures followed by a SPIP, by their usual abbreviation; old names stay as the record gives them."""

    CJ = "CJ", "Contrôle judiciaire"
    ARSE = "ARSE", "Assignation à résidence sous surveillance électronique"
    ARSEM = "ARSEM", "Assignation à résidence sous surveillance électronique mobile"
    DP = "DP", "Détention provisoire"
    AJP = "AJP", "Ajournement avec probation"
    AJI = "AJI", "Ajournement aux fins d’investigations"
    ESR = "ESR", "Enquête sociale rapide"
    SP = "SP", "Sursis probatoire"
    SPR = "SPR", "Sursis probatoire renforcé"
    TIG = "TIG", "Travail d’intérêt général"
    TNR = "TNR", "Travail non rémunéré"
    STAGE = "STAGE", "Peine de stage"
    DDSE_P = "DDSE-P", "Détention à domicile (peine)"
    DDSE_A = "DDSE-A", "Détention à domicile (aménagement)"
    SL = "SL", "Semi-liberté"
    PE = "PE", "Placement à l’extérieur"
    LC = "LC", "Libération conditionnelle"
    LSC = "LSC", "Libération sous contrainte"
    SUSP = "SUSP", "Suspension de peine"
    FRAC = "FRAC", "Fractionnement de peine"
    SSJ = "SSJ", "Suivi socio-judiciaire"
    SJ = "SJ", "Surveillance judiciaire"
    PSEM = "PSEM", "Placement sous surveillance électronique mobile"
    SPL = "SPL", "Suivi après libération"
    BAR = "BAR", "Bracelet anti-rapprochement"
    CONV = "CONV", "Conversion de peine"
    SR = "SR", "Sanction-réparation"
    JA = "JA", "Jours-amende"
    SME = "SME", "Sursis avec mise à l’épreuve"
    STIG = "STIG", "Sursis avec travail d’intérêt général"
    CPEN = "CPEN", "Contrainte pénale"
    PSE = "PSE", "Placement sous surveillance électronique"


#: Old name -> measure that took its place on 24 March 2020 (loi 2019-222).
MEASURE_SUCCESSOR = {
    MeasureCode.SME: MeasureCode.SP,
    MeasureCode.STIG: MeasureCode.SP,
    MeasureCode.CPEN: MeasureCode.SPR,
    MeasureCode.PSE: MeasureCode.DDSE_A,
}


class MeasureOutcome(Labelled):
    """How a measure ended; a running one has no outcome."""

    ACCOMPLIE = "accomplie", "accomplie"
    REVOQUEE = "revoquee", "révoquée"
    REVOQUEE_PARTIELLEMENT = "revoquee_partiellement", "révoquée partiellement"
    RETIREE = "retiree", "retirée"
    CONVERTIE = "convertie", "convertie"
    DESSAISISSEMENT = "dessaisissement", "dessaisissement"
    DECES = "deces", "décès"
    AUTRE = "autre", "autre fin"


#: Outcomes that say the measure was cut short by a decision on the person's conduct.
OUTCOMES_CUT_SHORT = frozenset({MeasureOutcome.REVOQUEE, MeasureOutcome.REVOQUEE_PARTIELLEMENT, MeasureOutcome.RETIREE})


#: Not followed for an achievement: their end is neither a success nor a failure of the person.
MEASURES_WITHOUT_ACHIEVEMENT = frozenset({MeasureCode.DP, MeasureCode.ESR, MeasureCode.AJI})


class ObligationCode(Labelled):
    """Special obligations of CP 132-45; own slug, because the numbers of the article moved over time."""

    TRAVAIL = "travail_formation", "Travail ou formation"
    RESIDENCE = "residence_fixee", "Résidence fixée"
    SOINS = "soins", "Soins"
    CHARGES_FAMILLE = "charges_famille", "Charges de famille ou pensions"
    INDEMNISATION = "indemnisation", "Indemnisation de la victime"
    TRESOR = "sommes_tresor", "Sommes dues au Trésor"
    CONDUITE = "conduite", "Interdiction ou conditions de conduite"
    PERMIS = "permis", "Passage du permis"
    ACTIVITE = "activite_interdite", "Activité professionnelle interdite"
    PARAITRE = "interdiction_paraitre", "Interdiction de paraître"
    PARIS = "paris", "Interdiction de paris"
    DEBITS_BOISSONS = "debits_boissons", "Interdiction des débits de boissons"
    FREQUENTATION = "frequentation", "Interdiction de fréquenter des condamnés"
    CONTACT = "interdiction_contact", "Interdiction de contact"
    ARME = "arme", "Interdiction de détenir une arme"
    STAGE = "stage", "Stage"
    DIFFUSION = "diffusion", "Interdiction de diffuser une œuvre"
    REMISE_ENFANTS = "remise_enfants", "Remise des enfants"
    EVICTION = "eviction_domicile", "Éviction du domicile du couple"
    BAR = "bracelet_anti_rapprochement", "Bracelet anti-rapprochement"
    ETRANGER = "autorisation_etranger", "Autorisation pour l’étranger"
    PRISE_EN_CHARGE = "prise_en_charge", "Prise en charge sociale, sanitaire ou éducative"
    TIG = "tig", "Travail d’intérêt général"
    INJONCTION_SOINS = "injonction_soins", "Injonction de soins"
    CONFISCATION = "confiscation", "Remise de biens confisqués"
    IMPOTS = "impots", "Paiement des impôts"
    COMPTABILITE = "comptabilite", "Tenue d’une comptabilité"


class BreachKind(Labelled):
    ABSENCE = "absence_convocation", "absence à une convocation"
    CONTACT = "non_respect_contact", "contact interdit"
    PARAITRE = "non_respect_paraitre", "présence en un lieu interdit"
    SOINS = "non_respect_soins", "soins non suivis"
    JUSTIFICATIFS = "defaut_justificatifs", "justificatifs non fournis"
    INDEMNISATION = "indemnisation_non_versee", "indemnisation non versée"
    HORAIRES = "non_respect_horaires", "horaires non respectés"
    TRAVAIL = "travail_non_execute", "travail non exécuté"
    NOUVEAUX_FAITS = "nouveaux_faits", "nouveaux faits signalés"
    AUTRE = "autre", "autre manquement"


class BreachConsequence(Labelled):
    AUCUNE = "aucune", "sans suite"
    RAPPEL = "rappel", "rappel des obligations"
    RAPPORT = "rapport_jap", "rapport au juge"
    MODIFICATION = "modification", "obligations modifiées"
    PROLONGATION = "prolongation", "délai prolongé"
    REVOCATION_PARTIELLE = "revocation_partielle", "révocation partielle"
    REVOCATION_TOTALE = "revocation_totale", "révocation totale"
    RETRAIT = "retrait", "retrait de la mesure"


class LifeDomain(Labelled):
    HOUSING = "housing", "logement"
    WORK = "work", "travail et formation"
    FAMILY = "family", "famille et couple"
    HEALTH = "health", "santé"
    ADDICTION = "addiction", "addictions"
    PEERS = "peers", "entourage"
    MONEY = "money", "argent"
    RIGHTS = "rights", "droits et papiers"


class LifeDirection(Labelled):
    STRAIN = "strain", "difficulté"
    SUPPORT = "support", "appui"
    NEUTRAL = "neutral", "ni appui ni difficulté"


class EventSource(Labelled):
    PERSON = "person", "dit par la personne"
    OFFICER = "officer", "noté par le CPIP"


class FamilySource(Labelled):
    """Where the family of an offence comes from, best first."""

    MANUAL = "manual", "indiquée par le service"
    NATINF = "natinf", "code NATINF"
    ARTICLE = "article", "article de loi cité"
    LABEL = "label", "mots du libellé"
    NONE = "none", "non classée"


class OffenceFamily(Labelled):
    """Families of the charts; correspondence with NFI and the groups of the SDSE in ``nomenclature``."""

    HOMICIDE = "homicide_vie", "Atteintes à la vie"
    VIOLENCES = "violences", "Violences, menaces"
    SEXUELLES = "sexuelles", "Infractions sexuelles"
    VOLS_VIOLENCE = "vols_violence", "Vols violents, extorsion"
    VOLS = "vols_recel", "Vols, recel"
    DEGRADATIONS = "degradations", "Dégradations"
    ESCROQUERIE = "escroquerie_faux", "Escroqueries, faux"
    STUPEFIANTS = "stupefiants", "Stupéfiants"
    ROUTE = "route", "Circulation routière"
    INVOLONTAIRES = "involontaires_route", "Route : morts et blessés"
    AUTORITE = "autorite_ordre", "Autorité, ordre, armes"
    FINANCES = "finances_travail", "Économie, travail"
    AUTRE = "autre_non_classe", "Autres, non classées"


class Lane(Labelled):
    """Lanes of the frise, from top to bottom; those of ``ADDED_LANES`` are shown when somebody asks for them."""

    FACTS = "facts", "Faits"
    CONVICTIONS = "convictions", "Condamnations"
    LEGAL = "legal", "Repères légaux"
    CUSTODY = "custody", "Détention"
    MEASURES = "measures", "Mesures suivies"
    OBLIGATIONS = "obligations", "Obligations"
    BREACHES = "breaches", "Manquements"
    LIFE_EVENTS = "life_events", "Évènements de vie"
    LAWS = "laws", "Changements de loi"
    QUALITY = "quality", "À vérifier"


#: Lanes that are not lines of the record: computed, or told under another line.
ADDED_LANES = (Lane.OBLIGATIONS, Lane.LEGAL, Lane.LAWS, Lane.QUALITY)


class CountUnit(Labelled):
    OFFENCES = "offences", "infractions"
    FACT_DATES = "fact_dates", "dates de faits"
    CONVICTIONS = "convictions", "condamnations"


#: The same for one.
ONE_COUNTED = {
    CountUnit.OFFENCES: "infraction",
    CountUnit.FACT_DATES: "date de faits",
    CountUnit.CONVICTIONS: "condamnation",
}


class Clock(Labelled):
    CALENDAR = "calendar", "calendrier"
    AGE = "age", "âge"
    STREET = "street", "temps libre"


class MonthState(Labelled):
    """What a month of a record holds, for its reading as a sequence."""

    FREE = "free", "libre sans fait"
    FACTS = "facts", "avec faits"
    CUSTODY = "custody", "en détention"


class HiddenReason(Labelled):
    """Why a line stays out of counts and, unless asked for, off the screen (CP 133-11, 133-16, 132-35)."""

    REHABILITATED = "rehabilitated", "réhabilitée"
    VOID = "void", "non avenue"


class Severity(Labelled):
    ERROR = "error", "erreur"
    WARNING = "warning", "avertissement"


@dataclass(frozen=True)
class Sentences:
    """Sentences that several screens share."""

    record_limits: str = (
        "Ce que montre un casier : des faits enregistrés et jugés. Les faits récents peuvent ne pas l’être encore ; "
        "des lignes effacées ou réhabilitées n’y figurent pas. Aucun score, aucune prédiction."
    )
    cannot_conclude: str = "On ne peut pas conclure."
    unconsolidated: str = "période non consolidée"
    nothing_recorded: str = "Aucun fait enregistré."


SENTENCES = Sentences()
