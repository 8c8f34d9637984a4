"""The one door through which a table about people goes out, and the attack that proves what it hides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from frise_analysis.analysis.disclosure.attack import Knowledge, ceiling, levels, sums
from frise_analysis.analysis.disclosure.counts import Counts, Integers, Mask
from frise_analysis.analysis.disclosure.published import Published, State, Zeros, cell_text
from frise_analysis.analysis.disclosure.suppression import Exposed, protected
from frise_analysis.analysis.disclosure.threshold import THRESHOLD, checked_threshold, narrowest


def publish(counts: Counts, *, k: int = THRESHOLD, zeros: Zeros | str = Zeros.SHOWN) -> Published:
    """What may be shown of a table; nothing at all (``withheld``) where the cells left would hide too little.

    A cell of fewer than ``k`` people is hidden with all that is measured on them, then the cells that would give it back: a reader who adds
    and subtracts what is shown is left at least ``narrowest(k) + 1`` values for each (docs/disclosure.md). ``audit`` is run before it leaves.
    """
    zeros = Zeros(zeros)
    exposed = _exposed(counts, k=checked_threshold(k), zeros=zeros)
    hidden = None if exposed.sensitive[-1] else protected(exposed, hidden=exposed.sensitive)
    if hidden is None:
        return _withheld(counts, k=k, zeros=zeros)
    published = _written(counts, _states(exposed.sensitive, hidden), k=k, zeros=zeros)
    if not _holds(published):
        return _withheld(counts, k=k, zeros=zeros)
    for name in counts.other_counts:
        published = _with_other_count(published, counts, name, exposed=exposed, hidden=hidden)
    return published


def audit(published: Published, *, of: str | None = None) -> pd.DataFrame:
    """The attack: what a reader of the table can deduce of each cell that it hides. One row per hidden cell.

    Columns: the dimensions, ``state``, ``low`` and ``high``, the fewest and the most people (or units of the other count ``of``) that the cell may
    hold; ``high`` is missing where nothing limits it. Exact, in whole numbers; the reader knows the method, the threshold and the marks.
    """
    knowledge = _knowledge(published) if of in {None, published.count} else _other_knowledge(published, str(of))
    cells = np.flatnonzero(knowledge.low < knowledge.high)
    low, high = knowledge.bounds(cells)
    rows = published.cells.loc[cells, [*published.dimensions, "state"]].reset_index(drop=True)
    endless = high >= _endless(published)
    return rows.assign(low=low.astype(np.int64), high=pd.array(np.where(endless, np.nan, high), dtype="Int64"))


def _exposed(counts: Counts, *, k: int, zeros: Zeros) -> Exposed:
    people = counts.cube(counts.count).ravel().astype(np.float64)
    nobody = counts.structural_zeros() | ((people == 0) & (zeros is Zeros.SHOWN))
    small = (people < k) & ~nobody
    low = np.select([nobody, small], [0.0, _fewest(zeros)], k)
    high = np.select([nobody, small], [0.0, k - 1.0], ceiling(people))
    return Exposed(people, small, low, high, levels(counts.shape), sums(counts.shape), narrowest(k))


def _fewest(zeros: Zeros) -> float:
    """Fewest people in a cell written « moins de k »."""
    return 0.0 if zeros is Zeros.HIDDEN else 1.0


def _states(small: Mask, hidden: Mask) -> list[State]:
    return [State.SMALL if x else State.COMPLEMENTARY if y else State.SHOWN for x, y in zip(small, hidden, strict=True)]


def _written(counts: Counts, states: list[State], *, k: int, zeros: Zeros) -> Published:
    people = counts.cube(counts.count).ravel()
    hidden = np.array([x is not State.SHOWN for x in states])
    cells = counts.crossings()
    for name in (counts.count, *counts.other_counts):
        cells[name] = _without(counts.cube(name).ravel(), hidden)
    for name in counts.measures:
        cells[name] = np.where(hidden, np.nan, counts.given(name))
    cells["state"] = pd.Series(states, dtype=object)
    cells["text"] = [cell_text(n, x, k) for n, x in zip(people.tolist(), states, strict=True)]
    return Published(
        cells,
        counts.dimensions,
        counts.count,
        counts.measures,
        counts.other_counts,
        counts.shape,
        k,
        zeros,
        withheld=False,
    )


def _without(values: Integers, hidden: Mask) -> pd.arrays.IntegerArray:
    """The numbers left, missing where hidden: nothing of a hidden one stays under its mark."""
    return pd.arrays.IntegerArray(np.where(hidden, 0, values), hidden.copy())


def _withheld(counts: Counts, *, k: int, zeros: Zeros) -> Published:
    states = [State.COMPLEMENTARY] * int(np.prod(counts.shape))
    return replace(_written(counts, states, k=k, zeros=zeros), withheld=True)


def _holds(published: Published) -> bool:
    """Whether the attack leaves every small cell wide enough."""
    small = np.flatnonzero(published.cells["state"] == State.SMALL)
    low, high = _knowledge(published).bounds(small, enough=narrowest(published.k))
    return bool((high - low >= narrowest(published.k)).all())


def _with_other_count(published: Published, counts: Counts, name: str, *, exposed: Exposed, hidden: Mask) -> Published:
    """Hide of another count what would give back that of a small cell: it must be unknown by ``k - 1`` units either way.

    Its sums are not those of people: none of the people of two hidden cells may have any. Where nobody is, there is nothing to hide.
    """
    values, few = counts.cube(name).ravel().astype(np.float64), published.k - 1
    nobody = exposed.high == 0
    low = np.select([nobody, exposed.sensitive], [0.0, np.maximum(0, values - few)], 0.0)
    high = np.select([nobody, exposed.sensitive], [0.0, values + few], ceiling(values))
    own = replace(exposed, values=values, low=low, high=high)
    cells = protected(own, hidden=hidden)
    hides = published.cells[name].isna().to_numpy() | (~nobody if cells is None else cells)
    return replace(published, cells=published.cells.assign(**{name: _without(counts.cube(name).ravel(), hides)}))


def _knowledge(published: Published) -> Knowledge:
    """What each mark says, before any sum."""
    state, endless = published.cells["state"].to_numpy(), _endless(published)
    shown = published.cells[published.count].to_numpy(dtype=float, na_value=0)
    if published.withheld:
        return Knowledge(np.zeros(len(shown)), np.full(len(shown), endless), sums(published.shape))
    marks = [state == State.SMALL, state == State.COMPLEMENTARY]
    low = np.select(marks, [_fewest(published.zeros), float(published.k)], shown)
    return Knowledge(low, np.select(marks, [published.k - 1.0, endless], shown), sums(published.shape))


def _other_knowledge(published: Published, name: str) -> Knowledge:
    column = published.cells[name]
    shown = column.to_numpy(dtype=float, na_value=0)
    return Knowledge(shown, np.where(column.isna(), _endless(published), shown), sums(published.shape))


def _endless(published: Published) -> float:
    """Above any number that the table allows: stands for « no limit »."""
    names = [published.count, *published.other_counts]
    return max(ceiling(published.cells[x].to_numpy(dtype=float, na_value=0)) for x in names)
