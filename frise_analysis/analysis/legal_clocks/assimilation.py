"""Whether two délits are the same, or one and the same at law for recidivism (CP 132-10, 132-16 to 132-16-4-1)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from frise_analysis.analysis.legal_clocks.answers import NO, YES, Verdict, unknown
from frise_analysis.analysis.legal_clocks.dossier import Facts
from frise_analysis.analysis.legal_clocks.rules import UNREAD, Assimilation, RuleBook

_ARTICLE = re.compile(r"(?:ART\.?\s*(?=[LRD.\s]*\d)|,\s*(?=(?:[LRD]\.?)?\d+-\d))(?:([LRD])\.?\s*)?(\d+(?:-\d+)*)")
_CODES = {"CP": r"C\.\s*PENAL", "ROUTE": r"C\.\s*ROUTE", "AUTRE": r"(?:C\.\s*[A-Z]|LOI|ARR)[A-Z.]*"}
_CODE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _CODES.items()))
#: Texts whose reading is kept: a session meets few, a load of the whole country would meet many.
_KEPT = 4096
#: Articles that several offences cite and that define none: general part, definitions of circumstances, additional sentences.
_GENERAL = re.compile(r"CP 1\d\d-|CP 311-11\b")
_GENERAL_LABEL = re.compile(r"^(?:(?:TENTATIVE|RECIDIVE|COMPLICITE)S? (?:DE LA |DE L.|DES |DE |DU |D.))+")


def same_offence(first: Facts, second: Facts, *, book: RuleBook, rule: str = "R4") -> Verdict:
    """Whether the second facts are the offence of the first, or assimilated to it when they come second."""
    if first.natinf_code is not None and first.natinf_code == second.natinf_code:
        return YES
    found = assimilated(first, second, book=book, rule=rule)
    if found.value is not False:
        return found
    return _same_label(first, second) if rule == "R4" else NO


def assimilated(first: Facts, second: Facts, *, book: RuleBook, rule: str = "R4") -> Verdict:
    """Whether a group of the table holds both, each in its place; doubt where a row says that only the source settles it."""
    before, after = (memberships(x.articles, x.label, book=book) for x in (first, second))
    pairs = [(x, y) for x in before for y in after if x.group == y.group and x.rule == rule]
    placed = [(x, y) for x, y in pairs if x.role in {"both", "first"} and y.role in {"both", "second"}]
    for pair in sorted(placed, key=lambda pair: any(x.confidence == UNREAD for x in pair)):
        return _verdict(*pair)
    doubts = [x for pair in pairs for x in pair if x.role == "doubt" and _may_stand(pair)]
    return unknown(f"{doubts[0].words} ({doubts[0].article})", to_verify=True) if doubts else NO


def stands_first(facts: Facts, *, book: RuleBook, rule: str) -> Verdict:
    """Whether some group of the table that a rule uses holds an offence as a first term."""
    held = [
        x for x in memberships(facts.articles, facts.label, book=book) if x.rule == rule and x.role in {"both", "first"}
    ]
    return Verdict(value=True, to_verify=all(x.confidence == UNREAD for x in held)) if held else NO


@lru_cache(_KEPT)
def memberships(articles: str | None, label: str | None, *, book: RuleBook) -> tuple[Assimilation, ...]:
    """Rows of the table that hold an offence, by the articles it cites or by its label."""
    return tuple(x for x in book.assimilations() if _holds(x, citations(articles or ""), plain(label)))


def _verdict(before: Assimilation, after: Assimilation) -> Verdict:
    said = before.article if before.article == after.article else f"{before.article} et {after.article}"
    return Verdict(
        value=True, to_verify=UNREAD in {before.confidence, after.confidence}, words=f"assimilation : {said}"
    )


def _may_stand(pair: tuple[Assimilation, Assimilation]) -> bool:
    """Whether a doubtful pair could hold: neither stands where the table says it cannot."""
    return pair[0].role in {"both", "first", "doubt"} and pair[1].role in {"both", "second", "doubt"}


def _holds(row: Assimilation, cited: tuple[str, ...], label: str) -> bool:
    if row.where == "label":
        # A label speaks for facts whose articles are not known; a source named by it speaks for all.
        return (not cited or row.confidence == UNREAD) and re.match(row.pattern, label) is not None
    looked = cited[:1] if row.where == "first" else cited
    return any(re.match(row.pattern, x) for x in looked)


def _same_label(first: Facts, second: Facts) -> Verdict:
    """For facts that no group holds together: the same words, articles that they share, or nothing to compare."""
    if plain(first.label) and plain(first.label) == plain(second.label):
        return YES
    before, after = (citations(x.articles or "") for x in (first, second))
    if before and after:
        shared = _bare(before) & _bare(after)
        return unknown("la qualification exacte des deux infractions") if shared else NO
    return unknown("le code NATINF des deux infractions") if first.family == second.family else NO


def _bare(cited: tuple[str, ...]) -> set[str]:
    return {" ".join(x.split()[:2]) for x in cited if not _GENERAL.match(x)}


@lru_cache(_KEPT)
def citations(articles: str) -> tuple[str, ...]:
    """Articles cited, each with its code: ``ART.311-5 3°, ART.311-1 C.PENAL.`` -> ``CP 311-5 3°``, ``CP 311-1``."""
    text = articles.upper()
    codes = [(found.start(), str(found.lastgroup)) for found in _CODE.finditer(text)]
    found = list(_ARTICLE.finditer(text))
    bounds = [*(x.start() for x in found), len(text)][1:]
    cited = []
    for article, bound in zip(found, bounds, strict=True):
        place, code = next(((at, name) for at, name in codes if at > article.start()), (len(text), "AUTRE"))
        rest = text[article.end() : min(bound, place)].strip(" ,")
        cited.append(f"{code} {article[1] or ''}{article[2]} {rest}".strip())
    return tuple(cited)


@lru_cache(_KEPT)
def plain(label: str | None) -> str:
    """A label in capitals without accents, what makes it an attempt, a repeat or a complicity removed."""
    text = unicodedata.normalize("NFKD", (label or "").upper()).encode("ascii", "ignore").decode()
    return _GENERAL_LABEL.sub("", " ".join(text.split()))
