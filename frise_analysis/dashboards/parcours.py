"""The parcours screen: a widget that holds the state, answers the page and hands it what to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from frise_analysis.charts.parcours import NARROW, WIDE, parcours_specification
from frise_analysis.dashboards import life_events, people, rendering
from frise_analysis.dashboards.parcours_view import person_name, view_of
from frise_analysis.dashboards.screen_widget import ScreenWidget
from frise_analysis.dashboards.state import Mode, ParcoursState
from frise_analysis.dashboards.twins import tables
from frise_analysis.report.content import Purpose
from frise_analysis.store.engine import Store, open_store
from frise_analysis.store.location import default_store
from frise_analysis.vocabulary import ADDED_LANES, Clock, CountUnit, Lane

_T = TypeVar("_T")
SCRIPT = rendering.static_text(
    "chart.js",
    "picker.js",
    "documents.js",
    "life_events.js",
    "robustness.js",
    "adopt.js",
    "live_screen.js",
    "parcours.js",
)
REPLACED = "De nouvelles données ont été chargées. Cette page montre encore les anciennes."
FAILED = "Cette action n’a pas abouti. Rechargez la page ; si cela recommence, prévenez la personne qui tient l’installation."


#: What is not answered while somebody else may be looking: other people's names, files, the officer's choices.
_OFFICER = frozenset({"search", "recents", "choose", "csv", "document", "void", "lane", "fan"})
FORBIDDEN = {
    Mode.WORK: frozenset[str](),
    Mode.INTERVIEW: _OFFICER,
    Mode.CLOSED: _OFFICER | {"unit", "clock", "life", "panel"},
}


class Parcours(ScreenWidget):
    """The screen of one person's path. ``open_parcours()`` makes one on the store in use."""

    _esm = SCRIPT
    REPLACED = REPLACED
    FAILED = FAILED

    def __init__(self, store: Store, state: ParcoursState | None = None) -> None:
        self.store = store
        self.state = state or ParcoursState(person_key=_first_person(store))
        self._stale = False
        specs = {layout: parcours_specification(layout) for layout in (WIDE, NARROW)}
        super().__init__(view={**view_of(self.store, self.state), "turn": self._turn}, specs=specs)

    def _page(self, uid: str, view: dict[str, Any]) -> str:
        return rendering.shell(uid=uid, view=view)

    def choose(self, person_id: str) -> None:
        """Show the person of that pseudonym; ``KeyError`` where the store has none."""
        found = self.store.rows("person_key", person_id=person_id)
        if not found:
            raise KeyError(person_id)
        self._become(self.state.choose(int(str(found[0]["person_key"]))))

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The page is of the person on screen now, who may not be the one it opened on."""
        if self._stale:
            self.shell, self._stale = self._page(self.uid, self.view), False
        return super()._repr_mimebundle_(**kwargs)

    def _become(self, state: ParcoursState, **told: Any) -> None:
        """Show a state; ``told`` goes with it, such as the panel in which something was just written."""
        view = {**view_of(self.store, state), **told, "turn": self._turn + 1}
        self.state, self.view, self._turn = state, view, view["turn"]
        self._stale = True
        if view.get("refused"):
            self.send({"notice": view["refused"]})

    def _answer(self, message: dict[str, Any]) -> None:
        if message["do"] in FORBIDDEN[self.state.mode]:
            raise PermissionError(message["do"])
        super()._answer(message)

    def _search(self, message: dict[str, Any]) -> None:
        self.send({"people": people.search(self.store, str(message["text"])), "turn": message["turn"]})

    def _recents(self, message: dict[str, Any]) -> None:
        self.send({"people": people.consulted(self.store, message["people"]), "turn": message["turn"]})

    def _choose(self, message: dict[str, Any]) -> None:
        self._become(self.state.choose(_exactly(int, message["person"])))

    def _unit(self, message: dict[str, Any]) -> None:
        self._become(self.state.count_in(CountUnit(message["value"])))

    def _clock(self, message: dict[str, Any]) -> None:
        self._become(self.state.read_on(Clock(message["value"])))

    def _void(self, message: dict[str, Any]) -> None:
        self._become(self.state.show_void(shown=_exactly(bool, message["value"])))

    def _lane(self, message: dict[str, Any]) -> None:
        lane = Lane(message["name"])
        if lane not in ADDED_LANES:
            raise ValueError(lane)
        self._become(self.state.add_lane(lane, shown=_exactly(bool, message["value"])))

    def _fan(self, message: dict[str, Any]) -> None:
        self._become(self.state.show_fan(shown=_exactly(bool, message["value"])))

    def _mode(self, message: dict[str, Any]) -> None:
        self._become(self.state.turn_to(Mode(message["value"])))

    def _csv(self, message: dict[str, Any]) -> None:
        path = self.state.path(self.store)
        if path is not None:
            _, table = tables(path, unit=self.state.unit)[message["name"]]
            self._send_table(table, f"{message['name']}.csv")

    def _panel(self, message: dict[str, Any]) -> None:
        path = self.state.path(self.store)
        if path is not None:
            name = str(message["name"])
            if name not in rendering.MODE_TABS[self.state.mode]:
                raise KeyError(name)
            self._send_panel(name, rendering.panel(name, self.store, path, unit=self.state.unit))

    def _document(self, message: dict[str, Any]) -> None:
        """A file for the officer: never while somebody else looks at the screen."""
        from frise_analysis.dashboards import documents  # noqa: PLC0415 - a second of imports that reading never needs

        path = self.state.path(self.store)
        if path is None or self.state.mode != Mode.WORK:
            raise ValueError(self.state.mode)
        purpose, today = Purpose(message["purpose"]), datetime.now(UTC).astimezone().date()
        request = documents.Request(str(message["format"]), purpose, today, person_name(self.store, path) or "")
        made = documents.document(self.store, path, request)
        self._send_file(made, name=documents.file_name(path, request), media=documents.FORMS[request.form].media)

    def _life(self, message: dict[str, Any]) -> None:
        """Something told, changed or taken back with the person: the frise follows, the panel says what was done."""
        path = self.state.path(self.store)
        if path is None:
            return
        done = life_events.act(self.store, path, message)
        if done.csv is not None:
            self.send({"csv": done.csv, "name": done.name})
        if done.changed:
            self._become(self.state, panel={"panel": "events", "html": done.html, "charts": done.charts})
        else:
            self._send_panel("events", done)

    ANSWERS: ClassVar[Mapping[str, Callable[[Any, dict[str, Any]], None]]] = {
        **ScreenWidget.ANSWERS, "search": _search, "recents": _recents, "choose": _choose, "unit": _unit, "clock": _clock, "void": _void,
        "lane": _lane, "fan": _fan, "mode": _mode, "csv": _csv, "life": _life, "document": _document, "panel": _panel,
    }  # fmt: skip


def open_parcours(store: Path | str | None = None) -> Parcours:
    """The screen on a store: the one given, else the one in use (``FRISE_STORE``, else ``data/frise.duckdb``)."""
    return Parcours(open_store(store or default_store()))


def _exactly(kind: type[_T], value: object) -> _T:
    """The value, if it is of that very type: what a page sends is not made to fit."""
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value


def _first_person(store: Store) -> int | None:
    """A fictional store opens on somebody; a real one on nobody, because each consultation is a choice."""
    if not store.info.fictional:
        return None
    found = store.rows("person_first_look")
    return int(str(found[0]["person_key"])) if found else None
