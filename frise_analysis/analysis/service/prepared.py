"""The measures that filters keep, made ready once for all the questions of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, DisclosureRefused, checked_threshold
from frise_analysis.analysis.disclosure.counts import Integers
from frise_analysis.analysis.service.selection import (
    CHOOSING,
    MOST_FILTERS,
    FilterRefused,
    ServiceFilters,
    months_before,
)
from frise_analysis.store.engine import Store

#: Months of the series shown, and as far back as two of the longest periods go.
SERIES_MONTHS, _FARTHEST_MONTHS = 36, 48


@dataclass(frozen=True)
class Selection:
    """Measures kept by filters, in a store where they are ready: the day, and the beginning of its period."""

    store: Store
    filters: ServiceFilters
    day: date

    @property
    def since(self) -> date:
        """The period is after this day."""
        return months_before(self.day, self.filters.months)

    @property
    def year_before(self) -> date:
        """A year before the day."""
        return months_before(self.day, 12)

    def rows(self, name: str, **parameters: object) -> pd.DataFrame:
        """The answer to a question on these measures, made ready again where others were since."""
        self.make_ready()
        return self.store.query(name, **parameters)

    def make_ready(self) -> None:
        """Prepare these measures, unless they are the last prepared."""
        names = {x: getattr(self.filters, x) for x in CHOOSING}
        chosen = {name: None if x is None else str(x) for name, x in names.items()}
        self.store.prepare("service_selection", **chosen, as_of=self.day)

    def followed_spells(self) -> None:
        """Make ready the uninterrupted times under these measures."""
        self.make_ready()
        since = months_before(self.day, _FARTHEST_MONTHS)
        self.store.prepare("service_spells", as_of=self.day, since=since)


def prepared(store: Store, filters: ServiceFilters, *, k: int = THRESHOLD) -> Selection:
    """The measures that the filters keep, ready for questions; ``FilterRefused`` where the store cannot answer them.

    ``k``: threshold of what is to be published. The period of the filters chooses among dates, not among measures.
    """
    _check_threshold(k)
    if len(filters.chosen) > MOST_FILTERS:
        raise FilterRefused(
            f"Choisissez {MOST_FILTERS} filtres au plus, la date et la période en sus : à plus, presque tout serait masqué."
        )
    filters.branch_name(store)
    chosen = Selection(store, filters, filters.day(store))
    chosen.make_ready()
    return chosen


def _check_threshold(k: int) -> None:
    try:
        checked_threshold(k)
    except DisclosureRefused as refused:
        raise FilterRefused(str(refused)) from None


def people_keys(store: Store, filters: ServiceFilters) -> dict[str, Integers]:
    """``person_key`` of the people behind the figures: ``followed`` on the day, ``followed_before`` a year earlier, ``all`` on any day.

    What ``FilterGuard.answer`` compares, with one guard for each: two selections that differ by a few people on one day may differ by many in all.
    """
    chosen = prepared(store, filters)
    days = {"followed": chosen.day, "followed_before": chosen.year_before, "all": None}
    return {name: _once(chosen.rows("service_keys", day=day)["person_key"].to_numpy(dtype=np.int64)) for name, day in days.items()}  # fmt: skip


def _once(keys: Integers) -> Integers:
    """Each key once, in order; they most often come in order."""
    steps = np.diff(keys, prepend=-1)
    return keys[steps > 0] if (steps >= 0).all() else np.unique(keys)
