"""How many of each offence family in the chosen period; a click on a bar shows that family alone on the frise."""

from __future__ import annotations

import altair as alt

from frise_analysis.charts.axis import PERIOD
from frise_analysis.charts.theme import INK, QUIET, family_scales, subtitle

#: Room for the longest family label left of the bars, so that the plot never moves from one person to the next.
LABEL_EXTENT = 186


def offence_types_chart(*, width: int, family: alt.Parameter, narrow: bool) -> alt.LayerChart:
    """Bars of distinct ``unit_key`` by family, most frequent first, marked with the family's own shape.

    Labels stand left of the bars, or above them in the ``narrow`` layout.
    """
    scales = family_scales()
    counted = (
        alt.Chart(alt.NamedData("offences"))
        .transform_filter("isValid(datum.unit_key)")
        .transform_filter(f"!isValid({PERIOD}.start) || (datum.x >= {PERIOD}.start[0] && datum.x <= {PERIOD}.start[1])")
        .transform_aggregate(count="distinct(unit_key)", groupby=["family", "family_label"])
    )
    y = alt.Y(
        "family_label:N",
        sort=alt.EncodingSortField(field="count", op="max", order="descending"),
        axis=_axis(narrow=narrow),
    )
    x = alt.X("count:Q", axis=None, stack=None, scale=alt.Scale(domainMin=0, nice=False))
    colour = alt.Color("family:N", scale=alt.Scale(domain=scales["domain"], range=scales["colours"]), legend=None)
    shape = alt.Shape("family:N", scale=alt.Scale(domain=scales["domain"], range=scales["shapes"]), legend=None)
    opacity = alt.when(family).then(alt.value(1)).otherwise(alt.value(0.25))
    down = 8 if narrow else 0
    bars = counted.mark_bar(size=13, cursor="pointer", cornerRadiusEnd=2, yOffset=down).encode(
        x=x, y=y, color=colour, opacity=opacity
    )
    symbols = counted.mark_point(filled=True, size=85, cursor="pointer", opacity=1, aria=False, yOffset=-down).encode(
        x=alt.value(6 if narrow else -12), y=y, color=colour, shape=shape
    )
    numbers = counted.mark_text(align="left", dx=6, fontSize=12, color=QUIET, aria=False, yOffset=down).encode(
        x=x, y=y, text="count:Q"
    )
    labels = [_labels_above(counted, y)] if narrow else []
    named = bars.properties(name="bars").add_params(family)
    chart = alt.LayerChart(layer=[named, symbols, numbers, *labels, subtitle("types")])
    step = alt.Step(36 if narrow else 24)
    return chart.properties(name="types", width=width, height=step, title=alt.Title("Nature des infractions", offset=6))


def _axis(*, narrow: bool) -> alt.Axis | None:
    if narrow:
        return None
    return alt.Axis(
        title=None, ticks=False, domain=False, labelPadding=22, labelLimit=LABEL_EXTENT - 22, labelColor=INK, labelFontSize=12,
        minExtent=LABEL_EXTENT, maxExtent=LABEL_EXTENT,
    )  # fmt: skip


def _labels_above(counted: alt.Chart, y: alt.Y) -> alt.Chart:
    return counted.mark_text(align="left", fontSize=12, color=INK, aria=False, yOffset=-8).encode(
        x=alt.value(16), y=y, text="family_label:N"
    )
