"""Large tables are written once: read, typed, checked and joined in one pass, straight into the table they end in.

Rows written side by side lose their place in the file. It matters for the faulty ones only: they are copied to staging with the
number found by reading the file again, in order; they then pass the same checks as the rows of a small table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import duckdb

from frise_analysis.records.checking import (
    all_columns,
    joins,
    key_hash,
    mask_sql,
    owner_of,
    parents_read,
    repeated_keys_sql,
    rows_name,
)
from frise_analysis.records.contract import Table
from frise_analysis.records.rules import PARENTS, Check
from frise_analysis.store import families
from frise_analysis.store.staging import Staged, Stream, count, forget_refused_lines, keep_refused_lines
from frise_analysis.store.workspace import PLAIN_LISTS, LoadRefused

_ROW_GROUP = 122_880
#: Columns that a table carries until its rows are checked.
_HELPERS = ("unread", "faults")


def stream(connection: duckdb.DuckDBPyConnection, staged: Staged, file: Stream, checks: list[Check]) -> Staged:
    """Write every row of a large file, sound or not, and stage those that look faulty; :func:`settle` takes the rejected ones out.

    A file that follows the persons goes straight to the final table; another, to a table of the staging database to be sorted.
    """
    table = staged.table
    in_order = _sample_in_order(connection, table, file)
    file = replace(file, target=table.name if in_order else f"staging.unsorted_{table.name}")
    classified = families.resolved_join(connection, f"({file.typed})") if table.name == "offences" else ""
    forget_refused_lines(connection)
    with _rows_streamed(connection), _worth_compressing(connection, compressed=in_order):
        connection.execute(_all_rows_sql(table, file, checks, classified=classified))
    refused = keep_refused_lines(connection, table.name) if file.has_lines else 0
    _stage_suspects(connection, table, file)
    read = count(connection, f"select count(*) from {file.target}")
    return replace(staged, stream=file, refused_lines=refused, rows_read=read)


def settle(connection: duckdb.DuckDBPyConnection, table: Table, file: Stream) -> None:
    """Leave only sound rows, without the helper columns, a person's rows close to one another."""
    if count(connection, f"select count(*) from staging.errors_{table.name}"):
        connection.execute(
            f"delete from {file.target} where rowid in (select kept_row from staging.{table.name} "
            f"where rid in (select rid from staging.errors_{table.name}))"
        )
    for helper in _HELPERS:
        connection.execute(f"alter table {file.target} drop column {helper}")
    if file.target != table.name:
        _sort(connection, table, file.target)
    elif _scattered(connection, table.name, file.sizes.spread):
        connection.execute(f"alter table {table.name} rename to unsorted_rows")
        _sort(connection, table, "unsorted_rows")


def _sort(connection: duckdb.DuckDBPyConnection, table: Table, unsorted: str) -> None:
    connection.execute(f"create table {table.name} as select * from {unsorted} order by person_key")
    connection.execute(f"drop table {unsorted}")


@contextmanager
def _rows_streamed(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """The file is the side of each join that is streamed, never the one that is hashed: rows stay about in its order."""
    connection.execute(f"set disabled_optimizers = '{PLAIN_LISTS},build_side_probe_side,join_order'")
    try:
        yield
    finally:
        connection.execute(f"set disabled_optimizers = '{PLAIN_LISTS}'")


@contextmanager
def _worth_compressing(connection: duckdb.DuckDBPyConnection, *, compressed: bool) -> Iterator[None]:
    """What is read once and dropped is not worth compressing."""
    connection.execute(f"set force_compression = '{'auto' if compressed else 'uncompressed'}'")
    try:
        yield
    finally:
        connection.execute("set force_compression = 'auto'")


def _all_rows_sql(table: Table, file: Stream, checks: Iterable[Check], *, classified: str) -> str:
    owner, checks = owner_of(table), tuple(checks)
    further = f", {families.resolved_columns()}" if classified else ""
    parents = dict.fromkeys((owner, *parents_read(checks)))
    rows = f"(select *, getvariable('extraction') as extraction from ({file.typed}) where unread >= 0) as r"
    return (
        f"create table {file.target} as select {PARENTS[owner]}.person_key, {all_columns(table)}{further}, "
        f"r.unread, {mask_sql(checks)} as faults from {rows}{joins(table, parents)} {classified}"
    )


def _stage_suspects(connection: duckdb.DuckDBPyConnection, table: Table, file: Stream) -> None:
    """Rows that break a rule, and rows that share a key: with their number in the file, and their place in the table."""
    repeated = f"{key_hash(table)} in ({repeated_keys_sql(table, file.target)})"
    some = count(connection, f"select count(*) from (select 1 from ({repeated_keys_sql(table, file.target)}) limit 1)")
    content = f"hash({all_columns(table)}, r.unread)"
    connection.execute(
        f"create table staging.suspects as select r.rowid as kept_row, {content} as content, {all_columns(table)}, r.unread "
        f"from {file.target} as r where r.faults <> 0{f' or {repeated}' if some else ''}"
    )
    suspects = count(connection, "select count(*) from staging.suspects")
    _number_lines(connection, f"select {content} as content from ({file.typed}) as r{'' if suspects else ' limit 0'}")
    connection.execute(f"create table staging.{table.name} as {_NUMBERED}")
    connection.execute(f"create view {rows_name(table)} as select * from staging.{table.name}")
    if count(connection, f"select count(*) from staging.{table.name}") != suspects:
        raise LoadRefused("Le fichier a changé pendant sa lecture. Relancez le chargement.")
    connection.execute("drop table staging.suspects; drop table staging.lines")


#: Rows of one content take the numbers of the lines of that content, whichever: nothing tells them apart.
_NUMBERED = """
select l.rid, s.* exclude (content, copy)
from (select *, row_number() over (partition by content order by kept_row) as copy from staging.suspects) as s
join (
  select rowid as rid, content, row_number() over (partition by content order by rowid) as copy
  from staging.lines where content in (select content from staging.suspects)
) as l on l.content = s.content and l.copy = s.copy"""


def _number_lines(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """A plain reading keeps the order of the file: the place of a row is its number."""
    forget_refused_lines(connection)
    connection.execute(f"create table staging.lines as {sql}")
    forget_refused_lines(connection)


def _sample_in_order(connection: duckdb.DuckDBPyConnection, table: Table, file: Stream) -> bool:
    """Whether the first rows of the file follow the persons."""
    owner = owner_of(table)
    forget_refused_lines(connection)
    connection.execute(
        f"create or replace temp table sample as select {table.owner} from ({file.typed}) limit {file.sizes.sample}"
    )
    keys = f"select r.rowid as rid, {PARENTS[owner]}.person_key as k from sample as r{joins(table, [owner])}"
    back = f"select k < lag(k) over (order by rid) as back from ({keys})"
    return not count(connection, f"select count(*) from ({back}) where back")


def _scattered(connection: duckdb.DuckDBPyConnection, name: str, spread: float) -> bool:
    """Whether one person must be looked for in more than ``spread`` groups of rows, on average.

    The engine writes whole groups side by side: within them rows are in order, but a few groups may change places, and one that
    straddles two others spans many persons without harm. A strict order would cost a second writing of the table.
    """
    spans = f"select max(person_key) - min(person_key) + 1 as span from {name} group by rowid // {_ROW_GROUP}"
    wide = f"select sum(span) > {spread} * (select count(*) from persons) as wide from ({spans})"
    return bool(count(connection, f"select count(*) from ({wide}) where wide"))
