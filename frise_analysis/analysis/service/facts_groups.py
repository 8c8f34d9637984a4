"""The groups of measures whose curves are drawn apart, small ones gathered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from frise_analysis.analysis.service.breakdowns import NOT_SAID, Breakdown, category_labels
from frise_analysis.analysis.service.curve_steps import Spells, distinct
from frise_analysis.analysis.survival import Followed, followed
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


def groups(store: Store, rows: pd.DataFrame, by: Grouping, *, k: int, spells: Spells | None = None) -> list[Group]:
    """The curves of a grouping, in the order of the vocabulary or of the names, those of few people under « Autres » last.

    The smallest further group joins « Autres » while too few are in it; it is one group less where it would hold everybody.
    ``spells``: those of ``rows``, where they are made already.
    """
    codes, labels = _coded(store, rows, by)
    spells = spells or spells_of(rows)
    parts = _parted(spells, codes)
    sizes = {x: parts[x].people for x in labels if x in parts}
    gathered = _gathered(spells.person, codes, sizes, k)
    found = [Group(str(labels[x][0]), labels[x][1], parts[x]) for x in sizes if x not in gathered]
    if not gathered:
        return found
    label = OTHER_MEASURES if by is Grouping.MEASURE else OTHER_BRANCHES
    return [*found, Group(OTHERS, label, spells.among(np.isin(codes, sorted(gathered))))]


def _parted(spells: Spells, codes: Integers) -> dict[int, Spells]:
    """The measures of each group, in the order of people: put in order once, whatever the number of groups."""
    order = np.argsort(codes, kind="stable")
    person, times = spells.person[order], spells.times
    ordered = Spells(person, Followed(times.entry[order], times.exit[order], times.cause[order]))
    found, firsts = np.unique(codes[order], return_index=True)
    ends = [*firsts[1:].tolist(), len(order)]
    return {int(x): ordered.between(int(a), b) for x, a, b in zip(found, firsts, ends, strict=True)}


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
        return column.codes, {place[x]: (x, label) for x, label in named.items() if x in place}
    found = store.rows("service_new_facts_branches")
    ordered = sorted(found, key=lambda x: (str(x["name"]), str(x["branch_id"])))
    known = {int(str(x["branch"])): (str(x["branch_id"]), str(x["name"])) for x in ordered}
    branch = rows["branch"].to_numpy()
    # Ranks in few bytes are put in order in time proportional to their number.
    return branch.astype(np.min_scalar_type(branch.max(initial=0))), {**known, 0: ("", NOT_SAID)}
