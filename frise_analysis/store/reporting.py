"""What a load read, kept and refused, and the problems it found, grouped."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import duckdb

_GROUPS = """
select table_name, file, column_name, rule, severity, any_value(sentence), any_value(remedy), count(*), list(distinct "row" order by "row")[1:5]
from problems group by all order by severity, count(*) desc, table_name, rule, column_name"""
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
        'select table_name, file, "row", column_name, rule, severity, sentence, remedy from problems'
    )
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(CSV_COLUMNS)
        while rows := cursor.fetchmany(10_000):
            writer.writerows([_harmless(cell) for cell in row] for row in rows)


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell:
        return "'" + cell
    return "" if cell is None else cell
