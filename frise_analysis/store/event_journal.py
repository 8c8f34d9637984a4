"""The journal of what was entered on the life events of one person, and its replay. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from frise_analysis.vocabulary import DatePrecision


class ActionKind(StrEnum):
    """What somebody did."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    UNDO = "undo"


@dataclass(frozen=True)
class Entry:
    """What is said of one life event.

    ``end_date`` is None while it lasts and the start for one point in time; ``end_precision`` None is that of the start.
    """

    start_date: date
    domain: str
    label: str
    date_precision: str = DatePrecision.DAY.value
    end_date: date | None = None
    end_precision: str | None = None
    direction: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Action:
    """One line of the journal. ``entry`` is there for what was added or changed, ``undoes`` for an undo."""

    action_id: int
    kind: ActionKind
    entered_at: str
    event_id: str | None = None
    entry: Entry | None = None
    undoes: int | None = None


@dataclass(frozen=True)
class DeclaredEvent:
    """One life event as it was last entered. ``replaces`` is the imported event it stands for, None where it was added."""

    event_id: str
    start_date: date
    date_precision: str
    end_date: date | None
    end_precision: str | None
    domain: str
    direction: str | None
    label: str
    source: str | None
    entered_at: str
    replaces: str | None


@dataclass(frozen=True)
class Declared:
    """What was entered on one person: events in order of date, imported ones that are removed, the next action to be undone.

    ``withdrawn``: events that were added here and are there no more. An export of this file may have been loaded meanwhile:
    those are hidden too, wherever they come from. ``before``: what ``last`` changed or removed, None where it was not entered here.
    """

    events: tuple[DeclaredEvent, ...] = ()
    hidden: frozenset[str] = frozenset()
    last: Action | None = None
    withdrawn: frozenset[str] = frozenset()
    before: DeclaredEvent | None = None

    @property
    def replaced(self) -> frozenset[str]:
        """Imported events that another version stands for."""
        return frozenset(x.replaces for x in self.events if x.replaces is not None)


def standing(actions: Sequence[Action]) -> tuple[Action, ...]:
    """The actions that still hold: those that are no undo and that no undo took back."""
    undone = {x.undoes for x in actions}
    return tuple(x for x in actions if x.kind != ActionKind.UNDO and x.action_id not in undone)


def added_ids(actions: Sequence[Action]) -> frozenset[str]:
    """Events that were ever added here, undone or not: any other event comes from the store."""
    return frozenset(x.event_id for x in actions if x.kind == ActionKind.ADD and x.event_id is not None)


def replay(actions: Sequence[Action]) -> Declared:
    """The state that the actions lead to, in their order."""
    own = added_ids(actions)
    kept = standing(actions)
    events: dict[str, DeclaredEvent] = {}
    hidden: set[str] = set()
    before: DeclaredEvent | None = None
    for action in kept:
        name = action.event_id or ""
        before = events.get(name)
        if action.entry is not None:
            events[name] = _event(name, action, imported=name not in own)
            continue
        events.pop(name, None)
        hidden.add(name)
    ordered = sorted(events.values(), key=lambda x: (x.start_date, x.event_id))
    last = kept[-1] if kept else None
    return Declared(tuple(ordered), frozenset(hidden - own), last, own - set(events), before)


def _event(event_id: str, action: Action, *, imported: bool) -> DeclaredEvent:
    entry = action.entry
    assert entry is not None
    return DeclaredEvent(
        event_id=event_id, start_date=entry.start_date, date_precision=entry.date_precision, end_date=entry.end_date,
        end_precision=entry.end_precision, domain=entry.domain, direction=entry.direction, label=entry.label,
        source=entry.source, entered_at=action.entered_at, replaces=event_id if imported else None,
    )  # fmt: skip
