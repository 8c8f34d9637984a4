"""A chart of the screen made ready for a page: the width and the typeface of the page, numbers and months in French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frise_analysis.dates import MONTHS, SHORT_MONTHS
from frise_analysis.report.service_tables import Table

#: Of a picture that an A4 page takes at about 0.8 point each: type of 11 is then near 9 points.
WIDTH = 600
FONT = "'IBM Plex Sans'"
_DAYS = ("dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
#: Numbers and dates for Vega, in French.
LOCALE = {
    "number": {"decimal": ",", "thousands": "\N{NARROW NO-BREAK SPACE}", "grouping": [3], "currency": ["", " €"]},
    "time": {
        "dateTime": "%A %e %B %Y à %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"],
        "days": list(_DAYS), "shortDays": [f"{x[:3]}." for x in _DAYS],
        "months": list(MONTHS), "shortMonths": list(SHORT_MONTHS),
    },
}  # fmt: skip
SAME = "Le tableau dit la même chose."
#: What only a pointer asks of a chart.
_UNPRINTED = frozenset({"tooltip", "cursor"})


def for_paper(specification: Mapping[str, Any]) -> dict[str, Any]:
    """The same chart as wide as a page, with nothing to point at."""
    # Fitted into its width, a chart cuts a long legend; a page takes it as wide as it comes.
    kept = {name: value for name, value in specification.items() if name != "autosize"}
    printed = {name: value if name == "datasets" else _printed(value) for name, value in kept.items()}
    if printed.get("width") == "container":
        printed["width"] = WIDTH
    config = {**printed.get("config", {}), "font": FONT, "background": "white", "locale": LOCALE}
    return {**printed, "config": config}


def caption(specification: Mapping[str, Any], table: Table) -> str:
    """What is written under the chart: its own description, then what its marks are."""
    own = str(specification.get("description") or "").replace(SAME, "").strip()
    said = [x.rstrip(".") for x in (own, table.reading) if x]
    return f"{'. '.join(said)}." if said else ""


def alternative(specification: Mapping[str, Any], table: Table, heading: str) -> str:
    """What the chart shows, for who does not see it, and that its table follows."""
    return f"Graphique : {heading}. {caption(specification, table)} {SAME}".replace("  ", " ")


def _printed(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {name: _printed(x) for name, x in value.items() if name not in _UNPRINTED}
        return {**kept, "width": WIDTH} if kept.get("width") == "container" else kept
    return [_printed(x) for x in value] if isinstance(value, list) else value
