"""Events of units beside those expected of their case mix: indirect standardisation, for branches and measures, never officers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from frise_analysis.analysis.disclosure.threshold import THRESHOLD, checked_threshold
from frise_analysis.analysis.funnel import exact_interval
from frise_analysis.analysis.survival.followed import Integers, whole_numbers
from frise_analysis.dates import plural

#: What may be compared.
UNITS = ("branch_id", "measure_code")
#: Rows under which a stratum has no rate of its own.
FEWEST_IN_STRATUM = 20
OTHERS = "Autres"
#: What stands for a variable that a stratum does not tell apart.
ANY = "tous"
#: What a missing value is called.
UNKNOWN = "inconnu"
STANDARDISED_COLUMNS = [
    "unit", "people", "observed", "expected", "ratio", "ratio_low", "ratio_high",
    "crude_rate", "standardised_rate", "low", "high",
]  # fmt: skip
_ROW, _LABEL = "_row", "_label"
Labels = NDArray[np.object_]


@dataclass(frozen=True)
class Standardised:
    """``units``: one row per unit (``STANDARDISED_COLUMNS``), in alphabetical order, « Autres » last; rates are events per row of the people given.

    ``strata``: one row per stratum (``merged_strata``), with ``observed`` and ``rate``: it is how expected events were made, not a
    table to publish. ``note``: French sentences on what
    was grouped; empty where nothing was.
    """

    units: pd.DataFrame
    strata: pd.DataFrame
    overall_rate: float
    note: str


def indirect_standardisation(
    people: pd.DataFrame, *, unit: str, outcome: str, case_mix: Sequence[str], minimum: int = THRESHOLD
) -> Standardised:
    """Observed and expected events per unit, expected ones from the rates of the whole in each stratum of the case mix.

    ``people``: one row per person and unit, with ``person_key``, the ``unit`` (``UNITS``), the ``outcome`` (number of events, 0 or 1 most
    often) and the ``case_mix``, most important variable first. Strata under ``FEWEST_IN_STRATUM`` rows lose their last variables
    (``merged_strata``). Per unit: ``ratio`` = observed / expected, ``standardised_rate`` = ratio x rate of the whole, both with the
    exact Poisson interval (Garwood 1936; Breslow & Day 1987). A unit of fewer than ``minimum`` people is never given: « Autres » holds
    them, and the smallest further unit where they would be too few together; nothing is given where the whole is too small.
    ``ValueError``: a column about officers, an unknown unit, a missing column or value; ``DisclosureRefused``: ``minimum`` under the floor.
    """
    _check(people, [unit, *case_mix], outcome, unit)
    threshold = checked_threshold(minimum)
    rows = people.assign(**{_ROW: whole_numbers(outcome, people[outcome])})
    if rows["person_key"].nunique() < threshold:
        note = f"Moins de {threshold} personnes en tout : rien n’est donné."
        return Standardised(pd.DataFrame(columns=STANDARDISED_COLUMNS), pd.DataFrame(), nan, note)
    codes, strata = merged_strata(rows, case_mix)
    labels, note = _grouped_units(rows, unit, threshold)
    expected = rows[_ROW].groupby(codes).transform("mean")
    overall = float(rows[_ROW].mean())
    table = _unit_rows(rows.assign(**{_LABEL: labels, "expected": expected}), overall)
    observed = rows[_ROW].groupby(codes).sum().to_numpy()
    told = strata.assign(observed=observed, rate=observed / strata["rows"])
    return Standardised(table, told, overall, " ".join(filter(None, [note, _merging_note(strata, case_mix)])))


def _check(people: pd.DataFrame, needed: Sequence[str], outcome: str, unit: str) -> None:
    if any("officer" in str(name).lower() for name in [*people.columns, unit]):
        raise ValueError("units are branches or measures, never officers: leave the columns about officers out")
    if unit not in UNITS:
        raise ValueError(f"unit must be one of {', '.join(UNITS)}")
    absent = [x for x in ("person_key", outcome, *needed) if x not in people.columns]
    if absent:
        raise ValueError(f"people lack the columns {', '.join(absent)}")
    if people[["person_key", unit]].isna().any(axis=None):
        raise ValueError("person_key and the unit must be known on each row")
    if (whole_numbers(outcome, people[outcome]) < 0).any():
        raise ValueError("the outcome must be a number of events")


def merged_strata(people: pd.DataFrame, case_mix: Sequence[str]) -> tuple[Integers, pd.DataFrame]:
    """The stratum of each row, and one row per stratum: its value of each variable, ``ANY`` where it does not tell one apart, and its ``rows``.

    Strata under ``FEWEST_IN_STRATUM`` rows give up their last variable and join those that share the others; so on, one variable
    after the other. What is still too small once all are given up takes in the smallest stratum that is left, first in order,
    until it is not. The order of rows never matters; a missing value is a value, « inconnu ».
    """
    if not case_mix:
        return np.zeros(len(people), dtype=np.int64), pd.DataFrame({"rows": [len(people)]})
    names = list(case_mix)
    labelled = {name: _labelled(people[name]) for name in names}
    by_row = pd.DataFrame({name: codes for name, (codes, _) in labelled.items()}).groupby(names)
    crossings = by_row.size().rename("rows").reset_index()
    kept = pd.DataFrame({name: labels[crossings[name]] for name, (_, labels) in labelled.items()})
    for name in reversed(names):
        kept.loc[_rows_in(kept, crossings["rows"]) < FEWEST_IN_STRATUM, name] = ANY
    kept = _without_small_rest(kept, crossings["rows"])
    strata = crossings["rows"].groupby([kept[x] for x in names]).sum().reset_index()
    of_crossing = kept.groupby(names).ngroup().to_numpy()
    return of_crossing[by_row.ngroup().to_numpy()].astype(np.int64), strata


def _labelled(column: pd.Series) -> tuple[Integers, Labels]:
    """A column as the place of each value among labels in alphabetical order."""
    codes, values = pd.factorize(column)
    places, labels = pd.factorize(np.array([*map(str, values), UNKNOWN], dtype=object), sort=True)
    return places[codes].astype(np.int64), labels


def _rows_in(kept: pd.DataFrame, rows: pd.Series) -> pd.Series:
    """Rows of the whole stratum of each crossing."""
    found: pd.Series = rows.groupby([kept[x] for x in kept.columns]).transform("sum")
    return found


def _without_small_rest(kept: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """Strata once the rest, in which nothing is told apart, is large enough or all that there is."""
    while True:
        rest = (kept == ANY).all(axis=1)
        if not rest.any() or rest.all() or rows[rest].sum() >= FEWEST_IN_STRATUM:
            return kept
        sizes = _rows_in(kept, rows)[~rest]
        order = kept[~rest].assign(**{_ROW: sizes}).sort_values([_ROW, *kept.columns])
        smallest = order.drop(columns=_ROW).iloc[0]
        kept = kept.mask((kept == smallest).all(axis=1), ANY)


def _grouped_units(rows: pd.DataFrame, unit: str, threshold: int) -> tuple[pd.Series, str]:
    """The unit under which each row is given, and what was grouped.

    One small unit alone among the others could be had by taking these from the whole: it is joined by the next one.
    """
    names = rows[unit].astype(str)
    sizes = rows["person_key"].groupby(names).nunique().sort_values(kind="stable")
    small = int((sizes < threshold).sum())
    if not small:
        return names, ""
    grouped = small
    while grouped < len(sizes) and _people_in(rows, names, sizes.index[:grouped]) < threshold:
        grouped += 1
    said = f"{plural(small, 'unité')} de moins de {threshold} personnes : {plural(grouped, 'unité')} sous « {OTHERS} »."
    return names.mask(names.isin(sizes.index[:grouped]), OTHERS), said


def _people_in(rows: pd.DataFrame, names: pd.Series, chosen: pd.Index) -> int:
    return int(rows.loc[names.isin(chosen), "person_key"].nunique())


def _unit_rows(rows: pd.DataFrame, overall: float) -> pd.DataFrame:
    grouped = rows.groupby(_LABEL)
    table = grouped.agg(
        people=("person_key", "nunique"), rows=(_ROW, "size"), observed=(_ROW, "sum"), expected=("expected", "sum")
    )
    table = table.loc[sorted(table.index, key=lambda name: (name == OTHERS, name))].rename_axis("unit").reset_index()
    expected = table["expected"].where(table["expected"] > 0)
    low, high = exact_interval(table["observed"])
    ratios = {"ratio": table["observed"] / expected, "ratio_low": low / expected, "ratio_high": high / expected}
    rates = {
        name: ratios[f"ratio{end}"] * overall
        for name, end in (("standardised_rate", ""), ("low", "_low"), ("high", "_high"))
    }
    return table.assign(**ratios, **rates, crude_rate=table["observed"] / table["rows"])[STANDARDISED_COLUMNS]


def _merging_note(strata: pd.DataFrame, case_mix: Sequence[str]) -> str:
    merged = int(strata.loc[strata[case_mix[-1]] == ANY, "rows"].sum()) if case_mix else 0
    said = plural(merged, "ligne concernée", "lignes concernées")
    return (
        f"Groupes de comparaison de moins de {FEWEST_IN_STRATUM} lignes réunis à de plus larges : {said}."
        if merged
        else ""
    )
