"""The panel of life events as HTML: the list, the form with its sentences, the coincidences, the facts around each event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from frise_analysis.analysis.aligned_facts import (
    aligned_events,
    aligned_facts,
    held_events,
    unplaced_events,
    unplaced_facts,
)
from frise_analysis.analysis.declared_events import EventList, ListedEvent
from frise_analysis.analysis.life_links import KindLink, events_told, kind_links
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.words import isolated, label_of, title, when
from frise_analysis.charts.aligned_facts import MOST_EVENTS, aligned_specification
from frise_analysis.dashboards.panel import Panel
from frise_analysis.dates import full_date, is_exact, plural
from frise_analysis.store.event_journal import Action, ActionKind
from frise_analysis.vocabulary import EventSource, Lane, LifeDirection, LifeDomain

CHART = "aligned_facts"
#: As they are said beside the form; the frise has its own shorter labels.
DIRECTIONS = (
    (LifeDirection.SUPPORT, "un appui"),
    (LifeDirection.STRAIN, "une difficulté"),
    (LifeDirection.NEUTRAL, "ni appui ni difficulté"),
)
SOURCES = ((EventSource.PERSON, "la personne"), (EventSource.OFFICER, "le CPIP"))
ACTED = {ActionKind.ADD: "ajout", ActionKind.CHANGE: "modification", ActionKind.REMOVE: "retrait"}


@dataclass(frozen=True)
class Form:
    """What the form holds: the event being changed, the fields, a sentence beside the wrong ones, where the focus goes."""

    event_id: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: {"direction": "neutral", "source": "person"})
    errors: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""
    said: str = ""


def event_name(action: Action, *lists: EventList) -> str:
    """What the event of an action is called, as ``ajout de`` goes on: its words, where they are known."""
    if action.entry is not None:
        return f"de « {isolated(action.entry.label)} »"
    found = next((x for listed in lists if (x := listed.find(action.event_id or ""))), None)
    return f"de « {title(found.record)} »" if found else "d’un évènement"


def written(listed: EventList, path: PersonPath, form: Form) -> Panel:
    """The whole panel, its form as it is being filled in."""
    from frise_analysis.dashboards.rendering import environment  # noqa: PLC0415 - rendering writes the panels

    beside = path.beside_person
    # Coincidences are the officer's reading: beside the person, events are told, not compared.
    near, placed = _latest(path)
    events, facts = aligned_events(near), aligned_facts(near)
    events = events.head(0) if beside else events
    charts = {CHART: aligned_specification(events, facts)} if len(events) else {}
    page = environment().get_template("life_events.html")
    html = page.render(
        form=form, rows=[_row(x) for x in listed.events], refusal=listed.refusal, writable=not listed.refusal,
        masked=listed.masked, last=_last(listed), domains=tuple(LifeDomain), directions=DIRECTIONS, sources=SOURCES,
        extraction=full_date(path.as_of), beside=beside, links=[] if beside else _links(path), aligned=_aligned(facts, events), notes=[] if beside else _notes(path, placed),
        chart=CHART if charts else "",
    )  # fmt: skip
    return Panel(html, charts)


def _latest(path: PersonPath) -> tuple[PersonPath, int]:
    """The same path with the events that are drawn and no other; how many have a place. Each is measured against every fact."""
    bare = tuple(r for r in path.all_records if r.lane in {Lane.LIFE_EVENTS, Lane.CUSTODY})
    placed = list(aligned_events(replace(path, all_records=bare, _by_lane={}))["event_id"])
    shown = set(placed[:MOST_EVENTS])
    kept = tuple(r for r in path.all_records if r.lane != Lane.LIFE_EVENTS or r.record_id in shown)
    return replace(path, all_records=kept, _by_lane={}), len(placed)


def _row(event: ListedEvent) -> dict[str, Any]:
    record = event.record
    return {
        "id": record.record_id, "title": title(record), "when": when(record), "origin": event.origin.value,
        "keys": [f"{Lane.LIFE_EVENTS.value}:{record.record_id}"] if event.on_frise else [],
        "domain": label_of(LifeDomain, record.code), "direction": label_of(LifeDirection, record.outcome),
        "source": label_of(EventSource, record.detail),
    }  # fmt: skip


def _last(listed: EventList) -> dict[str, Any] | None:
    last = listed.last
    if last is None:
        return None
    day = datetime.fromisoformat(last.entered_at).astimezone().date()
    return {"id": last.action_id, "words": f"{ACTED[last.kind]} {event_name(last, listed)}, le {full_date(day)}"}


def _links(path: PersonPath) -> list[dict[str, Any]]:
    """The coincidences; kinds without any in one line, what holds for all said once, then the events dated too roughly."""
    events = path.lane(Lane.LIFE_EVENTS)
    rough = sum(not is_exact(r.date_precision) for r in events)
    exact = tuple(r for r in path.all_records if r.lane != Lane.LIFE_EVENTS or is_exact(r.date_precision))
    found = kind_links(replace(path, all_records=exact, _by_lane={}))
    near = [link for link in found if link.found and not link.apart]
    lines = [_line(events_told(x.count, [x.kind], x.told), x.compared) for x in near]
    cautions = dict.fromkeys(link.caution for link in found if link.caution)
    rest = [f"{plural(rough, 'évènement')} sans jour précis : hors de cette comparaison."] if rough else []
    return [*lines, *_alone(found), *_refusals(found), *(_line(text) for text in (*cautions, *rest))]


def _alone(found: Sequence[KindLink]) -> list[dict[str, Any]]:
    """The kinds that no date of facts stands near, in one line."""
    alone = [link for link in found if link.apart]
    if not alone:
        return []
    named = " ; ".join("{} ({})".format(*link.labels) for link in alone)
    said = f"Aucune date de faits dans les {alone[0].setting.days} jours libres avant ni après : {named}."
    return [_line(said, [x for link in alone for x in link.compared])]


def _refusals(found: Sequence[KindLink]) -> list[dict[str, Any]]:
    """Kinds that cannot be compared, one line for each reason."""
    reasons: dict[str, list[KindLink]] = {}
    for link in found:
        if link.found is None:
            reasons.setdefault(link.told, []).append(link)
    return [
        _line(events_told(sum(x.count for x in links), [x.kind for x in links], reason), [y for x in links for y in x.compared])
        for reason, links in reasons.items()
    ]  # fmt: skip


def _line(text: str, ids: Sequence[str] = ()) -> dict[str, Any]:
    return {"text": text, "keys": [f"{Lane.LIFE_EVENTS.value}:{x}" for x in ids]}


def _aligned(facts: Any, events: Any) -> list[dict[str, Any]]:
    shown = set(events["event_id"])
    return [
        {"text": row["words"], "keys": [f"life_events:{row['event_id']}", *(f"facts:{x}" for x in str(row["record_ids"]).split())]}
        for row in facts.to_dict("records") if row["event_id"] in shown
    ]  # fmt: skip


def _notes(path: PersonPath, events: int) -> list[str]:
    """What the aligned view leaves out."""
    rough, facts = unplaced_events(path), unplaced_facts(path)
    held = held_events(path)
    said = {
        f"Les {MOST_EVENTS} évènements les plus récents sont montrés, sur {events}.": events > MOST_EVENTS,
        f"{plural(held, 'évènement')} en détention, sans jour libre autour : sans place ici.": held,
        f"{plural(rough, 'évènement')} à l’année près, ou moins précis : sans place ici.": rough,
        f"{plural(facts, 'date')} de faits à l’année près, ou moins précise : sans place ici.": facts,
    }
    return [sentence for sentence, true in said.items() if true]
