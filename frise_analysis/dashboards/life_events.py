"""The panel of life events: what the person tells, kept beside the store, and where the facts stand around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from frise_analysis.analysis.declared_events import ListedEvent, listed_events, listed_table
from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.life_event_entry import FIELDS, typed_fields
from frise_analysis.analysis.life_event_entry import read_entry as read_typed
from frise_analysis.analysis.person_path import PersonPath, read_path
from frise_analysis.analysis.table_text import csv_text
from frise_analysis.analysis.words import isolated, title
from frise_analysis.dashboards.life_event_page import ACTED, Form, event_name, written
from frise_analysis.dashboards.panel import Panel
from frise_analysis.dates import full_date, plural
from frise_analysis.store.engine import Store
from frise_analysis.store.event_file import DeclaredUnusable, NoSuchEvent
from frise_analysis.store.event_journal import Entry
from frise_analysis.vocabulary import CountUnit, EventSource

FILE = "evenements-de-vie.csv"
MEANWHILE = (
    "Cet évènement, ou la dernière action, a changé entre-temps. La liste est à jour : relisez-la, puis recommencez."
)
CAN_UNDO = "Vous pouvez annuler cette action."


@dataclass(frozen=True)
class Outcome:
    """The panel after an action: ``changed`` where the path must be read again, ``said`` what was done; ``csv`` to be saved."""

    html: str
    charts: dict[str, dict[str, Any]]
    changed: bool
    said: str
    csv: str | None = None
    name: str = FILE


@dataclass(frozen=True)
class _Done:
    """What an action gives: the form to show next, whether something was written, a file to save."""

    form: Form
    changed: bool = False
    csv: str | None = None


def write(store: Store, path: PersonPath, *, unit: CountUnit) -> Panel:
    """The panel of one person; ``unit`` changes nothing here, facts being counted by date."""
    del unit
    return written(listed_events(store, path), path, Form())


def act(store: Store, path: PersonPath, message: Mapping[str, Any]) -> Outcome:
    """Do what the page asks (``action``, ``event``, ``fields``, the event in ``editing``) and write the panel again, its path read again where it changed.

    ``KeyError`` for an action that is not one, ``TypeError`` for fields that are not texts.
    """
    answer = _ACTIONS[message["action"]]
    try:
        done = answer(store, path, message)
    except NoSuchEvent:
        done = _Done(replace(_typed(message), event_id="", said=MEANWHILE, focus="said"))
    except DeclaredUnusable as refused:
        done = _Done(replace(_typed(message), said=str(refused), focus="said"))
    if done.changed:
        path = _read_again(store, path)
    panel = written(listed_events(store, path), path, done.form)
    return Outcome(panel.html, panel.charts, done.changed, done.form.said, done.csv)


def _read_again(store: Store, path: PersonPath) -> PersonPath:
    found = read_path(store, person_key=path.person.person_key, as_of=path.as_of, with_void=path.with_void)
    return interview_path(found) if path.beside_person else found


def _save(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    """Add an event, or change the one that the message names."""
    values, event_id = _fields(message), _event_id(message)
    if path.beside_person:
        # What is told beside the person is theirs: a note is written at another time.
        values = {**values, "source": EventSource.PERSON.value}
    read = read_typed(values, person=path.person, until=max(_today(), path.as_of))
    if not isinstance(read, Entry):
        said = f"Rien n’est encore enregistré : {plural(len(read), 'réponse')} à revoir."
        return _Done(Form(event_id, values, read, focus=next(iter(read)), said=said))
    if event_id:
        _listed(store, path, event_id)
        store.declared.change(path.person.person_id, event_id, read)
    else:
        store.declared.add(path.person.person_id, read)
    told = f"« {isolated(read.label)} » est {'modifié' if event_id else 'enregistré'}.{_later(read, path)} {CAN_UNDO}"
    return _Done(Form(said=told, focus="said"), changed=True)


def _later(entry: Entry, path: PersonPath) -> str:
    """Why what was entered is not seen, where it is not."""
    if entry.start_date <= path.as_of:
        return ""
    return f" Il a lieu après l’extraction du {full_date(path.as_of)} : il n’est pas encore sur la frise."


def _add(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    return _save(store, path, {**message, "event": ""})


def _remove(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    found = _listed(store, path, _event_id(message))
    store.declared.remove(path.person.person_id, found.record.record_id)
    form = _typed(message)
    kept = replace(form, event_id="") if form.event_id == found.record.record_id else form
    said = f"« {title(found.record)} » est retiré. {CAN_UNDO}"
    return _Done(replace(kept, said=said, focus="said"), changed=True)


def _undo(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    asked = _event_id(message)
    before = listed_events(store, path)
    if before.refusal:
        return _Done(replace(_typed(message), said=before.refusal, focus="said"))
    shown = before.last is not None and asked == str(before.last.action_id)
    # Beside the person, what the officer did is not told: only the action that is shown may be taken back.
    if not shown and (asked or path.beside_person):
        raise NoSuchEvent(asked)
    undone = store.declared.undo(path.person.person_id, expected=int(asked) if asked else None)
    if undone is None:
        return _Done(replace(_typed(message), said="Il n’y a plus rien à annuler.", focus="said"))
    said = f"Action annulée : {ACTED[undone.kind]} {event_name(undone, before, listed_events(store, path))}."
    return _Done(replace(_typed(message), said=said, focus="said"), changed=True)


def _edit(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    record = _listed(store, path, _event_id(message)).record
    said = {**vars(record), "domain": record.code, "direction": record.outcome or "neutral", "source": record.detail}
    values = typed_fields({**said, "label": title(record)})
    return _Done(Form(record.record_id, values, focus="label", said=f"« {title(record)} » est dans le formulaire."))


def _cancel(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    del store, path, message
    return _Done(Form(said="Modification abandonnée : rien n’a changé.", focus="said"))


def _export(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    table = listed_table(listed_events(store, path), path)
    said = f"Fichier prêt : {plural(len(table), 'évènement')}."
    return _Done(replace(_typed(message), said=said, focus="export"), csv=csv_text(table))


_ACTIONS: dict[str, Callable[[Store, PersonPath, Mapping[str, Any]], _Done]] = {
    "add": _add, "change": _save, "remove": _remove, "undo": _undo, "edit": _edit, "cancel": _cancel, "export": _export,
}  # fmt: skip


def _listed(store: Store, path: PersonPath, event_id: str) -> ListedEvent:
    found = listed_events(store, path).find(event_id)
    if found is None:
        raise NoSuchEvent(event_id)
    return found


def _typed(message: Mapping[str, Any]) -> Form:
    """The form as it was being filled in when another button was pressed: nothing typed is lost."""
    if not message.get("fields"):
        return Form()
    return Form(_text(message.get("editing") or ""), _fields(message))


def _event_id(message: Mapping[str, Any]) -> str:
    return _text(message.get("event") or "")


def _fields(message: Mapping[str, Any]) -> dict[str, str]:
    given = message.get("fields") or {}
    if not isinstance(given, Mapping):
        raise TypeError(type(given).__name__)
    return {name: _text(given.get(name, "")) for name in FIELDS}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
