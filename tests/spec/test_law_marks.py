"""Changes of law within a person's path: a short name, its day, and the words of the table."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.clocks import clocks_of, position
from frise_analysis.analysis.lane_rows import LANE_COLUMNS
from frise_analysis.analysis.legal_clocks.law_changes import law_changes, law_marks
from frise_analysis.analysis.legal_clocks.rules import rows_of
from frise_analysis.vocabulary import Clock

PEOPLE = """
persons
person_id | birth_date | death_date
P         | 1990-01-01 |
dead      | 1990-01-01 | 2020-03-25
nothing   | 1990-01-01 |

offences
person_id | offence_start_date
P         | 2009-11-24
dead      | 2017-03-02
"""
#: The first change is on the very day of the first facts.
SHORT = [
    "Création de l’ARSE", "Contrainte pénale", "LSC aux deux tiers", "Prescription : six ans", "Sursis probatoire, DDSE",
    "Urgence sanitaire", "Justice pénale des mineurs", "Code pénitentiaire", "LSC de plein droit",
]  # fmt: skip


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


def test_from_the_first_record_to_the_end(path) -> None:
    """Changes from the first record on, its day included, in order, up to the day of reading."""
    assert SHORT == list(law_marks(path("P")).title)
    assert SHORT[:5] == list(law_marks(path("P", as_of=date(2020, 3, 24))).title)


def test_nothing_after_a_death(path) -> None:
    """Changes after the end of observation are not there."""
    assert ["Sursis probatoire, DDSE"] == list(law_marks(path("dead")).title)


def test_nobody_has_the_same_columns(path) -> None:
    """Without a record there is no mark; the columns are there."""
    assert (0, list(LANE_COLUMNS)) == (len(law_marks(path("nothing"))), list(law_marks(path("nothing")).columns))


@pytest.mark.parametrize("clock", list(Clock))
def test_marks_are_points(path, clock: Clock) -> None:
    """A mark is a point of the clock, named by its day; a change by steps says that its date is a year."""
    table = law_marks(path("P"), clock=clock)
    place = position(path("P"), clock)
    assert list(table.x) == list(table.x_end) == [place(day) for day in table.start_date]
    assert [day.isoformat() for day in table.start_date] == list(table.record_id)
    assert ["year"] + ["day"] * 8 == list(table.state)
    assert ({"laws"}, {"law"}, False) == (set(table.lane), set(table.code), table.void.any())


def test_words_are_those_of_the_table(people, path) -> None:
    """A mark says what the table of changes says, what was not read to verify."""
    told = law_changes(people(PEOPLE).store).set_index("date").words
    marks = law_marks(path("P")).set_index("start_date").words
    assert [told[day] for day in marks.index] == list(marks)
    assert marks[date(2009, 11, 24)].startswith("2009 : Assignation à résidence")
    assert [date(2017, 3, 1)] == [day for day, words in marks.items() if words.endswith("À vérifier.")]


def test_short_names_fit_the_lane() -> None:
    """Every change has a short name of its own, of at most 28 characters, and a day of its own."""
    names = [x["short"] for x in rows_of("changes.csv")]
    assert all(0 < len(x) <= 28 for x in names)
    assert len(names) == len(set(names)) == len({x["date"] for x in rows_of("changes.csv")})


def test_samples_stay_within_the_axis(some_paths) -> None:
    """On every clock a mark lies between the first record and the end of observation; identifiers are unique."""
    for path in some_paths:
        for clock in clocks_of(path):
            table, place = law_marks(path, clock=clock), position(path, clock)
            first = min((r.start_date for r in path.records), default=path.end)
            assert table.record_id.is_unique
            assert table.start_date.is_monotonic_increasing
            assert ((table.x >= place(first)) & (table.x_end <= place(path.end))).all()
