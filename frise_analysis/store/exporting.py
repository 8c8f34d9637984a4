"""Write a store back as a bundle that loads into the same store."""

from __future__ import annotations

import json
from contextlib import closing
from enum import StrEnum
from pathlib import Path

import duckdb

from frise_analysis.records.bundle import FILE_NAME
from frise_analysis.records.cells import literal
from frise_analysis.records.contract import TABLES, Table
from frise_analysis.records.problems import UnreadableInput
from frise_analysis.store.engine import open_store


class Shape(StrEnum):
    """Kind of files written."""

    CSV = "csv"
    PARQUET = "parquet"


_OPTIONS = {Shape.CSV: "format csv, header, delimiter ';'", Shape.PARQUET: "format parquet"}


def export(store: Path, out: Path, *, shape: Shape = Shape.CSV) -> dict[str, int]:
    """Write each table in a new folder ``out``; the result gives the rows of each file.

    ``UnreadableInput`` where ``out`` already holds something, ``StoreUnusable`` where there is no store.
    """
    open_store(store).close()
    _make_folder(out)
    with closing(
        duckdb.connect(str(store), read_only=True, config={"autoload_known_extensions": "false"})
    ) as connection:
        written = {t.name: _write(connection, t, out=out, shape=shape) for t in TABLES if _wanted(connection, t)}
        meta = dict(connection.execute("select key, value from meta").fetchall())
    (out / FILE_NAME).write_text(_bundle_toml(meta), encoding="utf-8")
    return written


def _make_folder(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UnreadableInput(
            f"Il y a déjà quelque chose à l’endroit indiqué : {out}.", remedy="Donnez un dossier nouveau ou vide."
        )
    # The files hold what the store holds: nobody else reads them.
    out.mkdir(mode=0o700, parents=True, exist_ok=True)


def _wanted(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
    return table.required or connection.execute(f"select 1 from {table.name} limit 1").fetchone() is not None


def _write(connection: duckdb.DuckDBPyConnection, table: Table, *, out: Path, shape: Shape) -> int:
    columns = ", ".join(c.name for c in table.columns)
    file = out / f"{table.name}.{shape.value}"
    done = connection.execute(f"copy (select {columns} from {table.name}) to {literal(str(file))} ({_OPTIONS[shape]})")
    row = done.fetchone()
    file.chmod(0o600)
    return int(row[0]) if row else 0


def _bundle_toml(meta: dict[str, str]) -> str:
    lines = [
        f"source = {json.dumps(meta['source'])}",
        f"service = {json.dumps(meta['service'])}",
        f"extraction_date = {meta['extraction_date']}",
        f"fictional = {meta['fictional']}",
    ]
    versions = [part.partition(" ") for part in meta["nomenclature"].split("; ") if part]
    lines += (
        ["", "[nomenclatures]", *(f"{json.dumps(k)} = {json.dumps(x)}" for k, _, x in versions)] if versions else []
    )
    return "\n".join(lines) + "\n"
