"""Build a store in a private directory beside the old one, and put it in its place in one step."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        remove_stale()
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
    remove_stale()
    with tempfile.TemporaryDirectory(prefix=f"frise-{os.getpid()}-") as directory:
        yield Path(directory)


#: All that a check writes in its directory; one that holds anything else is somebody's own.
_OWN_FILES = frozenset({"new.duckdb", "new.duckdb.wal", "staging.duckdb", "staging.duckdb.wal", "text", "tmp"})
_DAY = 86_400


def remove_stale() -> None:
    """Remove what killed checks of this account left in the temporary folder: it holds records."""
    for left in Path(tempfile.gettempdir()).glob("frise-*"):
        # Accounts have no number on every system.
        with suppress(OSError, AttributeError):
            if _is_stale(left):
                shutil.rmtree(left, ignore_errors=True)


def _is_stale(left: Path) -> bool:
    facts = left.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid() or stat.S_IMODE(facts.st_mode) != 0o700:
        return False
    names = {path.name for path in left.iterdir()}
    if not names or not names <= _OWN_FILES:
        return False
    number = left.name.split("-")[1]
    return time.time() - facts.st_mtime > _DAY or (
        left.name.count("-") == 2 and number.isdigit() and not _runs(int(number))
    )


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


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
