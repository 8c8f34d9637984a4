"""The groups of measures whose curves are drawn apart, small ones gathered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from frise_analysis.analysis.service.breakdowns import NOT_SAID, Breakdown, category_labels
from frise_analysis.analysis.service.curve_steps import Spells, distinct
from frise_analysis.analysis.survival import followed
from frise_analysis.analysis.survival.followed import Integers
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Labelled

OTHER_MEASURES, OTHER_BRANCHES = "Autres mesures", "Autres antennes"
#: Category of what is grouped.
OTHERS = "autres"


class Grouping(Labelled):
    """What curves are told apart by."""

    MEASURE = "measure", "mesure"
    BRANCH = "branch", "antenne"


@dataclass(frozen=True)
class Group:
    """One curve before anything is hidden."""

    category: str
    label: str
    spells: Spells


def spells_of(rows: pd.DataFrame) -> Spells:
    """The measures of ``read_spells``."""
    return Spells(rows["person_key"].to_numpy(dtype=np.int64), followed(rows["days"], cause=rows["cause"]))


def groups(store: Store, rows: pd.DataFrame, by: Grouping, *, k: int) -> list[Group]:
    """The curves of a grouping, in the order of the vocabulary or of the names, those of few people under « Autres » last.

    The smallest further group joins « Autres » while too few are in it; it is one group less where it would hold everybody.
    """
    codes, labels = _coded(store, rows, by)
    spells = spells_of(rows)
    sizes = {x: distinct(spells.person[codes == x]) for x in labels if (codes == x).any()}
    gathered = _gathered(spells.person, codes, sizes, k)
    found = [Group(str(labels[x][0]), labels[x][1], spells.among(codes == x)) for x in sizes if x not in gathered]
    if not gathered:
        return found
    label = OTHER_MEASURES if by is Grouping.MEASURE else OTHER_BRANCHES
    return [*found, Group(OTHERS, label, spells.among(np.isin(codes, sorted(gathered))))]


def _gathered(person: Integers, codes: Integers, sizes: Mapping[int, int], k: int) -> set[int]:
    order = sorted(sizes, key=lambda x: (sizes[x], x))
    number = sum(n < k for n in sizes.values())
    while 0 < number < len(order) and distinct(person[np.isin(codes, order[:number])]) < k:
        number += 1
    return set(order[:number])


def _coded(store: Store, rows: pd.DataFrame, by: Grouping) -> tuple[Integers, dict[int, tuple[str, str]]]:
    """The group of each row as a number, and category and label of each number in the order shown."""
    if by is Grouping.MEASURE:
        column = pd.Categorical(rows["measure_code"])
        place = {str(x): n for n, x in enumerate(column.categories)}
        named = category_labels(store, Breakdown.MEASURE)
        return column.codes.astype(np.int64), {place[x]: (x, label) for x, label in named.items() if x in place}
    found = store.rows("service_new_facts_branches")
    ordered = sorted(found, key=lambda x: (str(x["name"]), str(x["branch_id"])))
    known = {int(str(x["branch"])): (str(x["branch_id"]), str(x["name"])) for x in ordered}
    return rows["branch"].to_numpy(dtype=np.int64), {**known, 0: ("", NOT_SAID)}
