"""Tables that agree with every sum, found without a solver: people moved around a ring of cells.

In a table of one or two dimensions a cell is in one sum or two. One more in it is one less in another cell of the same sum, hence one
more in a cell of the other sum of that one, and so on until the ring closes: sums are places, cells the ways between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice, pairwise

import numpy as np
from scipy.sparse import csr_array

from frise_analysis.analysis.disclosure.attack import Numbers
from frise_analysis.analysis.disclosure.counts import Integers, Mask

#: Sum of the cells that are in one sum alone: whatever comes there is made up for.
_ANYWHERE = -1
#: A cell, and whether it goes up (1) or down (-1).
Way = tuple[int, int]
#: A sum, and by how much it is out (1 or -1).
Out = tuple[int, int]


@dataclass(frozen=True)
class Room:
    """By how many each cell may go down and up, for the same sums as those of the table."""

    down: list[float]
    up: list[float]

    def of(self, cell: int, way: int) -> float:
        """Units left one way (1: up, -1: down)."""
        return self.up[cell] if way > 0 else self.down[cell]

    def move(self, cell: int, way: int, by: float) -> None:
        """Use some of it; the other way grows as much."""
        self.up[cell] -= way * by
        self.down[cell] += way * by


@dataclass(frozen=True)
class Rings:
    """The sums of a table of one or two dimensions (``attack.sums``)."""

    equal: csr_array
    #: Cell last taken in a ring from each sum that was out.
    lately: dict[Out, Way] = field(default_factory=dict)

    @cached_property
    def members(self) -> list[list[tuple[int, int]]]:
        """Cells of each sum, and their signs in it; of the sum of no sum, none."""
        cells, signs = (x.tolist() for x in (self.equal.indices, self.equal.data))
        found = [list(zip(cells[a:b], signs[a:b], strict=True)) for a, b in pairwise(self.equal.indptr)]
        return [*found, []]

    @cached_property
    def ends(self) -> list[list[tuple[int, int]]]:
        """The two sums of each cell, that of fewer cells first, and its sign in each: a ring is soonest found from there."""
        found: list[list[tuple[int, int]]] = [[] for _ in range(self.equal.shape[1])]
        for place, cells in enumerate(self.members):
            for cell, sign in cells:
                found[cell].append((place, sign))
        return [[*sorted(x, key=lambda end: len(self.members[end[0]])), (_ANYWHERE, 1)][:2] for x in found]

    def furthest(self, cell: int, way: int, *, room: Room, free: Mask) -> float:
        """More than which a cell never moves: each of its sums must find as much in its other ``free`` cells."""
        by = room.of(cell, way)
        for place, sign in self.ends[cell]:
            if place != _ANYWHERE:
                others = (x for x in self._others((place, way * sign), cell) if free[x[0]])
                by = _at_most(by, (room.of(*x) for x in others))
        return by

    def forced(self, cell: int, *, free: Mask) -> Integers:
        """Cells that move as much as this one if it moves: the only other ``free`` one of a sum."""
        others = [(x for x, _ in self.members[place] if x != cell and free[x]) for place, _ in self.ends[cell]]
        firsts = [list(islice(x, 2)) for x in others]
        return np.array([x[0] for x in firsts if len(x) == 1], dtype=np.int64)

    def moves(self, cell: int, way: int, *, by: float, room: Room, usable: Mask) -> Numbers | None:
        """Moves of every cell, this one by ``by``, through ``usable`` cells alone; nothing where they do not allow it. ``room`` is used up."""
        moved, left = np.zeros(len(room.up)), by
        moved[cell] = way * by
        while left > 0:
            ring = self._ring(cell, way, room, usable)
            if ring is None:
                return None
            amount = min(left, *(room.of(*x) for x in ring))
            for other, turn in ring:
                room.move(other, turn, amount)
                moved[other] += turn * amount
            left -= amount
        return moved

    def _ring(self, cell: int, way: int, room: Room, usable: Mask) -> list[Way] | None:
        """Cells, each with its way, that make up for this one moved by one."""
        (start, sign), (goal, _) = self.ends[cell]
        walk, taken, seen = [(start, way * sign)], list[Way](), {start}
        steps = [self._steps(walk[0], cell)]
        while walk:
            step = next((x for x in steps[-1] if usable[x[0]] and room.of(*x) > 0), None)
            if step is None:
                walk.pop(), steps.pop(), taken and taken.pop()
                continue
            place, excess = self._beyond(step, walk[-1][0])
            if place == goal:
                self.lately.update(zip(walk, [*taken, step], strict=True))
                return [*taken, step]
            if place not in seen:
                seen.add(place)
                taken.append(step)
                walk.append((place, excess))
                steps.append(self._steps(walk[-1], step[0]))
        return None

    def _beyond(self, step: Way, place: int) -> Out:
        """The other sum of a cell than ``place``, and by how much the move puts it out."""
        other, sign = next(x for x in self.ends[step[0]] if x[0] != place)
        return other, step[1] * sign

    def _steps(self, out: Out, cell: int) -> Iterator[Way]:
        """The other cells of a sum, the one that lately closed a ring first: it most often does again."""
        lately = self.lately.get(out)
        return (
            self._others(out, cell) if lately is None or lately[0] == cell else chain([lately], self._others(out, cell))
        )

    def _others(self, out: Out, cell: int) -> Iterator[Way]:
        """The other cells of a sum that is out, each with the way that makes up for it."""
        place, excess = out
        return ((x, -excess * sign) for x, sign in self.members[place] if x != cell)


def _at_most(limit: float, parts: Iterator[float]) -> float:
    """What parts make, as far as a limit."""
    made = 0.0
    for part in parts:
        made += part
        if made >= limit:
            return limit
    return made
