"""The life events of a person as the screen lists them, and all that was entered on a store."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

import pandas as pd

from frise_analysis.analysis.interview import is_note
from frise_analysis.analysis.person_path import PersonPath, Record, declared_or_refusal, merged_events
from frise_analysis.analysis.words import label_of, when
from frise_analysis.store.engine import Store
from frise_analysis.store.event_journal import Action, ActionKind, Declared, DeclaredEvent
from frise_analysis.vocabulary import EventSource, Lane, LifeDirection, LifeDomain


class Origin(StrEnum):
    """Where an event of the list comes from, in the words shown."""

    IMPORTED = "importé"
    CHANGED = "importé, modifié ici"
    ADDED = "ajouté ici"


@dataclass(frozen=True)
class ListedEvent:
    """One life event, whole: an end after the extraction is there too. ``on_frise`` is false for what came later."""

    record: Record
    origin: Origin
    on_frise: bool


@dataclass(frozen=True)
class EventList:
    """The events of one person, latest first; ``refusal`` says why the file of entered events cannot be read.

    ``last``: the next action to be undone; ``masked``: imported events that were removed here. Of a path beside the person, the
    notes of the officer are not among the events, what the officer did is not told, and nothing is counted that is not shown.
    """

    events: tuple[ListedEvent, ...]
    last: Action | None = None
    masked: int = 0
    refusal: str = ""

    def find(self, event_id: str) -> ListedEvent | None:
        """The event of that identifier, if it is listed."""
        return next((x for x in self.events if x.record.record_id == event_id), None)


def listed_events(store: Store, path: PersonPath) -> EventList:
    """Every life event of the person, those after the extraction included; beside the person, those that they told."""
    rows = store.rows("trajectory", person_key=path.person.person_key, as_of=date.max)
    names = {x.name for x in fields(Record)}
    imported = [
        Record(**{k: x for k, x in row.items() if k in names})  # type: ignore[arg-type]
        for row in rows
        if row["lane"] == Lane.LIFE_EVENTS
    ]
    declared, refusal = declared_or_refusal(store, path.person.person_id)
    events = _listed(imported, declared, path)
    if path.beside_person:
        return EventList(events, declared.last if _told(declared, imported) else None, refusal=refusal)
    gone = declared.hidden | declared.withdrawn
    return EventList(events, declared.last, sum(r.record_id in gone for r in imported), refusal)


def _told(declared: Declared, imported: list[Record]) -> bool:
    """Whether the last action touches nothing but what the person told, before it and after it."""
    last = declared.last
    if last is None:
        return False
    known = [] if declared.before is None else [declared.before.source]
    if not known and last.kind != ActionKind.ADD:
        # An event that left the extraction: nobody knows any more who told it.
        known = [r.detail for r in imported if r.record_id == last.event_id] or [None]
    known += [] if last.entry is None else [last.entry.source]
    return all(source == EventSource.PERSON for source in known)


def _listed(imported: list[Record], declared: Declared, path: PersonPath) -> tuple[ListedEvent, ...]:
    origins = {x.event_id: Origin.ADDED if x.replaces is None else Origin.CHANGED for x in declared.events}
    kept = (r for r in merged_events(imported, declared) if not (path.beside_person and is_note(r)))
    merged = sorted(kept, key=lambda r: (r.start_date, r.record_id), reverse=True)
    return tuple(
        ListedEvent(r, origins.get(r.record_id, Origin.IMPORTED), on_frise=r.start_date <= path.as_of) for r in merged
    )


LISTED_COLUMNS = ("Identifiant de la personne", "Quand", "Date ou début", "Fin", "Quoi", "Domaine", "Sens", "Dit par", "Origine")  # fmt: skip


def listed_table(listed: EventList, path: PersonPath) -> pd.DataFrame:
    """One row per life event of the list, in French words, for a spreadsheet; days as they are kept, ``Quand`` as they are known."""
    rows = [
        (
            path.person.person_id, when(x.record), x.record.start_date, x.record.end_date, x.record.label,
            label_of(LifeDomain, x.record.code), label_of(LifeDirection, x.record.outcome),
            label_of(EventSource, x.record.detail), x.origin.value,
        )
        for x in listed.events
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(LISTED_COLUMNS))


#: As the contract of ``life_events`` names them, so that the file may be loaded; then what is only known here.
DECLARED_COLUMNS = (
    "event_id", "person_id", "start_date", "end_date", "domain", "direction", "label", "source",
    "date_precision", "end_precision", "action", "entered_at",
)  # fmt: skip


def declared_table(store: Store) -> pd.DataFrame:
    """One row per event entered on the people of a store, in the order of the people, then of dates.

    ``action``: ``ajouté``, ``modifié`` (stands for the imported event of that ``event_id``), or ``retiré`` (an imported event
    taken away, of which only the identifier is here). ``entered_at`` is UTC. ``DeclaredUnusable`` where the file is unreadable.
    """
    rows = []
    for person_id in store.declared.people():
        declared = store.declared.of(person_id)
        rows += [_declared_row(person_id, x) for x in declared.events]
        gone = sorted(declared.hidden)
        rows += [{"event_id": x, "person_id": person_id, "action": "retiré"} for x in gone]
    return pd.DataFrame(rows, columns=list(DECLARED_COLUMNS), dtype=object)


def _declared_row(person_id: str, event: DeclaredEvent) -> dict[str, object]:
    known = {name: getattr(event, name, None) for name in DECLARED_COLUMNS}
    return {**known, "person_id": person_id, "action": "ajouté" if event.replaces is None else "modifié"}
