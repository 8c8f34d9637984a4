"""The screen of a service: a widget that holds the filters, answers the page and hands it what to show."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from frise_analysis.analysis.disclosure import DisclosureRefused
from frise_analysis.analysis.registry import QuestionRefused
from frise_analysis.analysis.service import ServiceFilters
from frise_analysis.analysis.table_text import csv_text
from frise_analysis.charts.theme import FRENCH_NUMBERS
from frise_analysis.dashboards import rendering
from frise_analysis.dashboards.service import reports
from frise_analysis.dashboards.service.caseload_figures import checked_role, first_role
from frise_analysis.dashboards.service.page import page_html, view_of
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.dashboards.service.tabs import TABS, Written, write
from frise_analysis.dashboards.service.views_answered import ViewsAnswered
from frise_analysis.store.engine import Store, open_store
from frise_analysis.store.location import default_store

SCRIPT = rendering.static_text("chart.js", "documents.js", "adopt.js", "service.js")
FIRST_TAB = next(iter(TABS))
REPLACED = "De nouvelles données ont été chargées. Cette page montre encore les anciens chiffres."
FAILED = "Cette action n’a pas abouti ; les chiffres affichés n’ont pas changé. Rechargez la page ; si cela recommence, prévenez la personne qui tient l’installation."
_LONGEST_QUERY = 2000


class Service(anywidget.AnyWidget):
    """The screen of a service. ``open_service()`` makes one on the store in use."""

    _esm = SCRIPT
    uid = traitlets.Unicode().tag(sync=True)
    shell = traitlets.Unicode().tag(sync=True)
    specs = traitlets.Dict().tag(sync=True)
    french = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, store: Store, state: ServiceState | None = None) -> None:
        self.store = store
        self.state = state or ServiceState(role=first_role(store))
        self.answered = ViewsAnswered.none(store).answer(store, self.state.filters)
        self._turn = 1
        self._written: dict[str, Written] = {}
        view = self._view(self.state, FIRST_TAB, turn=1)
        uid = uuid.uuid4().hex[:8]
        html = page_html(store, uid=uid, view=view)
        super().__init__(uid=uid, shell=html, specs={}, french=FRENCH_NUMBERS, view=view)
        self.on_msg(self._receive)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and the page drawn without it: the server sends it first, a notebook shows the widget."""
        bundle: Any = super()._repr_mimebundle_(**kwargs)
        if not bundle:
            return bundle
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        # The panel's text stands in the page already.
        drawn = {**self.view, "panel": {**self.view["panel"], "html": None}, "parts": {}}
        state = {"specs": {}, "view": drawn, "french": self.french}
        data["text/html"] = rendering.first_paint(html=self.shell, module=SCRIPT, state=state)
        return data, metadata

    def _view(self, state: ServiceState, tab: str, *, turn: int, asked: int = 0) -> dict[str, Any]:
        """What the page shows of this state, the tab that is open written with it."""
        written = write(self.store, state, tab)
        self._written = {tab: written}
        panel = {"panel": tab, "html": written.html, "charts": written.charts}
        return {**view_of(self.store, state.filters), "panel": panel, "turn": turn, "asked": asked}

    def _receive(self, _: Any, message: Any, __: Any) -> None:
        """Answer one message of the page; what goes wrong is a sentence on the page, and leaves the screen as it was."""
        try:
            self._ANSWERS[message["do"]](self, message)
        except (DisclosureRefused, QuestionRefused) as refused:
            self.send({"refused": str(refused), "query": self.view["query"], "asked": _number(message.get("asked"))})
        except Exception:  # noqa: BLE001 - whatever went wrong, the person gets a sentence, never a traceback
            self.send({"notice": FAILED, "query": self.view["query"]})

    def _filters(self, message: dict[str, Any]) -> None:
        tab = _tab(message.get("tab", FIRST_TAB))
        asked = _number(message.get("asked"))
        state = self.state.filtered(ServiceFilters.from_query(_text(message["query"])))
        answered = self.answered.answer(self.store, state.filters)
        kept = self._written
        try:
            view = self._view(state, tab, turn=self._turn + 1, asked=asked)
        except BaseException:
            self._written = kept
            raise
        self.answered, self.state, self._turn, self.view = answered, state, view["turn"], view

    def _weeks(self, message: dict[str, Any]) -> None:
        """How far lists of dates look: nothing else changes."""
        self._choose(self.state.looking(_text(message["value"])), message)

    def _role(self, message: dict[str, Any]) -> None:
        """Whose work is shown, on fictional people."""
        role = checked_role(self.store, _text(message["value"]))
        self._choose(self.state.seen_by(role), message)

    def _choose(self, state: ServiceState, message: dict[str, Any]) -> None:
        """Another choice of the tab that is open, written again; those that show it too are written when they are opened."""
        tab = _tab(message["tab"])
        written = write(self.store, state, tab)
        self.state, self._written = state, {tab: written}
        self.send({"panel": tab, "html": written.html, "charts": written.charts, "turn": self._turn})

    def _panel(self, message: dict[str, Any]) -> None:
        tab = _tab(message["name"])
        written = self._tab_written(tab)
        self.send({"panel": tab, "html": written.html, "charts": written.charts, "turn": self._turn})

    def _tab_written(self, tab: str) -> Written:
        if tab not in self._written:
            self._written[tab] = write(self.store, self.state, tab)
        return self._written[tab]

    def _csv(self, message: dict[str, Any]) -> None:
        name = _text(message["name"])
        table = self._tab_written(_tab(message["tab"])).tables[name]
        self.send({"csv": csv_text(table), "name": f"{name}-{self.state.filters.day(self.store).isoformat()}.csv"})

    def _report(self, message: dict[str, Any]) -> None:
        months = message.get("months", self.state.filters.months)
        state = self.state.filtered(replace(self.state.filters, query="", months=months))
        made = reports.report(self.store, state, _text(message["format"]))
        self.send({"file": base64.b64encode(made.content).decode("ascii"), "name": made.name, "type": made.type})

    def _watch(self, _: dict[str, Any]) -> None:
        if self.store.replaced():
            self.send({"notice": REPLACED})

    def _vega(self, _: dict[str, Any]) -> None:
        """The drawing library, for a notebook: the server's own pages have it already."""
        from frise_analysis.charts.vega_bundle import bundle_text  # noqa: PLC0415 - megabytes that a server never needs

        self.send({"vega": bundle_text()})

    _ANSWERS: ClassVar[dict[str, Callable[[Any, dict[str, Any]], None]]] = {
        "filters": _filters, "panel": _panel, "weeks": _weeks, "role": _role, "csv": _csv, "report": _report, "watch": _watch, "vega": _vega,
    }  # fmt: skip


def open_service(store: Path | str | None = None) -> Service:
    """The screen on a store: the one given, else the one in use (``FRISE_STORE``, else ``data/frise.duckdb``)."""
    return Service(open_store(store or default_store()))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_QUERY:
        raise TypeError(type(value).__name__)
    return value


def _tab(value: object) -> str:
    if value not in TABS:
        raise KeyError("tab")
    return str(value)


def _number(value: object) -> int:
    """How many times the page has asked; anything else is never."""
    return value if type(value) is int else 0
