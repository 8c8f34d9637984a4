"""Load a bundle into a store, or only check it. Nothing is half loaded: the store is swapped at the very end."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import duckdb

from frise_analysis.records.bundle import BundleInfo
from frise_analysis.records.contract import TABLES
from frise_analysis.store import families
from frise_analysis.store.assembly import add_table, create_reports
from frise_analysis.store.engine import SCHEMA_VERSION, StoreUnusable, open_store
from frise_analysis.store.mapped import open_mapped
from frise_analysis.store.replacing import (
    protect_real_records,
    refuse_hollow,
    require_replaceable,
    require_report_place,
)
from frise_analysis.store.reporting import LoadReport, read_report, write_csv
from frise_analysis.store.sources import Source, open_files
from frise_analysis.store.staging import Sizes, prepare
from frise_analysis.store.workspace import LoadRefused, beside, connect, elsewhere, swap

#: Called with the name of each table about to be read, and the number of steps.
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Options:
    """``report``: where all problems are written as CSV; ``memory``: what the engine may use; ``progress``: told of each step.

    ``sizes``: what counts as a large table; ``force``: fictional people may take the place of real ones.
    """

    mapping: Path | None = None
    report: Path | None = None
    memory: str | None = None
    progress: Progress = field(default=lambda _name, _steps: None)
    sizes: Sizes = field(default_factory=Sizes)
    force: bool = False


def load(bundle: Path, *, store: Path, options: Options | None = None) -> LoadReport:
    """Check every row of a bundle and put the sound ones in a new store, which takes the place of the old one.

    ``UnreadableInput`` where the bundle cannot be read, ``LoadRefused`` where the store cannot be written; in both cases,
    and whenever the load is stopped, the old store stays as it was.
    """
    store, options = store.resolve(), options or Options()
    require_replaceable(store)
    with beside(store) as directory:
        report, info = _build(bundle, directory, options, old=store)
        refuse_hollow(report, empty=info.empty)
        _finish(directory / "new.duckdb", report)
        swap(directory / "new.duckdb", store)
    return report


def check(bundle: Path, *, options: Options | None = None) -> LoadReport:
    """The same checks as ``load``, without a store."""
    with elsewhere() as directory:
        return _build(bundle, directory, options or Options(), old=None)[0]


def _build(bundle: Path, directory: Path, options: Options, old: Path | None) -> tuple[LoadReport, BundleInfo]:
    if options.report is not None:
        require_report_place(options.report)
    scratch = directory / "text"
    scratch.mkdir(mode=0o700)
    try:
        with closing(connect(directory / "new.duckdb", directory=directory, memory=options.memory)) as connection:
            prepare(connection)
            create_reports(connection)
            source = _open(connection, bundle, scratch=scratch, options=options)
            if old is not None:
                protect_real_records(old, fictional=source.info.fictional, force=options.force)
            _fill(connection, source, options.progress, old)
            if old is not None:
                _derive(connection)
            report = read_report(connection)
            if options.report is not None:
                write_csv(connection, options.report)
            connection.execute("detach staging; checkpoint")
            return report, source.info
    except duckdb.Error as error:
        if os.environ.get("FRISE_DEBUG") == "1":
            raise
        # The engine quotes cells in its messages: only the kind of error may be shown.
        raise LoadRefused(f"Le moteur de données s’est arrêté ({type(error).__name__}). {_advice(error)}") from None
    except OSError as error:
        raise _stopped(error) from None


def _stopped(error: OSError) -> LoadRefused:
    """What the system refused, without the path: it may be a working file nobody knows."""
    reason = error.strerror or type(error).__name__
    return LoadRefused(f"Un fichier ne peut pas être lu ou écrit ({reason}). Vérifiez les droits et l’espace disque.")


def _open(connection: duckdb.DuckDBPyConnection, bundle: Path, *, scratch: Path, options: Options) -> Source:
    if options.mapping is None:
        source = open_files(connection, bundle, scratch=scratch)
        source.sizes = options.sizes
        return source
    return open_mapped(connection, bundle, scratch=scratch, mapping=options.mapping)


def _advice(error: duckdb.Error) -> str:
    if isinstance(error, duckdb.OutOfMemoryException):
        return "Donnez-lui plus de mémoire avec --memory, par exemple 4GB, et vérifiez l’espace disque."
    return "Vérifiez l’espace disque et relancez ; la base précédente est intacte."


def _fill(connection: duckdb.DuckDBPyConnection, source: Source, progress: Progress, old: Path | None) -> None:
    connection.execute("set variable extraction = ?::date", [source.info.extraction_date])
    families.create_natinf(connection, old=old)
    source.write_notes()
    for table in TABLES:
        progress(table.name, len(TABLES))
        add_table(connection, source.stage(table), given=source.given)
        connection.execute(f"drop view staging.rows_{table.name}; drop table staging.{table.name}")
    _write_meta(connection, source.info)


def _write_meta(connection: duckdb.DuckDBPyConnection, info: BundleInfo) -> None:
    values = {
        "schema_version": SCHEMA_VERSION,
        "source": info.source,
        "service": info.service,
        "extraction_date": info.extraction_date.isoformat(),
        "fictional": "true" if info.fictional else "false",
        "loaded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "load_id": secrets.token_hex(8),
        "nomenclature": "; ".join(f"{k} {x}" for k, x in sorted(info.nomenclatures.items())),
    }
    connection.execute("create table meta (key varchar, value varchar)")
    for pair in values.items():
        connection.execute("insert into meta values (?, ?)", pair)


def _derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the views, then the tables made from those of the bundle so that no screen makes them again."""
    for statement in (*views(), *derivations()):
        connection.execute(statement)


def _finish(file: Path, report: LoadReport) -> None:
    """Open the new file as a reader will and count again."""
    try:
        with closing(duckdb.connect(str(file))) as connection:
            for count in report.tables:
                _verify(connection, count.table, count.loaded, count.read - count.rejected)
        open_store(file).close()
    except (duckdb.Error, StoreUnusable) as error:
        raise LoadRefused(
            f"La nouvelle base n’a pas passé sa vérification ({type(error).__name__}) ; l’ancienne est gardée."
        ) from None


def views() -> list[str]:
    """SQL text of every view of a store, in the order of their names."""
    return _texts("views")


def derivations() -> list[str]:
    """SQL text of what makes the derived tables of a store, in order: each file reads what those before it made."""
    return _texts("derived")


def _texts(name: str) -> list[str]:
    folder = resources.files("frise_analysis.store") / "sql" / name
    found = [f for f in folder.iterdir() if f.name.endswith(".sql")] if folder.is_dir() else []
    return [f.read_text(encoding="utf-8") for f in sorted(found, key=lambda f: f.name)]


def _verify(connection: duckdb.DuckDBPyConnection, table: str, loaded: int, expected: int) -> None:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    if row is None or not row[0] == loaded == expected:
        raise LoadRefused(f"La table {table} n’a pas le nombre de lignes attendu ; l’ancienne base est gardée.")
