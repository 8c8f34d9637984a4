"""Curves of new facts beside those of other filters: the groups and the months whose difference would tell of few people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL, State
from frise_analysis.analysis.disclosure.counts import Cell
from frise_analysis.analysis.disclosure.nested import Beside, Face, few_apart, hidden_beside
from frise_analysis.analysis.disclosure.published import HIDDEN

#: Second place of the cells that are not a month: how many measures a group has, and how many people.
MEASURES_KEY, PEOPLE_KEY = "measures", "people"


def hidden_curves(
    table: pd.DataFrame, numbers: Mapping[Cell, int], beside: Sequence[Beside], k: int
) -> tuple[pd.DataFrame, Face]:
    """The curves without the groups and the months that would tell of few people beside other curves; and what is left of them.

    A group of which few measures are apart goes whole, with another so that the total does not give it back; a month, with that of another group.
    """
    own = Face(numbers, frozenset())
    single = Face({x: n for x, n in numbers.items() if x[1] != MEASURES_KEY or x[0] == TOTAL}, frozenset())
    gone: set[str] = set()
    told: set[Cell] = set()
    for other in beside:
        sizes = Beside(other.face.column(MEASURES_KEY), wider=other.wider)
        gone |= {x for (x,) in hidden_beside(own.column(MEASURES_KEY), sizes, k=k)}
        told |= few_apart(single, other, k=k)
    gone |= {x for x, _ in numbers} if (TOTAL, MEASURES_KEY) in told else set()
    told |= {
        (x, month)
        for month in {m for _, m in told} - {MEASURES_KEY, PEOPLE_KEY}
        for x in _another(numbers, month, {x for x, m in told if m == month} | gone)
    }
    # People are in several groups: where few are apart in one of them, none of these numbers is shown.
    left = _without(table, gone, told, people=PEOPLE_KEY not in {kind for _, kind in told})
    return left, Face(numbers, _unseen(left, numbers))


def _without(table: pd.DataFrame, gone: AbstractSet[str], told: AbstractSet[Cell], *, people: bool) -> pd.DataFrame:
    """The curves without whole groups, without some months of others, and without the people where they are not shown."""
    places = pd.Series(list(zip(table["category"], table["month"].astype(str), strict=True)), index=table.index)
    whole = table["category"].isin(gone)
    hides = (places.isin(list(told)) | whole) & (table["state"] == State.SHOWN.value)
    return table.assign(
        people=table["people"].mask(whole | (not people)), measures=table["measures"].mask(whole), text=table["text"].mask(hides, HIDDEN),
        state=table["state"].mask(hides, State.COMPLEMENTARY.value), **{x: table[x].mask(hides) for x in ("share", "low", "high")},
    )  # fmt: skip


def _unseen(table: pd.DataFrame, numbers: Mapping[Cell, int]) -> frozenset[Cell]:
    """What these curves do not show."""
    rows = table[table["state"] == State.SHOWN.value]
    seen = {*zip(rows["category"], rows["month"].astype(str), strict=True)}
    seen |= {(x, kind) for kind in (MEASURES_KEY, PEOPLE_KEY) for x in table.loc[table[kind].notna(), "category"]}
    return frozenset(set(numbers) - seen)


def _another(numbers: Mapping[Cell, int], month: str, hidden: AbstractSet[str]) -> list[str]:
    """The group with the fewest new facts to hide too, where one alone is hidden beside the total."""
    left = [x for x, m in numbers if m == month and x not in hidden | {TOTAL}]
    alone = len(hidden - {TOTAL}) == 1 and TOTAL not in hidden
    return [min(left, key=lambda x: (numbers[x, month], x))] if alone and left else []
