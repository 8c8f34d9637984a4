"""What a reader of a published table can deduce about the cells that it hides, by adding and subtracting whole numbers of people.

The attacker's problem: the lowest and the highest value that a hidden cell may hold, given what is shown, the sums that bind the cells, and
what each mark says. Fischetti and Salazar-González, 2000 and 2001; Hundepool and others, *Statistical Disclosure Control*, Wiley, 2012.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import floor, inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from frise_analysis.analysis.disclosure.counts import Integers

Numbers = NDArray[np.float64]
#: Lowest and highest value seen of each cell.
Seen = tuple[Numbers, Numbers]
#: How far from a whole number a solver's answer may be.
_WHOLE = 1e-6


@cache
def sums(shape: tuple[int, ...]) -> csr_array:
    """One row per sum that binds the cells of a table: the categories of one dimension, minus their margin, make zero."""
    places = np.arange(int(np.prod(shape))).reshape(shape)
    lines = [np.moveaxis(places, axis, -1).reshape(-1, size) for axis, size in enumerate(shape)]
    columns = np.concatenate([x.ravel() for x in lines])
    signs = np.concatenate([np.where(np.arange(x.size) % x.shape[1] == x.shape[1] - 1, -1, 1) for x in lines])
    rows = np.repeat(np.arange(sum(map(len, lines))), np.concatenate([np.full(len(x), x.shape[1]) for x in lines]))
    return csr_array((signs, (rows, columns)), shape=(sum(map(len, lines)), places.size))


@cache
def levels(shape: tuple[int, ...]) -> Integers:
    """In how many dimensions each cell is a margin: none for a crossing, all for the grand total."""
    ends = np.meshgrid(*(np.arange(size) == size - 1 for size in shape), indexing="ij")
    return np.asarray(np.sum(ends, axis=0), dtype=np.int64).ravel()


@dataclass(frozen=True)
class Program:
    """Whole numbers between ``low`` and ``high`` that satisfy sums, of which the cheapest is looked for."""

    cost: Numbers
    equal: csr_array
    to: Numbers
    low: Numbers
    high: Numbers

    def best(self, *, worth: Callable[[Numbers], bool]) -> Numbers | None:
        """The cheapest; nothing where even fractions of people would give nothing ``worth`` more.

        Most of these programs have a whole-numbered corner as their best: the search for whole numbers is started only where they have not.
        """
        found = self._solution(whole=False)
        if np.abs(found - np.rint(found)).max(initial=0) > _WHOLE:
            if not worth(found):
                return None
            found = self._solution(whole=True)
        return np.asarray(np.rint(found), dtype=np.float64)

    def _solution(self, *, whole: bool) -> Numbers:
        sought = milp(
            self.cost,
            integrality=np.full(len(self.cost), int(whole)),
            bounds=Bounds(self.low, self.high),
            constraints=LinearConstraint(self.equal, self.to, self.to),
            options={"mip_rel_gap": 0},
        )
        if sought.x is None:
            raise ArithmeticError(f"no table agrees with these sums: {sought.message}")
        return np.asarray(sought.x, dtype=np.float64)


@dataclass(frozen=True)
class Knowledge:
    """What a reader knows of each cell before adding anything up: its lowest and its highest value, equal where it is shown."""

    low: Numbers
    high: Numbers
    equal: csr_array

    def bounds(self, cells: Integers, *, enough: float = inf) -> tuple[Numbers, Numbers]:
        """Lowest and highest whole value of each of ``cells``, exactly, once everything is added up; a cell known to vary by ``enough`` is left there.

        A solution shows at once what every cell may hold: many are asked for at once, some as low and the others as high as can be, as long as
        that finds ends not seen yet; only the cells that none has brought to their limit are asked one by one.
        """
        seen = self._seen_together((np.full(len(self.low), inf), np.full(len(self.low), -inf)), cells, enough)
        for cell in cells:
            for way, end, limit in ((-1, 0, self.low), (1, 1, self.high)):
                if seen[end][cell] != limit[cell] and seen[1][cell] - seen[0][cell] < enough:
                    seen = self._seen(seen, np.where(np.arange(len(self.low)) == cell, way, 0))
        return seen[0][cells], seen[1][cells]

    def _seen_together(self, seen: Seen, cells: Integers, enough: float) -> Seen:
        """What tables show that each bring two new ends of ``cells`` at least to their limits."""
        ways, left = self._ways(seen, cells, enough)
        while left:
            seen, before = self._seen(seen, ways), left
            ways, left = self._ways(seen, cells, enough)
            if before - left < 2:
                break
        return seen

    def _ways(self, seen: Seen, cells: Integers, enough: float) -> tuple[Integers, int]:
        """Which way to take each cell, 1 for up, towards an end not seen yet; and how many such ends. Every other cell goes up first."""
        narrow = seen[1][cells] - seen[0][cells] < enough
        down, up = (narrow & (seen[0][cells] != self.low[cells])), (narrow & (seen[1][cells] != self.high[cells]))
        ways = np.zeros(len(self.low), dtype=np.int64)
        ways[cells] = np.where(down & up, 1 - 2 * (np.arange(len(cells)) % 2), up.astype(int) - down)
        return ways, int(down.sum() + up.sum())

    def _seen(self, seen: Seen, ways: Integers) -> Seen:
        """What is seen of every cell after the table that takes each furthest its way (1: up, -1: down, 0: any)."""
        unknown = np.flatnonzero(self.low < self.high)
        known = np.where(self.low < self.high, 0, self.low)
        wanted = ways[unknown].astype(float)
        program = Program(
            -wanted,
            self.equal[:, unknown],
            -(self.equal @ known),
            self.low[unknown],
            self.high[unknown],
        )
        reached = seen[1][ways > 0].sum() - seen[0][ways < 0].sum()
        found = program.best(worth=lambda x: floor(wanted @ x + _WHOLE) > reached)
        if found is None:
            return seen
        table = known.copy()
        table[unknown] = found
        return np.minimum(seen[0], table), np.maximum(seen[1], table)


def ceiling(values: Integers | Numbers) -> float:
    """A number of units above anything that the shown cells allow: stands for « no limit »."""
    return 10.0 * float(np.nansum(np.abs(values))) + 1000.0
