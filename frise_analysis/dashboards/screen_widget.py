"""What every screen is: a page that Python writes, a view that the page shows, messages that are answered."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

import anywidget
import pandas as pd
import traitlets

from frise_analysis.analysis.table_text import csv_text
from frise_analysis.charts.theme import FRENCH_NUMBERS
from frise_analysis.dashboards import rendering
from frise_analysis.store.engine import Store

Message = dict[str, Any]


class Written(Protocol):
    """A panel of a screen: its HTML, and the charts that it holds places for."""

    @property
    def html(self) -> str:
        """Its text."""

    @property
    def charts(self) -> dict[str, dict[str, Any]]:
        """Its charts by the name of their place."""


class ScreenWidget(anywidget.AnyWidget):
    """A screen on one store. Each screen has its script ``_esm``, its two sentences, and what it answers.

    Each view has a turn: the page leaves out what was written for another.
    """

    uid = traitlets.Unicode().tag(sync=True)
    shell = traitlets.Unicode().tag(sync=True)
    specs = traitlets.Dict().tag(sync=True)
    french = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    #: Said where another load took the place of the store, and where a message could not be answered.
    REPLACED: ClassVar[str]
    FAILED: ClassVar[str]
    store: Store
    _esm: str
    _turn: int = 1

    def __init__(self, *, view: dict[str, Any], specs: dict[str, Any]) -> None:
        uid = uuid.uuid4().hex[:8]
        super().__init__(uid=uid, shell=self._page(uid, view), specs=specs, french=FRENCH_NUMBERS, view=view)
        self.on_msg(self._receive)

    def _page(self, uid: str, view: dict[str, Any]) -> str:
        """The whole screen as HTML, this view filled in."""
        raise NotImplementedError

    def _first_view(self) -> dict[str, Any]:
        """The view as it goes with the page drawn before any kernel answers."""
        return dict(self.view)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and the page drawn without it: the server sends it first, a notebook shows the widget."""
        bundle: Any = super()._repr_mimebundle_(**kwargs)
        if not bundle:
            return bundle
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        state = {"specs": self.specs, "view": self._first_view(), "french": self.french}
        data["text/html"] = rendering.first_paint(html=self.shell, module=self._esm, state=state)
        return data, metadata

    def _receive(self, _: Any, message: Any, __: Any) -> None:
        """Answer one message of the page; what goes wrong is a sentence on the page, and leaves the screen as it was."""
        try:
            self._answer(message)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the person gets a sentence, never a traceback
            self.send(self._told(error, message))

    def _answer(self, message: Message) -> None:
        self.ANSWERS[message["do"]](self, message)

    def _told(self, error: Exception, message: Any) -> dict[str, Any]:  # noqa: ARG002 - a screen may say more of some
        """What the page is told of an error."""
        return {"notice": self.FAILED}

    def _send_panel(self, name: str, panel: Written) -> None:
        self.send({"panel": name, "html": panel.html, "charts": panel.charts, "turn": self._turn})

    def _send_table(self, table: pd.DataFrame, name: str) -> None:
        self.send({"csv": csv_text(table), "name": name})

    def _send_file(self, content: bytes, *, name: str, media: str) -> None:
        self.send({"file": base64.b64encode(content).decode("ascii"), "name": name, "type": media})

    def _watch(self, _: Message) -> None:
        if self.store.replaced():
            self.send({"notice": self.REPLACED})

    def _vega(self, _: Message) -> None:
        """The drawing library, for a notebook: the server's own pages have it already."""
        from frise_analysis.charts.vega_bundle import bundle_text  # noqa: PLC0415 - megabytes that a server never needs

        self.send({"vega": bundle_text()})

    #: What each message that a page may send asks for.
    ANSWERS: ClassVar[Mapping[str, Callable[[Any, Message], None]]] = {"watch": _watch, "vega": _vega}
