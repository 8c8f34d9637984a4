"""Rules of dates as data: ``rules.csv``, read and kept like the rules of the legal clocks.

Confidence as there: ``A`` read in the text of the law, ``B`` in a secondary source, ``M`` from memory and said « à vérifier ».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from frise_analysis.analysis.legal_clocks.rules import LegalRule, RuleBook, RuleNotInForce, in_force, rows_of, validity
from frise_analysis.dates import numeric_date

_NUMBERS = ("years", "months", "days", "total_months")


@dataclass(frozen=True)
class DeadlineRule(LegalRule):
    """One rule over one period.

    ``total_months`` is the sentence up to which it holds (for E8, above which); ``years``, ``months``, ``days`` its delay or
    cap; ``excludes`` names checks of ``exclusions.py``; ``unchecked`` is what no record says; ``title`` its short name.
    """

    months: int | None
    days: int | None
    total_months: int | None
    title: str
    excludes: str
    unchecked: str


@dataclass(frozen=True)
class DeadlineBook(RuleBook):
    """The rules of dates in force on one day."""

    def rule(self, rule_id: str) -> DeadlineRule:
        """The rule as it stands that day; ``RuleNotInForce`` where the table has none."""
        found = self.find(rule_id)
        if found is None:
            raise RuleNotInForce(f"la table n’a pas de règle {rule_id} en vigueur au {numeric_date(self.on)}")
        return found

    def find(self, rule_id: str) -> DeadlineRule | None:
        """The same, or None."""
        return _rules_on(self.on).get(rule_id)

    def of_kind(self, *kinds: str) -> tuple[DeadlineRule, ...]:
        """The rules of these kinds in force that day, in the order of the file."""
        return tuple(x for x in _rules_on(self.on).values() if x.kind in kinds)


@cache
def deadline_rules() -> tuple[DeadlineRule, ...]:
    """Every rule, in the order of the file."""
    return tuple(_rule(row) for row in rows_of("rules.csv", package=__package__))


def _rule(row: dict[str, str]) -> DeadlineRule:
    numbers = {x: int(row[x]) if row[x] else None for x in _NUMBERS}
    return DeadlineRule(**{**row, **numbers, **validity(row)})  # type: ignore[arg-type]


@cache
def _rules_on(day: date) -> dict[str, DeadlineRule]:
    return {x.id: x for x in deadline_rules() if in_force(x, on=day)}
