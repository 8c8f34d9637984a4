"""How long measures run, against what was planned, those still running counted for as long as they have run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, State
from frise_analysis.analysis.disclosure.nested import Beside, Face
from frise_analysis.analysis.disclosure.published import HIDDEN
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.breakdowns import Breakdown, category_labels
from frise_analysis.analysis.service.first_interviews import QUARTILES, delays_by_measure, numbers_by_measure
from frise_analysis.analysis.service.methodology import MEASURES, SMALL, Methodology, declare
from frise_analysis.analysis.service.nested_views import protected_table
from frise_analysis.analysis.service.outcomes import outcomes
from frise_analysis.analysis.service.prepared import SERIES_MONTHS, prepared
from frise_analysis.analysis.service.selection import EVERYBODY, ServiceFilters, months_before
from frise_analysis.analysis.service.unit_tables import Units, publish_units
from frise_analysis.analysis.survival import Followed, followed, kaplan_meier
from frise_analysis.analysis.survival.followed import Integers
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import MEASURES_WITHOUT_ACHIEVEMENT

SPAN_COLUMNS = ["measure_code", "label", "measures", *QUARTILES, "state", "text"]
WITHOUT_ACHIEVEMENT = frozenset(x.value for x in MEASURES_WITHOUT_ACHIEVEMENT)
_SHARES = dict(zip(QUARTILES, (0.25, 0.5, 0.75), strict=True))
CURVE_COLUMNS = ["measure_code", "label", "days", "survival"]


def _spans(store: Store, filters: ServiceFilters, k: int) -> pd.DataFrame:
    chosen = prepared(store, filters, k=k)
    since = months_before(chosen.day, SERIES_MONTHS)
    rows = chosen.rows("service_spans", since=since, period=chosen.since, day=chosen.day)
    # Never at risk: a measure that began on the day described, or was as long on the first day seen as at its end.
    seen = rows["days"].to_numpy() > rows["entry"].to_numpy()
    return rows if seen.all() else rows[seen]


@question("service-durees", "Durée des mesures")
def measure_spans(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per measure, the total last: measures that ran in the last three years and quartiles of their duration, published.

    ``quarter``, ``median``, ``three_quarters`` in days, by Kaplan-Meier with delayed entry: a running measure counts for as long as it has
    run, one begun before the three years from then on. Missing where not reached, where hidden, and under four ends.
    """
    return _labelled(store, _durations(store, filters, k)[0])


def _durations(store: Store, filters: ServiceFilters, k: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is published of the durations, and the measures behind it."""

    def publish_beside(
        wanted: ServiceFilters, beside: Sequence[Beside]
    ) -> tuple[tuple[pd.DataFrame, pd.DataFrame], Face]:
        rows = _spans(store, wanted, k)
        table, face = delays_by_measure(rows, ended="ended", beside=beside, k=k)
        return (table, rows), face

    return protected_table(store, filters, name=("durations", k), publish=publish_beside, over_period=False)


@question("service-fins-prevues", "Fin des mesures à côté de la fin prévue")
def planned_ends(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per measure, the total last: measures ended over the period and quartiles of the days from planned end to end, published.

    Negative: sooner than planned. Measures without a planned end are left out; where they are of fewer than ``k`` people in all or in one
    measure of the table, no number is shown, only quartiles: beside the number of measures that ended, shown elsewhere, it would tell of them. Nor is a
    number shown that the table of outcomes hides.
    """

    def publish_beside(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[pd.DataFrame, Face]:
        rows = _spans(store, wanted, k)
        ended = rows[rows["ended_lately"].to_numpy() == 1].astype({"planned_gap": float})
        return _gaps(ended, beside, k)

    cells = protected_table(store, filters, name=("planned ends", k), publish=publish_beside)
    if cells.empty:
        return pd.DataFrame(columns=SPAN_COLUMNS)
    ended = outcomes(store, filters=filters, k=k)
    told = ended.loc[(ended["end"] == TOTAL) & ended["measures"].notna(), "measure_code"]
    hidden = ~cells["measure_code"].isin({*told, *WITHOUT_ACHIEVEMENT})
    return _labelled(store, _numberless(cells, hidden))


def _gaps(rows: pd.DataFrame, beside: Sequence[Beside], k: int) -> tuple[pd.DataFrame, Face]:
    """Quartiles of the days from the planned end to the end, and how many measures where that tells of nobody."""
    known = rows.dropna(subset=["planned_gap"])
    if known.empty:
        return pd.DataFrame(columns=["measure_code", "measures"]), Face({}, frozenset())
    by_measure = known.groupby("measure_code", observed=True)["planned_gap"]
    gaps = pd.DataFrame({name: by_measure.quantile(x) for name, x in _SHARES.items()})
    whole = pd.DataFrame({name: [known["planned_gap"].quantile(x)] for name, x in _SHARES.items()}, index=[TOTAL])
    quartiles = pd.concat([gaps.rename(index=str), whole]).rename_axis("measure_code").reset_index()
    numbers = numbers_by_measure(known)
    units = Units(numbers.merge(quartiles, on="measure_code"), ("measure_code",), "measures", tuple(QUARTILES))
    cells, face = publish_units(units, beside=beside, k=k)
    unsaid = rows[rows["planned_gap"].isna() & ~rows["measure_code"].isin(WITHOUT_ACHIEVEMENT)]
    partly = unsaid[unsaid["measure_code"].isin(numbers["measure_code"])]
    few = [unsaid["person_key"].nunique(), *partly.groupby("measure_code", observed=True)["person_key"].nunique()]
    return _numberless(cells, pd.Series(any(0 < n < k for n in few), cells.index)), face


def _numberless(cells: pd.DataFrame, hidden: pd.Series) -> pd.DataFrame:
    """The same without the numbers of some rows; quartiles stay."""
    return cells.assign(
        measures=cells["measures"].mask(hidden), text=cells["text"].mask(hidden & cells["measures"].notna(), HIDDEN)
    )


def _labelled(store: Store, table: pd.DataFrame) -> pd.DataFrame:
    labels = category_labels(store, Breakdown.MEASURE)
    order = {x: n for n, x in enumerate(labels)}
    named = table.assign(label=table["measure_code"].map(labels))[SPAN_COLUMNS]
    return named.sort_values("measure_code", key=lambda codes: codes.map(order), ignore_index=True)


@question("service-courbes", "Part des mesures qui courent encore, selon le temps écoulé")
def running_curves(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per step of the curve of a measure: the share still running after so many days, from 0 to 1.

    Kaplan-Meier with delayed entry, as the durations. A step gathers the ends of ``k`` people at least, and the curve stops where
    fewer than ``k`` people are observed: no step tells of a few people. Only measures whose number is shown; the first step is 1.
    """
    shown, rows = _durations(store, filters, k)
    kept = shown[(shown["state"] == State.SHOWN.value) & (shown["measure_code"] != TOTAL)]["measure_code"]
    labels = category_labels(store, Breakdown.MEASURE)
    runs = _by_measure(rows)
    parts = [(x, labels[x], *step) for x in kept for step in _steps(runs[x], k)]
    return pd.DataFrame(parts, columns=CURVE_COLUMNS)


@dataclass(frozen=True)
class _Runs:
    """The times that one measure runs, one place each: whose, and how long. ``most``: no person has more of them."""

    person: Integers
    times: Followed
    most: int

    def ends(self) -> tuple[Integers, Integers]:
        """Days of the runs that ended, in order, and whose they are."""
        ended = self.times.cause > 0
        days, person = self.times.exit[ended], self.person[ended]
        # Days in few bytes are put in order in time proportional to their number.
        order = np.argsort(days.astype(np.min_scalar_type(days.max(initial=0))), kind="stable")
        return days[order], person[order]

    def few_at_risk(self, day: int, measures: int, k: int) -> bool:
        """Whether fewer than ``k`` people are observed that day; they are counted only where ``measures`` may be those of so few."""
        if measures >= k * self.most:
            return False
        return len(np.unique(self.person[(self.times.entry < day) & (self.times.exit >= day)])) < k


def _by_measure(rows: pd.DataFrame) -> dict[str, _Runs]:
    kinds, person = rows["measure_code"].cat, rows["person_key"].to_numpy()
    codes = kinds.codes.to_numpy()
    order, cuts = (
        np.argsort(codes, kind="stable"),
        np.cumsum(np.bincount(codes + 1, minlength=len(kinds.categories) + 1)),
    )
    times = followed(rows["days"], cause=rows["ended"], entry_days=rows["entry"])
    most = int(np.bincount(person).max(initial=0))
    places = {str(x): order[a:b] for x, (a, b) in zip(kinds.categories, pairwise(cuts), strict=True)}
    return {
        x: _Runs(person[o], Followed(times.entry[o], times.exit[o], times.cause[o]), most) for x, o in places.items()
    }


def _steps(runs: _Runs, k: int) -> Iterator[tuple[int, float]]:
    """Days and share at each step of ``k`` people, as long as ``k`` people are observed."""
    yield 0, 1.0
    curve = kaplan_meier(runs.times)
    time, at_risk, survival = (curve[x].to_numpy() for x in ("time", "at_risk", "survival"))
    days, person = runs.ends()
    since = 0
    for until in [*np.flatnonzero(np.diff(days)) + 1, len(days)]:
        if not _enough(person[since:until], k):
            continue
        day = int(days[until - 1])
        place = int(np.searchsorted(time, day))
        if runs.few_at_risk(day, int(at_risk[place]), k):
            return
        yield day, float(survival[place])
        since = until


def _enough(person: Integers, k: int) -> bool:
    """Whether they are ``k`` different people at least: the first of them most often say it."""
    return len(person) >= k and (len(set(person[: 2 * k].tolist())) >= k or len(np.unique(person)) >= k)


declare(
    {
        "service-durees": Methodology(
            "Durée des mesures",
            "Jours du début à la fin. Une mesure qui court encore compte pour le temps déjà couru, une mesure commencée avant les trois ans à partir de leur "
            "début (Kaplan-Meier, entrée retardée) : les seules mesures finies donneraient une durée trop courte.",
            "Mesures retenues par les filtres qui ont couru dans les 36 derniers mois.",
            "mesures ; médiane et quartiles en jours",
            f"{MEASURES} {SMALL}",
            ("prepare/service_selection", "queries/service_spans"),
        ),
        "service-fins-prevues": Methodology(
            "Fin à côté de la fin prévue",
            "Jours de la fin prévue à la fin, négatifs quand la mesure a fini plus tôt ; toutes les issues comptent, révocations comprises.",
            "Mesures retenues finies dans la période, dont la fin prévue est enregistrée.",
            "mesures ; médiane et quartiles en jours",
            f"{MEASURES} {SMALL}",
            ("prepare/service_selection", "queries/service_spans"),
        ),
        "service-courbes": Methodology(
            "Mesures qui courent encore",
            "Part des mesures qui courent encore après tant de jours (Kaplan-Meier, entrée retardée). Chaque marche réunit la fin des mesures de onze personnes au moins.",
            "Mesures retenues par les filtres qui ont couru dans les 36 derniers mois.",
            "mesures",
            f"{MEASURES} {SMALL}",
            ("prepare/service_selection", "queries/service_spans"),
        ),
    }
)
