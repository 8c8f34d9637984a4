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
#: Written over each row: the name, and its beginning on a line above where it is long.
NAMES = ("over", "name")
COLUMNS = ["label", *NAMES, "value", "before", "text", "words"]
#: Room for one category, in pixels: its name, then its bar.
ROW = 38
NAME, BAR = -8, 9
#: Room for a second line of name, and the letters that a line holds on a phone.
LINE, LETTERS = 15, 38
#: The width follows the page, the height follows the rows.
FIT: Any = {"type": "fit-x", "contains": "padding"}
PADDING: Any = {"left": 1, "right": 1, "top": 4, "bottom": 4}


@cache
def bars_chart(*, tall: bool = False) -> alt.LayerChart:
    """The chart without data; ``tall``: with room for names on two lines."""
    bar = bar_place(tall=tall)
    data = alt.Chart(alt.NamedData(DATA_SET))
    y = row_of_label()
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False))
    said: dict[str, Any] = {"tooltip": "words:N", "description": "words:N"}
    bars = data.mark_bar(color=PALE, stroke=ACCENT, strokeWidth=1, height=12, yOffset=bar).encode(x=x, y=y, **said)
    ticks = (
        data.transform_filter("datum.before > 0")
        .mark_tick(color=INK, thickness=2.5, size=18, yOffset=bar)
        .encode(x=alt.X("before:Q", axis=None), y=y, **said)
    )
    chart = alt.LayerChart(layer=[*row_texts(data, "isValid(datum.value)", tall=tall), bars, ticks])
    return chart.properties(width="container", autosize=FIT, padding=PADDING).configure(**chart_config())


def month_axis(**look: Any) -> alt.Axis:
    """Months read as years are: a mark each quarter, half-year or year, as the time is long."""
    last = "domain('x')[1]"
    return alt.Axis(
        title="mois", format="d", labelOverlap="greedy", **look,
        values=alt.ExprRef(f"sequence(0, {last} + 0.5, {last} > 30 ? 12 : {last} > 12 ? 6 : 3)"),
    )  # fmt: skip


def row_of_label() -> alt.Y:
    """One row for each name, in the order of the data."""
    return alt.Y("label:N", axis=None, sort=None)


def bar_place(*, tall: bool) -> float:
    """How far under the middle of its row a bar stands."""
    return BAR + LINE / 2 if tall else BAR


def row_texts(data: alt.Chart, shown: str, *, tall: bool) -> list[alt.Chart]:
    """The name over each row, so that none is cut at any width, and the text at its right; quieter where the number is hidden.

    The names come first: the first layer sets the order of the rows. A name leaves to the text the room that it takes.
    """
    y = row_of_label()
    place = NAME + LINE / 2 if tall else NAME
    left: dict[str, Any] = {"align": "left", "fontSize": 12, "aria": False}
    name = data.mark_text(yOffset=place, limit=alt.ExprRef("width - 12 - 7.5 * length(datum.text)"), **left)
    over = data.mark_text(yOffset=place - LINE, limit=alt.ExprRef("width"), **left)
    right: dict[str, Any] = {"align": "right", "yOffset": place, "fontSize": 12, "aria": False}
    bold = data.transform_filter(shown).mark_text(fontWeight="bold", **right)
    quiet = data.transform_filter(f"!({shown})").mark_text(fontStyle="italic", color=QUIET, **right)
    names = [(name, "name:N"), *([(over, "over:N")] if tall else [])]
    texts = [x.encode(x=alt.value("width"), y=y, text="text:N") for x in (bold, quiet)]
    return [*(x.encode(x=alt.value(0), y=y, text=field) for x, field in names), *texts]


def named(table: pd.DataFrame) -> pd.DataFrame:
    """The same with each ``label`` as it is written: ``name``, and ``over`` where it takes two lines."""
    parted = [_lines(str(label)) for label in table["label"]]
    return table.assign(over=[over for over, _ in parted], name=[name for _, name in parted])


def _lines(label: str) -> tuple[str, str]:
    first, *rest = textwrap.wrap(label, LETTERS) or [""]
    return (first, " ".join(rest)) if rest else ("", first)


def is_tall(table: pd.DataFrame) -> bool:
    """Whether a name takes two lines: then each row has room for them."""
    return any(over for over, _ in (_lines(str(label)) for label in table["label"]))


def rows_height(table: pd.DataFrame) -> int:
    """The height of the rows, in pixels."""
    return (ROW + LINE * is_tall(table)) * len(table)


@cache
def _specification(*, tall: bool) -> dict[str, Any]:
    return dict(bars_chart(tall=tall).to_dict())


def bars_specification(table: pd.DataFrame, *, title: str) -> dict[str, Any]:
    """The chart with its data: rows of ``label``, ``value`` and ``before`` (missing where hidden), ``text``, ``words``."""
    data = {DATA_SET: rows_of(named(table), COLUMNS)}
    return filled_by(_specification(tall=is_tall(table)), data, title, height=rows_height(table))


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
