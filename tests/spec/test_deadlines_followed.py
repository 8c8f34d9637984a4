"""Who sees a list of dates: an officer the people they follow that day, a manager those of their branch, nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from frise_analysis.analysis.deadlines.followed import (
    followed_deadlines,
    followed_deadlines_of,
    followed_keys,
    followed_ordinance,
    followed_ordinance_of,
)
from frise_analysis.analysis.deadlines.ordinance import ordinance_2020
from frise_analysis.analysis.deadlines.work_list import DatesAsked, deadlines
from frise_analysis.analysis.registry import QuestionRefused, answer
from frise_analysis.analysis.service.caseload import waiting_of
from frise_analysis.analysis.service.roles import NO_ROLE, VARIABLE, Role, RoleKind, RoleRefused

OFFICER, OTHER = Role(RoleKind.OFFICER, officer_id="O-1"), Role(RoleKind.OFFICER, officer_id="O-3")
MANAGER, DIRECTOR = Role(RoleKind.MANAGER, branch_id="B-1"), Role(RoleKind.DIRECTOR)
LISTS = (
    lambda store, role: followed_deadlines_of(store, role=role, asked=DatesAsked()),
    lambda store, role: followed_ordinance_of(store, role=role),
)

TABLES = """
branches
branch_id | name
B-1 | Nord
B-2 | Sud

officers
officer_id | display_name | branch_id
O-1 | Un | B-1
O-2 | Deux | B-1
O-3 | Trois | B-2

convictions
conviction_id | person_id | decision_date | final_date | void_date
C1 | mine       | 2024-01-10 | 2024-01-10 |
C2 | colleague  | 2024-01-11 | 2024-01-11 |
C3 | elsewhere  | 2024-01-12 | 2024-01-12 |
C4 | gone       | 2024-01-13 | 2024-01-13 |
C5 | void       | 2024-01-14 | 2024-01-14 |
C6 | void       | 2022-01-14 | 2022-01-14 | 2024-06-01
C7 | both       | 2024-01-15 | 2024-01-15 |
C8 | both       | 2020-01-10 | 2020-01-10 |
C9 | inside     | 2020-01-10 | 2020-01-10 |

sentences
conviction_id | sentence_code | firm_days
C8 | emprisonnement | 365
C9 | emprisonnement | 365

custody_periods
person_id | start_date | end_date | regime
both      | 2020-01-15 | 2020-12-01 | detention
inside    | 2020-01-15 | 2020-12-01 | detention

measures
measure_id | person_id | conviction_id | measure_code | start_date | end_date | branch_id | officer_id
M1 | mine      | C1 | SP  | 2024-02-01 | | B-1 | O-1
M2 | colleague | C2 | SP  | 2024-02-01 | | B-1 | O-2
M3 | elsewhere | C3 | SP  | 2024-02-01 | | B-2 | O-3
M4 | gone      | C4 | SP  | 2024-02-01 | | B-2 | O-3
M5 | gone      |    | TIG | 2023-01-01 | 2024-12-31 | B-1 | O-1
M6 | void      | C5 | SP  | 2024-02-01 | | B-2 | O-3
M7 | void      | C6 | TIG | 2022-02-01 | | B-1 | O-1
M8 | both      | C7 | SP  | 2024-02-01 | | B-2 | O-3
M9 | both      |    | TIG | 2020-02-01 | | | O-1
M10 | inside   |    | SME | 2020-02-01 | | B-2 | O-3
"""


@pytest.fixture(scope="module")
def store(people: Callable):
    return people(TABLES, "2024-12-31").store


def who(table: pd.DataFrame) -> set[str]:
    return set(table["person_id"])


def test_everybody_has_a_date(store) -> None:
    """What follows is about who sees: each of the six has a date, eight weeks ahead."""
    found = deadlines(store)
    assert {"mine", "colleague", "elsewhere", "gone", "void", "both"} == who(found[found["rule_id"] == "E14"])


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (OFFICER, {"mine", "both"}),
        (OTHER, {"elsewhere", "gone", "void", "both"}),
        (MANAGER, {"mine", "colleague", "both"}),
        (Role(RoleKind.MANAGER, branch_id="B-2"), {"elsewhere", "gone", "void", "both"}),
        (Role(RoleKind.OFFICER, officer_id="O-9"), set()),
    ],
    ids=["officer", "other", "manager", "other branch", "unknown"],
)
def test_dates_are_of_the_people_followed(store, role: Role, expected: set[str]) -> None:
    """Their running measures say who: one that ended that day, or of a void line, follows nobody; a measure without branch is of that of its officer."""
    assert expected == who(followed_deadlines_of(store, role=role, asked=DatesAsked()))


def test_dates_of_a_person_are_the_same_for_all(store) -> None:
    """Whoever follows somebody sees the rows that the list of the whole service holds of them."""
    every = deadlines(store, weeks=26)
    seen = followed_deadlines_of(store, role=OFFICER, asked=DatesAsked(weeks=26))
    expected = every[every["person_id"].isin({"mine", "both"})].reset_index(drop=True)
    pd.testing.assert_frame_equal(expected, seen)


def test_the_day_says_who_is_followed(store) -> None:
    """The day before the end of the measure, its officer still followed that person."""
    assert "gone" in who(followed_deadlines_of(store, role=OFFICER, asked=DatesAsked(as_of=date(2024, 12, 30))))


def test_people_followed_are_those_of_the_caseload(sample_store) -> None:
    """The list of dates and those of « Charge » are of the same people."""
    role = Role(RoleKind.MANAGER, branch_id="A-1")
    day = sample_store.info.extraction_date
    keys = set(followed_keys(sample_store, role=role, day=day))
    found = followed_deadlines_of(sample_store, role=role, asked=DatesAsked(weeks=26))
    assert 0 < found["person_key"].nunique() <= len(keys)
    assert set(found["person_key"]) <= keys
    rows = sample_store.rows("service_caseload_work", officer_id=None, branch_id="A-1", as_of=day)
    assert who(waiting_of(sample_store, role=role)) <= {x["person_id"] for x in rows}
    assert {x["person_key"] for x in rows} == keys


@pytest.mark.parametrize("ask", LISTS, ids=["dates", "ordinance"])
@pytest.mark.parametrize("role", [DIRECTOR, NO_ROLE], ids=["director", "nobody"])
def test_others_see_no_row(store, ask: Callable, role: Role) -> None:
    """Neither the head of the service nor who has no role: a sentence that says who sees the list."""
    with pytest.raises(RoleRefused, match="chaque agent y voit celles qu’il suit"):
        ask(store, role)


@pytest.mark.parametrize(("role", "expected"), [(OFFICER, {"both"}), (MANAGER, {"both"}), (OTHER, {"inside"})])
def test_the_past_is_of_the_people_followed_then(store, role: Role, expected: set[str]) -> None:
    """On 27 March 2020, those in prison whom the role followed that day: a measure begun later says nothing."""
    assert {"both", "inside"} == who(ordinance_2020(store))
    assert expected == who(followed_ordinance_of(store, role=role))


def test_questions_ask_who_asks(store, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the command line too: without role no list, with one that of the role; that of the session cannot be changed."""
    monkeypatch.delenv(VARIABLE, raising=False)
    for name in ("echeances", "ordonnance-covid"):
        with pytest.raises(QuestionRefused, match="Ouvrez la session avec ce rôle"):
            answer(store, name)
    assert {"mine", "both"} == who(answer(store, "echeances", options={"role": "cpip:O-1", "passed": "non"}))
    assert {"both"} == who(answer(store, "ordonnance-covid", options={"role": "encadrement:B-1"}))
    monkeypatch.setenv(VARIABLE, "cpip:O-3")
    assert who(followed_deadlines(store)) == {"elsewhere", "gone", "void", "both"}
    for question in (followed_deadlines, followed_ordinance):
        with pytest.raises(RoleRefused, match="fixé à l’ouverture"):
            question(store, role="cpip:O-1")
    monkeypatch.setenv(VARIABLE, "chef")
    with pytest.raises(RoleRefused, match="Rôles possibles"):
        followed_deadlines(store)


def test_what_one_person_is_told_needs_no_role(store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question about one person’s own record is asked by whoever opens that record."""
    monkeypatch.delenv(VARIABLE, raising=False)
    assert "E14" in set(answer(store, "echeances-personne", person_id="elsewhere")["rule_id"])
