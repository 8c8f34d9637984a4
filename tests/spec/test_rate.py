"""The rate at liberty, alone then drawn towards that of the people of the store."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.desistance import mean_rate
from frise_analysis.analysis.person_path import read_path
from frise_analysis.analysis.rate import (
    GammaPrior,
    Rate,
    RateTotals,
    drawn_words,
    gamma_prior,
    rate,
    rate_totals,
    store_prior,
)
from frise_analysis.vocabulary import CountUnit

PEOPLE = """
persons
person_id
nobody

offences
person_id | offence_start_date
one       | 2020-01-31
several   | 2014-01-31
several   | 2014-03-01
several   | 2014-03-01
several   | 2016-01-31
several   | 2018-01-31
several   | 2020-01-31
"""


@pytest.fixture(scope="module")
def small(people):
    return people(PEOPLE)


@pytest.mark.parametrize(("person", "expected"), [("nobody", []), ("one", [(0, 0.0)]), ("several", [(4, 0.4)])])
def test_alone(small, person: str, expected: list[tuple[int, float]]) -> None:
    """Dates of facts after the first over years at liberty; a store of few people gives no second line."""
    table = rate(small.store, person_key=small.key(person))
    assert expected == list(zip(table["count"], table["rate"].round(3), strict=True))


def test_few_facts_do_not_conclude(small) -> None:
    """Under four dates after the first the words say so."""
    table = rate(small.store, person_key=small.key("one"))
    assert table["words"].iloc[0].endswith("On ne peut pas conclure.")


def test_prior_by_hand() -> None:
    """Fifty people without facts and fifty with four, one year each: mean 2, variance (400 - 200) / 100 = 2, Gamma(2, 1)."""
    assert GammaPrior(2.0, 1.0, 100) == gamma_prior(RateTotals(100, 200, 100, 800, 200, 100))


@pytest.mark.parametrize(
    ("totals", "why"),
    [
        (RateTotals(99, 200, 100, 800, 200, 100), "too few people"),
        (RateTotals(100, 0, 100, 0, 0, 100), "nobody has facts after the first"),
        (RateTotals(100, 200, 0, 800, 0, 0), "nobody was free"),
        (RateTotals(100, 200, 100, 400, 200, 100), "everybody has the same rate"),
    ],
)
def test_no_prior(totals: RateTotals, why: str) -> None:
    """Without a hundred people whose rates differ beyond chance, there is nothing to draw towards."""
    assert gamma_prior(totals) is None, why


def test_words_name_the_prior(samples) -> None:
    """The second line says from how many people, and how much they weigh; it says what it is not."""
    prior = store_prior(samples.store)
    assert prior is not None
    words = rate(samples.store, person_key=samples.key("P-0271"))["words"].iloc[1]
    assert f"({prior.people} personnes)" in words
    assert words.endswith("Ce n’est ni une attente ni un rang.")
    assert "2,0 dates de faits en 1,5 an libre." in drawn_words(GammaPrior(2.0, 1.5, 100), Rate(0.5, 0.1, 1.0))


def test_totals_are_those_of_the_paths(samples) -> None:
    """SQL adds up what reading everybody one by one gives."""
    paths = (read_path(samples.store, person_key=samples.key(x)) for x in samples.ids())
    found = [x for x in (mean_rate(path, unit=CountUnit.FACT_DATES) for path in paths) if x is not None]
    pairs = [(x.count, x.years) for x in found]
    sums = (sum(n for n, _ in pairs), sum(t for _, t in pairs), sum(n * n for n, _ in pairs), sum(n * t for n, t in pairs), sum(t * t for _, t in pairs))  # fmt: skip
    totals = rate_totals(samples.store)
    assert len(pairs) == totals.people
    assert pytest.approx(sums) == (totals.n, totals.t, totals.nn, totals.nt, totals.tt)
