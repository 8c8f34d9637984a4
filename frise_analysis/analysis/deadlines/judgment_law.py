"""Which version of a threshold binds a conviction: the dates of its judgment and of its facts say it, not the day of the question.

The law of 23 March 2019 closed adjustment between one and two years from 24 March 2020. A harsher law of execution is not for
earlier facts (CP 112-2, 3°; Crim. 20 October 2020, no. 19-84.754), nor is this one for earlier judgments (decree 2020-81, art. 7).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from frise_analysis.analysis.deadlines.rules import DeadlineBook, DeadlineRule
from frise_analysis.analysis.legal_clocks.dossier import Conviction
from frise_analysis.dates import full_date, is_exact

#: First day of the law of 23 March 2019 (art. 109) for sentences.
REFORM = date(2020, 3, 24)
_EVE = REFORM - timedelta(days=1)


def versions(rule: DeadlineRule, line: Conviction, *, as_of: date) -> tuple[DeadlineRule, ...]:
    """The versions of a rule in force on ``as_of`` that may bind a conviction: one, or two where its facts do not settle it."""
    book = DeadlineBook(as_of)
    if line.decision_date < REFORM:
        return (_of_person(DeadlineBook(min(as_of, _EVE)).rule(rule.id), line, book),)
    former = replace(book.rule(f"{rule.id}-FAITS-ANCIENS"), id=rule.id, kind=rule.kind)
    sides = _before_reform(line)
    return tuple(x for x, before in ((_of_person(former, line, book), True), (rule, False)) if before in sides)


def doubt(line: Conviction) -> str:
    """What would settle which version binds a conviction; empty where its facts do."""
    if line.decision_date < REFORM or len(_before_reform(line)) == 1:
        return ""
    exact = [x.days for x in line.facts if x.days and is_exact(x.date_precision)]
    said = f"la condamnation du {full_date(line.decision_date)}"
    if exact and min(exact)[0] < REFORM <= max(end for _, end in exact):
        return f"quelle loi suit {said}, pour des faits d’avant et d’après le {full_date(REFORM)}"
    return f"si les faits de {said} sont antérieurs au {full_date(REFORM)}"


def _of_person(former: DeadlineRule, line: Conviction, book: DeadlineBook) -> DeadlineRule:
    """The former version, at the threshold of its recidivists where a court retained legal recidivism."""
    again = book.find(f"{former.id}-RECIDIVE")
    return replace(former, total_months=again.total_months) if again and line.retained else former


def _before_reform(line: Conviction) -> set[bool]:
    """Whether its facts are before the reform: both where they are on both sides, imprecise, or not recorded."""
    spans = [x.days for x in line.facts]
    known = [x for x in spans if x is not None]
    if not known or len(known) < len(spans):
        return {True, False}
    return {day < REFORM for span in known for day in span}
