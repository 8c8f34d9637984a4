"""A large store made in a minute: a smaller one so many times."""

from __future__ import annotations

from pathlib import Path

import duckdb
from stores import sample_store

from frise_analysis.store.loading import derivations, views

#: A store of more people than copied is that store so many times, unless it was made already.
COPIED = 50_000
OWN_IDS = ("person_id", "measure_id", "conviction_id", "offence_id", "sentence_id", "custody_id", "breach_id", "event_id")  # fmt: skip
#: Tables of a store that a load derives from the others: they are derived again from the copies.
_DERIVED = ("custody_stays", "service_measures", "service_obligations", "service_breaches", "observed_people")
_TABLES = "select table_name from duckdb_tables() where database_name = 'kept'"


def store_of(persons: int) -> Path:
    """The store of ``frise samples``; a large one that was not made already is copied from 50,000 people."""
    if persons <= COPIED:
        return sample_store(persons)
    small = sample_store(COPIED)
    made = small.with_name(small.name.replace(str(COPIED), str(persons)))
    copies = small.with_name(f"copies-{persons // COPIED}-of-{small.name}")
    if made.is_file():
        return made
    if not copies.is_file():
        draft = copies.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        _copy(small, draft, persons // COPIED)
        draft.rename(copies)
    return copies


def _copy(small: Path, path: Path, times: int) -> None:
    """The same people so many times, each copy under keys and identifiers of its own; branches and officers are shared."""
    with duckdb.connect(str(path), config={"threads": 2}) as connection:
        connection.execute(f"attach '{small}' as kept (read_only)")
        for table in _copied(connection):
            columns = [x[0] for x in connection.execute(f"describe kept.{table}").fetchall()]
            connection.execute(f"create table {table} as from kept.{table} limit 0")
            for copy in range(times if "person_key" in columns else 1):
                cells = ", ".join(_cell(x, copy) for x in columns)
                connection.execute(f"insert into {table} by position from (from kept.{table} select {cells})")
        connection.execute(
            "set variable extraction = (select cast(value as date) from meta where key = 'extraction_date')"
        )
        for statement in (*views(), *derivations()):
            connection.execute(statement)


def _copied(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [table for (table,) in connection.execute(_TABLES).fetchall() if table not in _DERIVED]


def _cell(column: str, copy: int) -> str:
    quoted = f'"{column}"'
    if column == "person_key":
        return f"{quoted} + {copy * COPIED}"
    return f"{quoted} || '-{copy}'" if column in OWN_IDS else quoted
