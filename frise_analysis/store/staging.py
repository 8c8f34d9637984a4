"""Bring the text of the files into typed rows, numbered as they stand in their file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from frise_analysis.records.cells import identifier, literal, typed_select
from frise_analysis.records.contract import Table
from frise_analysis.records.inventory import RawFile, damaged

#: What the engine says of a line it refuses -> the rule.
_LINE_RULES = {
    "MISSING COLUMNS": "wrong_field_count",
    "TOO MANY COLUMNS": "wrong_field_count",
    "UNQUOTED VALUE": "unterminated_quote",
    "INVALID ENCODING": "invalid_bytes",
}


@dataclass(frozen=True)
class Sizes:
    """From when a table is loaded as a large one; all paths lead to the same rows.

    ``streamed``: bytes from which a file goes straight to its table; ``sample``: rows that tell whether it follows the persons;
    ``spread``: groups of rows in which one person may be looked for, on average, before the table is sorted.
    """

    streamed: int = 64 << 20
    sample: int = 100_000
    spread: float = 16


@dataclass(frozen=True)
class Stream:
    """A file too large to be written twice: ``typed`` is the SQL that reads its rows; ``target``, the table they went to."""

    typed: str
    has_lines: bool
    sizes: Sizes
    target: str = ""


@dataclass(frozen=True)
class Staged:
    """Rows of one table waiting for their checks. ``own_lines``: each row carries its file and line (mapped sources).

    ``stream``: they are still in their file; ``rows_read``: how many there were, where only the faulty ones are staged.
    ``headers``: the file's own name of each column; ``unread_rows``: rows of a file refused as a whole.
    """

    table: Table
    shown: str
    refused_lines: int = 0
    own_lines: bool = False
    stream: Stream | None = None
    rows_read: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    unread_rows: int = 0


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Tables of the staging database."""
    connection.execute("create table staging.refused (relation varchar, line bigint, rule varchar)")
    connection.execute("create table staging.rejected (table_name varchar, key varchar)")


def parquet_header(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[str, ...]:
    """Names of the columns of a Parquet file; ``UnreadableInput`` where it is cut short or is none."""
    try:
        found = connection.execute(f"describe select * from {parquet_sql(path)}").fetchall()
    except duckdb.Error:
        raise damaged(path.name) from None
    return tuple(row[0] for row in found)


def parquet_sql(path: Path) -> str:
    """SQL that reads a Parquet file."""
    return f"read_parquet({literal(str(path))})"


def file_sql(file: RawFile) -> str:
    """SQL that reads a file as text cells ``c0``, ``c1``…; lines the engine refuses are kept aside."""
    if file.delimiter is None:
        cells = ", ".join(f"cast({identifier(name)} as varchar) as c{i}" for i, name in enumerate(file.header))
        return f"(select {cells} from {parquet_sql(file.path)})"
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(file.header)))
    return (
        f"read_csv({literal(str(file.path))}, auto_detect=false, header=true, delim={literal(file.delimiter)}, quote='\"', "
        f"escape='\"', columns={{{columns}}}, store_rejects=true, rejects_limit=0)"
    )


def stage_file(
    connection: duckdb.DuckDBPyConnection, table: Table, *, file: RawFile, found: Mapping[str, int], sizes: Sizes
) -> Staged:
    """Type the cells of one file, or leave it for :mod:`streaming`; ``found`` gives the position of each column."""
    raw = {name: f"c{position}" for name, position in found.items()}
    sql = typed_select(table, raw, source=file_sql(file))
    if _is_streamed(table) and file.path.stat().st_size >= sizes.streamed:
        return Staged(table, file.shown, stream=Stream(sql, file.delimiter is not None, sizes))
    forget_refused_lines(connection)
    # What is read once and dropped is not worth compressing.
    connection.execute("set force_compression = 'uncompressed'")
    connection.execute(f"create table staging.{table.name} as {sql}")
    connection.execute("set force_compression = 'auto'")
    refused = keep_refused_lines(connection, table.name) if file.delimiter else 0
    connection.execute(_rows_view(table))
    return Staged(table, file.shown, refused)


def count_rows(connection: duckdb.DuckDBPyConnection, file: RawFile, *, above: int) -> int:
    """Rows of a file refused as a whole, but for the lines that stand ``above`` them; 0 where they cannot be counted."""
    if not file.header:
        return 0
    forget_refused_lines(connection)
    try:
        # Read to its end: the engine writes down the lines it refused only then.
        read = int(connection.execute(f"select count(*) from {file_sql(file)}").fetchall()[0][0])
        refused = count(connection, "select count(distinct line) from reject_errors") if file.delimiter else 0
    except duckdb.Error:
        return 0
    finally:
        forget_refused_lines(connection)
    return max(0, read + refused - above)


def _is_streamed(table: Table) -> bool:
    """Persons give the keys that the others take; periods of custody are compared with each other."""
    return table.owner is not None and table.name != "custody_periods"


def stage_mapped(
    connection: duckdb.DuckDBPyConnection, table: Table, *, source: str, columns: tuple[str, ...]
) -> Staged:
    """Type the cells of a mapped source: a ``select`` with the contract's names, ``source_row`` and ``source_file``."""
    raw = {name: identifier(name) for name in columns}
    sql = typed_select(table, raw, source=source, further=("source_row", "source_file"))
    connection.execute(f"create table staging.{table.name} as {sql}")
    connection.execute(_rows_view(table))
    return Staged(table, "", own_lines=True)


def stage_nothing(connection: duckdb.DuckDBPyConnection, table: Table) -> Staged:
    """An absent table is an empty one."""
    connection.execute(f"create table staging.{table.name} as {typed_select(table, {}, source='(select 1)')} limit 0")
    connection.execute(_rows_view(table))
    return Staged(table, "")


def _rows_view(table: Table) -> str:
    """Lines without any value (blank lines, lines of delimiters) are not rows."""
    return (
        f"create view staging.rows_{table.name} as select rowid as rid, * from staging.{table.name} where unread >= 0"
    )


def forget_refused_lines(connection: duckdb.DuckDBPyConnection) -> None:
    """Clear what the engine kept of the last file."""
    connection.execute("drop table if exists reject_errors; drop table if exists reject_scans")


def keep_refused_lines(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    """Keep the lines that the engine refused of the file just read, with their rule; how many there are."""
    cases = " ".join(f"when {literal(k)} then {literal(x)}" for k, x in _LINE_RULES.items())
    connection.execute(f"""
        insert into staging.refused
        select {literal(relation)}, line, min(case error_type::varchar {cases} else 'line_unreadable' end)
        from reject_errors group by line""")
    return count(connection, f"select count(*) from staging.refused where relation = {literal(relation)}")


def line_sql(relation: str, *, rid: str, refused: int) -> str:
    """SQL of the line of a row in its file, the header being line 1: refused lines stand between the rows read."""
    if not refused:
        return f"{rid} + 2"
    return (
        f"{rid} + 2 + (select count(*) from (select line - 1 - row_number() over (order by line) as threshold "
        f"from staging.refused where relation = {literal(relation)}) where threshold <= {rid})"
    )


def count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """The number that a query gives."""
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
