"""What a few indicators become under other choices of counting: a row each, a tick for each combination of choices."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.parcours import plain_rows
from frise_analysis.charts.theme import ACCENT, INK, QUIET, RULE, chart_config

#: The codes of the choices in use, in order, with a blank between them; none for the screen as it is.
COMBINATION = "combination"
DATA_SET = "robustness"
DESCRIPTION = (
    "Une ligne par indicateur, de sa plus petite à sa plus grande valeur selon les choix. Trait : une combinaison de choix. "
    "Rond vide : l’écran. Rond plein : les choix cochés. Le tableau dit la même chose."
)
#: Room for one indicator, in pixels: its name and value, then its line under them.
ROW = 44
_LINE, _NAME = 9, -9


@cache
def robustness_chart() -> alt.LayerChart:
    """The chart without data: places run from the smallest value of a row to its largest, whatever the row."""
    data = alt.Chart(alt.NamedData(DATA_SET))
    screen, used = (
        data.transform_filter("datum.choices == ''"),
        data.transform_filter(f"datum.choices == {COMBINATION}"),
    )
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[-0.03, 1.03], nice=False, zero=False))
    y = alt.Y("indicator_label:N", axis=None, sort=None)
    said: dict[str, Any] = {"tooltip": "words:N", "description": "words:N"}
    layers = [
        screen.mark_rule(color=RULE, yOffset=_LINE, aria=False).encode(x=alt.value(0), x2=alt.value("width"), y=y),
        data.mark_tick(color=ACCENT, opacity=0.4, thickness=2, size=14, yOffset=_LINE).encode(x=x, y=y, **said),
        screen.mark_point(size=130, stroke=INK, strokeWidth=1.6, yOffset=_LINE, aria=False).encode(
            x=x, y=y, tooltip="words:N"
        ),
        used.mark_point(size=60, filled=True, color=ACCENT, opacity=1, yOffset=_LINE).encode(x=x, y=y, **said),
        screen.mark_text(align="left", yOffset=_NAME, aria=False).encode(x=alt.value(0), y=y, text="indicator_label:N"),
        used.mark_text(align="right", yOffset=_NAME, color=QUIET, limit=alt.ExprRef("width - 145"), aria=False).encode(
            x=alt.value("width"), y=y, text="words:N"
        ),
    ]
    chart = alt.LayerChart(layer=layers).add_params(alt.param(name=COMBINATION, value=""))
    return chart.properties(width="container", height=alt.Step(ROW), description=DESCRIPTION).configure(
        **chart_config()
    )


@cache
def _specification() -> dict[str, Any]:
    return dict(robustness_chart().to_dict())


def robustness_specification(table: pd.DataFrame) -> dict[str, Any]:
    """The chart with its data, rows of ``choices``, ``indicator``, ``indicator_label``, ``value`` and ``words``."""
    spec = copy.deepcopy(_specification())
    rows = table[["choices", "indicator_label", "words"]].assign(place=places(table))
    spec["datasets"] = {DATA_SET: plain_rows(rows)}
    return spec


def places(table: pd.DataFrame) -> pd.Series:
    """Where each value stands between the smallest (0) and the largest (1) of its indicator; the middle where they are one."""
    values = table.groupby("indicator")["value"]
    low, high = values.transform("min"), values.transform("max")
    inside = (table["value"] - low) / (high - low).where(high > low)
    return inside.where(high > low, 0.5).where(table["value"].notna())
