"""Shares that move with time, a curve for each category: told apart by colour and by dash."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.service_bars import FIT, filled_by, month_axis, rows_of
from frise_analysis.charts.theme import (
    ACCENT,
    BLUE,
    BROWN,
    INK,
    MAGENTA,
    OCHRE,
    SLATE,
    VIOLET,
    chart_config,
)

CURVES, MARKS = "curves", "marks"
CURVE_COLUMNS = ["label", "months", "share", "words"]
MARK_COLUMNS = ["months", "share", "label", "words"]
HEIGHT = 300
#: Curves told apart at most.
MOST = 7
_COLOURS = [ACCENT, OCHRE, MAGENTA, SLATE, BLUE, BROWN, VIOLET]
_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [10, 4], [1, 3]]


@cache
def curves_chart(*, steps: bool = True) -> alt.LayerChart:
    """The chart without data, stepped or from point to point; ``marks`` are published figures, drawn as diamonds."""
    data = alt.Chart(alt.NamedData(CURVES))
    months = month_axis(grid=False)
    x = alt.X("months:Q", axis=months, scale=alt.Scale(domainMin=0, nice=False))
    percent = alt.Axis(title=None, labelExpr="format(datum.value * 100, 'd') + ' %'", tickCount=5, domain=False, ticks=False)  # fmt: skip
    y = alt.Y("share:Q", axis=percent, scale=alt.Scale(domain=[0, 1]))
    legend = alt.Legend(
        title=None, orient="top", columns=alt.ExprRef("width < 420 ? 1 : width < 900 ? 2 : 4"), labelLimit=280, labelFontSize=12, symbolType="stroke",
        symbolSize=500, symbolStrokeWidth=2.5,
    )  # fmt: skip
    colour = alt.Color("label:N", sort=None, legend=legend, scale=alt.Scale(range=_COLOURS))
    dash = alt.StrokeDash("label:N", sort=None, legend=legend, scale=alt.Scale(range=_DASHES))
    said: dict[str, Any] = {"tooltip": "words:N", "description": "words:N"}
    lines = data.mark_line(interpolate="step-after" if steps else "linear", strokeWidth=2, aria=False).encode(x=x, y=y, color=colour, strokeDash=dash)  # fmt: skip
    dots = data.mark_point(filled=True, size=26, opacity=1, color=INK).encode(x=x, y=y, **said)
    marks = (
        alt.Chart(alt.NamedData(MARKS))
        .mark_point(shape="diamond", size=110, stroke=INK, strokeWidth=1.8, fill="white", opacity=1)
        .encode(x=alt.X("months:Q", axis=months), y=alt.Y("share:Q", axis=percent), **said)
    )
    chart = alt.LayerChart(layer=[lines, dots, marks]).resolve_scale(color="shared")
    return chart.properties(width="container", height=HEIGHT, autosize=FIT).configure(**chart_config())


@cache
def _specification(*, steps: bool) -> dict[str, Any]:
    return dict(curves_chart(steps=steps).to_dict())


def curves_specification(
    table: pd.DataFrame, *, title: str, marks: pd.DataFrame | None = None, steps: bool = True
) -> dict[str, Any]:
    """The chart with its data: rows of ``label``, ``months``, ``share`` from 0 to 1, ``words``; ``marks`` has the same."""
    published = [] if marks is None else rows_of(marks, MARK_COLUMNS)
    return filled_by(_specification(steps=steps), {CURVES: rows_of(table, CURVE_COLUMNS), MARKS: published}, title)
