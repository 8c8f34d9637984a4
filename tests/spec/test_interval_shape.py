"""The open interval among the person's own past intervals, and how regular they are."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.intervals import burstiness, finite_burstiness, interval_shape

PEOPLE = """
persons
person_id
nobody

offences
person_id | offence_start_date | date_precision
one       | 2020-01-01 |
three     | 2020-01-01 |
three     | 2020-02-01 |
three     | 2020-03-01 |
three     | 2020-04-01 |
long      | 2015-01-01 |
long      | 2015-04-11 |
long      | 2015-10-28 |
long      | 2016-08-23 |
long      | 2017-09-27 |
recent    | 2018-01-01 |
recent    | 2019-01-01 |
recent    | 2020-01-01 |
recent    | 2021-01-01 |
recent    | 2023-12-01 |
held      | 2018-01-01 |
held      | 2019-01-01 |
held      | 2020-01-01 |
held      | 2021-01-01 |
held      | 2022-12-01 |
rough     | 2015-01-01 | month
rough     | 2015-04-11 |
rough     | 2015-10-28 |
rough     | 2016-08-23 |
rough     | 2017-09-27 |
vague     | 2015-01-01 |
vague     | 2015-04-11 |
vague     | 2015-10-28 |
vague     | 2016-08-23 |
vague     | 2017-01-01 | year

custody_periods
person_id | start_date | end_date
held      | 2022-12-01 | 2023-12-01
"""


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


def words(path, person: str) -> str:
    return interval_shape(path(person))["words"].iloc[0]


FIGURES = [
    "intervals",
    "median_days",
    "longest_days",
    "open_days",
    "judged_days",
    "share_shorter",
    "share_shorter_whole",
]
EXPECTED = [
    ("one", [0, None, None, 1491, 1126, None, None]),
    ("three", [3, 31, 31, 1400, 1035, None, None]),
    ("long", [4, 250, 400, 2317, 1952, 1, 1]),
    ("recent", [4, 365.5, 1064, 61, 0, 0, 0]),
]


@pytest.mark.parametrize(("person", "expected"), EXPECTED)
def test_open_interval_among_past_ones(path, person: str, expected: list[float | None]) -> None:
    """The share of past intervals that are shorter, only from four on; the year not judged yet is set apart."""
    row = interval_shape(path(person))[FIGURES].iloc[0]
    assert expected == [None if x != x else x for x in row.astype(float)]  # noqa: PLR0124 - NaN is not itself


def test_nothing_recorded(path) -> None:
    """Without facts there is no interval."""
    assert interval_shape(path("nobody")).empty


def test_words(path) -> None:
    """Where the open interval stands, with and without the zone; or that it cannot be told."""
    expected = (
        "Intervalle ouvert : 6 ans 4 mois, plus long que 4 des 4 intervalles passés ; sans la période non consolidée, 5 ans 4 mois, "
        "plus long que 4. Intervalle médian : 8 mois, le plus long : 1 an 1 mois."
    )
    assert expected == interval_shape(path("long"))["words"].iloc[0]
    few = "On ne peut pas conclure. 3 intervalles passés, il en faut au moins 4."
    assert few == interval_shape(path("three"))["words"].iloc[0]


def test_nothing_judged_to_say(path) -> None:
    """Last facts in the zone not judged yet, or no free time before it: nothing is compared, and why is said."""
    assert "; les derniers faits sont dans la période non consolidée : rien à en dire. " in words(path, "recent")
    assert "; aucun temps libre avant la période non consolidée : rien à en dire. " in words(path, "held")


def test_free_time_is_said_as_such(path) -> None:
    """By the calendar without detention; else the time at liberty, named so."""
    assert words(path, "held").startswith("Intervalle ouvert : 2 mois en liberté, ")


def test_about_only_where_a_date_is_approximate(path) -> None:
    """An approximate date touches the lengths it bounds: not the open interval, nor the longest of two exact dates."""
    said = words(path, "rough")
    assert said.startswith("Intervalle ouvert : 6 ans 4 mois, ")
    assert said.endswith("Intervalle médian : environ 8 mois, le plus long : 1 an 1 mois.")
    assert words(path, "vague").startswith("Intervalle ouvert : environ 7 ans, ")


@pytest.mark.parametrize(
    ("lengths", "expected", "finite"),
    [
        ((5, 5, 5, 5), -1, -1),
        ((0, 0, 0, 8), 0.2679492, 1),
        ((1, 3), -1 / 3, -0.1547005),
        ((0, 0), None, None),
    ],
)
def test_burstiness(lengths: tuple[int, ...], expected: float | None, finite: float | None) -> None:
    """A metronome is -1; one interval that takes all is 1 in the form for few intervals; 1 and 3 by hand, r = 1/2."""
    assert (pytest.approx(expected), pytest.approx(finite)) == (burstiness(lengths), finite_burstiness(lengths))
