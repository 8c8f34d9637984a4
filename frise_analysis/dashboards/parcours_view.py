"""All that the page of the parcours is told at once: for the officer, beside the person, or after an interview."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import escape

from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.reference_class import fan
from frise_analysis.charts.parcours import NARROW, WIDE, parcours_data, plain_specification
from frise_analysis.dashboards import people, rendering
from frise_analysis.dashboards.added import added_rows
from frise_analysis.dashboards.frames import parcours_frames
from frise_analysis.dashboards.state import Mode, ParcoursState
from frise_analysis.store.engine import Store


def view_of(store: Store, state: ParcoursState) -> dict[str, Any]:
    """What the page shows for a state: its parts as HTML, the chart's data, the choices as they stand."""
    path = state.path(store)
    if path is None:
        return _nobody(store, state)
    view = _interview(store, state, path) if state.mode == Mode.INTERVIEW else _work(store, state, path)
    return {
        **_choices(store, state),
        "refused": path.declared_refusal,
        "person": path.person.person_id,
        "key": path.person.person_key,
        "chosen": [state.unit.value, state.clock_for(path).value],
        "barred": rendering.barred_clocks(path),
        **view,
    }


def _choices(store: Store, state: ParcoursState) -> dict[str, Any]:
    return {
        "store": store.info.load_id,
        "mode": state.mode.value,
        "tabs": list(rendering.MODE_TABS[state.mode]),
        "added": sorted(lane.value for lane in state.added),
        "fan": state.fan,
    }


def _nobody(store: Store, state: ParcoursState) -> dict[str, Any]:
    closed = state.mode == Mode.CLOSED
    parts = rendering.closed_parts() if closed else rendering.no_parts(fictional=store.info.fictional)
    chosen = [state.unit.value, state.clock.value]
    return {
        **_choices(store, state),
        "person": None,
        "key": None,
        "chosen": chosen,
        "barred": [],
        "parts": parts,
        "chart": None,
    }


def _work(store: Store, state: ParcoursState, path: PersonPath) -> dict[str, Any]:
    unit, clock = state.unit, state.clock_for(path)
    heading = people.heading(path.person, person_name(store, path))
    found = fan(store, path, unit=unit) if state.fan else None
    frames = parcours_frames(path, unit=unit, clock=clock, fan=found.curve if found else None)
    added = added_rows(store, path, lanes=state.added, clock=clock)
    return {
        "parts": rendering.parts(path, heading=heading, unit=unit, clock=clock, added=added)
        | {"addedkey": rendering.added_key(added, asked=state.added)}
        | ({"fanwords": str(escape(found.words))} if found else {}),
        "chart": _spaced(parcours_data(replace(frames, added=added))),
    }


def _interview(store: Store, state: ParcoursState, path: PersonPath) -> dict[str, Any]:
    clock = state.clock_for(path)
    heading = " · ".join(part for part in ("Votre parcours", person_name(store, path)) if part)
    chart = _spaced(parcours_data(replace(parcours_frames(path, unit=state.unit, clock=clock), plain=True)))
    chart["specs"] = {layout: plain_specification(layout) for layout in (WIDE, NARROW)}
    return {"parts": rendering.interview_parts(path, heading=heading, clock=clock), "chart": chart}


def _spaced(chart: dict[str, Any]) -> dict[str, Any]:
    """What a mark says is what its line says: with the same spaces."""
    marks = [{**mark, "words": rendering.french_spaces(mark["words"])} for mark in chart["data"]["marks"]]
    return {**chart, "data": {**chart["data"], "marks": marks}}


def person_name(store: Store, path: PersonPath) -> str | None:
    """The name, for the officer's screen and the documents they ask for; none where the store has none."""
    found = store.rows("person_name", person_key=path.person.person_key)[0]["display_name"]
    return str(found) if found else None
