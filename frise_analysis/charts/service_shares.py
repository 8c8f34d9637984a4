"""Shares by category: a dot with its interval, from nobody to everybody."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.service_bars import (
    BAR,
    FIT,
    PADDING,
    PLACED,
    filled_by,
    place_of_row,
    placed,
    row_texts,
    rows_height,
    rows_of,
)
from frise_analysis.charts.theme import ACCENT, RULE, chart_config

DATA_SET = "shares"
COLUMNS = ["label", *PLACED, "share", "low", "high", "text", "words"]


@cache
def shares_chart() -> alt.LayerChart:
    """The chart without data."""
    data = alt.Chart(alt.NamedData(DATA_SET))
    read = data.transform_filter("isValid(datum.share)")
    y = place_of_row()
    said: dict[str, Any] = {"tooltip": "words:N", "description": "words:N"}
    axis = alt.Axis(title=None, labelExpr="format(datum.value * 100, 'd') + ' %'", values=[0, 0.25, 0.5, 0.75, 1], gridColor=RULE, domain=False, ticks=False)  # fmt: skip
    x = alt.X("low:Q", axis=axis, scale=alt.Scale(domain=[0, 1]))
    span = read.mark_rule(color=ACCENT, strokeWidth=4, opacity=0.45, yOffset=BAR).encode(x=x, x2="high:Q", y=y, **said)
    dot = read.mark_point(filled=True, size=80, color=ACCENT, opacity=1, yOffset=BAR).encode(
        x=alt.X("share:Q", axis=axis), y=y, **said
    )
    chart = alt.LayerChart(layer=[*row_texts(data, "isValid(datum.share)"), span, dot])
    return chart.properties(width="container", autosize=FIT, padding=PADDING).configure(**chart_config())


@cache
def _specification() -> dict[str, Any]:
    return dict(shares_chart().to_dict())


def shares_specification(table: pd.DataFrame, *, title: str) -> dict[str, Any]:
    """The chart with its data: rows of ``label``, ``share``, ``low``, ``high`` from 0 to 1 (missing where hidden), ``text``, ``words``."""
    rows = placed(table)
    return filled_by(
        _specification(),
        {DATA_SET: rows_of(rows, COLUMNS)},
        f"{title} : part et intervalle à 95 %",
        height=rows_height(rows),
    )
