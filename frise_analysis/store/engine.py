"""Open a store and ask it named questions. The questions are the files of ``store/sql/queries``."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import resources
from itertools import takewhile
from pathlib import Path

import duckdb
import pandas as pd

from frise_analysis.store.declared import DeclaredEvents, declared_path

#: Raised whenever a store written by an older version can no longer be read as it is.
SCHEMA_VERSION = "2"


class StoreUnusable(Exception):
    """The store cannot be opened: a sentence that says why and what to do."""


@dataclass(frozen=True)
class StoreInfo:
    """What the store says of itself."""

    source: str
    service: str
    extraction_date: date
    fictional: bool
    loaded_at: str
    load_id: str


class Store:
    """A read-only store. One connection, used from one thread."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection, info: StoreInfo) -> None:
        self.path = path
        self.info = info
        self._connection = connection
        self._file = _identity(path)
        self._prepared: dict[str, dict[str, object]] = {}

    def prepare(self, name: str, **parameters: object) -> None:
        """Make the temporary table of ``store/sql/prepare/<name>.sql``, which lives as long as this connection and never in the file.

        Made once for the same parameters in a row: every question on it then finds it ready. One made again makes those that
        were made after it be made again too: they may have been made from it.
        """
        if self._prepared.get(name) != parameters:
            earlier = takewhile(lambda made: made[0] != name, self._prepared.items())
            self._prepared = dict(earlier)
            self._connection.execute(preparation(name), parameters or None)
            self._prepared[name] = parameters

    def query(self, name: str, **parameters: object) -> pd.DataFrame:
        """The answer to ``store/sql/queries/<name>.sql``, its ``$name`` parameters filled in."""
        return self._connection.execute(question(name), parameters or None).df()

    def rows(self, name: str, **parameters: object) -> list[dict[str, object]]:
        """The same answer as plain values, dates as ``datetime.date``: for one person's few rows."""
        cursor = self._connection.execute(question(name), parameters or None)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    @cached_property
    def declared(self) -> DeclaredEvents:
        """The life events entered on the screen, which no load touches."""
        return DeclaredEvents(declared_path(self.path), fictional=self.info.fictional)

    def replaced(self) -> bool:
        """Whether a load has put another file in this one's place since it was opened."""
        return _identity(self.path) != self._file

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@cache
def question(name: str) -> str:
    """The SQL text of one named question."""
    return (resources.files("frise_analysis.store") / "sql" / "queries" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def preparation(name: str) -> str:
    """The SQL text of one prepared table."""
    return (resources.files("frise_analysis.store") / "sql" / "prepare" / f"{name}.sql").read_text(encoding="utf-8")


def open_store(path: Path | str) -> Store:
    """Open a store for reading; ``StoreUnusable`` says why it cannot be."""
    path = Path(path)
    if not path.is_file():
        raise StoreUnusable(
            f"Il n’y a pas de base à l’endroit indiqué ({path}). Chargez d’abord des données : frise load DOSSIER --store {path}"
        )
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_limits())
    except duckdb.Error:
        raise StoreUnusable(
            f"Le fichier {path} n’est pas une base Frise lisible. Rechargez les données : frise load DOSSIER --store {path}"
        ) from None
    return Store(path, connection, _read_info(path, connection))


def read_meta(path: Path) -> dict[str, str]:
    """What a file says of itself as a store, of this version or another; nothing where it is none."""
    if not path.is_file() or not path.stat().st_size:
        return {}
    try:
        with closing(duckdb.connect(str(path), read_only=True, config=_limits())) as connection:
            return dict(connection.execute("select key, value from meta").fetchall())
    except duckdb.Error:
        return {}


def _limits() -> dict[str, str | bool | int | float | list[str]]:
    return {
        "threads": 2,
        "memory_limit": "1GB",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "enable_external_access": False,
    }


def _read_info(path: Path, connection: duckdb.DuckDBPyConnection) -> StoreInfo:
    try:
        meta = dict(connection.execute("select key, value from meta").fetchall())
    except duckdb.Error:
        meta = {}
    if meta.get("schema_version") != SCHEMA_VERSION:
        connection.close()
        raise StoreUnusable(
            f"La base {path} vient d’une autre version de Frise. Rechargez les données : frise load DOSSIER --store {path}"
        )
    return StoreInfo(
        source=meta["source"],
        service=meta["service"],
        extraction_date=date.fromisoformat(meta["extraction_date"]),
        fictional=meta["fictional"] == "true",
        loaded_at=meta["loaded_at"],
        load_id=meta["load_id"],
    )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
