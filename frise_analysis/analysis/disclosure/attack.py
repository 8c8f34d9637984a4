"""What a reader of a published table can deduce about the cells that it hides, by adding and subtracting whole numbers of people.

The attacker's problem: the lowest and the highest value that a hidden cell may hold, given what is shown, the sums that bind the cells, and
what each mark says. Fischetti and Salazar-González, 2000 and 2001; Hundepool and others, *Statistical Disclosure Control*, Wiley, 2012.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from frise_analysis.analysis.disclosure.counts import Integers

Numbers = NDArray[np.float64]
#: How far from a whole number a solver's answer may be.
_WHOLE = 1e-6


def sums(shape: tuple[int, ...]) -> csr_array:
    """One row per sum that binds the cells of a table: the categories of one dimension, minus their margin, make zero."""
    places = np.arange(int(np.prod(shape))).reshape(shape)
    lines = [np.moveaxis(places, axis, -1).reshape(-1, size) for axis, size in enumerate(shape)]
    columns = np.concatenate([x.ravel() for x in lines])
    signs = np.concatenate([np.where(np.arange(x.size) % x.shape[1] == x.shape[1] - 1, -1, 1) for x in lines])
    rows = np.repeat(np.arange(sum(map(len, lines))), np.concatenate([np.full(len(x), x.shape[1]) for x in lines]))
    return csr_array((signs, (rows, columns)), shape=(sum(map(len, lines)), places.size))


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

        A solution shows at once what every cell may hold: only the cells that none has brought to their limit are asked one by one.
        """
        seen = (np.full(len(self.low), inf), np.full(len(self.low), -inf))
        if not len(cells):
            return seen[0][cells], seen[1][cells]
        for sign in (1, -1):
            seen = self._seen(seen, cells, sign)
        for cell in cells:
            for sign, end, limit in ((1, 0, self.low), (-1, 1, self.high)):
                if seen[end][cell] != limit[cell] and seen[1][cell] - seen[0][cell] < enough:
                    seen = self._seen(seen, np.array([cell]), sign)
        return seen[0][cells], seen[1][cells]

    def _seen(self, seen: tuple[Numbers, Numbers], cells: Integers, sign: int) -> tuple[Numbers, Numbers]:
        """What is seen of every cell after the table that takes ``cells`` lowest (1) or highest (-1)."""
        unknown = np.flatnonzero(self.low < self.high)
        asked = np.isin(unknown, cells)
        known = np.where(self.low < self.high, 0, self.low)
        program = Program(
            sign * asked.astype(float),
            self.equal[:, unknown],
            -(self.equal @ known),
            self.low[unknown],
            self.high[unknown],
        )
        reached = (seen[0] if sign > 0 else -seen[1])[unknown[asked]].sum()
        found = program.best(worth=lambda x: ceil(sign * x[asked].sum() - _WHOLE) < reached)
        if found is None:
            return seen
        table = known.copy()
        table[unknown] = found
        return np.minimum(seen[0], table), np.maximum(seen[1], table)


def ceiling(values: Integers | Numbers) -> float:
    """A number of units above anything that the shown cells allow: stands for « no limit »."""
    return 10.0 * float(np.nansum(np.abs(values))) + 1000.0
