"""Rows that share people: somebody under two measures is in two rows of a table by measure, and once in its total.

The total of people is shown beside the rows, and says more than any of them: it is what a reader subtracts from (docs/service.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, Counts, State, publish
from frise_analysis.analysis.disclosure.counts import Cell
from frise_analysis.analysis.disclosure.nested import Beside, Face, few_apart, protected_face
from frise_analysis.analysis.disclosure.published import cell_text

_IN, _OUT = "oui", "non"
PEOPLE_COLUMNS = ["category", "people", "state", "text"]


@dataclass(frozen=True)
class Overlap:
    """Rows that may share people, before anything is hidden. ``rows``: one per category, ``category`` and ``people``, each counted once in it.

    ``total``: people in any row, or followed at all; ``shared``: those in several rows.
    """

    rows: pd.DataFrame
    total: int
    shared: int = 0


def publish_covering(table: Overlap, *, beside: Sequence[Beside] = (), k: int = THRESHOLD) -> pd.DataFrame:
    """Rows that cover everybody: one row per category, then ``TOTAL``, as ``category``, ``people``, ``state``, ``text``.

    First each person counted in each row, as a table of its own that adds up: a small row keeps its width even for who knows how many rows people
    are in. Then rows are hidden, smallest first, while the people whom the shown ones leave out are few, and while
    few people are in several rows: each row left out of the sum is one more unknown. Nothing is shown where even that would be too little. At
    last, rows are hidden that would tell of few people ``beside`` tables that come before.
    """
    if _is_small(table.total, k) or table.rows.empty:
        return _nothing(table, k)
    if _few_in_all(table, beside, k):
        return _masked(table, k)
    people, published = _people(table.rows), publish(Counts(_cells(table.rows), ("category",)), k=k)
    states = dict(zip(published.cells["category"], published.cells["state"], strict=True))
    if published.withheld or (states[TOTAL] is not State.SHOWN):
        return _nothing(table, k)
    _hide_what_tells(states, table, k)
    own = Face(
        {(x,): n for x, n in people.items()}, frozenset((x,) for x, state in states.items() if state is not State.SHOWN)
    )
    hidden = protected_face(own, beside, k=k).hidden
    states |= {x: State.COMPLEMENTARY for (x,) in hidden if states.get(x) is State.SHOWN}
    return _written(people, states, table.total, k)


def publish_separate(table: Overlap, *, beside: Sequence[Beside] = (), k: int = THRESHOLD) -> pd.DataFrame:
    """Rows that add up to nothing: each with its own complement, the people followed who are not in it. Same columns.

    One table of two cells per row: both are hidden where one is small.
    """
    if _is_small(table.total, k):
        return _nothing(table, k)
    people = _people(table.rows)
    if _few_in_all(table, beside, k):
        return _masked(table, k)
    own = _separate(table, frozenset())
    told = {cell[0] for other in beside for cell in few_apart(own, other, k=k)}
    states = {x: State.COMPLEMENTARY if x in told else _yes_or_no(n, table.total, k) for x, n in people.items()}
    return _written(people, {**states, TOTAL: State.SHOWN}, table.total, k)


def covering_face(table: Overlap, published: pd.DataFrame) -> Face:
    """What the rows count, and which are shown, for the tables that come after."""
    numbers = {**_people(table.rows), TOTAL: table.total}
    return Face({(x,): n for x, n in numbers.items()}, frozenset((x,) for x in _hidden(published)))


def separate_face(table: Overlap, published: pd.DataFrame) -> Face:
    """The same of rows that add up to nothing: each with the people who are not in it."""
    return _separate(table, _hidden(published))


def _separate(table: Overlap, hidden: AbstractSet[str]) -> Face:
    people = _people(table.rows)
    numbers: dict[Cell, int] = {
        (x, said): n for x, yes in people.items() for said, n in ((_IN, yes), (_OUT, table.total - yes))
    }
    numbers[TOTAL,] = table.total
    return Face(numbers, frozenset(cell for cell in numbers if cell[0] in hidden))


def _hidden(published: pd.DataFrame) -> frozenset[str]:
    return frozenset(published.loc[published["people"].isna(), "category"])


def _few_in_all(table: Overlap, beside: Sequence[Beside], k: int) -> bool:
    """Whether few people are apart in all."""
    own = Face({(TOTAL,): table.total}, frozenset())
    return any((TOTAL,) in few_apart(own, other, k=k) for other in beside)


def _masked(table: Overlap, k: int) -> pd.DataFrame:
    """Nothing at all."""
    people = _people(table.rows)
    return _written(people, dict.fromkeys([*people, TOTAL], State.COMPLEMENTARY), table.total, k)


def _yes_or_no(people: int, total: int, k: int) -> State:
    cells = pd.DataFrame({"category": [_IN, _OUT], "people": [people, total - people]})
    found = publish(Counts(cells, ("category",)), k=k).cells
    if found["state"].iloc[-1] is not State.SHOWN:
        return State.COMPLEMENTARY
    return State(found["state"].iloc[0])


def _hide_what_tells(states: dict[str, State], table: Overlap, k: int) -> None:
    """Hide the rows that hold all but a few people, then the smallest while the shown ones and the total tell of a few."""
    shown = {x: n for x, n in _people(table.rows).items() if states[x] is State.SHOWN}
    for category in [x for x, n in shown.items() if _is_small(table.total - n, k)]:
        states[category] = State.COMPLEMENTARY
        del shown[category]
    while shown and _few_told(shown, table, k):
        smallest = min(shown, key=lambda x: (shown[x], x))
        states[smallest] = State.COMPLEMENTARY
        del shown[smallest]


def _few_told(shown: dict[str, int], table: Overlap, k: int) -> bool:
    """Whether few people are in no shown row, or, all rows being shown, in several."""
    several = len(shown) == len(table.rows) and _is_small(table.shared, k)
    return several or _is_small(table.total - sum(shown.values()), k)


def _is_small(number: int, k: int) -> bool:
    return 0 < number < k


def _people(rows: pd.DataFrame) -> dict[str, int]:
    return {str(x): int(n) for x, n in zip(rows["category"], rows["people"], strict=True)}


def _cells(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["category", "people"]].reset_index(drop=True)


def _nothing(table: Overlap, k: int) -> pd.DataFrame:
    """No row; a total that is large enough, or of nobody, is still shown."""
    people = _people(table.rows)
    total = State.SMALL if _is_small(table.total, k) else State.SHOWN
    return _written(people, {**dict.fromkeys(people, State.COMPLEMENTARY), TOTAL: total}, table.total, k)


def _written(people: dict[str, int], states: dict[str, State], total: int, k: int) -> pd.DataFrame:
    numbers = {**people, TOTAL: total}
    rows = [(x, n if states[x] is State.SHOWN else None, states[x], cell_text(n, states[x], k)) for x, n in numbers.items()]  # fmt: skip
    return pd.DataFrame(rows, columns=PEOPLE_COLUMNS).astype({"people": "Int64"})
