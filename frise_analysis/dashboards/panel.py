"""A panel under the frise, written when it is opened: its HTML, and the charts it holds places for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Panel:
    """``html`` is escaped already; each chart is a complete Vega-Lite specification, drawn in ``[data-chart=<name>]``."""

    html: str
    charts: dict[str, dict[str, Any]] = field(default_factory=dict)
