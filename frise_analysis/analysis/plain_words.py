"""Records told to the person beside the officer: everyday words, neither the law's nor the follow-up's (domain.md, 5.4)."""

from __future__ import annotations

from frise_analysis import vocabulary as v
from frise_analysis.analysis.lengths import quantities
from frise_analysis.analysis.person_path import PersonPath, Record, Sentence
from frise_analysis.analysis.words import (
    age_words,
    isolated,
    label_of,
    lower_first,
    measure,
    planned_end,
    title,
    when,
)
from frise_analysis.dates import full_date, plural

Lane = v.Lane
_JUDGMENTS = {
    v.RecordEntryType.CONDAMNATION: "Jugement",
    v.RecordEntryType.ORDONNANCE_PENALE: "Jugement sans audience",
    v.RecordEntryType.COMPOSITION_PENALE: "Accord proposé par le procureur, sans procès,",
    v.RecordEntryType.AFD: "Amende sans procès",
    v.RecordEntryType.DISPENSE: "Jugement sans peine",
    v.RecordEntryType.AJOURNEMENT: "Jugement, peine décidée plus tard,",
    v.RecordEntryType.MESURE_EDUCATIVE: "Décision éducative, quand vous étiez mineur(e),",
    v.RecordEntryType.IRRESPONSABILITE: "Décision sans peine, à cause de l’état de santé,",
    v.RecordEntryType.ETRANGERE: "Jugement dans un autre pays",
    v.RecordEntryType.AUTRE: "Autre décision",
}
_SENTENCES = {
    v.SentenceCode.RECLUSION: "prison (réclusion)",
    v.SentenceCode.SURSIS_SIMPLE: "emprisonnement avec sursis",
    v.SentenceCode.SURSIS_PROBATOIRE: "emprisonnement avec sursis et un suivi",
    v.SentenceCode.SURSIS_PROBATOIRE_RENFORCE: "emprisonnement avec sursis et un suivi renforcé",
    v.SentenceCode.SME: "emprisonnement avec sursis et un suivi",
    v.SentenceCode.STIG: "emprisonnement avec sursis et un travail d’intérêt général",
    v.SentenceCode.CONTRAINTE_PENALE: "suivi sans emprisonnement",
    v.SentenceCode.DDSE: "bracelet électronique à la maison",
    v.SentenceCode.JOURS_AMENDE: "amende à payer par jours",
    v.SentenceCode.STAGE: "stage",
    v.SentenceCode.SANCTION_REPARATION: "réparation",
    v.SentenceCode.DISPENSE: "pas de peine",
    v.SentenceCode.SSJ: "suivi et soins décidés par le juge",
    v.SentenceCode.MESURE_EDUCATIVE: "accompagnement éducatif",
    v.SentenceCode.AUTRE: "autre décision",
}
#: Said without what happened: the kind either says nothing, or speaks of facts that nobody has judged.
_UNTOLD_BREACHES = frozenset({"", v.BreachKind.AUTRE, v.BreachKind.NOUVEAUX_FAITS})


def conviction(record: Record, path: PersonPath) -> str:
    """``Jugement du 3 mai 2012, tribunal de Valmer, pour 3 faits. Peine : …``."""
    linked = sum(r.parent_id == record.record_id for r in path.lane(Lane.FACTS))
    name = _JUDGMENTS.get(record.code, title(record))  # type: ignore[call-overload]
    parts = [f"{name} du {full_date(record.start_date)}", isolated(record.label or "")]
    parts += [f"pour {plural(linked, 'fait')}"] if linked else []
    given = [s for s in path.sentences if s.conviction_id == record.record_id]
    found = " ; ".join(sentence(s) for s in given)
    # A mesure éducative is no sentence (CJPM L. 111-1).
    kind = "Mesure" if {s.sentence_code for s in given} == {v.SentenceCode.MESURE_EDUCATIVE} else "Peine"
    told = f" {kind}{'s' if len(given) > 1 else ''} : {found}." if given else ""
    return f"{', '.join(part for part in parts if part)}.{told}"


def sentence(given: Sentence) -> str:
    """``emprisonnement avec sursis, 2 mois``: what was decided, as it is said to anybody."""
    name = _SENTENCES.get(given.sentence_code, label_of(v.SentenceCode, given.sentence_code))  # type: ignore[call-overload]
    kept = " et ".join(quantities(given))
    # The name says it already, where nothing else was decided.
    kept = kept.removesuffix(" avec sursis") if "sursis" in name and not given.firm_days else kept
    return f"{name}, {kept}" if kept else str(name)


def measure_told(record: Record, path: PersonPath) -> str:
    """The name, the dates and how it ended; neither where it was followed nor what it required."""
    return f"{title(record)} {when(record)}.{_ended(record, path)}"


def _ended(record: Record, path: PersonPath) -> str:
    if record.end_date is None:
        return f" En cours{planned_end(record)}."
    if record.outcome in v.OUTCOMES_CUT_SHORT:
        return " Arrêtée avant la fin."
    if record in path.completed_measures:
        return " Menée à son terme."
    # The end of a detention before trial is no achievement, and an end without an outcome is only an end.
    return " Terminée." if record.outcome in {None, "", v.MeasureOutcome.ACCOMPLIE} else " Terminée autrement."


def breach(record: Record, path: PersonPath) -> str:
    """``Manquement le 20 janvier 2016, pendant la mesure « sursis probatoire » : absence à une convocation.``."""
    linked = next((r for r in path.lane(Lane.MEASURES) if r.record_id == record.parent_id), None)
    during = f", pendant la mesure « {lower_first(measure(linked))} »" if linked else ""
    if record.code in _UNTOLD_BREACHES:
        return f"Un manquement a été signalé {when(record)}{during}."
    return f"Manquement {when(record)}{during} : {label_of(v.BreachKind, record.code)}."


def life_event(record: Record, path: PersonPath) -> str:
    """The event, its time and what it is about; whether it helped only where that was told."""
    age = age_words(path, record.start_date, record.date_precision)
    direction = "" if record.outcome == v.LifeDirection.NEUTRAL else label_of(v.LifeDirection, record.outcome)
    kinds = ", ".join(kind for kind in (label_of(v.LifeDomain, record.code), direction) if kind)
    return f"{title(record)} {when(record)}{', ' + age if age else ''}{f' ({kinds})' if kinds else ''}."


#: The lanes that are told otherwise beside the person.
PLAIN_WORDS = {
    Lane.CONVICTIONS: conviction,
    Lane.MEASURES: measure_told,
    Lane.BREACHES: breach,
    Lane.LIFE_EVENTS: life_event,
}
