"""Proportions with Wilson's interval, and quartiles of delays of which some still run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.delay_quantiles import DELAY_COLUMNS, delay_quantiles
from frise_analysis.analysis.proportions import PROPORTION_COLUMNS, wilson


def test_published_intervals() -> None:
    """3 of 10: .10779 to .60322; 0 of 10: 0 to .27753 (Newcombe 1998, method 3: 81 of 263 .2553 to .3662)."""
    found = wilson([3, 0, 81], [10, 10, 263])
    assert PROPORTION_COLUMNS == list(found.columns)
    assert pytest.approx([0.10779, 0, 0.2553], abs=5e-5) == list(found["low"])
    assert pytest.approx([0.60322, 0.27753, 0.3662], abs=5e-5) == list(found["high"])


def test_none_and_all_end_exactly() -> None:
    """None of them ends at 0, all of them at 1; nobody gives nothing."""
    found = wilson([0, 7, 0], [7, 7, 0])
    assert (0.0, 1.0) == (found["low"][0], found["high"][1])
    assert found.loc[2, ["proportion", "low", "high"]].isna().all()


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_interval_invariants(pair: tuple[int, int]) -> None:
    """The interval holds the proportion, mirrors itself, and narrows when everything is ten times as many."""
    count, n = pair
    found, mirror, larger = wilson([count, n - count, 10 * count], [n, n, 10 * n]).itertuples(index=False)
    assert 0 <= found.low <= found.proportion <= found.high <= 1
    assert pytest.approx((1 - found.high, 1 - found.low)) == (mirror.low, mirror.high)
    assert larger.high - larger.low < found.high - found.low


@pytest.mark.parametrize(
    ("counts", "totals", "level"), [([4], [3], 0.95), ([-1], [3], 0.95), ([1, 2], [3], 0.95), ([1], [3], 1)]
)
def test_refused(counts, totals, level) -> None:
    """A count beyond its total or a level that is none is a mistake of whoever calls."""
    with pytest.raises(ValueError, match="between 0 and"):
        wilson(counts, totals, level=level)


def test_quartiles_of_ended_delays() -> None:
    """Without running delays, the quartiles of the delays."""
    found = delay_quantiles([10, 20, 30, 40, 50, 60, 70, 80], ended=[1] * 8)
    assert DELAY_COLUMNS == list(found.columns)
    assert ("Ensemble", 8, 8, 25.0, 45.0, 65.0) == tuple(found.iloc[0][DELAY_COLUMNS[:6]])


def test_running_delays_are_not_left_out() -> None:
    """Measures that run for 100 days already push the median up: 35 days without them, more than half never seen over with them."""
    short, running = [20, 30, 40, 50], [100] * 6
    alone = delay_quantiles(short, ended=[1] * 4)["median"][0]
    both = delay_quantiles(short + running, ended=[1] * 4 + [0] * 6)
    assert (35.0, 40.0, True) == (alone, both["quarter"][0], bool(np.isnan(both["median"][0])))


def test_groups_in_alphabetical_order_and_few_say_nothing() -> None:
    """One row per group; three ended delays are too few."""
    found = delay_quantiles([1, 2, 3, 4, 5, 6, 7], ended=[1] * 7, groups=["b", "b", "b", "b", "a", "a", "a"])
    assert [("a", 3, 3), ("b", 4, 4)] == list(found[["group", "delays", "ended"]].itertuples(index=False, name=None))
    assert [True, False] == list(found["median"].isna())


def test_delay_under_way_at_entry() -> None:
    """A delay known only from its 40th day on says nothing of the first 39: it is not counted among those that passed them."""
    days, ended, entry = [10, 20, 30, 50, 60, 70], [1] * 6, [-1, -1, -1, 40, 40, 40]
    assert 20.0 == delay_quantiles(days, ended=ended, entry_days=entry)["median"][0]
    assert 40.0 == delay_quantiles(days, ended=ended)["median"][0]


def test_group_missing_is_refused() -> None:
    """A delay without its group is a mistake of whoever calls."""
    with pytest.raises(ValueError, match="one label per delay"):
        delay_quantiles([1, 2], ended=[1, 1], groups=["a"])
