"""Who is followed, told apart in eight ways, beside the year before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.service import Breakdown, ServiceFilters, followed_people
from frise_analysis.analysis.service.selection import months_before
from frise_analysis.analysis.words import upper_first
from frise_analysis.dashboards.service.drawn import with_bars
from frise_analysis.dashboards.service.figures import Figure, Group
from frise_analysis.dashboards.service.hidden_cells import hidden_note, shown_or_text
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.dates import full_date
from frise_analysis.store.engine import Store

METHOD = "service-personnes-suivies"
#: Tall figures first, then the small ones together: the columns of the page end about level.
ORDER = (
    Breakdown.MEASURE, Breakdown.FAMILY, Breakdown.BRANCH, Breakdown.OBLIGATION,
    Breakdown.AGE, Breakdown.SEX, Breakdown.PHASE, Breakdown.SETTING,
)  # fmt: skip


def groups(store: Store, state: ServiceState) -> Iterator[Group]:
    """One figure for each way of telling people apart."""
    filters = state.filters
    day = filters.day(store)
    days = full_date(day), full_date(months_before(day, 12))
    told = f"Barre et nombre : personnes suivies au {days[0]} ; trait : au {days[1]}. Une personne peut être dans plusieurs lignes."
    yield Group(words=told, figures=tuple(_figure(store, filters, by, days) for by in ORDER), packed=True)


def _figure(store: Store, filters: ServiceFilters, by: Breakdown, days: tuple[str, str]) -> Figure:
    found = followed_people(store, filters=filters, by=by)
    note = hidden_note(found["state"], found["state_before"])
    bare = Figure(f"suivies-{by.value}", f"Par {by.label}", _twin(found, by, days), method=METHOD, note=note)
    rows = found[found["category"] != TOTAL].rename(columns={"people": "value", "people_before": "before"})
    return with_bars(bare, rows.assign(words=[_words(x) for x in rows.to_dict("records")]))


def _words(row: dict[Any, Any]) -> str:
    change = "" if row["change_text"] == "non comparable" else f" ({row['change_text']})"
    return f"{row['label']} : {row['text']} ; un an avant : {row['text_before']}{change}"


def _twin(found: pd.DataFrame, by: Breakdown, days: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            upper_first(by.label): found["label"],
            f"Au {days[0]}": shown_or_text(found["people"], found["text"]),
            f"Au {days[1]}": shown_or_text(found["people_before"], found["text_before"]),
            "Écart": shown_or_text(found["change"], found["change_text"]),
        }
    )
