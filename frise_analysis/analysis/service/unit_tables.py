"""Tables of measures or breaches, hidden by the number of people behind each cell.

Somebody with two measures is behind both: the people of the cells, counted once in each, are added up as if they were others. Their sum
is never shown; protected against who would know it, a cell is protected against who does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL, Counts, State, publish
from frise_analysis.analysis.disclosure.counts import Cell
from frise_analysis.analysis.disclosure.nested import Beside, Face, protected_face
from frise_analysis.analysis.disclosure.published import HIDDEN, small_words
from frise_analysis.dates import french_number


@dataclass(frozen=True)
class Units:
    """A table before anything is hidden.

    ``rows``: one per crossing of ``dimensions``, ``people`` counted once in it, ``unit`` (a number), ``statistics``; a margin may be
    given for its statistics, what it counts is added up.
    """

    rows: pd.DataFrame
    dimensions: tuple[str, ...]
    unit: str
    statistics: tuple[str, ...] = ()

    @cached_property
    def counts(self) -> Counts:
        """With the numbers of the margins made from their cells."""
        added_up = _added_up(self.rows, self.dimensions, self.unit)
        return Counts(added_up, self.dimensions, measures=self.statistics, other_counts=(self.unit,))

    def face(self, cells: pd.DataFrame) -> Face:
        """What is counted, and what of it these cells show."""
        names = list(self.dimensions)
        inner = self.rows[(self.rows[names] != TOTAL).all(axis=1)]
        numbers = dict(zip(places(inner, names), inner[self.unit].astype(int).tolist(), strict=True))
        return Face(numbers, frozenset(places(cells[cells[self.unit].isna()], names)))


def publish_units(units: Units, *, beside: Sequence[Beside] = (), k: int) -> tuple[pd.DataFrame, Face]:
    """One row per cell, margins included: the dimensions, ``unit``, ``statistics``, ``state``, ``text``; and what of it is shown.

    A number or a statistic is missing where hidden. ``beside``: tables that come before this one.
    """
    names, unit, statistics = list(units.dimensions), units.unit, list(units.statistics)
    if units.rows.empty:
        return pd.DataFrame(columns=[*names, unit, *statistics, "state", "text"]), Face({}, frozenset())
    cells = publish(units.counts, k=k).cells
    face = protected_face(units.face(cells), beside, k=k)
    cells = without_cells(cells, face, dimensions=names, count=unit)
    states = [State.COMPLEMENTARY if pd.isna(n) and x is State.SHOWN else x for n, x in zip(cells[unit], cells["state"], strict=True)]  # fmt: skip
    texts = [_text(n, x, k) for n, x in zip(cells[unit], states, strict=True)]
    table = cells[[*names, unit, *statistics]].assign(state=[x.value for x in states], text=texts)
    table[statistics] = table[statistics].astype(float).where(table["state"] == State.SHOWN.value)
    return table, face


def without_cells(cells: pd.DataFrame, face: Face, *, dimensions: Sequence[str], count: str) -> pd.DataFrame:
    """The published cells, without the numbers that the face hides: in the second place, since they were shown."""
    further = pd.Series(places(cells, dimensions), index=cells.index).isin(list(face.hidden)) & cells[count].notna()
    states = [State.COMPLEMENTARY if hides else x for hides, x in zip(further, cells["state"], strict=True)]
    masked = {count: cells[count].mask(further), "text": cells["text"].mask(further, HIDDEN)}
    return cells.assign(**masked, state=pd.Series(states, cells.index, dtype=object))


def places(rows: pd.DataFrame, names: Sequence[str]) -> list[Cell]:
    """The cell of each row."""
    return list(rows[list(names)].astype(str).itertuples(index=False, name=None))


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
