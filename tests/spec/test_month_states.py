"""The record as a sequence of months, and its indices."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.sequence_index import sequence_indices, states_by_month

PEOPLE = """
persons
person_id
nobody

offences
person_id | offence_start_date
P         | 2019-11-15
P         | 2020-06-20
recent    | 2023-06-01
young     | 2022-01-01

custody_periods
person_id | start_date | end_date
P         | 2020-01-10 | 2020-03-17
P         | 2020-06-01 | 2020-07-16
"""


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


def test_months(path) -> None:
    """Facts first; else custody where it takes more than half of the days; else free. Months end with the zone not judged yet."""
    table = states_by_month(path("P"))
    letters = "".join(table["state"].str[1].map({"a": "F", "r": ".", "u": "C"}))
    assert "F." + "CCC" + ".." + "F" + "." + "." * 29 == letters
    assert (date(2019, 11, 1), date(2022, 12, 1)) == (table["month"].iloc[0], table["month"].iloc[-1])


def test_indices(path) -> None:
    """Shares of 38 months, then weights 1 to 38 that add up to 741: facts 1 and 8, custody 3, 4 and 5."""
    row = sequence_indices(path("P")).iloc[0]
    figures = ["months", "share_facts", "share_custody", "recent_facts", "recent_custody", "recent_free"]
    assert pytest.approx([38, 2 / 38, 3 / 38, 9 / 741, 12 / 741, 720 / 741]) == list(row[figures].astype(float))


def test_too_short(path) -> None:
    """Under two years of months nothing is concluded."""
    row = sequence_indices(path("young")).iloc[0]
    assert "On ne peut pas conclure. 12 mois avant la période non consolidée, il en faut au moins 24." == row["words"]
    assert row[1:-1].isna().all()


def test_only_recent_facts(path) -> None:
    """Facts in the zone leave no month; no facts, no row."""
    assert (0, 1) == (len(states_by_month(path("recent"))), len(sequence_indices(path("recent"))))
    assert (0, 0) == (len(states_by_month(path("nobody"))), len(sequence_indices(path("nobody"))))


def test_words(path) -> None:
    """Shares in words, and that none is a mark."""
    expected = (
        "38 mois avant la période non consolidée : libre sans fait 87 %, avec faits 5 %, en détention 8 %. Si les mois récents comptent "
        "plus : libre sans fait 97 %, avec faits 1 %, en détention 2 %. Aucune de ces parts n’est une note."
    )
    assert expected == sequence_indices(path("P"))["words"].iloc[0]
