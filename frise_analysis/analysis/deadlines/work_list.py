"""The dates of a whole service, in order of date: a list of work, not an order of people.

Nothing here asks who reads. What somebody is shown goes through ``followed`` (the people they follow) or ``dates_by_rule`` (published numbers).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from frise_analysis.analysis.deadlines.answers import DeadlineAnswer, Finding, Scenario, finding_words
from frise_analysis.analysis.deadlines.eligibility import date_cells, findings
from frise_analysis.analysis.deadlines.measure_rules import of_measure, read_measures
from frise_analysis.analysis.deadlines.rules import DeadlineBook, DeadlineRule
from frise_analysis.analysis.deadlines.situations import read_situations
from frise_analysis.analysis.registry import QuestionRefused
from frise_analysis.store.engine import Store

COLUMNS = [
    "date", "days_left", "person_key", "person_id", "rule_id", "article", "title", "record_id", "answer", "answer_label",
    "date_sans_rp", "date_rp_connues", "date_rp_max", "assumption", "checked", "unchecked", "to_verify", "words",
]  # fmt: skip
#: Rules that open a date on which somebody has something to do.
_WORK = ("stay", "free", "both")
_SHOWN = frozenset({DeadlineAnswer.DUE, DeadlineAnswer.COMING})
#: Every key that a store may hold.
_FIRST, _LAST = 0, 2**31 - 1
Found = tuple[int, str, Finding]
#: Keys of the people read; None for everybody.
People = Sequence[int] | None


@dataclass(frozen=True)
class DatesAsked:
    """Which dates: the day (the extraction where it is None), how many weeks ahead, one rule or its parts, those passed and still open or not."""

    as_of: date | None = None
    weeks: int = 8
    rule: str | None = None
    passed: bool = True


def deadlines(
    store: Store,
    *,
    as_of: date | None = None,
    weeks: int = 8,
    rule: str | None = None,
    passed: bool = True,
) -> pd.DataFrame:
    """One row per person of the store and rule whose ``date`` falls within so many weeks, or is passed and still open, in order of date.

    ``date`` is ``date_rp_connues``; ``days_left`` is negative once it is passed (``passed=False`` leaves these out);
    ``rule`` keeps one rule (``E1``) or its parts (``E13``). The other columns are those of ``echeances-personne``; a person
    whose sentence the records do not settle is not listed. The order is that of the dates, then of the rules: it says nothing
    of a person. ``QuestionRefused`` where the rule has no date or ``weeks`` is negative.
    """
    return deadlines_among(store, None, DatesAsked(as_of, weeks, rule, passed))


def deadlines_among(store: Store, people: People, asked: DatesAsked) -> pd.DataFrame:
    """The same of these people alone: nobody else is read."""
    if asked.weeks < 0:
        raise QuestionRefused("Le nombre de semaines ne peut pas être négatif : donnez weeks=8 par exemple.")
    day = asked.as_of or store.info.extraction_date
    book = DeadlineBook(day)
    last = day + timedelta(weeks=asked.weeks)
    kept = _asked_rules(book, asked.rule)
    rows = [
        _row(x, book.on)
        for x in _found(store, people, book=book, kept=kept)
        if _falls(x[2], kept, (None if asked.passed else day, last))
    ]
    rows.sort(key=lambda x: (x[0], x[4], x[2], x[7] or ""))
    return pd.DataFrame(rows, columns=COLUMNS)


def dated_rules(book: DeadlineBook) -> tuple[DeadlineRule, ...]:
    """The rules in force that give a date, in the order of the table of rules."""
    return book.of_kind(*_WORK, "measure")


def every_finding(store: Store, *, book: DeadlineBook) -> Iterator[Found]:
    """What every rule that gives a date says of the people of the store whom it may concern: key, identifier, finding."""
    return _found(store, None, book=book, kept=frozenset(x.id for x in dated_rules(book)))


def _asked_rules(book: DeadlineBook, rule: str | None) -> frozenset[str]:
    known = [x.id for x in dated_rules(book)]
    kept = frozenset(x for x in known if rule is None or x == rule or x.startswith(f"{rule}-"))
    if not kept:
        raise QuestionRefused(f"Aucune règle de ce nom ne donne de date ce jour-là. Règles : {', '.join(known)}.")
    return kept


def _found(store: Store, people: People, *, book: DeadlineBook, kept: frozenset[str]) -> Iterator[Found]:
    """Every finding of the people whom a rule may concern."""
    bounds = {"as_of": book.on, "first": _FIRST, "last": _LAST, "keys": None if people is None else list(people)}
    queries = [
        name
        for name, kinds in (("deadline_held", {"stay", "both"}), ("deadline_unexecuted", {"free", "both"}))
        if any(x.kind in kinds and x.id in kept for x in book.of_kind(*kinds))
    ]
    keys = sorted({int(str(x["person_key"])) for name in queries for x in store.rows(name, **bounds)})
    rules = [x for x in book.of_kind(*_WORK) if x.id in kept]
    for one in read_situations(store, keys=keys, as_of=book.on):
        yield from ((one.person_key, one.person_id, x) for x in findings(one, book=book, rules=rules))
    yield from _of_measures(store, people, book=book, kept=kept)


def _of_measures(store: Store, people: People, *, book: DeadlineBook, kept: frozenset[str]) -> Iterator[Found]:
    rules = [x for x in book.of_kind("measure") if x.id in kept]
    measures = read_measures(store, as_of=book.on, first=_FIRST, last=_LAST, keys=people) if rules else []
    for one in measures:
        yield from ((one.person_key, one.person_id, x) for x in of_measure(rules, one, as_of=book.on))


def _falls(found: Finding, kept: frozenset[str], window: tuple[date | None, date]) -> bool:
    day = found.day
    if day is None or found.answer not in _SHOWN or found.rule.id not in kept:
        return False
    first, last = window
    return day <= last and (first is None or day >= first)


def _row(found: Found, on: date) -> tuple[object, ...]:
    person_key, person_id, one = found
    day, rule = one.dates[Scenario.KNOWN], one.rule
    return (
        day, (day - on).days, person_key, person_id, rule.id, rule.article, rule.title, one.record_id,
        one.answer.value, one.answer.label, *date_cells(one),
        one.assumption, one.checked, one.unchecked, rule.to_verify, finding_words(one, on=on),
    )  # fmt: skip
