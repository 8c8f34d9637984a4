"""Changes of law that a timeline must know, as data."""

from __future__ import annotations

from datetime import date

import pandas as pd

from frise_analysis.analysis.legal_clocks.answers import TO_VERIFY, sentences
from frise_analysis.analysis.legal_clocks.rules import UNREAD, rows_of
from frise_analysis.analysis.registry import question
from frise_analysis.dates import known_date
from frise_analysis.store.engine import Store

COLUMNS = ["date", "precision", "label", "source", "confidence", "to_verify", "words"]


@question("lois", "Changements de loi à montrer sur la frise")
def law_changes(store: Store, *, until: date | None = None) -> pd.DataFrame:
    """One row per change of law in force by ``until`` (the extraction date by default), in order of date.

    ``precision`` is ``year`` where it came into force by steps; ``confidence`` and ``source`` as in the table;
    ``to_verify`` where no source was read.
    """
    last = until or store.info.extraction_date
    rows = sorted((x for x in rows_of("changes.csv") if date.fromisoformat(x["date"]) <= last), key=lambda x: x["date"])
    return pd.DataFrame([_row(x) for x in rows], columns=COLUMNS)


def _row(row: dict[str, str]) -> tuple[object, ...]:
    day, verify = date.fromisoformat(row["date"]), row["confidence"] == UNREAD
    words = sentences(f"{known_date(day, row['precision'])} : {row['label']}", TO_VERIFY if verify else "")
    return day, row["precision"], row["label"], row["source"], row["confidence"], verify, words
