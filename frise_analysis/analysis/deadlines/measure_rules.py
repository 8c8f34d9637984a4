"""Rules about a measure that runs: E14 to E16 (CPP 713-43, 741-2, 744)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from frise_analysis.analysis.deadlines.answers import (
    DeadlineAnswer,
    Finding,
    dated,
    not_concerned,
    same_day,
    undetermined,
)
from frise_analysis.analysis.deadlines.rules import DeadlineBook, DeadlineRule
from frise_analysis.analysis.deadlines.sentence_clock import quantum_of
from frise_analysis.analysis.deadlines.stay_rules import next_yearly
from frise_analysis.dates import add_years, full_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import MeasureCode


@dataclass(frozen=True)
class RunningMeasure:
    """One measure that runs on the day, with what its conviction says."""

    person_key: int
    person_id: str
    measure_id: str
    measure_code: str
    start_date: date
    planned_end_date: date | None = None
    final_date: date | None = None
    firm_days: int | None = None


def read_measures(
    store: Store, *, as_of: date, first: int, last: int, keys: Sequence[int] | None = None
) -> list[RunningMeasure]:
    """Measures that run on a day of the people between two keys, of these alone where ``keys`` is given, in order of person."""
    asked = None if keys is None else list(keys)
    rows = store.rows("deadline_running_measures", as_of=as_of, first=first, last=last, keys=asked)
    return [RunningMeasure(**x) for x in rows]  # type: ignore[arg-type]


def measure_findings(book: DeadlineBook, measures: Iterable[RunningMeasure], *, as_of: date) -> list[Finding]:
    """One finding per measure and rule about it; one that says there is none where a rule meets no measure."""
    held, found = tuple(measures), []
    for rule in book.of_kind("measure"):
        mine = [x for measure in held for x in of_measure([rule], measure, as_of=as_of)]
        found += mine or [not_concerned(rule, "aucune mesure de cette sorte")]
    return found


def of_measure(rules: Iterable[DeadlineRule], measure: RunningMeasure, *, as_of: date) -> Iterator[Finding]:
    """What those of the rules that are about this measure say of it."""
    for rule in rules:
        codes, apply = _RULES[rule.id]
        if measure.measure_code in codes:
            yield _told(apply(rule, measure, as_of), measure)


def _told(found: Finding, measure: RunningMeasure) -> Finding:
    unchecked = "" if found.answer == DeadlineAnswer.NOT_CONCERNED else found.rule.unchecked
    return replace(found, record_id=measure.measure_id, unchecked=unchecked)


def _after_final(rule: DeadlineRule, measure: RunningMeasure, as_of: date) -> Finding:
    if measure.final_date is None:
        return undetermined(rule, "le jour où la condamnation est définitive")
    day = add_years(measure.final_date, rule.years or 0)
    if _ends_by(measure, day):
        return not_concerned(rule, "le délai de probation se termine avant un an")
    return dated(rule, same_day(day), as_of=as_of, checked=f"définitive le {full_date(measure.final_date)}")


def _half_done(rule: DeadlineRule, measure: RunningMeasure, as_of: date) -> Finding:
    end = measure.planned_end_date
    if end is None and measure.firm_days:
        end = quantum_of(measure.firm_days).after(measure.start_date)
    if end is None:
        return undetermined(rule, "la durée de la détention à domicile")
    half = -(-(end - measure.start_date).days // 2)
    return dated(rule, same_day(measure.start_date + timedelta(days=half)), as_of=as_of)


def _yearly(rule: DeadlineRule, measure: RunningMeasure, as_of: date) -> Finding:
    day = next_yearly(measure.start_date, as_of=as_of, years=rule.years or 1)
    if _ends_by(measure, day):
        return not_concerned(rule, "la mesure se termine avant un an de plus")
    return dated(rule, same_day(day), as_of=as_of)


def _ends_by(measure: RunningMeasure, day: date) -> bool:
    return measure.planned_end_date is not None and measure.planned_end_date <= day


_PROBATION = frozenset({MeasureCode.SP, MeasureCode.SPR, MeasureCode.SME})
_RULES: dict[str, tuple[frozenset[str], Callable[[DeadlineRule, RunningMeasure, date], Finding]]] = {
    "E14": (_PROBATION, _after_final),
    "E15": (frozenset({MeasureCode.DDSE_P}), _half_done),
    "E16-SPR": (frozenset({MeasureCode.SPR}), _yearly),
}
