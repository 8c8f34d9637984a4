"""The selections answered in a session: one that differs from another by a few people is refused (docs/disclosure.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from frise_analysis.analysis.disclosure import DisclosureRefused, FilterGuard, State
from frise_analysis.analysis.disclosure.counts import Integers
from frise_analysis.analysis.service import EVERYBODY, Breakdown, ServiceFilters, followed_people, people_keys
from frise_analysis.store.engine import Store

#: The table whose row each filter chooses.
ROW_OF = {
    "branch_id": Breakdown.BRANCH, "measure_code": Breakdown.MEASURE, "setting": Breakdown.SETTING, "phase": Breakdown.PHASE,
    "obligation_code": Breakdown.OBLIGATION, "sex": Breakdown.SEX, "age_band": Breakdown.AGE, "family": Breakdown.FAMILY,
}  # fmt: skip
MASKED_ROW = (
    "La vue d’ensemble masque la ligne que ce filtre choisit, pour qu’aucune différence ne fasse connaître un petit groupe : la choisir en donnerait le nombre. "
    "Choisissez un autre filtre, ou retirez-en un."
)


@dataclass(frozen=True)
class ViewsAnswered:
    """One guard for each set of people that figures count, over the people whom this screen may count at all. Never changed.

    ``everybody``: their keys in order; ``opening``: the people of the screen as it opens, which is always answered: it shows the whole service.
    """

    everybody: Integers
    opening: Mapping[str, Integers]
    guards: Mapping[str, FilterGuard]

    @classmethod
    def none(cls, store: Store) -> Self:
        """Nothing answered but everybody."""
        found = people_keys(store, EVERYBODY)
        keys = found["all"]
        start = FilterGuard.start(len(keys), store=store.info.load_id)
        return cls(keys, found, {name: _opened(start, np.isin(keys, x)) for name, x in found.items()})

    def answer(self, store: Store, filters: ServiceFilters) -> Self:
        """Once these filters are answered; ``DisclosureRefused`` or ``FilterRefused`` where they may not be."""
        found = people_keys(store, filters)
        if all(np.array_equal(x, self.opening[name]) for name, x in found.items()):
            return self
        _refuse_masked_row(store, filters)
        places = {name: np.searchsorted(self.everybody, x) + 1 for name, x in found.items()}
        return replace(self, guards={name: guard.answer(places[name]) for name, guard in self.guards.items()})


def _refuse_masked_row(store: Store, filters: ServiceFilters) -> None:
    """A row that its table masks is not shown as the total of a view."""
    for name in filters.chosen:
        table = followed_people(store, filters=filters.only(set(filters.chosen) - {name}), by=ROW_OF[name])
        states = table.loc[table["category"] == str(getattr(filters, name)), ["state", "state_before"]]
        if (states == State.COMPLEMENTARY.value).any(axis=None):
            raise DisclosureRefused(MASKED_ROW)


def _opened(start: FilterGuard, shown: NDArray[np.bool_]) -> FilterGuard:
    """With the people of the screen as it opens, even where they are everybody but a few: nobody can ask for less."""
    return replace(start, views=np.vstack([start.views, np.packbits(shown)]))
