"""Time between two dates of facts, by the calendar and at liberty; the last interval is still open."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.desistance import fact_intervals
from frise_analysis.analysis.trajectory import stretches

PEOPLE = """
convictions
person_id | conviction_id | decision_date | void_date
void      | V             | 2016-01-01    | 2020-01-01

offences
person_id | conviction_id | offence_start_date | date_precision
pair      |               | 2020-01-01         |
pair      |               | 2020-01-01         |
pair      |               | 2020-03-01         |
held      |               | 2019-01-01         |
held      |               | 2021-01-01         |
recent    |               | 2023-10-01         |
void      | V             | 2015-01-01         |
void      |               | 2020-01-01         |
month     |               | 2018-03-01         | month
month     |               | 2020-01-01         | year
month     |               | 2022-06-01         | unknown

custody_periods
person_id | start_date | end_date
held      | 2019-07-01 | 2020-07-01
recent    | 2023-12-01 |

persons
person_id
nobody
"""
EXTRACTION = "2024-01-01"


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE, EXTRACTION).path


#: person, (from, to, days by the calendar, days at liberty, days not consolidated) of each interval.
EXPECTED = [
    ("nobody", []),
    ("pair", [("2020-01-01", "2020-03-01", 60, 60, 0), ("2020-03-01", None, 1401, 1401, 365)]),
    ("held", [("2019-01-01", "2021-01-01", 731, 365, 0), ("2021-01-01", None, 1095, 1095, 365)]),
    ("recent", [("2023-10-01", None, 92, 61, 61)]),
    ("void", [("2020-01-01", None, 1461, 1461, 365)]),
]


@pytest.mark.parametrize(("person", "expected"), EXPECTED)
def test_intervals(path, person: str, expected: list[tuple]) -> None:
    """One interval per pair of distinct dates, then the open one, whose last year may hold facts not judged yet."""
    table = fact_intervals(path(person))
    columns = ["from_date", "to_date", "calendar_days", "street_days", "unconsolidated_days"]
    rows = table[columns].itertuples(index=False, name=None)
    assert expected == [(a.isoformat(), b.isoformat() if b else None, *days) for a, b, *days in rows]


def test_void_convictions_shown_make_an_interval(path) -> None:
    """With the switch, the facts of void convictions count again."""
    assert [1826, 1461] == list(fact_intervals(path("void", with_void=True))["calendar_days"])


def test_words_know_no_more_than_the_record(path) -> None:
    """A date known to the month or the year is not written to the day."""
    expected = [
        (True, "Entre mars 2018 et 2020"),
        (True, "Entre 2020 et vers 2022"),
        (True, "Depuis vers 2022, jusqu’à la fin de l’observation, le 1er janvier 2024"),
    ]
    table = fact_intervals(path("month"))
    assert expected == list(zip(table["approximate"], table["words"], strict=True))


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("pair", []),
        ("held", ["2 ans sans fait enregistré, dont 366 jours en détention"]),
        ("month", ["environ 1 an 10 mois sans fait enregistré", "environ 2 ans 5 mois sans fait enregistré"]),
    ],
)
def test_long_stretches(path, person: str, expected: list[str]) -> None:
    """A year and a half without recorded facts is written on the frise, with the days of custody it holds."""
    assert expected == list(stretches(path(person))["words"])


def test_intervals_add_up(some_paths) -> None:
    """All intervals together make the whole time from the first facts to the end of observation."""
    for path in some_paths:
        table = fact_intervals(path)
        if path.first_facts is not None:
            whole = ((path.end - path.first_facts).days, path.clock.days(path.end))
            assert whole == (table["calendar_days"].sum(), table["street_days"].sum())
