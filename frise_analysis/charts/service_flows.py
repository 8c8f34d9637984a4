"""People followed at the end of each month, and those who came and left: two charts on the same months."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.service_bars import filled_by, rows_of
from frise_analysis.charts.theme import ACCENT, PALE, chart_config

STOCK, MOVES = "stock", "moves"
STOCK_COLUMNS = ["month", "value", "words"]
MOVE_COLUMNS = ["month", "kind", "value", "words"]
HEIGHT = 190
ENTRIES, EXITS = "entrées", "sorties"
_SAID: dict[str, Any] = {"tooltip": "words:N", "description": "words:N"}


def _month() -> alt.X:
    axis = alt.Axis(
        title=None, labelAngle=0, labelOverlap="greedy", labelBound=True, labelSeparation=12, grid=False, ticks=False
    )
    return alt.X("month:O", sort=None, axis=axis)


def _count() -> alt.Y:
    axis = alt.Axis(title=None, format=",d", tickMinStep=1, tickCount=5, domain=False, ticks=False)
    return alt.Y("value:Q", axis=axis, scale=alt.Scale(domainMin=0))


def _finished(chart: alt.LayerChart | alt.Chart) -> dict[str, Any]:
    whole = chart.properties(width="container", height=HEIGHT, autosize={"type": "fit", "contains": "padding"})
    return dict(whole.configure(**chart_config()).to_dict())


@cache
def _stock() -> dict[str, Any]:
    data = alt.Chart(alt.NamedData(STOCK))
    line = data.mark_line(color=ACCENT, strokeWidth=2, aria=False).encode(x=_month(), y=_count())
    dots = data.mark_point(filled=True, size=30, color=ACCENT, opacity=1).encode(x=_month(), y=_count(), **_SAID)
    return _finished(alt.LayerChart(layer=[line, dots]))


@cache
def _moves() -> dict[str, Any]:
    fill = alt.Fill("kind:N", scale=alt.Scale(domain=[ENTRIES, EXITS], range=[ACCENT, PALE]), legend=alt.Legend(
        title=None, orient="top", symbolStrokeColor=ACCENT, labelFontSize=12))  # fmt: skip
    bars = alt.Chart(alt.NamedData(MOVES)).mark_bar(stroke=ACCENT, strokeWidth=1)
    return _finished(bars.encode(x=_month(), xOffset=alt.XOffset("kind:N", sort=None), y=_count(), fill=fill, **_SAID))


def stock_specification(table: pd.DataFrame) -> dict[str, Any]:
    """People followed: rows of ``month``, ``value`` (missing where hidden), ``words``."""
    return filled_by(_stock(), {STOCK: rows_of(table, STOCK_COLUMNS)}, "Personnes suivies à la fin de chaque mois")


def moves_specification(table: pd.DataFrame) -> dict[str, Any]:
    """Entries and exits: rows of ``month``, ``kind`` (``ENTRIES`` or ``EXITS``), ``value``, ``words``."""
    title = "Entrées et sorties de chaque mois : barre foncée, entrées ; barre claire, sorties"
    return filled_by(_moves(), {MOVES: rows_of(table, MOVE_COLUMNS)}, title)
