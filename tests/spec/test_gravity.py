"""What the law allowed for the facts of each date."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.gravity import gravity

PEOPLE = """
persons
person_id
nobody

offences
person_id | offence_start_date | nature        | max_sentence_years | date_precision
P         | 2015-01-01         | contravention | 0                  |
P         | 2016-01-01         | delit         | 3                  |
P         | 2016-01-01         | delit         | 5                  |
P         | 2016-01-01         | contravention |                    |
P         | 2017-03-01         | crime         |                    | month
P         | 2018-01-01         | crime         | 99                 |
P         | 2019-01-01         | delit         | 0.5                |
P         | 2020-01-01         | delit         | 1                  |
"""

EXPECTED = [
    (0, "contravention", 0, "1er janvier 2015 : contravention, pas de privation de liberté encourue"),
    (5, "delit", 1, "1er janvier 2016 : délit, 5 ans encourus (maximum inconnu pour 1 sur 3)"),
    (None, "crime", 1, "mars 2017 : crime, maximum encouru inconnu"),
    (99, "crime", 0, "1er janvier 2018 : crime, réclusion à perpétuité encourue"),
    (0.5, "delit", 0, "1er janvier 2019 : délit, 6 mois encourus"),
    (1, "delit", 0, "1er janvier 2020 : délit, 1 an encouru"),
]


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


def test_each_date(path) -> None:
    """The longest maximum of the day and the gravest nature; what is not known is said, never put as a number."""
    table = gravity(path("P"))[["max_years", "nature", "unknown", "words"]].astype({"max_years": object})
    found = [(None if a != a else a, *rest) for a, *rest in table.itertuples(index=False, name=None)]  # noqa: PLR0124 - NaN
    assert EXPECTED == found


def test_records_behind(path) -> None:
    """Each date names its offences."""
    assert ["O1", "O2 O3 O4", "O5", "O6", "O7", "O8"] == list(gravity(path("P"))["record_ids"])


def test_nothing_recorded(path) -> None:
    """No facts, no row."""
    assert gravity(path("nobody")).empty
