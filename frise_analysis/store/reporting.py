"""What a load read, kept and refused, and the problems it found, grouped."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any

import duckdb

_GROUPS = """
select table_name, file, column_name, rule, severity, any_value(sentence), any_value(remedy), count(*), list(distinct "row" order by "row")[1:5]
from problems group by all
order by severity, case when count("row") = 0 then 0 when any_value(rule) = 'parent_rejected' then 2 else 1 end, count(*) desc, table_name, rule, column_name"""
#: Rules that refuse a file as a whole.
REFUSING = frozenset({"column_missing", "column_repeated", "title_above_header", "file_empty"})
CSV_COLUMNS = ("table", "fichier", "ligne", "colonne", "regle", "gravite", "constat", "remede")


@dataclass(frozen=True)
class TableCount:
    """Rows of one table: ``read = loaded + rejected``."""

    table: str
    read: int
    loaded: int
    rejected: int
    warnings: int


@dataclass(frozen=True)
class ProblemGroup:
    """Problems of one rule in one column of one file; ``lines`` are the first of them."""

    table: str
    file: str
    column: str | None
    rule: str
    severity: str
    sentence: str
    remedy: str
    count: int
    lines: tuple[int, ...]


@dataclass(frozen=True)
class LoadReport:
    """Counts of each table and groups of problems, errors first."""

    tables: tuple[TableCount, ...]
    problems: tuple[ProblemGroup, ...]

    @property
    def rejected(self) -> int:
        """Rows rejected, all tables together."""
        return sum(t.rejected for t in self.tables)

    @property
    def refused_files(self) -> frozenset[str]:
        """Names of the tables whose file was refused as a whole."""
        return frozenset(p.table for p in self.problems if p.rule in REFUSING)

    @property
    def sound(self) -> bool:
        """Whether nothing was refused, neither a row nor a file."""
        return not any(p.severity == "error" for p in self.problems)


def read_report(connection: duckdb.DuckDBPyConnection) -> LoadReport:
    """The report of the load that ``connection`` has just made."""
    counts = connection.execute("select * from load_report").fetchall()
    groups = connection.execute(_GROUPS).fetchall()
    return LoadReport(tuple(TableCount(*row) for row in counts), tuple(_group(row) for row in groups))


def _group(row: tuple[Any, ...]) -> ProblemGroup:
    values = dict(zip((f.name for f in fields(ProblemGroup)), row, strict=True))
    return ProblemGroup(**{**values, "lines": tuple(line for line in values["lines"] or () if line is not None)})


def write_csv(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Every problem, one a line, for a spreadsheet: no cell of the records is in it, and none can be read as a formula."""
    cursor = connection.execute(
        'select table_name, file, "row", column_name, rule, '
        "case severity when 'error' then 'erreur' else 'avertissement' end, sentence, remedy from problems"
    )
    with _private_file(path) as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(CSV_COLUMNS)
        while rows := cursor.fetchmany(10_000):
            writer.writerows([_harmless(cell) for cell in row] for row in rows)


@contextmanager
def _private_file(path: Path) -> Iterator[IO[str]]:
    """A text file for its owner only, opened for a spreadsheet."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        path.chmod(0o600)
        yield file


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell:
        return "'" + cell
    return "" if cell is None else cell
