"""Rows of sources described by a mapping."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from frise_analysis.records.bundle import BundleInfo
from frise_analysis.records.cells import identifier, literal
from frise_analysis.records.contract import Table
from frise_analysis.records.inventory import (
    PARQUET_SUFFIXES,
    TEXT_SUFFIXES,
    WORKBOOK_SUFFIXES,
    RawFile,
    open_text,
    require_inside,
)
from frise_analysis.records.mapping import SourceFile, SourceMapping, did_you_mean, read_mapping, refuse
from frise_analysis.records.mapping_sql import Header, block_sql
from frise_analysis.records.problems import Problem
from frise_analysis.records.rules import BY_ID
from frise_analysis.records.workbook import open_workbook, write_sheet
from frise_analysis.store.assembly import add_problem
from frise_analysis.store.staging import (
    Staged,
    file_sql,
    forget_refused_lines,
    keep_refused_lines,
    line_sql,
    parquet_header,
    stage_mapped,
    stage_nothing,
)

_SQLITE_SUFFIXES = frozenset({".sqlite", ".sqlite3", ".db"})


@dataclass
class Mapped:
    """Sources read once each, as text, whatever the number of tables made of them."""

    connection: duckdb.DuckDBPyConnection
    info: BundleInfo
    mapping: SourceMapping
    headers: dict[str, Header]
    given: frozenset[str]

    def write_notes(self) -> None:
        """Write down the lines of the sources that could not be read: they belong to no table yet."""
        for header in self.headers.values():
            _note_refused(self.connection, header)

    def stage(self, table: Table) -> Staged:
        """Bring the rows of every block of one table to the staging database."""
        blocks = self.mapping.blocks.get(table.name, ())
        if not blocks:
            return stage_nothing(self.connection, table)
        union = " union all by name ".join(f"({block_sql(b, self.headers[b.source])})" for b in blocks)
        return stage_mapped(self.connection, table, source=f"({union})", columns=tuple(c.name for c in table.columns))


def open_mapped(connection: duckdb.DuckDBPyConnection, bundle: Path, *, scratch: Path, mapping: Path) -> Mapped:
    """Read the mapping and its sources; ``UnreadableInput`` says what is wrong in either."""
    plan = read_mapping(mapping)
    folder = bundle if bundle.is_dir() else bundle.parent
    require_inside(folder, [folder / source.file for source in plan.sources.values()])
    headers = {
        name: _read_source(connection, f"source_{i}", source=source, paths=(folder / source.file, scratch))
        for i, (name, source) in enumerate(plan.sources.items())
    }
    return Mapped(connection, plan.info, plan, headers, frozenset(plan.blocks))


def _read_source(
    connection: duckdb.DuckDBPyConnection, name: str, *, source: SourceFile, paths: tuple[Path, Path]
) -> Header:
    path, scratch = paths
    if not path.is_file():
        raise refuse(
            f"le fichier de source {source.file} n’existe pas.", "Son chemin part du dossier donné à la commande."
        )
    shown = f"{path.name} › {source.part}" if source.part else path.name
    if path.suffix.lower() == ".duckdb":
        return _read_duckdb(connection, name, path=path, source=source)
    file = _as_file(connection, path, scratch=scratch, source=source)
    forget_refused_lines(connection)
    connection.execute(f"create table staging.{name} as select * from {file_sql(file)}")
    refused = keep_refused_lines(connection, name) if file.delimiter else 0
    return Header(shown, name, file.header, f"({line_sql(name, rid='s.rowid', refused=refused)})")


def _as_file(connection: duckdb.DuckDBPyConnection, path: Path, *, scratch: Path, source: SourceFile) -> RawFile:
    suffix = path.suffix.lower()
    if suffix in PARQUET_SUFFIXES:
        return RawFile(path, path.name, parquet_header(connection, path))
    if suffix in TEXT_SUFFIXES:
        return open_text(path, scratch=scratch)
    target = scratch / f"source-{len(list(scratch.iterdir()))}.csv"
    if suffix in WORKBOOK_SUFFIXES:
        book = open_workbook(path)
        write_sheet(book, _chosen(source, tuple(book.sheet_names)), target=target)
    elif suffix in _SQLITE_SUFFIXES:
        _write_sqlite(path, source, target)
    else:
        raise refuse(
            f"{path.name} n’est pas d’un type connu.", "CSV, XLSX, Parquet, SQLite (.sqlite, .db) ou DuckDB (.duckdb)."
        )
    return open_text(target, scratch=scratch, shown=path.name)


def _chosen(source: SourceFile, known: tuple[str, ...]) -> str:
    """The sheet or table asked for; the only one where nothing is asked."""
    if source.part is None and len(known) == 1:
        return known[0]
    if source.part not in known:
        asked = source.part or ""
        raise refuse(f"feuille ou table inconnue dans {source.file} : « {asked} ».", did_you_mean(asked, known))
    return source.part


def _write_sqlite(path: Path, source: SourceFile, target: Path) -> None:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("select name from sqlite_master where type in ('table', 'view')").fetchall()
            name = _chosen(source, tuple(row[0] for row in found))
            rows = connection.execute(f"select * from {identifier(name)}")
            with target.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, delimiter=";", lineterminator="\n")
                writer.writerow([column[0] for column in rows.description])
                writer.writerows(rows)
        except sqlite3.DatabaseError:
            raise refuse(f"{path.name} n’est pas une base SQLite lisible.", "Vérifiez le fichier.") from None


def _read_duckdb(connection: duckdb.DuckDBPyConnection, name: str, *, path: Path, source: SourceFile) -> Header:
    try:
        connection.execute(f"attach {literal(str(path))} as foreign_{name} (read_only)")
    except duckdb.Error:
        raise refuse(f"{path.name} n’est pas une base DuckDB lisible.", "Vérifiez le fichier et sa version.") from None
    known = connection.execute(
        "select table_name from duckdb_tables() where database_name = ?", [f"foreign_{name}"]
    ).fetchall()
    table = f"foreign_{name}.{identifier(_chosen(source, tuple(row[0] for row in known)))}"
    names = tuple(row[0] for row in connection.execute(f"describe {table}").fetchall())
    cells = ", ".join(f"cast({identifier(n)} as varchar) as c{i}" for i, n in enumerate(names))
    connection.execute(f"create table staging.{name} as select {cells} from {table}; detach foreign_{name}")
    return Header(path.name, name, names, "(s.rowid + 2)")


def _note_refused(connection: duckdb.DuckDBPyConnection, header: Header) -> None:
    rows = connection.execute(
        "select line, rule from staging.refused where relation = ? limit 10000", [header.name]
    ).fetchall()
    for line, rule_id in rows:
        rule = BY_ID[rule_id]
        add_problem(
            connection, Problem("", header.shown, line, None, rule_id, rule.severity, rule.sentence, rule.remedy)
        )
