"""A table that anybody may read, and nothing of what it hides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from frise_analysis.analysis.disclosure.counts import TOTAL
from frise_analysis.dates import french_number, plural

WITHHELD = "Ce tableau porte sur trop peu de personnes pour être publié : rien n’en est montré. Regroupez des catégories ou élargissez la sélection."
HIDDEN = "masqué"


class State(StrEnum):
    """Whether a cell is shown, and if not, why."""

    SHOWN = "shown"
    SMALL = "hidden_small"
    COMPLEMENTARY = "hidden_complementary"


class Zeros(StrEnum):
    """Whether a cell that holds nobody is shown. Chosen before looking at the table: a choice made from it would tell of it."""

    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Published:
    """A table that anybody may read: the only one that a screen, a file or a command shows. Made by ``publish``.

    ``cells``: one row per cell, margins (``TOTAL``) included: its label in each dimension; the count and the other counts, missing where
    hidden; the measures, missing where hidden; ``state``; ``text``, what is written in the cell. An other count may be hidden where
    the people are shown: its own sums would give a small cell back.
    """

    cells: pd.DataFrame
    dimensions: tuple[str, ...]
    count: str
    measures: tuple[str, ...]
    other_counts: tuple[str, ...]
    shape: tuple[int, ...]
    k: int
    zeros: Zeros
    withheld: bool

    @property
    def note(self) -> str:
        """The sentence under the table: how many cells are hidden, and why."""
        if self.withheld:
            return WITHHELD
        small, more = (int((self.cells["state"] == x).sum()) for x in (State.SMALL, State.COMPLEMENTARY))
        if not small:
            return f"Aucune case n’est masquée : aucune ne porte sur moins de {self.k} personnes."
        few = f"{french_number(small)} de {small_words(self.k)} personnes{self._or_nobody}"
        others = f", {french_number(more)} pour qu’aucune différence ne les redonne" if more else ""
        return f"{plural(small + more, 'case masquée', 'cases masquées')} : {few}{others}."

    @property
    def _or_nobody(self) -> str:
        return ", ou sans personne" if self.zeros is Zeros.HIDDEN else ""

    @property
    def uniform_groups(self) -> pd.DataFrame:
        """Groups whose people are all in one category, both shown: the table then says something of each of them. One row per group.

        Columns: the label of the group in each dimension, ``dimension`` (along which all are alike), ``category`` (theirs).
        """
        rows = [x for axis in range(len(self.dimensions)) for x in self._uniform_along(axis)]
        return pd.DataFrame(rows, columns=[*self.dimensions, "dimension", "category"])

    def _uniform_along(self, axis: int) -> list[tuple[str, ...]]:
        if self.shape[axis] <= 2:
            return []
        name = self.dimensions[axis]
        alike = self.cells[(self.shares(name) == 1) & (self.cells[name] != TOTAL)]
        groups = alike.assign(**{name: TOTAL})[list(self.dimensions)].itertuples(index=False, name=None)
        return [(*group, name, category) for group, category in zip(groups, alike[name], strict=True)]

    def shares(self, dimension: str) -> pd.Series:
        """Share, from 0 to 1, of each cell in its margin along a dimension; missing unless both are shown and somebody is there."""
        counts = self.cells[self.count].to_numpy(dtype=float, na_value=np.nan).reshape(self.shape)
        totals = np.take(counts, [-1], axis=self.dimensions.index(dimension))
        found = np.divide(counts, totals, out=np.full(counts.shape, np.nan), where=totals > 0)
        return pd.Series(found.ravel(), index=self.cells.index, name="share")


def small_words(k: int) -> str:
    """What is written in a small cell: ``moins de 11``."""
    return f"moins de {k}"


def cell_text(count: int, state: State, k: int) -> str:
    """What is written in a cell."""
    if state is State.SHOWN:
        return french_number(count)
    return small_words(k) if state is State.SMALL else HIDDEN
