"""The frise: lanes of records on one axis, with the overview strip that chooses the period."""

from __future__ import annotations

from typing import Any

import altair as alt

from frise_analysis.charts.added_lanes import added_layers
from frise_analysis.charts.axis import AGE_LABEL, AXIS_LABEL, CHOSEN, PERIOD, Look, ticks, x_at, y_at
from frise_analysis.charts.theme import ACCENT, BAND, INK, LIFE, PALE, QUIET, RULE, family_scales
from frise_analysis.vocabulary import SENTENCES, Lane

OVERVIEW_HEIGHT = 26


class FriseLayers:
    """Builds the layers of the frise for one look."""

    def __init__(self, look: Look, *, period: alt.Parameter, family: alt.Parameter | None) -> None:
        self.look, self.y, self.period, self.family = look, look.y, period, family

    def chart(self) -> alt.LayerChart:
        """The whole frise, its layers from back to front."""
        added = added_layers(self.look, self.period)
        layers = {
            "band": self._band(), "extent": self._extent(), "rules": self._rules(), "names": self._names(),
            **added, "stretches": self._stretches(), "spans": self._spans(), "labels": self._labels(),
            "convictions": self._convictions(), "breaches": self._breaches(), "life_spans": self._life_spans(),
            "life_events": self._life_events(), "facts_spans": self._facts_spans(), "facts": self._facts(), "halo": self._halo(),
        }  # fmt: skip
        named = [layer.properties(name=name) for name, layer in layers.items()]
        return alt.LayerChart(layer=named).properties(name="frise", width=self.look.width, height=240)

    def _of(self, lane: Lane) -> alt.Chart:
        return alt.Chart(alt.NamedData("marks")).transform_filter(f"datum.lane == '{lane.value}'")

    def _band(self) -> alt.Chart:
        axis = alt.Axis(
            orient="bottom", title=None, values=ticks("frise_x", "frise_width"), labelExpr=f"[{AXIS_LABEL}, {AGE_LABEL}]", grid=True,
            labelFlush=False, labelOverlap=True, labelFontSize=self.look.font(11), labelPadding=6, ticks=False, domain=False,
        )  # fmt: skip
        return (
            alt.Chart(alt.NamedData("frame"))
            .mark_rect(color=BAND, clip=True, aria=False)
            .encode(x=x_at(self.period, "unconsolidated", axis), x2="end:Q", tooltip="unconsolidated_words:N")
        )

    def _extent(self) -> alt.Chart:
        """Nothing to see: holds the axis open from the first record, whatever the lanes hold."""
        return alt.Chart(alt.NamedData("frame")).mark_point(opacity=0, aria=False).encode(x=x_at(self.period, "start"))

    def _rules(self) -> alt.Chart:
        bottom = "bottom_n" if self.look.narrow else "bottom"
        return alt.Chart(alt.NamedData("lanes")).mark_rule(color=RULE, aria=False, clip=False).encode(y=y_at(bottom))

    def _names(self) -> alt.Chart:
        names = alt.Chart(alt.NamedData("lanes"))
        if self.look.narrow:
            shown = names.transform_calculate(middle="datum.top_n + 11")
            return shown.mark_text(
                align="left", fontSize=self.look.font(11), fontWeight="bold", color=QUIET, clip=False, aria=False
            ).encode(x=alt.value(2), y=y_at("middle"), text="label:N")
        shown = names.transform_calculate(middle="(datum.top + datum.bottom) / 2")
        return shown.mark_text(align="right", fontSize=self.look.font(12), color=INK, clip=False, aria=False).encode(
            x=alt.value(-12), y=y_at("middle"), text="label:N"
        )

    def _stretches(self) -> alt.Chart:
        """Long stretches are written where they lie, when they are wide enough for their words."""
        room = f"(scale('frise_x', datum.x_end) - scale('frise_x', datum.x)) > length(datum.label) * {self.look.font(5.6)} + 24"
        text = alt.Chart(alt.NamedData("stretches")).transform_calculate(middle="(datum.x + datum.x_end) / 2")
        return text.mark_text(
            fontSize=self.look.font(10.5),
            color=QUIET,
            clip=True,
            aria=False,
            opacity=alt.ExprRef(f"{room} ? 1 : 0"),
            baseline="middle",
        ).encode(
            x=x_at(self.period, "middle"), y=y_at("yn" if self.look.narrow else "y"), text="label:N", tooltip="words:N"
        )

    def _spans(self) -> alt.Chart:
        half = self.look.font(8)
        spans = alt.Chart(alt.NamedData("marks")).transform_filter(
            "datum.lane == 'custody' || datum.lane == 'measures'"
        )
        spans = spans.transform_calculate(
            up=f"datum.{self.y} - {half}", down=f"datum.{self.y} + {half}", right="max(datum.x_end, datum.x)"
        )
        colour = alt.when(alt.datum.state == "held").then(alt.value("#4b5563")).otherwise(alt.value(PALE))
        border = alt.when(alt.datum.state == "cut").then(alt.value("#9a3b00")).otherwise(alt.value(ACCENT))
        dash = alt.ExprRef("datum.state == 'cut' ? [4, 2] : [1, 0]")
        return spans.mark_rect(cornerRadius=2, strokeWidth=1.4, strokeDash=dash, clip=True, cursor="pointer").encode(
            x=x_at(self.period), x2="right:Q", y=y_at("up"), y2="down:Q", color=colour, stroke=border,
            tooltip="words:N", description="words:N",
        )  # fmt: skip

    def _labels(self) -> alt.Chart:
        """Names on measures and life events; near the right edge they hang to the left."""
        shown = alt.Chart(alt.NamedData("marks")).transform_filter("datum.label != ''")
        suffix = "_n" if self.look.narrow else ""
        side = f"datum.side{suffix}"
        above = "datum.lane == 'life_events'"
        shown = shown.transform_calculate(
            at=f"{side} == 'after' || ({above} && {side} == 'before') ? max(datum.x_end, datum.x) : datum.x",
            base=f"{above} ? datum.{self.y} - {self.look.font(7)} : datum.{self.y}",
        )
        gap = f"{above} ? 0 : {side} == 'before' ? -5 : 5"
        return shown.mark_text(
            fontSize=self.look.font(10.5), baseline="middle", clip=True, aria=False, cursor="pointer", dx=alt.ExprRef(gap),
            align=alt.ExprRef(f"{side} == 'before' ? 'right' : 'left'"), tooltip=alt.ExprRef("datum.words"),
        ).encode(x=x_at(self.period, "at"), y=y_at("base"), text=f"label{suffix}:N")  # fmt: skip

    def _convictions(self) -> alt.Chart:
        dash = alt.when(alt.datum.void).then(alt.value(QUIET)).otherwise(alt.value(INK))
        return (
            self._of(Lane.CONVICTIONS)
            .mark_tick(orient="vertical", thickness=2.5, size=self.look.font(18), clip=True, cursor="pointer")
            .encode(x=x_at(self.period), y=y_at(self.y), color=dash, tooltip="words:N", description="words:N")
        )

    def _breaches(self) -> alt.Chart:
        return (
            self._of(Lane.BREACHES)
            .mark_point(
                shape="M-.7,-.7L.7,.7M.7,-.7L-.7,.7",
                size=self.look.area(60),
                color=INK,
                strokeWidth=1.8,
                clip=True,
                cursor="pointer",
            )
            .encode(x=x_at(self.period), y=y_at(self.y), tooltip="words:N", description="words:N")
        )

    def _life_spans(self) -> alt.Chart:
        life = self._of(Lane.LIFE_EVENTS).transform_calculate(low=f"datum.{self.y} + {self.look.font(4)}")
        return life.mark_rule(color=LIFE, strokeWidth=3, clip=True, cursor="pointer").encode(
            x=x_at(self.period), x2="x_end:Q", y=y_at("low"), tooltip="words:N", description="words:N"
        )

    def _life_events(self) -> alt.Chart:
        life = self._of(Lane.LIFE_EVENTS).transform_calculate(low=f"datum.{self.y} + {self.look.font(4)}")
        fill = alt.when(alt.datum.state == "support").then(alt.value(LIFE)).otherwise(alt.value("white"))
        shape = alt.when(alt.datum.state == "neutral").then(alt.value("square")).otherwise(alt.value("circle"))
        return life.mark_point(
            size=self.look.area(34), stroke=LIFE, strokeWidth=1.6, clip=True, cursor="pointer", opacity=1
        ).encode(x=x_at(self.period), y=y_at("low"), fill=fill, shape=shape, tooltip="words:N", description="words:N")

    def _facts_spans(self) -> alt.Chart:
        """How far facts over a period reach."""
        spans = self._of(Lane.FACTS).transform_filter("datum.x_end > datum.x")
        return spans.mark_rule(color=QUIET, strokeWidth=1.5, clip=True, aria=False).encode(
            x=x_at(self.period), x2="x_end:Q", y=y_at(self.y)
        )

    def _facts(self) -> alt.Chart:
        scales = family_scales()
        void = alt.ExprRef("datum.void ? 0.35 : 1")
        points = self._of(Lane.FACTS).mark_point(
            filled=True, size=self.look.area(95), clip=True, cursor="pointer", fillOpacity=void
        )
        return points.encode(
            x=x_at(self.period), y=y_at(self.y),
            color=alt.Color("family:N", scale=alt.Scale(domain=scales["domain"], range=scales["colours"]), legend=None),
            shape=alt.Shape("family:N", scale=alt.Scale(domain=scales["domain"], range=scales["shapes"]), legend=None),
            opacity=self._chosen_family(), tooltip="words:N", description="words:N",
        )  # fmt: skip

    def _chosen_family(self) -> Any:
        """The family chosen by its bar stands out; without bars nothing is chosen."""
        if self.family is None:
            return alt.value(1)
        return alt.when(self.family).then(alt.value(1)).otherwise(alt.value(0.15))

    def _halo(self) -> alt.Chart:
        """A ring round the record whose words are being read."""
        chosen = alt.Chart(alt.NamedData("marks")).transform_filter(f"indexof({CHOSEN}, datum.key) >= 0")
        return chosen.mark_point(
            size=self.look.area(330), filled=False, stroke=INK, strokeWidth=2, clip=True, aria=False
        ).encode(x=x_at(self.period), y=y_at(self.y))


def overview(*, width: int, period: alt.Parameter) -> alt.LayerChart:
    """The strip of the whole path: ticks of facts, the zone not yet judged, the chosen period and its brush."""
    scale = alt.Scale(nice=False, zero=False)
    frame_data = alt.Chart(alt.NamedData("frame"))
    x = alt.X("start:Q", scale=scale, axis=None)
    back = frame_data.mark_rect(fill="#f1f5f8", stroke=ACCENT, strokeWidth=0.8, aria=False).encode(x=x, x2="end:Q")
    band = frame_data.mark_rect(color="#d8dde3", aria=False).encode(
        x=alt.X("unconsolidated:Q", scale=scale, axis=None), x2="end:Q"
    )
    facts = (
        alt.Chart(alt.NamedData("offences"))
        .mark_tick(thickness=1.6, color=INK, size=14, aria=False)
        .encode(x=alt.X("x:Q", scale=scale, axis=None))
    )
    chosen = frame_data.transform_filter(f"isValid({PERIOD}.start)").transform_calculate(
        low=f"{PERIOD}.start[0]", high=f"{PERIOD}.start[1]"
    )
    window = chosen.mark_rect(fill=ACCENT, fillOpacity=0.16, stroke=ACCENT, strokeWidth=1.4, aria=False).encode(
        x=alt.X("low:Q", scale=scale, axis=None), x2="high:Q"
    )
    back = back.properties(name="strip").add_params(period)
    return alt.LayerChart(layer=[back, band, facts, window]).properties(
        name="overview", width=width, height=OVERVIEW_HEIGHT
    )


UNCONSOLIDATED_WORDS = f"{SENTENCES.unconsolidated.capitalize()} : des faits récents peuvent ne pas être jugés encore."
