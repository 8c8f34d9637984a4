"""The condition of each rule of recidivism on two offences, its delay left aside (CP 132-8 to 132-11)."""

from __future__ import annotations

from collections.abc import Callable

from frise_analysis.analysis.legal_clocks.answers import Verdict, all_of, is_true, unknown
from frise_analysis.analysis.legal_clocks.assimilation import assimilated, same_offence
from frise_analysis.analysis.legal_clocks.dossier import Facts
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.vocabulary import OffenceNature

HEAVY_YEARS = 10
FIFTH_CLASS = 5


def matches(rule_id: str, first: Facts, second: Facts, *, book: RuleBook) -> Verdict:
    """Whether two offences meet the condition of a rule; unknown says what would settle it."""
    return CONDITIONS[rule_id](first, second, book)


def _r1(first: Facts, second: Facts, _: RuleBook) -> Verdict:
    return all_of(_heavy(first), _is(second, OffenceNature.CRIME))


def _r2(first: Facts, second: Facts, _: RuleBook) -> Verdict:
    return all_of(_heavy(first), _is(second, OffenceNature.DELIT), _punished(second, lambda x: x >= HEAVY_YEARS))


def _r3(first: Facts, second: Facts, _: RuleBook) -> Verdict:
    return all_of(_heavy(first), _is(second, OffenceNature.DELIT), _punished(second, lambda x: 1 < x < HEAVY_YEARS))


def _r4(first: Facts, second: Facts, book: RuleBook) -> Verdict:
    both = all_of(_is(first, OffenceNature.DELIT), _is(second, OffenceNature.DELIT))
    return both if both.value is False else all_of(both, same_offence(first, second, book=book))


def _r5(first: Facts, second: Facts, book: RuleBook) -> Verdict:
    same = all_of(_fifth(first), _fifth(second), same_offence(first, second, book=book))
    return all_of(same, unknown("le règlement prévoit-il la récidive de cette contravention ?"))


def _r6(first: Facts, second: Facts, book: RuleBook) -> Verdict:
    """The table lists the contraventions whose repeat is a délit."""
    fifth = _fifth(first)
    return fifth if fifth.value is False else all_of(fifth, assimilated(first, second, book=book, rule="R6"))


def _heavy(facts: Facts) -> Verdict:
    """Crime, or délit that the law punishes by ten years."""
    if facts.nature == OffenceNature.CRIME:
        return is_true(known=True)
    return all_of(_is(facts, OffenceNature.DELIT), _punished(facts, lambda x: x >= HEAVY_YEARS))


def _is(facts: Facts, nature: OffenceNature) -> Verdict:
    if facts.nature is None:
        return unknown("la nature de l’infraction (crime, délit ou contravention)")
    return is_true(known=facts.nature == nature)


def _punished(facts: Facts, test: Callable[[float], bool]) -> Verdict:
    if facts.max_years is not None:
        return is_true(known=test(facts.max_years))
    if facts.minor:
        return unknown("la peine encourue par un mineur (CJPM L121-5)", to_verify=True)
    return unknown("la peine encourue")


def _fifth(facts: Facts) -> Verdict:
    kind = _is(facts, OffenceNature.CONTRAVENTION)
    if kind.value and facts.contravention_class is None:
        return unknown("la classe de la contravention")
    return all_of(kind, is_true(known=facts.contravention_class == FIFTH_CLASS)) if kind.value else kind


#: Rule -> its condition, in the order in which they are tried.
CONDITIONS: dict[str, Callable[[Facts, Facts, RuleBook], Verdict]] = {
    "R1": _r1,
    "R2": _r2,
    "R3": _r3,
    "R4": _r4,
    "R5": _r5,
    "R6": _r6,
}
