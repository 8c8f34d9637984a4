"""Life events entered on the screen with the person, in a small SQLite file beside the store: no load ever touches it.

Several processes write at the same time, one for each open page, and a page may be forked before it writes: each
call opens the file and closes it, no connection outlives a call.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from filelock import FileLock, Timeout

from frise_analysis.records.problems import UnreadableInput
from frise_analysis.store.event_journal import Action, ActionKind, Declared, Entry, added_ids, replay

#: ``frise.duckdb`` -> ``frise.evenements.sqlite``.
SUFFIX = ".evenements.sqlite"
STORE_SUFFIX = ".duckdb"
#: Identifiers given here; an extraction has its own.
PREFIX = "saisi-"
APPLICATION, VERSION = int.from_bytes(b"FRSE", "big"), 1
#: How long a write waits for another to end, in seconds.
PATIENCE = 10.0


class DeclaredUnusable(UnreadableInput):
    """The file of entered events cannot be read or written: a sentence that says why and what to do."""


class NoSuchEvent(LookupError):
    """What was to be changed, removed or taken back is not there any more: somebody acted meanwhile."""


def declared_path(store: Path) -> Path:
    """Where the events entered on the people of a store are kept."""
    return store.with_name(store.name.removesuffix(STORE_SUFFIX) + SUFFIX)


class DeclaredEvents:
    """The events entered on the people of one store. Nothing is created before the first writing."""

    def __init__(self, path: Path, *, fictional: bool) -> None:
        self.path = path
        self._fictional = int(fictional)

    def of(self, person_id: str) -> Declared:
        """What was entered on one person; ``DeclaredUnusable`` where the file cannot be read."""
        if not self.path.exists():
            return Declared()
        with _sentences(self.path), self._opened("ro") as connection:
            return replay(self._actions(connection, person_id))

    def people(self) -> tuple[str, ...]:
        """Pseudonyms of those on whose events somebody acted, in order; ``DeclaredUnusable`` as for :meth:`of`."""
        if not self.path.exists():
            return ()
        with _sentences(self.path), self._opened("ro") as connection:
            found = connection.execute(_sql("people"), {"fictional": self._fictional})
            return tuple(str(row["person_id"]) for row in found)

    def add(self, person_id: str, entry: Entry) -> str:
        """A new event; its identifier. ``DeclaredUnusable`` where the file cannot be written."""
        event_id = PREFIX + secrets.token_hex(8)
        with self._writing() as connection:
            self._append(connection, person_id, ActionKind.ADD, event_id=event_id, entry=entry)
        return event_id

    def change(self, person_id: str, event_id: str, entry: Entry) -> None:
        """Another version of an event, entered here or imported; ``NoSuchEvent`` where it was removed meanwhile."""
        self._act_on(person_id, event_id, ActionKind.CHANGE, entry)

    def remove(self, person_id: str, event_id: str) -> None:
        """Take an event away, entered here or imported; ``NoSuchEvent`` where it was removed meanwhile."""
        self._act_on(person_id, event_id, ActionKind.REMOVE, None)

    def undo(self, person_id: str, *, expected: int | None = None) -> Action | None:
        """Take back the last action that still holds on this person; that action, None where there is none.

        ``NoSuchEvent`` where it is not the action ``expected``: somebody acted meanwhile.
        """
        if not self.path.exists():
            return None
        with self._writing() as connection:
            last = replay(self._actions(connection, person_id)).last
            if expected is not None and (last is None or last.action_id != expected):
                raise NoSuchEvent(expected)
            if last is not None:
                self._append(connection, person_id, ActionKind.UNDO, undoes=last.action_id)
            return last

    def _act_on(self, person_id: str, event_id: str, kind: ActionKind, entry: Entry | None) -> None:
        with self._writing() as connection:
            actions = self._actions(connection, person_id)
            state = replay(actions)
            there = event_id in {x.event_id for x in state.events}
            if not there and (event_id in added_ids(actions) or event_id in state.hidden):
                raise NoSuchEvent(event_id)
            self._append(connection, person_id, kind, event_id=event_id, entry=entry)

    def _actions(self, connection: sqlite3.Connection, person_id: str) -> list[Action]:
        values = {"fictional": self._fictional, "person_id": person_id}
        return [_action(row) for row in connection.execute(_sql("actions"), values)]

    def _append(self, connection: sqlite3.Connection, person_id: str, kind: ActionKind, **rest: object) -> None:
        entry = rest.pop("entry", None)
        said = asdict(entry) if isinstance(entry, Entry) else dict.fromkeys(_ENTRY)
        values = {
            "entered_at": datetime.now(UTC).isoformat(timespec="seconds"), "fictional": self._fictional,
            "person_id": person_id, "kind": kind.value, "event_id": None, "undoes": None, **said, **rest,
        }  # fmt: skip
        connection.execute(_sql("append"), {k: x.isoformat() if isinstance(x, date) else x for k, x in values.items()})

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One action, alone: what it reads is still true when it writes."""
        with _sentences(self.path):
            if not self.path.exists():
                _create(self.path)
            with self._opened("rw") as connection:
                connection.execute("begin immediate")
                try:
                    yield connection
                except BaseException:
                    connection.execute("rollback")
                    raise
                connection.execute("commit")

    @contextmanager
    def _opened(self, mode: str) -> Iterator[sqlite3.Connection]:
        place = f"{self.path.absolute().as_uri()}?mode={mode}"
        with closing(sqlite3.connect(place, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            _recognise(connection, self.path)
            yield connection


_ENTRY = tuple(x.name for x in fields(Entry))


def _action(row: Mapping[str, object]) -> Action:
    said = {name: row[name] for name in _ENTRY}
    days = {k: None if said[k] is None else date.fromisoformat(str(said[k])) for k in ("start_date", "end_date")}
    entry = None if said["start_date"] is None else Entry(**{**said, **days})  # type: ignore[arg-type]
    return Action(
        int(str(row["action_id"])), ActionKind(str(row["kind"])), str(row["entered_at"]), row["event_id"], entry, row["undoes"]  # type: ignore[arg-type]
    )  # fmt: skip


def _create(path: Path) -> None:
    """A whole file put in place at once, for its owner only: no other process ever sees half of it."""
    if not path.parent.is_dir():
        raise NotADirectoryError(path.parent)  # the lock would make it
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE, mode=0o600)
    with lock:
        if path.exists():
            return
        new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(new)) as connection:
                connection.executescript(_sql("create"))
            # What a deleted file left beside it would be read as the end of the new one.
            for left in ("-wal", "-shm"):
                path.with_name(path.name + left).unlink(missing_ok=True)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    marks = [int(connection.execute(f"pragma {name}").fetchone()[0]) for name in ("application_id", "user_version")]
    if marks != [APPLICATION, VERSION]:
        raise DeclaredUnusable(
            f"Le fichier {path} n’est pas un fichier d’évènements de vie de cette version de Frise ; il n’est ni lu ni changé.",
            remedy="Déplacez-le s’il n’est pas à sa place, ou demandez à la personne qui tient l’installation.",
        )


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """What the engine or the system refuses, as a sentence. The engine's own messages may quote what was typed."""
    try:
        yield
    except (sqlite3.Error, ValueError) as error:
        raise _refusal(path, error) from None
    except (OSError, Timeout):
        raise DeclaredUnusable(
            f"On ne peut pas écrire dans le dossier du fichier {path}.",
            remedy="Vérifiez vos droits et l’espace disque.",
        ) from None


def _refusal(path: Path, error: Exception) -> DeclaredUnusable:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
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


@cache
def _sql(name: str) -> str:
    return (resources.files("frise_analysis.store") / "sql" / "declared" / f"{name}.sql").read_text(encoding="utf-8")
