"""The time axis that the lanes of a frise share: its ticks, its labels, and the names of what links the charts."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from frise_analysis.charts.theme import ACCENT

PERIOD, FAMILY, CHOSEN, CLOCK, BIRTH = "period", "family", "chosen", "clock", "birth"
#: Distance between ticks in years: a month, a quarter, half a year, then years; about 62 pixels apart.
_STEP = "({span} <= 1/12 ? 1/12 : {span} <= 0.25 ? 0.25 : {span} <= 0.5 ? 0.5 : {span} <= 1 ? 1 : {span} <= 2 ? 2 : {span} <= 5 ? 5 : 10)"
_MONTHS = "['janv.','févr.','mars','avr.','mai','juin','juil.','août','sept.','oct.','nov.','déc.']"
_WHOLE = "abs(datum.value - round(datum.value)) < 0.01"
_PART = "round((datum.value - floor(datum.value)) * 12)"
AXIS_LABEL = (
    f"clock == 'calendar' ? ({_WHOLE} ? format(round(datum.value), 'd') : {_MONTHS}[min(11, {_PART})] + ' ' + floor(datum.value))"
    " : abs(datum.value) < 0.01 ? '0'"
    f" : {_WHOLE} ? (datum.value < 0 ? '−' : '') + format(abs(round(datum.value)), 'd') + (abs(datum.value) < 1.99 ? ' an' : ' ans')"
    " : abs(datum.value) < 1 ? (datum.value < 0 ? '−' : '') + round(abs(datum.value) * 12) + ' mois'"
    f" : floor(datum.value) + ' a. ' + {_PART} + ' m.'"
)
AGE_LABEL = (
    "birth == null || clock == 'street' ? '' : clock == 'age' ? format(floor(datum.value + birth), 'd')"
    " : floor(datum.value - birth) + ' ans'"
)


def ticks(scale: str, width: str, gap: int = 62) -> alt.ExprRef:
    """Tick positions in years, whole months apart, for the part of the axis in view."""
    span = f"((domain('{scale}')[1] - domain('{scale}')[0]) * {gap} / max({width}, 1))"
    step = _STEP.format(span=span)
    low, high = f"domain('{scale}')[0]", f"domain('{scale}')[1]"
    return alt.ExprRef(f"sequence(ceil({low} / {step} - 1e-6) * {step}, {high} + 1e-6, {step})")


def period_selection() -> alt.Parameter:
    """The brush of the overview strip."""
    brush = alt.BrushConfig(fill=ACCENT, fillOpacity=0, strokeOpacity=0)
    return alt.selection_interval(name=PERIOD, encodings=["x"], mark=brush)


def family_selection() -> alt.Parameter:
    """The family chosen by a click on its bar."""
    return alt.selection_point(name=FAMILY, fields=["family"], toggle=False)


def x_at(period: alt.Parameter, field: str = "x", axis: alt.Axis | None = None) -> alt.X:
    """A field of years on the axis that the brush zooms."""
    scale = alt.Scale(domain=period, nice=False, zero=False)
    # Layers share one axis: those that leave it out let the layer that sets it decide.
    return alt.X(f"{field}:Q", scale=scale, title=None) if axis is None else alt.X(f"{field}:Q", scale=scale, axis=axis)


def y_at(field: str) -> alt.Y:
    """Pixels from the top."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


@dataclass(frozen=True)
class Look:
    """How a frise is drawn: the field that holds its pixels (``y`` or ``yn``), its width, and how much larger than on a desk."""

    width: int
    narrow: bool = False
    scale: float = 1

    @property
    def y(self) -> str:
        """The field that holds pixels from the top."""
        return "yn" if self.narrow else "y"

    def font(self, size: float) -> float:
        """A size of type or of a line, in pixels."""
        return round(size * self.scale, 1)

    def area(self, size: float) -> float:
        """A size of mark, in square pixels."""
        return round(size * self.scale**2)
