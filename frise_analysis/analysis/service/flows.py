"""How the number of people followed moves from month to month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.flow_tables import Flow, protected_flows, published_flows, read_flows
from frise_analysis.analysis.service.methodology import MEASURES, SMALL, Methodology, declare
from frise_analysis.analysis.service.prepared import SERIES_MONTHS, Selection, prepared
from frise_analysis.analysis.service.selection import EVERYBODY, PERIODS, ServiceFilters, months_before
from frise_analysis.dates import DAYS_PER_YEAR, short_date
from frise_analysis.store.engine import Store

FLOW_COLUMNS = [
    "after", "until", "month", "people_before", "people", "entries", "exits", "person_days", "entry_rate", "exit_rate",
    "state", "moves_state", "text", "entries_text", "exits_text",
]  # fmt: skip
_YEAR = 12


@question("service-flux", "Personnes suivies, entrées et sorties de chaque mois, sur trois ans")
def monthly_flows(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per month after ``after`` and until ``until``: people followed at its end, those who came, those who left, published.

    ``people`` = ``people_before`` + ``entries`` - ``exits``, each person counted once; missing where hidden (``state`` of the
    people, ``moves_state`` of both moves). ``person_days``: days lived under a measure; ``entry_rate``, ``exit_rate``:
    moves per 100 years of following. The moves of a year of the series are shown all or none: its total is shown elsewhere.
    """
    chosen = prepared(store, filters, k=k)
    flows = whole_years(without_returns(protected_flows(chosen, _month_ends, name="months", k=k), chosen, k=k))
    table = pd.DataFrame([_row(x) for x in flows], columns=FLOW_COLUMNS)
    return table.astype(dict.fromkeys(["people_before", "people", "entries", "exits", "person_days"], "Int64"))


def _month_ends(chosen: Selection) -> list[date]:
    return [months_before(chosen.day, n) for n in range(SERIES_MONTHS, -1, -1)]


def without_returns(flows: Sequence[Flow], chosen: Selection, *, k: int) -> list[Flow]:
    """The same without the moves of the months of a period that few people left to come back, or came in twice.

    The moves of a period count each person once: less those of its months, they would tell how many did.
    """
    told = [_few_returns(flows[-months:], chosen, k) for months in PERIODS]
    last = max((months for months, few in zip(PERIODS, told, strict=True) if few), default=0)
    return [x.hidden() if n >= len(flows) - last else x for n, x in enumerate(flows)]


def _few_returns(months: Sequence[Flow], chosen: Selection, k: int) -> bool:
    """Whether the moves of these months are those of their whole, and of a few more."""
    if not all(x.shows_moves for x in months):
        return False
    whole = published_flows(read_flows(chosen, [months[0].after, months[-1].until]), k=k)[0]
    sides = [([x.entries[0] for x in months], whole.entries[0]), ([x.exits[0] for x in months], whole.exits[0])]
    return any(0 < sum(x or 0 for x in parts) - total < k for parts, total in sides if total is not None)


def whole_years(flows: Sequence[Flow]) -> list[Flow]:
    """The same, the moves of each year shown only where they are in each of its months; years end with the last month."""
    first = len(flows) % _YEAR
    years = [flows[:first], *(flows[n : n + _YEAR] for n in range(first, len(flows), _YEAR))]
    return [x if all(month.shows_moves for month in year) else x.hidden() for year in years for x in year]


def _row(flow: Flow) -> tuple[object, ...]:
    rates = [_rate(x[0], flow.person_days) for x in (flow.entries, flow.exits)]
    return (
        flow.after, flow.until, short_date(flow.until), flow.before[0], flow.later[0], flow.entries[0], flow.exits[0],
        flow.person_days, *rates, flow.later[1].value, flow.entries[1].value, flow.later[2], flow.entries[2], flow.exits[2],
    )  # fmt: skip


def _rate(moves: int | None, person_days: int | None) -> float | None:
    """Moves per 100 years of following; people who are followed half a month count for half."""
    return 100 * DAYS_PER_YEAR * moves / person_days if moves is not None and person_days else None


declare(
    {
        "service-flux": Methodology(
            "Personnes suivies, entrées et sorties",
            "Chaque mois : personnes suivies à sa fin ; entrées, non suivies à son début et suivies ensuite ; sorties, suivies pendant le mois et plus à sa fin. "
            "Suivies à la fin = au début + entrées − sorties. Les taux sont pour 100 années de suivi, comptées en jours, non en têtes.",
            "Personnes ayant une mesure retenue par les filtres, sur 36 mois. Les entrées et sorties d’une année de douze mois sont montrées toutes ou aucune.",
            "personnes ; jours de suivi pour les taux",
            f"{MEASURES} {SMALL}",
            ("prepare/service_selection", "prepare/service_spells", "queries/service_flows"),
        )
    }
)
