"""What the law provided for the facts of each date: one point per date, at the longest sentence provided."""

from __future__ import annotations

import copy
from functools import cache
from math import sqrt
from typing import Any

import altair as alt
import pandas as pd

from frise_analysis.charts.theme import BAND, INK, QUIET, RULE, chart_config

#: How the contract writes life imprisonment, and where it stands on the axis: above thirty years, the longest term in years.
LIFE, TOP = 99, 36
#: Terms are drawn by their square root, so that short ones can be told apart; what is not known stands under zero.
UNKNOWN = -0.9
#: The axis reaches ten years at least.
LOWEST_TOP = 10
HEIGHT = 190
DATA_SETS = ("points", "zone")
DESCRIPTION = (
    "Peine encourue pour les faits de chaque date, au fil du temps libre. Les chiffres à côté disent la même chose."
)
#: Few terms exist in the Code: they are the ticks (CP 131-1, 131-4).
TICKS = [0, 1, 2, 3, 5, 7, 10, 15, 20, 30, TOP]
_YEARS = "round(datum.value * datum.value)"
_LABEL = (
    f"datum.value < 0 ? 'inconnue' : {_YEARS} == {TOP} ? 'perpétuité' : {_YEARS} == 0 ? 'aucune'"
    f" : {_YEARS} + ({_YEARS} == 1 ? ' an' : ' ans')"
)


@cache
def gravity_chart() -> alt.LayerChart:
    """The chart without data: a full point for a sentence that is known, a hollow one at the foot where none is."""
    x = alt.X("street_years:Q", scale=alt.Scale(nice=False, zero=True), axis=alt.Axis(title="années de temps libre depuis les premiers faits", grid=False, tickMinStep=1, format="d"))  # fmt: skip
    scale = alt.Scale(domainMin=UNKNOWN - 0.3, domainMax=alt.ExprRef("top"), nice=False)
    ticks = [UNKNOWN, *(round(sqrt(years), 4) for years in TICKS)]
    y = alt.Y("height:Q", scale=scale, axis=alt.Axis(title=None, values=ticks, labelExpr=_LABEL, domain=False, ticks=False, gridColor=RULE))  # fmt: skip
    band = alt.Chart(alt.NamedData("zone")).mark_rect(color=BAND, aria=False).encode(x=alt.X("from:Q"), x2="to:Q")
    points = alt.Chart(alt.NamedData("points"))
    known = points.transform_filter("datum.known").mark_point(filled=True, size=70, color=INK, opacity=0.85)
    unknown = points.transform_filter("!datum.known").mark_point(size=60, stroke=QUIET, fill="white", strokeWidth=1.5, opacity=1)  # fmt: skip
    seen = [layer.encode(x=x, y=y, tooltip="words:N", description="words:N") for layer in (known, unknown)]
    named = [layer.properties(name=f"gravity_{name}") for name, layer in zip(("zone", "known", "unknown"), (band, *seen), strict=True)]  # fmt: skip
    chart = alt.LayerChart(layer=named).properties(
        width="container", height=HEIGHT, description=DESCRIPTION, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )  # fmt: skip
    return chart.add_params(alt.param(name="top", value=sqrt(LOWEST_TOP))).configure(**chart_config())


@cache
def _bare() -> dict[str, Any]:
    return dict(gravity_chart().to_dict())


def gravity_specification(table: pd.DataFrame, *, end_years: float, pending_years: float) -> dict[str, Any]:
    """The chart of the table ``gravity``, to the end of observation in street years, its last part not judged yet."""
    spec = copy.deepcopy(_bare())
    points = [_point(row) for row in table.to_dict("records")]
    spec["params"][0]["value"] = max(sqrt(LOWEST_TOP), *(point["height"] for point in points)) + 0.2
    spec["datasets"] = {
        "points": points,
        "zone": [{"from": max(0.0, end_years - pending_years), "to": max(0.0, end_years)}],
    }
    return spec


def _point(row: dict[Any, Any]) -> dict[str, Any]:
    years, known = row["max_years"], bool(pd.notna(row["max_years"]))
    height = UNKNOWN if not known else sqrt(TOP if years >= LIFE else min(float(years), 30.0))
    return {"street_years": float(row["street_years"]), "height": height, "known": known, "words": row["words"]}
