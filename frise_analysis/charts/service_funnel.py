"""Branches by size: the share of each, between the limits that chance keeps for its size."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.service_bars import filled_by, rows_of
from frise_analysis.charts.theme import ACCENT, INK, QUIET, chart_config

LIMITS, UNITS = "limits", "units"
LIMIT_COLUMNS = ["n", "target", "low95", "high95", "low998", "high998"]
UNIT_COLUMNS = ["unit", "people", "share", "adjusted", "words"]
#: Room for a name, in pixels: a longer one would take the place of the chart.
NAME_ROOM = 180
HEIGHT = 320
#: Branches named beside their point at most: more would cover one another, and pointing at some would single them out.
MOST_NAMED = 12


@cache
def funnel_chart() -> alt.LayerChart:
    """The chart without data: dashed, 99.8 %; dotted, 95 %; in the middle, the whole."""
    limits = alt.Chart(alt.NamedData(LIMITS))
    size = alt.Axis(title="personnes observées", format="d", grid=False, tickMinStep=1, tickCount=6)
    x = alt.X("n:Q", axis=size, scale=alt.Scale(zero=False, nice=False))
    percent = alt.Axis(title=None, labelExpr="format(datum.value * 100, 'd') + ' %'", tickCount=6, domain=False, ticks=False)  # fmt: skip
    scale = alt.Scale(domainMin=0, nice=True)
    lines = [
        limits.mark_line(color=QUIET, strokeWidth=width, strokeDash=dash, aria=False).encode(
            x=x, y=alt.Y(f"{name}:Q", axis=percent, scale=scale)
        )
        for name, width, dash in (
            ("target", 1.5, [1, 0]), ("low95", 1.2, [2, 3]), ("high95", 1.2, [2, 3]), ("low998", 1.2, [7, 4]), ("high998", 1.2, [7, 4]),
        )
    ]  # fmt: skip
    units = alt.Chart(alt.NamedData(UNITS))
    across = alt.X("people:Q", axis=size)
    place: dict[str, Any] = {"x": across, "y": alt.Y("adjusted:Q", axis=percent, scale=scale)}
    said: dict[str, Any] = {"tooltip": "words:N", "description": "words:N"}
    crude = alt.Y("share:Q", axis=percent, scale=scale)
    moved = units.mark_rule(color=ACCENT, strokeWidth=1, aria=False).encode(x=across, y=crude, y2="adjusted:Q")
    bare = units.mark_point(size=70, stroke=ACCENT, fill="white", strokeWidth=1.4, opacity=1, aria=False)
    dots = units.mark_point(filled=True, size=90, color=ACCENT, opacity=1).encode(**place, **said)
    name: dict[str, Any] = {"dy": -10, "fontSize": 12, "limit": NAME_ROOM, "color": INK, "aria": False}
    right = units.transform_filter("datum.on_right").mark_text(align="right", dx=6, **name)
    left = units.transform_filter("!datum.on_right").mark_text(align="left", dx=-6, **name)
    # Over both rounds, so that it covers neither.
    over = alt.Y("top:Q", axis=percent, scale=scale)
    names = [x.encode(x=across, y=over, text="name:N") for x in (right, left)]
    fit: Any = {"type": "fit", "contains": "padding"}
    chart = alt.LayerChart(layer=[*lines, moved, bare.encode(x=across, y=crude), dots, *names])
    return chart.properties(width="container", height=HEIGHT, autosize=fit).configure(**chart_config())


@cache
def _specification() -> dict[str, Any]:
    return dict(funnel_chart().to_dict())


def funnel_specification(units: pd.DataFrame, limits: pd.DataFrame, *, title: str) -> dict[str, Any]:
    """The chart with its data: ``units`` of ``unit``, ``people``, ``share`` (crude), ``adjusted`` and ``words``; ``limits`` as ``funnel_limits`` gives them, by ``n``."""
    # A name is written on the side where there is room.
    middle = (limits["n"].min() + limits["n"].max()) / 2
    named = len(units) <= MOST_NAMED
    rows = [
        {
            **row,
            "name": row["unit"] if named else "",
            "top": max(row["share"], row["adjusted"]),
            "on_right": bool(row["people"] > middle),
        }
        for row in rows_of(units, UNIT_COLUMNS)
    ]
    data = {LIMITS: rows_of(limits, LIMIT_COLUMNS), UNITS: rows}
    told = f"{title}. Rond plein : part ajustée ; vide : part brute. Trait : l’ensemble ; pointillé : limites à 95 % ; tireté : limites à 99,8 %"
    return filled_by(_specification(), data, told)
