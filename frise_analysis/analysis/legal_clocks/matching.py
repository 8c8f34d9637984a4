"""The condition of each rule of recidivism on two offences, its delay left aside (CP 132-8 to 132-11).

What a rule asks of the first term alone stands apart: it tells how long new facts, whatever they are, may fall under it.
"""

from __future__ import annotations

from collections.abc import Callable

from frise_analysis.analysis.legal_clocks.answers import Verdict, all_of, is_true, unknown
from frise_analysis.analysis.legal_clocks.assimilation import assimilated, same_offence, stands_first
from frise_analysis.analysis.legal_clocks.dossier import Facts
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.vocabulary import OffenceNature

HEAVY_YEARS = 10
FIFTH_CLASS = 5


def matches(rule_id: str, first: Facts, second: Facts, *, book: RuleBook) -> Verdict:
    """Whether two offences meet the condition of a rule; unknown says what would settle it."""
    before = first_term(rule_id, first, book=book)
    return before if before.value is False else all_of(before, CONDITIONS[rule_id](first, second, book))


def first_term(rule_id: str, facts: Facts, *, book: RuleBook) -> Verdict:
    """Whether an offence may stand first under a rule, whatever comes second; unknown says what would settle it."""
    return FIRST_TERMS[rule_id](facts, book)


def _r1(_: Facts, second: Facts, __: RuleBook) -> Verdict:
    return _is(second, OffenceNature.CRIME)


def _r2(_: Facts, second: Facts, __: RuleBook) -> Verdict:
    return all_of(_is(second, OffenceNature.DELIT), _punished(second, lambda x: x >= HEAVY_YEARS))


def _r3(_: Facts, second: Facts, __: RuleBook) -> Verdict:
    return all_of(_is(second, OffenceNature.DELIT), _punished(second, lambda x: 1 < x < HEAVY_YEARS))


def _r4(first: Facts, second: Facts, book: RuleBook) -> Verdict:
    delit = _is(second, OffenceNature.DELIT)
    return delit if delit.value is False else all_of(delit, same_offence(first, second, book=book))


def _r5(first: Facts, second: Facts, book: RuleBook) -> Verdict:
    return all_of(_fifth(second), same_offence(first, second, book=book))


def _r6(first: Facts, second: Facts, book: RuleBook) -> Verdict:
    return assimilated(first, second, book=book, rule="R6")


def _heavy_first(facts: Facts, _: RuleBook) -> Verdict:
    return _heavy(facts)


def _delit_first(facts: Facts, _: RuleBook) -> Verdict:
    return _is(facts, OffenceNature.DELIT)


def _regulated_first(facts: Facts, _: RuleBook) -> Verdict:
    return all_of(_fifth(facts), unknown("le règlement prévoit-il la récidive de cette contravention ?"))


def _listed_first(facts: Facts, book: RuleBook) -> Verdict:
    """The table lists the contraventions whose repeat is a délit."""
    fifth = _fifth(facts)
    return fifth if fifth.value is False else all_of(fifth, stands_first(facts, book=book, rule="R6"))


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


#: Rule -> what it asks of the first term.
FIRST_TERMS: dict[str, Callable[[Facts, RuleBook], Verdict]] = {
    "R1": _heavy_first,
    "R2": _heavy_first,
    "R3": _heavy_first,
    "R4": _delit_first,
    "R5": _regulated_first,
    "R6": _listed_first,
}
#: Rule -> what it asks of the second term, and of both together, in the order in which they are tried.
CONDITIONS: dict[str, Callable[[Facts, Facts, RuleBook], Verdict]] = {
    "R1": _r1,
    "R2": _r2,
    "R3": _r3,
    "R4": _r4,
    "R5": _r5,
    "R6": _r6,
}
