"""Rules about a person in prison under a sentence: E1 to E8, E11, E12, E16 (CPP 720 to 730-3, 747-1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from frise_analysis.analysis.deadlines.answers import (
    DeadlineAnswer,
    Finding,
    Scenario,
    dated,
    excluded,
    not_concerned,
    same_day,
    undetermined,
)
from frise_analysis.analysis.deadlines.exclusions import excluding
from frise_analysis.analysis.deadlines.execution import Execution
from frise_analysis.analysis.deadlines.public_holidays import release_day
from frise_analysis.analysis.deadlines.rules import DeadlineBook, DeadlineRule, deadline_rules
from frise_analysis.analysis.deadlines.sentence_clock import SentenceClock
from frise_analysis.analysis.legal_clocks.answers import joined
from frise_analysis.dates import add_years, full_date

Rule = Callable[[DeadlineRule, Execution, SentenceClock, date], Finding]
LIFE = "peine à perpétuité"


def stay_finding(rule: DeadlineRule, execution: Execution, *, as_of: date) -> Finding:
    """What one rule says of an execution under way."""
    found = _finding(rule, execution, as_of)
    if found.answer == DeadlineAnswer.NOT_CONCERNED:
        return replace(found, assumption=execution.assumption)
    unchecked = joined([rule.unchecked, found.unchecked, execution.unchecked])
    return replace(found, assumption=execution.assumption, unchecked=unchecked)


def _finding(rule: DeadlineRule, execution: Execution, as_of: date) -> Finding:
    if execution.life:
        return _for_life(rule, execution)
    if execution.clock is None:
        return undetermined(rule, execution.missing)
    against, clear, doubts = excluding(rule, execution.convictions)
    if against:
        return excluded(rule, against)
    found = _RULES[rule.id](rule, execution, execution.clock, as_of)
    if found.answer == DeadlineAnswer.NOT_CONCERNED:
        return found
    return replace(found, checked=joined([found.checked, clear]), unchecked=joined([found.unchecked, doubts]))


def _for_life(rule: DeadlineRule, execution: Execution) -> Finding:
    if rule.id != "E2":
        return excluded(rule, LIFE)
    years = 22 if execution.recidivism else rule.years
    return undetermined(rule, f"le début de l’exécution et les {years} ans du temps d’épreuve sur la fiche pénale")


def _end(rule: DeadlineRule, _: Execution, clock: SentenceClock, as_of: date) -> Finding:
    return dated(rule, {x: release_day(day) for x, day in clock.ends().items()}, as_of=as_of)


def _half(rule: DeadlineRule, execution: Execution, clock: SentenceClock, as_of: date) -> Finding:
    cap = _cap(execution, as_of)
    said = f"récidive légale retenue : plafond de {cap} ans" if execution.recidivism else ""
    return dated(rule, clock.half(cap_years=cap), as_of=as_of, checked=said)


def _cap(execution: Execution, as_of: date) -> int:
    """Years of the longest minimum term (CPP 729), of the day or of the oldest row of the table."""
    name = "E1-RECIDIVE" if execution.recidivism else "E1"
    found = DeadlineBook(as_of).find(name) or next(x for x in deadline_rules() if x.id == name)
    return found.years or 0


def _within(rule: DeadlineRule, clock: SentenceClock) -> bool:
    return clock.length.within(rule.total_months or 0)


def _two_thirds(rule: DeadlineRule, _: Execution, clock: SentenceClock, as_of: date) -> Finding:
    if not _within(rule, clock):
        return not_concerned(rule, "plus de cinq ans au total")
    return dated(rule, clock.served_share(2, 3), as_of=as_of, checked="cinq ans au plus au total")


def _three_months(rule: DeadlineRule, _: Execution, clock: SentenceClock, as_of: date) -> Finding:
    if not _within(rule, clock):
        return not_concerned(rule, "plus de deux ans au total")
    return dated(rule, clock.left(rule.months or 0), as_of=as_of, checked="deux ans au plus au total")


def _debate(rule: DeadlineRule, _: Execution, clock: SentenceClock, as_of: date) -> Finding:
    if _within(rule, clock):
        return not_concerned(rule, "cinq ans au plus au total")
    return dated(rule, clock.served_share(2, 3), as_of=as_of, checked="plus de cinq ans au total")


def _adjustment(rule: DeadlineRule, execution: Execution, clock: SentenceClock, as_of: date) -> Finding:
    if _within(rule, clock):
        return dated(rule, same_day(clock.start), as_of=as_of, checked="deux ans au plus au total")
    half = clock.half(cap_years=_cap(execution, as_of))
    left = clock.left(rule.total_months or 0)
    trial = {x: max(clock.start, add_years(day, -(rule.years or 0))) for x, day in half.items()}
    return dated(rule, {x: min(left[x], trial[x]) for x in Scenario}, as_of=as_of, checked="plus de deux ans au total")


def _conversion(rule: DeadlineRule, _: Execution, clock: SentenceClock, as_of: date) -> Finding:
    if not _within(rule, clock):
        return not_concerned(rule, "plus de six mois fermes")
    return dated(rule, same_day(clock.start), as_of=as_of, checked="six mois fermes au plus au total")


def _yearly_remission(rule: DeadlineRule, _: Execution, clock: SentenceClock, as_of: date) -> Finding:
    day = next_yearly(clock.committed or clock.start, as_of=as_of, years=rule.years or 1)
    if day >= clock.end(Scenario.NONE):
        return not_concerned(rule, "la peine se termine avant un an de plus")
    return dated(rule, same_day(day), as_of=as_of)


def _yearly_parole(rule: DeadlineRule, execution: Execution, clock: SentenceClock, as_of: date) -> Finding:
    half = clock.half(cap_years=_cap(execution, as_of))
    day = next_yearly(half[Scenario.KNOWN], as_of=as_of, years=rule.years or 1)
    if half[Scenario.KNOWN] > as_of or day >= clock.end(Scenario.NONE):
        return not_concerned(rule, f"mi-peine le {full_date(half[Scenario.KNOWN])}")
    return dated(rule, same_day(day), as_of=as_of)


def next_yearly(start: date, *, as_of: date, years: int = 1) -> date:
    """The first anniversary of a day that is not past, the first year at the earliest."""
    count = max(1, (as_of.year - start.year) // years)
    day = add_years(start, count * years)
    return day if day >= as_of else add_years(start, (count + 1) * years)


def _life_only(rule: DeadlineRule, *_: object) -> Finding:
    return not_concerned(rule, "peine à temps")


def _parent(rule: DeadlineRule, _: Execution, clock: SentenceClock, as_of: date) -> Finding:
    opens = clock.start if _within(rule, clock) else clock.left(rule.total_months or 0)[Scenario.KNOWN]
    if opens > as_of:
        return not_concerned(rule, f"plus de quatre ans au total et à subir jusqu’au {full_date(opens)}")
    return undetermined(rule, "la situation familiale", checked="quatre ans au plus au total ou à subir")


def _court(rule: DeadlineRule, _: Execution, clock: SentenceClock, as_of: date) -> Finding:
    if _within(rule, clock):
        return dated(
            rule, same_day(clock.start), as_of=as_of, checked="dix ans au plus : juge de l’application des peines"
        )
    left = clock.left(12 * (rule.years or 0))
    said = "tribunal de l’application des peines avant cette date, juge ensuite"
    return dated(rule, left, as_of=as_of, checked=f"plus de dix ans : {said}")


_RULES: dict[str, Rule] = {
    "FIN": _end, "E1": _half, "E2": _life_only, "E3": _parent, "E5": _court, "E6": _two_thirds, "E7": _three_months,
    "E8": _debate, "E11": _adjustment, "E12": _conversion, "E16-RP": _yearly_remission, "E16-LC": _yearly_parole,
}  # fmt: skip
#: Rules about a stay, in the order in which they are shown.
STAY_RULES = tuple(_RULES)
