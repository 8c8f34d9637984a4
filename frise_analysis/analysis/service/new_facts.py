"""New recorded facts after a measure begins, or ends: share of measures followed by any, month after month, published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, State
from frise_analysis.analysis.disclosure.counts import Cell
from frise_analysis.analysis.disclosure.nested import Beside, Face
from frise_analysis.analysis.disclosure.published import HIDDEN, small_words
from frise_analysis.analysis.judgment_delay import unconsolidated_zone
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.curve_steps import Spells, Steps, protected_steps
from frise_analysis.analysis.service.facts_beside import MEASURES_KEY, PEOPLE_KEY, hidden_curves
from frise_analysis.analysis.service.facts_groups import Group, Grouping, groups, spells_of
from frise_analysis.analysis.service.methodology import MEASURES, SMALL, Methodology, declare
from frise_analysis.analysis.service.nested_views import protected_table
from frise_analysis.analysis.service.prepared import Selection, prepared
from frise_analysis.analysis.service.selection import EVERYBODY, ServiceFilters, months_before
from frise_analysis.analysis.survival import incidence_at
from frise_analysis.dates import DAYS_PER_YEAR, full_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Labelled

#: Months at which curves are read.
MONTHS = (0, 3, 6, 12, 18, 24, 36, 48, 60)
#: Measures that began (or ended) over ten years are followed: the service of today, and five years of following for some.
COHORT_MONTHS = 120
NEW_FACTS_COLUMNS = ["by", "category", "label", "people", "measures", "month", "share", "low", "high", "state", "text"]
#: Shares are given to the whole percent: more digits would count people.
_DIGITS = 2
SEVERAL_MEASURES = (
    "Chaque mesure est suivie pour elle-même : une personne qui a eu deux mesures compte deux fois, et les mêmes faits peuvent suivre les deux. "
    "Les parts n’en sont pas faussées, mais les intervalles, qui prennent les mesures pour indépendantes, sont un peu trop étroits."
)


class Origin(Labelled):
    """What facts are counted from."""

    START = "start", "début de la mesure"
    END = "end", "fin de la mesure"


class WaitClock(Labelled):
    """Which days count as waiting."""

    CALENDAR = "calendar", "calendrier"
    STREET = "street", "temps libre"


def horizon(store: Store, day: date) -> date:
    """The last day whose facts are read: ``day``, or the beginning of the zone where facts may not be judged yet."""
    return min(day, store.info.extraction_date - timedelta(days=unconsolidated_zone(store).days))


def month_days(months: Sequence[int] = MONTHS) -> list[int]:
    """Days of whole months, as long as a month is on average."""
    return [round(x * DAYS_PER_YEAR / 12) for x in months]


@question("service-nouveaux-faits", "Nouveaux faits enregistrés après le début d’une mesure")
def facts_after_start(
    store: Store,
    *,
    filters: ServiceFilters = EVERYBODY,
    by: Grouping = Grouping.MEASURE,
    clock: WaitClock = WaitClock.CALENDAR,
    k: int = THRESHOLD,
) -> pd.DataFrame:
    """One row per group and month (``MONTHS``), everybody last: share of measures followed by new recorded facts by then, published.

    ``people``, ``measures`` at the start, over ten years; ``share`` from 0 to 1, death ending the wait (Aalen-Johansen), ``low``, ``high`` its 95 %
    interval, all to the whole percent and missing where hidden. Facts are read up to ``horizon`` alone. Groups under ``k`` people are grouped;
    months are hidden where fewer than ``k`` people are still observed, or where few would be counted since the month before.
    """
    return _protected(store, filters, _Asked(Origin.START, clock, by), k)


@question("service-faits-fin", "Nouveaux faits enregistrés après la fin d’une mesure")
def facts_after_end(
    store: Store,
    *,
    filters: ServiceFilters = EVERYBODY,
    by: Grouping = Grouping.MEASURE,
    clock: WaitClock = WaitClock.CALENDAR,
    k: int = THRESHOLD,
) -> pd.DataFrame:
    """One row per group and month, everybody last: the same counted from the end of the measures that ended, otherwise than by death."""
    return _protected(store, filters, _Asked(Origin.END, clock, by), k)


@dataclass(frozen=True)
class _Asked:
    """From when new facts are counted, by which clock, and how curves are told apart."""

    origin: Origin
    clock: WaitClock
    by: Grouping


def _protected(store: Store, filters: ServiceFilters, asked: _Asked, k: int) -> pd.DataFrame:
    def publish_beside(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[pd.DataFrame, Face]:
        rows = read_spells(prepared(store, wanted, k=k), origin=asked.origin, clock=asked.clock)
        numbers = _counted(store, rows, asked.by, k)
        return hidden_curves(_published(store, rows, by=asked.by, k=k), numbers, beside, k)

    return protected_table(store, filters, name=("new facts", asked, k), publish=publish_beside, over_period=False)


def _counted(store: Store, rows: pd.DataFrame, by: Grouping, k: int) -> dict[Cell, int]:
    """Measures of each group, and people with new facts by each month of ``MONTHS``, before anything is hidden."""
    spells = spells_of(rows)
    if spells.people < k:
        return {}
    found = [*groups(store, rows, by, k=k, spells=spells), Group(TOTAL, TOTAL, spells)]
    by_month: dict[Cell, int] = {
        (g.category, str(m)): g.spells.events_between(-1, day)
        for g in found
        for m, day in zip(MONTHS, month_days(), strict=True)
    }
    sizes = {
        (g.category, kind): n
        for g in found
        for kind, n in ((MEASURES_KEY, len(g.spells.person)), (PEOPLE_KEY, g.spells.people))
    }
    return by_month | sizes


def _published(store: Store, rows: pd.DataFrame, *, by: Grouping, k: int) -> pd.DataFrame:
    spells = spells_of(rows)
    if spells.people < k:
        return pd.DataFrame(columns=NEW_FACTS_COLUMNS)
    both = {x: groups(store, rows, x, k=k, spells=spells) for x in Grouping}
    parts = [[g.spells for g in found] for found in both.values()]
    whole, parted = protected_steps(spells, parts, month_days(), k=k)
    shown = dict(zip(both, parted, strict=True))
    tables = [_curve(g, steps, k) for g, steps in zip(both[by], shown[by], strict=True)]
    tables.append(_curve(Group(TOTAL, TOTAL, spells), whole, k))
    return _sized(pd.concat(tables, ignore_index=True), k).assign(by=by.value)[NEW_FACTS_COLUMNS]


def read_spells(chosen: Selection, *, origin: Origin, clock: WaitClock) -> pd.DataFrame:
    """One row per measure whose ``origin`` is known, by person: ``person_key``, ``measure_code``, ``branch`` (a rank), ``cause``, ``days``."""
    last = horizon(chosen.store, chosen.day)
    rows = chosen.rows(
        "service_new_facts",
        origin=origin.value,
        street=clock is WaitClock.STREET,
        since=months_before(last, COHORT_MONTHS),
        horizon=last,
    )
    person = rows["person_key"].to_numpy()
    in_order = bool((person[1:] >= person[:-1]).all())
    return rows if in_order else rows.sort_values("person_key", kind="stable", ignore_index=True)


def _curve(group: Group, steps: Steps, k: int) -> pd.DataFrame:
    """The months of one group, hidden where they must be."""
    days = month_days()
    table = pd.DataFrame({"month": MONTHS, **_shares(group.spells, days)})
    shown = np.array([x in steps.shown for x in days])
    table[["share", "low", "high"]] = table[["share", "low", "high"]].round(_DIGITS).where(np.tile(shown[:, None], 3))
    states = [_state(x, steps) for x in days]
    texts = [_text(x, state, k) for x, state in zip(table["share"], states, strict=True)]
    sizes = {"people": group.spells.people, "measures": len(group.spells.person)}
    return table.assign(
        category=group.category, label=group.label, **sizes, state=[x.value for x in states], text=texts
    )


def _shares(spells: Spells, days: Sequence[int]) -> dict[str, pd.Series | float]:
    """Share of measures followed by new facts by each day, none where nobody had any; the interval is missing at 0 and at 1."""
    found = incidence_at(spells.times, days)
    mine = found[found["cause"] == 1].reset_index(drop=True)
    if mine.empty:
        return {"share": 0.0, "low": np.nan, "high": np.nan}
    return {"share": mine["incidence"], "low": mine["low"], "high": mine["high"]}


def _state(day: int, steps: Steps) -> State:
    if day in steps.shown:
        return State.SHOWN
    return State.SMALL if day in steps.small else State.COMPLEMENTARY


def _text(share: float, state: State, k: int) -> str:
    if state is State.SHOWN:
        return f"{round(100 * share)} %"
    return f"{small_words(k)} personnes" if state is State.SMALL else HIDDEN


def _sized(table: pd.DataFrame, k: int) -> pd.DataFrame:
    """The same without the number of people where it tells, less the measures or the total, of a few people with several."""
    people, measures = table["people"].astype("Int64"), table["measures"].astype("Int64")
    few = (measures - people).between(1, k - 1)
    once = table.drop_duplicates("category")
    shared = int(once.loc[once["category"] != TOTAL, "people"].sum()) - int(once["people"].iloc[-1])
    few |= (table["category"] == TOTAL) & (0 < shared < k)
    return table.assign(people=people.mask(few), measures=measures)


def horizon_words(store: Store, *, filters: ServiceFilters = EVERYBODY) -> str:
    """The sentence under the curves: until when facts are read, and why no further."""
    zone, last = unconsolidated_zone(store), horizon(store, filters.day(store))
    return (
        f"Faits lus jusqu’au {full_date(last)} : ceux des {zone.months} mois avant l’extraction peuvent n’être pas encore jugés. "
        "Les compter comme une absence de faits ferait prendre l’attente du jugement pour une réussite."
    )


_DEFINITION = (
    "Part des mesures suivies d’une date de faits enregistrée, postérieure {origin} de la mesure ; les faits du jour même n’en sont pas. Le décès met fin à "
    "l’attente (Aalen-Johansen). Rien n’est lu de la période non consolidée : les mesures sont observées jusqu’à son début seulement. {several} En temps libre, "
    "les jours de détention sont retirés."
)


def _method(origin: str, begun: str) -> Methodology:
    return Methodology(
        f"Nouveaux faits enregistrés après {begun} d’une mesure",
        _DEFINITION.format(origin=origin, several=SEVERAL_MEASURES),
        "Mesures retenues par les filtres dont la date est dans les dix ans avant la période non consolidée. Lignes réhabilitées et non avenues exclues. Une "
        "mesure finie reste observée.",
        "mesures ; part au point près, avec son intervalle à 95 %",
        f"{MEASURES} Dates de faits (offences), détentions (custody_periods). Un mois n’est montré que si onze personnes y sont encore observées, et si les "
        f"nouveaux faits depuis le mois précédent montré concernent onze personnes au moins, ou aucune. {SMALL}",
        ("prepare/service_selection", "queries/service_new_facts", "queries/service_new_facts_branches"),
    )


declare(
    {
        "service-nouveaux-faits": _method("au début", "le début"),
        "service-faits-fin": _method("à la fin", "la fin"),
    }
)
