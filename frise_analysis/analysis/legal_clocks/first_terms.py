"""How long new facts, whatever they are, may fall under the rules of recidivism after one conviction (CP 132-8 to 132-11).

The conditions are those of ``matching`` on the first term alone, the delays those of ``pairs``: no rule is written here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from frise_analysis.analysis.legal_clocks.answers import Verdict, any_of
from frise_analysis.analysis.legal_clocks.dossier import Conviction, Dossier
from frise_analysis.analysis.legal_clocks.expiry import Term, expiry
from frise_analysis.analysis.legal_clocks.matching import FIRST_TERMS, first_term
from frise_analysis.analysis.legal_clocks.pairs import Finding, Window, barred, doubt, window_of
from frise_analysis.analysis.legal_clocks.rules import LegalRule, RuleBook, RuleNotInForce


@dataclass(frozen=True)
class Reach:
    """A rule under which a conviction stands first, surely or perhaps, and the days in which new facts meet its delay."""

    rule: LegalRule
    condition: Verdict
    window: Window

    @property
    def sure(self) -> bool:
        """Whether the records settle that the conviction stands first under the rule."""
        return self.condition.value is True

    @property
    def to_verify(self) -> bool:
        """Whether it rests on what was not read in the law."""
        return self.rule.to_verify or self.condition.to_verify


@dataclass(frozen=True)
class FirstTerm:
    """One conviction as a first term: how its sentence ends and its reaches, the longest first."""

    final: date
    term: Term
    reaches: tuple[Reach, ...]

    @property
    def delays(self) -> tuple[Reach, ...]:
        """The reaches that have an end."""
        return tuple(x for x in self.reaches if x.rule.years is not None)

    @property
    def to_verify(self) -> bool:
        """Whether its delays, the latest included, rest on what was not read in the law."""
        return self.term.to_verify or any(x.to_verify for x in self.reaches)

    @property
    def sure_end(self) -> date | None:
        """The last day of the longest delay that is sure; None where none is."""
        return max((x.window.end for x in self.delays if x.sure and x.window.end is not None), default=None)

    @property
    def latest(self) -> date | None:
        """The last day on which new facts may still meet a delay; None where nothing bounds it."""
        # One end of sentence serves every delay: all are bounded, or none is.
        return max((x.window.latest for x in self.delays if x.window.latest is not None), default=None)


def first_term_of(conviction: Conviction, *, dossier: Dossier, book: RuleBook) -> FirstTerm | Finding:
    """What a conviction is as a first term; a finding says why it is none, or what would tell."""
    try:
        answered = barred(conviction, book=book)
        if answered is not None or conviction.final_date is None:
            return answered or doubt("la date à laquelle la condamnation est définitive")
        term = expiry(conviction, conviction.final_date, dossier=dossier, book=book)
        found = list(_reaches(conviction, conviction.final_date, term, book=book))
    except RuleNotInForce as absent:
        return doubt(str(absent))
    return FirstTerm(conviction.final_date, term, tuple(sorted(found, key=lambda x: (-(x.rule.years or 0), x.rule.id))))


def _reaches(conviction: Conviction, final: date, term: Term, *, book: RuleBook) -> Iterator[Reach]:
    for rule_id in FIRST_TERMS:
        condition = any_of(*(first_term(rule_id, x, book=book) for x in conviction.facts))
        if condition.value is not False:
            rule = book.rule(rule_id)
            yield Reach(rule, condition, window_of(rule, final, term))
