"""How many people have a date near, by rule: no number under eleven, nor two shown numbers that differ by fewer."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.deadlines.dates_by_rule import (
    ANSWER_COLUMNS,
    RULE_COLUMNS,
    WINDOWS,
    nested_states,
    people_by_answer,
    people_by_rule,
)
from frise_analysis.analysis.deadlines.ordinance import ordinance_2020
from frise_analysis.analysis.deadlines.rules import DeadlineBook
from frise_analysis.analysis.deadlines.work_list import dated_rules, deadlines
from frise_analysis.analysis.disclosure import State
from frise_analysis.analysis.registry import QuestionRefused, answer
from frise_analysis.analysis.service.selection import FilterRefused
from frise_analysis.dashboards.service.state import WEEKS

EXTRACTION = date(2024, 12, 31)
SHOWN, SMALL, MORE = State.SHOWN, State.SMALL, State.COMPLEMENTARY


def probation(*weeks: int) -> dict[str, list[dict[str, str]]]:
    """People under probation whose first year ends so many weeks after the extraction."""
    finals = [EXTRACTION + timedelta(weeks=x) - timedelta(days=366) for x in weeks]
    lines = [{"person_id": f"P{n}", "conviction_id": f"C{n}", "decision_date": x.isoformat(), "final_date": x.isoformat()} for n, x in enumerate(finals)]  # fmt: skip
    measures = [{"person_id": f"P{n}", "measure_id": f"M{n}", "conviction_id": f"C{n}", "measure_code": "SP", "start_date": x.isoformat()} for n, x in enumerate(finals)]  # fmt: skip
    return {"convictions": lines, "measures": measures}


def numbers(store, rule: str = "E14") -> list[tuple[object, str]]:
    found = [people_by_rule(store, weeks=x).set_index("rule_id").loc[rule] for x in WINDOWS]
    return [(None if pd.isna(x["people"]) else x["people"], x["text"]) for x in found]


def test_people_of_a_rule_are_counted(people) -> None:
    """Twelve within four weeks, as many more within eight; forty later than six months: each number and each difference is of eleven at least."""
    store = people(probation(*[3] * 12, *[7] * 12, *[40] * 40), EXTRACTION.isoformat()).store
    assert [(12, "12"), (24, "24"), (24, "24"), (24, "24")] == numbers(store)
    assert [(0, "0")] * 4 == numbers(store, "E15")


def test_a_number_near_that_of_a_longer_time_is_hidden(people) -> None:
    """Twelve within four weeks and fifteen within eight: three people between the two; the longest time is shown."""
    store = people(probation(*[3] * 12, *[7] * 3, *[40] * 40), EXTRACTION.isoformat()).store
    assert [(None, "masqué"), (15, "15"), (15, "15"), (15, "15")] == numbers(store)


def test_few_people_are_hidden(people) -> None:
    """Ten people are « moins de 11 », in the rule and in what is left of it."""
    assert [(None, "moins de 11")] * 4 == numbers(people(probation(*[3] * 10, *[40] * 40), EXTRACTION.isoformat()).store)  # fmt: skip
    assert [(None, "masqué")] * 4 == numbers(people(probation(*[3] * 40, *[40] * 10), EXTRACTION.isoformat()).store)


def test_a_person_counts_once_in_a_rule(people) -> None:
    """Twelve people of whom one has two measures are twelve; dates on the day itself and on the last of the weeks are in it, one passed is not."""
    tables = probation(*[4] * 8, *[0] * 4, *[-1] * 20)
    tables["measures"].append({**tables["measures"][0], "measure_id": "again"})
    assert (12, "12") == numbers(people(tables, EXTRACTION.isoformat()).store)[0]


def test_those_of_a_measure_without_date_are_others_too(people) -> None:
    """Twelve people with a date and five whose measure ends before theirs: all but five are not shown, since measures are counted elsewhere."""
    tables = probation(*[3] * 17)
    tables["measures"] = [{**x, "planned_end_date": "2025-01-10" if n < 5 else ""} for n, x in enumerate(tables["measures"])]  # fmt: skip
    assert [(None, "masqué")] * 4 == numbers(people(tables, EXTRACTION.isoformat()).store)


def test_every_rule_has_its_row(sample_store) -> None:
    """The rules that give a date that day, in their order; numbers are those of the list, where they are shown."""
    found = people_by_rule(sample_store, weeks=26)
    assert RULE_COLUMNS == list(found.columns)
    assert [x.id for x in dated_rules(DeadlineBook(sample_store.info.extraction_date))] == list(found["rule_id"])
    counted = deadlines(sample_store, weeks=26, passed=False).groupby("rule_id")["person_key"].nunique()
    shown = found[found["people"].notna()].set_index("rule_id")["people"]
    assert len(shown) > 2
    assert {x: counted.get(x, 0) for x in shown.index} == shown.to_dict()
    assert (found["people"].isna() == (found["state"] != SHOWN)).all()


@pytest.mark.parametrize(
    ("counts", "whole", "expected"),
    [
        ([0, 0, 0, 0], 0, [SHOWN] * 4),
        ([0, 0, 0, 0], 5, [MORE] * 4),
        ([12, 15, 30, 60], 100, [MORE, SHOWN, SHOWN, SHOWN]),
        ([12, 40, 45, 50], 100, [SHOWN, MORE, MORE, SHOWN]),
        ([10, 11, 21, 32], 43, [SMALL, MORE, SHOWN, SHOWN]),
        ([10, 11, 22, 33], 43, [SMALL, SHOWN, SHOWN, MORE]),
        ([20, 20, 20, 20], 20, [SHOWN] * 4),
    ],
)
def test_what_is_shown_of_nested_numbers(counts: list[int], whole: int, expected: list[State]) -> None:
    """From the longest time to the shortest, one too near the last one shown is hidden, or too near everybody concerned."""
    assert expected == nested_states(counts, whole)


@given(st.lists(st.integers(0, 40), min_size=5, max_size=5), st.integers(5, 15))
def test_no_difference_tells_of_a_few(steps: list[int], k: int) -> None:
    """Whatever the numbers: one shown, or the difference of two shown, or what is left of everybody, is nobody or ``k`` people at least."""
    reached = [sum(steps[: n + 1]) for n in range(5)]
    *counts, whole = reached
    shown = [n for n, x in zip(counts, nested_states(counts, whole, k=k), strict=True) if x is SHOWN]
    told = [*shown, *(b - a for a in shown for b in shown if b > a), *(whole - n for n in shown)]
    assert [] == [x for x in told if 0 < x < k]


def test_weeks_are_those_of_the_screen(sample_store) -> None:
    """Other weeks would tell of single weeks: they are refused, and the screen offers no other."""
    assert WEEKS == WINDOWS
    with pytest.raises(QuestionRefused, match="4, 8, 13, 26"):
        people_by_rule(sample_store, weeks=5)


def test_the_day_is_one_that_is_published(sample_store) -> None:
    """The end of a month, or the extraction."""
    assert len(people_by_rule(sample_store, as_of=date(2024, 8, 31))) > 10
    with pytest.raises(FilterRefused, match="dernier jour d’un mois"):
        people_by_rule(sample_store, as_of=date(2024, 8, 30))


def test_numbers_are_asked_by_name(sample_store) -> None:
    """By the command line, whoever asks: they are published."""
    pd.testing.assert_frame_equal(people_by_rule(sample_store, weeks=13), answer(sample_store, "echeances-par-regle", options={"weeks": "13"}))  # fmt: skip
    pd.testing.assert_frame_equal(people_by_answer(sample_store), answer(sample_store, "ordonnance-covid-nombres"))


def prison(**lengths: int) -> dict[str, list[dict[str, str]]]:
    """So many people in prison since January 2020 for each sentence, in days."""
    days = [int(x.removeprefix("d")) for x, n in lengths.items() for _ in range(n)]
    lines = [{"person_id": f"P{n}", "conviction_id": f"C{n}", "decision_date": "2020-01-10", "final_date": "2020-01-10"} for n in range(len(days))]  # fmt: skip
    sentences = [{"conviction_id": f"C{n}", "sentence_code": "emprisonnement", "firm_days": str(x)} for n, x in enumerate(days)]  # fmt: skip
    stays = [{"person_id": f"P{n}", "start_date": "2020-01-15", "end_date": "", "regime": "detention"} for n in range(len(days))]  # fmt: skip
    return {"convictions": lines, "sentences": sentences, "custody_periods": stays}


def test_people_of_an_article_are_counted(people) -> None:
    """Sixty people with years left, thirty with weeks left: each article has them all, by answer."""
    store = people(prison(d1800=60, d90=30), "2020-12-31").store
    found = people_by_answer(store)
    assert ANSWER_COLUMNS == list(found.columns)
    got = {(r, a): n for r, a, n in found[["rule_id", "answer", "people"]].itertuples(index=False) if n}
    every = ordinance_2020(store).groupby(["rule_id", "answer"]).size()
    assert every.to_dict() == got
    assert {"O27": 90, "O28": 90, "O29": 90} == found.groupby("rule_id")["people"].sum().to_dict()


def test_few_people_of_an_article_are_hidden(people) -> None:
    """Three of sixty-three with weeks left: neither the three nor the sixty, under any article."""
    found = people_by_answer(people(prison(d1800=60, d90=3), "2020-12-31").store)
    texts = {(r, a): t for r, a, t in found[["rule_id", "answer", "text"]].itertuples(index=False)}
    for rule in ("O28", "O29"):
        assert "60" not in {texts[rule, x] for x in ("met", "not_met")}
        assert not {"1", "2", "3"} & {text for (r, _), text in texts.items() if r == rule}


def test_nobody_in_prison_is_no_row(people) -> None:
    """Without anybody in prison that day there is nothing to publish, and no rule has anybody."""
    store = people("persons\nperson_id\nP1").store
    assert people_by_answer(store).empty
    assert {"0"} == set(people_by_rule(store)["text"])
