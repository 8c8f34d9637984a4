"""Facts counted since the first, against time at liberty, and their mean rate."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.desistance import cumulative_facts, mean_rate
from frise_analysis.vocabulary import CountUnit

PEOPLE = """
convictions
person_id | conviction_id | decision_date
two       | A             | 2020-07-01
two       | B             | 2022-07-01

offences
person_id | conviction_id | offence_start_date
two       | A             | 2020-01-01
two       | A             | 2020-01-01
two       | B             | 2022-01-01
held      |               | 2020-01-01
held      |               | 2020-01-11
one       |               | 2020-01-01
today     |               | 2024-01-01
late      |               | 2020-01-01
late      |               | 2021-06-01

custody_periods
person_id | start_date | end_date
held      | 2020-01-02 | 2020-01-31

persons
person_id | death_date
nobody    |
late      | 2021-01-01
"""
EXTRACTION = "2024-01-01"


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE, EXTRACTION).path


@pytest.mark.parametrize(
    ("person", "unit", "expected"),
    [
        ("two", CountUnit.OFFENCES, [("2020-01-01", 0, 2), ("2022-01-01", 731, 3), ("2024-01-01", 1461, 3)]),
        ("two", CountUnit.FACT_DATES, [("2020-01-01", 0, 1), ("2022-01-01", 731, 2), ("2024-01-01", 1461, 2)]),
        ("two", CountUnit.CONVICTIONS, [("2020-07-01", 182, 1), ("2022-07-01", 912, 2), ("2024-01-01", 1461, 2)]),
        ("held", CountUnit.OFFENCES, [("2020-01-01", 0, 1), ("2020-01-11", 1, 2), ("2024-01-01", 1432, 2)]),
        ("one", CountUnit.OFFENCES, [("2020-01-01", 0, 1), ("2024-01-01", 1461, 1)]),
        ("one", CountUnit.CONVICTIONS, []),
        ("today", CountUnit.OFFENCES, [("2024-01-01", 0, 1), ("2024-01-01", 0, 1)]),
        ("nobody", CountUnit.OFFENCES, []),
    ],
)
def test_steps(path, person: str, unit: CountUnit, expected: list[tuple[str, int, int]]) -> None:
    """One step per date, placed in days at liberty since the first facts; the last row is the end of observation."""
    table = cumulative_facts(path(person), unit=unit)
    rows = zip(table["date"], table["street_years"], table["count"], strict=True)
    assert expected == [(day.isoformat(), round(years * 365.25), count) for day, years, count in rows]


def test_step_names_the_first_record_of_its_date(path) -> None:
    """Each step leads to the first record counted that day; the end of observation leads to none."""
    found = cumulative_facts(path("two"))["record_id"]
    assert ["O1", "O3", ""] == list(found.fillna(""))


@pytest.mark.parametrize("unit", CountUnit)
def test_steps_never_go_back(some_paths, unit: CountUnit) -> None:
    """Neither time at liberty nor the count ever decreases, and the last row holds the whole count."""
    for path in some_paths:
        table = cumulative_facts(path, unit=unit)
        assert table["street_years"].is_monotonic_increasing
        assert table["count"].is_monotonic_increasing
        assert [len(path.event_dates(unit))] == table["count"].tolist()[-1:] or table.empty


@pytest.mark.parametrize(
    ("person", "unit", "expected"),
    [
        ("two", CountUnit.OFFENCES, (1, 0.25)),
        ("two", CountUnit.CONVICTIONS, (2, 0.5)),
        ("one", CountUnit.OFFENCES, (0, 0.0)),
        ("held", CountUnit.OFFENCES, (1, 365.25 / 1432)),
    ],
)
def test_first_facts_start_the_clock_and_are_not_counted(path, person: str, unit: CountUnit, expected: tuple) -> None:
    """The mean rate counts what follows the first facts, per year at liberty."""
    found = mean_rate(path(person), unit=unit)
    assert expected == (found.count, pytest.approx(found.rate))


@pytest.mark.parametrize("person", ["nobody", "today"])
def test_no_rate_without_time(path, person: str) -> None:
    """Without facts, or without a day since, there is no rate."""
    assert mean_rate(path(person)) is None


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (2, 0.2422, 7.2247), (4, 1.0899, 10.2416)],
)
def test_interval_of_a_count(people, count: int, low: float, high: float) -> None:
    """The interval is the exact one of a Poisson count (Garwood 1936, table for 95 %)."""
    lines = "\n".join(f"P | {2001 + n}-01-01" for n in range(count))
    found = people(f"offences\nperson_id | offence_start_date\nP | 2000-01-01\n{lines}".strip(), "2024-01-01")
    rate = mean_rate(found.path("P"))
    assert (low, high) == pytest.approx((rate.low * rate.years, rate.high * rate.years), abs=5e-5)


def test_facts_after_death_keep_the_observation_open(path) -> None:
    """A death dated before facts is a doubt told at loading: the observation goes to the last facts, not back in time."""
    assert date(2021, 6, 1) == path("late").end
