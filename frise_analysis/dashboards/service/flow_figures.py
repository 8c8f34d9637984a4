"""How the number of people moves, and how long they wait."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from frise_analysis.analysis.service import ServiceFilters, first_interviews, legal_delays, monthly_flows
from frise_analysis.charts.service_flows import ENTRIES, EXITS, HEIGHT, moves_specification, stock_specification
from frise_analysis.dashboards.service import ending_figures
from frise_analysis.dashboards.service.drawn import NOTHING, with_quartiles, with_shares
from frise_analysis.dashboards.service.figures import Figure, Group
from frise_analysis.dashboards.service.hidden_cells import hidden_note, quartile_columns, share_columns, shown_or_text
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.store.engine import Store

NOBODY = "Personne n’a été suivi sur ces mois."
NO_MOVE = "Aucune entrée ni sortie sur ces mois."
NONE_SHOWN = (
    "Aucune année n’a des entrées et des sorties assez nombreuses chaque mois pour être montrées mois par mois."
)


def groups(store: Store, state: ServiceState) -> Iterator[Group]:
    """Moves, delays, durations, ends and breaches."""
    filters = state.filters
    flows = monthly_flows(store, filters=filters)
    yield Group("Personnes suivies, mois par mois", figures=(_stock(flows), _moves(flows)))
    yield Group("Délais du premier entretien", figures=(_waits(store, filters), _legal(store, filters)), packed=True)
    yield from ending_figures.groups(store, state)


def _stock(flows: pd.DataFrame) -> Figure:
    rows = flows.rename(columns={"people": "value"})
    words = [f"{month} : {text} personnes suivies" for month, text in zip(flows["month"], flows["text"], strict=True)]
    twin = {"Mois": flows["month"], "Personnes suivies à la fin": shown_or_text(flows["people"], flows["text"])}
    bare = Figure("service-flux", "Personnes suivies à la fin du mois", pd.DataFrame(twin), note=hidden_note(flows["state"]), method="service-flux", wide=True)  # fmt: skip
    if not _some(flows["people"]):
        return bare.saying(NOTHING if bare.note else NOBODY)
    return bare.drawn(stock_specification(rows.assign(words=words)), height=HEIGHT)


def _moves(flows: pd.DataFrame) -> Figure:
    twin = {
        "Mois": flows["month"],
        "Entrées": shown_or_text(flows["entries"], flows["entries_text"]),
        "Sorties": shown_or_text(flows["exits"], flows["exits_text"]),
        "Entrées pour 100 années de suivi": flows["entry_rate"],
        "Sorties pour 100 années de suivi": flows["exit_rate"],
    }
    bare = Figure("flux-entrees-sorties", "Entrées et sorties du mois", pd.DataFrame(twin), method="service-flux", wide=True)  # fmt: skip
    shown = pd.concat([_kind(flows, "entries", ENTRIES), _kind(flows, "exits", EXITS)], ignore_index=True)
    if shown["value"].isna().all():
        return bare.saying(NONE_SHOWN)
    if not _some(shown["value"]):
        return bare.saying(NO_MOVE)
    note = hidden_note(flows["moves_state"], flows["moves_state"])
    return bare.drawn(moves_specification(shown), height=HEIGHT, note=note)


def _some(numbers: pd.Series) -> bool:
    """Whether a month counts somebody: lines along zero say nothing."""
    return bool((numbers.astype(float).fillna(0) > 0).any())


def _kind(flows: pd.DataFrame, name: str, kind: str) -> pd.DataFrame:
    words = [f"{month} : {text} {kind}" for month, text in zip(flows["month"], flows[f"{name}_text"], strict=True)]
    return pd.DataFrame({"month": flows["month"], "kind": kind, "value": flows[name], "words": words})


def _waits(store: Store, filters: ServiceFilters) -> Figure:
    found = first_interviews(store, filters=filters)
    bare = Figure(
        "service-premier-entretien", "De la saisine au premier entretien", quartile_columns(found),
        method="service-premier-entretien", note=hidden_note(found["state"]),
    )  # fmt: skip
    return with_quartiles(bare, found)


def _legal(store: Store, filters: ServiceFilters) -> Figure:
    found = legal_delays(store, filters=filters)
    twin = {
        "Délai": found["label"],
        "Mesures": shown_or_text(found["measures"], found["text"]),
        "Dans le délai": shown_or_text(found["within"], found["within_text"]),
        **share_columns(found),
    }
    states = found["within_state"]
    bare = Figure(
        "service-delai-legal", "Premiers entretiens dans le délai légal", pd.DataFrame(twin), method="service-delai-legal",
        note=hidden_note(found["state"], states[states != ""]),
    )  # fmt: skip
    return with_shares(bare, found[found["limit_days"].notna()])
