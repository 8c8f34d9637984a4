"""Whether facts slow down at liberty: cumulative facts with the mean rate, and the intervals between facts."""

from __future__ import annotations

import altair as alt

from frise_analysis.charts.axis import CHOSEN, ticks
from frise_analysis.charts.theme import ACCENT, BAND, BLUE, INK, PALE, QUIET, subtitle

_YEARS = (
    "length(data('intervals')) == 0 ? '' : datum.value == 0 ? '0' : abs(datum.value - round(datum.value)) < 0.01"
    " ? format(round(datum.value), 'd') + (datum.value < 1.99 ? ' an' : ' ans') : round(datum.value * 12) + ' mois'"
)
_YEARS_AXIS = alt.Axis(
    title="années de temps libre depuis les premiers faits", grid=False, format="d", tickMinStep=1, labelOverlap=True
)
#: The height reserved for either chart of this row, in pixels.
HEIGHT = 170
_FAN, _STEPS = "data('fan')", "data('steps')"
#: With a fan the person's own curve and the median stay whole: the bands are cut above them. Without, the data say how high.
_FAN_TOP = alt.ExprRef(
    f"length({_FAN}) && length({_STEPS})"
    f" ? 1.15 * max({_STEPS}[length({_STEPS}) - 1].count, {_FAN}[length({_FAN}) - 1].median) : null"
)


def cumulative_chart(*, width: int) -> alt.LayerChart:
    """Facts counted since the first, against years at liberty; the dashed line is the mean rate.

    Behind them, where there is a ``fan``: the median of comparable paths, and the bands that hold half and eight tenths of them.
    """
    steps = alt.Chart(alt.NamedData("steps"))
    x = alt.X("street_years:Q", scale=alt.Scale(nice=False, domainMin=0), axis=_YEARS_AXIS)
    y = _counted("count")
    band = (
        alt.Chart(alt.NamedData("zone"))
        .mark_rect(color=BAND, aria=False)
        .encode(x=alt.X("from:Q", axis=_YEARS_AXIS), x2="to:Q")
    )
    line = steps.mark_line(interpolate="step-after", color=INK, strokeWidth=2.2, aria=False).encode(x=x, y=y)
    mean = (
        alt.Chart(alt.NamedData("mean"))
        .mark_line(strokeDash=[5, 4], color=QUIET, strokeWidth=1.5, aria=False)
        .encode(x=x, y=y)
    )
    read = (
        steps.transform_filter(f"datum.key != '' && indexof({CHOSEN}, datum.key) >= 0")
        .mark_point(size=110, stroke=INK, strokeWidth=2, filled=False, aria=False)
        .encode(x=x, y=y)
    )
    dots = (
        steps.transform_filter("datum.key != ''")
        .mark_point(filled=True, size=26, color=INK, opacity=1, cursor="pointer")
        .encode(x=x, y=y, tooltip="words:N", description="words:N")
    )
    title = alt.Title("Évolution", offset=6)
    layers = alt.LayerChart(layer=[band, *_fan_layers(x), line, mean, dots, read, subtitle("rate")])
    return layers.properties(name="steps", width=width, height=HEIGHT, title=title)


def _fan_layers(x: alt.X) -> list[alt.Chart]:
    """See-through, so that the zone not judged yet shows under them."""
    fan = alt.Chart(alt.NamedData("fan"))
    wide, half = (fan.mark_area(color=BLUE, fillOpacity=0.14, clip=True, aria=False) for _ in range(2))
    median = fan.mark_line(color=ACCENT, strokeWidth=1, clip=True, aria=False)
    return [
        wide.encode(x=x, y=_counted("low10"), y2="high90:Q"),
        half.encode(x=x, y=_counted("low25"), y2="high75:Q"),
        median.encode(x=x, y=_counted("median")),
    ]


def _counted(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=_count_axis(), scale=alt.Scale(domainMin=0, domainMax=_FAN_TOP, nice=True))


def _count_axis() -> alt.Axis:
    """Whole numbers only, about five."""
    top = "domain('steps_y')[1]"
    fifth = f"({top} / 5)"
    step = f"({fifth} <= 1 ? 1 : {fifth} <= 2 ? 2 : {fifth} <= 5 ? 5 : {fifth} <= 10 ? 10 : {fifth} <= 20 ? 20 : 50)"
    whole_numbers = alt.ExprRef(f"sequence(0, {top} + 0.5, {step})")
    return alt.Axis(
        title=None,
        minExtent=38,
        maxExtent=38,
        values=whole_numbers,
        format="d",
        labelOverlap=False,
        domain=False,
        ticks=False,
    )


def intervals_chart(*, width: int) -> alt.LayerChart:
    """One bar per interval between two dates of facts, in years at liberty; the last, dashed, is still open."""
    data = alt.Chart(alt.NamedData("intervals")).transform_calculate(
        left="datum.rank - 0.36", right="datum.rank + 0.36"
    )
    # Few intervals keep narrow bars: the axis is never shorter than six.
    ranks = alt.Scale(
        nice=False, zero=False, domainMin=0.5, domainMax=alt.ExprRef("max(6.5, length(data('intervals')) + 0.5)")
    )
    x = alt.X("left:Q", axis=None, scale=ranks)
    axis = alt.Axis(
        title=None,
        minExtent=38,
        maxExtent=38,
        labelExpr=_YEARS,
        values=ticks("intervals_y", "intervals_height", 34),
        domain=False,
        ticks=False,
    )
    y = alt.Y("years:Q", axis=axis, scale=alt.Scale(domainMin=0, nice=False))
    still = alt.datum.open
    bars = data.mark_rect(strokeWidth=1.3, strokeDash=alt.ExprRef("datum.open ? [4, 3] : [1, 0]")).encode(
        x=x, x2="right:Q", y=y, y2=alt.datum(0),
        color=alt.when(still).then(alt.value("white")).otherwise(alt.value(PALE)),
        stroke=alt.value(ACCENT),
        tooltip="words:N", description="words:N",
    )  # fmt: skip
    pending = data.transform_filter("datum.open && datum.pending > 0").transform_calculate(
        low="max(0, datum.years - datum.pending)"
    )
    zone = pending.mark_rect(color=BAND, stroke=ACCENT, strokeDash=[4, 3], strokeWidth=1.3, aria=False).encode(
        x=x, x2="right:Q", y=alt.Y("low:Q"), y2="years:Q", tooltip="words:N"
    )
    names = data.transform_filter("datum.open").transform_calculate(middle="(datum.left + datum.right) / 2").mark_text(
        text="en cours", fontSize=10.5, color=QUIET, aria=False, align=alt.ExprRef("data('intervals').length > 4 ? 'right' : 'center'"),
        dx=alt.ExprRef("data('intervals').length > 4 ? 8 : 0"),
    ).encode(x=alt.X("middle:Q"), y=alt.value(HEIGHT + 13))  # fmt: skip
    title = alt.Title("Intervalles entre les faits", offset=6)
    return alt.LayerChart(layer=[bars, zone, names, subtitle("intervals")]).properties(
        name="intervals", width=width, height=HEIGHT, title=title
    )
