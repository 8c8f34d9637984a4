"""The attributes by which followed people are told apart, their categories in the order shown, and their labels."""

from __future__ import annotations

from collections.abc import Mapping

from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.service.selection import AgeBand
from frise_analysis.analysis.words import label_of, upper_first
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import (
    Labelled,
    MeasureCode,
    MeasurePhase,
    MeasureSetting,
    ObligationCode,
    OffenceFamily,
    Sex,
)

#: What is written where the records do not say.
NOT_SAID = "Non précisé"


class Breakdown(Labelled):
    """What people are told apart by."""

    BRANCH = "branch", "antenne"
    MEASURE = "measure", "mesure"
    SETTING = "setting", "milieu"
    PHASE = "phase", "phase"
    OBLIGATION = "obligation", "obligation"
    AGE = "age", "âge au début de la mesure"
    SEX = "sex", "sexe"
    FAMILY = "family", "famille d’infractions de la condamnation"


CODES: Mapping[Breakdown, type[Labelled]] = {
    Breakdown.MEASURE: MeasureCode,
    Breakdown.SETTING: MeasureSetting,
    Breakdown.PHASE: MeasurePhase,
    Breakdown.OBLIGATION: ObligationCode,
    Breakdown.AGE: AgeBand,
    Breakdown.SEX: Sex,
    Breakdown.FAMILY: OffenceFamily,
}


def category_labels(store: Store, by: Breakdown) -> dict[str, str]:
    """Label of every category, in the order shown; what is not said, then the total, last."""
    if by is Breakdown.BRANCH:
        rows = store.rows("service_branches")
        found = {str(x["branch_id"]): str(x["name"] or x["branch_id"]) for x in rows}
    else:
        found = {str(x): upper_first(label_of(CODES[by], x)) for x in CODES[by]}
    return {**found, "": NOT_SAID, TOTAL: TOTAL}
