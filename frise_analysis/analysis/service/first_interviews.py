"""How long people wait for their first interview once the service is seised, and within which delay the law wants it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan

import numpy as np
import pandas as pd

from frise_analysis.analysis.delay_quantiles import delay_quantiles
from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, State
from frise_analysis.analysis.disclosure.nested import Beside, Face
from frise_analysis.analysis.disclosure.published import HIDDEN
from frise_analysis.analysis.proportions import wilson
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.breakdowns import Breakdown, category_labels
from frise_analysis.analysis.service.methodology import MEASURES, SMALL, Methodology, declare
from frise_analysis.analysis.service.nested_views import protected_table
from frise_analysis.analysis.service.people_counts import coded, distinct_by_group
from frise_analysis.analysis.service.prepared import prepared
from frise_analysis.analysis.service.selection import EVERYBODY, ServiceFilters
from frise_analysis.analysis.service.unit_tables import Units, publish_units
from frise_analysis.analysis.survival.followed import Integers
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Labelled, MeasureCode, MeasurePhase, MeasureSetting

QUARTILES = ["quarter", "median", "three_quarters"]
DELAY_COLUMNS = ["measure_code", "label", "measures", *QUARTILES, "state", "text"]
LEGAL_COLUMNS = [
    "rule", "label", "limit_days", "measures", "within", "share", "low", "high", "state", "within_state", "text", "within_text",
]  # fmt: skip
Shown = tuple[int | None, str, str]
_WITHIN, _LATE, _LEFT_OUT = "within", "late", "left out"
_PROBATION = frozenset({MeasureCode.SP, MeasureCode.SPR, MeasureCode.SME, MeasureCode.STIG, MeasureCode.CPEN})


class DelayRule(Labelled):
    """Within how long the first appointment must be; the records do not say whether the SSJ is incurred (8 days, CPP 741-1)."""

    FREE = "723-15", "Condamnés libres : 45 jours (CPP 723-15)"
    RELEASED = "741-1", "Sursis probatoire après une détention : un mois (CPP 741-1)"
    UNDETERMINED = "none", "Délai légal non déterminé"


#: Days of each delay; one month alone is 30 days (CPP 716-1).
LIMITS = {DelayRule.FREE: 45, DelayRule.RELEASED: 30}


def delay_rule(*, measure_code: str | None, phase: str | None, setting: str | None, custody: str | None) -> DelayRule:
    """Which delay applies, as far as the measure and the custody of the person on the day of referral tell."""
    if phase != MeasurePhase.POST or setting != MeasureSetting.OPEN:
        return DelayRule.UNDETERMINED
    if custody == "free" and measure_code in _PROBATION | {MeasureCode.TIG}:
        return DelayRule.FREE
    return DelayRule.RELEASED if custody == "released" and measure_code in _PROBATION else DelayRule.UNDETERMINED


def _referred(store: Store, filters: ServiceFilters, k: int) -> pd.DataFrame:
    chosen = prepared(store, filters, k=k)
    return chosen.rows("service_first_interviews", since=chosen.since, day=chosen.day)


@question("service-premier-entretien", "Temps de la saisine au premier entretien, par mesure")
def first_interviews(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per measure, the total last: measures referred over the period and quartiles of the days to the first interview, published.

    ``measures``; ``quarter``, ``median``, ``three_quarters`` in days, those still waiting counted for as long as they have
    waited (Kaplan-Meier): missing where so many still wait, where hidden, and under four interviews.
    """

    def publish_beside(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[pd.DataFrame, Face]:
        return delays_by_measure(_referred(store, wanted, k), ended="met", beside=beside, k=k)

    table = protected_table(store, filters, name=("first interviews", k), publish=publish_beside)
    return table.assign(label=table["measure_code"].map(category_labels(store, Breakdown.MEASURE)))[DELAY_COLUMNS]


def delays_by_measure(
    rows: pd.DataFrame, *, ended: str, beside: Sequence[Beside] = (), k: int
) -> tuple[pd.DataFrame, Face]:
    """One row per measure code, the total last: ``measures`` and quartiles of ``days``, published. ``rows``: one per measure. With it, what is shown."""
    if rows.empty:
        return pd.DataFrame(columns=[x for x in DELAY_COLUMNS if x != "label"]), Face({}, frozenset())
    entry = rows["entry"].to_numpy() if "entry" in rows else None
    kinds = rows["measure_code"].cat
    found = delay_quantiles(
        rows["days"], ended=rows[ended], entry_days=entry, groups=kinds.codes.to_numpy(), whole=True
    )
    names = [*map(str, kinds.categories.take(found["group"].iloc[:-1].to_numpy(dtype=int))), TOTAL]
    quartiles = found[QUARTILES].assign(measure_code=names)
    numbers = numbers_by_measure(rows).merge(quartiles, on="measure_code")
    return publish_units(Units(numbers, ("measure_code",), "measures", tuple(QUARTILES)), beside=beside, k=k)


def numbers_by_measure(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per measure code, in the order of the vocabulary: ``people`` and ``measures``; then a total to be added up."""
    codes, names = coded(rows["measure_code"])
    people = distinct_by_group(rows["person_key"], codes, number=len(names)).tolist()
    measures = np.bincount(codes, minlength=len(names)).tolist()
    found = [x for x in zip(names, people, measures, strict=True) if x[0] is not None and x[2]]
    return pd.DataFrame([*found, (TOTAL, 0, 0)], columns=["measure_code", "people", "measures"])


@question("service-delai-legal", "Premiers entretiens dans le délai légal")
def legal_delays(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per delay of the law: measures referred over the period whose delay has run, and how many were met within it, published.

    ``measures``, ``within``; ``share`` of them from 0 to 1, ``low``, ``high`` its 95 % interval (Wilson), missing where hidden or where no
    delay is determined. Measures that ended before the delay without interview, and those referred too recently, are left out.
    """

    def publish_beside(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[pd.DataFrame, Face]:
        numbers = _kept_within(_referred(store, wanted, k))
        return publish_units(Units(numbers, ("rule", "kept"), "measures"), beside=beside, k=k)

    cells = protected_table(store, filters, name=("legal delays", k), publish=publish_beside)
    found = {
        (x["rule"], x["kept"]): (_number(x["measures"]), str(x["state"]), str(x["text"]))
        for x in cells.to_dict("records")
    }
    # The number of all measures referred is shown elsewhere: a table that must hide it says nothing.
    withheld = bool(found) and found[TOTAL, TOTAL][0] is None
    rows = [_legal_row(rule, {} if withheld else found, masked=withheld) for rule in DelayRule]
    return pd.DataFrame(rows, columns=LEGAL_COLUMNS).astype(
        dict.fromkeys(["limit_days", "measures", "within"], "Int64")
    )


def _kept_within(rows: pd.DataFrame) -> pd.DataFrame:
    """People and measures referred, by rule and by whether they were met within its delay; those left out as one more rule."""
    rules = _rules(rows)
    limit = np.array([LIMITS.get(x, 0) for x in DelayRule])[rules]
    days, met = rows["days"].to_numpy(), rows["met"].to_numpy() == 1
    over = (rows["elapsed"].to_numpy() >= limit) & (met | (days >= limit))
    # Two groups per rule: met within the delay, or not; without a limit, all are in the second.
    codes = np.where(over, 2 * rules + ~(met & (days <= limit) & (limit > 0)), 2 * len(DelayRule) + 1)
    cells = [(rule, kept) for rule in (*(x.value for x in DelayRule), _LEFT_OUT) for kept in (_WITHIN, _LATE)]
    people = distinct_by_group(rows["person_key"], codes, number=len(cells))
    found = pd.DataFrame(cells, columns=["rule", "kept"]).assign(
        people=people, measures=np.bincount(codes, minlength=len(cells))
    )
    return found if len(rows) else found.iloc[:0]


def _rules(rows: pd.DataFrame) -> Integers:
    """Place of the rule of each measure among ``DelayRule``: found once for each crossing of what tells it."""
    columns = {name: coded(rows[name]) for name in ("measure_code", "phase", "setting", "custody")}
    shape = tuple(len(labels) for _, labels in columns.values())
    crossing = np.ravel_multi_index(tuple(codes for codes, _ in columns.values()), shape)
    found = np.zeros(int(np.prod(shape)), dtype=np.int64)
    for place in np.flatnonzero(np.bincount(crossing, minlength=len(found))):
        values = zip(columns.items(), np.unravel_index(place, shape), strict=True)
        known = {name: labels[int(code)] for (name, (_, labels)), code in values}
        found[place] = list(DelayRule).index(delay_rule(**known))
    return found[crossing]


def _legal_row(rule: DelayRule, found: Mapping[tuple[str, str], Shown], *, masked: bool) -> tuple[object, ...]:
    """One rule: number, state and text of all, then of those met within the delay."""
    nobody: Shown = (None, State.COMPLEMENTARY.value, HIDDEN) if masked else (0, State.SHOWN.value, "0")
    total, part = (found.get((rule.value, x), nobody) for x in (TOTAL, _WITHIN))
    shares: list[float] = [nan, nan, nan]
    if rule not in LIMITS:
        part = (None, "", "")
    elif total[0] and part[0] is not None:
        shares = wilson([part[0]], [total[0]]).iloc[0][["proportion", "low", "high"]].tolist()
    return rule.value, rule.label, LIMITS.get(rule), total[0], part[0], *shares, total[1], part[1], total[2], part[2]


def _number(value: object) -> int | None:
    return None if value is None or value is pd.NA else int(str(value))


declare(
    {
        "service-premier-entretien": Methodology(
            "De la saisine au premier entretien",
            "Jours de la saisine du service au premier entretien. Les personnes qui attendent encore comptent pour le temps déjà attendu (Kaplan-Meier) : sans "
            "elles, l’attente paraîtrait plus courte. Les entretiens antérieurs à la saisine sont laissés de côté.",
            "Mesures retenues par les filtres dont la saisine est dans la période.",
            "mesures ; médiane et quartiles en jours",
            f"{MEASURES} {SMALL}",
            ("prepare/service_selection", "queries/service_first_interviews"),
        ),
        "service-delai-legal": Methodology(
            "Premiers entretiens dans le délai légal",
            "Condamnés libres (sursis probatoire, travail d’intérêt général) : 45 jours, CPP 723-15. Sursis probatoire dans les 31 jours d’une sortie de détention : un mois, "
            "CPP 741-1 ; le délai de huit jours n’est pas distingué, les enregistrements ne disant pas si le suivi socio-judiciaire est encouru. Sinon : délai légal non "
            "déterminé. Le texte parle de convocation depuis la condamnation ou la sortie ; les enregistrements donnent la saisine et l’entretien.",
            "Mesures retenues dont la saisine est dans la période et dont le délai est écoulé ; celles finies avant, sans entretien, sont laissées de côté.",
            "mesures ; part avec son intervalle à 95 % (Wilson)",
            f"{MEASURES} Périodes de détention (custody_periods). {SMALL}",
            ("prepare/service_selection", "queries/service_first_interviews"),
        ),
    }
)
