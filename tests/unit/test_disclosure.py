"""What is published of people: the tests are the attacks, written apart from the code that they attack."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from frise_analysis.analysis import disclosure
from frise_analysis.analysis.disclosure import (
    FLOOR,
    THRESHOLD,
    TOTAL,
    Counts,
    DisclosureRefused,
    Published,
    State,
    Zeros,
    audit,
    checked_threshold,
    count_people,
    publication,
    publish,
)
from frise_analysis.analysis.disclosure.attack import Knowledge, sums

#: Nobody, the threshold and its neighbours are the values that matter; a few large ones.
SIZES = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5, 8, 10, 11, 12, 15, 20, 30, 60, 250])
#: More people than any of these tables holds.
ENDLESS = 20_000
TREES = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def table(values, **options) -> Counts:
    """A table whose categories are numbers."""
    values = np.asarray(values)
    names = [f"d{axis}" for axis in range(values.ndim)]
    rows = [(*map(str, place), int(n)) for place, n in np.ndenumerate(values) for place in [place]]
    return Counts(pd.DataFrame(rows, columns=[*names, "people"]), tuple(names), **options)


@st.composite
def tables(draw, shapes) -> Counts:
    shape = draw(shapes)
    size = int(np.prod(shape))
    return table(np.reshape(draw(st.lists(SIZES, min_size=size, max_size=size)), shape))


FLAT = tables(st.tuples(st.integers(1, 6)))
CROSSED = tables(st.tuples(st.integers(1, 6), st.integers(1, 5)))
CUBES = tables(st.tuples(st.integers(2, 3), st.integers(2, 3), st.integers(2, 3)))


def truth(counts: Counts) -> pd.Series:
    """Every count, margins added up by pandas, by its labels."""
    names = list(counts.dimensions)
    parts = [
        counts.cells.assign(**{d: TOTAL for d, keep in zip(names, kept, strict=True) if not keep})
        .groupby(names)["people"]
        .sum()
        for kept in product((True, False), repeat=len(names))
    ]
    return pd.concat(parts)


def attack(published: Published, *, whole: bool) -> pd.DataFrame:
    """Lowest and highest value of each hidden cell, from the printed table alone, by another road than the code's.

    One unknown per crossing; a margin is their sum. What is shown is an equality, what is hidden obeys its mark.
    """
    cells, labels = published.cells, published.cells[list(published.dimensions)].to_numpy()
    inner = labels[(labels != TOTAL).all(axis=1)]
    member = ((labels[:, None] == TOTAL) | (labels[:, None] == inner[None])).all(axis=2).astype(float)
    small, masked = ((cells["state"] == x).to_numpy() for x in (State.SMALL, State.COMPLEMENTARY))
    shown = cells["people"].to_numpy(dtype=float, na_value=0)
    low = np.select([small, masked], [0 if published.zeros is Zeros.HIDDEN else 1, published.k], shown)
    high = np.select([small, masked], [published.k - 1, ENDLESS], shown)
    known = LinearConstraint(member, low, high)
    rows = []
    for i in np.flatnonzero(small | masked):
        ends = (
            milp(sign * member[i], constraints=known, integrality=int(whole), bounds=Bounds(0, ENDLESS)).fun
            for sign in (1, -1)
        )
        rows.append((i, cells["state"][i], *(round(abs(x), 5) for x in ends)))
    return pd.DataFrame(rows, columns=["cell", "state", "low", "high"]).set_index("cell")


def held(counts: Counts, published: Published) -> None:
    """Everything that is promised of a published table."""
    true = truth(counts)
    cells = published.cells.set_index(list(published.dimensions))
    own = true.loc[cells.index] if len(published.dimensions) > 1 else true[cells.index]
    shown = cells["people"].notna().to_numpy()
    assert (cells["people"][shown].to_numpy() == own[shown].to_numpy()).all()
    assert not ((own[shown] > 0) & (own[shown] < published.k)).any()
    assert (shown == (cells["state"] == State.SHOWN)).all()
    if published.withheld:
        assert not shown.any()
        return
    found = attack(published, whole=len(published.dimensions) == 3)
    hidden = own[~shown].to_numpy()
    assert ((found["low"].to_numpy() <= hidden) & (hidden <= found["high"].to_numpy())).all()
    small = found[found["state"] == State.SMALL]
    assert (small["high"] - small["low"] >= 3).all()
    masked = found[found["state"] == State.COMPLEMENTARY]
    assert (masked["high"] > masked["low"]).all()


@given(FLAT)
@TREES
def test_one_dimension_resists_the_attack(counts: Counts) -> None:
    """No small count is shown; each small cell keeps four values; the cells hidden for it are not given back either."""
    held(counts, publish(counts))


@given(CROSSED, st.sampled_from(Zeros))
@TREES
def test_two_dimensions_resist_the_attack(counts: Counts, zeros: Zeros) -> None:
    """The same for two dimensions with all margins, with zeros shown or hidden."""
    held_or_zero(counts, publish(counts, zeros=zeros))


@given(CUBES, st.sampled_from(Zeros))
@settings(TREES, max_examples=15)
def test_three_dimensions_resist_the_attack(counts: Counts, zeros: Zeros) -> None:
    """The same for three dimensions, in whole numbers: fractions of people would let the attacker seem weaker than he is."""
    held_or_zero(counts, publish(counts, zeros=zeros))


def held_or_zero(counts: Counts, published: Published) -> None:
    held(counts, published)
    if published.zeros is Zeros.HIDDEN:
        assert not (published.cells["people"] == 0).any()


@given(CROSSED)
@settings(TREES, max_examples=12)
def test_the_audit_is_the_attack(counts: Counts) -> None:
    """``audit`` finds exactly what the attack of the tests finds."""
    published = publish(counts)
    if published.withheld:
        return
    found, expected = audit(published), attack(published, whole=True)
    assert found["low"].tolist() == expected["low"].tolist()
    assert found["high"].fillna(ENDLESS).tolist() == expected["high"].tolist()


@given(CUBES)
@settings(TREES, max_examples=8)
def test_the_audit_counts_whole_people(counts: Counts) -> None:
    """In three dimensions too."""
    published = publish(counts)
    if published.withheld:
        return
    found, expected = audit(published), attack(published, whole=True)
    assert found["low"].tolist() == expected["low"].tolist()
    assert found["high"].dropna().tolist() == expected["high"][found["high"].notna().to_numpy()].tolist()


@given(CROSSED)
@TREES
def test_no_line_holds_a_single_hidden_cell(counts: Counts) -> None:
    """The reader who only subtracts, line by line, finds nothing."""
    published = publish(counts)
    missing = published.cells["people"].isna().to_numpy().reshape(published.shape)
    for axis in range(missing.ndim):
        assert not (missing.sum(axis=axis) == 1).any()


def test_the_widest_range_is_left_where_crossings_suffice() -> None:
    """Between lines large enough, a small cell may hold anything from 1 to 10, though hiding one cell per line would break equality."""
    published = publish(table([[3, 35, 40], [50, 60, 70], [45, 80, 90]]))
    found = audit(published)
    assert [(1, 10)] == [(x.low, x.high) for x in found.itertuples() if x.state == State.SMALL]
    assert 4 == len(found)
    assert not (published.cells[published.cells.isna().any(axis=1)][["d0", "d1"]] == TOTAL).any().any()


def test_two_small_cells_do_not_protect_each_other_alone() -> None:
    """2 and 3 in a line would tell that five people are in one or the other: a further cell is hidden."""
    published = publish(table([2, 3, 30, 40]))
    assert ["moins de 11", "moins de 11", "masqué", "40", "75"] == published.cells["text"].tolist()


def test_a_small_margin_is_hidden_with_another() -> None:
    """A small total of a line is subtracted from the others: another line's total is hidden too, never the grand total for so little."""
    published = publish(table([[3, 4], [30, 40], [50, 60]]))
    totals = published.cells[published.cells["d1"] == TOTAL]["text"].tolist()
    assert "moins de 11" == totals[0]
    assert 1 == totals.count("masqué")
    assert "187" == totals[-1]


def test_nothing_is_hidden_that_needs_not() -> None:
    """A table without a small cell is shown whole, and says so."""
    published = publish(table([[11, 12], [13, 0]]))
    assert ["11", "12", "23", "13", "0", "13", "24", "12", "36"] == published.cells["text"].tolist()
    assert "Aucune case n’est masquée : aucune ne porte sur moins de 11 personnes." == published.note
    assert audit(published).empty


def test_a_table_of_few_people_is_withheld() -> None:
    """Fewer people than the threshold in all: nothing is shown, not even zeros, and the sentence says what to do."""
    published = publish(table([[3, 0], [4, 0]]))
    assert published.withheld
    assert {"masqué"} == set(published.cells["text"])
    assert published.note.startswith("Ce tableau porte sur trop peu de personnes")
    assert [0] * 9 == audit(published)["low"].tolist()
    assert audit(published)["high"].isna().all()


def test_a_table_that_hides_too_little_is_withheld() -> None:
    """Eight small cells whose line cannot pass ten people are one to three each, whatever is hidden: the table does not leave."""
    values = np.zeros((2, 8), dtype=int)
    values[0], values[1] = 1, 40
    assert publish(table(values)).withheld


def test_the_attack_has_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the search for cells to hide wrong, the table would not leave."""
    monkeypatch.setattr(publication, "protected", lambda table, *, hidden: hidden)
    assert publish(table([3, 40, 50])).withheld


@given(tables(st.tuples(st.integers(1, 4), st.integers(1, 4))), st.integers(FLOOR, 60))
@TREES
def test_it_ends_whatever_the_threshold(counts: Counts, k: int) -> None:
    """Any table, any threshold: an answer, shown cells at or above it, the same answer twice."""
    published = publish(counts, k=k)
    shown = published.cells["people"].dropna()
    assert ((shown == 0) | (shown >= k)).all()
    pd.testing.assert_frame_equal(published.cells, publish(counts, k=k).cells)


def test_the_threshold_has_a_floor() -> None:
    """Under five, a sentence; at five, a table."""
    with pytest.raises(DisclosureRefused, match="ne peut pas être inférieur à 5 personnes"):
        publish(table([12, 30]), k=4)
    assert 5 == checked_threshold(FLOOR)
    assert 11 == THRESHOLD == publish(table([12, 30])).k


@pytest.mark.parametrize("k", [5, 6, 11])
def test_a_small_cell_keeps_four_values(k: int) -> None:
    """One cell of a single person, at every threshold: 1 to k - 1 is left."""
    found = audit(publish(table([1, 90, 95]), k=k)).iloc[0]
    assert (1, k - 1) == (found["low"], found["high"])


def test_zeros_are_shown_unless_asked() -> None:
    """A zero speaks of nobody; hidden, it cannot be told from a small count."""
    shown, hidden = (publish(table([[20, 0, 30], [25, 40, 50]]), zeros=x) for x in Zeros)
    assert "0" == shown.cells["text"][1]
    assert "moins de 11" == hidden.cells["text"][1]
    zero = audit(hidden).set_index(["d0", "d1"]).loc[("0", "1")]
    assert (0, 10) == (zero["low"], zero["high"])
    assert ", ou sans personne" in hidden.note
    assert ", ou sans personne" not in shown.note


def test_a_structural_zero_is_shown() -> None:
    """What cannot hold anybody by nature is known to all: it is shown, and never counted on to hide another."""
    counts = table([[20, 0, 30], [25, 40, 50]], impossible=frozenset({("0", "1")}))
    published = publish(counts, zeros="hidden")
    assert "0" == published.cells["text"][1]
    assert audit(published).empty


def test_a_line_of_structural_zeros_is_shown() -> None:
    """Its margin too."""
    counts = table([[0, 0], [25, 40]], impossible=frozenset({("0", "0"), ("0", "1")}))
    assert ["0", "0", "0"] == publish(counts, zeros="hidden").cells["text"][:3].tolist()


def test_groups_all_alike_are_told_before_publishing() -> None:
    """Twenty people all in one category: the table says it of each of them; hiding zeros prevents it."""
    counts = table([[20, 0, 0], [25, 40, 50], [30, 60, 70]])
    shown = publish(counts)
    assert [("0", TOTAL, "d1", "0")] == list(shown.uniform_groups.itertuples(index=False, name=None))
    assert publish(counts, zeros="hidden").uniform_groups.empty
    assert publish(table([[20], [30]])).uniform_groups.empty


def test_the_note_counts_the_hidden_cells() -> None:
    """How many, and for which reason."""
    expected = "2 cases masquées : 1 de moins de 11 personnes, 1 pour qu’aucune différence ne les redonne."
    assert expected == publish(table([3, 40, 60])).note
    small = table([[6, 6, 6], [6, 6, 6], [6, 6, 6]])
    assert "masquées : 9 de moins de 11 personnes." in publish(small).note


def test_shares_come_from_shown_cells() -> None:
    """A share needs its cell and its total shown, and somebody to share among."""
    published = publish(table([[3, 40, 60], [50, 50, 100], [0, 0, 0]]))
    shares = published.shares("d1").to_numpy().reshape(published.shape)
    assert [0.25, 0.25, 0.5, 1] == publish(table([[50, 50, 100], [20, 30, 40]])).shares("d1")[:4].tolist()
    assert np.isnan(shares[2]).all()
    assert (
        np.isnan(shares)
        == (published.cells["people"].isna() | (published.cells["d0"] == "2")).to_numpy().reshape(published.shape)
    ).all()


def people_of(rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["office", "measure", "convictions", "delay"])


FOLK = people_of(
    [("nord", "sursis", 2, 10 + i) for i in range(30)]
    + [("nord", "tig", 3, 50 + i) for i in range(40)]
    + [("sud", "sursis", 1, 5) for _ in range(4)]
    + [("sud", "tig", 1, 20) for _ in range(60)]
)


def test_people_are_counted_with_their_margins() -> None:
    """One row per person in; people, sums and medians of every cell and margin out."""
    counts = count_people(FOLK, dimensions=["office", "measure"], other_counts=["convictions"], medians=["delay"])
    cells = counts.cells.set_index(["office", "measure"])
    assert [134, 244] == cells.loc[(TOTAL, TOTAL), ["people", "convictions"]].tolist()
    assert 24.5 == cells.loc[("nord", "sursis"), "delay"]
    assert FOLK["delay"].median() == cells.loc[(TOTAL, TOTAL), "delay"]


def test_what_is_measured_on_few_people_is_hidden() -> None:
    """Medians and other counts of a hidden cell are hidden, of small and of complementary cells alike."""
    published = publish(
        count_people(FOLK, dimensions=["office", "measure"], other_counts=["convictions"], medians=["delay"])
    )
    cells = published.cells
    hidden = cells["people"].isna()
    assert 4 == hidden.sum()
    assert (cells["convictions"].isna() == hidden).all()
    assert (cells["delay"].isna() == hidden).all()
    assert 244 == cells["convictions"].iloc[-1]


def test_another_count_is_hidden_where_its_own_sums_would_tell() -> None:
    """Nobody of the two hidden cells has any breach: their sum, zero, would say so of the three. A third cell's breaches are hidden."""
    cells = pd.DataFrame({"office": list("abcd"), "people": [3, 30, 40, 50], "breaches": [0, 0, 25, 60]})
    published = publish(Counts(cells, ("office",), other_counts=("breaches",)))
    assert ["moins de 11", "masqué", "40", "50", "123"] == published.cells["text"].tolist()
    assert [True, True, True, False, False] == published.cells["breaches"].isna().tolist()
    found = audit(published, of="breaches")
    assert (0, 25) == (found["low"][0], found["high"][0])


def test_another_count_is_hidden_whole_where_nothing_protects_it() -> None:
    """No breach at all in the service: that those of three people are none could not be hidden otherwise."""
    cells = pd.DataFrame({"office": list("abc"), "people": [3, 0, 40], "breaches": [0, 0, 0]})
    published = publish(Counts(cells, ("office",), other_counts=("breaches",)))
    assert [True, False, True, True] == published.cells["breaches"].isna().tolist()


@given(CROSSED, st.randoms(use_true_random=False))
@TREES
def test_another_count_resists_the_attack(counts: Counts, chance) -> None:
    """Units about a small cell stay unknown by three at least, whatever their number."""
    counted = counts.cells.assign(acts=[n * chance.choice([0, 0, 1, 2]) for n in counts.cells["people"]])
    published = publish(replace(counts, cells=counted, other_counts=("acts",)))
    if published.withheld:
        return
    small = audit(published, of="acts").query("state == @State.SMALL")
    assert (small["high"].fillna(10**9) - small["low"] >= 3).all()


def test_published_holds_nothing_of_what_it_hides() -> None:
    """The numbers of hidden cells are nowhere in the object, and it cannot be changed."""
    counts = table([[3, 771], [772, 773]])
    published = publish(counts)
    assert "771" not in repr(published.cells.to_dict())
    with pytest.raises(FrozenInstanceError):
        published.withheld = False


@pytest.mark.parametrize(
    ("cells", "dimensions", "sentence"),
    [
        ({"a": ["x"], "people": [1.5]}, ("a",), "nombre entier"),
        ({"a": ["x"], "people": [-1]}, ("a",), "nombre entier"),
        ({"a": ["x"], "people": [None]}, ("a",), "nombre entier"),
        ({"a": ["x", "x"], "people": [12, 13]}, ("a",), "deux fois"),
        ({"a": ["x", "y", TOTAL], "people": [12, 13, 20]}, ("a",), "n’est pas la somme"),
        ({"people": [12]}, (), "une, deux ou trois dimensions"),
        ({**{x: ["x"] for x in "abcd"}, "people": [12]}, tuple("abcd"), "une, deux ou trois dimensions"),
    ],
)
def test_what_cannot_be_added_up_is_refused(cells, dimensions, sentence) -> None:
    """A sentence, without a value."""
    with pytest.raises(DisclosureRefused, match=sentence):
        Counts(pd.DataFrame(cells), dimensions)


def test_crossings_left_out_hold_nobody() -> None:
    """A table may be given without its empty crossings."""
    cells = pd.DataFrame({"a": ["x", "y"], "b": ["u", "v"], "people": [12, 13]})
    assert ["12", "0", "12", "0", "13", "13", "12", "13", "25"] == publish(Counts(cells, ("a", "b"))).cells[
        "text"
    ].tolist()


def test_the_package_says_what_it_offers() -> None:
    """Every public name exists."""
    assert [] == [x for x in disclosure.__all__ if not hasattr(disclosure, x)]


def test_a_table_that_contradicts_itself_is_not_attacked() -> None:
    """Cells that no people can fill are an error, never an answer."""
    known = Knowledge(np.array([0.0, 0.0, 9.0]), np.array([2.0, 2.0, 9.0]), sums((3,)))
    with pytest.raises(ArithmeticError, match="no table agrees"):
        known.bounds(np.array([0]))
