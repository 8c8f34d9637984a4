"""Who sees what of caseloads and work lists: an officer their own, a manager their branch, the head of the service branches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from frise_analysis.analysis.registry import QuestionRefused
from frise_analysis.analysis.service.caseload import (
    BALANCE_COLUMNS,
    CASELOAD_COLUMNS,
    ENDING_COLUMNS,
    WAITING_COLUMNS,
    balance_of,
    branch_balance,
    caseload,
    caseload_of,
    ending_of,
    ending_soon,
    waiting_of,
    without_first_interview,
)
from frise_analysis.analysis.service.roles import (
    NO_ROLE,
    VARIABLE,
    Role,
    RoleKind,
    RoleRefused,
    read_role,
    role_for,
    role_of_session,
)
from frise_analysis.analysis.service.selection import FilterRefused

OFFICER, OTHER = Role(RoleKind.OFFICER, officer_id="O-1"), Role(RoleKind.OFFICER, officer_id="O-3")
MANAGER, DIRECTOR = Role(RoleKind.MANAGER, branch_id="B-1"), Role(RoleKind.DIRECTOR)
LISTS = (caseload_of, waiting_of, ending_of)

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

persons
person_id | death_date
A |
B |
C |
D |
E | 2023-12-01
F |

custody_periods
person_id | start_date | end_date
F | 2010-01-01 | 2010-02-01

convictions
conviction_id | person_id | decision_date | void_date | rehabilitation_date
C1 | F | 2022-06-01 | 2023-01-01 |
C2 | F | 2022-06-01 | | 2023-01-01

measures
measure_id | person_id | conviction_id | measure_code | phase | setting | referral_date | first_interview_date | start_date | planned_end_date | end_date | branch_id | officer_id
M1 | A | | SP | post | open | 2023-11-01 | | 2023-11-01 | 2024-03-27 | | B-1 | O-1
M2 | A | | TIG | post | open | 2023-12-17 | | 2023-12-17 | 2024-02-10 | | B-1 | O-1
M3 | B | | SP | post | open | 2023-10-01 | 2023-12-30 | 2023-10-01 | 2024-01-31 | | B-1 | O-2
M4 | C | | SP | post | open | 2023-12-18 | | 2023-12-18 | 2024-03-28 | | B-2 | O-3
M5 | D | | CJ | pre | open | 2023-06-01 | | 2023-06-01 | 2024-01-30 | | | O-1
M6 | D | | SP | post | open | 2023-06-01 | | 2023-06-01 | | 2024-01-31 | B-1 | O-1
M7 | E | | SP | post | open | 2023-06-01 | | 2023-06-01 | 2024-02-01 | | B-1 | O-1
M8 | F | C1 | SP | post | open | 2023-06-01 | | 2023-06-01 | 2024-02-01 | | B-1 | O-1
M9 | F | C2 | SP | post | open | 2023-06-01 | | 2023-06-01 | 2024-02-01 | | B-1 | O-1
M10 | F | | SP | post | open | 2023-06-01 | | 2023-06-01 | 2024-02-01 | | B-2 | O-1
M11 | B | | SP | post | open | 2023-06-01 | | 2024-02-01 | | | B-1 | O-1
"""


@pytest.fixture(scope="module")
def store(people: Callable):
    return people(TABLES).store


def rows(table: pd.DataFrame, *columns: str) -> list[tuple]:
    return list(table[list(columns)].itertuples(index=False, name=None))


def test_an_officer_sees_their_own_people(store) -> None:
    """One row, theirs: running measures, a person once; those of the dead, ended, void or rehabilitated are no longer followed."""
    found = caseload_of(store, role=OFFICER)
    assert CASELOAD_COLUMNS == list(found.columns)
    assert [("O-1", 3, 4)] == rows(found, *CASELOAD_COLUMNS)
    assert [("O-3", 1, 1)] == rows(caseload_of(store, role=OTHER), *CASELOAD_COLUMNS)


def test_a_manager_sees_the_measures_of_their_branch(store) -> None:
    """A row per officer, by identifier; measures elsewhere are not in it; one without branch is of the branch of its officer."""
    assert [("O-1", 2, 3), ("O-2", 1, 1)] == rows(caseload_of(store, role=MANAGER), *CASELOAD_COLUMNS)
    south = Role(RoleKind.MANAGER, branch_id="B-2")
    assert [("O-1", 1, 1), ("O-3", 1, 1)] == rows(caseload_of(store, role=south), *CASELOAD_COLUMNS)


@pytest.mark.parametrize("answer", LISTS)
@pytest.mark.parametrize("role", [DIRECTOR, NO_ROLE], ids=["director", "nobody"])
def test_others_are_refused(store, answer: Callable, role: Role) -> None:
    """Neither the head of the service nor who has no role sees what is about one officer: a sentence, no row."""
    with pytest.raises(RoleRefused, match="seuls cet agent et l’encadrement"):
        answer(store, role=role)


@pytest.mark.parametrize("answer", LISTS)
def test_nobody_sees_the_lists_of_another(store, answer: Callable) -> None:
    """Lists of an officer name that officer alone; those of a manager, no measure of another branch."""
    assert set(answer(store, role=OTHER)["officer_id"]) <= {"O-3"}
    assert set(answer(store, role=OFFICER)["officer_id"]) <= {"O-1"}
    assert "O-3" not in set(answer(store, role=MANAGER)["officer_id"])
    unknown = Role(RoleKind.OFFICER, officer_id="O-9")
    assert answer(store, role=unknown).empty


@pytest.mark.parametrize("role", [OFFICER, MANAGER, NO_ROLE])
def test_balance_is_for_the_head_of_the_service(store, role: Role) -> None:
    """Nobody else compares branches."""
    with pytest.raises(RoleRefused, match="direction"):
        balance_of(store, role=role)


def test_waiting_is_past_the_legal_delay(store) -> None:
    """Referred on 1 November, 45 days: since 16 December. On 17 December: the delay ends on the day itself, not past yet; met or undetermined: not in it."""
    found = waiting_of(store, role=OFFICER)
    assert WAITING_COLUMNS == list(found.columns)
    assert [("F", "M10", date(2023, 7, 16)), ("A", "M1", date(2023, 12, 16))] == rows(found, "person_id", "measure_id", "limit_date")  # fmt: skip
    assert [("A", "M1")] == rows(waiting_of(store, role=MANAGER), "person_id", "measure_id")
    assert {"Condamnés libres : 45 jours (CPP 723-15)"} == set(found["rule"])
    assert waiting_of(store, role=OTHER).empty


def test_an_earlier_day_does_not_know_later_interviews(store) -> None:
    """On 1 December, the interview of 30 December had not been held."""
    found = waiting_of(store, role=MANAGER, as_of=date(2023, 12, 1))
    assert ("B", "M3") in rows(found, "person_id", "measure_id")


def test_ends_are_in_the_order_of_dates(store) -> None:
    """Planned ends from the day to eight weeks later, both included, soonest first; a past planned end is not near."""
    found = ending_of(store, role=MANAGER)
    assert ENDING_COLUMNS == list(found.columns)
    assert [("M3", date(2024, 1, 31)), ("M2", date(2024, 2, 10)), ("M1", date(2024, 3, 27))] == rows(found, "measure_id", "planned_end_date")  # fmt: skip
    assert ["M3"] == ending_of(store, role=MANAGER, weeks=1)["measure_id"].tolist()
    assert [] == ending_of(store, role=OTHER)["measure_id"].tolist()
    assert ["M4"] == ending_of(store, role=OTHER, weeks=9)["measure_id"].tolist()


def test_lists_hold_pseudonyms_and_no_order_but_dates(sample_store) -> None:
    """No name, no number to rank people by; sorted by date."""
    role = Role(RoleKind.MANAGER, branch_id="A-1")
    for table, day in ((waiting_of(sample_store, role=role), "limit_date"), (ending_of(sample_store, role=role), "planned_end_date")):  # fmt: skip
        assert len(table) > 0
        assert table[day].is_monotonic_increasing
        assert not set(table.columns) & {"display_name", "name", "score", "rank"}


@pytest.mark.parametrize("weeks", [0, 105])
def test_weeks_are_bounded(store, weeks: int) -> None:
    """From one week to two years."""
    with pytest.raises(FilterRefused, match="semaines"):
        ending_of(store, role=OFFICER, weeks=weeks)


def test_no_day_after_the_extraction(store) -> None:
    """The store knows nothing after it."""
    with pytest.raises(FilterRefused, match="31 janvier 2024"):
        caseload_of(store, role=OFFICER, as_of=date(2024, 2, 1))


def test_balance_hides_small_branches_and_means_of_few_officers(sample_store) -> None:
    """By name, the total last; no number under eleven; a mean only of three officers or more."""
    found = balance_of(sample_store, role=DIRECTOR)
    assert BALANCE_COLUMNS == list(found.columns)
    assert "Ensemble" == found["label"].iloc[-1]
    assert sorted(found["label"].iloc[:-1]) == found["label"].iloc[:-1].tolist()
    assert found["people"].isna().equals(found["state"] != "shown")
    assert (found["people"].dropna() >= 11).all()
    assert found["people_per_officer"].notna().any()


MANY = "measures\nperson_id | start_date | branch_id | officer_id\n" + "\n".join(
    f"{branch}{n} | 2023-01-01 | {branch} | {branch}-{n % officers}"
    for branch, officers in (("X", 2), ("Y", 3))
    for n in range(30)
)


def test_mean_of_two_officers_is_not_given(people: Callable) -> None:
    """Thirty people over two officers: no mean, each would know the other's; over three: ten each."""
    found = balance_of(people(MANY).store, role=DIRECTOR).set_index("category")["people_per_officer"]
    assert pd.isna(found["X"])
    assert found["Y"] == 10


SMALL = MANY + "".join(f"\nZ{n} | 2023-01-01 | Z | Z-{n % 4}" for n in range(7))


def test_small_branch_is_hidden_with_its_mean(people: Callable) -> None:
    """Seven people over four officers: neither the people nor the mean, and no other branch left to subtract from the total."""
    found = balance_of(people(SMALL).store, role=DIRECTOR).set_index("category")
    assert found.loc["Z", ["people", "people_per_officer"]].isna().all()
    assert "moins de 11" == found.loc["Z", "text"]
    assert 67 == found.loc["Ensemble", "people"]
    assert found.loc[found["people"].isna(), "people_per_officer"].isna().all()
    assert found.loc[["X", "Y"], "people"].isna().any()


def test_balance_is_of_a_published_day(sample_store) -> None:
    """Two days next to each other would tell of who came: the end of a month, or the extraction."""
    with pytest.raises(FilterRefused, match="dernier jour d’un mois"):
        balance_of(sample_store, role=DIRECTOR, as_of=date(2024, 5, 12))


# --- Roles ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cpip:O-1", OFFICER),
        (" cpip : O-1 ", OFFICER),
        ("encadrement:B-1", MANAGER),
        ("direction", DIRECTOR),
        ("", NO_ROLE),
        ("  ", NO_ROLE),
    ],
)
def test_role_is_read_from_the_session(text: str, expected: Role) -> None:
    """The three roles, and none."""
    assert expected == role_of_session({VARIABLE: text})


def test_no_variable_is_no_role() -> None:
    """A session that says nothing has no role."""
    assert NO_ROLE == role_of_session({})


@pytest.mark.parametrize(
    "text", ["cpip", "cpip:", "encadrement:", "direction:B-1", "dfspip", "CPIP:O-1", "cpip:O\n1", "cpip:" + "x" * 200]
)
def test_a_role_that_cannot_be_is_refused(text: str) -> None:
    """A sentence that says the roles, never what was written; nothing is guessed."""
    with pytest.raises(RoleRefused, match="Rôles possibles") as refused:
        read_role(text)
    assert "xxx" not in str(refused.value)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": RoleKind.OFFICER},
        {"kind": RoleKind.MANAGER},
        {"kind": RoleKind.OFFICER, "officer_id": ""},
        {"kind": RoleKind.OFFICER, "branch_id": "B-1"},
        {"kind": RoleKind.MANAGER, "branch_id": "B-1", "officer_id": "O-1"},
        {"kind": RoleKind.DIRECTOR, "branch_id": "B-1"},
        {"officer_id": "O-1"},
    ],
)
def test_an_incomplete_role_cannot_be_made(values: dict) -> None:
    """An officer without identifier would see everybody."""
    with pytest.raises(RoleRefused, match="incomplet"):
        Role(**values)


def test_a_demonstration_chooses_its_role(store) -> None:
    """On fictional people, without a role of the session, one may be chosen."""
    assert OFFICER == role_for(store, environ={}, chosen="cpip:O-1")
    assert NO_ROLE == role_for(store, environ={})


def test_the_role_of_the_session_cannot_be_changed(store) -> None:
    """A session of an officer stays theirs, whatever is chosen; choosing one's own changes nothing."""
    session = {VARIABLE: "cpip:O-1"}
    assert OFFICER == role_for(store, environ=session)
    assert OFFICER == role_for(store, environ=session, chosen="cpip:O-1")
    for chosen in ("cpip:O-3", "encadrement:B-1", "direction"):
        with pytest.raises(RoleRefused, match="fixé à l’ouverture"):
            role_for(store, environ=session, chosen=chosen)


def test_real_records_take_no_chosen_role(people: Callable) -> None:
    """On real records only the session says who asks."""
    real = people("persons\nperson_id\nA", fictional=False).store
    with pytest.raises(RoleRefused, match="vraies données"):
        role_for(real, environ={}, chosen="direction")
    assert DIRECTOR == role_for(real, environ={VARIABLE: "direction"})


def test_questions_read_the_session(store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question asks who asks: a role given as an option is no way around that of the session."""
    monkeypatch.delenv(VARIABLE, raising=False)
    assert [("O-1", 3, 4)] == rows(caseload(store, role="cpip:O-1"), *CASELOAD_COLUMNS)
    monkeypatch.setenv(VARIABLE, "cpip:O-3")
    assert [("O-3", 1, 1)] == rows(caseload(store), *CASELOAD_COLUMNS)
    assert without_first_interview(store).empty
    assert ending_soon(store).empty
    for question in (caseload, without_first_interview, ending_soon, branch_balance):
        with pytest.raises(QuestionRefused):
            question(store, role="direction")
    with pytest.raises(RoleRefused):
        branch_balance(store)
