"""The tables of the nomenclature, as they stand in the CSV files of this folder."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from frise_analysis.vocabulary import OffenceFamily, OffenceNature

#: The list behind ``natinf.csv``: codes, labels and articles are facts of the Ministry of Justice.
SOURCE = "Liste NATINF, ministère de la Justice (DACG), Licence Ouverte 2.0"
SNAPSHOT = "2026-07"
#: Rows that ``frise natinf`` adds from a file that the user downloaded.
LIST_SOURCE = "Liste NATINF complète, ministère de la Justice, chargée par le service"
#: The legal maximum that stands for life, in years.
LIFE_YEARS = 99.0


@dataclass(frozen=True)
class NatinfEntry:
    """One NATINF code; ``max_sentence_years`` is ``None`` where the legal maximum was not confirmed."""

    natinf_code: str
    label: str
    nature: OffenceNature
    contravention_class: int | None
    articles: str
    family: OffenceFamily
    max_sentence_years: float | None


@dataclass(frozen=True)
class ArticleRule:
    """Articles of one code, by the beginning of the cited article in its normal form, and their family."""

    code: str
    pattern: str
    family: OffenceFamily
    why: str


@dataclass(frozen=True)
class KeywordRule:
    """Words of a normalised label and their family."""

    pattern: str
    family: OffenceFamily
    why: str


@dataclass(frozen=True)
class FamilyCorrespondence:
    """The place of a family in the two official nomenclatures, section of the NFI and group of the SDSE."""

    family: OffenceFamily
    nfi_section: str
    sdse_group: str
    articles: str


@cache
def natinf_entries() -> tuple[NatinfEntry, ...]:
    """The NATINF codes frequent among followed persons, in the order of their number."""
    return tuple(
        NatinfEntry(
            natinf_code=row["natinf_code"],
            label=row["label"],
            nature=OffenceNature(row["nature"]),
            contravention_class=int(row["contravention_class"]) if row["contravention_class"] else None,
            articles=row["articles"],
            family=OffenceFamily(row["family"]),
            max_sentence_years=float(row["max_sentence_years"]) if row["max_sentence_years"] else None,
        )
        for row in _rows("natinf.csv")
    )


@cache
def readable_labels() -> dict[str, str]:
    """The official labels, in unaccented capitals, to the same words as French is written."""
    written = {row["natinf_code"]: row["readable_label"] for row in _rows("readable_labels.csv")}
    return {entry.label: written[entry.natinf_code] for entry in natinf_entries()}


@cache
def article_rules() -> tuple[ArticleRule, ...]:
    """The article rules, first match first."""
    rows = _rows("articles.csv")
    return tuple(ArticleRule(x["code"], x["pattern"], OffenceFamily(x["family"]), x["why"]) for x in rows)


@cache
def keyword_rules() -> tuple[KeywordRule, ...]:
    """The keyword rules, first match first."""
    return tuple(KeywordRule(x["pattern"], OffenceFamily(x["family"]), x["why"]) for x in _rows("keywords.csv"))


@cache
def legal_codes() -> tuple[tuple[str, str], ...]:
    """The codes of law and the spellings by which a citation ends, first match first."""
    return tuple((x["code"], x["pattern"]) for x in _rows("codes.csv"))


@cache
def families() -> tuple[FamilyCorrespondence, ...]:
    """One line per family, in the order of the charts."""
    return tuple(
        FamilyCorrespondence(OffenceFamily(x["family"]), x["nfi_section"], x["sdse_group"], x["articles"])
        for x in _rows("families.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines))
