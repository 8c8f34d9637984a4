"""The rows of the lanes that a frise shows when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd

from frise_analysis.analysis.data_quality import quality_marks
from frise_analysis.analysis.legal_clocks.bands import legal_bands
from frise_analysis.analysis.legal_clocks.law_changes import law_marks
from frise_analysis.analysis.obligation_spans import obligation_spans
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Clock, Lane

#: What the chart reads of a row.
COLUMNS = ["lane", "record_id", "start_date", "x", "x_end", "code", "title", "state", "words", "void"]
_ROWS: dict[Lane, Callable[[Store, PersonPath, Clock], pd.DataFrame]] = {
    Lane.OBLIGATIONS: lambda _, path, clock: obligation_spans(path, clock=clock),
    Lane.LEGAL: lambda store, path, clock: legal_bands(store, path, clock=clock),
    Lane.LAWS: lambda _, path, clock: law_marks(path, clock=clock),
    Lane.QUALITY: lambda store, path, clock: quality_marks(store, path, clock=clock),
}


def added_rows(store: Store, path: PersonPath, *, lanes: Collection[Lane], clock: Clock) -> pd.DataFrame | None:
    """One row per mark of the lanes asked for, in the order of the frise; nothing where none is."""
    found = [rows(store, path, clock)[COLUMNS] for lane, rows in _ROWS.items() if lane in lanes]
    kept = [frame for frame in found if len(frame)]
    return pd.concat(kept, ignore_index=True) if kept else None
