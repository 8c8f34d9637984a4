"""Recognise tables and columns by their names, whatever their case, accents and punctuation."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from frise_analysis.records.contract import TABLES, Column, Table


def plain(text: str) -> str:
    """Lower case, no accents, every run of other characters one space: ``Date_des  FAITS`` -> ``date des faits``."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe")).casefold()
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(kept.split())


def find_table(name: str) -> Table | None:
    """The table a file or sheet of that name holds, or nothing."""
    wanted = plain(name)
    return next((t for t in TABLES if wanted in {plain(n) for n in (t.name, *t.aliases)}), None)


def find_column(table: Table, header: str) -> Column | None:
    """The column that a header names, or nothing; small words count only between two columns that they tell apart."""
    wanted, short = plain(header), _without_small_words(header)
    exact = next((c for c in table.columns if wanted in _names(c)), None)
    return exact or next(
        (c for c in table.columns if short and short in set(map(_without_small_words, _names(c)))), None
    )


_SMALL_WORDS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l"})


def _without_small_words(text: str) -> str:
    return " ".join(word for word in plain(text).split() if word not in _SMALL_WORDS)


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name that looks most like one that is not, for the error that says so."""
    by_plain = {plain(k): k for k in known}
    found = get_close_matches(plain(name), list(by_plain), n=1, cutoff=0.5)
    return by_plain[found[0]] if found else None


def _names(column: Column) -> set[str]:
    return {plain(name) for name in (column.name, *column.aliases)}


@dataclass(frozen=True)
class Recognition:
    """What the header of one file holds: ``found`` gives each column's position in the file, from 0."""

    found: dict[str, int]
    unknown: tuple[int, ...]
    repeated: tuple[str, ...]
    missing: tuple[str, ...]


def recognise(table: Table, header: Sequence[str]) -> Recognition:
    """Match the header of a file with the columns of its table."""
    found: dict[str, int] = {}
    repeated: list[str] = []
    unknown: list[int] = []
    for position, cell in enumerate(header):
        column = find_column(table, cell)
        if column is None:
            unknown += [position] if cell.strip() else []
        elif column.name in found:
            repeated.append(column.name)
        else:
            found[column.name] = position
    missing = tuple(c.name for c in table.columns if c.required and c.name not in found)
    return Recognition(found, tuple(unknown), tuple(repeated), missing)
