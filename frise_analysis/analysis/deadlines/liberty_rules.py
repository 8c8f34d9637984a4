"""Rules about a person at liberty with firm sentences to be executed: E9, E10, E12, E13 (CP 132-25; CPP 723-15 to 723-17-1, 747-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from frise_analysis.analysis.deadlines.answers import (
    DeadlineAnswer,
    Finding,
    dated,
    excluded,
    not_concerned,
    same_day,
    undetermined,
)
from frise_analysis.analysis.deadlines.at_judgment import judgment_findings
from frise_analysis.analysis.deadlines.exclusions import excluding
from frise_analysis.analysis.deadlines.firm_sentences import FirmPart, is_adjusted, is_firm, is_over, total_of
from frise_analysis.analysis.deadlines.judgment_law import doubt, versions
from frise_analysis.analysis.deadlines.rules import DeadlineBook, DeadlineRule
from frise_analysis.analysis.deadlines.situations import EXECUTING, Situation
from frise_analysis.analysis.legal_clocks.answers import joined
from frise_analysis.analysis.legal_clocks.dossier import Conviction
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.dates import add_years, full_date, months_in_words

NOTHING_PENDING = "aucune peine ferme à exécuter n’est enregistrée"
_ASSUMPTION = "peine ferme définitive sans exécution enregistrée, ni détention depuis la décision"


@dataclass(frozen=True)
class Pending:
    """Final firm sentences without any execution recorded; ``doubtful`` ones may have been served in a stay since."""

    sure: tuple[Conviction, ...]
    doubtful: tuple[Conviction, ...]

    @cached_property
    def total(self) -> FirmPart:
        """All that is surely to be executed."""
        return total_of(self.sure)

    @property
    def final(self) -> date:
        """The day on which the last of them became final."""
        return max(x.final_date for x in self.sure if x.final_date)

    @property
    def missing(self) -> str:
        """What would settle the total."""
        asked = (f"la peine du {full_date(x.decision_date)} a-t-elle été exécutée ?" for x in self.doubtful)
        return joined([*asked, self.total.missing])

    def within(self, months: int) -> bool:
        """Whether the total is no longer than so many months."""
        return not self.total.life and self.total.length.within(months)


def read_pending(situation: Situation, *, book: RuleBook) -> Pending:
    """What is to be executed of a person at liberty on the day."""
    open_lines = [x for x in situation.dossier.convictions if _to_execute(x, situation, book)]
    doubtful = tuple(x for x in open_lines if _held_since(situation, x))
    return Pending(tuple(x for x in open_lines if x not in doubtful), doubtful)


def _to_execute(line: Conviction, situation: Situation, book: RuleBook) -> bool:
    if line.final_date is None or not is_firm(line) or is_adjusted(line):
        return False
    return not is_over(line, situation.dossier, by=situation.as_of, book=book)


def _held_since(situation: Situation, line: Conviction) -> bool:
    return any(
        x.regime in EXECUTING and (x.end_date is None or x.end_date >= line.decision_date) for x in situation.stays
    )


def liberty_findings(rule: DeadlineRule, pending: Pending, *, as_of: date) -> list[Finding]:
    """What one rule says of what is to be executed: one finding, or one for each conviction where the rule is about one."""
    if not pending.sure and not pending.doubtful:
        return [not_concerned(rule, NOTHING_PENDING)]
    if rule.id == "E9":
        return list(judgment_findings(rule, (*pending.sure, *pending.doubtful), as_of=as_of))
    if pending.missing:
        return [replace(undetermined(rule, pending.missing), unchecked=rule.unchecked)]
    limit = _limit(rule, pending, as_of)
    if limit.months is None:
        missing = _unsettled(pending, limit)
        return [replace(undetermined(rule, missing), checked=_total(pending), unchecked=rule.unchecked)]
    if not pending.within(limit.months):
        return [not_concerned(rule, f"plus de {months_in_words(limit.months)} au total")]
    return _within_limit(limit.rule, pending, limit.months, as_of)


def _within_limit(rule: DeadlineRule, pending: Pending, months: int, as_of: date) -> list[Finding]:
    against, clear, doubts = excluding(rule, pending.sure)
    if against:
        return [excluded(rule, against)]
    total = f"{_total(pending)} (seuil : {months_in_words(months)})"
    return [
        replace(
            x,
            assumption=_ASSUMPTION,
            checked=joined([total, x.checked, clear]),
            unchecked=joined([rule.unchecked, doubts]),
        )
        for x in _RULES[rule.id](rule, pending, as_of)
    ]


@dataclass(frozen=True)
class Limit:
    """The threshold that decides for a total: None where the versions that may bind its convictions do not agree on it.

    ``rule`` is the version to show, ``candidates`` the thresholds that may bind.
    """

    rule: DeadlineRule
    months: int | None
    candidates: tuple[int, ...]


def _limit(rule: DeadlineRule, pending: Pending, as_of: date) -> Limit:
    """E10 and E13 have the threshold of 723-15 that binds the convictions; the others their own."""
    if rule.id not in _OF_723_15:
        return Limit(rule, rule.total_months or 0, ())
    base = DeadlineBook(as_of).rule("E10")
    rows = {y for x in pending.sure for y in versions(base, x, as_of=as_of)}
    shown = next(iter(rows)) if rule.id == "E10" and len(rows) == 1 else rule
    limits = tuple(sorted({x.total_months or 0 for x in rows}))
    if pending.within(limits[0]):
        return Limit(shown, limits[0], limits)
    return Limit(shown, None if pending.within(limits[-1]) else limits[-1], limits)


def _unsettled(pending: Pending, limit: Limit) -> str:
    """What would settle the threshold of a total."""
    said = ", ".join(months_in_words(x) for x in limit.candidates)
    several = f"quel seuil suit un total de condamnations qui n’ont pas le même ({said})"
    return joined(doubt(x) for x in pending.sure) or several


def _total(pending: Pending) -> str:
    return f"{pending.total.length.words} au total"


def _final_day(rule: DeadlineRule, pending: Pending, as_of: date) -> Iterable[Finding]:
    return [dated(rule, same_day(pending.final), as_of=as_of)]


def _years_after_final(rule: DeadlineRule, pending: Pending, as_of: date) -> Iterable[Finding]:
    for line in pending.sure:
        day = add_years(line.final_date or pending.final, rule.years or 0)
        yield replace(dated(rule, same_day(day), as_of=as_of), record_id=line.conviction_id)


_RULES: dict[str, Callable[[DeadlineRule, Pending, date], Iterable[Finding]]] = {
    "E10": _final_day,
    "E12": _final_day,
    "E13-1": _years_after_final,
    "E13-3": _years_after_final,
}
#: Rules about a person at liberty.
LIBERTY_RULES = frozenset(_RULES) | {"E9"}
#: Rules about a conviction mentioned in 723-15.
_OF_723_15 = frozenset({"E10", "E13-1", "E13-3"})


def over_seventy(rule: DeadlineRule, situation: Situation, *, held: bool) -> Finding:
    """E4: the age alone can be read."""
    if not held:
        return not_concerned(rule, "la personne n’est pas détenue en exécution de peine")
    if situation.birth_date is None:
        return _by_year(rule, situation)
    day = add_years(situation.birth_date, rule.years or 0)
    if day > situation.as_of:
        return not_concerned(rule, f"soixante-dix ans le {full_date(day)}")
    found = undetermined(rule, "la prise en charge prévue", checked=f"soixante-dix ans le {full_date(day)}")
    return replace(found, unchecked=rule.unchecked)


def _by_year(rule: DeadlineRule, situation: Situation) -> Finding:
    if situation.birth_year is not None and situation.as_of.year - situation.birth_year < (rule.years or 0):
        return not_concerned(rule, "moins de soixante-dix ans")
    return Finding(rule, DeadlineAnswer.UNDETERMINED, unchecked=rule.unchecked, missing="la date de naissance")
