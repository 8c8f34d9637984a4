"""How long people wait for their first interview once the service is seised, and within which delay the law wants it."""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd

from frise_analysis.analysis.delay_quantiles import delay_quantiles
from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, State
from frise_analysis.analysis.disclosure.published import HIDDEN
from frise_analysis.analysis.proportions import wilson
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.breakdowns import Breakdown, category_labels
from frise_analysis.analysis.service.methodology import MEASURES, SMALL, Methodology, declare
from frise_analysis.analysis.service.prepared import prepared
from frise_analysis.analysis.service.selection import EVERYBODY, ServiceFilters
from frise_analysis.analysis.service.unit_tables import publish_units
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Labelled, MeasureCode, MeasurePhase, MeasureSetting

QUARTILES = ["quarter", "median", "three_quarters"]
DELAY_COLUMNS = ["measure_code", "label", "measures", *QUARTILES, "state", "text"]
LEGAL_COLUMNS = [
    "rule", "label", "limit_days", "measures", "within", "share", "low", "high", "state", "within_state", "text", "within_text",
]  # fmt: skip
Shown = tuple[int | None, str, str]
_PROBATION = frozenset({MeasureCode.SP, MeasureCode.SPR, MeasureCode.SME, MeasureCode.STIG, MeasureCode.CPEN})


class DelayRule(Labelled):
    """Within how long the first appointment must be; the records do not say whether the SSJ is incurred (8 days, CPP 741-1)."""

    FREE = "723-15", "Condamnés libres : 45 jours (CPP 723-15)"
    RELEASED = "741-1", "Sursis probatoire après une détention : un mois (CPP 741-1)"
    UNDETERMINED = "none", "Délai légal non déterminé"


#: Days of each delay; one month alone is 30 days (CPP 716-1).
LIMITS = {DelayRule.FREE: 45, DelayRule.RELEASED: 30}


def delay_rule(*, measure_code: str, phase: str | None, setting: str | None, custody: str) -> DelayRule:
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
    table = delays_by_measure(_referred(store, filters, k), ended="met", k=k)
    return table.assign(label=table["measure_code"].map(category_labels(store, Breakdown.MEASURE)))[DELAY_COLUMNS]


def delays_by_measure(rows: pd.DataFrame, *, ended: str, k: int) -> pd.DataFrame:
    """One row per measure code, the total last: ``measures`` and quartiles of ``days``, published. ``rows``: one per measure."""
    if rows.empty:
        return pd.DataFrame(columns=[x for x in DELAY_COLUMNS if x != "label"])
    entry = rows["entry"].to_numpy() if "entry" in rows else None
    kinds = rows["measure_code"].cat
    grouped = delay_quantiles(rows["days"], ended=rows[ended], entry_days=entry, groups=kinds.codes.to_numpy())
    grouped = grouped.assign(group=kinds.categories.take(grouped["group"].to_numpy(dtype=int)).astype(str))
    whole = delay_quantiles(rows["days"], ended=rows[ended], entry_days=entry)
    quartiles = pd.concat([grouped, whole])[["group", *QUARTILES]].rename(columns={"group": "measure_code"})
    return publish_units(
        _numbers(rows).merge(quartiles, on="measure_code"),
        dimensions=["measure_code"],
        unit="measures",
        statistics=QUARTILES,
        k=k,
    )


def _numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """People and measures of each code, in the order of the vocabulary; then a total to be added up."""
    found = rows.groupby("measure_code", observed=True, as_index=False).agg(
        people=("person_key", "nunique"), measures=("days", "size")
    )
    found = found.astype({"measure_code": str})
    return pd.concat([found, pd.DataFrame([(TOTAL, 0, 0)], columns=found.columns)], ignore_index=True)


@question("service-delai-legal", "Premiers entretiens dans le délai légal")
def legal_delays(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per delay of the law: measures referred over the period whose delay has run, and how many were met within it, published.

    ``measures``, ``within``; ``share`` of them from 0 to 1, ``low``, ``high`` its 95 % interval (Wilson), missing where hidden or where no
    delay is determined. Measures that ended before the delay without interview, and those referred too recently, are left out.
    """
    ruled = _ruled(_referred(store, filters, k))
    over = (ruled["elapsed"] >= ruled["limit"]) & ((ruled["met"] == 1) | (ruled["days"] >= ruled["limit"]))
    rows = [_legal_row(rule, ruled[over & (ruled["rule"] == rule.value)], k) for rule in DelayRule]
    table = pd.DataFrame(rows, columns=LEGAL_COLUMNS).astype(
        dict.fromkeys(["limit_days", "measures", "within"], "Int64")
    )
    few = 0 < ruled.loc[~over, "person_key"].nunique() < k
    # The number of all measures referred is shown elsewhere: with every rule, it would give that of those left out.
    return _without_undetermined(table) if few else table


def _ruled(rows: pd.DataFrame) -> pd.DataFrame:
    """Each measure with its rule, its limit in days (0 where there is none), and whether it was met within it."""
    names = ["measure_code", "phase", "setting", "custody"]
    facts = rows[names].drop_duplicates()
    rules = [delay_rule(**dict(zip(names, x, strict=True))) for x in facts.itertuples(index=False, name=None)]
    ruled = facts.assign(rule=[x.value for x in rules], limit=np.array([LIMITS.get(x, 0) for x in rules], dtype=int))
    found = rows.merge(ruled, on=names, how="left")
    return found.assign(kept=np.where((found["met"] == 1) & (found["days"] <= found["limit"]), "within", "late"))


def _legal_row(rule: DelayRule, measures: pd.DataFrame, k: int) -> tuple[object, ...]:
    """One rule as a table of its own: met within the delay, or not."""
    total, part = _within(measures if rule in LIMITS else measures.assign(kept="late"), k)
    shares: list[float] = [nan, nan, nan]
    if rule not in LIMITS:
        part = (None, "", "")
    elif total[0] is not None and part[0] is not None:
        shares = wilson([part[0]], [total[0]]).iloc[0][["proportion", "low", "high"]].tolist()
    return rule.value, rule.label, LIMITS.get(rule), total[0], part[0], *shares, total[1], part[1], total[2], part[2]


def _within(measures: pd.DataFrame, k: int) -> tuple[Shown, Shown]:
    """Number, state and text of all, then of those met within the delay."""
    numbers = measures.groupby("kept").agg(people=("person_key", "nunique"), measures=("days", "size"))
    rows = numbers.reindex(["within", "late"], fill_value=0).rename_axis("kept").reset_index()
    cells = publish_units(rows, dimensions=["kept"], unit="measures", k=k)
    found = {x["kept"]: (_number(x["measures"]), str(x["state"]), str(x["text"])) for x in cells.to_dict("records")}
    return found[TOTAL], found["within"]


def _number(value: object) -> int | None:
    return None if value is None or value is pd.NA else int(str(value))


def _without_undetermined(table: pd.DataFrame) -> pd.DataFrame:
    told = table["rule"] != DelayRule.UNDETERMINED.value
    hidden = {"measures": pd.NA, "state": State.COMPLEMENTARY.value, "text": HIDDEN}
    return table.assign(**{name: table[name].where(told, value) for name, value in hidden.items()})


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
