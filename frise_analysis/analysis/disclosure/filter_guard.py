"""Two selections that differ by a few people tell about these few: the second is refused.

Two views whose totals can be subtracted give the table of the people in one and not in the other. Every selection answered is kept as one bit
per person, and a new one is compared with all of them, with the whole population and with nobody.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from frise_analysis.analysis.disclosure.counts import Integers
from frise_analysis.analysis.disclosure.threshold import THRESHOLD, DisclosureRefused, checked_threshold

TOO_CLOSE = "Ces filtres diffèrent trop peu d’une vue précédente : les comparer ferait connaître un petit groupe. Élargissez ou retirez un filtre."
OTHER_STORE = "Les vues déjà montrées portent sur une autre base ou un autre seuil : elles ne peuvent pas être comparées. Commencez un nouveau registre de vues."
UNREADABLE = "Le registre des vues déjà montrées est illisible : sans lui, aucune vue ne peut être comparée. Rétablissez sa copie, ou commencez-en un nouveau."
Bits = NDArray[np.uint8]


@dataclass(frozen=True)
class FilterGuard:
    """Selections already answered, of a population of ``people`` keys from 1 (``person_key``). Never changed: an answer gives the next guard.

    ``store``: which load of the records the keys belong to (its ``load_id``). ``views``: one row per selection, eight people per byte;
    nobody and everybody stand first, always answered.
    """

    people: int
    store: str
    k: int
    views: Bits

    @classmethod
    def start(cls, people: int, *, store: str = "", k: int = THRESHOLD) -> FilterGuard:
        """A guard that has answered nothing."""
        ends = np.array([np.zeros(people, dtype=bool), np.ones(people, dtype=bool)])
        return cls(people, store, checked_threshold(k), np.packbits(ends, axis=1))

    @property
    def answered(self) -> int:
        """How many selections were answered, everybody and nobody aside."""
        return len(self.views) - 2

    def answer(self, keys: Integers, *, cells: Integers | None = None) -> FilterGuard:
        """The guard once the selection of these ``person_key`` is answered; ``DisclosureRefused`` if it may not be.

        ``cells``: the cell of every person of the population in the table to show, by ``person_key``. Given, two views may not differ by 1 to k - 1 people
        in any cell either: without it, only their totals are compared.
        """
        view = self._packed(keys)
        differing = np.bitwise_count(self.views ^ view).sum(axis=1, dtype=np.int64)
        if ((differing > 0) & (differing < self.k)).any() or self._few_in_a_cell(view, cells):
            raise DisclosureRefused(TOO_CLOSE)
        return self if (differing == 0).any() else replace(self, views=np.vstack([self.views, view]))

    def _packed(self, keys: Integers) -> Bits:
        chosen = np.zeros(self.people, dtype=bool)
        if len(keys) and (int(np.min(keys)) < 1 or int(np.max(keys)) > self.people):
            raise DisclosureRefused(OTHER_STORE)
        chosen[keys - 1] = True
        return np.packbits(chosen)

    def _few_in_a_cell(self, view: Bits, cells: Integers | None) -> bool:
        if cells is None:
            return False
        counted = (np.bincount(cells[np.unpackbits(x ^ view, count=self.people).astype(bool)]) for x in self.views[1:])
        return any(((x > 0) & (x < self.k)).any() for x in counted)

    def save(self, path: Path) -> None:
        """Write the guard to a file that its owner alone reads, in one move: it tells who was in which selection."""
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            np.savez(file, people=self.people, store=self.store, k=self.k, views=self.views)
        draft.replace(path)

    @classmethod
    def load(cls, path: Path, *, people: int, store: str = "", k: int = THRESHOLD) -> FilterGuard:
        """The guard of a file; ``DisclosureRefused`` if it is of other records or of another threshold."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                found = cls(int(kept["people"]), str(kept["store"]), int(kept["k"]), kept["views"])
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            raise DisclosureRefused(UNREADABLE) from None
        if (found.people, found.store, found.k) != (people, store, checked_threshold(k)):
            raise DisclosureRefused(OTHER_STORE)
        return found
