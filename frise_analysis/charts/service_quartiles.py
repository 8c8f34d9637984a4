"""Delays by category: a line from the first quartile to the third, a dot at the median."""

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
    month_axis,
    placed,
    row_texts,
    rows_height,
    rows_of,
    span_and_dot,
)
from frise_analysis.charts.theme import RULE, chart_config

DATA_SET = "quartiles"
COLUMNS = ["label", *PLACED, "quarter", "median", "three_quarters", "text", "words"]
#: Room for the axis under the rows, in pixels.
AXIS = 42
#: What the axis says -> days in one of its units.
DAYS, MONTHS = "jours", "mois"
_DAYS_IN = {DAYS: 1.0, MONTHS: 30.4375}


@cache
def quartiles_chart(unit: str = DAYS) -> alt.LayerChart:
    """The chart without data, its axis in days or in months."""
    data = alt.Chart(alt.NamedData(DATA_SET)).transform_calculate(
        low=f"datum.quarter / {_DAYS_IN[unit]}", middle=f"datum.median / {_DAYS_IN[unit]}", high=f"datum.three_quarters / {_DAYS_IN[unit]}",
    )  # fmt: skip
    read = data.transform_filter("isValid(datum.quarter) && isValid(datum.median) && isValid(datum.three_quarters)")
    look: dict[str, Any] = {"gridColor": RULE, "domain": False, "ticks": False}
    axis = month_axis(**look) if unit == MONTHS else alt.Axis(title=unit, tickCount=5, format="d", **look)
    marks = span_and_dot(read, middle="middle", axis=axis, scale=alt.Scale(zero=True, nice=True))
    chart = alt.LayerChart(layer=[*row_texts(data, "isValid(datum.median)"), *marks])
    return chart.properties(width="container", autosize=FIT, padding=PADDING).configure(**chart_config())


@cache
def _specification(unit: str) -> dict[str, Any]:
    return dict(quartiles_chart(unit).to_dict())


def quartiles_specification(table: pd.DataFrame, *, title: str, unit: str = DAYS) -> dict[str, Any]:
    """The chart with its data: rows of ``label``, ``quarter``, ``median``, ``three_quarters`` in days (missing where hidden), ``text``, ``words``."""
    rows = placed(table)
    return filled_by(
        _specification(unit),
        {DATA_SET: rows_of(rows, COLUMNS)},
        f"{title} : médiane et quartiles",
        height=rows_height(rows),
    )
