"""The dates of one person: every rule in force, what the records settle and what they cannot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from frise_analysis.analysis.deadlines.answers import Finding, Scenario, finding_words, not_concerned
from frise_analysis.analysis.deadlines.execution import Execution, read_execution
from frise_analysis.analysis.deadlines.liberty_rules import (
    LIBERTY_RULES,
    Pending,
    liberty_findings,
    over_seventy,
    read_pending,
)
from frise_analysis.analysis.deadlines.measure_rules import measure_findings, read_measures
from frise_analysis.analysis.deadlines.rules import DeadlineBook, DeadlineRule
from frise_analysis.analysis.deadlines.situations import Situation, read_situations
from frise_analysis.analysis.deadlines.stay_rules import STAY_RULES, stay_finding
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.analysis.registry import question
from frise_analysis.store.engine import Store

COLUMNS = [
    "person_key", "rule_id", "article", "title", "record_id", "answer", "answer_label",
    "date_sans_rp", "date_rp_connues", "date_rp_max",
    "assumption", "checked", "excluded_by", "unchecked", "missing", "to_verify", "words",
]  # fmt: skip
_KINDS = ("stay", "free", "both", "conditions", "competence")
_FREE = "la personne n’est pas détenue en exécution de peine"
_CUSTODY = "la personne est sous écrou"


@question("echeances-personne", "Dates et conditions d’aménagement que donnent les enregistrements")
def eligibility(
    store: Store,
    *,
    person_key: int,
    as_of: date | None = None,
    executing: tuple[str, ...] = (),
    remission_days: int = 0,
) -> pd.DataFrame:
    """One row per rule in force (and per conviction or measure where the rule is about one), in the order of the table of rules.

    ``date_sans_rp``, ``date_rp_connues``, ``date_rp_max``: the indicative date without reductions, with those known, with the
    most that the text allows; ``answer`` is a ``DeadlineAnswer`` on the second. ``checked``, ``excluded_by``, ``unchecked``,
    ``missing`` say what the records settle, what they hold against, what they cannot say, what would settle a doubt.
    ``executing`` names the convictions a stay executes; ``remission_days`` the reductions granted: no record holds them.
    ``as_of`` is the extraction date by default, and the day of the rules too. ``assumption`` says which sentences are taken to be
    executed. ``KeyError`` where the key is unknown. Source: ``rules.csv``.
    """
    day = as_of or store.info.extraction_date
    book = DeadlineBook(day)
    situations = read_situations(store, keys=[person_key], as_of=day)
    if not situations:
        raise KeyError(person_key)
    found = findings(situations[0], book=book, executing=tuple(executing), remission_days=remission_days)
    measures = read_measures(store, as_of=day, first=person_key, last=person_key)
    found += measure_findings(book, measures, as_of=day)
    order = {x.id: i for i, x in enumerate(book.of_kind(*_KINDS, "measure"))}
    found.sort(key=lambda x: order[x.rule.id])
    return pd.DataFrame([_row(x, person_key, book.on) for x in found], columns=COLUMNS)


def findings(
    situation: Situation,
    *,
    book: DeadlineBook,
    rules: Iterable[DeadlineRule] | None = None,
    executing: tuple[str, ...] = (),
    remission_days: int = 0,
) -> list[Finding]:
    """What these rules say of one person; by default all that are in force, but those about a measure."""
    clocks = RuleBook(book.on)
    execution = pending = None
    if situation.held is not None:
        execution = read_execution(
            situation, situation.held, book=clocks, executing=executing, remission_days=remission_days
        )
    elif not situation.running:
        pending = read_pending(situation, book=clocks)
    asked = book.of_kind(*_KINDS) if rules is None else rules
    return [y for x in asked for y in _of_rule(x, situation, execution, pending)]


def _of_rule(
    rule: DeadlineRule, situation: Situation, execution: Execution | None, pending: Pending | None
) -> Iterable[Finding]:
    if rule.id == "E4":
        return [over_seventy(rule, situation, held=execution is not None)]
    if execution is not None and rule.id in STAY_RULES:
        return [stay_finding(rule, execution, as_of=situation.as_of)]
    if pending is not None and rule.id in LIBERTY_RULES:
        return liberty_findings(rule, pending, as_of=situation.as_of)
    return [not_concerned(rule, _CUSTODY if rule.id in LIBERTY_RULES else _FREE)]


def date_cells(found: Finding) -> tuple[date | None, ...]:
    """Its dates in the order of the scenarios."""
    return tuple(found.dates.get(x) for x in Scenario)


def _row(found: Finding, person_key: int, on: date) -> tuple[object, ...]:
    rule = found.rule
    return (
        person_key, rule.id, rule.article, rule.title, found.record_id, found.answer.value, found.answer.label,
        *date_cells(found),
        found.assumption, found.checked, found.excluded_by, found.unchecked, found.missing, rule.to_verify, finding_words(found, on=on),
    )  # fmt: skip
