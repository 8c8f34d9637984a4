"""The screen of a service: a widget that holds the filters, answers the page and hands it what to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from frise_analysis.analysis.disclosure import DisclosureRefused
from frise_analysis.analysis.registry import QuestionRefused
from frise_analysis.analysis.service import ServiceFilters
from frise_analysis.dashboards import rendering
from frise_analysis.dashboards.screen_widget import ScreenWidget
from frise_analysis.dashboards.service import reports
from frise_analysis.dashboards.service.caseload_figures import checked_role, first_role
from frise_analysis.dashboards.service.page import page_html, view_of
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.dashboards.service.tabs import TABS, Written, write
from frise_analysis.dashboards.service.views_answered import ViewsAnswered
from frise_analysis.store.engine import Store, open_store
from frise_analysis.store.location import default_store

SCRIPT = rendering.static_text("chart.js", "documents.js", "adopt.js", "live_screen.js", "service.js")
FIRST_TAB = next(iter(TABS))
REPLACED = "De nouvelles données ont été chargées. Cette page montre encore les anciens chiffres."
FAILED = "Cette action n’a pas abouti ; les chiffres affichés n’ont pas changé. Rechargez la page ; si cela recommence, prévenez la personne qui tient l’installation."
_LONGEST_QUERY = 2000


class Service(ScreenWidget):
    """The screen of a service. ``open_service()`` makes one on the store in use."""

    _esm = SCRIPT
    REPLACED = REPLACED
    FAILED = FAILED

    def __init__(self, store: Store, state: ServiceState | None = None) -> None:
        self.store = store
        self.state = state or ServiceState(role=first_role(store))
        self.answered = ViewsAnswered.none(store).answer(store, self.state.filters)
        self._written: dict[str, Written] = {}
        super().__init__(view=self._view(self.state, FIRST_TAB, turn=self._turn), specs={})

    def _page(self, uid: str, view: dict[str, Any]) -> str:
        return page_html(self.store, uid=uid, view=view)

    def _first_view(self) -> dict[str, Any]:
        """Without its text, which stands in the page already."""
        return {**self.view, "panel": {**self.view["panel"], "html": None}, "parts": {}}

    def _view(self, state: ServiceState, tab: str, *, turn: int, asked: int = 0) -> dict[str, Any]:
        """What the page shows of this state, the tab that is open written with it."""
        written = write(self.store, state, tab)
        self._written = {tab: written}
        panel = {"panel": tab, "html": written.html, "charts": written.charts}
        return {**view_of(self.store, state.filters), "panel": panel, "turn": turn, "asked": asked}

    def _told(self, error: Exception, message: Any) -> dict[str, Any]:
        """A refusal in its own words; the page goes back to the filters that are shown."""
        query = self.view["query"]
        if isinstance(error, DisclosureRefused | QuestionRefused):
            return {"refused": str(error), "query": query, "asked": _number(message.get("asked"))}
        return {**super()._told(error, message), "query": query}

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
        self._send_panel(tab, written)

    def _panel(self, message: dict[str, Any]) -> None:
        tab = _tab(message["name"])
        self._send_panel(tab, self._tab_written(tab))

    def _tab_written(self, tab: str) -> Written:
        if tab not in self._written:
            self._written[tab] = write(self.store, self.state, tab)
        return self._written[tab]

    def _csv(self, message: dict[str, Any]) -> None:
        name = _text(message["name"])
        table = self._tab_written(_tab(message["tab"])).tables[name]
        self._send_table(table, f"{name}-{self.state.filters.day(self.store).isoformat()}.csv")

    def _report(self, message: dict[str, Any]) -> None:
        months = message.get("months", self.state.filters.months)
        state = self.state.filtered(replace(self.state.filters, query="", months=months))
        made = reports.report(self.store, state, _text(message["format"]))
        self._send_file(made.content, name=made.name, media=made.type)

    ANSWERS: ClassVar[Mapping[str, Callable[[Any, dict[str, Any]], None]]] = {
        **ScreenWidget.ANSWERS, "filters": _filters, "panel": _panel, "weeks": _weeks, "role": _role, "csv": _csv, "report": _report,
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
