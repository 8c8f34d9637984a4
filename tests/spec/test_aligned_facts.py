"""Dates of facts around each life event, in free days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from conftest import read_tables

from frise_analysis.analysis.aligned_facts import (
    aligned_events,
    aligned_facts,
    held_events,
    unplaced_events,
    unplaced_facts,
)
from frise_analysis.store.event_journal import Entry

PEOPLE = """
persons
person_id | birth_date | death_date
P         | 1990-06-01 |
none      |            |
dead      |            | 2022-06-01

offences
person_id | offence_id | offence_start_date | date_precision
P         | first      | 2010-01-01         |
P         | before     | 2018-10-01         |
P         | same       | 2019-03-12         |
P         | same-too   | 2019-03-12         |
P         | after      | 2019-03-22         |
P         | in-custody | 2020-02-01         |
P         | month      | 2019-05-01         | month
P         | year       | 2019-01-01         | year
P         | last       | 2023-12-01         |
dead      | d          | 2022-01-01         |

custody_periods
person_id | start_date | end_date
P         | 2018-11-01 | 2018-12-31
P         | 2020-01-01 | 2020-12-31

life_events
person_id | event_id | start_date | end_date   | domain  | direction | label
P         | lost     | 2019-03-12 | 2019-03-12 | housing | strain    | Perte du logement
P         | held     | 2020-06-01 |            | family  | support   | Visites
P         | birth    | 1990-09-01 | 1990-09-01 | family  |           |
P         | new      | 2023-11-01 |            | work    | support   | Emploi
dead      | d1       | 2022-03-01 | 2022-03-01 | health  | neutral   | Hôpital
none      | n1       | 2022-03-01 | 2022-03-01 | health  | neutral   | Hôpital
"""
RELEASED = """
offences
person_id | offence_start_date
P         | 2010-01-01
P         | 2020-02-01

custody_periods
person_id | start_date | end_date
P         | 2020-01-01 | 2020-12-31

life_events
person_id | event_id | start_date | end_date   | domain | label
P         | out      | 2020-12-31 | 2020-12-31 | family | Sortie
"""


@pytest.fixture(scope="module")
def made(people):
    return people(PEOPLE)


@pytest.fixture(scope="module")
def facts(made):
    table = aligned_facts(made.path("P"))
    return {name: rows.set_index("record_ids") for name, rows in table.groupby("event_id")}


@pytest.fixture(scope="module")
def events(made):
    return lambda person: aligned_events(made.path(person)).set_index("event_id")


def test_distances_are_free_days(facts) -> None:
    """Days of custody between the two are taken out: 162 days less 60; the day itself is 0; a date is one row."""
    expected = {"before": -102, "same same-too": 0, "after": 10, "month": 50, "in-custody": 295}
    assert expected == facts["lost"]["offset_days"].to_dict()


def test_what_begins_in_detention_has_no_place(made, facts) -> None:
    """An event of a detention is not placed: months in custody before the release would pass for no time at all. It is counted."""
    assert "held" not in facts
    assert (1, 0) == (held_events(made.path("P")), unplaced_events(made.path("P")))
    assert 0 == held_events(made.path("none"))


def test_no_free_day_between(people) -> None:
    """Facts in custody and an event of the day of release: no free day lies between, and which came first is told."""
    path = people(RELEASED).path("P")
    (row,) = [x for x in aligned_facts(path).to_dict("records") if x["fact_date"] == date(2020, 2, 1)]
    assert (0, False) == (row["offset_days"], row["approximate"])
    assert (
        "Le 1er février 2020, avant « Sortie » (le 31 décembre 2020), sans jour libre entre les deux." == row["words"]
    )


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("before", "Le 1er octobre 2018, 3 mois de temps libre avant « Perte du logement » (le 12 mars 2019)."),
        ("same same-too", "Le 12 mars 2019, le même jour que « Perte du logement » (le 12 mars 2019)."),
        ("after", "Le 22 mars 2019, 10 jours de temps libre après « Perte du logement » (le 12 mars 2019)."),
        ("month", "En mai 2019, environ 50 jours de temps libre après « Perte du logement » (le 12 mars 2019)."),
    ],
)
def test_words(facts, record: str, words: str) -> None:
    """Both dates, the free time between them, which came first; no more."""
    assert words == facts["lost"].loc[record, "words"]


def test_never_speaks_of_causes(facts) -> None:
    """No word names one thing as what brings another."""
    said = " ".join(words for table in facts.values() for words in table["words"])
    assert [] == [x for x in ("caus", "effet", "provoqu", "entraîn", "expliqu", "à la suite", "suite à") if x in said]


def test_order_of_rows(made) -> None:
    """Latest event first, then by date of facts."""
    table = aligned_facts(made.path("P"))
    assert ["new", "lost"] == list(dict.fromkeys(table["event_id"]))
    assert all(a[0] != b[0] or a[1] < b[1] for a, b in pairwise(zip(table["event_id"], table["fact_date"], strict=True)))  # fmt: skip


def test_window_is_an_option(made) -> None:
    """Facts on the last day of the window are there; those of the next day are not."""
    sizes = [len(aligned_facts(made.path("P"), days=d).query("event_id == 'lost'")) for d in (102, 101, 10, 9)]
    assert [4, 3, 2, 1] == sizes


def test_what_is_dated_to_the_year_has_no_place(made) -> None:
    """Facts known to the year are not placed, and are counted as such."""
    assert (1, 0) == (unplaced_facts(made.path("P")), unplaced_events(made.path("P")))


def test_one_row_per_event(events) -> None:
    """Every event begun at liberty has a row, facts near it or not, with how many."""
    assert {"new": 1, "lost": 5, "birth": 0} == events("P")["facts"].to_dict()


def test_an_event_without_words_or_direction(events) -> None:
    """It is named by its domain, and goes neither way."""
    row = events("P").loc["birth"]
    assert ("Famille et couple", "ni appui ni difficulté") == (row["label"], row["direction_label"])


def test_where_nothing_can_be_read(events) -> None:
    """Free days from the event to the birth, to the zone not judged yet, and past the last day observed."""
    columns = ["observed_from", "judged_until", "observed_until"]
    assert [-92, 365, 365] == list(events("P").loc["birth", columns])
    assert [-365, 365, 365] == list(events("P").loc["lost", columns])
    # From 1 November 2023: one year before 31 January 2024, then the day after it.
    assert [-365, (date(2023, 1, 31) - date(2023, 11, 1)).days, 92] == list(events("P").loc["new", columns])
    assert 93 == events("dead").loc["d1", "observed_until"]


def test_somebody_without_facts(made, events) -> None:
    """Without facts, the events have their rows and the facts none."""
    assert (0, 1) == (len(aligned_facts(made.path("none"))), len(events("none")))


def test_event_known_to_the_month(people) -> None:
    """Facts of the same month have no known order; others stand about so far; an event known to the year has no place."""
    made = people(read_tables(PEOPLE))
    made.store.declared.add("P", Entry(date(2019, 3, 1), "money", "Dettes", "month", date(2019, 3, 1)))
    made.store.declared.add("P", Entry(date(2019, 1, 1), "money", "Année", "year", date(2019, 1, 1)))
    path = made.path("P")
    table = aligned_facts(path).query("label == 'Dettes'").set_index("record_ids")
    assert table["approximate"].all()
    assert (
        "Le 12 mars 2019, le même mois que « Dettes » (en mars 2019), dans un ordre que l’enregistrement ne dit pas."
        == table.loc["same same-too", "words"]
    )
    assert "En mai 2019, 2 mois" not in table.loc["month", "words"]
    assert table.loc["month", "words"].startswith("En mai 2019, environ 2 mois de temps libre après « Dettes »")
    assert 1 == unplaced_events(path)
    assert "Année" not in set(aligned_events(path)["label"])
