"""One figure of the screen: a published table, its picture, what it hides and how it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from frise_analysis.analysis.service import Methodology, methodologies
from frise_analysis.dashboards.panel import Panel
from frise_analysis.dashboards.twins import table_rows
from frise_analysis.dates import french_number
from frise_analysis.store.engine import preparation, question

#: Rows written in the page; the file has them all.
MOST_ROWS = 200
_TEXTS = {"prepare": preparation, "queries": question}


@dataclass(frozen=True)
class Figure:
    """What the screen shows of one question: ``table`` is the twin of the chart and the file that is saved.

    ``words`` stand over the picture, ``note`` under it: what is hidden; ``method`` names the question whose methodology is told, where it is not ``told``
    itself; ``long``: a list to be read line by line; ``aside``: columns of the file that the page leaves out. A figure that cannot be answered has ``refusal`` and nothing else.
    """

    name: str
    title: str
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    words: tuple[str, ...] = ()
    note: str = ""
    method: str = ""
    chart: dict[str, Any] | None = None
    height: int = 0
    wide: bool = False
    long: bool = False
    open: bool = False
    refusal: str = ""
    told: Methodology | None = None
    aside: tuple[str, ...] = ()

    def saying(self, words: str) -> Figure:
        """The same with a sentence more over its table."""
        return replace(self, words=(*self.words, words))

    def drawn(self, chart: dict[str, Any], *, height: int, note: str | None = None) -> Figure:
        """The same with its picture."""
        return replace(self, chart=chart, height=height, note=self.note if note is None else note)


@dataclass(frozen=True)
class Choice:
    """A list over figures: the message it sends, its label, its options as (value, words), the one in use."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Group:
    """Figures of a tab that go together; ``closed``: behind a button that opens them; ``packed``: in columns, small ones together."""

    title: str = ""
    words: str = ""
    figures: tuple[Figure, ...] = ()
    closed: bool = False
    packed: bool = False
    choice: Choice | None = None


def panel_of(groups: Iterable[Group]) -> Panel:
    """The tab as the page draws it."""
    from frise_analysis.dashboards.rendering import environment  # noqa: PLC0415 -- the parcours screen need not be there

    found = tuple(groups)
    macros: Any = environment().get_template("service_figures.html").module
    html = str(macros.groups([(group, [_shown(x) for x in group.figures]) for group in found]))
    charts = {x.name: x.chart for group in found for x in group.figures if x.chart is not None}
    return Panel(html, charts)


def _shown(figure: Figure) -> dict[str, Any]:
    table = figure.table.drop(columns=[*figure.aside, *_blank(figure)])
    rows = table_rows(table.head(MOST_ROWS))
    left = len(figure.table) - len(rows)
    more = (
        f"Les {MOST_ROWS} premières lignes sur {french_number(len(figure.table))} ; le fichier les a toutes."
        if left > 0
        else ""
    )
    return {
        "figure": figure,
        "heads": list(table.columns),
        "rows": rows,
        "more": more,
        "method": _method(figure),
        "cards": figure.long or (figure.wide and figure.open),
    }


def _blank(figure: Figure) -> list[str]:
    """Columns of a list in which no row says anything: the file has them, the page keeps their room."""
    read = figure.table.drop(columns=list(figure.aside))
    return [str(x) for x in read if (read[x] == "").all()] if figure.long and len(read) else []


def _method(figure: Figure) -> dict[str, Any] | None:
    found = figure.told or methodologies().get(figure.method)
    return {"said": found, "queries": queries_of(found)} if found else None


def queries_of(method: Methodology) -> list[tuple[str, str]]:
    """Name and text of each query that a methodology names."""
    named = [name.partition("/")[::2] for name in method.query]
    return [(name, _TEXTS[folder](name)) for folder, name in named]
