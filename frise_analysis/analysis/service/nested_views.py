"""A filtered table beside the same table with fewer filters, or over a longer period: what their difference would tell is hidden.

Every table has its place in one order, whatever was asked before: it is protected against those that come before it, which may thus be
published with it, on the screen, in a file or in a report. The order: fewer filters first; then the period of a year, and the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TypeVar
from weakref import WeakKeyDictionary

from frise_analysis.analysis.disclosure.nested import Beside, Face
from frise_analysis.analysis.service.selection import PERIODS, USUAL_MONTHS, ServiceFilters
from frise_analysis.store.engine import Store

Table = TypeVar("Table")
#: What publishes a table of these filters beside others, and what of it is then shown.
Publish = Callable[[ServiceFilters, Sequence[Beside]], tuple[Table, Face]]
#: The periods, in the order in which they are protected: each against those before it.
_PERIODS = sorted(PERIODS, key=lambda x: (x != USUAL_MONTHS, x < USUAL_MONTHS, -x))
_FACES: WeakKeyDictionary[Store, dict[tuple[object, ...], Face]] = WeakKeyDictionary()


def protected_table(
    store: Store,
    filters: ServiceFilters,
    *,
    name: tuple[object, ...],
    publish: Publish[Table],
    over_period: bool = True,
) -> Table:
    """The table of these filters, published beside those that come before it; ``name`` tells it from the other tables.

    ``over_period``: it counts what happened over the period, and not who is there on a day.
    """
    faces = _FACES.setdefault(store, {})

    def made(wanted: ServiceFilters) -> Table:
        beside = [Beside(face_of(x), wider=wider) for x, wider in _before(wanted, store, over_period=over_period)]
        table, faces[name, _place(wanted, store)] = publish(wanted, beside)
        return table

    def face_of(wanted: ServiceFilters) -> Face:
        if (name, _place(wanted, store)) not in faces:
            made(wanted)
        return faces[name, _place(wanted, store)]

    return made(filters)


def _place(filters: ServiceFilters, store: Store) -> tuple[str, date]:
    return filters.to_query(), filters.day(store)


def _before(filters: ServiceFilters, store: Store, *, over_period: bool) -> Iterator[tuple[ServiceFilters, bool]]:
    """Tables that come before, and whether they are wider: over other periods, then without some of the filters."""
    if over_period:
        yield from _over_other_periods(filters, store)
    for number in range(len(filters.chosen)):
        for kept in combinations(filters.chosen, number):
            yield filters.only(kept), True
            if over_period:
                yield from ((filters.only(kept, x), True) for x in _longer(filters, store))


def _over_other_periods(filters: ServiceFilters, store: Store) -> Iterator[tuple[ServiceFilters, bool]]:
    """The periods that hold this one or are held by it, of those before it in their order."""
    longer = {x.months: x for x in _longer(filters, store)}
    if filters.day(store) != store.info.extraction_date:
        yield from ((x, True) for x in longer.values())
        return
    for months in _PERIODS[: _PERIODS.index(filters.months)]:
        yield replace(filters, query="", months=months), months in longer


def _longer(filters: ServiceFilters, store: Store) -> list[ServiceFilters]:
    """The same filters over each longer period that holds theirs, on the extraction date."""
    found = [replace(filters, query="", as_of=None, months=x) for x in PERIODS if x > filters.months]
    # A year that ended before the extraction is held by the two years that end on it, where it is not older.
    return [x for x in found if x.since(store) <= filters.since(store)]
