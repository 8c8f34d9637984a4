"""Two tables of the same counts, one of all that the other counts and more: their difference is a third table, that nobody meant to show.

A reader who has both subtracts them. What is shown of the second to be published is cut down until no cell of the difference that holds a
few people is better known than a hidden cell of a single table (docs/disclosure.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from frise_analysis.analysis.disclosure.attack import Numbers, ceiling, levels, sums
from frise_analysis.analysis.disclosure.counts import TOTAL, Cell, Mask
from frise_analysis.analysis.disclosure.suppression import Exposed, protected
from frise_analysis.analysis.disclosure.threshold import narrowest


@dataclass(frozen=True)
class Face:
    """A table, and what of it is shown.

    ``numbers``: of each crossing, the true number; one that is left out is 0, a margin is read by ``few_apart`` alone.
    ``hidden``: cells that are not shown, margins (``TOTAL`` in a dimension) included.
    """

    numbers: Mapping[Cell, int]
    hidden: frozenset[Cell]

    def column(self, label: str) -> Face:
        """Of a table of two dimensions, the cells under one label of the second."""
        numbers: dict[Cell, int] = {x[:1]: n for x, n in self.numbers.items() if x[1] == label}
        return Face(numbers, frozenset(x[:1] for x in self.hidden if x[1] == label))


@dataclass(frozen=True)
class Beside:
    """A table already published, and whether it counts all that the next one counts (``wider``), or the reverse."""

    face: Face
    wider: bool = True


def hidden_beside(own: Face, public: Beside, *, k: int) -> frozenset[Cell]:
    """Cells of ``own`` to hide so that, beside the public table, the few people of their difference stay unknown; those hidden already included.

    Every cell where nothing less would do. Where some category of one is not in the other (small ones grouped otherwise), cells are compared one by one.
    """
    if not own.numbers or not public.face.numbers:
        return own.hidden
    inner, outer = (own, public.face) if public.wider else (public.face, own)
    labels = _labels(inner, outer)
    inside, around = _cube(inner, labels), _cube(outer, labels)
    if (around < inside).any():
        return few_apart(own, public, k=k)
    values = np.stack([inside, around - inside, around])
    hidden = np.stack([_mask(inner, labels), np.ones(inside.shape, dtype=bool), _mask(outer, labels)])
    fixed = np.zeros(values.shape, dtype=bool)
    fixed[2 if public.wider else 0] = ~hidden[2 if public.wider else 0]
    found = protected(_exposed(values, hidden, fixed, k=k), hidden=hidden.ravel())
    cells = np.array(list(product(*labels)), dtype=object)
    if found is None:
        return frozenset(map(tuple, cells))
    return frozenset(map(tuple, cells[found.reshape(values.shape)[0 if public.wider else 2].ravel()]))


def protected_face(own: Face, beside: Iterable[Beside], *, k: int) -> Face:
    """The same table with what must be hidden of it beside each of the others."""
    for public in beside:
        own = replace(own, hidden=hidden_beside(own, public, k=k))
    return own


def few_apart(own: Face, public: Beside, *, k: int) -> frozenset[Cell]:
    """Crossings that differ by a few people, for tables whose cells add up to nothing; those hidden already included."""
    sign = 1 if public.wider else -1
    cells = {*own.numbers, *public.face.numbers} - public.face.hidden
    apart = {x: sign * (public.face.numbers.get(x, 0) - own.numbers.get(x, 0)) for x in cells}
    return own.hidden | frozenset(x for x, n in apart.items() if 0 < n < k)


def _labels(*faces: Face) -> list[list[str]]:
    """Categories of each dimension, its margin last."""
    cells = sorted({x for face in faces for x in face.numbers if TOTAL not in x})
    return [[*dict.fromkeys(x for x in said if x != TOTAL), TOTAL] for said in zip(*cells, strict=True)]


def _cube(face: Face, labels: list[list[str]]) -> Numbers:
    values = np.zeros([len(x) for x in labels])
    for cell, number in ((x, n) for x, n in face.numbers.items() if TOTAL not in x):
        values[tuple(x.index(label) for x, label in zip(labels, cell, strict=True))] = number
    for axis in range(values.ndim):
        values[(slice(None),) * axis + (-1,)] = values.sum(axis=axis)
    return values


def _mask(face: Face, labels: list[list[str]]) -> Mask:
    return np.array([x in face.hidden for x in product(*labels)], dtype=bool).reshape([len(x) for x in labels])


def _exposed(values: Numbers, hidden: Mask, fixed: Mask, *, k: int) -> Exposed:
    """The two tables and their difference as one.

    A reader is taken to know a hidden number to ``k - 1`` units, and which cells of the difference hold few.
    """
    few = np.zeros(values.shape, dtype=bool)
    few[1] = (values[1] > 0) & (values[1] < k)
    own = (values > 0) & (values < k) & hidden & ~fixed
    low, high = np.maximum(0, values - (k - 1)), values + (k - 1)
    low[1], high[1] = np.where(few[1], 1, 0), np.where(few[1], k - 1, ceiling(values.ravel()))
    stays = fixed | ((values == 0) & ~hidden)
    low, high = np.where(stays, values, low), np.where(stays, values, high)
    shape = tuple(values.shape)
    return Exposed(
        values.ravel(), (few | own).ravel(), low.ravel(), high.ravel(), levels(shape), sums(shape), narrowest(k)
    )
