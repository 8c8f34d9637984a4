"""Numbers by category: a bar and a number, a tick where the number stood before; words where a number is hidden."""

from __future__ import annotations

import copy
import textwrap
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.parcours import plain_rows
from frise_analysis.charts.theme import ACCENT, INK, PALE, QUIET, chart_config

DATA_SET = "bars"
#: Where each row stands, in pixels, and what is written over it: the name, its beginning on a line above where it is long.
PLACED = ("row", "over", "name")
COLUMNS = ["label", *PLACED, "value", "before", "text", "words"]
#: Room for one category, in pixels: its name, then its bar.
ROW = 38
NAME, BAR = -8, 9
#: Room for a second line of name, and the letters that a line holds on a phone.
LINE, LETTERS = 15, 40
#: The width follows the page, the height follows the rows.
FIT: Any = {"type": "fit-x", "contains": "padding"}
PADDING: Any = {"left": 1, "right": 1, "top": 4, "bottom": 4}


@cache
def bars_chart() -> alt.LayerChart:
    """The chart without data."""
    data = alt.Chart(alt.NamedData(DATA_SET))
    y = place_of_row()
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False))
    said: dict[str, Any] = {"tooltip": "words:N", "description": "words:N"}
    bars = data.mark_bar(orient="horizontal", color=PALE, stroke=ACCENT, strokeWidth=1, height=12, yOffset=BAR).encode(
        x=x, y=y, **said
    )
    ticks = (
        data.transform_filter("datum.before > 0")
        .mark_tick(orient="vertical", color=INK, thickness=2.5, size=18, yOffset=BAR)
        .encode(x=alt.X("before:Q", axis=None), y=y, **said)
    )
    chart = alt.LayerChart(layer=[*row_texts(data, "isValid(datum.value)"), bars, ticks])
    return chart.properties(width="container", autosize=FIT, padding=PADDING).configure(**chart_config())


def month_axis(**look: Any) -> alt.Axis:
    """Months read as years are: a mark each quarter, half-year or year, as the time is long."""
    last = "domain('x')[1]"
    return alt.Axis(
        title="mois", format="d", labelOverlap="greedy", **look,
        values=alt.ExprRef(f"sequence(0, {last} + 0.5, {last} > 30 ? 12 : {last} > 12 ? 6 : 3)"),
    )  # fmt: skip


def place_of_row() -> alt.Y:
    """The middle of each row, from the top, where ``placed`` puts it."""
    # A pixel is a pixel, however high the chart is.
    pixels = alt.Scale(domain=[0, 1000], range=[0, 1000], nice=False, zero=False, padding=0)
    return alt.Y("row:Q", axis=None, scale=pixels)


def row_texts(data: alt.Chart, shown: str) -> list[alt.Chart]:
    """The name over each row, so that none is cut at any width, and the text at its right; quieter where the number is hidden.

    A name leaves to the text the room that it takes.
    """
    y = place_of_row()
    left: dict[str, Any] = {"align": "left", "fontSize": 12, "aria": False}
    name = data.mark_text(yOffset=NAME, limit=alt.ExprRef("width - 12 - 7.5 * length(datum.text)"), **left)
    # An empty text would keep its room over the first row.
    over = data.transform_filter("datum.over").mark_text(yOffset=NAME - LINE, limit=alt.ExprRef("width"), **left)
    right: dict[str, Any] = {"align": "right", "yOffset": NAME, "fontSize": 12, "aria": False}
    bold = data.transform_filter(shown).mark_text(fontWeight="bold", **right)
    quiet = data.transform_filter(f"!({shown})").mark_text(fontStyle="italic", color=QUIET, **right)
    names = [(name, "name:N"), (over, "over:N")]
    texts = [x.encode(x=alt.value("width"), y=y, text="text:N") for x in (bold, quiet)]
    return [*(x.encode(x=alt.value(0), y=y, text=field) for x, field in names), *texts]


def placed(table: pd.DataFrame) -> pd.DataFrame:
    """The same with ``PLACED``: a row whose ``label`` takes two lines is higher by one."""
    parted = [_lines(str(label)) for label in table["label"]]
    tops = [ROW * n + LINE * sum(bool(over) for over, _ in parted[: n + 1]) for n in range(len(parted))]
    return table.assign(row=[x + ROW / 2 for x in tops], over=[x for x, _ in parted], name=[x for _, x in parted])


def _lines(label: str) -> tuple[str, str]:
    # No line begins with a colon.
    whole = " ".join(label.split()).replace(" :", "\N{NO-BREAK SPACE}:")
    first = next(iter(textwrap.wrap(whole, LETTERS)), "")
    rest = whole[len(first) :].strip()
    return (first, rest) if rest else ("", first)


def rows_height(rows: pd.DataFrame) -> int:
    """The height of rows that are placed, in pixels."""
    return ROW * len(rows) + LINE * int((rows["over"] != "").sum())


@cache
def _specification() -> dict[str, Any]:
    return dict(bars_chart().to_dict())


def bars_specification(table: pd.DataFrame, *, title: str) -> dict[str, Any]:
    """The chart with its data: rows of ``label``, ``value`` and ``before`` (missing where hidden), ``text``, ``words``."""
    rows = placed(table)
    return filled_by(_specification(), {DATA_SET: rows_of(rows, COLUMNS)}, title, height=rows_height(rows))


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


def span_and_dot(read: alt.Chart, *, middle: str, axis: alt.Axis, scale: alt.Scale) -> list[alt.Chart]:
    """On each row a line from ``low`` to ``high``, and a dot at ``middle``."""
    said: dict[str, Any] = {"y": place_of_row(), "tooltip": "words:N", "description": "words:N"}
    span = read.mark_rule(color=ACCENT, strokeWidth=4, opacity=0.45, yOffset=BAR)
    dot = read.mark_point(filled=True, size=80, color=ACCENT, opacity=1, yOffset=BAR)
    return [
        span.encode(x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q", **said),
        dot.encode(x=alt.X(f"{middle}:Q", axis=axis), **said),
    ]
