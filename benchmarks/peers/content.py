"""The one chart that every peer shows: Frise's own, for one person of the store named by FRISE_STORE."""

from __future__ import annotations

import copy
import os
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt

from frise_analysis.charts.parcours import WIDE, filled, parcours_chart, parcours_data
from frise_analysis.dashboards.frames import parcours_frames
from frise_analysis.dashboards.state import ParcoursState
from frise_analysis.store.engine import Store, open_store

EMBED = {"renderer": "svg", "actions": False}


@cache
def store() -> Store:
    """One connection for all the sessions of a process: the best case of a peer."""
    return open_store(Path(os.environ["FRISE_STORE"]))


def first_person() -> int:
    """The person on whom Frise opens too."""
    return int(str(store().rows("person_first_look")[0]["person_key"]))


def person_content(person_key: int) -> dict[str, Any]:
    """Data sets, parameters and heights of one person's chart."""
    state = ParcoursState(person_key=person_key)
    path = state.path(store())
    assert path is not None
    return parcours_data(parcours_frames(path, unit=state.unit, clock=state.clock_for(path)))


def marked(person_key: int) -> str:
    """The description of one person's chart, by which the browser knows that it is on screen."""
    return f"Person {person_key}"


def specification(person_key: int) -> dict[str, Any]:
    """A complete specification, drawn as SVG as Frise's is."""
    spec = filled(WIDE, person_content(person_key))
    return {**spec, "description": marked(person_key), "usermeta": {"embedOptions": EMBED}}


def inlined(spec: dict[str, Any]) -> dict[str, Any]:
    """The same with each data set written where it is used, for a library that keeps named data sets for itself."""
    data = spec["datasets"]
    return {key: _inline(value, data) for key, value in spec.items() if key != "datasets"}


def altair_chart(person_key: int) -> alt.VConcatChart:
    """The same as an Altair chart, as an author of a plain notebook would have it."""
    content = person_content(person_key)
    chart = copy.deepcopy(parcours_chart(WIDE))
    chart.datasets = content["data"]
    chart.description = marked(person_key)
    chart.vconcat[0].height = content["heights"][WIDE]
    for parameter in chart.params:
        if str(parameter.name) in content["parameters"]:
            parameter.value = content["parameters"][str(parameter.name)]
    return chart


def _inline(part: Any, data: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_inline(value, data) for value in part]
    if not isinstance(part, dict):
        return part
    if part.keys() == {"name"} and part["name"] in data:
        return {**part, "values": data[part["name"]]}
    return {key: _inline(value, data) for key, value in part.items()}
