"""The prepared charts: time to build them once, to swap the data of one person, and to build them again for each person.

The peer is Altair used as its manual shows: the same charts made anew for each person and turned into a specification by
``to_dict``, with and without its check against the schema.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from figures import Asked, Report, Table, median, number, p95, ratio, run_script
from stores import sample_store, some_people

from frise_analysis.analysis.person_path import PersonPath, read_path
from frise_analysis.charts.parcours import NARROW, WIDE, parcours_chart, parcours_data, parcours_specification
from frise_analysis.dashboards.frames import parcours_frames
from frise_analysis.store.engine import open_store
from frise_analysis.vocabulary import Clock, CountUnit

#: The functions without their memory of an earlier call.
fresh_chart: Callable[[str], Any] = parcours_chart.__wrapped__
LONGEST_SECONDS = 90


def milliseconds(work: Callable[[], object]) -> float:
    """What one call takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def prepare() -> None:
    """Both layouts, from nothing, as the server does once when it starts."""
    for layout in (WIDE, NARROW):
        parcours_chart.cache_clear()
        parcours_specification.cache_clear()
        parcours_specification(layout)


def swapped(path: PersonPath) -> dict[str, Any]:
    """The data sets of one person, for both layouts."""
    return parcours_data(parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR))


def rebuilt(path: PersonPath, *, validate: bool) -> dict[str, Any]:
    """The specification of one person, its chart made anew, for one layout."""
    content = swapped(path)
    chart = fresh_chart(WIDE)
    return {**chart.to_dict(validate=validate), "datasets": content["data"]}


def _paths(number_of_people: int) -> list[PersonPath]:
    with open_store(sample_store(500)) as store:
        return [read_path(store, person_key=key) for key in some_people(500, number_of_people)]


def _repeated(work: Callable[[PersonPath], object], paths: list[PersonPath]) -> list[float]:
    deadline = time.monotonic() + LONGEST_SECONDS
    work(paths[0])
    return [milliseconds(lambda each=path: work(each)) for path in paths if time.monotonic() < deadline]


def measure(asked: Asked) -> Report:
    """Swap and rebuild for the same people."""
    few, many = (3, 10) if asked.quick else (30, 200)
    paths = _paths(many)
    prepare()
    found = {
        "prepared once: both layouts, checked": [milliseconds(prepare) for _ in range(few)],
        "swap: the person's data sets": _repeated(swapped, paths),
        "rebuilt: the same, and the chart by Altair": _repeated(lambda p: rebuilt(p, validate=True), paths[:few]),
        "rebuilt, Altair's check left out": _repeated(lambda p: rebuilt(p, validate=False), paths[:few]),
    }
    swap = median(found["swap: the person's data sets"])
    rows = [
        (name, number(median(values)), number(p95(values)), ratio(median(values), swap), str(len(values)))
        for name, values in found.items()
    ]
    heads = ("work", "median ms", "p95 ms", "of the swap", "measures")
    note = "The swap serves both layouts and every later drawing; the rebuilt chart is of the wide layout alone."
    return Report([Table("Charts of one person, in Python", heads, rows, note)])


if __name__ == "__main__":
    run_script(__doc__, measure)
