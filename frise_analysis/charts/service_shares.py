"""Shares by category: a dot with its interval, from nobody to everybody."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.service_bars import (
    FIT,
    PADDING,
    PLACED,
    filled_by,
    placed,
    row_texts,
    rows_height,
    rows_of,
    span_and_dot,
)
from frise_analysis.charts.theme import RULE, chart_config

DATA_SET = "shares"
COLUMNS = ["label", *PLACED, "share", "low", "high", "text", "words"]


@cache
def shares_chart() -> alt.LayerChart:
    """The chart without data."""
    data = alt.Chart(alt.NamedData(DATA_SET))
    read = data.transform_filter("isValid(datum.share)")
    axis = alt.Axis(title=None, labelExpr="format(datum.value * 100, 'd') + ' %'", values=[0, 0.25, 0.5, 0.75, 1], gridColor=RULE, domain=False, ticks=False)  # fmt: skip
    marks = span_and_dot(read, middle="share", axis=axis, scale=alt.Scale(domain=[0, 1]))
    chart = alt.LayerChart(layer=[*row_texts(data, "isValid(datum.share)"), *marks])
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
