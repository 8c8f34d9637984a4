"""Whether facts come further apart or closer: said only where the record allows it, with and without the zone not judged yet."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.trend import trend, trend_words

PEOPLE = """
persons
person_id
nobody

offences
person_id | offence_start_date | date_precision
apart     | 2010-01-01         |
apart     | 2010-03-01         |
apart     | 2010-05-01         |
apart     | 2010-07-01         |
apart     | 2010-09-01         |
closer    | 2010-01-01         |
closer    | 2022-03-01         |
closer    | 2022-05-01         |
closer    | 2022-07-01         |
closer    | 2022-09-01         |
even      | 2010-01-01         |
even      | 2013-01-01         | year
even      | 2016-01-01         |
even      | 2018-01-01         |
even      | 2021-01-01         |
back      | 2010-01-01         |
back      | 2010-03-01         |
back      | 2010-05-01         |
back      | 2010-07-01         |
back      | 2010-09-01         |
back      | 2023-05-01         |
back      | 2023-06-01         |
back      | 2023-07-01         |
few       | 2010-01-01         |
few       | 2010-03-01         |
few       | 2010-05-01         |
few       | 2010-07-01         |
zone      | 2010-01-01         |
zone      | 2010-03-01         |
zone      | 2010-05-01         |
zone      | 2010-07-01         |
zone      | 2023-06-01         |
short     | 2021-03-01         |
short     | 2021-05-01         |
short     | 2021-06-01         |
short     | 2021-07-01         |
short     | 2021-08-01         |
held      | 2015-01-01         |
held      | 2015-02-01         |
held      | 2015-03-01         |
held      | 2015-04-01         |
held      | 2015-05-01         |

custody_periods
person_id | start_date | end_date
held      | 2015-06-01 |
"""


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


UNCLEAR = "On ne peut pas conclure"
#: person, what the judged window, then the whole one, says.
EXPECTED = [
    ("apart", ["Les faits s’espacent"] * 2),
    ("closer", ["Les faits se rapprochent"] * 2),
    ("even", [UNCLEAR] * 2),
    ("back", ["Les faits s’espacent", UNCLEAR]),
    ("few", [UNCLEAR] * 2),
    ("zone", [UNCLEAR, UNCLEAR]),
    ("short", [UNCLEAR, "Les faits s’espacent"]),
    ("held", [UNCLEAR] * 2),
    ("nobody", []),
]


@pytest.mark.parametrize(("person", "expected"), EXPECTED)
def test_reading_of_each_window(path, person: str, expected: list[str]) -> None:
    """Four dates after the first and two years at liberty, then an exact probability under .05 either way."""
    assert expected == list(trend(path(person))["reading"])


@pytest.mark.parametrize(("person", "readings"), EXPECTED[:-1])
def test_both_windows_must_agree(path, person: str, readings: list[str]) -> None:
    """The sentence concludes only what the record says both with and without the zone not judged yet."""
    expected = readings[0] if len(set(readings)) == 1 else UNCLEAR
    assert expected == trend_words(path(person)).split(" :")[0]


@pytest.mark.parametrize("person", ["few", "held"])
def test_no_figure_without_enough(path, person: str) -> None:
    """Too few facts or too short a time: neither test nor number, the count alone."""
    table = trend(path(person))
    assert table.loc[:, "laplace_z":"two_sided"].isna().all(axis=None)
    assert trend_words(path(person)).startswith("On ne peut pas conclure : ")


def test_words(path) -> None:
    """The sentence holds the reading, both windows and their time, and why a record looks as it does; no number of a test."""
    expected = (
        "Les faits s’espacent : 4 dates de faits après la première en 13 ans 1 mois de liberté, jusqu’au 31 janvier 2023, "
        "hors période non consolidée ; 4 dates de faits après la première en 14 ans 1 mois de liberté, jusqu’au 31 janvier 2024, en tout. "
        "On entre au fichier à cause de faits récents : un rapprochement peut ne tenir qu’à cela. Le passé enregistré n’annonce rien."
    )
    assert expected == trend_words(path("apart"))


def test_doubts_are_told(path) -> None:
    """Windows that disagree and dates that are not known to the day are told."""
    assert "Les deux calculs ne disent pas la même chose." in trend_words(path("back"))
    assert "Des dates de faits sont approximatives." in trend_words(path("even"))
    assert "Aucun fait enregistré. On ne peut pas conclure." == trend_words(path("nobody"))


def test_probability_of_slowing_is_one_sided(path) -> None:
    """The exact two-sided probability is twice the smaller side."""
    row = trend(path("closer")).iloc[1]
    assert pytest.approx(2 * (1 - row["laplace_p_exact"])) == row["two_sided"]
