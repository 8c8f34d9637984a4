"""What is found without a solver is what a solver finds, one cell after the other: the plain way is written here again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frise_analysis.analysis.disclosure import Counts, Zeros, audit, publication, publish, suppression
from frise_analysis.analysis.disclosure.attack import Knowledge, sums
from frise_analysis.analysis.disclosure.rings import Rings, Room

SIZES = st.sampled_from([0, 0, 1, 1, 2, 3, 5, 8, 10, 11, 12, 15, 20, 60, 250])
SHAPES = st.one_of(st.tuples(st.integers(1, 7)), st.tuples(st.integers(1, 7), st.integers(1, 4)))
TABLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def tables(draw) -> Counts:
    """People by one or two attributes, and their measures, at least one each."""
    shape = draw(SHAPES)
    size = int(np.prod(shape))
    people, more = (draw(st.lists(x, min_size=size, max_size=size)) for x in (SIZES, st.integers(0, 9)))
    rows = [(*map(str, place), *map(int, x)) for place, *x in zip(np.ndindex(shape), people, more, strict=True)]
    names = [f"d{axis}" for axis in range(len(shape))]
    cells = pd.DataFrame(rows, columns=[*names, "people", "more"])
    cells["measures"] = cells["people"] + cells["more"].where(cells["people"] > 0, 0)
    return Counts(cells.drop(columns="more"), tuple(names), other_counts=("measures",))


def published(counts: Counts, zeros: Zeros) -> list[tuple]:
    """Cells as anybody reads them."""
    return publish(counts, zeros=zeros).cells.astype(str).to_numpy().tolist()


def without_rings(counts: Counts, zeros: Zeros) -> list[tuple]:
    """The same where each end of each small cell is asked of the solver."""
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(suppression, "_around", lambda *_, **__: None)
        return published(counts, zeros)


@TABLES
@given(counts=tables(), zeros=st.sampled_from(Zeros))
def test_the_cells_hidden_are_those_that_the_solver_hides(counts: Counts, zeros: Zeros) -> None:
    assert published(counts, zeros) == without_rings(counts, zeros)


@pytest.mark.parametrize("seed", [1, 2])
def test_many_units_of_which_few_have_an_outcome(seed: int) -> None:
    """The table of the branches: a column of small cells, each with a large one beside it."""
    drawn = np.random.default_rng(seed)
    rows = [(f"u{n}", x, int(drawn.poisson(mean))) for n in range(25) for x, mean in (("avec", 5), ("sans", 20))]
    counts = Counts(pd.DataFrame(rows, columns=["unit", "outcome", "people"]), ("unit", "outcome"))
    assert published(counts, Zeros.SHOWN) == without_rings(counts, Zeros.SHOWN)


def test_no_solver_is_started_where_rings_suffice() -> None:
    """Small cells for which others give way, alone in their unit or two of them: the cells to hide are known without a solver."""
    sizes = [("avec", 6), ("sans", 30)], [("avec", 6), ("sans", 7)]
    rows = [(f"u{n}", x, size) for n in range(40) for x, size in sizes[n % 2]]
    counts = Counts(pd.DataFrame(rows, columns=["unit", "outcome", "people"]), ("unit", "outcome"))
    with pytest.MonkeyPatch.context() as patches:
        asked: list[int] = []
        plain = suppression._witnessed
        patches.setattr(suppression, "_witnessed", lambda *x, **y: (asked.append(1), plain(*x, **y))[1])
        publish(counts)
    assert len(asked) <= 2


@TABLES
@given(counts=tables(), zeros=st.sampled_from(Zeros))
def test_the_attack_finds_the_ends_that_it_finds_cell_by_cell(counts: Counts, zeros: Zeros) -> None:
    found = publish(counts, zeros=zeros)
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(Knowledge, "_seen_together", lambda _self, seen, *_: seen)
        alone = audit(found), audit(found, of="measures")
    for expected, of in zip(alone, (None, "measures"), strict=True):
        pd.testing.assert_frame_equal(audit(found, of=of), expected)


@TABLES
@given(counts=tables(), data=st.data())
def test_a_ring_leaves_every_sum_as_it_was(counts: Counts, data: st.DataObject) -> None:
    """The cell moves by what was asked, the others within their room, and only those that may."""
    values = counts.cube("people").ravel().astype(float)
    cell, way = data.draw(st.integers(0, len(values) - 1)), data.draw(st.sampled_from([1, -1]))
    usable = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
    equal, down, up = sums(counts.shape), np.minimum(values, 4.0), np.full(len(values), 4.0)
    moved = Rings(equal).moves(cell, way, by=2.0, room=Room(down.tolist(), up.tolist()), usable=usable)
    if moved is not None:
        others = np.delete(moved, cell)
        assert moved[cell] == 2 * way
        assert not (equal @ moved).any()
        assert (others <= np.delete(up, cell)).all()
        assert (-others <= np.delete(down, cell)).all()
        assert not others[~np.delete(usable, cell)].any()


def test_nothing_hidden_stays_under_its_mark() -> None:
    """A number is not left in the memory of the column where it is missing."""
    rows = [("a", 3, 4), ("b", 30, 31), ("c", 40, 44)]
    counts = Counts(pd.DataFrame(rows, columns=["d", "people", "measures"]), ("d",), other_counts=("measures",))
    cells = publication.publish(counts).cells
    kept = {name: cells[name].fillna(0).tolist() for name in ("people", "measures")}
    assert {name: cells[name].array._data.tolist() for name in kept} == kept
