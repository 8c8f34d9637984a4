"""Laws of what is measured on one person, on random input."""

from __future__ import annotations

from dataclasses import astuple
from itertools import combinations
from math import isclose, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frise_analysis.analysis.diversity import diversity
from frise_analysis.analysis.intervals import burstiness, finite_burstiness
from frise_analysis.analysis.judgment_delay import delay_distribution
from frise_analysis.analysis.nearness import DRAWS, SEED, near, nearness
from frise_analysis.analysis.rate import GammaPrior, drawn_rate
from frise_analysis.analysis.sequence_index import complexity, entropy, integrative_index, subsequences, turbulence
from frise_analysis.analysis.trend import irwin_hall, reversals, trend_tests

SPAN = 1000
TIMES = st.lists(st.integers(1, SPAN - 1), min_size=1, max_size=30)
COUNTS = st.lists(st.integers(0, 20), min_size=1, max_size=13).filter(any)
LENGTHS = st.lists(st.integers(0, 3000), min_size=2, max_size=30).filter(any)
STATES = st.lists(st.sampled_from("ABC"), min_size=1, max_size=9)
DELAYS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 30), st.integers(1, 9)).map(lambda x: (x[0], x[0] + x[1], x[2])),
    min_size=1,
    max_size=30,
)


@given(st.integers(1, 40), st.integers(0, 40 * SPAN))
def test_irwin_hall_is_symmetric(count: int, total: int) -> None:
    """The sum of n uniforms is as likely under x as over n - x, without loss of digits whatever n."""
    total = min(total, count * SPAN)
    both = irwin_hall(total, count=count, span=SPAN) + irwin_hall(count * SPAN - total, count=count, span=SPAN)
    assert pytest.approx(1, abs=1e-12) == both


@given(st.integers(0, 2 * SPAN))
def test_irwin_hall_of_one_and_two(total: int) -> None:
    """One uniform: x. Two: x^2/2, then its mirror."""
    x = total / SPAN
    assert pytest.approx(min(x, 1)) == irwin_hall(total, count=1, span=SPAN)
    assert pytest.approx(x * x / 2 if x <= 1 else 1 - (2 - x) ** 2 / 2) == irwin_hall(total, count=2, span=SPAN)


@given(TIMES)
def test_time_reversed_turns_the_trend(times: list[int]) -> None:
    """Read backwards, facts that come closer come further apart, as clearly."""
    forth, back = trend_tests(sorted(times), end=SPAN), trend_tests(sorted(SPAN - x for x in times), end=SPAN)
    assert isclose(forth.laplace_z, -back.laplace_z, abs_tol=1e-9)
    assert isclose(forth.two_sided, back.two_sided, abs_tol=1e-9)


@given(LENGTHS)
def test_reversals_are_pairs(gaps: list[int]) -> None:
    """Counted as they are said: pairs of which the later is the longer, equal ones being none."""
    assert sum(earlier < later for earlier, later in combinations(gaps, 2)) == reversals(gaps)


@given(TIMES, st.integers(2, 5))
def test_unit_of_time_changes_nothing(times: list[int], factor: int) -> None:
    """Days or half-days: the same statistics."""
    one, other = (trend_tests([k * x for x in times], end=k * SPAN) for k in (1, factor))
    figures = ("laplace_z", "laplace_p_exact", "mil_chi2", "beta", "reversals")
    assert pytest.approx([getattr(one, x) for x in figures]) == [getattr(other, x) for x in figures]
    assert one.beta_low <= one.beta <= one.beta_high


@given(TIMES)
def test_facts_at_the_origin_have_no_logarithm(times: list[int]) -> None:
    """A fact at day 0 weighs on Laplace's statistic and stays out of the others."""
    with_zero, without = trend_tests([0, *times], end=SPAN), trend_tests(times, end=SPAN)
    assert (with_zero.mil_chi2, with_zero.mil_df, with_zero.beta) == (without.mil_chi2, without.mil_df, without.beta)


def test_all_facts_at_the_origin() -> None:
    """Nothing to take a logarithm of: those statistics have no value."""
    found = trend_tests([0, 0, 0, 0], end=SPAN)
    assert (0, True, True) == (found.mil_df, found.beta != found.beta, found.mil_p != found.mil_p)


@given(DELAYS)
def test_shares_judged_grow_to_one(counted: list[tuple[int, int, int]]) -> None:
    """The share judged never falls as months pass, and is one at the longest delay that can be seen."""
    found = delay_distribution(counted, at_risk=1)
    assert sorted(found.shares) == list(found.shares)
    assert (found.longest + 1, 1.0) == (len(found.shares), found.shares[-1])
    assert 0 <= found.shares[0]


@given(DELAYS)
def test_without_truncation_a_plain_count(counted: list[tuple[int, int, int]]) -> None:
    """Where every delay could be seen, the estimate is the share counted."""
    whole = [(delay, 80, number) for delay, _, number in counted]
    found, total = delay_distribution(whole, at_risk=1), sum(number for *_, number in counted)
    expected = [sum(n for d, _, n in counted if d <= month) / total for month in range(81)]
    assert pytest.approx(expected) == list(found.shares)


@given(COUNTS)
def test_diversity_is_bounded(counts: list[int]) -> None:
    """Between 0 and the largest for that number, below its unbiased form, whatever the order."""
    found = diversity(counts)
    assert -1e-12 <= found.value <= found.largest + 1e-12 < 1
    assert found.unbiased is None or found.value <= found.unbiased + 1e-12 <= 1 + 1e-12
    assert pytest.approx(found.value) == diversity(sorted(counts)).value


@given(LENGTHS, st.integers(2, 9))
def test_burstiness_is_bounded_and_without_unit(lengths: list[int], factor: int) -> None:
    """Both forms stand between -1 and 1; a longer unit of time changes nothing."""
    for measure in (burstiness, finite_burstiness):
        assert -1 - 1e-9 <= measure(lengths) <= 1 + 1e-9
        assert pytest.approx(measure(lengths), abs=1e-9) == measure([factor * x for x in lengths])


@given(st.integers(0, 50), st.floats(0.1, 40), st.floats(0.2, 9), st.floats(0.2, 9))
def test_drawn_rate_stands_between(count: int, years: float, shape: float, length: float) -> None:
    """The drawn rate is between the person's own and the mean of the prior, inside its interval."""
    found = drawn_rate(GammaPrior(shape, length, 100), count=count, years=years)
    low, high = sorted((count / years, shape / length))
    assert low - 1e-9 <= found.rate <= high + 1e-9
    assert 0 <= found.low <= found.high


@given(st.lists(st.integers(0, 300), max_size=8), st.lists(st.integers(0, 300), max_size=4), st.integers(1, 60))
def test_near_reads_the_same_backwards(facts: list[int], events: list[int], days: int) -> None:
    """After in one direction of time is before in the other; a longer window never holds fewer."""
    assert near(facts, events, days=days) == near([-x for x in facts], [-x for x in events], days=-days)
    assert near(facts, events, days=days) <= near(facts, events, days=days + 1) <= len(facts)


def plainly_near(facts: list[int], events: list[int], days: int) -> int:
    """As it is said: facts of which some event stands so many days before, or after."""
    low, high = sorted((1 if days > 0 else -1, days))
    return sum(any(low <= fact - event <= high for event in events) for fact in facts)


WINDOWS = st.integers(-60, 60).filter(bool)


@given(st.lists(st.integers(-50, 300), max_size=20), st.lists(st.integers(0, 300), max_size=12), WINDOWS)
def test_near_counts_as_it_is_said(facts: list[int], events: list[int], days: int) -> None:
    """Facts and events in any order, on the same days too, their windows over one another: one by one gives the same number."""
    assert plainly_near(facts, events, days) == near(facts, events, days=days)


@given(st.lists(st.integers(0, 300), max_size=8), st.lists(st.integers(0, 300), min_size=2, max_size=4), WINDOWS)
@settings(max_examples=20)
def test_chance_counts_as_it_is_said(facts: list[int], events: list[int], days: int) -> None:
    """The same draws, each counted one fact by one: the same chance, to the last digit."""
    drawn = np.random.default_rng(SEED).integers(0, 301, size=(DRAWS, len(events))).tolist()
    count = plainly_near(facts, events, days)
    reached = sum(plainly_near(facts, row, days) >= count for row in drawn)
    assert (count, (reached + 1) / (DRAWS + 1)) == astuple(nearness(facts, events, days=days, span=300))


@given(st.lists(st.integers(0, 300), max_size=8), st.integers(0, 300), st.integers(1, 60))
def test_chance_of_one_event_is_counted(facts: list[int], event: int, days: int) -> None:
    """With one event, the chance is the share of days on which it would count as many; never zero."""
    found = nearness(facts, [event], days=days, span=300)
    days_as_near = sum(near(facts, [day], days=days) >= found.count for day in range(301))
    assert pytest.approx(days_as_near / 301) == found.chance > 0


@given(STATES)
def test_indices_of_sequences(states: list[str]) -> None:
    """Integrative indices of all states add up to one; the others are bounded, and zero where nothing changes."""
    assert pytest.approx(1) == sum(integrative_index(states, state=x) for x in "ABC")
    assert 0 <= entropy(states) <= log(3) + 1e-12
    assert 0 <= complexity(states, alphabet=3) <= 1
    assert turbulence(states) >= 0
    if len(set(states)) == 1:
        assert (0, 0) == (entropy(states), complexity(states, alphabet=3))


@given(STATES)
def test_subsequences_one_by_one(states: list[str]) -> None:
    """Listing them gives the same number."""
    listed = {tuple(states[i] for i in kept) for size in range(len(states) + 1) for kept in combinations(range(len(states)), size)}  # fmt: skip
    assert len(listed) == subsequences(states)
