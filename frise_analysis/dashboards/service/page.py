"""The page of the screen: its parts as HTML, and what it is told at each change of filters."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from frise_analysis.analysis.service import PERIODS, ServiceFilters, headline, sentence
from frise_analysis.charts.service_bars import COLUMNS, bars_specification
from frise_analysis.dashboards import rendering
from frise_analysis.dashboards.service import reports
from frise_analysis.dashboards.service.filter_bar import choices, chosen
from frise_analysis.dashboards.service.tabs import TABS
from frise_analysis.dates import months_in_words
from frise_analysis.store.engine import Store

LIMITS = (
    "Ces chiffres comptent des personnes et des mesures enregistrées ; ils ne disent rien d’une personne ni d’un agent. "
    "« moins de 11 » et « masqué » protègent les petits groupes ; un tableau qui n’en parle pas montre tout."
)
#: Figures whose comparison is with the period before, not with a year before.
OVER_PERIOD = ("came", "left")


def view_of(store: Store, filters: ServiceFilters) -> dict[str, Any]:
    """The parts that depend on the filters, the options in use, and the address to keep."""
    macros: Any = rendering.environment().get_template("service_figures.html").module
    tiles = headline(store, filters=filters).to_dict("records")
    return {
        "store": store.info.load_id,
        "query": filters.to_query(),
        "chosen": chosen(filters),
        "parts": {
            "sentence": str(macros.sentence(sentence(store, filters))),
            "tiles": str(macros.tiles([_tile(x) for x in tiles])),
        },
    }


def _tile(row: dict[Any, Any]) -> dict[str, Any]:
    before = "sur la période d’avant" if row["figure"] in OVER_PERIOD else "un an avant"
    return {**row, "before": before}


def page_html(store: Store, *, uid: str, view: dict[str, Any]) -> str:
    """The whole screen as HTML, its parts filled in."""
    page = rendering.environment().get_template("service_shell.html")
    return page.render(
        css=_style(), uid=uid, view=view, choices=choices(store), tabs=[(name, title) for name, (title, _) in TABS.items()],
        limits=LIMITS, reports=reports.available(), formats=reports.FORMATS, periods=[(x, months_in_words(x)) for x in PERIODS],
    )  # fmt: skip


@cache
def _style() -> str:
    return rendering.static_text("screen.css", "service.css")


def prepare() -> None:
    """Make once what every session needs: the templates, the style, the charts of the first tab."""
    for name in ("service_shell.html", "service_figures.html"):
        rendering.environment().get_template(name)
    _style()
    bars_specification(pd.DataFrame(columns=COLUMNS), title="")
