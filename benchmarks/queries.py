"""Every question that the parcours screen asks of the store, and the Python work of a change of person, as the store grows.

The reference is DuckDB's own ``select * from offences where person_id = …`` on a plain copy of the offences in order of date,
with the same two threads, in the same run. Files are in the machine's cache: this is not a measure of the disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
from figures import Aim, Asked, Report, Table, median, number, p95, ratio, run_script
from stores import plain_copy, sample_store, some_people

from frise_analysis.dashboards import people
from frise_analysis.dashboards.parcours import Parcours
from frise_analysis.dashboards.state import ParcoursState
from frise_analysis.store.engine import Store, open_store

REFERENCE = "DuckDB, plain copy: one person's offences"
CHANGE = "change of person, all the Python work"
PERSON_QUESTIONS = ("person", "person_name", "trajectory", "sentences", "obligations")
WANTED_MS = 150
#: How many words of a name are typed, and what of a pseudonym.
SEARCHES: dict[str, Callable[[dict[str, Any]], str]] = {
    "a pseudonym in full": lambda person: person["person_id"],
    "the start of a pseudonym": lambda person: person["person_id"][:-2],
    "one word of a name": lambda person: str(person["display_name"]).split()[-1],
    "two words of a name": lambda person: str(person["display_name"]),
    "what nobody is called": lambda person: f"zzz{person['person_key']}",
}


def timed(ask: Callable[[Any], object], inputs: Iterable[Any]) -> list[float]:
    """Milliseconds of each call, the first one being made twice and counted once."""
    asked = list(inputs)
    ask(asked[0])
    return [_milliseconds(ask, each) for each in asked]


def measured(persons: int, number_of_people: int) -> dict[str, list[float]]:
    """Milliseconds of each question on a store of that many people."""
    path = sample_store(persons)
    keys = some_people(persons, number_of_people)
    with open_store(path) as store:
        chosen = [_described(store, key) for key in keys]
        found = {REFERENCE: _reference(path, [person["person_id"] for person in chosen])}
        found |= {name: timed(_asker(store, name), keys) for name in PERSON_QUESTIONS}
        found |= {f"person_search: {name}": _searches(store, chosen, text) for name, text in SEARCHES.items()}
        found["person_first_look"] = timed(lambda _: store.rows("person_first_look"), keys[:20])
        screen = Parcours(store, ParcoursState(person_key=keys[0]))
        found[CHANGE] = timed(screen.choose, [person["person_id"] for person in chosen])
    return found


def _milliseconds(ask: Callable[[Any], object], each: Any) -> float:
    began = time.perf_counter()
    ask(each)
    return (time.perf_counter() - began) * 1000


def _described(store: Store, key: int) -> dict[str, Any]:
    person = store.rows("person", person_key=key)[0]
    return {**person, **store.rows("person_name", person_key=key)[0]}


def _asker(store: Store, name: str) -> Callable[[int], object]:
    if name in {"trajectory", "obligations"}:
        return lambda key: store.rows(name, person_key=key, as_of=store.info.extraction_date)
    return lambda key: store.rows(name, person_key=key)


def _searches(store: Store, chosen: list[dict[str, Any]], text: Callable[[dict[str, Any]], str]) -> list[float]:
    return timed(lambda words: people.search(store, words), [text(person) for person in chosen[:100]])


def _reference(path: Path, person_ids: list[str]) -> list[float]:
    question = "select * from offences where person_id = ?"
    with duckdb.connect(str(plain_copy(path)), read_only=True, config={"threads": 2}) as connection:
        return timed(lambda person_id: connection.execute(question, [person_id]).fetchall(), person_ids)


def measure(asked: Asked) -> Report:
    """One table for each size of store."""
    found = {size: measured(size, 30 if asked.quick else 200) for size in asked.sizes()}
    tables = [_table(size, figures) for size, figures in found.items()]
    return Report([*tables, *_growth(found)], [_aim(size, figures) for size, figures in found.items()])


def _table(size: int, figures: dict[str, list[float]]) -> Table:
    heads = ("question", "median ms", "p95 ms", "of the reference", "people")
    reference = median(figures[REFERENCE])
    rows = [
        (name, number(median(values)), number(p95(values)), ratio(median(values), reference), str(len(values)))
        for name, values in figures.items()
    ]
    return Table(f"{size:,} people", heads, rows)


def _growth(found: dict[int, dict[str, list[float]]]) -> Iterator[Table]:
    """How each question grows with the store, from the smallest to the largest."""
    sizes = sorted(found)
    if len(sizes) > 1:
        small, large = found[sizes[0]], found[sizes[-1]]
        rows = [(name, ratio(median(large[name]), median(small[name]))) for name in small]
        yield Table(f"From {sizes[0]:,} to {sizes[-1]:,} people", ("question", "times as long"), rows)


def _aim(size: int, figures: dict[str, list[float]]) -> Aim:
    """The Python part alone must leave room for the browser: the whole is measured by ``person_change.py``."""
    slowest = p95(figures[CHANGE])
    questions = sum(median(figures[name]) for name in PERSON_QUESTIONS)
    reason = f"median {number(median(figures[CHANGE]))} ms, of which {number(questions)} ms in the store"
    wanted = f"Python work of a change of person, {size:,} people: p95 at most {WANTED_MS} ms"
    return Aim(wanted, f"{number(slowest)} ms", slowest <= WANTED_MS, reason)


if __name__ == "__main__":
    run_script(__doc__, measure)
