"""The composed, linked chart of the parcours screen, and the data sets that fill it.

The chart is built once for each layout; a change of person only swaps its data sets and a few parameters.
"""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.axis import BIRTH, CHOSEN, CLOCK, Look, family_selection, period_selection
from frise_analysis.charts.desistance import cumulative_chart, intervals_chart
from frise_analysis.charts.frise import UNCONSOLIDATED_WORDS, FriseLayers, overview
from frise_analysis.charts.lanes import STYLES, Layout, Plot, lay_out
from frise_analysis.charts.offence_types import offence_types_chart
from frise_analysis.charts.theme import chart_config
from frise_analysis.vocabulary import Lane

WIDE, NARROW = "wide", "narrow"
#: Narrowest frise for which records are laid out, in pixels (a wider one has more room), and room above each lane for its name.
PLOT_WIDTH = {WIDE: 890, NARROW: 286}
HEADING = {WIDE: 0.0, NARROW: 16.0}
DATA_SETS = ("marks", "lanes", "frame", "stretches", "offences", "steps", "mean", "zone", "fan", "intervals", "notes")
#: Beside the person, everything is larger.
PLAIN_SCALE = 1.25
#: The lanes of an interview: what the person told comes first.
PLAIN_LANES = (Lane.LIFE_EVENTS, Lane.MEASURES, Lane.FACTS, Lane.CONVICTIONS, Lane.CUSTODY, Lane.BREACHES)
PLAIN_DATA_SETS = ("marks", "lanes", "frame", "stretches", "offences")
DESCRIPTION = (
    "Frise du parcours judiciaire, nature des infractions, faits cumulés et intervalles entre les faits. "
    "Le texte et le tableau sous le graphique disent la même chose."
)
PLAIN_DESCRIPTION = (
    "Frise du parcours : évènements de vie, mesures, faits. Le texte sous le graphique dit la même chose."
)


@dataclass(frozen=True)
class ParcoursFrames:
    """What the chart shows, as analysis gives it: see the functions of the same names.

    ``added`` holds the rows of the lanes that somebody asked for; ``plain`` is the chart of an interview.
    """

    trajectory: pd.DataFrame
    frame: dict[str, float | None]
    stretches: pd.DataFrame
    offences: pd.DataFrame
    cumulative: pd.DataFrame
    mean: pd.DataFrame
    intervals: pd.DataFrame
    clock: str
    notes: dict[str, str]
    added: pd.DataFrame | None = None
    plain: bool = False
    fan: pd.DataFrame = field(default_factory=pd.DataFrame)


@cache
def parcours_chart(layout: str = WIDE) -> alt.VConcatChart:
    """The chart without data, for one layout: ``wide`` (two rows) or ``narrow`` (one column, for a phone)."""
    narrow = layout == NARROW
    period, family = period_selection(), family_selection()
    look = Look(PLOT_WIDTH[layout], narrow=narrow)
    rows: list[alt.Chart | alt.LayerChart | alt.HConcatChart] = _frise_and_strip(look, period, family)
    # Vega-Lite merges equal widths into one signal: a pixel apart, each part keeps its own, which the page sets.
    part = look.width - 44 if narrow else look.width // 4
    types = offence_types_chart(width=part + 3, family=family, narrow=narrow)
    lower = (types, cumulative_chart(width=part + 2), intervals_chart(width=part + 1))
    rows += lower if narrow else [alt.hconcat(*lower, spacing=40)]
    return _composed(rows, DESCRIPTION)


@cache
def plain_chart(layout: str = WIDE) -> alt.VConcatChart:
    """The chart of an interview: the frise alone, larger, and the strip that chooses its period."""
    look = Look(PLOT_WIDTH[layout], narrow=layout == NARROW, scale=PLAIN_SCALE)
    frise, strip = _frise_and_strip(look, period_selection(), None)
    # Equal widths would be merged into one signal.
    return _composed([frise, strip.properties(width=look.width - 1)], PLAIN_DESCRIPTION)


def _frise_and_strip(look: Look, period: alt.Parameter, family: alt.Parameter | None) -> list[Any]:
    return [FriseLayers(look, period=period, family=family).chart(), overview(width=look.width, period=period)]


def _composed(rows: list[Any], description: str) -> alt.VConcatChart:
    chart = alt.vconcat(*rows, spacing=14).add_params(*_parameters()).properties(description=description)
    return chart.configure(**chart_config())


def _parameters() -> tuple[alt.Parameter, ...]:
    return (
        alt.param(name=CHOSEN, value=[]),
        alt.param(name=CLOCK, value="calendar"),
        alt.param(name=BIRTH, value=None),
    )


@cache
def parcours_specification(layout: str = WIDE) -> dict[str, Any]:
    """The same as a Vega-Lite specification: a plain dictionary, to be filled by a copy."""
    return dict(parcours_chart(layout).to_dict())


@cache
def plain_specification(layout: str = WIDE) -> dict[str, Any]:
    """The chart of an interview as a specification, to be filled by a copy."""
    return dict(plain_chart(layout).to_dict())


def parcours_data(frames: ParcoursFrames) -> dict[str, Any]:
    """The data sets by name, the parameters, and the height of the frise in either layout."""
    rows = plain_rows(frames.trajectory)
    rows += [] if frames.added is None else plain_rows(frames.added)
    wide, narrow = (_layout(rows, frames, layout) for layout in (WIDE, NARROW))
    data = _data_sets(frames, rows, wide, narrow)
    return {
        "data": {name: data[name] for name in PLAIN_DATA_SETS} if frames.plain else data,
        "parameters": {CLOCK: frames.clock, BIRTH: frames.frame["birth"], CHOSEN: []},
        "heights": {WIDE: wide.height, NARROW: narrow.height},
    }


def _data_sets(frames: ParcoursFrames, rows: list[dict[str, Any]], wide: Layout, narrow: Layout) -> dict[str, Any]:
    return {
        "marks": _marks(rows, wide, narrow),
        "lanes": _lanes(wide, narrow),
        "frame": [{**frames.frame, "unconsolidated_words": UNCONSOLIDATED_WORDS}],
        "stretches": _stretches(frames, wide, narrow),
        "offences": plain_rows(frames.offences),
        "steps": plain_rows(frames.cumulative),
        "mean": plain_rows(frames.mean),
        "zone": _zone(frames),
        "fan": plain_rows(frames.fan),
        "intervals": plain_rows(frames.intervals.rename(columns={"unconsolidated_years": "pending"})),
        "notes": [frames.notes],
    }


def filled(layout: str, content: dict[str, Any]) -> dict[str, Any]:
    """A complete specification with its data: for a notebook without the screen, a file or a picture."""
    spec = copy.deepcopy(parcours_specification(layout))
    spec["datasets"] = content["data"]
    for parameter in spec["params"]:
        if parameter["name"] in content["parameters"]:
            parameter["value"] = content["parameters"][parameter["name"]]
    spec["vconcat"][0]["height"] = content["heights"][layout]
    return spec


def _layout(rows: list[dict[str, Any]], frames: ParcoursFrames, layout: str) -> Layout:
    start, end = frames.frame["start"], frames.frame["end"]
    assert start is not None
    assert end is not None
    plot = Plot(start, end, PLOT_WIDTH[layout], HEADING[layout])
    if frames.plain:
        plot = replace(plot, heading=plot.heading * PLAIN_SCALE, scale=PLAIN_SCALE, lanes=PLAIN_LANES, coded=False)
    return lay_out(rows, plot)


def _marks(rows: list[dict[str, Any]], wide: Layout, narrow: Layout) -> list[dict[str, Any]]:
    kept = ("lane", "x", "x_end", "state", "words", "void")
    return [
        {
            **{name: row[name] for name in kept},
            "key": f"{row['lane']}:{row['record_id']}", "family": row["code"], "label": broad.label, "label_n": slim.label,
            "y": broad.y, "side": broad.side, "yn": slim.y, "side_n": slim.side,
        }
        for row, broad, slim in zip(rows, wide.places, narrow.places, strict=True)
    ]  # fmt: skip


def _lanes(wide: Layout, narrow: Layout) -> list[dict[str, Any]]:
    return [
        {"label": label, "top": top, "bottom": bottom, "top_n": top_n, "bottom_n": bottom_n}
        for (label, top, bottom), (_, top_n, bottom_n) in zip(wide.lanes, narrow.lanes, strict=True)
    ]


def _stretches(frames: ParcoursFrames, wide: Layout, narrow: Layout) -> list[dict[str, Any]]:
    """In the first row of the lane of facts, in either layout."""
    scale = PLAIN_SCALE if frames.plain else 1
    style = STYLES[Lane.FACTS]
    first_row = (style.padding + style.row / 2) * scale
    y, yn = (
        next(top for label, top, _ in layout.lanes if label == Lane.FACTS.label) + HEADING[name] * scale + first_row
        for name, layout in ((WIDE, wide), (NARROW, narrow))
    )
    found = plain_rows(frames.stretches[["x", "x_end", "words"]])
    return [{**row, "label": row["words"], "y": y, "yn": yn} for row in found]


def _zone(frames: ParcoursFrames) -> list[dict[str, Any]]:
    """The zone not yet judged, on the street-time axis of the cumulative chart."""
    if frames.cumulative.empty or frames.intervals.empty:
        return []
    end = float(frames.cumulative["street_years"].iloc[-1])
    pending = float(frames.intervals["unconsolidated_years"].iloc[-1])
    return [{"from": max(0.0, end - pending), "to": end}]


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of plain values for JSON: dates become ISO text, missing values ``None``."""
    names = [str(name) for name in frame.columns]
    columns = [[_plain(value) for value in frame[name].tolist()] for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value
