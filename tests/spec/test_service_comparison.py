"""Branches beside one another: who is observed, in which order, what is hidden, and never an officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from frise_analysis.analysis.disclosure import THRESHOLD, DisclosureRefused
from frise_analysis.analysis.funnel import funnel_limits
from frise_analysis.analysis.service import comparison
from frise_analysis.analysis.service.comparison import (
    COMPARISON_COLUMNS,
    LIMIT_COLUMNS,
    NOT_A_RANKING,
    OTHER_BRANCHES,
    RATIO_COLUMNS,
    Compared,
    branch_comparison,
    prior_band,
)
from frise_analysis.analysis.service.methodology import methodology
from frise_analysis.analysis.service.new_facts import Origin, WaitClock, horizon, read_spells
from frise_analysis.analysis.service.prepared import prepared
from frise_analysis.analysis.service.selection import EVERYBODY, FilterRefused

BRANCHES = "branches\nbranch_id | name\nA-1 | Zénith\nA-2 | Aubrac\nA-3 | Petite"


def outcomes(people: Callable, *rows: str, facts: str = "", death: str = "") -> list[tuple[str, int]]:
    """Branch and outcome of the only person, on facts in the first twelve months."""
    lines = "\n".join(f"P | {x}" for x in facts.split())
    tables = [
        f"persons\nperson_id | death_date\nP | {death}",
        f"offences\nperson_id | offence_start_date\n{lines}" if facts else "",
        "measures\nperson_id | start_date | end_date | outcome | branch_id\n" + "\n".join(f"P | {x}" for x in rows),
    ]
    chosen = prepared(people("\n\n".join(x for x in tables if x)).store, EVERYBODY)
    found = comparison._observed(chosen, Compared.NEW_FACTS)
    return list(zip(found["branch_id"], found["outcome"], strict=True))


# Extracted on 31 January 2024: facts are read up to 31 January 2023, measures compared began by 31 January 2022.
YEAR = {
    "facts on the last day": (["2021-01-01 | | | A-1"], "2022-01-01", "", [("A-1", 1)]),
    "facts a day later": (["2021-01-01 | | | A-1"], "2022-01-02", "", [("A-1", 0)]),
    "no facts": (["2022-01-31 | | | A-1"], "", "", [("A-1", 0)]),
    "not observed a year, even with facts": (["2022-02-01 | | | A-1"], "2022-03-01", "", []),
    "began over five years before": (["2017-01-31 | | | A-1"], "", "", []),
    "died within the year": (["2021-01-01 | | | A-1"], "", "2022-01-01", []),
    "died after the year": (["2021-01-01 | | | A-1"], "", "2022-01-02", [("A-1", 0)]),
    "died after new facts": (["2021-01-01 | | | A-1"], "2021-03-01", "2021-06-01", [("A-1", 1)]),
    "the first measure of a branch": (
        ["2020-01-01 | | | A-1", "2021-01-01 | | | A-1"],
        "2021-06-01",
        "",
        [("A-1", 0)],
    ),
    "once in each branch": (
        ["2020-01-01 | | | A-1", "2021-01-01 | | | A-2"],
        "2021-06-01",
        "",
        [("A-1", 0), ("A-2", 1)],
    ),
    "no branch": (["2021-01-01 | | | "], "", "", []),
}


@pytest.mark.parametrize(("rows", "facts", "death", "expected"), YEAR.values(), ids=YEAR)
def test_people_are_observed_a_year(people: Callable, rows: list, facts: str, death: str, expected: list) -> None:
    """The first measure of a person in a branch, if all its first 365 days are before the zone and before death."""
    assert expected == outcomes(people, *rows, facts=facts, death=death)


ENDS = """
measures
person_id | measure_code | start_date | end_date | outcome | branch_id
A | SP | 2020-01-01 | 2022-01-01 | accomplie | A-1
B | SP | 2020-01-01 | 2022-01-01 | revoquee | A-1
C | SP | 2020-01-01 | 2022-01-01 | retiree | A-1
D | SP | 2020-01-01 | 2022-01-01 | dessaisissement | A-1
E | SP | 2020-01-01 | 2022-01-01 | convertie | A-1
F | SP | 2020-01-01 | 2022-01-01 |  | A-1
G | DP | 2020-01-01 | 2022-01-01 | accomplie | A-1
H | SP | 2020-01-01 |  |  | A-1
I | SP | 2010-01-01 | 2019-01-31 | accomplie | A-1
J | SP | 2019-01-01 | 2020-01-01 | accomplie | A-1
J | SP | 2020-01-01 | 2022-01-01 | revoquee | A-1
"""


def test_only_ends_that_say_achieved_or_not(people: Callable) -> None:
    """Achieved against cut short, the last measure of each person over five years; other ends say neither."""
    rows = comparison._observed(prepared(people(ENDS).store, EVERYBODY), Compared.ACHIEVED)
    assert [1, 0, 0, 0] == rows["outcome"].tolist()


def branch_rows(sizes: dict[str, tuple[int, int]]) -> str:
    """Tables of people observed, so many of each branch with facts a month later."""
    facts, measures = ["offences", "person_id | offence_start_date"], ["measures", "person_id | start_date | branch_id"]
    for branch, (number, with_facts) in sizes.items():
        for n in range(number):
            measures.append(f"{branch}-{n} | 2021-01-01 | {branch}")
            facts += [f"{branch}-{n} | 2021-02-01"] if n < with_facts else []
    return "\n\n".join([BRANCHES, "\n".join(measures), "\n".join(facts)])


def test_branches_are_in_the_order_of_their_names(people: Callable) -> None:
    """By name, whatever the result, with the limits of their size around the share of the whole."""
    found = branch_comparison(people(branch_rows({"A-1": (40, 12), "A-2": (60, 30)})).store)
    assert COMPARISON_COLUMNS == list(found.columns)
    assert [("Aubrac", 60, 30, 0.5), ("Zénith", 40, 12, 0.3)] == list(
        found[["unit", "people", "count", "share"]].itertuples(index=False, name=None)
    )
    limits = funnel_limits([60, 40], target=0.42)
    for name in LIMIT_COLUMNS[:-1]:
        assert limits[name].tolist() == pytest.approx(found[name].tolist())
    assert [0.0, 0.0] == found["beyond"].tolist()


def test_case_mix_of_equal_people_expects_their_share(people: Callable) -> None:
    """People alike in all: expected is the share of the whole, the ratio crude over it."""
    found = branch_comparison(people(branch_rows({"A-1": (40, 12), "A-2": (60, 30)})).store)
    assert [25.2, 16.8] == pytest.approx(found["expected"].tolist())
    assert [30 / 25.2, 12 / 16.8] == pytest.approx(found["ratio"].tolist())
    assert [0.5, 0.3] == pytest.approx(found["standardised_rate"].tolist())


def test_small_branches_are_together_and_last(people: Callable) -> None:
    """A branch of fewer than eleven people is never named; the smallest further one joins it."""
    found = branch_comparison(people(branch_rows({"A-1": (40, 20), "A-2": (60, 30), "A-3": (10, 5)})).store)
    assert [("Aubrac", 60), (OTHER_BRANCHES, 50)] == list(zip(found["unit"], found["people"], strict=True))


@pytest.mark.parametrize("counts", [(3, 30), (58, 20)])
def test_few_with_or_without_are_hidden(people: Callable, counts: tuple[int, int]) -> None:
    """Three people with facts, or two without, in one of two branches: neither count is given, nor anything that gives it back."""
    found = branch_comparison(people(branch_rows({"A-1": (60, counts[0]), "A-2": (60, counts[1])})).store)
    assert found[["count", "share", *LIMIT_COLUMNS, *RATIO_COLUMNS]].isna().all(axis=None)
    assert (found["state"] != "shown").all()


def test_the_rate_of_a_hidden_whole_is_not_given(people: Callable) -> None:
    """One branch is shown, the number with facts in all is not: no limit nor ratio gives its share back."""
    found = branch_comparison(people(branch_rows({"A-1": (16, 1), "A-2": (22, 11), "A-3": (27, 12)})).store)
    shown = found[found["count"].notna()]
    assert [("Aubrac", 22, 11)] == list(zip(shown["unit"], shown["people"], shown["count"], strict=True))
    assert found[["share", *LIMIT_COLUMNS, *RATIO_COLUMNS]].isna().all(axis=None)


def test_nothing_of_a_few_people(people: Callable) -> None:
    """Fewer than eleven people in all: no row."""
    assert branch_comparison(people(branch_rows({"A-1": (10, 5)})).store).empty


def test_threshold_has_a_floor(sample_store) -> None:
    """No threshold under five."""
    with pytest.raises((FilterRefused, DisclosureRefused), match="5"):
        branch_comparison(sample_store, k=4)


def test_never_an_officer(sample_store) -> None:
    """No officer is in what is compared, and the words say what a gap is not."""
    chosen = prepared(sample_store, EVERYBODY)
    for of in Compared:
        assert [] == [x for x in comparison._observed(chosen, of).columns if "officer" in x]
    assert NOT_A_RANKING == "Un écart n’est pas un classement : il appelle une question, pas un jugement."
    assert NOT_A_RANKING in methodology("service-antennes").definition


def test_samples_agree_with_the_curves(sample_store) -> None:
    """The first measure of each person in each branch has the outcome that the following of measures gives it."""
    chosen = prepared(sample_store, EVERYBODY)
    last = horizon(sample_store, chosen.day) - timedelta(days=365)
    spells = read_spells(chosen, origin=Origin.START, clock=WaitClock.CALENDAR)
    kept = comparison._observed(chosen, Compared.NEW_FACTS)
    with_facts = set(spells.loc[(spells["cause"] == 1) & (spells["days"] <= 365), "person_key"])
    assert set(kept.loc[kept["outcome"] == 1, "person_key"]) <= with_facts
    assert last.year == 2021
    assert THRESHOLD < kept["person_key"].nunique()


@pytest.mark.parametrize("of", Compared)
def test_hidden_branches_show_nothing(sample_store, of: Compared) -> None:
    """On the samples, what is not shown is missing in every column that tells of it."""
    found = branch_comparison(sample_store, of=of)
    hidden = found["count"].isna()
    assert found.loc[hidden, ["share", *RATIO_COLUMNS]].isna().all(axis=None)
    names = [x for x in found["unit"] if x != OTHER_BRANCHES]
    assert sorted(names) == names
    counts = found.dropna(subset=["count"])
    assert np.all((counts["count"] >= THRESHOLD) | (counts["count"] == 0))


def test_prior_bands() -> None:
    """Bands of prior convictions are declared."""
    assert ["0", "1", "2-4", "2-4", "5+", "5+"] == [prior_band(x) for x in (0, 1, 2, 4, 5, 80)]
    assert isinstance(pd.Series([prior_band(0)])[0], str)
