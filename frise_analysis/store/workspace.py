"""Build a store in a private directory beside the old one, and put it in its place in one step."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from frise_analysis.store.engine import StoreUnusable

DEFAULT_MEMORY = "2GB"
MEMORY_VARIABLE = "FRISE_MEMORY"
#: The optimizer that a load does without: see :func:`connect`.
PLAIN_LISTS = "in_clause"


class LoadRefused(StoreUnusable):
    """The load cannot start or cannot end: a sentence that says why. The old store is as it was."""


@contextmanager
def beside(store: Path) -> Iterator[Path]:
    """A private directory beside the store, held by one load at a time; what a stopped load left there is removed."""
    if not store.parent.is_dir():
        raise LoadRefused(f"Le dossier de la base n’existe pas : {store.parent}. Créez-le d’abord.")
    lock = FileLock(store.parent / f".{store.name}.lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise LoadRefused("Un autre chargement de cette base est en cours. Attendez qu’il se termine.") from None
    except OSError:
        raise LoadRefused(
            f"On ne peut pas écrire dans le dossier de la base : {store.parent}. Vérifiez vos droits."
        ) from None
    try:
        _remove_leftovers(store)
        directory = store.parent / f".{store.name}.loading-{secrets.token_hex(4)}"
        directory.mkdir(mode=0o700)
        try:
            yield directory
        finally:
            shutil.rmtree(directory, ignore_errors=True)
    finally:
        lock.release()


def _remove_leftovers(store: Path) -> None:
    for left in store.parent.glob(f".{store.name}.loading-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def elsewhere() -> Iterator[Path]:
    """A private directory that lasts as long as a check."""
    with tempfile.TemporaryDirectory(prefix="frise-") as directory:
        yield Path(directory)


def connect(file: Path, *, directory: Path, memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """A new store file to write in, with ``staging`` attached; memory is bounded, what exceeds it goes to ``directory``."""
    temporary = directory / "tmp"
    temporary.mkdir(mode=0o700, exist_ok=True)
    config = {
        "temp_directory": str(temporary),
        "memory_limit": memory or os.environ.get(MEMORY_VARIABLE, DEFAULT_MEMORY),
        "storage_compatibility_version": "v1.5.0",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        connection = duckdb.connect(str(file), config=config)  # type: ignore[arg-type]
    except duckdb.Error:
        raise LoadRefused(
            "La base ne peut pas être préparée : vérifiez l’espace disque et la limite de mémoire (ex. 2GB)."
        ) from None
    connection.execute("set enable_progress_bar = false")
    # Turning each list of codes into a join costs ten times more than reading a small file, and gains nothing on a large one.
    connection.execute(f"set disabled_optimizers = '{PLAIN_LISTS}'")
    connection.execute(f"attach '{str(directory / 'staging.duckdb').replace(chr(39), chr(39) * 2)}' as staging")
    return connection


def swap(new: Path, store: Path) -> None:
    """Put ``new`` in the place of ``store``, on disk before it is seen."""
    new.chmod(0o600)
    _flush(new)
    new.replace(store)
    _flush(store.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
