"""Life events entered on the screen with the person, in a small SQLite file beside the store: no load ever touches it.

Several processes write at the same time, one for each open page, and a page may be forked before it writes: each
call opens the file and closes it, no connection outlives a call.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from pathlib import Path

from frise_analysis.store.event_file import NoSuchEvent, read, statement, writing
from frise_analysis.store.event_journal import Action, ActionKind, Declared, Entry, added_ids, replay

#: ``frise.duckdb`` -> ``frise.evenements.sqlite``.
SUFFIX = ".evenements.sqlite"
STORE_SUFFIX = ".duckdb"
#: Identifiers given here; an extraction has its own.
PREFIX = "saisi-"


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
        return read(self.path, lambda connection: replay(self._actions(connection, person_id))) or Declared()

    def people(self) -> tuple[str, ...]:
        """Pseudonyms of those on whose events somebody acted, in order; ``DeclaredUnusable`` as for :meth:`of`."""
        return read(self.path, self._people) or ()

    def add(self, person_id: str, entry: Entry) -> str:
        """A new event; its identifier. ``DeclaredUnusable`` where the file cannot be written."""
        event_id = PREFIX + secrets.token_hex(8)
        with writing(self.path) as connection:
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
        with writing(self.path) as connection:
            last = replay(self._actions(connection, person_id)).last
            if expected is not None and (last is None or last.action_id != expected):
                raise NoSuchEvent(expected)
            if last is not None:
                self._append(connection, person_id, ActionKind.UNDO, undoes=last.action_id)
            return last

    def _people(self, connection: sqlite3.Connection) -> tuple[str, ...]:
        found = connection.execute(statement("people"), {"fictional": self._fictional})
        return tuple(str(row["person_id"]) for row in found)

    def _act_on(self, person_id: str, event_id: str, kind: ActionKind, entry: Entry | None) -> None:
        with writing(self.path) as connection:
            actions = self._actions(connection, person_id)
            state = replay(actions)
            there = event_id in {x.event_id for x in state.events}
            if not there and (event_id in added_ids(actions) | state.hidden):
                raise NoSuchEvent(event_id)
            self._append(connection, person_id, kind, event_id=event_id, entry=entry)

    def _actions(self, connection: sqlite3.Connection, person_id: str) -> list[Action]:
        values = {"fictional": self._fictional, "person_id": person_id}
        return [_action(row) for row in connection.execute(statement("actions"), values)]

    def _append(self, connection: sqlite3.Connection, person_id: str, kind: ActionKind, **rest: object) -> None:
        entry = rest.pop("entry", None)
        said = asdict(entry) if isinstance(entry, Entry) else dict.fromkeys(_ENTRY)
        values = {
            "entered_at": datetime.now(UTC).isoformat(timespec="seconds"), "fictional": self._fictional,
            "person_id": person_id, "kind": kind.value, "event_id": None, "undoes": None, **said, **rest,
        }  # fmt: skip
        connection.execute(
            statement("append"), {k: x.isoformat() if isinstance(x, date) else x for k, x in values.items()}
        )


_ENTRY = tuple(x.name for x in fields(Entry))
_REQUIRED = ("start_date", "date_precision", "domain", "label")


def _action(row: Mapping[str, object]) -> Action:
    """One row of the file; ``ValueError`` or ``TypeError`` where it holds what no version of ours writes."""
    said = {name: _text(row[name]) for name in _ENTRY}
    entered_at = str(row["entered_at"])
    datetime.fromisoformat(entered_at)
    undoes = None if row["undoes"] is None else int(str(row["undoes"]))
    return Action(
        int(str(row["action_id"])), ActionKind(str(row["kind"])), entered_at, _text(row["event_id"]), _entry(said), undoes
    )  # fmt: skip


def _text(cell: object) -> str | None:
    if cell is not None and not isinstance(cell, str):
        raise TypeError(type(cell).__name__)
    return cell


def _entry(said: Mapping[str, str | None]) -> Entry | None:
    """What an action says of its event; None where it says nothing."""
    if said["start_date"] is None:
        return None
    if any(said[name] is None for name in _REQUIRED):
        raise TypeError("NoneType")
    days = {k: None if said[k] is None else date.fromisoformat(str(said[k])) for k in ("start_date", "end_date")}
    return Entry(**{**said, **days})  # type: ignore[arg-type]
