"""How long measures run, how they end, and the breaches recorded while they run."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.service import (
    ServiceFilters,
    breached_obligations,
    breaches,
    measure_spans,
    outcomes,
    planned_ends,
    running_curves,
)
from frise_analysis.analysis.words import lower_first
from frise_analysis.charts.service_curves import HEIGHT, MOST, curves_specification
from frise_analysis.charts.service_quartiles import MONTHS
from frise_analysis.dashboards.service.drawn import with_bars, with_quartiles, with_shares
from frise_analysis.dashboards.service.figures import Figure, Group
from frise_analysis.dashboards.service.hidden_cells import hidden_note, quartile_columns, share_columns, shown_or_text
from frise_analysis.dashboards.service.number_words import days_words, paired, share_words
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.store.engine import Store

NO_CURVE = "Aucune mesure n’a assez de personnes pour montrer une courbe."


def groups(store: Store, state: ServiceState) -> Iterator[Group]:
    """Durations, then ends and breaches."""
    filters = state.filters
    yield Group("Durée des mesures", figures=(_spans(store, filters), _planned(store, filters)), packed=True)
    yield Group(figures=(_curves(store, filters),))
    found = (_ends(store, filters), _obligations(store, filters), _breaches(store, filters))
    yield Group("Fin des mesures et manquements", figures=found, packed=True)


def _spans(store: Store, filters: ServiceFilters) -> Figure:
    found = measure_spans(store, filters=filters)
    bare = Figure("service-durees", "Durée des mesures", quartile_columns(found), method="service-durees", note=hidden_note(found["state"]))  # fmt: skip
    return with_quartiles(bare, found, unit=MONTHS)


def _planned(store: Store, filters: ServiceFilters) -> Figure:
    found = planned_ends(store, filters=filters)
    bare = Figure("service-fins-prevues", "De la fin prévue à la fin", quartile_columns(found), method="service-fins-prevues", note=hidden_note(found["state"]))  # fmt: skip
    return with_quartiles(bare, found)


def _curves(store: Store, filters: ServiceFilters) -> Figure:
    found = running_curves(store, filters=filters)
    twin = {"Mesure": found["label"], "Jours": found["days"], "Courent encore (%)": (100 * found["survival"]).round(1)}
    bare = Figure("service-courbes", "Mesures qui courent encore, selon le temps écoulé", pd.DataFrame(twin), method="service-courbes", wide=True)  # fmt: skip
    steps = found.groupby("label", sort=False).filter(lambda x: len(x) > 1)
    kept = list(dict.fromkeys(steps["label"]))[:MOST]
    drawn = steps[steps["label"].isin(kept)]
    if drawn.empty:
        return bare.saying(NO_CURVE)
    told = zip(drawn["label"], drawn["days"], drawn["survival"], strict=True)
    words = [f"{label}, après {days_words(days)} : {share_words(share)}" for label, days, share in told]
    months = drawn["days"] * 12 / DAYS_PER_YEAR
    chart = curves_specification(drawn.assign(months=months, share=drawn["survival"], words=words), title=bare.title)
    return bare.drawn(chart, height=HEIGHT)


def _ends(store: Store, filters: ServiceFilters) -> Figure:
    found = outcomes(store, filters=filters)
    twin = {
        "Mesure": found["label"],
        "Fin": found["end_label"],
        "Mesures": shown_or_text(found["measures"], found["text"]),
        **share_columns(found),
    }
    bare = Figure("service-issues-parts", "Fin des mesures", pd.DataFrame(twin), method="service-issues", note=hidden_note(found["state"]))  # fmt: skip
    told = found[(found["end"] != TOTAL) & found["share"].notna()]
    return with_shares(bare, told.assign(label=paired(told["label"], told["end_label"].map(lower_first))))


def _obligations(store: Store, filters: ServiceFilters) -> Figure:
    found = breached_obligations(store, filters=filters)
    twin = {
        "Obligation": found["label"],
        "Personnes": shown_or_text(found["people"], found["text"]),
        "Avec un manquement": shown_or_text(found["breached"], found["breached_text"]),
        **share_columns(found),
    }
    bare = Figure(
        "service-obligations", "Personnes avec un manquement, par obligation", pd.DataFrame(twin), method="service-obligations",
        note=hidden_note(found["state"], found["breached_state"]),
    )  # fmt: skip
    return with_shares(bare, found)


def _breaches(store: Store, filters: ServiceFilters) -> Figure:
    found = breaches(store, filters=filters)
    twin = {"Manquement": found["label"], "Nombre": shown_or_text(found["breaches"], found["text"])}
    bare = Figure("service-manquements", "Manquements, par sorte", pd.DataFrame(twin), method="service-manquements", note=hidden_note(found["state"]))  # fmt: skip
    rows = found[found["kind"] != TOTAL]
    return with_bars(bare, rows.assign(value=rows["breaches"], before=None, words=paired(rows["label"], rows["text"])))
