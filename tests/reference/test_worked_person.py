"""The worked person of docs/methods.md: every value computed by an independent program."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.desistance import FEWEST_FACTS, cumulative_facts, fact_intervals, mean_rate

PERSON = """
offences
person_id | offence_start_date
W         | 2008-07-01
W         | 2009-01-01
W         | 2009-03-01
W         | 2011-06-01
W         | 2015-06-01

custody_periods
person_id | start_date | end_date
W         | 2009-04-01 | 2010-04-01
W         | 2011-07-01 | 2012-01-01
"""


@pytest.fixture(scope="module")
def store(people):
    return people(PERSON, "2020-01-01")


@pytest.fixture(scope="module")
def path(store):
    return store.path("W")


def test_street_time(path) -> None:
    """4201 days by the calendar, 549 in custody, 3652 at liberty."""
    first, last = path.first_facts, path.end
    assert (4201, 549, 3652) == ((last - first).days, path.clock.days_away(first, last), path.clock.days(last))


def test_street_times_of_the_facts(path) -> None:
    """The facts stand at 0, 184, 243, 700 and 1977 days at liberty."""
    assert [0, 184, 243, 700, 1977] == [path.clock.days(day) for day in path.fact_dates]


def test_rate(path) -> None:
    """Four facts after the first in 3652 days: .40005 per year [.10900, 1.02430], enough to be shown."""
    rate = mean_rate(path)
    assert (4, True) == (rate.count, rate.count >= FEWEST_FACTS)
    assert pytest.approx((0.40005, 0.10900, 1.02430), abs=5e-6) == (rate.rate, rate.low, rate.high)


def test_intervals(path) -> None:
    """The intervals at liberty are the differences of the street times, the last one open to 3652."""
    assert [184, 59, 457, 1277, 1675] == list(fact_intervals(path)["street_days"])


def test_cumulative_facts(path) -> None:
    """The count goes from one to five along the street times and stays there."""
    table = cumulative_facts(path)
    days = [round(years * 365.25) for years in table["street_years"]]
    assert [(0, 1), (184, 2), (243, 3), (700, 4), (1977, 5), (3652, 5)] == list(zip(days, table["count"], strict=True))


def test_sql_says_the_same(store) -> None:
    """The views of the store give the same street times and intervals."""
    ask = store.store._connection.execute
    assert [0, 184, 243, 700, 1977] == [x for (x,) in ask("select street_days from fact_dates order by 1").fetchall()]
    expected = [(date(2008, 7, 1), 184, 184), (date(2009, 1, 1), 59, 59), (date(2009, 3, 1), 822, 457), (date(2011, 6, 1), 1461, 1277)]  # fmt: skip
    assert expected == ask("select from_date, calendar_days, street_days from fact_intervals order by 1").fetchall()
