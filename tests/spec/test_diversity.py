"""How many kinds of offences a record holds."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.diversity import diversity, offence_diversity
from frise_analysis.vocabulary import CountUnit

PEOPLE = """
persons
person_id
nobody

offences
person_id | offence_start_date | family
three     | 2020-01-01         | vols_recel
three     | 2020-02-01         | vols_recel
three     | 2020-03-01         | route
mixed     | 2020-01-01         | vols_recel
mixed     | 2020-01-01         | vols_recel
mixed     | 2020-01-01         | route
mixed     | 2020-03-01         | autre_non_classe
mixed     | 2020-04-01         | autre_non_classe
first     | 2020-01-01         | vols_recel
first     | 2020-02-01         | vols_recel
first     | 2020-03-01         | vols_recel
first     | 2020-04-01         | route
"""


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


def test_by_hand(path) -> None:
    """2, 2 and 1 of five: 1 - 9/25, at most 1 - 1/5 for five, and 1 - 4/20 without replacement."""
    row = offence_diversity(path("mixed")).iloc[0]
    figures = ["count", "families", "diversity", "largest", "unbiased", "main_share", "unclassified"]
    assert pytest.approx([5, 3, 16 / 25, 4 / 5, 4 / 5, 2 / 5, 2]) == list(row[figures].astype(float))


def test_unit_of_count(path) -> None:
    """In dates of facts, a day with two families counts once in each."""
    row = offence_diversity(path("mixed"), unit=CountUnit.FACT_DATES).iloc[0]
    assert (4, 3) == (row["count"], row["families"])


def test_too_few(path) -> None:
    """Under four, the families are counted and nothing is concluded."""
    row = offence_diversity(path("three")).iloc[0]
    assert "3 infractions dans 2 familles. On ne peut pas conclure." == row["words"]
    assert row[["diversity", "largest", "unbiased", "main_share"]].isna().all()


def test_words(path) -> None:
    """The largest value stands beside the value, and the last family is no family."""
    expected = (
        "5 infractions dans 3 familles ; deux familles à égalité (40 % chacune). Diversité 0,64, sur 0,80 au plus pour ce nombre. "
        "Dont 2 en « Autres, non classées », qui peuvent différer entre elles."
    )
    assert expected == offence_diversity(path("mixed"))["words"].iloc[0]


def test_a_tie_names_no_first(path) -> None:
    """Where families tie for the first place, none is called the most frequent, in the words nor in the table; else it is named."""
    assert "Autres, non classées ; Vols, recel" == offence_diversity(path("mixed"))["main_family"].iloc[0]
    one = offence_diversity(path("first"))
    assert "2 familles ; la plus fréquente : Vols, recel (75 %)." in one["words"].iloc[0]
    assert "Vols, recel" == one["main_family"].iloc[0]


def test_nothing_counted(path) -> None:
    """Without offences there is no row; without counts, no diversity."""
    assert offence_diversity(path("nobody")).empty
    assert diversity([]) is None


@pytest.mark.parametrize(("count", "kinds", "expected"), [(1, 13, 0), (3, 13, 2 / 3), (26, 13, 12 / 13), (5, 3, 0.64)])
def test_largest(count: int, kinds: int, expected: float) -> None:
    """1 - 1/n where there are fewer things than kinds, (K - 1)/K where they spread evenly, else what whole numbers allow."""
    assert pytest.approx(expected) == diversity([count], kinds=kinds).largest
