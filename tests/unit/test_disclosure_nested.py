"""Two tables one inside the other: the attack on their difference, by another way than the one that hides."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from frise_analysis.analysis.disclosure import TOTAL, Counts, publish
from frise_analysis.analysis.disclosure.nested import Beside, Face, few_apart, hidden_beside
from frise_analysis.analysis.disclosure.threshold import narrowest

K = 11
NUMBERS = st.one_of(st.integers(0, 12), st.integers(0, 90))


def published(values: np.ndarray) -> Face:
    """The table of these crossings as the one door lets it out."""
    names = [f"d{axis}" for axis in range(values.ndim)]
    cells = [(*map(str, place), int(values[place])) for place in np.ndindex(values.shape)]
    shown = publish(Counts(pd.DataFrame(cells, columns=[*names, "people"]), tuple(names)), k=K).cells
    hidden = shown.loc[shown["people"].isna(), names].itertuples(index=False, name=None)
    return Face({x[:-1]: x[-1] for x in cells}, frozenset(hidden))


def deduced(own: Face, public: Face, shape: tuple[int, ...], cell: tuple[str, ...]) -> tuple[float, float]:
    """Lowest and highest value of a crossing of the difference, public less own, for who adds and subtracts all that is shown."""
    places = {x: n for n, x in enumerate(product(*([str(i) for i in range(size)] for size in shape)))}
    size = len(places)
    rows, known = [], []
    for face, start in ((own, 0), (public, size)):
        for asked in product(*([*[str(i) for i in range(n)], TOTAL] for n in shape)):
            if asked in face.hidden:
                continue
            inside = [x for x in places if all(y in (z, TOTAL) for z, y in zip(x, asked, strict=True))]
            row = np.zeros(2 * size)
            row[[start + places[x] for x in inside]] = 1
            rows.append(row)
            known.append(sum(face.numbers[x] for x in inside))
    wanted = np.zeros(2 * size)
    wanted[[places[cell], size + places[cell]]] = -1, 1
    nested = np.hstack([-np.eye(size), np.eye(size)])
    bounds = [LinearConstraint(np.array(rows), known, known)] if rows else []
    found = [
        milp(
            sign * wanted,
            integrality=np.ones(2 * size),
            bounds=Bounds(0, 5000),
            constraints=[*bounds, LinearConstraint(nested, 0, np.inf)],
        ).fun
        for sign in (1, -1)
    ]
    return found[0], -found[1]


@st.composite
def nested_tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    shape = draw(st.sampled_from([(2,), (4,), (6,), (2, 3), (3, 3)]))
    cells = int(np.prod(shape))
    inner, rest = (np.array(draw(st.lists(NUMBERS, min_size=cells, max_size=cells))).reshape(shape) for _ in range(2))
    return inner, inner + rest


@settings(max_examples=60, deadline=None)
@given(tables=nested_tables(), wider=st.booleans())
def test_no_few_people_are_given_back_by_a_difference(tables: tuple[np.ndarray, np.ndarray], *, wider: bool) -> None:
    """Whichever is published first, each small crossing of the difference keeps as many values as a small cell of a table."""
    inner, outer = tables
    first, then = (outer, inner) if wider else (inner, outer)
    public, own = published(first), published(then)
    own = Face(own.numbers, hidden_beside(own, Beside(public, wider=wider), k=K))
    narrow, wide = (own, public) if wider else (public, own)
    for place in np.ndindex(inner.shape):
        if 0 < outer[place] - inner[place] < K:
            low, high = deduced(narrow, wide, inner.shape, tuple(map(str, place)))
            assert high - low >= narrowest(K)


def test_nothing_is_hidden_where_nobody_or_many_are_apart() -> None:
    """The same people, or eleven more."""
    own = Face({("A",): 30, ("B",): 40}, frozenset())
    assert frozenset() == hidden_beside(own, Beside(Face({("A",): 30, ("B",): 51}, frozenset())), k=K)


def test_what_the_public_table_hides_need_not_be_hidden_again() -> None:
    """Three are apart, and the reader does not know from what."""
    own = Face({("A",): 30, ("B",): 40, ("C",): 50}, frozenset())
    public = Face({("A",): 33, ("B",): 90, ("C",): 99}, frozenset({("A",), ("B",)}))
    assert frozenset() == hidden_beside(own, Beside(public), k=K)


def test_a_category_grouped_otherwise_is_compared_cell_by_cell() -> None:
    """« Autres » holds more here than there: the tables are not one inside the other, the other rows still are."""
    own = Face({("A",): 30, ("Autres",): 40}, frozenset())
    public = Face({("A",): 32, ("B",): 25, ("Autres",): 20}, frozenset())
    assert frozenset({("A",)}) == hidden_beside(own, Beside(public), k=K)


@pytest.mark.parametrize(("number", "told"), [(20, False), (21, True), (30, True), (31, False)])
def test_rows_that_add_up_to_nothing(number: int, *, told: bool) -> None:
    """From one to ten apart."""
    own, public = Face({("A",): 20}, frozenset()), Face({("A",): number}, frozenset())
    assert told == bool(few_apart(own, Beside(public), k=K))
    assert told == bool(few_apart(public, Beside(own, wider=False), k=K))
