"""Dates of facts around each life event: a line for each event, its start in the middle."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.theme import BAND, INK, LIFE, QUIET, RULE, chart_config

#: Events drawn at most: the latest.
MOST_EVENTS = 12
MONTHS = 12
DAYS_PER_MONTH = 365 / MONTHS  # the window of the tables, a year of days, is the whole axis
ROW_HEIGHT = 46
DATA_SETS = ("events", "bands", "facts")
DESCRIPTION = (
    "Dates de faits autour de chaque évènement de vie, en mois de temps libre avant et après son début. "
    "La liste sous le graphique dit la même chose."
)
_AXIS_LABEL = (
    "datum.value == 0 ? 'évènement' : (datum.value < 0 ? '−' : '+') + format(abs(datum.value), 'd')"
    " + (abs(datum.value) == 12 ? ' mois' : '')"
)


@cache
def aligned_chart() -> alt.LayerChart:
    """The chart without data: bands where nothing can be read, the zero line, events above their line, dots for facts."""
    layers = {"bands": _bands(), "lines": _lines(), "zero": _zero(), "events": _events(), "facts": _facts()}
    named = [layer.properties(name=f"aligned_{name}") for name, layer in layers.items()]
    chart = alt.LayerChart(layer=named).properties(
        width="container", height=alt.Step(ROW_HEIGHT), description=DESCRIPTION,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )  # fmt: skip
    return chart.configure(**chart_config())


def aligned_specification(events: pd.DataFrame, facts: pd.DataFrame) -> dict[str, Any]:
    """The chart of the tables ``aligned_events`` and ``aligned_facts``, as a whole Vega-Lite specification.

    Only the first ``MOST_EVENTS`` rows of ``events`` are drawn.
    """
    shown = events.head(MOST_EVENTS)
    ranks = {str(name): rank for rank, name in enumerate(shown["event_id"])}
    spec = copy.deepcopy(_bare())
    spec["datasets"] = {
        "events": [_event(row, ranks) for row in shown.to_dict("records")],
        "bands": [band for row in shown.to_dict("records") for band in _grey(row, ranks)],
        "facts": [_fact(row, ranks) for row in facts.to_dict("records") if str(row["event_id"]) in ranks],
    }
    return spec


@cache
def _bare() -> dict[str, Any]:
    return dict(aligned_chart().to_dict())


def _event(row: dict[Any, Any], ranks: dict[str, int]) -> dict[str, Any]:
    name = f"{row['label']} ({row['direction_label']}), {row['when']}"
    return {"rank": ranks[str(row["event_id"])], "name": name, "direction": row["direction"]}


def _fact(row: dict[Any, Any], ranks: dict[str, int]) -> dict[str, Any]:
    rank = ranks[str(row["event_id"])]
    return {"rank": rank, "months": _months(row["offset_days"]), "known": not row["approximate"], "words": row["words"]}


def _grey(row: dict[Any, Any], ranks: dict[str, int]) -> list[dict[str, Any]]:
    """Where nothing can be read: before the birth, not judged yet, after the end of observation."""
    judged, end = sorted((_months(row["judged_until"]), _months(row["observed_until"])))
    ends = (
        (-MONTHS, _months(row["observed_from"]), "Avant la naissance."),
        (judged, end, "Période non consolidée : des faits peuvent ne pas être jugés encore."),
        (end, MONTHS, "Pas encore observé."),
    )
    rank = ranks[str(row["event_id"])]
    return [{"rank": rank, "from": low, "to": high, "words": words} for low, high, words in ends if low < high]


def _months(days: float) -> float:
    """Free days as months of mean length, kept on the axis."""
    return max(-MONTHS, min(MONTHS, round(days / DAYS_PER_MONTH, 3)))


def _x(field: str) -> alt.X:
    axis = alt.Axis(
        title="mois de temps libre avant et après le début", values=[-12, -9, -6, -3, 0, 3, 6, 9, 12], labelExpr=_AXIS_LABEL,
        grid=True, labelFlush=True, labelOverlap=True, domain=False, ticks=False,
    )  # fmt: skip
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[-MONTHS, MONTHS], nice=False), axis=axis)


def _y() -> alt.Y:
    return alt.Y("rank:O", axis=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0))


def _bands() -> alt.Chart:
    data = alt.Chart(alt.NamedData("bands"))
    return data.mark_rect(color=BAND, aria=False).encode(x=_x("from"), x2="to:Q", y=_y(), tooltip="words:N")


def _lines() -> alt.Chart:
    """The line of each event, from one end of the axis to the other."""
    ends = alt.Chart(alt.NamedData("events")).transform_calculate(low=str(-MONTHS), high=str(MONTHS))
    return ends.mark_rule(color=RULE, yOffset=9, aria=False).encode(x=_x("low"), x2="high:Q", y=_y())


def _zero() -> alt.Chart:
    """The start of the event, in the middle of its line."""
    data = alt.Chart(alt.NamedData("events")).transform_calculate(zero="0")
    return data.mark_tick(color=LIFE, thickness=2, size=24, orient="vertical", yOffset=9, aria=False).encode(
        x=_x("zero"), y=_y()
    )


def _events() -> alt.Chart:
    """What each line is about, written above it from its left end."""
    data = alt.Chart(alt.NamedData("events")).mark_text(
        align="left", baseline="middle", yOffset=-11, dx=2, color=QUIET, limit=alt.ExprRef("width"), aria=False
    )
    return data.encode(x=alt.value(0), y=_y(), text="name:N", tooltip="name:N")


def _facts() -> alt.Chart:
    """A dot for each date of facts, empty where the event or the facts are known to the month only."""
    fill = alt.when(alt.datum.known).then(alt.value(INK)).otherwise(alt.value("white"))
    dots = alt.Chart(alt.NamedData("facts")).mark_point(size=64, stroke=INK, strokeWidth=1.6, opacity=0.9, yOffset=9)
    return dots.encode(x=_x("months"), y=_y(), fill=fill, tooltip="words:N", description="words:N")
