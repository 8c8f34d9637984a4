"""What closes a rule to a conviction, as far as the records say: crime, terrorism, the couple, a victim under fifteen, an official.

Each check is a ``Verdict`` of the legal clocks: true where the records show it, false where they show it is not, else unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from frise_analysis.analysis.deadlines.rules import DeadlineRule
from frise_analysis.analysis.deadlines.situations import JudgedFacts
from frise_analysis.analysis.legal_clocks.answers import NO, YES, Verdict, joined, unknown
from frise_analysis.analysis.legal_clocks.assimilation import citations, plain
from frise_analysis.analysis.legal_clocks.dossier import Conviction, Facts
from frise_analysis.vocabulary import OffenceNature, SentenceCode

_TERRORISM = re.compile(r"CP 421-")
_COUPLE = re.compile(r"CP 132-80\b")
#: Offences against persons: Code pénal, book II, title II.
_PERSONS = re.compile(r"CP 22[1-7]-")
_PARTNER = re.compile(r"CONJOINT|CONCUBIN|PACTE CIVIL|\bPACS\b|AU SEIN DU COUPLE")
_UNDER_FIFTEEN = re.compile(r"MINEURE? (?:DE |AGEE? DE )?(?:MOINS DE )?(?:15|QUINZE) ANS|MOINS DE (?:15|QUINZE) ANS")
_MINOR = re.compile(r"\bMINEURE?S?\b")
_OFFICIAL = re.compile(r"DEPOSITAIRE DE L.?AUTORITE")


def _crime(facts: Facts) -> Verdict:
    if facts.nature is None:
        return unknown("la nature de l’infraction")
    return YES if facts.nature == OffenceNature.CRIME else NO


def _terrorism(facts: Facts) -> Verdict:
    if _cites(facts, _TERRORISM) or "TERRORIS" in plain(facts.label):
        return YES
    return NO if facts.articles else unknown("le code NATINF, pour le terrorisme")


def _couple(facts: Facts) -> Verdict:
    flag = facts.intimate_partner if isinstance(facts, JudgedFacts) else None
    if flag or _cites(facts, _COUPLE) or _PARTNER.search(plain(facts.label)):
        return YES
    return NO if flag is False else unknown("si les faits sont au sein du couple")


def _young_victim(facts: Facts) -> Verdict:
    if not _against_persons(facts):
        return NO if facts.articles else unknown("le code NATINF, pour l’âge de la victime")
    label = plain(facts.label)
    return YES if _UNDER_FIFTEEN.search(label) else unknown("l’âge de la victime")


def _minor_victim(facts: Facts) -> Verdict:
    """A délit on a minor (CPP 729-3): a minor in the label, but not one who was only present."""
    label = plain(facts.label)
    if _UNDER_FIFTEEN.search(label):
        return YES
    return (
        unknown("l’âge de la victime") if _MINOR.search(label) or _against_persons(facts) or not facts.articles else NO
    )


def _official(facts: Facts) -> Verdict:
    if not _OFFICIAL.search(plain(facts.label)):
        return NO if facts.articles else unknown("le code NATINF, pour la qualité de la victime")
    return YES if _against_persons(facts) else NO


def _cites(facts: Facts, pattern: re.Pattern[str]) -> bool:
    return any(pattern.match(x) for x in citations(facts.articles or ""))


def _against_persons(facts: Facts) -> bool:
    """Whether it is of book II, title II; a label alone that names violence is taken to be."""
    label = plain(facts.label)
    return _cites(facts, _PERSONS) or (
        not facts.articles and re.match(r"VIOL|AGRESSION|ATTEINTE SEX", label) is not None
    )


#: Name in the column ``excludes`` -> what it is called, and its check.
CHECKS: dict[str, tuple[str, Callable[[Facts], Verdict]]] = {
    "crime": ("crime", _crime),
    "terrorisme": ("terrorisme (CP 421-1 et suivants)", _terrorism),
    "couple": ("faits au sein du couple (CP 132-80)", _couple),
    "mineur15": ("atteinte à la personne d’un mineur de quinze ans", _young_victim),
    "mineur": ("délit sur un mineur", _minor_victim),
    "pdap": ("atteinte à une personne dépositaire de l’autorité publique", _official),
}


def excluding(rule: DeadlineRule, convictions: Iterable[Conviction]) -> tuple[str, str, str]:
    """What the records hold against a rule: what excludes, what was checked and does not, what they cannot tell."""
    lines = tuple(convictions)
    if not lines:
        return "", "", ""
    against, clear, doubts = [], [], []
    for name in rule.excludes.split():
        said, check = CHECKS[name]
        found = [_sentenced(x) if name == "crime" else NO for x in lines]
        found += [check(y) for x in lines for y in x.facts] + [_without_facts(x) for x in lines if not x.facts]
        if any(x.value for x in found):
            against.append(said)
        elif all(x.value is False for x in found):
            clear.append(said)
        doubts += [x.missing for x in found if x.value is None and said not in against]
    none = f"rien de tel dans les enregistrements : {', '.join(clear)}" if clear else ""
    return joined(against), none, joined(doubts)


def _sentenced(conviction: Conviction) -> Verdict:
    return YES if any(x.sentence_code == SentenceCode.RECLUSION for x in conviction.sentences) else NO


def _without_facts(conviction: Conviction) -> Verdict:
    return unknown(f"les infractions de la condamnation {conviction.conviction_id}")
