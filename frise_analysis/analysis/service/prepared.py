"""The measures that filters keep, made ready once for all the questions of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, DisclosureRefused, checked_threshold
from frise_analysis.analysis.disclosure.counts import Integers
from frise_analysis.analysis.service.selection import FilterRefused, ServiceFilters, months_before
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
        """The answer to a question on the prepared measures."""
        return self.store.query(name, **parameters)

    def followed_spells(self) -> None:
        """Make ready the uninterrupted times under these measures."""
        since = months_before(self.day, _FARTHEST_MONTHS)
        self.store.prepare("service_spells", as_of=self.day, since=since)


#: The last filters made ready in each store, and whether the history of convictions was read with them.
_READY: WeakKeyDictionary[Store, tuple[str, date, bool]] = WeakKeyDictionary()


def prepared(store: Store, filters: ServiceFilters, *, k: int = THRESHOLD, with_history: bool = False) -> Selection:
    """The measures that the filters keep, ready for questions; ``FilterRefused`` where the store cannot answer them.

    ``k``: threshold of what is to be published. ``with_history``: with the family of offences and the prior convictions, which take longer to read.
    """
    _check_threshold(k)
    filters.branch_name(store)
    day, wanted = filters.day(store), with_history or filters.family is not None
    ready = _READY.get(store)
    if ready is None or ready[:2] != (_kept(filters), day) or (wanted and not ready[2]):
        _READY.pop(store, None)
        store.prepare("service_selection", with_history=wanted, **_parameters(store, filters, day))
        _READY[store] = (_kept(filters), day, wanted)
    return Selection(store, filters, day)


def _check_threshold(k: int) -> None:
    try:
        checked_threshold(k)
    except DisclosureRefused as refused:
        raise FilterRefused(str(refused)) from None


def _kept(filters: ServiceFilters) -> str:
    """What chooses measures, the period left out: it chooses among their dates."""
    return "&".join(x for x in filters.to_query().split("&") if not x.startswith("mois="))


def _parameters(store: Store, filters: ServiceFilters, day: date) -> dict[str, object]:
    names = (
        "branch_id", "measure_code", "setting", "phase", "obligation_code", "sex", "age_band", "family",
    )  # fmt: skip
    chosen = {name: getattr(filters, name) for name in names}
    plain = {name: None if x is None else str(x) for name, x in chosen.items()}
    return {**plain, "as_of": day, "extraction": store.info.extraction_date}


def people_keys(store: Store, filters: ServiceFilters) -> dict[str, Integers]:
    """``person_key`` of the people behind the figures: ``followed`` on the day, ``followed_before`` a year earlier, ``all`` on any day.

    What ``FilterGuard.answer`` compares, with one guard for each: two selections that differ by a few people on one day may differ by many in all.
    """
    chosen = prepared(store, filters)
    days = {"followed": chosen.day, "followed_before": chosen.year_before, "all": None}
    return {name: chosen.rows("service_keys", day=day)["person_key"].to_numpy(dtype=np.int64) for name, day in days.items()}  # fmt: skip
