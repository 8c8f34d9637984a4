"""Which further cells to hide so that no sum gives a small cell back, nor narrows what it may hold.

Each small cell must keep, at both ends, every value that could still be believed of it. A whole table that agrees with all that is shown and
puts the cell at that value is a witness; the cells that it moves are the ones to hide. Hiding more never invalidates a witness: what they have
shown once holds to the end, so the search ends after two witnesses per small cell and per kind of margin, whatever the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import floor

import numpy as np
from scipy.sparse import csr_array, hstack

from frise_analysis.analysis.disclosure.attack import Numbers, Program
from frise_analysis.analysis.disclosure.counts import Integers, Mask
from frise_analysis.analysis.disclosure.rings import Rings, Room

#: One more value at the end of a small cell is worth more than any cells hidden for it.
_REACH = 1e6
#: A margin is hidden only where ten crossings would not do; a margin of margins, ten margins.
_MARGIN = 10.0


@dataclass(frozen=True)
class Exposed:
    """A table and what is hidden of it for its own sake.

    ``low`` and ``high``: what a reader would know of each cell if it were hidden; equal for a cell that stays shown.
    ``narrowest``: smallest difference between the ends that a sensitive cell must keep.
    """

    values: Numbers
    sensitive: Mask
    low: Numbers
    high: Numbers
    levels: Integers
    equal: csr_array
    narrowest: int

    @cached_property
    def cost(self) -> Numbers:
        """What hiding a cell costs, per unit moved: more for margins, a little more for large cells."""
        return _MARGIN**self.levels * (1 + np.log1p(self.values) / 10)

    @cached_property
    def rings(self) -> Rings | None:
        """How people go round in it; nothing in a table of three dimensions, where a cell is in three sums."""
        return None if np.diff(self.equal.tocsc().indptr).max(initial=0) > 2 else Rings(self.equal)


@dataclass(frozen=True)
class Hidden:
    """Cells hidden so far, and the lowest and highest value of each cell that a witness shows to be possible."""

    cells: Mask
    lowest: Numbers
    highest: Numbers

    def wide(self, cell: int, narrowest: int) -> bool:
        """Whether the witnesses already leave this cell wide enough."""
        return bool(self.highest[cell] - self.lowest[cell] >= narrowest)


def protected(table: Exposed, *, hidden: Mask) -> Mask | None:
    """Cells to hide, those ``hidden`` already included; nothing where even hiding every cell would leave one too narrow."""
    found = Hidden(hidden | table.sensitive, table.values, table.values)
    if not table.sensitive.any():
        return found.cells
    found = found if table.rings else _mutual(table, found)
    for cell in _in_order(table):
        wider = _protect(table, found, cell)
        if wider is None:
            return None
        found = wider
    return found.cells


def _in_order(table: Exposed) -> list[int]:
    """Margins first: what they cost is then free for the cells inside. Then by place, so that the answer is always the same."""
    places = np.flatnonzero(table.sensitive)
    return [int(x) for x in places[np.argsort(-table.levels[places], kind="stable")]]


def _mutual(table: Exposed, found: Hidden) -> Hidden:
    """What the sensitive cells already do for each other."""
    for sign in (1.0, -1.0):
        found = _witnessed(table, found, np.flatnonzero(table.sensitive), sign=sign, free=found.cells)
    return found


def _protect(table: Exposed, found: Hidden, cell: int) -> Hidden | None:
    """Both ends of one cell: by crossings alone if that leaves it wide enough, else with margins of more and more dimensions."""
    for level in range(1, int(table.levels.max()) + 2):
        wider = found
        free = found.cells | ((table.low < table.high) & (table.levels < level))
        for sign, limit in ((1.0, table.high), (-1.0, table.low)):
            reached = wider.highest if sign > 0 else wider.lowest
            if reached[cell] != limit[cell]:
                around = _around(table, wider, cell, way=int(sign), free=free)
                wider = around or _witnessed(table, wider, np.array([cell]), sign=sign, free=free)
        if wider.wide(cell, table.narrowest):
            return wider
    return None


def _around(table: Exposed, found: Hidden, cell: int, *, way: int, free: Mask) -> Hidden | None:
    """What ``_witnessed`` finds for one cell where no solver is needed to know it; nothing elsewhere.

    It goes no further than a sum allows, and each shown cell that it moves must move as much: no table goes further, nor at a lesser cost.
    """
    if table.rings is None:
        return None
    room = Room((table.values - table.low).tolist(), (table.high - table.values).tolist())
    by = table.rings.furthest(cell, way, room=room, free=free)
    if by <= way * ((found.highest if way > 0 else found.lowest) - table.values)[cell]:
        return found
    usable = found.cells.copy()
    usable[table.rings.forced(cell, free=free)] = True
    moved = table.rings.moves(cell, way, by=by, room=room, usable=usable)
    return None if moved is None else _with(found, table.values + moved, table)


def _witnessed(table: Exposed, found: Hidden, cells: Integers, *, sign: float, free: Mask) -> Hidden:
    """The table that takes ``cells`` furthest, moving as little of what is shown as can be; what it moves is hidden.

    Hidden cells move for nothing, shown ones at their cost either way. The true table satisfies the sums: differences to it add up to nothing.
    """
    hidden, shown = np.flatnonzero(found.cells & free), np.flatnonzero(free & ~found.cells)
    program = _moves(table, cells, sign=sign, hidden=hidden, shown=shown)
    reached = sign * ((found.highest if sign > 0 else found.lowest) - table.values)[cells].sum()
    asked = np.flatnonzero(np.isin(hidden, cells))
    moved = program.best(worth=lambda x: floor(sign * x[asked].sum() + 1e-6) > reached)
    if moved is None:
        return found
    seen, ups = table.values.copy(), len(hidden) + len(shown)
    seen[hidden] += moved[: len(hidden)]
    seen[shown] += moved[len(hidden) : ups] - moved[ups:]
    return _with(found, seen, table)


def _with(found: Hidden, seen: Numbers, table: Exposed) -> Hidden:
    """One more table that agrees with what is shown; what it moves is hidden."""
    return Hidden(found.cells | (seen != table.values), np.minimum(found.lowest, seen), np.maximum(found.highest, seen))


def _moves(table: Exposed, cells: Integers, *, sign: float, hidden: Integers, shown: Integers) -> Program:
    """Moves of the hidden cells, then moves up and moves down of the shown ones."""
    down, up, none = table.low - table.values, table.high - table.values, np.zeros(len(shown))
    columns = [table.equal[:, hidden], table.equal[:, shown], -table.equal[:, shown]]
    return Program(
        np.concatenate([np.isin(hidden, cells) * -sign * _REACH, table.cost[shown], table.cost[shown]]),
        hstack(columns, format="csr"),
        np.zeros(table.equal.shape[0]),
        np.concatenate([down[hidden], none, none]),
        np.concatenate([up[hidden], up[shown], -down[shown]]),
    )
