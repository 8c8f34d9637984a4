"""Colours, shapes and type of every chart. Shape repeats what colour says; every colour has 3:1 on white."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

from frise_analysis.vocabulary import OffenceFamily as Family

INK = "#1f2937"
QUIET = "#56616f"
RULE = "#d9e0e7"
BAND = "#e8ebef"
ACCENT = "#0b4f6c"
PALE = "#cfe0ec"
LIFE = "#6a51a3"
FONT = "DejaVu Sans, Verdana, system-ui, sans-serif"

BLUE, VERMILION, GREEN, OCHRE = "#0072b2", "#c04a00", "#00805a", "#9c6800"
MAGENTA, SLATE, BROWN, VIOLET = "#b3478a", "#56616f", "#7a4b2a", "#6a51a3"


@dataclass(frozen=True)
class Mark:
    """Colour and Vega shape of one family."""

    colour: str
    shape: str


#: Eight colours for thirteen families: no two share both colour and shape.
FAMILY_MARKS: dict[str, Mark] = {
    Family.HOMICIDE: Mark(VERMILION, "triangle-down"),
    Family.VIOLENCES: Mark(VERMILION, "triangle-up"),
    Family.SEXUELLES: Mark(VIOLET, "triangle-left"),
    Family.VOLS_VIOLENCE: Mark(BLUE, "triangle-right"),
    Family.VOLS: Mark(BLUE, "circle"),
    Family.DEGRADATIONS: Mark(BROWN, "square"),
    Family.ESCROQUERIE: Mark(BROWN, "diamond"),
    Family.STUPEFIANTS: Mark(GREEN, "square"),
    Family.ROUTE: Mark(OCHRE, "diamond"),
    Family.INVOLONTAIRES: Mark(OCHRE, "triangle-down"),
    Family.AUTORITE: Mark(MAGENTA, "cross"),
    Family.FINANCES: Mark(VIOLET, "square"),
    Family.AUTRE: Mark(SLATE, "circle"),
}


#: The same shapes as characters, for a key outside the chart.
GLYPHS = {
    "triangle-down": "▼", "triangle-up": "▲", "triangle-left": "◀", "triangle-right": "▶", "circle": "●", "square": "■",
    "diamond": "◆", "cross": "✚",
}  # fmt: skip


def family_scales() -> dict[str, list[str]]:
    """Domain, colours and shapes of the families, in the order of the vocabulary."""
    marks = [FAMILY_MARKS[family] for family in Family]
    return {
        "domain": [family.value for family in Family],
        "colours": [mark.colour for mark in marks],
        "shapes": [mark.shape for mark in marks],
    }


def chart_config() -> dict[str, Any]:
    """The Vega-Lite configuration that all charts share."""
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            "labelColor": QUIET, "titleColor": QUIET, "titleFontWeight": "normal", "labelFontSize": 11, "titleFontSize": 11,
            "gridColor": RULE, "domainColor": RULE, "tickColor": RULE,
        },
        "title": {
            "anchor": "start", "frame": "group", "color": INK, "fontSize": 14, "subtitleColor": QUIET,
            "subtitleFontSize": 11.5, "offset": 12,
        },
        "text": {"color": INK, "fontSize": 11},
    }  # fmt: skip


#: Numbers in French for Vega: decimal comma, narrow no-break space.
FRENCH_NUMBERS = {"decimal": ",", "thousands": "\N{NARROW NO-BREAK SPACE}", "grouping": [3], "currency": ["", " €"]}


def subtitle(field: str) -> alt.Chart:
    """The line under a chart's title, from the one row of the data set ``notes``: words that change with the person."""
    text = alt.Chart(alt.NamedData("notes")).mark_text(align="left", baseline="bottom", color=QUIET, fontSize=11.5)
    return text.encode(x=alt.value(0), y=alt.value(-9), text=f"{field}:N")
