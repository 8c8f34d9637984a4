"""The report of a service, as a file to save: the tables of the screen, with its charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.dashboards.service.tabs import CHARTED, write
from frise_analysis.store.engine import Store

#: Half a second of imports that reading the screen never needs: taken when a report is asked for.
MODULE = "frise_analysis.report.service"
#: Form of the file, what it is called, what it is for.
FORMATS = (
    ("pdf", "Document (PDF)", "à lire et à imprimer"),
    ("xlsx", "Classeur (XLSX)", "un tableau par feuille, à reprendre"),
)


@dataclass(frozen=True)
class ReportFile:
    """A file to save."""

    content: bytes
    name: str
    type: str


def available() -> bool:
    """Whether reports can be made: the button is hidden otherwise."""
    return find_spec(MODULE) is not None


def _charts(store: Store, state: ServiceState) -> dict[str, list[dict[str, Any]]]:
    """The charts of the screen by the table under them: one table has two pictures."""
    drawn = {name: [spec] for tab in CHARTED for name, spec in write(store, state, tab).charts.items()}
    moves = drawn.pop("flux-entrees-sorties", [])
    return {**drawn, "service-flux": [*drawn.get("service-flux", []), *moves]}


def report(store: Store, state: ServiceState, form: str) -> ReportFile:
    """The report of these filters in one of ``FORMATS``; ``KeyError`` for another."""
    if form not in {name for name, _, _ in FORMATS}:
        raise KeyError("format")
    charts = _charts(store, state) if form == "pdf" else {}
    today = datetime.now(UTC).astimezone().date()
    made = import_module(MODULE).service_report(store, state.filters, form=form, made_on=today, charts=charts)
    return ReportFile(made.content, made.name, made.mime)
