"""Tables of measures or breaches, hidden by the number of people behind each cell.

Somebody with two measures is behind both: the people of the cells, counted once in each, are added up as if they were others. Their sum
is never shown; protected against who would know it, a cell is protected against who does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL, Counts, State, publish
from frise_analysis.analysis.disclosure.published import HIDDEN, small_words
from frise_analysis.dates import french_number


def publish_units(
    rows: pd.DataFrame, *, dimensions: Sequence[str], unit: str, statistics: Sequence[str] = (), k: int
) -> pd.DataFrame:
    """One row per cell, margins included: the dimensions, ``unit`` (a number), ``statistics``, ``state``, ``text``.

    ``rows``: one per crossing, ``people`` counted once in it, ``unit``, ``statistics``; a margin may be given for its
    statistics, what it counts is added up here. A number or a statistic is missing where hidden.
    """
    if rows.empty:
        return pd.DataFrame(columns=[*dimensions, unit, *statistics, "state", "text"])
    counts = Counts(_added_up(rows, dimensions, unit), tuple(dimensions), measures=tuple(statistics), other_counts=(unit,))  # fmt: skip
    cells = publish(counts, k=k).cells
    states = [State.COMPLEMENTARY if pd.isna(n) and x is State.SHOWN else x for n, x in zip(cells[unit], cells["state"], strict=True)]  # fmt: skip
    texts = [_text(n, x, k) for n, x in zip(cells[unit], states, strict=True)]
    table = cells[[*dimensions, unit, *statistics]].assign(state=[x.value for x in states], text=texts)
    table[list(statistics)] = table[list(statistics)].astype(float).where(table["state"] == State.SHOWN.value)
    return table


def _added_up(rows: pd.DataFrame, dimensions: Sequence[str], unit: str) -> pd.DataFrame:
    """The same with the numbers of the margins made from their cells."""
    names = list(dimensions)
    inner = rows[(rows[names] != TOTAL).all(axis=1)]
    margins = rows.drop(inner.index).copy()
    for index, row in margins.iterrows():
        along = [x for x in names if row[x] != TOTAL]
        cells = inner[(inner[along] == row[along]).all(axis=1)] if along else inner
        margins.loc[index, ["people", unit]] = [cells["people"].sum(), cells[unit].sum()]
    return pd.concat([inner, margins], ignore_index=True).astype({"people": int, unit: int})


def _text(number: object, state: State, k: int) -> str:
    """What is written in a cell; what is small is its people, not what it counts."""
    if state is State.SHOWN:
        return french_number(int(str(number)))
    return f"{small_words(k)} personnes" if state is State.SMALL else HIDDEN
