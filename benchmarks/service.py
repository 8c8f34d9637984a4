"""Every question of the service screens, and the preparation of the selection they share, as the store grows.

The reference is pandas counting the same numbers from the tables read whole, in the same run; where both show a number and the two differ, the
run stops. Limit: 300 ms for the SQL of each question. Files are in the machine's cache: this is not a measure of the disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd
from figures import Aim, Asked, Report, Table, median, number, ratio, run_script
from service_peer import BY_BRANCH, COUNTS, ENTRIES, INTERVIEW, Numbers, read_whole
from store_copies import COPIED, store_of

from frise_analysis.analysis import service
from frise_analysis.analysis.deadlines.followed import followed_deadlines
from frise_analysis.analysis.deadlines.work_list import deadlines
from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.service.prepared import prepared
from frise_analysis.analysis.service.selection import EVERYBODY
from frise_analysis.store.engine import Store, open_store

LIMIT_MS = 300
RUNS = 3
#: Questions over the limit that the page names.
NAMED = 5
#: A question that takes longer the first time is not asked again.
LONG_MS = 10_000
#: The list of deadlines reads each person in Python: it is asked up to this size.
DEADLINES_AT_MOST = 50_000
Ask = Callable[[Store], Any]


@dataclass(frozen=True)
class Timing:
    """Medians of one question, in milliseconds: by the clock, of processor, and by the clock within its SQL."""

    wall: float
    cpu: float
    sql: float
    runs: int


@dataclass(frozen=True)
class Found:
    """What was measured on one store."""

    preparing: Mapping[str, Timing]
    questions: Mapping[str, Timing]
    reading: float
    counting: Mapping[str, float]


def asked_questions(store: Store, persons: int) -> dict[str, Ask]:
    """Each question of the service screens, everybody selected, and the list of deadlines."""
    branch = f"encadrement:{store.rows('service_branches')[0]['branch_id']}"
    asked: dict[str, Ask] = {"headline": service.headline}
    asked |= {f"people followed, by {x.value}": partial(service.followed_people, by=x) for x in service.Breakdown}
    asked |= {
        ENTRIES: service.monthly_flows,
        INTERVIEW: service.first_interviews,
        "legal delays": service.legal_delays,
        "durations": service.measure_spans,
        "planned ends": service.planned_ends,
        "curves": service.running_curves,
        "outcomes": service.outcomes,
        "breaches": service.breaches,
        "obligations": service.breached_obligations,
        "new facts after the start": service.facts_after_start,
        "new facts after the start, street time": partial(service.facts_after_start, clock=service.WaitClock.STREET),
        "new facts after the end": service.facts_after_end,
    }
    asked["people followed on probation, by age, beside everybody"] = partial(
        service.followed_people, filters=service.ServiceFilters("mesure=SP"), by=service.Breakdown.AGE
    )
    asked |= {f"branch comparison, {x.name.lower()}": partial(service.branch_comparison, of=x) for x in service.Compared}  # fmt: skip
    asked |= {
        "caseload of the branches": partial(service.branch_balance, role="direction"),
        "caseload of a branch": partial(service.caseload, role=branch),
        "without first interview, a branch": partial(service.without_first_interview, role=branch),
        "ending soon, a branch": partial(service.ending_soon, role=branch),
        "deadlines, a branch": partial(followed_deadlines, role=branch),
    }
    return asked | ({"deadlines, whole store": deadlines} if persons <= DEADLINES_AT_MOST else {})


PREPARATIONS: dict[str, Ask] = {
    "selection": lambda store: prepared(store, EVERYBODY),
    "people of a view, to compare with others": lambda store: service.people_keys(store, EVERYBODY),
    "uninterrupted times, for flows": lambda store: prepared(store, EVERYBODY).followed_spells(),
}


@contextmanager
def sql_clock() -> Iterator[list[float]]:
    """Milliseconds of every SQL text that a store runs meanwhile, its rows handed over."""
    spent: list[float] = []

    def timed(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return method(*args, **named)
            finally:
                spent.append((time.perf_counter() - began) * 1000)

        return call

    with ExitStack() as patches:
        for name in ("query", "rows", "prepare"):
            patches.enter_context(mock.patch.object(Store, name, timed(getattr(Store, name))))
        yield spent


def once(ask: Callable[[], object]) -> tuple[float, float, float]:
    """Milliseconds of one call: clock, processor, SQL."""
    with sql_clock() as spent:
        began, cpu = time.perf_counter(), time.process_time()
        ask()
        return (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000, sum(spent)


def timing(ask: Callable[[], object]) -> Timing:
    """Medians of three calls after a first one that is not counted, unless it was long: it then stands alone."""
    first = once(ask)
    return _medians([first] if first[0] > LONG_MS else [once(ask) for _ in range(RUNS)])


def _medians(calls: list[tuple[float, float, float]]) -> Timing:
    wall, cpu, sql = (median(column) for column in zip(*calls, strict=True))
    return Timing(wall, cpu, sql, len(calls))


def _preparing(path: Path) -> dict[str, Timing]:
    """Each preparation in a store just opened, those after the first on a selection that is ready."""
    calls: dict[str, list[tuple[float, float, float]]] = {name: [] for name in PREPARATIONS}
    for _ in range(RUNS):
        for name, prepare in PREPARATIONS.items():
            with open_store(path) as store:
                if name != "selection":
                    prepared(store, EVERYBODY)
                calls[name].append(once(partial(prepare, store)))
    return {name: _medians(found) for name, found in calls.items()}


def measured(persons: int) -> Found:
    """Every question on a store of that many people, then the three numbers that pandas counts too."""
    path = store_of(persons)
    preparing = _preparing(path)
    with open_store(path) as store:
        prepared(store, EVERYBODY)
        asked = asked_questions(store, persons)
        questions = {name: timing(partial(ask, store)) for name, ask in asked.items()}
        shown = _shown(store)
        day = store.info.extraction_date
    began = time.perf_counter()
    tables = read_whole(path)
    reading = (time.perf_counter() - began) * 1000
    counting = {}
    for name, count in COUNTS.items():
        _checked(name, shown[name], count(*tables, day))
        counting[name] = timing(partial(count, *tables, day)).wall
    return Found(preparing, questions, reading, counting)


def _shown(store: Store) -> dict[str, Numbers]:
    """What Frise publishes of the three numbers, hidden ones missing."""
    branches = service.followed_people(store, by=service.Breakdown.BRANCH).set_index("category")["people"]
    flows = service.monthly_flows(store).set_index("until")["entries"]
    delays = service.first_interviews(store).set_index("measure_code")["median"]
    return {
        BY_BRANCH: {str(x): people for x, people in branches.items() if x not in {TOTAL, ""}},
        ENTRIES: {str(day): entries for day, entries in flows.items()},
        INTERVIEW: {TOTAL: delays[TOTAL]},
    }


def _checked(name: str, shown: Numbers, counted: Numbers) -> None:
    known = pd.Series(shown, dtype=object).dropna().to_dict()
    if wrong := [x for x, value in known.items() if value != counted.get(str(x), 0)]:
        raise SystemExit(f"{name}: pandas counts otherwise for {', '.join(map(str, wrong))}")


def measure(asked: Asked) -> Report:
    """Three tables for each size of store."""
    found = {size: measured(size) for size in asked.sizes()}
    return Report([y for size, x in found.items() for y in _tables(size, x)], [_aim(*x) for x in found.items()])


def _tables(size: int, found: Found) -> Iterator[Table]:
    copied = store_of(size).name.startswith("copies")
    people = f"{size:,} people" + (f" ({COPIED:,} copied {size // COPIED} times)" if copied else "")
    heads = ("median ms", "processor ms", "in its SQL, ms", f"SQL, of {LIMIT_MS} ms", "runs")
    yield Table(f"Preparing the measures, {people}", ("preparation", *heads), _rows(found.preparing))
    yield Table(f"Questions on measures made ready, {people}", ("question", *heads), _rows(found.questions))
    peer = ("number", "Frise, measures ready, ms", "pandas, tables in memory, ms", "of pandas", "Frise, from the file, ms", "pandas, tables read first, ms", "of pandas")  # fmt: skip
    yield Table(f"The same numbers counted by pandas, {people}", peer, list(_beside(found)), _READ.format(number(found.reading)))  # fmt: skip


_READ = "Pandas reads `measures` and `persons` whole in {} ms and, unlike Frise, hides no small number; Frise’s time from the file is that of the selection, and of the uninterrupted times for flows, added."


def _rows(timings: Mapping[str, Timing]) -> list[tuple[str, ...]]:
    return [
        (name, number(x.wall), number(x.cpu), number(x.sql), ratio(x.sql, LIMIT_MS), str(x.runs))
        for name, x in timings.items()
    ]


def _beside(found: Found) -> Iterator[tuple[str, ...]]:
    ready = {name: x.wall for name, x in found.preparing.items()}
    for name, count in found.counting.items():
        own = found.questions[name].wall
        fresh = own + ready["selection"] + (ready["uninterrupted times, for flows"] if name == ENTRIES else 0)
        whole = count + found.reading
        yield name, number(own), number(count), ratio(own, count), number(fresh), number(whole), ratio(fresh, whole)


def _aim(size: int, found: Found) -> Aim:
    """Each chart's SQL within the limit; the list of deadlines is no chart."""
    charts = {name: x.sql for name, x in found.questions.items() if not name.startswith("deadlines")}
    slowest, *others = sorted(charts, key=charts.__getitem__, reverse=True)
    over = [x for x in (slowest, *others) if charts[x] > LIMIT_MS]
    worst = ", ".join(f"{x} {number(charts[x])} ms" for x in over[:NAMED])
    reason = f"{len(over)} of {len(charts)} over it, the longest: {worst}" if over else ""
    wanted = f"SQL of each service chart, {size:,} people: median at most {LIMIT_MS} ms"
    return Aim(wanted, f"{number(charts[slowest])} ms ({slowest})", not over, reason)


if __name__ == "__main__":
    run_script(__doc__, measure)
