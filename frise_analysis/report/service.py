"""The activity report of a service in one call, for a screen or a command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, Protocol

from frise_analysis.analysis.service import ServiceFilters
from frise_analysis.report.service_content import Charts, ServiceContent, service_content
from frise_analysis.report.service_pdf import service_pdf
from frise_analysis.report.service_plan import PLAN
from frise_analysis.report.service_workbook import service_xlsx
from frise_analysis.store.engine import Store

__all__ = ["FORMS", "ReportFile", "charts_of", "service_content", "service_pdf", "service_report", "service_xlsx"]

#: Form -> what makes it, its media type.
FORMS: Mapping[str, tuple[Callable[[ServiceContent], bytes], str]] = {
    "xlsx": (service_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (service_pdf, "application/pdf"),
}


class Drawn(Protocol):
    """A figure of a screen: its name, the question whose methodology it tells, its chart."""

    @property
    def name(self) -> str:
        """The name of the figure."""

    @property
    def method(self) -> str:
        """The question whose methodology it tells."""

    @property
    def chart(self) -> Mapping[str, Any] | None:
        """Its specification, its data inside; none where it is a table alone."""


class ReportFile(NamedTuple):
    """A report made: its bytes, a name for its file, its media type."""

    content: bytes
    name: str
    mime: str


def charts_of(figures: Iterable[Drawn]) -> Charts:
    """The charts of a screen by the table of the report that they show: the one that has the name of the figure, else of its question."""
    tables = {table.name for planning in PLAN for table in planning.tables}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for figure in figures:
        if figure.chart is not None:
            found.setdefault(figure.name if figure.name in tables else figure.method, []).append(figure.chart)
    return found


def service_report(
    store: Store, filters: ServiceFilters, *, form: str, made_on: date | None, charts: Charts | None = None
) -> ReportFile:
    """The report of these filters in one of ``FORMS``; ``KeyError`` for another form, ``FilterRefused`` where the store cannot answer."""
    make, mime = FORMS[form]
    content = service_content(store, filters, made_on=made_on, charts=charts)
    stamp = content.stamp
    return ReportFile(make(content), f"rapport-activite-{stamp.since.isoformat()}-{stamp.day.isoformat()}.{form}", mime)
