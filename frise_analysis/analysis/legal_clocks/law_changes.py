"""Changes of law that a timeline must know, as data."""

from __future__ import annotations

from datetime import date

import pandas as pd

from frise_analysis.analysis.clocks import position
from frise_analysis.analysis.lane_rows import LANE_COLUMNS
from frise_analysis.analysis.legal_clocks.answers import TO_VERIFY, sentences
from frise_analysis.analysis.legal_clocks.rules import UNREAD, rows_of
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.registry import question
from frise_analysis.dates import known_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Clock, Lane

COLUMNS = ["date", "precision", "label", "source", "confidence", "to_verify", "words"]


@question("lois", "Changements de loi à montrer sur la frise")
def law_changes(store: Store, *, until: date | None = None) -> pd.DataFrame:
    """One row per change of law in force by ``until`` (the extraction date by default), in order of date.

    ``precision`` is ``year`` where it came into force by steps; ``confidence`` and ``source`` as in the table;
    ``to_verify`` where no source was read.
    """
    last = until or store.info.extraction_date
    return pd.DataFrame([_row(x) for x in _changes(date.min, last)], columns=COLUMNS)


def law_marks(path: PersonPath, *, clock: Clock = Clock.CALENDAR) -> pd.DataFrame:
    """One row per change of law from the first record of a person to the end of observation, in order of date.

    A point (``x`` is ``x_end``, in years of the clock) named in a few words; ``state`` is the precision of its date, ``day``
    or ``year``; ``record_id`` is its day; ``words`` are those of ``law_changes``.
    """
    place = position(path, clock)
    first = min((r.start_date for r in path.records), default=None)
    rows = []
    for change in [] if first is None else _changes(first, path.end):
        day, x = date.fromisoformat(change["date"]), place(date.fromisoformat(change["date"]))
        told = change["short"], change["precision"], _words(change)
        rows.append((Lane.LAWS.value, change["date"], day, None, x, x, "law", *told, False))
    return pd.DataFrame(rows, columns=list(LANE_COLUMNS))


def _changes(first: date, last: date) -> list[dict[str, str]]:
    """Changes of law between two days, both included, in order of date."""
    kept = (x for x in rows_of("changes.csv") if first <= date.fromisoformat(x["date"]) <= last)
    return sorted(kept, key=lambda x: x["date"])


def _row(row: dict[str, str]) -> tuple[object, ...]:
    day = date.fromisoformat(row["date"])
    return day, row["precision"], row["label"], row["source"], row["confidence"], _to_verify(row), _words(row)


def _words(row: dict[str, str]) -> str:
    day = known_date(date.fromisoformat(row["date"]), row["precision"])
    return sentences(f"{day} : {row['label']}", TO_VERIFY if _to_verify(row) else "")


def _to_verify(row: dict[str, str]) -> bool:
    return row["confidence"] == UNREAD
