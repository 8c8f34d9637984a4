"""One row per thing on the frise, placed on one of three clocks."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.clocks import clocks_of, decimal_year
from frise_analysis.analysis.trajectory import TRAJECTORY_COLUMNS, frame, trajectory
from frise_analysis.vocabulary import Clock, Lane

PEOPLE = """
persons
person_id | birth_date | birth_year | death_date
P         | 1990-01-01 |            |
year      |            | 1990       |
none      |            |            |
dead      | 1990-01-01 |            | 2022-01-01
nobody    |            |            |

convictions
person_id | conviction_id | decision_date
P         | C             | 2021-01-01

offences
person_id | offence_id | conviction_id | offence_start_date | offence_end_date | date_precision
P         | o1         | C             | 2020-01-01         |                  |
P         | o2         |               | 2023-01-01         | 2024-01-01       | period
year      | o3         |               | 2020-07-01         |                  |
none      | o4         |               | 2020-01-01         |                  |
dead      | o5         |               | 2020-01-01         |                  |

custody_periods
person_id | custody_id | start_date | end_date
P         | d1         | 2021-01-01 | 2022-01-01

measures
person_id | measure_id | start_date | end_date   | outcome
P         | m1         | 2022-01-01 | 2022-06-01 | accomplie
P         | m2         | 2022-01-01 | 2022-06-01 | retiree
P         | m3         | 2022-01-01 | 2022-06-01 |
P         | m4         | 2022-01-01 |            |
dead      | m5         | 2021-01-01 |            |

breaches
person_id | breach_id | measure_id | breach_date
P         | b1        | m1         | 2022-03-01

life_events
person_id | event_id | start_date | end_date   | direction
P         | v1       | 2019-01-01 | 2019-01-01 | support
P         | v2       | 2019-01-01 | 2020-01-01 |
"""
EXTRACTION = "2025-01-01"


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE, EXTRACTION).path


@pytest.mark.parametrize(
    ("clock", "record_id", "expected"),
    [
        (Clock.CALENDAR, "o1", (2020, 2020)),
        (Clock.CALENDAR, "o2", (2023, 2024)),
        (Clock.CALENDAR, "d1", (2021, 2022)),
        (Clock.CALENDAR, "m4", (2022, 2025)),
        (Clock.CALENDAR, "v1", (2019, 2019)),
        (Clock.CALENDAR, "v2", (2019, 2020)),
        (Clock.AGE, "o1", (30, 30)),
        (Clock.AGE, "m4", (32, 35)),
        (Clock.STREET, "o1", (0, 0)),
        (Clock.STREET, "d1", (366 / 365.25, 366 / 365.25)),
        (Clock.STREET, "o2", (731 / 365.25, 1096 / 365.25)),
        (Clock.STREET, "v1", (-365 / 365.25, -365 / 365.25)),
    ],
)
def test_places(path, clock: Clock, record_id: str, expected: tuple[float, float]) -> None:
    """By the calendar, by age, or in years at liberty since the first facts; a span that runs ends with the observation."""
    row = trajectory(path("P"), clock=clock).set_index("record_id").loc[record_id]
    assert pytest.approx(expected) == (row["x"], row["x_end"])


@pytest.mark.parametrize(
    ("record_id", "expected"),
    [
        ("m1", "done"),
        ("m2", "cut"),
        ("m3", "other"),
        ("m4", "running"),
        ("v1", "support"),
        ("v2", "neutral"),
        ("o1", ""),
    ],
)
def test_states(path, record_id: str, expected: str) -> None:
    """How a measure ended, which way a life event went; nothing for other records."""
    assert expected == trajectory(path("P")).set_index("record_id").loc[record_id, "state"]


def test_order_and_columns(path) -> None:
    """Rows come by date, then lane; the columns are those declared."""
    table = trajectory(path("P"))
    assert ["v1", "v2", "o1", "C", "d1", "m1", "m2", "m3", "m4", "b1", "o2"] == list(table["record_id"])
    assert list(TRAJECTORY_COLUMNS) == list(table.columns)


def test_every_record_has_words(some_paths) -> None:
    """No record is shown without a title, a date and a sentence, and none ends before it starts on any clock."""
    for path in some_paths:
        for clock in Clock:
            table = trajectory(path, clock=clock)
            assert table[["title", "when", "words"]].map(len).ge(3).all(axis=None)
            assert (table["x_end"] >= table["x"]).all()
            assert {lane.value for lane in Lane} >= set(table["lane"])


def test_no_age_without_birth(path) -> None:
    """A path has no age clock where the birth is not known; the year alone gives one, counted from its middle."""
    assert (Clock.CALENDAR, Clock.STREET) == clocks_of(path("none"))
    assert pytest.approx(30, abs=0.01) == trajectory(path("year"), clock=Clock.AGE)["x"].iloc[0]


def test_death_ends_what_runs(path) -> None:
    """A measure without an end runs until the death."""
    assert 2022 == trajectory(path("dead")).set_index("record_id").loc["m5", "x_end"]


@pytest.mark.parametrize(
    ("person", "clock", "expected"),
    [
        ("P", Clock.CALENDAR, (2019 - 0.25, 2025, 2025 - 366 / 366, 1990)),
        ("P", Clock.AGE, (29 - 0.25, 35, 34, 1990)),
        ("nobody", Clock.CALENDAR, (2020 - 0.25, 2025, 2024 + 1 / 366, None)),
    ],
)
def test_frame(path, person: str, clock: Clock, expected: tuple) -> None:
    """The axis runs from just before the first record (five years where there is none) to the end of observation."""
    found = frame(path(person), clock=clock)
    assert expected == tuple(
        value if value is None else pytest.approx(value, abs=0.01)
        for value in (found["start"], found["end"], found["unconsolidated"], found["birth"])
    )


@pytest.mark.parametrize(
    ("day", "expected"), [("2020-01-01", 2020), ("2019-07-02", 2019 + 182 / 365), ("2020-12-31", 2020 + 365 / 366)]
)
def test_decimal_year(day: str, expected: float) -> None:
    """A year is whole on its first day, and of the length it has."""
    assert pytest.approx(expected) == decimal_year(date.fromisoformat(day))


CUSTODY = """
custody_periods
person_id | start_date | end_date   | regime
held      | 2020-01-01 | 2020-02-01 | detention
held      | 2021-01-01 | 2021-02-01 | detention_provisoire
held      | 2022-01-01 | 2022-02-01 | ddse
held      | 2023-01-01 | 2023-02-01 | semi_liberte
"""


def test_custody_tells_whether_the_person_is_out_by_day(people) -> None:
    """Regimes that leave the person free by day are drawn apart from those that stop street time."""
    rows = trajectory(people(CUSTODY).path("held"))
    assert ["held", "held", "outside", "outside"] == list(rows["state"])
