"""The tabs of the screen: each writes its figures when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from frise_analysis.dashboards.service import (
    branch_figures,
    caseload_figures,
    deadline_figures,
    flow_figures,
    new_facts_figures,
    overview,
)
from frise_analysis.dashboards.service.figures import Group, panel_of
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.store.engine import Store

Writer = Callable[[Store, ServiceState], Iterable[Group]]
#: Name -> title and what writes it, in the order shown.
TABS: Mapping[str, tuple[str, Writer]] = {
    "overview": ("Vue d’ensemble", overview.groups),
    "flows": ("Flux et délais", flow_figures.groups),
    "outcomes": ("Issues", new_facts_figures.groups),
    "comparison": ("Comparaison", branch_figures.groups),
    "deadlines": ("Échéances", deadline_figures.groups),
    "caseload": ("Charge", caseload_figures.groups),
}

#: Tabs whose charts go into the report.
CHARTED = ("overview", "flows")


@dataclass(frozen=True)
class Written:
    """A tab as the page draws it, and the tables behind it by the name of their figure."""

    html: str
    charts: dict[str, dict[str, Any]]
    tables: dict[str, pd.DataFrame]


def write(store: Store, state: ServiceState, tab: str) -> Written:
    """One tab for this state; ``KeyError`` where there is none of that name."""
    _, groups = TABS[tab]
    found = tuple(groups(store, state))
    panel = panel_of(found)
    return Written(panel.html, panel.charts, {x.name: x.table for group in found for x in group.figures})
