"""Funnels and indirect standardisation: what must hold whatever the people, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frise_analysis.analysis.disclosure.threshold import DisclosureRefused
from frise_analysis.analysis.funnel import LIMITS, beyond, funnel, funnel_limits, ratio_limits
from frise_analysis.analysis.standardisation import (
    ANY,
    OTHERS,
    STANDARDISED_COLUMNS,
    UNKNOWN,
    indirect_standardisation,
    merged_strata,
)


def people_of(*groups: tuple[str, str, int, int]) -> pd.DataFrame:
    """Branch, age band, number of people, number of those with the event."""
    rows = [(branch, age, int(i < events)) for branch, age, number, events in groups for i in range(number)]
    return pd.DataFrame(rows, columns=["branch_id", "age", "event"]).assign(person_key=range(len(rows)))


def standardised(people: pd.DataFrame, **options):
    return indirect_standardisation(
        people, **({"unit": "branch_id", "outcome": "event", "case_mix": ["age"]} | options)
    )


# --- Funnel ---


@given(st.integers(1, 2000), st.floats(0, 1))
def test_limits_hold_the_target(n: int, target: float) -> None:
    """0 <= low998 <= low95 <= target <= high95 <= high998 <= 1, whatever the size and the target."""
    found = funnel_limits([n], target=target).iloc[0]
    row = [0.0, found["low998"], found["low95"], target, found["high95"], found["high998"], 1.0]
    assert sorted(row) == row


@given(st.integers(5, 500), st.floats(0.05, 0.95))
def test_limits_narrow_with_size(n: int, target: float) -> None:
    """A unit ten times as large is held closer."""
    small, large = funnel_limits([n, 10 * n], target=target)[list(LIMITS)].to_numpy()
    for low, high in ((0, 3), (1, 2)):
        assert large[high] - large[low] < small[high] - small[low]


@given(st.floats(0.5, 1000))
def test_ratio_limits_narrow_with_size(expected: float) -> None:
    """Around 1, and closer with ten times as many expected events."""
    small, large = ratio_limits([expected, 10 * expected])[list(LIMITS)].to_numpy()
    assert [0, *small[:2], 1, *small[2:]] == sorted([0, *small[:2], 1, *small[2:]])
    assert large[3] - large[0] < small[3] - small[0]


def test_everybody_out_of_few_is_not_beyond() -> None:
    """One of one where nearly all have the event: nothing rare, though the interpolated limit would be below 1."""
    assert [0.0, 0.0] == list(funnel([1, 2], [1, 2], target=0.99)["beyond"])


def test_targets_of_none_and_all() -> None:
    """Where nobody can have the event, or everybody must, the limits are the target."""
    assert [[0.0] * 4, [1.0] * 4] == [list(funnel_limits([9], target=x)[list(LIMITS)].iloc[0]) for x in (0, 1)]


def test_places_in_a_funnel() -> None:
    """Within, beyond 95 %, beyond 99.8 %, on both sides, in the given order; the target is that of the whole."""
    found = funnel([7, 2, 14, 0, 11], [20] * 5, target=0.35)
    assert [0.0, 95.0, 99.8, 99.8, 95.0] == list(found["beyond"])
    assert 0.35 == pytest.approx(funnel([5, 9], [20, 20])["target"][0])
    assert [0.25, 0.45] == list(funnel([5, 9], [20, 20])["proportion"])


def test_place_of_a_missing_value() -> None:
    """A unit without a ratio has no place."""
    assert [True, False] == list(beyond(pd.Series([np.nan, 1.0]), ratio_limits([2.0, 2.0])).isna())


def test_funnel_refusals() -> None:
    """Sizes below one, targets out of bounds, counts beyond their size, nothing expected."""
    for sizes, target in (([0], 0.5), ([3], 1.5)):
        with pytest.raises(ValueError, match=r"1 at least|between 0 and 1"):
            funnel_limits(sizes, target=target)
    with pytest.raises(ValueError, match="between 0 and sizes"):
        funnel([4], [3])
    with pytest.raises(ValueError, match="positive"):
        ratio_limits([0.0])
    with pytest.raises(ValueError, match="sizes must be 1"):
        funnel([0], [0])


# --- Standardisation ---


def test_standardised_by_hand() -> None:
    """Young 40 of 100, older 20 of 200: A (80 young, 40 older) expects 36, B 24; A has 42, B 18."""
    people = people_of(("A", "18", 80, 36), ("A", "30", 40, 6), ("B", "18", 20, 4), ("B", "30", 160, 14))
    found = standardised(people)
    assert STANDARDISED_COLUMNS == list(found.units.columns)
    assert [("A", 120, 42), ("B", 180, 18)] == list(
        found.units[["unit", "people", "observed"]].itertuples(index=False, name=None)
    )
    assert pytest.approx([36, 24]) == list(found.units["expected"])
    assert pytest.approx([42 / 36, 18 / 24]) == list(found.units["ratio"])
    assert pytest.approx([0.2 * 42 / 36, 0.2 * 18 / 24]) == list(found.units["standardised_rate"])
    assert pytest.approx([42 / 120, 18 / 180]) == list(found.units["crude_rate"])
    assert (0.2, "") == (found.overall_rate, found.note)
    assert [("18", 100, 40, 0.4), ("30", 200, 20, 0.1)] == list(found.strata.itertuples(index=False, name=None))


def test_interval_of_the_ratio() -> None:
    """Exact Poisson ends of the observed count over the expected one, then times the rate of the whole."""
    row = standardised(people_of(("A", "18", 50, 10), ("B", "18", 50, 10))).units.iloc[0]
    assert pytest.approx((0.4795, 1.8390), abs=5e-5) == (row["ratio_low"], row["ratio_high"])
    assert pytest.approx((0.2 * row["ratio_low"], 0.2 * row["ratio_high"])) == (row["low"], row["high"])


ROWS = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from(["18", "30", None]), st.sampled_from("FM"), st.integers(0, 2)),
    min_size=11,
    max_size=120,
)


@settings(max_examples=30)
@given(ROWS)
def test_expected_add_up_to_observed(rows) -> None:
    """Over the whole, as many events are expected as observed, however strata merge; each person is in one unit given."""
    people = pd.DataFrame(rows, columns=["branch_id", "age", "sex", "event"]).assign(person_key=range(len(rows)))
    found = standardised(people, case_mix=["age", "sex"])
    assert pytest.approx(people["event"].sum()) == found.units["expected"].sum()
    assert (people["event"].sum(), len(people)) == (found.units["observed"].sum(), found.units["people"].sum())
    assert (found.units["people"] >= 11).all()


@settings(max_examples=30)
@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows, random) -> None:
    """The same people in another order give the same table."""
    people = pd.DataFrame(rows, columns=["branch_id", "age", "sex", "event"]).assign(person_key=range(len(rows)))
    shuffled = people.iloc[random.sample(range(len(people)), len(people))]
    one, other = (standardised(x, case_mix=["age", "sex"]) for x in (people, shuffled))
    pd.testing.assert_frame_equal(one.units, other.units)
    assert one.note == other.note


@settings(max_examples=30)
@given(st.integers(20, 40), st.integers(1, 3), st.integers(0, 20), st.integers(0, 20))
def test_case_mix_of_the_whole(size: int, times: int, young: int, older: int) -> None:
    """A unit whose people are as those of the whole has the ratio of its crude rate to that of the whole."""
    people = people_of(
        ("A", "18", size, young),
        ("A", "30", 2 * size, older),
        ("B", "18", times * size, 5),
        ("B", "30", 2 * times * size, 9),
    )
    found = standardised(people)
    assert pytest.approx(list(found.units["crude_rate"] / found.overall_rate)) == list(found.units["ratio"])


def test_small_units_are_grouped() -> None:
    """Units of fewer than eleven people are never given: two of them make « Autres »."""
    found = standardised(people_of(("A", "18", 30, 3), ("B", "18", 30, 3), ("C", "18", 10, 1), ("D", "18", 9, 1)))
    assert ["A", "B", OTHERS] == list(found.units["unit"])
    assert 19 == found.units["people"].iloc[-1]
    assert "2 unités de moins de 11 personnes : 2 unités sous « Autres »." == found.note


def test_one_small_unit_takes_the_next_one_in() -> None:
    """One small unit alone could be had by subtracting: the smallest of the others joins it."""
    found = standardised(people_of(("A", "18", 30, 3), ("B", "18", 25, 3), ("C", "18", 10, 1)))
    assert [("A", 30), (OTHERS, 35)] == list(found.units[["unit", "people"]].itertuples(index=False, name=None))
    assert "1 unité de moins de 11 personnes : 2 unités sous « Autres »." == found.note


def test_people_are_counted_once() -> None:
    """A unit of twelve rows and six people is a small one."""
    twice = people_of(("A", "18", 30, 3), ("B", "18", 30, 3), ("C", "18", 12, 1)).assign(
        person_key=[*range(60), *range(6), *range(6)]
    )
    assert ["B", OTHERS] == list(standardised(twice).units["unit"])


def test_nothing_is_given_of_too_few() -> None:
    """Fewer people in all than the minimum: a sentence, and no row."""
    found = standardised(people_of(("A", "18", 10, 3)))
    assert (0, "Moins de 11 personnes en tout : rien n’est donné.") == (len(found.units), found.note)


def test_minimum_has_a_floor() -> None:
    """No service may ask for units of four people."""
    with pytest.raises(DisclosureRefused, match="seuil"):
        standardised(people_of(("A", "18", 30, 3)), minimum=4)


def strata_of(*sizes: tuple[str, str, int]) -> pd.DataFrame:
    rows = [(age, sex) for age, sex, number in sizes for _ in range(number)]
    return merged_strata(pd.DataFrame(rows, columns=["age", "sex"]), ["age", "sex"])[1]


def test_small_strata_lose_their_last_variable() -> None:
    """19 women of 18 and 1 man of 18 make « 18, tous »; the strata that are large enough stay as they are."""
    found = strata_of(("18", "F", 19), ("18", "M", 1), ("30", "F", 20), ("30", "M", 25))
    assert [("18", ANY, 20), ("30", "F", 20), ("30", "M", 25)] == list(found.itertuples(index=False, name=None))


def test_small_rest_takes_the_smallest_stratum_in() -> None:
    """What is small even so joins the smallest stratum: no rate comes from five people."""
    found = strata_of(("18", "F", 5), ("30", "F", 22), ("30", "M", 21), ("40", "F", 30))
    assert [("30", "F", 22), ("40", "F", 30), (ANY, ANY, 26)] == list(found.itertuples(index=False, name=None))


def test_all_strata_may_merge() -> None:
    """Few people in all: one stratum."""
    assert [(ANY, ANY, 9)] == list(strata_of(("18", "F", 5), ("30", "M", 4)).itertuples(index=False, name=None))


def test_merging_is_told_and_missing_is_a_value() -> None:
    """The note says how many rows were compared more widely; people whose age is missing are compared with one another."""
    people = people_of(("A", "18", 40, 3), ("B", "30", 40, 3), ("B", "50", 7, 3), ("A", "60", 13, 0))
    people.loc[:24, "age"] = None
    found = standardised(people)
    assert ["30", UNKNOWN, ANY] == list(found.strata["age"])
    assert [40, 25, 35] == list(found.strata["rows"])
    assert "Groupes de comparaison de moins de 20 lignes réunis à de plus larges : 35 lignes concernées." == found.note


def test_no_case_mix_is_the_crude_ratio() -> None:
    """Without any variable, the expected events are those of the rate of the whole."""
    found = standardised(people_of(("A", "18", 50, 20), ("B", "18", 50, 10)), case_mix=[])
    assert pytest.approx([15, 15]) == list(found.units["expected"])


def test_nothing_expected_has_no_ratio() -> None:
    """Where no event was recorded at all, there is no ratio to give."""
    assert standardised(people_of(("A", "18", 30, 0), ("B", "18", 30, 0))).units["ratio"].isna().all()


@pytest.mark.parametrize("column", ["officer_id", "Officer", "chief_officer_id"])
def test_officers_are_refused(column: str) -> None:
    """A table with a column about officers is refused, as a unit, in the case mix or merely there."""
    people = people_of(("A", "18", 30, 3)).assign(**{column: "O1"})
    for options in ({"unit": column}, {"case_mix": [column]}, {}):
        with pytest.raises(ValueError, match="never officers"):
            standardised(people, **options)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {"unit": "court"}, "unit must be one of"),
        ({}, {"case_mix": ["sex"]}, "lack the columns sex"),
        ({"branch_id": None}, {}, "must be known"),
        ({"event": -1}, {}, "number of events"),
        ({"event": 0.5}, {}, "event must be whole"),
    ],
)
def test_standardisation_refusals(change, options, message: str) -> None:
    """Another unit, a missing column, an unknown branch, an outcome that counts nothing."""
    with pytest.raises(ValueError, match=message):
        standardised(people_of(("A", "18", 30, 3)).assign(**change), **options)
