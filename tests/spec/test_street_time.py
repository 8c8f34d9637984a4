"""Street time (*temps libre*): days since the first facts, custody taken out."""

from __future__ import annotations

from datetime import date

import pytest

PEOPLE = """
offences
person_id | offence_start_date
free      | 2020-01-01
one       | 2020-01-01
two       | 2020-01-01
touching  | 2020-01-01
inside    | 2020-01-01
running   | 2020-01-01
before    | 2020-01-01
astride   | 2020-01-01
home      | 2020-01-01
fine      | 2020-01-01
within    | 2020-01-01
within    | 2020-02-15
dead      | 2020-01-01
same_day  | 2020-01-01

custody_periods
person_id | start_date | end_date   | regime
one       | 2020-02-01 | 2020-02-11 | detention
two       | 2020-02-01 | 2020-02-11 | detention_provisoire
two       | 2020-02-06 | 2020-02-21 | detention
touching  | 2020-02-01 | 2020-02-11 | detention_provisoire
touching  | 2020-02-11 | 2020-02-21 | detention
inside    | 2020-02-01 | 2020-02-21 | detention
inside    | 2020-02-05 | 2020-02-10 | detention
running   | 2020-12-22 |            | detention
before    | 2019-01-01 | 2019-06-01 | detention
astride   | 2019-12-01 | 2020-01-11 | detention
home      | 2020-02-01 | 2020-02-11 | ddse
home      | 2020-03-01 | 2020-03-11 | semi_liberte
home      | 2020-04-01 | 2020-04-11 | placement_exterieur
fine      | 2020-02-01 | 2020-02-11 | contrainte_judiciaire
within    | 2020-02-01 | 2020-03-02 | detention
dead      | 2020-06-01 |            | detention
same_day  | 2020-02-01 | 2020-02-01 | detention

persons
person_id | death_date
dead      | 2020-06-30
"""
EXTRACTION = "2021-01-01"

#: person, days at liberty at the extraction (366 days after the first facts), why.
EXPECTED = [
    ("free", 366, "nothing to take out"),
    ("one", 356, "ten days of custody: the day of release is free"),
    ("two", 346, "days common to two periods are counted once"),
    ("touching", 346, "periods that follow each other make one"),
    ("inside", 346, "a period within another adds nothing"),
    ("running", 356, "custody that runs is counted up to the extraction"),
    ("before", 366, "custody before the first facts does not count"),
    ("astride", 356, "only the part after the first facts counts"),
    ("home", 366, "home detention, day release and outside placement leave the person among others"),
    ("fine", 356, "detention for unpaid fines is detention"),
    ("within", 336, "facts during custody change nothing to its days"),
    ("dead", 152, "death ends the observation, and custody with it"),
    ("same_day", 366, "a stay that ends the day it starts takes no day"),
]


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE, EXTRACTION).path


@pytest.mark.parametrize(("person", "expected", "why"), EXPECTED)
def test_days_at_liberty(path, person: str, expected: int, why: str) -> None:
    """Street time is the calendar less the union of the days in custody."""
    found = path(person)
    assert expected == found.clock.days(found.end), why


def free_days(first: date, last: date, periods: list[tuple[date, date]]) -> int:
    """The same by hand: each day after the first is free unless the night before it was spent in custody."""
    ordinals = range(first.toordinal(), last.toordinal())
    return sum(not any(a.toordinal() <= day < b.toordinal() for a, b in periods) for day in ordinals)


@pytest.mark.parametrize("person", [row[0] for row in EXPECTED])
def test_days_counted_one_by_one(path, person: str) -> None:
    """Counting day by day gives the same."""
    found = path(person)
    stops = {"detention", "detention_provisoire", "contrainte_judiciaire"}
    custody = [(r.start_date, r.end_date or found.end) for r in found.lane("custody") if r.code in stops]
    assert free_days(found.first_facts, found.end, custody) == found.clock.days(found.end)


def test_facts_in_custody_do_not_advance_the_clock(path) -> None:
    """Facts during custody stand where liberty stopped."""
    found = path("within")
    assert 31 == found.clock.days(date(2020, 2, 15)) == found.clock.days(date(2020, 2, 1))


@pytest.mark.parametrize(
    ("as_of", "expected"), [(date(2020, 12, 21), 355), (date(2020, 12, 22), 356), (date(2020, 12, 31), 356)]
)
def test_running_custody_stops_the_clock(path, as_of: date, expected: int) -> None:
    """From the first day of a custody that runs, whatever the day asked, no day is free."""
    found = path("running", as_of=as_of)
    assert expected == found.clock.days(found.end)


def test_death_ends_observation(path) -> None:
    """The end of observation is the death, if it comes before the day asked."""
    assert (date(2020, 6, 30), date(2020, 3, 1)) == (path("dead").end, path("dead", as_of=date(2020, 3, 1)).end)


def test_clock_starts_with_the_first_facts_that_count(people) -> None:
    """Facts of a void conviction do not start the clock, unless they are shown."""
    found = people(
        """
        convictions
        person_id | conviction_id | decision_date | void_date
        P         | old           | 2010-06-01    | 2015-06-01
        P         | new           | 2020-06-01    |

        offences
        person_id | conviction_id | offence_start_date
        P         | old           | 2010-01-01
        P         | new           | 2020-01-01
        """,
        EXTRACTION,
    )
    assert [366, 4018] == [p.clock.days(p.end) for p in (found.path("P"), found.path("P", with_void=True))]
