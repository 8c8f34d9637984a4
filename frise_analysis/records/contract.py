"""The record bundle: every table and column that can be loaded. The public data contract.

``docs/data-format.md`` is written from this module; a test keeps them in step.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from frise_analysis import vocabulary as v


class Kind(StrEnum):
    """What a cell holds once read."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``codes`` are the known values (an unknown one is kept, with a warning). ``references`` names ``table.column``.
    ``aliases`` are French headers read as this column, whatever their case, accents and punctuation.
    """

    name: str
    kind: Kind
    doc: str
    required: bool = False
    codes: type[v.Labelled] | None = None
    references: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def french(self) -> str:
        """Its name for who reads a sentence: its first French header."""
        return self.aliases[0] if self.aliases else self.name


@dataclass(frozen=True)
class Table:
    """One table: ``key`` is unique where there is one; ``owner`` is the column through which a row reaches its person."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: str | None = None
    owner: str | None = None
    required: bool = False
    aliases: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name; ``KeyError`` where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _text(name: str, doc: str, **more: object) -> Column:
    return Column(name, Kind.TEXT, doc, **more)  # type: ignore[arg-type]


def _date(name: str, doc: str, **more: object) -> Column:
    return Column(name, Kind.DATE, doc, **more)  # type: ignore[arg-type]


def _flag(name: str, doc: str, *aliases: str) -> Column:
    return Column(name, Kind.BOOLEAN, doc, aliases=aliases)


def _whole(name: str, doc: str, *aliases: str) -> Column:
    return Column(name, Kind.INTEGER, doc, aliases=aliases)


_PERSON = _text(
    "person_id",
    "Personne suivie, par un pseudonyme stable",
    required=True,
    references="persons.person_id",
    aliases=("identifiant personne", "id personne", "personne", "numero personne", "numero de dossier"),
)
_MEASURE_ALIASES = ("identifiant mesure", "id mesure", "numero mesure")
_CONVICTION_ALIASES = ("identifiant condamnation", "id condamnation", "numero condamnation")
_BRANCH = _text("branch_id", "Antenne", references="branches.branch_id", aliases=("antenne", "id antenne"))
_OFFICER = _text("officer_id", "CPIP en charge", references="officers.officer_id", aliases=("cpip", "agent", "id cpip"))
_START = ("début", "date de debut", "date debut")
_END = ("fin", "date de fin", "date fin")

PERSONS = Table(
    "persons",
    "Une ligne par personne suivie.",
    (
        _text("person_id", _PERSON.doc, required=True, aliases=_PERSON.aliases),
        _text("display_name", "Nom affiché ; identifiant, lu par le seul écran Parcours", aliases=("nom", "nom prenom", "nom affiche")),
        _text("sex", "Sexe : F, M ou X", codes=v.Sex, aliases=("sexe",)),
        _date("birth_date", "Date de naissance", aliases=("date de naissance", "ne le", "naissance")),
        _whole("birth_year", "Année de naissance, si la date manque", "année de naissance"),
        _BRANCH,
        _OFFICER,
        _date("death_date", "Date de décès", aliases=("date de décès", "deces")),
        _flag("fictional", "Personne fictive (formation)", "fictif", "fictive"),
    ),
    key="person_id",
    required=True,
    aliases=("personnes", "personne", "ppsmj"),
)

CONVICTIONS = Table(
    "convictions",
    "Une ligne par condamnation ou autre mention du casier.",
    (
        _text("conviction_id", "Condamnation", required=True, aliases=_CONVICTION_ALIASES),
        _PERSON,
        _date("decision_date", "Date de la décision", required=True, aliases=("date de condamnation", "date de decision", "date du jugement", "date jugement")),
        _date("final_date", "Date à laquelle la décision est définitive", aliases=("date définitive", "definitive le")),
        _text("court", "Juridiction", aliases=("juridiction", "tribunal")),
        _text("judgment_mode", "Mode de jugement", codes=v.JudgmentMode, aliases=("mode de jugement", "mode de comparution")),
        _text("record_entry_type", "Sorte de mention ; condamnation par défaut", codes=v.RecordEntryType, aliases=("type de mention", "nature de la mention")),
        _flag("legal_recidivism_retained", "Récidive légale retenue par la juridiction", "récidive légale", "etat de recidive legale"),
        _date("void_date", "Date à laquelle la condamnation est non avenue", aliases=("date non avenue", "non avenue le")),
        _date("rehabilitation_date", "Date de réhabilitation", aliases=("date de réhabilitation", "rehabilitation")),
        _date("sentence_expired_date", "Date d’exécution ou de prescription de la peine", aliases=("date de fin de peine", "fin de peine")),
    ),
    key="conviction_id",
    owner="person_id",
    required=True,
    aliases=("condamnations", "condamnation", "casier"),
)

OFFENCES = Table(
    "offences",
    "Une ligne par infraction.",
    (
        _text("offence_id", "Infraction", required=True, aliases=("identifiant infraction", "id infraction", "numero infraction")),
        _PERSON,
        _text("conviction_id", "Condamnation qui la punit ; vide tant qu’elle n’est pas jugée", references="convictions.conviction_id", aliases=_CONVICTION_ALIASES),
        _date("offence_start_date", "Date des faits, ou leur début", required=True, aliases=("date des faits", "date debut des faits", "debut des faits", "date de commission")),
        _date("offence_end_date", "Fin des faits", aliases=("date fin des faits", "fin des faits")),
        _text("date_precision", "Précision de la date des faits ; au jour près par défaut", codes=v.DatePrecision, aliases=("précision de la date", "precision")),
        _text("natinf_code", "Code NATINF", aliases=("natinf", "code natinf")),
        _text("label", "Libellé de l’infraction", required=True, aliases=("libellé", "infraction", "qualification", "libelle infraction")),
        _text("nature", "crime, delit ou contravention", codes=v.OffenceNature, aliases=("nature", "nature infraction")),
        _whole("contravention_class", "Classe de la contravention, 1 à 5", "classe"),
        _text("family", "Famille, si le service l’indique", codes=v.OffenceFamily, aliases=("famille", "famille infraction")),
        Column("max_sentence_years", Kind.NUMBER, "Peine encourue, en années ; 99 pour la perpétuité", aliases=("peine encourue", "maximum encouru")),
        _flag("attempt", "Tentative", "tentative"),
        _flag("intimate_partner", "Faits au sein du couple (CP 132-80)", "conjugal", "violences conjugales", "au sein du couple"),
    ),
    key="offence_id",
    owner="person_id",
    required=True,
    aliases=("infractions", "infraction", "faits"),
)

SENTENCES = Table(
    "sentences",
    "Une ligne par peine prononcée.",
    (
        _text("sentence_id", "Peine", required=True, aliases=("identifiant peine", "id peine")),
        _text("conviction_id", "Condamnation", required=True, references="convictions.conviction_id", aliases=_CONVICTION_ALIASES),
        _text("sentence_code", "Sorte de peine", required=True, codes=v.SentenceCode, aliases=("peine", "type de peine", "code peine")),
        _whole("firm_days", "Partie ferme, en jours", "jours fermes", "ferme", "quantum ferme"),
        _whole("suspended_days", "Partie avec sursis, en jours", "jours avec sursis", "sursis"),
        _whole("hours", "Heures de travail", "heures"),
        Column("amount_eur", Kind.NUMBER, "Montant, en euros", aliases=("montant", "montant euros", "amende")),
        _flag("ab_initio", "Aménagée dès le jugement", "ab initio"),
    ),
    key="sentence_id",
    owner="conviction_id",
    aliases=("peines", "peine"),
)

CUSTODY_PERIODS = Table(
    "custody_periods",
    "Une ligne par période de détention ou d’écrou.",
    (
        _text("custody_id", "Période", required=True, aliases=("identifiant détention", "id detention", "numero ecrou")),
        _PERSON,
        _date("start_date", "Premier jour", required=True, aliases=(*_START, "date ecrou", "ecrou")),
        _date("end_date", "Jour de la sortie ; vide si elle dure", aliases=(*_END, "levee ecrou", "date de sortie", "sortie")),
        _text("regime", "Régime", required=True, codes=v.CustodyRegime, aliases=("régime", "regime de detention")),
    ),
    key="custody_id",
    owner="person_id",
    aliases=("detentions", "detention", "periodes de detention", "ecrous"),
)

MEASURES = Table(
    "measures",
    "Une ligne par mesure suivie.",
    (
        _text("measure_id", "Mesure", required=True, aliases=_MEASURE_ALIASES),
        _PERSON,
        _text("conviction_id", "Condamnation dont elle vient", references="convictions.conviction_id", aliases=_CONVICTION_ALIASES),
        _text("measure_code", "Mesure, par son abréviation", required=True, codes=v.MeasureCode, aliases=("mesure", "code mesure", "type de mesure")),
        _text("phase", "pre ou post", codes=v.MeasurePhase, aliases=("phase",)),
        _text("setting", "open ou closed", codes=v.MeasureSetting, aliases=("milieu",)),
        _date("referral_date", "Saisine du service", aliases=("date de saisine", "saisine")),
        _date("first_interview_date", "Premier entretien", aliases=("premier entretien", "date premier entretien")),
        _date("start_date", "Début", required=True, aliases=_START),
        _date("planned_end_date", "Fin prévue", aliases=("fin prévue", "date de fin prevue")),
        _date("end_date", "Fin ; vide si elle dure", aliases=_END),
        _text("outcome", "Issue", codes=v.MeasureOutcome, aliases=("issue", "motif de fin")),
        _BRANCH,
        _OFFICER,
    ),
    key="measure_id",
    owner="person_id",
    aliases=("mesures", "mesure"),
)

OBLIGATIONS = Table(
    "obligations",
    "Une ligne par obligation d’une mesure.",
    (
        _text("measure_id", "Mesure", required=True, references="measures.measure_id", aliases=_MEASURE_ALIASES),
        _text("obligation_code", "Obligation", required=True, codes=v.ObligationCode, aliases=("obligation", "code obligation")),
        _date("start_date", "Début", aliases=_START),
        _date("end_date", "Fin", aliases=_END),
    ),
    owner="measure_id",
    aliases=("obligations", "obligation"),
)

BREACHES = Table(
    "breaches",
    "Une ligne par manquement signalé.",
    (
        _text("breach_id", "Manquement", required=True, aliases=("identifiant incident", "id incident", "identifiant manquement", "id manquement")),
        _PERSON,
        _text("measure_id", "Mesure", references="measures.measure_id", aliases=_MEASURE_ALIASES),
        _date("breach_date", "Date", required=True, aliases=("date", "date incident", "date du manquement")),
        _text("kind", "Sorte de manquement", codes=v.BreachKind, aliases=("type", "type incident", "manquement")),
        _text("consequence", "Suite donnée", codes=v.BreachConsequence, aliases=("suite", "suite donnee", "consequence")),
    ),
    key="breach_id",
    owner="person_id",
    aliases=("manquements", "incidents", "manquement", "incident"),
)

LIFE_EVENTS = Table(
    "life_events",
    "Une ligne par évènement de vie.",
    (
        _text("event_id", "Évènement", required=True, aliases=("identifiant évènement", "id evenement")),
        _PERSON,
        _date("start_date", "Date ou début", required=True, aliases=(*_START, "date")),
        _date("end_date", "Fin ; vide si l’évènement dure, égale au début s’il est d’un jour", aliases=_END),
        _text("domain", "Domaine", required=True, codes=v.LifeDomain, aliases=("domaine",)),
        _text("direction", "Difficulté, appui, ou ni appui ni difficulté", codes=v.LifeDirection, aliases=("orientation", "sens")),
        _text("label", "En quelques mots", aliases=("libellé", "evenement")),
        _text("source", "Qui le dit", codes=v.EventSource, aliases=("source",)),
    ),
    key="event_id",
    owner="person_id",
    aliases=("evenements de vie", "evenements", "vie"),
)

BRANCHES = Table(
    "branches",
    "Une ligne par antenne.",
    (
        _text("branch_id", "Antenne", required=True, aliases=("antenne", "id antenne", "identifiant antenne")),
        _text("name", "Nom", required=True, aliases=("nom", "nom antenne")),
    ),
    key="branch_id",
    aliases=("antennes", "antenne"),
)

OFFICERS = Table(
    "officers",
    "Une ligne par CPIP.",
    (
        _text("officer_id", "CPIP", required=True, aliases=("cpip", "agent", "id cpip", "identifiant cpip")),
        _text("display_name", "Nom affiché", aliases=("nom", "nom prenom", "nom affiche")),
        _BRANCH,
    ),
    key="officer_id",
    aliases=("cpip", "agents", "officiers"),
)

#: In the order in which they are loaded: a table stands after those it refers to.
TABLES = (
    BRANCHES, OFFICERS, PERSONS, CONVICTIONS, OFFENCES, SENTENCES,
    CUSTODY_PERIODS, MEASURES, OBLIGATIONS, BREACHES, LIFE_EVENTS,
)  # fmt: skip


def table(name: str) -> Table:
    """The table of that name; ``KeyError`` where there is none."""
    for candidate in TABLES:
        if candidate.name == name:
            return candidate
    raise KeyError(name)
