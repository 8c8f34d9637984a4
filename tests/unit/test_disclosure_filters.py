"""Selections asked one after the other, and categories merged before counting."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.disclosure import (
    Counts,
    DisclosureRefused,
    FilterGuard,
    RollUp,
    merged_labels,
    publish,
    rolled_up,
)
from frise_analysis.analysis.disclosure.filter_guard import OTHER_STORE, TOO_CLOSE, UNREADABLE

PEOPLE = 60


def keys(*people: int) -> np.ndarray:
    return np.array(people, dtype=np.int64)


def span(first: int, last: int) -> np.ndarray:
    return np.arange(first, last + 1)


@given(st.lists(st.frozensets(st.integers(1, PEOPLE)), max_size=12), st.integers(5, 20))
def test_no_two_answers_differ_by_few_people(selections, k: int) -> None:
    """Whatever is asked, in whatever order: answered selections, nobody and everybody differ two by two by no one or by k people."""
    guard, answered = FilterGuard.start(PEOPLE, k=k), [frozenset(), frozenset(range(1, PEOPLE + 1))]
    for selection in selections:
        safe = all(not 0 < len(selection ^ other) < k for other in answered)
        try:
            guard = guard.answer(keys(*selection))
        except DisclosureRefused:
            assert not safe
        else:
            answered.append(selection)
    assert all(not 0 < len(a ^ b) < k for a, b in itertools.combinations(answered, 2))
    assert guard.answered == len(set(answered)) - 2


@pytest.mark.parametrize(
    ("people", "answered"), [(10, False), (11, True), (49, True), (50, False), (60, True), (0, True)]
)
def test_a_selection_is_compared_with_nobody_and_everybody(people: int, answered: bool) -> None:
    """The first view already: ten people, or all but ten, are refused; eleven are not."""
    guard = FilterGuard.start(PEOPLE)
    if answered:
        assert guard.answer(span(1, people)).answered == (0 < people < PEOPLE)
        return
    with pytest.raises(DisclosureRefused) as refused:
        guard.answer(span(1, people))
    assert TOO_CLOSE == str(refused.value)


def test_the_refusal_says_nothing_of_people() -> None:
    """The same sentence whoever is in the difference, with no number."""
    assert not any(x.isdigit() for x in TOO_CLOSE)
    assert TOO_CLOSE.startswith("Ces filtres diffèrent trop peu d’une vue précédente")


def test_a_guard_never_changes() -> None:
    """An answer gives the next guard; a refusal, and the same question again, change nothing."""
    first = FilterGuard.start(PEOPLE)
    second = first.answer(span(1, 30))
    assert (0, 1) == (first.answered, second.answered)
    assert second is second.answer(span(1, 30))
    assert second is second.answer(np.flip(span(1, 30)))


def test_cells_are_compared_where_the_table_is_known() -> None:
    """Forty people apart, but three of them in one cell: the two tables would give these three."""
    cells = np.repeat([0, 1], [40, 20])
    guard = FilterGuard.start(PEOPLE).answer(span(1, 20), cells=np.zeros(PEOPLE, dtype=np.int64))
    wider = np.concatenate([span(1, 37), span(41, 43)])
    assert 2 == guard.answer(wider).answered
    with pytest.raises(DisclosureRefused):
        guard.answer(wider, cells=cells)


def test_a_cell_is_compared_with_everybody_not_with_nobody() -> None:
    """Few people of a selection in a cell: the table hides them itself. All but few: the table of everybody would give them."""
    cells = np.repeat([0, 1], [40, 20])
    guard = FilterGuard.start(PEOPLE)
    assert 1 == guard.answer(np.concatenate([span(1, 20), span(41, 43)]), cells=cells).answered
    with pytest.raises(DisclosureRefused):
        guard.answer(np.concatenate([span(1, 20), span(41, 57)]), cells=cells)


def test_a_guard_is_kept_between_sessions(tmp_path: Path) -> None:
    """Saved and loaded, it refuses what it refused; its file is read by its owner alone."""
    file = tmp_path / "views.npz"
    FilterGuard.start(PEOPLE, store="abc").answer(span(1, 30)).save(file)
    guard = FilterGuard.load(file, people=PEOPLE, store="abc")
    with pytest.raises(DisclosureRefused):
        guard.answer(span(1, 33))
    assert 0o600 == file.stat().st_mode & 0o777
    assert [file] == list(tmp_path.iterdir())


@pytest.mark.parametrize("other", [{"people": 61}, {"store": "abd"}, {"k": 12}])
def test_a_guard_of_other_records_is_refused(tmp_path: Path, other) -> None:
    """Keys of another load are other people; another threshold was another promise."""
    file = tmp_path / "views.npz"
    FilterGuard.start(PEOPLE, store="abc").save(file)
    with pytest.raises(DisclosureRefused) as refused:
        FilterGuard.load(file, **{"people": PEOPLE, "store": "abc", **other})
    assert OTHER_STORE == str(refused.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"views"])
def test_an_unreadable_guard_is_never_an_empty_one(tmp_path: Path, content: bytes) -> None:
    """A broken file is told: starting anew would forget what was answered."""
    file = tmp_path / "views.npz"
    file.write_bytes(content)
    with pytest.raises(DisclosureRefused) as refused:
        FilterGuard.load(file, people=PEOPLE)
    assert UNREADABLE == str(refused.value)


@pytest.mark.parametrize("key", [0, PEOPLE + 1])
def test_a_key_of_nobody_is_refused(key: int) -> None:
    """Keys go from one to the number of people."""
    with pytest.raises(DisclosureRefused, match="autre base"):
        FilterGuard.start(PEOPLE).answer(keys(key))


def test_the_guard_has_the_floor_of_the_threshold() -> None:
    """A guard of four is no guard."""
    with pytest.raises(DisclosureRefused, match="inférieur à 5"):
        FilterGuard.start(PEOPLE, k=4)


BANDS = RollUp("age", "18–24 ans", ("18–20 ans", "21–24 ans"), whole=True)
FAMILIES = RollUp("family", "Autres", ("stupéfiants", "route", "biens", "personnes"))


def test_bands_are_merged_whole() -> None:
    """One small band merges its neighbours as declared; none, nothing."""
    assert {"18–20 ans": "18–24 ans", "21–24 ans": "18–24 ans"} == merged_labels(
        {"18–20 ans": 4, "21–24 ans": 50, "25–29 ans": 3}, BANDS
    )
    assert {} == merged_labels({"18–20 ans": 14, "21–24 ans": 50, "25–29 ans": 3}, BANDS)


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        ({"stupéfiants": 6, "route": 30, "biens": 7, "personnes": 40}, "stupéfiants biens"),
        ({"stupéfiants": 30, "route": 20, "biens": 3, "personnes": 40}, "biens stupéfiants"),
        ({"stupéfiants": 11, "route": 0, "biens": 50}, ""),
        ({"stupéfiants": 60, "route": 20, "Autres": 5}, "stupéfiants"),
        ({"stupéfiants": 60, "route": 9, "Autres": 5}, "route"),
        ({"stupéfiants": 3, "route": 2}, "stupéfiants route"),
    ],
)
def test_small_families_join_the_others(sizes, merged: str) -> None:
    """The small ones, then the next declared while all together are still too few; a category already named so counts."""
    assert dict.fromkeys(merged.split(), "Autres") == merged_labels(sizes, FAMILIES)


def test_roll_ups_follow_the_declared_order() -> None:
    """Bands first, then families; people stay the same; nothing is left to hide."""
    rows = [
        ("18–20 ans", "route", 6),
        ("21–24 ans", "route", 30),
        ("25 ans et plus", "route", 40),
        ("25 ans et plus", "biens", 4),
        ("21–24 ans", "personnes", 20),
    ]
    counts = Counts(pd.DataFrame(rows, columns=["age", "family", "people"]), ("age", "family"))
    rolled = rolled_up(counts, [BANDS, FAMILIES])
    found = {(x.age, x.family): x.people for x in rolled.cells.itertuples()}
    assert {
        ("18–24 ans", "route"): 36,
        ("25 ans et plus", "route"): 40,
        ("25 ans et plus", "Autres"): 4,
        ("18–24 ans", "personnes"): 20,
    } != found
    assert {("18–24 ans", "Autres"): 36, ("25 ans et plus", "Autres"): 44, ("18–24 ans", "personnes"): 20} == found
    assert "Aucune case" in publish(rolled).note
    assert rolled.cells is rolled_up(rolled, [BANDS, FAMILIES]).cells


def test_a_merged_median_is_missing() -> None:
    """Two medians cannot be merged; sums can, and a category left alone keeps its median."""
    rows = [("stupéfiants", 6, 9, 4.0), ("route", 30, 31, 5.0), ("biens", 7, 8, 6.0)]
    counts = Counts(
        pd.DataFrame(rows, columns=["family", "people", "acts", "delay"]),
        ("family",),
        measures=("delay",),
        other_counts=("acts",),
    )
    cells = rolled_up(counts, [FAMILIES]).cells.set_index("family")
    assert [13, 17] == cells.loc["Autres", ["people", "acts"]].tolist()
    assert np.isnan(cells.loc["Autres", "delay"])
    assert 5 == cells.loc["route", "delay"]


def test_merged_impossibles_stay_so_together_only() -> None:
    """A merged crossing is impossible where each of its parts was."""
    rows = [("stupéfiants", "a", 6), ("biens", "a", 8), ("route", "b", 30)]
    cells = pd.DataFrame(rows, columns=["family", "office", "people"])
    both, one = frozenset({("stupéfiants", "b"), ("biens", "b")}), frozenset({("stupéfiants", "b")})
    for impossible, expected in ((both, {("Autres", "b")}), (one, set())):
        assert expected == rolled_up(Counts(cells, ("family", "office"), impossible=impossible), [FAMILIES]).impossible
