"""How measures end, and the breaches recorded while they run."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, Counts, State, publish
from frise_analysis.analysis.disclosure.counts import Cell
from frise_analysis.analysis.disclosure.nested import Beside, Face, few_apart
from frise_analysis.analysis.disclosure.published import cell_text
from frise_analysis.analysis.obligation_spans import CONCERNED
from frise_analysis.analysis.proportions import wilson
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.breakdowns import NOT_SAID, Breakdown, category_labels
from frise_analysis.analysis.service.methodology import MEASURES, SMALL, Methodology, declare
from frise_analysis.analysis.service.nested_views import protected_table
from frise_analysis.analysis.service.prepared import Selection, prepared
from frise_analysis.analysis.service.selection import EVERYBODY, ServiceFilters
from frise_analysis.analysis.service.unit_tables import Units, publish_units
from frise_analysis.analysis.words import label_of, upper_first
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import (
    MEASURES_WITHOUT_ACHIEVEMENT,
    OUTCOMES_CUT_SHORT,
    BreachKind,
    Labelled,
    MeasureOutcome,
    ObligationCode,
)

OUTCOME_COLUMNS = ["measure_code", "label", "end", "end_label", "measures", "share", "low", "high", "state", "text"]
BREACH_COLUMNS = ["kind", "label", "breaches", "state", "text"]
BREACHED_COLUMNS = ["obligation_code", "label", "people", "breached", "share", "low", "high", "state", "breached_state", "text", "breached_text"]  # fmt: skip


class End(Labelled):
    """Outcomes gathered beforehand, so that fewer cells are too small to be shown."""

    ACHIEVED = "accomplie", "accomplie"
    CUT_SHORT = "interrompue", "révoquée ou retirée"
    MOVED = "dessaisissement", "dessaisissement"
    OTHER = "autre", "convertie, décès ou autre fin"


def end_of(outcome: str) -> End:
    """Where an outcome is counted."""
    if outcome in OUTCOMES_CUT_SHORT:
        return End.CUT_SHORT
    return {MeasureOutcome.ACCOMPLIE.value: End.ACHIEVED, MeasureOutcome.DESSAISISSEMENT.value: End.MOVED}.get(outcome, End.OTHER)  # fmt: skip


@question("service-issues", "Issue des mesures finies, par mesure")
def outcomes(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per measure and end, totals included: measures ended over the period, published.

    ``measures``; ``share`` among those of the same measure, from 0 to 1, ``low`` and ``high`` its 95 % interval (Wilson): missing where
    either number is hidden. Measures that nobody achieves (detention on remand, inquiries) are left out.
    """

    def publish_beside(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[pd.DataFrame, Face]:
        numbers = _ends(prepared(store, wanted, k=k))
        return publish_units(Units(numbers, ("measure_code", "end"), "measures"), beside=beside, k=k)

    cells = protected_table(store, filters, name=("outcomes", k), publish=publish_beside)
    return _ordered(_with_shares(cells), category_labels(store, Breakdown.MEASURE))


def _ends(chosen: Selection) -> pd.DataFrame:
    """People and measures of each measure and end."""
    rows = chosen.rows("service_outcomes", since=chosen.since, day=chosen.day)
    rows = rows[~rows["measure_code"].isin([x.value for x in MEASURES_WITHOUT_ACHIEVEMENT])]
    ended = rows.assign(end=rows["outcome"].map({x.value: end_of(x).value for x in MeasureOutcome}).astype("category"))
    numbers = ended.groupby(["measure_code", "end"], observed=True, as_index=False).agg(people=("person_key", "nunique"), measures=("outcome", "size"))  # fmt: skip
    return numbers.astype({"measure_code": str, "end": str})


def _with_shares(cells: pd.DataFrame) -> pd.DataFrame:
    totals = cells[cells["end"] == TOTAL].set_index("measure_code")["measures"]
    of = cells["measure_code"].map(totals)
    shown = cells["measures"].notna() & of.notna() & (cells["end"] != TOTAL)
    intervals = wilson(cells.loc[shown, "measures"].astype(int), of[shown].astype(int)).set_index(cells.index[shown])
    return cells.assign(share=intervals["proportion"], low=intervals["low"], high=intervals["high"])


def _ordered(cells: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    ends = {**{x.value: upper_first(x.label) for x in End}, TOTAL: TOTAL}
    named = cells.assign(label=cells["measure_code"].map(labels), end_label=cells["end"].map(ends))
    place = {x: n for n, x in enumerate([*labels, *(x for x in ends if x not in labels)])}
    order = {x: n for n, x in enumerate(ends)}
    keys = named["measure_code"].map(place) * len(order) + named["end"].map(order)
    return named.loc[keys.sort_values(kind="stable").index, OUTCOME_COLUMNS].reset_index(drop=True)


@question("service-manquements", "Manquements, par sorte")
def breaches(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per kind of breach, the total last: breaches of the measures dated within the period, published.

    ``breaches`` is missing where fewer than ``k`` people are behind, or where it would give such a number back.
    """

    def publish_beside(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[pd.DataFrame, Face]:
        chosen = prepared(store, wanted, k=k)
        rows = chosen.rows("service_breaches", since=chosen.since, day=chosen.day)
        return publish_units(Units(rows, ("kind",), "breaches"), beside=beside, k=k)

    table = protected_table(store, filters, name=("breaches", k), publish=publish_beside)
    order = {str(x): n for n, x in enumerate(BreachKind)}
    labels = [TOTAL if x == TOTAL else upper_first(label_of(BreachKind, x)) or NOT_SAID for x in table["kind"]]
    named = table.assign(label=labels)[BREACH_COLUMNS]
    return named.sort_values(
        "kind", key=lambda kinds: kinds.map(lambda x: order.get(x, len(order) + (x == TOTAL))), ignore_index=True
    )


@question("service-obligations", "Obligations, et manquements que leur sorte peut concerner")
def breached_obligations(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per obligation: people who had it over the period, and those with a breach that may concern it, published.

    ``people``, ``breached``; ``share``, from 0 to 1, ``low`` and ``high`` its 95 % interval (Wilson). The record does not say which obligation a breach
    is of: its kind says which it may be, and a breach may count for several. Only obligations that a kind of breach concerns.
    """

    def publish_beside(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[pd.DataFrame, Face]:
        bound = _bound(prepared(store, wanted, k=k))
        own = Face({cell: n for row in bound for cell, n in _yes_and_no(row).items()}, frozenset())
        told = {cell[0] for other in beside for cell in few_apart(own, other, k=k)}
        rows = [_breached(x, k, hidden=x["obligation_code"] in told) for x in bound]
        table = pd.DataFrame(rows, columns=BREACHED_COLUMNS).astype({"people": "Int64", "breached": "Int64"})
        hidden = {name: set(table.loc[table[name].isna(), "obligation_code"]) for name in ("people", "breached")}
        unseen = {x for x in own.numbers if x[0] in hidden["people" if x[1] == TOTAL else "breached"]}
        return table, replace(own, hidden=frozenset(unseen))

    return protected_table(store, filters, name=("obligations", k), publish=publish_beside)


def _bound(chosen: Selection) -> list[dict[Hashable, Any]]:
    """People who had each obligation that a kind of breach may concern, and those with such a breach."""
    pairs = [(str(kind), str(code)) for kind, codes in CONCERNED.items() for code in sorted(codes)]
    rows = chosen.rows(
        "service_breached_obligations",
        kinds=[x for x, _ in pairs],
        codes=[x for _, x in pairs],
        since=chosen.since,
        day=chosen.day,
    )
    concerned = {code for _, code in pairs}
    return [x for x in rows.to_dict("records") if x["obligation_code"] in concerned]


def _yes_and_no(row: Mapping[Hashable, Any]) -> dict[Cell, int]:
    """Over a longer time, who had no breach may have one: none of the three numbers follows from the two others."""
    code, people, breached = str(row["obligation_code"]), int(row["people"]), int(row["breached"])
    return {(code, "oui"): breached, (code, "non"): people - breached, (code, TOTAL): people}


def _breached(row: Mapping[Hashable, object], k: int, *, hidden: bool = False) -> tuple[object, ...]:
    """One obligation as a table of its own: with a breach, or without; ``hidden``: it would tell of few people beside another table."""
    code, people, breached = str(row["obligation_code"]), int(str(row["people"])), int(str(row["breached"]))
    counted = pd.DataFrame({"breach": ["oui", "non"], "people": [breached, people - breached]})
    cells = publish(Counts(counted, ("breach",)), k=k).cells.set_index("breach")
    states = [State.COMPLEMENTARY if hidden else State(str(cells.loc[x, "state"])) for x in (TOTAL, "oui")]
    numbers = [n if x is State.SHOWN else None for n, x in zip((people, breached), states, strict=True)]
    texts = [cell_text(n, x, k) for n, x in zip((people, breached), states, strict=True)]
    shares = [float("nan")] * 3
    if all(x is not None for x in numbers) and people:
        shares = wilson([breached], [people]).iloc[0][["proportion", "low", "high"]].tolist()
    label = upper_first(label_of(ObligationCode, code))
    return code, label, *numbers, *shares, *(x.value for x in states), *texts


declare(
    {
        "service-issues": Methodology(
            "Issue des mesures",
            "Fin enregistrée de chaque mesure ; le décès est une fin ; une fin sans issue enregistrée est une autre fin. La part est prise parmi les mesures finies de "
            "la même sorte : les mesures qui courent encore n’ont pas d’issue. La détention provisoire et les enquêtes, que nul n’accomplit, n’y sont pas.",
            "Mesures retenues par les filtres, finies dans la période.",
            "mesures ; part avec son intervalle à 95 % (Wilson)",
            f"{MEASURES} {SMALL}",
            ("prepare/service_selection", "queries/service_outcomes"),
        ),
        "service-manquements": Methodology(
            "Manquements",
            "Manquements enregistrés, datés de la période. Un manquement est ce que le service a noté : des pratiques différentes donnent des nombres différents.",
            "Manquements aux mesures retenues par les filtres.",
            "manquements",
            f"Manquements (breaches). {MEASURES} {SMALL}",
            ("prepare/service_selection", "queries/service_breaches"),
        ),
        "service-obligations": Methodology(
            "Obligations et manquements",
            "Personnes qui ont eu l’obligation dans la période ; parmi elles, celles qui ont un manquement dont la sorte peut la concerner, pendant qu’elle courait. "
            "L’enregistrement ne dit pas de quelle obligation est un manquement : le même peut compter pour plusieurs.",
            "Personnes dont une mesure retenue a couru dans la période avec cette obligation.",
            "personnes ; part avec son intervalle à 95 % (Wilson)",
            f"Obligations, manquements (obligations, breaches). {MEASURES} {SMALL}",
            ("prepare/service_selection", "queries/service_breached_obligations"),
        ),
    }
)
