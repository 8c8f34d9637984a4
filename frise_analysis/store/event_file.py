"""The SQLite file of entered events: how it is made, opened and recognised, and what is said where it cannot be.

It has a rollback journal, not a write-ahead log: a line at a time needs no more, and a log cannot be read in a folder where
nothing may be written. A file that an earlier version left with a log is read, and loses it at the next writing.
"""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from frise_analysis.records.problems import UnreadableInput

_T = TypeVar("_T")
APPLICATION, VERSION = int.from_bytes(b"FRSE", "big"), 1
#: How long a call waits for another process to end its writing, in seconds.
PATIENCE = 10.0
#: What SQLite writes beside a file, and would read as the end of another one put in its place.
JOURNALS = ("-journal", "-wal", "-shm")
_LEFT = re.compile(r"[0-9a-f]{8}(-journal|-wal|-shm)?")


class DeclaredUnusable(UnreadableInput):
    """The file of entered events cannot be read or written: a sentence that says why and what to do."""


class NoSuchEvent(LookupError):
    """What was to be changed, removed or taken back is not there any more: somebody acted meanwhile."""


def read(path: Path, answer: Callable[[sqlite3.Connection], _T]) -> _T | None:
    """What the file answers, None where there is no file; ``DeclaredUnusable`` where it cannot be read."""
    with sentences(path):
        if not path.exists():
            return None
        try:
            with _opened(path, "mode=ro") as connection:
                return answer(connection)
        except sqlite3.OperationalError as error:
            way = _other_way(path, error)
        with _opened(path, way) as connection:
            return answer(connection)


def _other_way(path: Path, error: sqlite3.OperationalError) -> str:
    """How to read a file that does not open read-only; the same error where there is no other way."""
    # The driver has errors of its own, without a code.
    if getattr(error, "sqlite_errorcode", None) in {sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY}:
        return "mode=rw"  # A writing was cut short: whoever may write takes it back.
    if _code(error) in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN} and not any(
        _holds_lines(path, x) for x in JOURNALS[:2]
    ):
        return "mode=ro&immutable=1"  # A log without a line, in a folder where it cannot be opened: the file is whole.
    raise error


def _holds_lines(path: Path, journal: str) -> bool:
    beside = path.with_name(path.name + journal)
    return beside.exists() and beside.stat().st_size > 0


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One action, alone: what it reads is still true when it writes. The file is made where there is none."""
    with sentences(path):
        if not path.exists():
            _create(path)
        with _opened(path, "mode=rw") as connection:
            _without_log(connection)
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")


def _without_log(connection: sqlite3.Connection) -> None:
    """Give a file of an earlier version its rollback journal; while another process has it open, it keeps its log."""
    try:
        connection.execute("pragma journal_mode = delete")
    except sqlite3.OperationalError as error:
        if _code(error) not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise


@contextmanager
def _opened(path: Path, way: str) -> Iterator[sqlite3.Connection]:
    place = f"{path.absolute().as_uri()}?{way}"
    with closing(sqlite3.connect(place, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        _recognise(connection, path)
        yield connection


def _create(path: Path) -> None:
    """A whole file put in place at once, for its owner only: no other process ever sees half of it."""
    if not path.parent.is_dir():
        raise NotADirectoryError(path.parent)  # the lock would make it
    with FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE, mode=0o600):
        if path.exists():
            return
        _clear(path)
        new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(new)) as connection:
                connection.executescript(statement("create"))
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Remove what a process killed while it made the file has left, and the journals of a file that somebody deleted."""
    begins = f".{path.name}."
    for left in list(path.parent.iterdir()):
        if left.name.startswith(begins) and _LEFT.fullmatch(left.name.removeprefix(begins)):
            left.unlink(missing_ok=True)
    for journal in JOURNALS:
        path.with_name(path.name + journal).unlink(missing_ok=True)


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    marks = [int(connection.execute(f"pragma {name}").fetchone()[0]) for name in ("application_id", "user_version")]
    if marks != [APPLICATION, VERSION]:
        raise DeclaredUnusable(
            f"Le fichier {path} n’est pas un fichier d’évènements de vie de cette version de Frise ; il n’est ni lu ni changé.",
            remedy="Déplacez-le s’il n’est pas à sa place, ou demandez à la personne qui tient l’installation.",
        )


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """What the engine or the system refuses, as a sentence. The engine's own messages may quote what was typed."""
    try:
        yield
    except NoSuchEvent:
        raise
    except UnicodeEncodeError:
        raise DeclaredUnusable(
            "Ce texte contient un signe qui ne peut pas être écrit.", remedy="Retapez-le, puis recommencez."
        ) from None
    except (sqlite3.Error, ValueError, LookupError, TypeError) as error:
        raise _refusal(path, error) from None
    except (OSError, Timeout):
        raise DeclaredUnusable(
            f"On ne peut pas écrire dans le dossier du fichier {path}.",
            remedy="Vérifiez vos droits et l’espace disque.",
        ) from None


def _refusal(path: Path, error: Exception) -> DeclaredUnusable:
    code = _code(error)
    if _is_folder(path):
        return DeclaredUnusable(
            f"Il y a un dossier à la place du fichier d’évènements de vie {path}.",
            remedy="Déplacez-le, puis remettez la dernière sauvegarde du fichier, s’il y en a une.",
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DeclaredUnusable(
            "Un autre poste écrit des évènements de vie depuis trop longtemps.", remedy="Recommencez dans un instant."
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_PERM}:
        return DeclaredUnusable(
            f"Le fichier {path} ne peut pas être ouvert ou écrit.", remedy="Vérifiez vos droits et l’espace disque."
        )
    return DeclaredUnusable(
        f"Le fichier d’évènements de vie {path} est abîmé.",
        remedy="Mettez-le de côté, puis remettez sa dernière sauvegarde ; la frise s’ouvre sans lui.",
    )


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir()
    return False


@cache
def statement(name: str) -> str:
    """The SQL statement of that name."""
    return (resources.files("frise_analysis.store") / "sql" / "declared" / f"{name}.sql").read_text(encoding="utf-8")
