"""Rules of law as data: the CSV files of this folder, each row with its validity, its source and how well it is known.

Confidence: ``A`` read in the text of the law, ``B`` read in a secondary source, ``M`` from memory; what rests on ``M`` says
« à vérifier » wherever it is shown. The list of rules, in French, is in ``docs/legal-clocks.md``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from frise_analysis.dates import numeric_date

#: Confidence of what was not read in a source.
UNREAD = "M"


class RuleNotInForce(Exception):
    """No row of the table holds on the day of the rules: a sentence that says which."""


@dataclass(frozen=True)
class LegalRule:
    """One rule over one period; ``years`` is its delay, ``None`` where it has none; ``valid_to`` is its last day."""

    id: str
    kind: str
    years: int | None
    article: str
    valid_from: date
    valid_to: date | None
    source: str
    confidence: str
    words: str

    @property
    def to_verify(self) -> bool:
        """Whether it must be checked before anybody relies on it."""
        return self.confidence == UNREAD


@dataclass(frozen=True)
class Assimilation:
    """One way to belong to a group of offences that are one and the same for recidivism (CP 132-16 ff.)."""

    group: str
    rule: str
    where: str
    pattern: str
    role: str
    article: str
    valid_from: date
    valid_to: date | None
    source: str
    confidence: str
    words: str


@dataclass(frozen=True)
class EntryKind:
    """Whether a kind of line of the record may be a first term: ``yes``, ``no`` or ``unsure``."""

    record_entry_type: str
    first_term: str
    confidence: str
    words: str


@dataclass(frozen=True)
class RuleBook:
    """The rules in force on one day; a rule outside its validity is not used."""

    on: date

    def rule(self, rule_id: str) -> LegalRule:
        """The rule as it stands that day; ``RuleNotInForce`` where the table has none."""
        found = _rules_on(self.on).get(rule_id)
        if found is None:
            raise RuleNotInForce(f"la table n’a pas de règle {rule_id} en vigueur au {numeric_date(self.on)}")
        return found

    def delay(self, rule_id: str) -> int:
        """Years of a rule that has a delay."""
        return self.rule(rule_id).years or 0

    def assimilations(self) -> tuple[Assimilation, ...]:
        """The assimilations in force that day."""
        return _assimilations_on(self.on)


def in_force(rule: LegalRule | Assimilation, *, on: date) -> bool:
    """Whether a rule holds on a day, its first and last days included."""
    return rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)


@cache
def legal_rules() -> tuple[LegalRule, ...]:
    """Every rule, in the order of the file."""
    return tuple(
        LegalRule(**{**x, "years": int(x["years"]) if x["years"] else None, **validity(x)})  # type: ignore[arg-type]
        for x in rows_of("rules.csv")
    )


@cache
def assimilations() -> tuple[Assimilation, ...]:
    """Every assimilation, in the order of the file."""
    return tuple(Assimilation(**{**x, **validity(x)}) for x in rows_of("assimilations.csv"))  # type: ignore[arg-type]


@cache
def _rules_on(day: date) -> dict[str, LegalRule]:
    return {x.id: x for x in legal_rules() if in_force(x, on=day)}


@cache
def _assimilations_on(day: date) -> tuple[Assimilation, ...]:
    return tuple(x for x in assimilations() if in_force(x, on=day))


@cache
def entry_kinds() -> dict[str, EntryKind]:
    """Kinds of lines of the record, by their code."""
    return {x["record_entry_type"]: EntryKind(**x) for x in rows_of("entries.csv")}


def rows_of(name: str, *, package: str = __package__) -> list[dict[str, str]]:
    """Rows of one CSV file of this folder, or of another package; its comments begin with ``#``."""
    text = (resources.files(package) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def validity(row: dict[str, str]) -> dict[str, date | None]:
    """The first and last days of a row, ``None`` where it has no last one."""
    last = row["valid_to"]
    return {
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_to": date.fromisoformat(last) if last else None,
    }
