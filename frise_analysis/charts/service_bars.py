"""Numbers by category: a bar and a number, a tick where the number stood before; words where a number is hidden."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.parcours import plain_rows
from frise_analysis.charts.theme import ACCENT, INK, PALE, QUIET, chart_config

DATA_SET = "bars"
COLUMNS = ["label", "value", "before", "text", "words"]
#: Room for one category, in pixels: its name, then its bar.
ROW = 38
NAME, BAR = -8, 9
#: The width follows the page, the height follows the rows.
FIT: Any = {"type": "fit-x", "contains": "padding"}
PADDING: Any = {"left": 1, "right": 1, "top": 4, "bottom": 4}


@cache
def bars_chart() -> alt.LayerChart:
    """The chart without data."""
    data = alt.Chart(alt.NamedData(DATA_SET))
    y = row_of_label()
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False))
    said: dict[str, Any] = {"tooltip": "words:N", "description": "words:N"}
    bars = data.mark_bar(color=PALE, stroke=ACCENT, strokeWidth=1, height=12, yOffset=BAR).encode(x=x, y=y, **said)
    ticks = (
        data.transform_filter("datum.before > 0")
        .mark_tick(color=INK, thickness=2.5, size=18, yOffset=BAR)
        .encode(x=alt.X("before:Q", axis=None), y=y, **said)
    )
    chart = alt.LayerChart(layer=[*row_texts(data, "isValid(datum.value)", room=90), bars, ticks])
    return chart.properties(width="container", autosize=FIT, padding=PADDING).configure(**chart_config())


def row_of_label() -> alt.Y:
    """One row for each name, in the order of the data."""
    return alt.Y("label:N", axis=None, sort=None)


def row_texts(data: alt.Chart, shown: str, *, room: int) -> list[alt.Chart]:
    """The name over each row, so that none is cut at any width, and the text at its right; quieter where the number is hidden.

    ``room``: pixels kept for the text. The names come first: the first layer sets the order of the rows.
    """
    y = row_of_label()
    name = data.mark_text(align="left", yOffset=NAME, fontSize=12, limit=alt.ExprRef(f"width - {room}"), aria=False)  # fmt: skip
    right: dict[str, Any] = {"align": "right", "yOffset": NAME, "fontSize": 12, "aria": False}
    bold = data.transform_filter(shown).mark_text(fontWeight="bold", **right)
    quiet = data.transform_filter(f"!({shown})").mark_text(fontStyle="italic", color=QUIET, **right)
    texts = [x.encode(x=alt.value("width"), y=y, text="text:N") for x in (bold, quiet)]
    return [name.encode(x=alt.value(0), y=y, text="label:N"), *texts]


@cache
def _specification() -> dict[str, Any]:
    return dict(bars_chart().to_dict())


def bars_specification(table: pd.DataFrame, *, title: str) -> dict[str, Any]:
    """The chart with its data: rows of ``label``, ``value`` and ``before`` (missing where hidden), ``text``, ``words``."""
    return filled_by(_specification(), {DATA_SET: rows_of(table, COLUMNS)}, title, height=ROW * len(table))


def filled_by(
    specification: dict[str, Any], data: dict[str, list[dict[str, Any]]], title: str, *, height: int | None = None
) -> dict[str, Any]:
    """A copy of a prepared chart with its data sets, and what a screen reader says of it; ``height`` in pixels where the rows make it."""
    spec = copy.deepcopy(specification)
    if height is not None:
        # A step would do the same, with a warning on each chart that fits the width of the page.
        spec["height"] = height
    spec["datasets"] = data
    spec["description"] = f"{title}. Le tableau dit la même chose."
    return spec


def rows_of(table: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    """The rows of these columns as plain values, nothing where a value is missing."""
    kept = table.reindex(columns=columns).astype(object)
    return plain_rows(kept.where(kept.notna(), None))
