"""Branches beside one another, by name: between the limits of chance, and against what their case mix leads to expect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from frise_analysis.analysis.funnel import funnel_limits
from frise_analysis.analysis.service import ServiceFilters
from frise_analysis.analysis.service.comparison import NOT_A_RANKING, Compared, branch_comparison
from frise_analysis.analysis.words import upper_first
from frise_analysis.charts.service_funnel import HEIGHT, funnel_specification
from frise_analysis.dashboards.service.figures import Figure, Group
from frise_analysis.dashboards.service.hidden_cells import hidden_note, shown_or_text
from frise_analysis.dashboards.service.number_words import share_words
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.store.engine import Store

METHOD = "service-antennes"
READING = (
    "Rond plein : une antenne, à public égal (âge, sexe, famille, antécédents) ; rond vide : la même, part brute. Trait : l’ensemble ; "
    "pointillé et tireté : où le hasard garde 95 % et 99,8 % des antennes de cette taille."
)
NOTHING = "Trop peu de personnes, ou une seule antenne, pour comparer."
#: Sizes at which the limits are drawn.
_STEPS = 60
_HEADS = {
    "share": ("Part (%)", 100), "low95": ("Limite basse 95 % (%)", 100), "high95": ("Limite haute 95 % (%)", 100),
    "low998": ("Limite basse 99,8 % (%)", 100), "high998": ("Limite haute 99,8 % (%)", 100), "expected": ("Attendu d’après le public", 1),
    "ratio": ("Observé / attendu", 1), "ratio_low": ("Borne basse du rapport", 1), "ratio_high": ("Borne haute du rapport", 1),
    "standardised_rate": ("Part ajustée (%)", 100),
}  # fmt: skip


def groups(store: Store, state: ServiceState) -> Iterator[Group]:
    """One funnel for each thing compared."""
    found = tuple(_figure(store, state.filters, of) for of in Compared)
    yield Group("Antennes côte à côte", f"{NOT_A_RANKING} Les antennes sont par ordre alphabétique.", found)


def _figure(store: Store, filters: ServiceFilters, of: Compared) -> Figure:
    found = branch_comparison(store, filters=filters, of=of)
    bare = Figure(
        f"antennes-{of.value}", upper_first(of.label), _twin(found), method=METHOD, note=hidden_note(found["state"])
    )
    shown = found[found["share"].notna()]
    if len(shown) < 2:
        return bare.saying(NOTHING)
    # Where nothing can be adjusted, the crude share stands for itself.
    adjusted = shown["standardised_rate"].astype(float).fillna(shown["share"].astype(float))
    units = shown.assign(adjusted=adjusted, words=[_words(x) for x in shown.to_dict("records")])
    chart = funnel_specification(units, _limits(shown), title=bare.title)
    return bare.saying(READING).drawn(chart, height=HEIGHT)


def _limits(shown: pd.DataFrame) -> pd.DataFrame:
    """The limits at sizes around those of the branches shown."""
    low, high = int(shown["people"].min()), int(shown["people"].max())
    room = max(5, (high - low) // 6)
    sizes = np.unique(np.linspace(max(1, low - room), high + room, _STEPS).round().astype(int))
    return funnel_limits(sizes, target=float(shown["target"].iloc[0]))


def _words(row: dict[Any, Any]) -> str:
    beyond = {0: "dans les limites du hasard", 95: "hors des limites à 95 %", 99.8: "hors des limites à 99,8 %"}
    rate = row["standardised_rate"]
    level = f", {share_words(float(rate))} à public égal" if pd.notna(rate) else ""
    return f"{row['unit']} : {share_words(row['share'])} de {row['people']} personnes{level} ; part brute {beyond[row['beyond']]}"


def _twin(found: pd.DataFrame) -> pd.DataFrame:
    # A number of people is missing only where it is hidden.
    people = pd.Series(["masqué"] * len(found), index=found.index)
    told = {
        "Antenne": found["unit"],
        "Personnes": shown_or_text(found["people"], people),
        "Dont": shown_or_text(found["count"], found["text"]),
    }
    numbers = {head: (factor * found[name].astype(float)).round(1 if factor > 1 else 2) for name, (head, factor) in _HEADS.items()}  # fmt: skip
    return pd.DataFrame({**told, **numbers})
