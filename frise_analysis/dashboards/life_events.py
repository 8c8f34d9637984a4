"""The panel of life events: what the person tells, kept beside the store, and where the facts stand around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from frise_analysis.analysis.aligned_facts import aligned_events, aligned_facts, unplaced_events, unplaced_facts
from frise_analysis.analysis.declared_events import EventList, ListedEvent, listed_events, listed_table
from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.life_event_entry import FIELDS, typed_fields
from frise_analysis.analysis.life_event_entry import read_entry as read_typed
from frise_analysis.analysis.life_links import life_links
from frise_analysis.analysis.person_path import PersonPath, read_path
from frise_analysis.analysis.table_text import csv_text
from frise_analysis.analysis.words import isolated, label_of, title, when
from frise_analysis.charts.aligned_facts import MOST_EVENTS, aligned_specification
from frise_analysis.dashboards.panel import Panel
from frise_analysis.dates import full_date, is_exact, plural
from frise_analysis.store.declared import DeclaredUnusable, NoSuchEvent
from frise_analysis.store.engine import Store
from frise_analysis.store.event_journal import Action, ActionKind, Entry
from frise_analysis.vocabulary import CountUnit, EventSource, Lane, LifeDirection, LifeDomain

CHART = "aligned_facts"
FILE = "evenements-de-vie.csv"
#: As they are said beside the form; the frise has its own shorter labels.
DIRECTIONS = (
    (LifeDirection.SUPPORT, "un appui"),
    (LifeDirection.STRAIN, "une difficulté"),
    (LifeDirection.NEUTRAL, "ni l’un ni l’autre"),
)
SOURCES = ((EventSource.PERSON, "la personne"), (EventSource.OFFICER, "le CPIP"))
ACTED = {ActionKind.ADD: "ajout", ActionKind.CHANGE: "modification", ActionKind.REMOVE: "retrait"}
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
class _Form:
    """What the form holds: the event being changed, the fields, a sentence beside the wrong ones, where the focus goes."""

    event_id: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: {"direction": "neutral", "source": "person"})
    errors: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""
    said: str = ""


@dataclass(frozen=True)
class _Done:
    """What an action gives: the form to show next, whether something was written, a file to save."""

    form: _Form
    changed: bool = False
    csv: str | None = None


def write(store: Store, path: PersonPath, *, unit: CountUnit) -> Panel:
    """The panel of one person; ``unit`` changes nothing here, facts being counted by date."""
    del unit
    return _panel(listed_events(store, path), path, _Form())


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
    panel = _panel(listed_events(store, path), path, done.form)
    return Outcome(panel.html, panel.charts, done.changed, done.form.said, done.csv)


def _read_again(store: Store, path: PersonPath) -> PersonPath:
    found = read_path(store, person_key=path.person.person_key, as_of=path.as_of, with_void=path.with_void)
    return interview_path(found) if path.beside_person else found


def _save(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    """Add an event, or change the one that the message names."""
    values, event_id = _fields(message), _event_id(message)
    read = read_typed(values, person=path.person, until=max(_today(), path.as_of))
    if not isinstance(read, Entry):
        said = f"Rien n’est encore enregistré : {plural(len(read), 'réponse')} à revoir."
        return _Done(_Form(event_id, values, read, focus=next(iter(read)), said=said))
    if event_id:
        _listed(store, path, event_id)
        store.declared.change(path.person.person_id, event_id, read)
    else:
        store.declared.add(path.person.person_id, read)
    told = f"« {isolated(read.label)} » est {'modifié' if event_id else 'enregistré'}.{_later(read, path)} {CAN_UNDO}"
    return _Done(_Form(said=told, focus="said"), changed=True)


def _later(entry: Entry, path: PersonPath) -> str:
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
    undone = store.declared.undo(path.person.person_id, expected=int(asked) if asked else None)
    if undone is None:
        return _Done(replace(_typed(message), said="Il n’y a plus rien à annuler.", focus="said"))
    said = f"Action annulée : {ACTED[undone.kind]} de « {_name(undone, before, listed_events(store, path))} »."
    return _Done(replace(_typed(message), said=said, focus="said"), changed=True)


def _edit(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    record = _listed(store, path, _event_id(message)).record
    said = {**vars(record), "domain": record.code, "direction": record.outcome or "neutral", "source": record.detail}
    values = typed_fields({**said, "label": title(record)})
    return _Done(_Form(record.record_id, values, focus="label", said=f"« {title(record)} » est dans le formulaire."))


def _cancel(store: Store, path: PersonPath, message: Mapping[str, Any]) -> _Done:
    del store, path, message
    return _Done(_Form(said="Modification abandonnée : rien n’a changé.", focus="said"))


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


def _typed(message: Mapping[str, Any]) -> _Form:
    """The form as it was being filled in when another button was pressed: nothing typed is lost."""
    if not message.get("fields"):
        return _Form()
    return _Form(_text(message.get("editing") or ""), _fields(message))


def _event_id(message: Mapping[str, Any]) -> str:
    return _text(message.get("event") or "")


def _fields(message: Mapping[str, Any]) -> dict[str, str]:
    given = message.get("fields") or {}
    return {name: _text(given.get(name, "")) for name in FIELDS}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _name(action: Action, *lists: EventList) -> str:
    """What the event of an action is called: as the action says, else as one of the lists does."""
    if action.entry is not None:
        return isolated(action.entry.label)
    found = next((x for listed in lists if (x := listed.find(action.event_id or ""))), None)
    return title(found.record) if found else "un évènement importé"


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _panel(listed: EventList, path: PersonPath, form: _Form) -> Panel:
    from frise_analysis.dashboards.rendering import environment  # noqa: PLC0415 - rendering writes the panels

    events, facts = aligned_events(path), aligned_facts(path)
    charts = {CHART: aligned_specification(events, facts)} if len(events) else {}
    page = environment().get_template("life_events.html")
    html = page.render(
        form=form, rows=[_row(x) for x in listed.events], refusal=listed.refusal, writable=listed.declared is not None,
        masked=_masked(listed), last=_last(listed), domains=tuple(LifeDomain), directions=DIRECTIONS, sources=SOURCES,
        extraction=full_date(path.as_of), links=_links(path), aligned=_aligned(facts, events), notes=_notes(path, len(events)),
        chart=CHART if charts else "",
    )  # fmt: skip
    return Panel(html, charts)


def _row(event: ListedEvent) -> dict[str, Any]:
    record = event.record
    return {
        "id": record.record_id, "title": title(record), "when": when(record), "origin": event.origin.value,
        "keys": [f"{Lane.LIFE_EVENTS.value}:{record.record_id}"] if event.on_frise else [],
        "domain": label_of(LifeDomain, record.code), "direction": label_of(LifeDirection, record.outcome),
        "source": label_of(EventSource, record.detail),
    }  # fmt: skip


def _masked(listed: EventList) -> int:
    """Imported events taken away here."""
    return len(listed.declared.hidden) if listed.declared else 0


def _last(listed: EventList) -> dict[str, Any] | None:
    last = listed.declared.last if listed.declared else None
    if last is None:
        return None
    day = datetime.fromisoformat(last.entered_at).astimezone().date()
    name = _name(last, listed)
    return {"id": last.action_id, "words": f"{ACTED[last.kind]} de « {name} », le {full_date(day)}"}


def _links(path: PersonPath) -> list[dict[str, Any]]:
    """The coincidences, and a line for the events that are dated too roughly to be counted."""
    events = path.lane(Lane.LIFE_EVENTS)
    rough = sum(not is_exact(r.date_precision) for r in events)
    exact = tuple(r for r in path.all_records if r.lane != Lane.LIFE_EVENTS or is_exact(r.date_precision))
    table = life_links(replace(path, all_records=exact, _by_lane={}))
    lines = [
        {"text": text, "keys": [f"{Lane.LIFE_EVENTS.value}:{x}" for x in str(ids).split()]}
        for text, ids in zip(table["words"], table["record_ids"], strict=True)
    ]
    said = f"{plural(rough, 'évènement')} sans jour précis : hors de cette comparaison."
    return lines + ([{"text": said, "keys": []}] if rough else [])


def _aligned(facts: Any, events: Any) -> list[dict[str, Any]]:
    shown = set(events["event_id"].head(MOST_EVENTS))
    return [
        {"text": row["words"], "keys": [f"life_events:{row['event_id']}", *(f"facts:{x}" for x in str(row["record_ids"]).split())]}
        for row in facts.to_dict("records") if row["event_id"] in shown
    ]  # fmt: skip


def _notes(path: PersonPath, events: int) -> list[str]:
    """What the aligned view leaves out."""
    rough, facts = unplaced_events(path), unplaced_facts(path)
    said = {
        f"Les {MOST_EVENTS} évènements les plus récents sont montrés, sur {events}.": events > MOST_EVENTS,
        f"{plural(rough, 'évènement')} à l’année près, ou moins précis : sans place ici.": rough,
        f"{plural(facts, 'date')} de faits à l’année près, ou moins précise : sans place ici.": facts,
    }
    return [sentence for sentence, true in said.items() if true]
