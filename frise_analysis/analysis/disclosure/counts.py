"""Counts of people crossed by one to three dimensions, with every margin added up here so that they always agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from frise_analysis.analysis.disclosure.threshold import DisclosureRefused

#: Label of a margin, in each dimension.
TOTAL = "Ensemble"
Cell = tuple[str, ...]
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Counts:
    """A table before anything is hidden: never shown, only given to ``publish``.

    ``cells``: one row is one crossing of categories; a crossing left out holds nobody. Each person is in one crossing, and only one.
    ``count``: number of people; ``other_counts``: numbers of other units about them (convictions, measures), which add up too;
    ``measures``: statistics that do not add up (medians). Rows of a margin, labelled ``TOTAL``, may be given for their measures: what
    they count must be the sum. ``impossible``: crossings that cannot hold anybody by nature, whatever the people.
    """

    cells: pd.DataFrame
    dimensions: tuple[str, ...]
    count: str = "people"
    measures: tuple[str, ...] = ()
    other_counts: tuple[str, ...] = ()
    impossible: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what cannot be added up."""
        if not 1 <= len(self.dimensions) <= 3:
            raise DisclosureRefused("Un tableau publiable croise une, deux ou trois dimensions.")
        for name in (self.count, *self.other_counts):
            _check_whole_numbers(self.cells[name])
        if len(np.unique(self._places)) < len(self._places):
            raise DisclosureRefused(
                "Une case du tableau est donnée deux fois. Comptez chaque croisement une seule fois."
            )
        for name in (self.count, *self.other_counts):
            self._check_margins(name)

    def _check_margins(self, name: str) -> None:
        given = self.cells[name].to_numpy(dtype=np.int64)[self._is_margin]
        if (self.cube(name).ravel()[self._places[self._is_margin]] != given).any():
            raise DisclosureRefused(
                "Un total donné n’est pas la somme de ses cases : une même personne est peut-être comptée deux fois. Comptez chacune dans une seule case."
            )

    @cached_property
    def _said(self) -> list[list[str]]:
        """Label of each row in each dimension."""
        return [self.cells[d].astype(str).tolist() for d in self.dimensions]

    @cached_property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """Categories of each dimension, in the order of the rows, its margin last."""
        return tuple((*(x for x in dict.fromkeys(said) if x != TOTAL), TOTAL) for said in self._said)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of categories of each dimension, its margin included."""
        return tuple(map(len, self.labels))

    @cached_property
    def _codes(self) -> list[Integers]:
        """Place of each row among the labels of each dimension."""
        orders = [{x: n for n, x in enumerate(labels)} for labels in self.labels]
        return [np.array([order[x] for x in said], dtype=np.int64) for order, said in zip(orders, self._said, strict=True)]  # fmt: skip

    @cached_property
    def _is_margin(self) -> Mask:
        ends = [codes == size - 1 for codes, size in zip(self._codes, self.shape, strict=True)]
        return np.asarray(np.logical_or.reduce(ends), dtype=np.bool_)

    @cached_property
    def _places(self) -> Integers:
        """Place of each row in the cells of ``crossings``."""
        return np.ravel_multi_index(tuple(self._codes), self.shape).astype(np.int64)

    def crossings(self) -> pd.DataFrame:
        """One row per cell, margins included, in that order: its label in each dimension."""
        return pd.DataFrame(list(product(*self.labels)), columns=list(self.dimensions))

    def cube(self, name: str) -> Integers:
        """A count in every cell, margins added up at the end of each axis."""
        values = np.zeros(self.shape, dtype=np.int64)
        inner = ~self._is_margin
        values.ravel()[self._places[inner]] = self.cells[name].to_numpy(dtype=np.int64)[inner]
        for axis in range(values.ndim):
            ends = [slice(None)] * values.ndim
            ends[axis] = slice(-1, None)
            values[tuple(ends)] = values.sum(axis=axis, keepdims=True)
        return values

    def structural_zeros(self) -> Mask:
        """Cells that cannot hold anybody, margins whose cells all cannot included."""
        possible = np.ones(self.shape, dtype=np.int64)
        for cell in self.impossible:
            possible[tuple(x.index(label) for x, label in zip(self.labels, cell, strict=True))] = 0
        for axis in range(possible.ndim):
            inner = np.take(possible, range(self.shape[axis] - 1), axis=axis)
            possible[tuple(slice(None) if x != axis else -1 for x in range(possible.ndim))] = inner.max(
                axis=axis, initial=0
            )
        return np.asarray(possible == 0).ravel()

    def given(self, name: str) -> pd.Series:
        """A measure in every cell, in the order of ``crossings``; missing where none was given."""
        values = np.full(int(np.prod(self.shape)), np.nan)
        values[self._places] = self.cells[name].to_numpy(dtype=float)
        return pd.Series(values, name=name)


def _check_whole_numbers(column: pd.Series) -> None:
    values = column.to_numpy(dtype=float, na_value=np.nan)
    if not ((values >= 0) & (values % 1 == 0)).all():
        raise DisclosureRefused("Un effectif doit être un nombre entier, positif ou nul, dans chaque case.")


def count_people(
    people: pd.DataFrame, *, dimensions: Sequence[str], other_counts: Sequence[str] = (), medians: Sequence[str] = ()
) -> Counts:
    """Counts from one row per person: people, sums of ``other_counts``, medians of ``medians``, these for the margins too."""
    names = list(dimensions)
    kinds = [(x, "sum") for x in other_counts] + [(x, "median") for x in medians]
    parts = [_grouped(people, names, kept, kinds) for kept in product((True, False), repeat=len(names))]
    rows = pd.concat([x for x in parts if len(x)], ignore_index=True)
    return Counts(rows, tuple(names), measures=tuple(medians), other_counts=tuple(other_counts))


def _grouped(
    people: pd.DataFrame, names: list[str], kept: Iterable[bool], kinds: list[tuple[str, str]]
) -> pd.DataFrame:
    levels = {d: people[d].astype(str) if keep else TOTAL for d, keep in zip(names, kept, strict=True)}
    grouped = people.assign(**levels).groupby(names, sort=False)
    found = grouped.agg(people=(names[0], "size"), **{name: (name, kind) for name, kind in kinds})
    return found.reset_index()
