"""Branches beside one another: what chance alone would do given their size, and what their case mix leads to expect. Never an officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, Counts, State, count_people, publish
from frise_analysis.analysis.disclosure.nested import Beside, Face, protected_face
from frise_analysis.analysis.funnel import funnel
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.methodology import MEASURES, SMALL, Methodology, declare
from frise_analysis.analysis.service.nested_views import protected_table
from frise_analysis.analysis.service.new_facts import horizon
from frise_analysis.analysis.service.prepared import Selection, prepared
from frise_analysis.analysis.service.selection import EVERYBODY, ServiceFilters, months_before
from frise_analysis.analysis.service.unit_tables import places, without_cells
from frise_analysis.analysis.standardisation import indirect_standardisation
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import MEASURES_WITHOUT_ACHIEVEMENT, Labelled

#: Measures that began over five years are compared on their first twelve months.
COMPARED_MONTHS, OBSERVED_DAYS = 60, 365
CASE_MIX = ("prior_convictions", "age_band", "family", "sex")
OTHER_BRANCHES = "Autres antennes"
LIMIT_COLUMNS = ["target", "low998", "low95", "high95", "high998", "beyond"]
RATIO_COLUMNS = ["expected", "ratio", "ratio_low", "ratio_high", "standardised_rate", "low", "high"]
COMPARISON_COLUMNS = ["unit", "people", "count", "share", *LIMIT_COLUMNS, *RATIO_COLUMNS, "state", "text"]
NOT_A_RANKING = "Un écart n’est pas un classement : il appelle une question, pas un jugement."


class Compared(Labelled):
    """What branches are compared by."""

    NEW_FACTS = "faits", "nouveaux faits dans les douze mois du début de la mesure"
    ACHIEVED = "accomplies", "mesures accomplies parmi celles finies, accomplies ou interrompues"


def prior_band(number: int) -> str:
    """Convictions before the measure, in four bands declared beforehand."""
    return next(label for last, label in ((0, "0"), (1, "1"), (4, "2-4"), (10**6, "5+")) if number <= last)


@question("service-antennes", "Antennes côte à côte : limites du hasard, et ce que laissent attendre leurs publics")
def branch_comparison(
    store: Store, *, filters: ServiceFilters = EVERYBODY, of: Compared = Compared.NEW_FACTS, k: int = THRESHOLD
) -> pd.DataFrame:
    """One row per branch, by name, small ones together last: people observed and how many of them, crude and for their case mix, published.

    ``count`` of ``people``, ``share``; ``target``, the share of the whole, and the limits between which chance keeps 95 and 99.8 % of branches of that
    size; ``beyond``: 0, 95 or 99.8. ``expected`` of the case mix (``CASE_MIX``), ``ratio`` = count / expected with its exact 95 %
    interval, ``standardised_rate`` = ratio x share of the whole, ``low``, ``high``. Missing where hidden. A person once per branch.
    """

    def publish_beside(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[pd.DataFrame, Face]:
        rows = _observed(prepared(store, wanted, k=k), of)
        if rows["person_key"].nunique() < k:
            return pd.DataFrame(columns=COMPARISON_COLUMNS), Face({}, frozenset())
        return _compared(_gathered(rows.assign(branch_id=rows["branch_id"].map(_names(store))), k), beside, k)

    return protected_table(store, filters, name=("comparison", of, k), publish=publish_beside, over_period=False)


def _observed(chosen: Selection, of: Compared) -> pd.DataFrame:
    """One row per person and branch with the case mix in bands and the ``outcome``."""
    rows = _first_year(chosen) if of is Compared.NEW_FACTS else _ended(chosen)
    counted, places = np.unique(rows["prior_convictions"].to_numpy(dtype=np.int64), return_inverse=True)
    bands = np.array([prior_band(int(x)) for x in counted], dtype=object)
    return rows.assign(prior_convictions=pd.Categorical(bands)[places])


def _first_year(chosen: Selection) -> pd.DataFrame:
    last = horizon(chosen.store, chosen.day) - timedelta(days=OBSERVED_DAYS)
    return chosen.rows(
        "service_new_facts_year",
        since=months_before(last, COMPARED_MONTHS),
        last=last,
        days=OBSERVED_DAYS,
    )


def _ended(chosen: Selection) -> pd.DataFrame:
    without = [x.value for x in MEASURES_WITHOUT_ACHIEVEMENT]
    since = months_before(chosen.day, COMPARED_MONTHS)
    return chosen.rows("service_completions", since=since, day=chosen.day, without=without)


def _names(store: Store) -> Mapping[str, str]:
    """Name of each branch, its identifier added where two have the same."""
    found = {str(x["branch_id"]): str(x["name"] or x["branch_id"]) for x in store.rows("service_branches")}
    twice = {x for x in found.values() if list(found.values()).count(x) > 1}
    return {key: f"{name} ({key})" if name in twice else name for key, name in found.items()}


def _gathered(rows: pd.DataFrame, k: int) -> pd.DataFrame:
    """Branches of fewer than ``k`` people under one name, joined by the smallest further ones while they are too few together."""
    sizes = rows.groupby("branch_id")["person_key"].nunique().sort_values(kind="stable")
    number = int((sizes < k).sum())
    while 0 < number < len(sizes) and _people(rows, sizes.index[:number]) < k:
        number += 1
    names = rows["branch_id"].where(~rows["branch_id"].isin(sizes.index[:number]), OTHER_BRANCHES)
    # Who was in several of them counts once: the first of their rows.
    return rows.assign(branch_id=names).drop_duplicates(["person_key", "branch_id"])


def _people(rows: pd.DataFrame, chosen: pd.Index) -> int:
    return int(rows.loc[rows["branch_id"].isin(chosen), "person_key"].nunique())


def _compared(rows: pd.DataFrame, beside: Sequence[Beside], k: int) -> tuple[pd.DataFrame, Face]:
    """The units that may be shown get their limits and ratios; the others their state alone. With it, what is shown."""
    people = rows.assign(unit=rows["branch_id"], outcome_said=np.where(rows["outcome"] == 1, "avec", "sans"))
    cells, face = _people_shown(count_people(people, dimensions=["unit", "outcome_said"]), beside, k)
    cube = {x: cells[cells["outcome_said"] == x].set_index("unit") for x in ("avec", TOTAL)}
    order = sorted(people["unit"].unique(), key=lambda x: (x == OTHER_BRANCHES, x))
    size, count = (pd.to_numeric(cube[x].loc[order, "people"]).rename(None) for x in (TOTAL, "avec"))
    # The rate of the whole comes back from any ratio: where it is hidden, so are they.
    told_whole = bool(cells["people"].notna().iloc[-1] and cube["avec"]["people"].notna().iloc[-1])
    shown = (size.notna() & count.notna() & (size > 0)).to_numpy() & told_whole
    table = pd.DataFrame({"unit": order, "people": size.to_numpy(), "count": count.to_numpy()})
    state = cube["avec"].loc[order, "state"].map(lambda x: State(x).value).to_numpy()
    limits = _limits(table[shown], rows)
    ratios = _ratios(rows, k).reindex(order).reset_index(drop=True)[RATIO_COLUMNS].where(np.tile(shown[:, None], 7))
    told = table.assign(state=state, text=cube["avec"].loc[order, "text"].to_numpy())
    return pd.concat([told, limits.reindex(told.index), ratios], axis=1)[COMPARISON_COLUMNS], face


def _people_shown(counts: Counts, beside: Sequence[Beside], k: int) -> tuple[pd.DataFrame, Face]:
    """The cells published, without those that would tell of few people beside other tables."""
    counts = _with_zeros(counts)
    cells, names = publish(counts, k=k).cells, list(counts.dimensions)
    numbers = dict(zip(places(counts.cells, names), counts.cells["people"].astype(int).tolist(), strict=True))
    face = protected_face(Face(numbers, frozenset(places(cells[cells["people"].isna()], names))), beside, k=k)
    # An outcome may change with the filters, and the people of a branch only grow fewer: they are compared by themselves too.
    sizes = protected_face(face.column(TOTAL), [Beside(x.face.column(TOTAL), wider=x.wider) for x in beside], k=k)
    face = replace(face, hidden=face.hidden | {x for x in places(cells, names) if x[:1] in sizes.hidden})
    return without_cells(cells, face, dimensions=names, count="people"), face


def _with_zeros(counts: Counts) -> Counts:
    """With a row of nobody for each outcome that no person of a unit has."""
    known = set(places(counts.cells, counts.dimensions))
    asked = [(unit, said) for unit in counts.labels[0] for said in ("avec", "sans")]
    nobody = pd.DataFrame([(*x, 0) for x in asked if x not in known], columns=[*counts.dimensions, "people"])
    return Counts(pd.concat([counts.cells, nobody], ignore_index=True), counts.dimensions) if len(nobody) else counts


def _limits(units: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Share of each shown unit and its limits, around the share of the whole."""
    if units.empty:
        return pd.DataFrame(columns=["share", *LIMIT_COLUMNS], index=units.index, dtype=float)
    found = funnel(units["count"].astype(int), units["people"].astype(int), target=float(rows["outcome"].mean()))
    return found.rename(columns={"proportion": "share"}).set_index(units.index)[["share", *LIMIT_COLUMNS]]


def _ratios(rows: pd.DataFrame, k: int) -> pd.DataFrame:
    kept = rows[["person_key", "branch_id", "outcome", *CASE_MIX]]
    found = indirect_standardisation(kept, unit="branch_id", outcome="outcome", case_mix=CASE_MIX, minimum=k)
    return found.units.set_index("unit")


declare(
    {
        "service-antennes": Methodology(
            "Antennes côte à côte",
            "Part des personnes qui ont de nouveaux faits enregistrés dans les 365 jours du début de leur première mesure dans l’antenne, toutes observées aussi "
            "longtemps avant la période non consolidée ; ou part des mesures accomplies parmi celles finies, accomplies ou interrompues, la dernière de chaque personne. "
            "Limites exactes du hasard pour une antenne de cette taille (Spiegelhalter 2005) ; nombre attendu d’après les condamnations antérieures, l’âge, la famille "
            f"d’infractions et le sexe (standardisation indirecte, intervalle exact de Poisson). {NOT_A_RANKING}",
            "Personnes retenues par les filtres, une fois par antenne ; mesures commencées (ou finies) sur cinq ans. Petites antennes réunies.",
            "personnes",
            f"{MEASURES} Dates de faits (offences), condamnations (convictions). {SMALL}",
            (
                "prepare/service_selection",
                "queries/service_new_facts_year",
                "queries/service_completions",
            ),
        )
    }
)
