"""Doubts about measures, their obligations and breaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from frise_analysis.analysis.data_quality.doubts import DoubtState, Found, ObligationDates, Reading, Rule, named
from frise_analysis.analysis.person_path import Record
from frise_analysis.analysis.words import label_of, measure
from frise_analysis.dates import full_date
from frise_analysis.vocabulary import (
    MEASURES_WITHOUT_ACHIEVEMENT,
    BreachConsequence,
    Lane,
    MeasureOutcome,
    MeasurePhase,
    ObligationCode,
)


def measure_past_end(reading: Reading) -> Iterator[Found]:
    """Measures still running after their planned end."""
    for record in reading.path.lane(Lane.MEASURES):
        planned = record.second_date
        if record.end_date is None and planned is not None and planned < reading.path.end:
            told = f"{named(record)} : la fin était prévue le {full_date(planned)}, et aucune fin n’est enregistrée."
            yield Found(record.record_id, told, (planned, reading.path.end), (record,))


def measure_without_outcome(reading: Reading) -> Iterator[Found]:
    """Measures that ended nobody knows how; detention before trial and enquiries need no outcome."""
    for record in reading.path.lane(Lane.MEASURES):
        if record.end_date and not record.outcome and record.code not in MEASURES_WITHOUT_ACHIEVEMENT:
            told = f"{named(record)} : l’issue n’est pas enregistrée."
            yield Found(record.record_id, told, (record.end_date,), (record,))


def measure_before_conviction(reading: Reading) -> Iterator[Found]:
    """Measures after sentence that begin before the conviction that orders them."""
    for record in reading.path.lane(Lane.MEASURES):
        ordered = reading.conviction(record.parent_id)
        after = reading.phases.get(record.record_id) == MeasurePhase.POST
        if after and ordered is not None and record.start_date < ordered.start_date:
            told = f"{named(record)} : la mesure commence avant la décision du {full_date(ordered.start_date)} qui l’ordonne."
            yield Found(record.record_id, told, (record.start_date, ordered.start_date), (record, ordered))


def breach_outside_measure(reading: Reading) -> Iterator[Found]:
    """Breaches dated before or after their measure."""
    for breach in reading.path.lane(Lane.BREACHES):
        record = reading.measure(breach.parent_id)
        if record is not None and not _during(breach.start_date, record):
            told = f"{named(breach)} : ce jour est en dehors de la mesure ({named(record)})."
            yield Found(breach.record_id, told, (breach.start_date,), (breach, record))


def _during(day: date, record: Record) -> bool:
    return record.start_date <= day and (record.end_date is None or day <= record.end_date)


def revocation_not_in_measure(reading: Reading) -> Iterator[Found]:
    """Breaches followed by a total revocation of a measure that the record does not say revoked."""
    for breach in reading.path.lane(Lane.BREACHES):
        record = reading.measure(breach.parent_id)
        total = breach.outcome == BreachConsequence.REVOCATION_TOTALE
        if total and record is not None and record.outcome != MeasureOutcome.REVOQUEE:
            how = f"son issue est « {label_of(MeasureOutcome, record.outcome)} »" if record.outcome else "elle n’a pas d’issue"  # fmt: skip
            told = (
                f"{named(breach)} : la suite est une révocation totale de la mesure « {measure(record)} », mais {how}."
            )
            yield Found(breach.record_id, told, (breach.start_date,), (breach, record))


def revocation_without_breach(reading: Reading) -> Iterator[Found]:
    """Measures revoked, none of whose breaches led to a total revocation."""
    total = {r.parent_id for r in reading.path.lane(Lane.BREACHES) if r.outcome == BreachConsequence.REVOCATION_TOTALE}
    for record in reading.path.lane(Lane.MEASURES):
        if record.outcome == MeasureOutcome.REVOQUEE and record.record_id not in total:
            told = f"{named(record)} : l’issue est une révocation, qu’aucun manquement enregistré ne porte."
            yield Found(record.record_id, told, (record.end_date or record.start_date,), (record,))


def obligation_outside_measure(reading: Reading) -> Iterator[Found]:
    """Obligations that begin before their measure, or begin or end after it, among those known on the day."""
    for obligation in reading.obligations:
        record = reading.measure(obligation.measure_id)
        if record is not None:
            outside = tuple(day for day in _known(obligation, reading.path.as_of) if not _during(day, record))
            if outside:
                name = label_of(ObligationCode, obligation.obligation_code)
                told = (
                    f"Obligation « {name} » : le {full_date(outside[0])} est en dehors de la mesure ({named(record)})."
                )
                yield Found(_identity(obligation), told, outside, (record,))


def _known(obligation: ObligationDates, as_of: date) -> list[date]:
    return [day for day in (obligation.start_date, obligation.end_date) if day is not None and day <= as_of]


def _identity(obligation: ObligationDates) -> str:
    """An obligation has no key of its own: its measure, its code and its dates tell it apart."""
    days = (day.isoformat() if day else "" for day in (obligation.start_date, obligation.end_date))
    return "/".join((obligation.measure_id, obligation.obligation_code, *days))


_OFFICER = "L’agent qui tient la mesure le dirait."
_JUDGE = "La décision du juge de l’application des peines le dirait."
RULES = (
    Rule("measure_before_conviction", "Mesure commencée avant condamnation", DoubtState.CONTRADICTION, "Le jugement et la date de saisine le diraient.", measure_before_conviction),
    Rule("breach_outside_measure", "Manquement hors de la mesure", DoubtState.CONTRADICTION, _OFFICER, breach_outside_measure),
    Rule("revocation_not_in_measure", "Révocation et issue discordantes", DoubtState.CONTRADICTION, _JUDGE, revocation_not_in_measure),
    Rule("obligation_outside_measure", "Obligation hors de la mesure", DoubtState.CONTRADICTION, _OFFICER, obligation_outside_measure),
    Rule("revocation_without_breach", "Révocation sans manquement rattaché", DoubtState.GAP, _JUDGE, revocation_without_breach),
    Rule("measure_past_end", "Fin prévue dépassée", DoubtState.GAP, "L’agent qui tient la mesure dirait si elle est prolongée ou finie.", measure_past_end),
    Rule("measure_without_outcome", "Issue de mesure manquante", DoubtState.GAP, _OFFICER, measure_without_outcome),
)  # fmt: skip
