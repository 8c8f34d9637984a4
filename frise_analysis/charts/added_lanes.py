"""Lanes that a frise shows when somebody asks: obligations, legal windows, changes of law, doubts of the record."""

from __future__ import annotations

import altair as alt

from frise_analysis.charts.axis import Look, x_at, y_at
from frise_analysis.charts.theme import ACCENT, INK, OCHRE, QUIET
from frise_analysis.vocabulary import Lane

OBLIGATION = "#eef4f8"
WINDOW = "#dfe3e8"
#: Heights, in pixels, of half a span.
HALF_OBLIGATION, HALF_WINDOW = 7, 3.5
#: A window may have no width on the clock of street time; an undetermined one is a date where nothing bounds it.
_IS_DATE = (
    "datum.state == 'rehabilitation' || datum.state == 'void_date'"
    " || (datum.state == 'undetermined' && datum.x_end <= datum.x)"
)


def added_layers(look: Look, period: alt.Parameter) -> dict[str, alt.Chart]:
    """The layers by name; without rows of their lane they draw nothing."""
    return {
        "laws_rules": _law_rules(period), "obligations": _obligations(look, period), "windows": _windows(look, period),
        "legal": _legal_dates(look, period), "laws": _laws(look, period), "quality": _quality(look, period),
    }  # fmt: skip


def _of(lane: Lane) -> alt.Chart:
    return alt.Chart(alt.NamedData("marks")).transform_filter(f"datum.lane == '{lane.value}'")


def _obligations(look: Look, period: alt.Parameter) -> alt.Chart:
    half = look.font(HALF_OBLIGATION)
    spans = _of(Lane.OBLIGATIONS).transform_calculate(up=f"datum.{look.y} - {half}", down=f"datum.{look.y} + {half}")
    dash = alt.ExprRef("datum.state == 'running' ? [1, 0] : [2, 2]")
    return spans.mark_rect(fill=OBLIGATION, stroke=ACCENT, strokeWidth=1, strokeDash=dash, clip=True, cursor="pointer").encode(
        x=x_at(period), x2="x_end:Q", y=y_at("up"), y2="down:Q", tooltip="words:N", description="words:N"
    )  # fmt: skip


def _windows(look: Look, period: alt.Parameter) -> alt.Chart:
    """Days in which new facts would meet a delay: sure in full, possible or undetermined in dashes."""
    half = look.font(HALF_WINDOW)
    spans = _of(Lane.LEGAL).transform_filter(f"!({_IS_DATE})")
    spans = spans.transform_calculate(up=f"datum.{look.y} - {half}", down=f"datum.{look.y} + {half}")
    dash = alt.ExprRef("datum.state == 'window' ? [1, 0] : [3, 3]")
    fill = alt.when(alt.datum.state == "window").then(alt.value(WINDOW)).otherwise(alt.value("white"))
    return spans.mark_rect(stroke=QUIET, strokeWidth=1, strokeDash=dash, clip=True, cursor="pointer").encode(
        x=x_at(period), x2="x_end:Q", y=y_at("up"), y2="down:Q", fill=fill, tooltip="words:N", description="words:N"
    )


def _legal_dates(look: Look, period: alt.Parameter) -> alt.Chart:
    """A date of the law: a full diamond for rehabilitation, a hollow one for a void conviction, a small circle for a doubt."""
    points = _of(Lane.LEGAL).transform_filter(_IS_DATE)
    shape = alt.when(alt.datum.state == "undetermined").then(alt.value("circle")).otherwise(alt.value("diamond"))
    fill = alt.when(alt.datum.state == "rehabilitation").then(alt.value(ACCENT)).otherwise(alt.value("white"))
    return points.mark_point(size=look.area(52), stroke=ACCENT, strokeWidth=1.4, opacity=1, clip=True, cursor="pointer").encode(
        x=x_at(period), y=y_at(look.y), shape=shape, fill=fill, tooltip="words:N", description="words:N"
    )  # fmt: skip


def _law_rules(period: alt.Parameter) -> alt.Chart:
    """A change of law crosses every lane."""
    rules = _of(Lane.LAWS).mark_rule(color=QUIET, strokeWidth=0.8, strokeDash=[2, 4], clip=True, aria=False)
    return rules.encode(x=x_at(period))


def _laws(look: Look, period: alt.Parameter) -> alt.Chart:
    marks = _of(Lane.LAWS).mark_point(shape="triangle-up", size=look.area(46), stroke=INK, fill="white", strokeWidth=1.3, opacity=1, clip=True, cursor="pointer")  # fmt: skip
    return marks.encode(x=x_at(period), y=y_at(look.y), tooltip="words:N", description="words:N")


def _quality(look: Look, period: alt.Parameter) -> alt.Chart:
    """A full square where records contradict each other, a hollow one where something is missing."""
    marks = _of(Lane.QUALITY).mark_point(shape="square", size=look.area(70), stroke=OCHRE, strokeWidth=1.6, opacity=1, clip=True, cursor="pointer")  # fmt: skip
    fill = alt.when(alt.datum.state == "contradiction").then(alt.value(OCHRE)).otherwise(alt.value("white"))
    return marks.encode(x=x_at(period), y=y_at(look.y), fill=fill, tooltip="words:N", description="words:N")
