"""Whom a service follows on a day, who came and who left: counted again in plain Python, and edge rules as small tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.service import (
    PERIODS,
    AgeBand,
    Breakdown,
    FilterRefused,
    ServiceFilters,
    followed_people,
    headline,
    people_keys,
    sentence,
)
from frise_analysis.analysis.service.breakdowns import NOT_SAID, category_labels
from frise_analysis.analysis.service.flow_tables import read_flows
from frise_analysis.analysis.service.overlapping import Overlap, publish_covering, publish_separate
from frise_analysis.analysis.service.prepared import prepared
from frise_analysis.analysis.service.selection import WORDS, months_before
from frise_analysis.dates import whole_years
from frise_analysis.vocabulary import (
    BreachKind,
    MeasureCode,
    MeasureOutcome,
    MeasurePhase,
    MeasureSetting,
    ObligationCode,
    OffenceFamily,
    Sex,
)

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
DAY = date(2024, 9, 30)
K = 11


# --- The samples, read with the csv module and counted again -------------------------------------------------------------------


@dataclass(frozen=True)
class Measure:
    person: str
    row: dict[str, str]
    start: date
    end: date | None
    sex: str
    age: str
    family: str
    obligations: tuple[tuple[str, date | None, date | None], ...]

    def runs(self, day: date) -> bool:
        return self.start <= day and (self.end is None or self.end > day)


def table(name: str) -> list[dict[str, str]]:
    with (SAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day_of(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def band(age: int) -> str:
    limits = [(18, "mineurs"), (21, "18-20"), (25, "21-24"), (30, "25-29"), (40, "30-39"), (50, "40-49"), (60, "50-59")]
    return next((name for limit, name in limits if age < limit), "60-plus")


def known(day: date | None, at: date) -> date | None:
    return day if day is not None and day <= at else None


def counted_measures(at: date) -> list[Measure]:
    persons = {x["person_id"]: x for x in table("persons")}
    hidden = {x["conviction_id"] for x in table("convictions") if known(day_of(x["rehabilitation_date"]), DAY)}
    obligations: dict[str, list[tuple[str, date | None, date | None]]] = {}
    for x in table("obligations"):
        spans = obligations.setdefault(x["measure_id"], [])
        spans.append((x["obligation_code"], day_of(x["start_date"]), day_of(x["end_date"])))
    found = []
    for row in table("measures"):
        person = persons[row["person_id"]]
        start, death = date.fromisoformat(row["start_date"]), day_of(person["death_date"])
        if death is not None and death < start:
            continue
        ends = [x for x in (known(day_of(row["end_date"]), at), known(death, at)) if x]
        birth = day_of(person["birth_date"]) or (
            date(int(person["birth_year"]), 7, 1) if person["birth_year"] else None
        )
        age = "inconnu" if birth is None else band(whole_years(birth, start))
        family = "" if row["conviction_id"] in hidden else row["conviction_id"]
        found.append(Measure(row["person_id"], row, start, min(ends, default=None), person["sex"] or "X", age, family, tuple(obligations.get(row["measure_id"], ()))))  # fmt: skip
    return found


CATEGORIES = {
    Breakdown.BRANCH: lambda m: m.row["branch_id"],
    Breakdown.MEASURE: lambda m: m.row["measure_code"],
    Breakdown.SETTING: lambda m: m.row["setting"],
    Breakdown.PHASE: lambda m: m.row["phase"],
    Breakdown.SEX: lambda m: m.sex,
    Breakdown.AGE: lambda m: m.age,
}


@pytest.mark.parametrize("day", [DAY, date(2023, 9, 30), date(2021, 3, 31)])
@pytest.mark.parametrize("by", CATEGORIES)
def test_people_followed_are_those_counted_by_hand(sample_store, by: Breakdown, day: date) -> None:
    """Rows, total and people in several rows, before anything is hidden, are those of the files of the samples."""
    members: dict[str, set[str]] = {}
    for m in counted_measures(DAY):
        if m.runs(day):
            members.setdefault(CATEGORIES[by](m), set()).add(m.person)
    everybody = [x for people in members.values() for x in people]
    rows = prepared(sample_store, ServiceFilters()).rows("service_followed", day=day, by=by.value)
    assert {x: len(people) for x, people in members.items()} == dict(zip(rows["category"], rows["people"], strict=True))
    shared = sum(everybody.count(x) > 1 for x in set(everybody))
    assert [(len(set(everybody)), shared)] == list({*zip(rows["total"], rows["shared"], strict=True)})


def test_people_under_an_obligation_are_those_counted_by_hand(sample_store) -> None:
    """An obligation counts while it and its measure run."""
    members: dict[str, set[str]] = {}
    for m in counted_measures(DAY):
        for code, start, end in m.obligations:
            if m.runs(DAY) and (start is None or start <= DAY) and (end is None or end > DAY):
                members.setdefault(code, set()).add(m.person)
    rows = prepared(sample_store, ServiceFilters()).rows("service_followed_obligations", day=DAY)
    found = dict(zip(rows["category"], rows["people"], strict=True))
    assert {x: len(people) for x, people in members.items()} == {x: n for x, n in found.items() if n}


def test_family_is_that_of_the_gravest_offence(sample_store) -> None:
    """Nature first, then the sentence provided for, then the first listed; none without conviction or where it is rehabilitated."""
    gravest: dict[str, tuple[object, ...]] = {}
    rank = {"crime": 0, "delit": 1, "contravention": 2}
    columns = "conviction_id, resolved_nature, resolved_max_years, resolved_family"
    for place, (conviction, nature, years, family) in enumerate(sample_store._connection.execute(f"select {columns} from offences order by rowid").fetchall()):  # fmt: skip
        key = (rank.get(nature, 3), -round(years or 0), place, family)
        gravest[conviction] = min(gravest.get(conviction, key), key)
    expected = {
        m.row["measure_id"]: gravest[m.family][-1] if m.family in gravest else None for m in counted_measures(DAY)
    }
    prepared(sample_store, ServiceFilters())
    found = sample_store._connection.execute(
        "select m.measure_id, s.family from selected_measures s join service_measures m using (measure_key)"
    ).fetchall()
    assert expected == dict(found)


def test_prior_convictions_are_those_decided_before_the_start(sample_store) -> None:
    """Those void or rehabilitated on the day are left out."""
    decided: dict[str, list[date]] = {}
    for x in table("convictions"):
        if not known(day_of(x["void_date"]), DAY) and not known(day_of(x["rehabilitation_date"]), DAY):
            decided.setdefault(x["person_id"], []).append(date.fromisoformat(x["decision_date"]))
    expected = {m.row["measure_id"]: sum(x < m.start for x in decided.get(m.person, [])) for m in counted_measures(DAY)}
    prepared(sample_store, ServiceFilters())
    found = sample_store._connection.execute(
        "select m.measure_id, s.prior_convictions from selected_measures s join service_measures m using (measure_key)"
    )
    assert expected == dict(found.fetchall())


def followed_on(measures: list[Measure], day: date) -> set[str]:
    return {m.person for m in measures if m.runs(day)}


@pytest.mark.parametrize("query", ["", "antenne=A-2", "mesure=SP", "milieu=closed&sexe=M"])
def test_moves_are_those_counted_by_hand(sample_store, query: str) -> None:
    """Who is followed at both ends of each month, who came, left or passed, and the days lived under a measure."""
    filters = ServiceFilters(query)
    days = [months_before(DAY, n) for n in range(12, -1, -1)]
    kept = [m for m in counted_measures(DAY) if _kept(m, filters)]
    rows = read_flows(prepared(sample_store, filters), days)
    names = ["people_before", "people_after", "came", "gone", "passed", "person_days"]
    assert [_moves(kept, *ends) for ends in pairwise(days)] == rows[names].astype(int).to_numpy().tolist()  # fmt: skip


def _kept(m: Measure, filters: ServiceFilters) -> bool:
    wanted = [(filters.branch_id, m.row["branch_id"]), (filters.measure_code, m.row["measure_code"]), (filters.setting, m.row["setting"]), (filters.sex, m.sex)]  # fmt: skip
    return all(chosen is None or str(chosen) == value for chosen, value in wanted)


def _moves(measures: list[Measure], after: date, until: date) -> list[int]:
    before, later = followed_on(measures, after), followed_on(measures, until)
    days = [date.fromordinal(n) for n in range(after.toordinal() + 1, until.toordinal() + 1)]
    each = [followed_on(measures, day) for day in days]
    seen = set().union(*each)
    return [len(before), len(later), len(later - before), len(before - later), len(seen - before - later), sum(map(len, each))]  # fmt: skip


# --- Edge rules -----------------------------------------------------------------------------------------------------------------

EDGES = """
persons
person_id | death_date
P1        |
P2        |
P3        |
P4        |
P5        | 2024-01-10
P6        | 2024-01-31

measures
measure_id | person_id | measure_code | branch_id | start_date | end_date   | outcome
M1         | P1        | SP           | A         | 2024-01-31 |            |
M2         | P2        | SP           | A         | 2023-06-01 | 2024-01-31 | accomplie
M3         | P3        | SP           | A         | 2020-01-01 |            |
M4         | P4        | SP           | A         | 2023-01-01 | 2023-11-15 | dessaisissement
M5         | P4        | SP           | B         | 2023-11-15 |            |
M6         | P4        | TIG          | B         | 2023-12-01 |            |
M7         | P5        | CJ           | A         | 2023-05-01 |            |
M8         | P6        | CJ           | A         | 2023-05-01 | 2024-01-31 | accomplie
M9         | P1        | STAGE        | A         | 2023-12-24 | 2023-12-24 | accomplie

branches
branch_id | name
A         | Antenne de Montorge
B         | Siège de Valclair
"""


@pytest.fixture
def edges(people) -> object:
    return people(EDGES).store


def selected(store, filters: str = "") -> dict[str, tuple[object, ...]]:
    prepared(store, ServiceFilters(filters))
    rows = store._connection.execute(
        "select m.measure_id, s.end_date, s.outcome from selected_measures s join service_measures m using (measure_key)"
    ).fetchall()
    return {measure: tuple(rest) for measure, *rest in rows}


def followed_raw(store, by: str, day: date, filters: str = "") -> dict[str, int]:
    rows = prepared(store, ServiceFilters(filters)).rows("service_followed", day=day, by=by)
    return dict(zip(rows["category"], rows["people"], strict=True))


def test_a_measure_is_followed_from_its_first_day_and_not_on_its_last(edges) -> None:
    """Begun on the day: followed. Ended on the day: not. Never ended: followed. Two at once: in two rows."""
    assert {"SP": 3, "TIG": 1} == followed_raw(edges, "measure", date(2024, 1, 31))


def test_death_ends_every_measure(edges) -> None:
    """Whoever died is not followed from that day; an end recorded the same day keeps its outcome."""
    found = selected(edges)
    assert (date(2024, 1, 10), "deces") == found["M7"]
    assert (date(2024, 1, 31), "accomplie") == found["M8"]


def test_what_is_not_known_yet_is_not_told(edges) -> None:
    """Read a past day, a measure that ends later runs, and has no outcome."""
    assert (None, None) == selected(edges, "au=2023-10-31")["M4"]
    assert (date(2023, 11, 15), "dessaisissement") == selected(edges)["M4"]


def test_a_transfer_is_a_move_only_seen_from_a_branch(edges) -> None:
    """A person who goes from one branch to the other the same day neither comes nor leaves for the service."""
    days = [date(2023, 10, 31), date(2023, 11, 30)]

    def moves(query: str) -> list[int]:
        rows = read_flows(prepared(edges, ServiceFilters(query)), days)
        return rows[["came", "gone", "passed", "returned"]].iloc[0].astype(int).tolist()

    assert [[0, 0, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0]] == [moves(""), moves("antenne=A"), moves("antenne=B")]


def test_a_measure_of_no_day_follows_nobody(edges) -> None:
    """Begun and ended the same day: no day, no move."""
    rows = read_flows(prepared(edges, ServiceFilters()), [date(2023, 11, 30), date(2023, 12, 31)])
    assert [0, 0, 0] == rows[["came", "gone", "passed"]].iloc[0].astype(int).tolist()


def test_somebody_who_comes_and_leaves_within_the_month_passes(people) -> None:
    """Followed neither at its beginning nor at its end: an entry and an exit; who comes back is neither."""
    store = people(
        """
measures
person_id | start_date | end_date
P1        | 2023-12-05 | 2023-12-20
P2        | 2023-01-01 | 2023-12-10
P2        | 2023-12-20 |
"""
    ).store
    row = read_flows(prepared(store, ServiceFilters()), [date(2023, 11, 30), date(2023, 12, 31)]).iloc[0]
    assert [0, 0, 1, 1] == [int(row[x]) for x in ("came", "gone", "passed", "returned")]
    assert 15 + 9 + 12 == row["person_days"]


@pytest.mark.parametrize(
    ("born", "expected"),
    [("2005-12-25", "mineurs"), ("2005-12-24", "18-20"), ("1963-12-25", "50-59"), ("1963-12-24", "60-plus"), ("", "inconnu")],
)  # fmt: skip
def test_age_is_that_of_the_first_day(people, born: str, expected: str) -> None:
    """A birthday on the day of start counts."""
    tables = {"persons": [{"person_id": "P1", "birth_date": born}], "measures": [{"person_id": "P1", "start_date": "2023-12-24"}]}  # fmt: skip
    assert {expected: 1} == followed_raw(people(tables).store, "age", date(2023, 12, 31))


def test_no_service_question_reads_an_officer_or_a_name() -> None:
    """Figures are of a service: neither a name of a person nor an officer is in any of its SQL, the caseload of a role aside."""
    sql = Path(__file__).parents[2] / "frise_analysis" / "store" / "sql"
    files = [*(sql / "queries").glob("service_*.sql"), *(sql / "prepare").glob("*.sql")]
    assert [] == [
        x.name
        for x in files
        if any(word in x.read_text(encoding="utf-8") for word in ("officer", "display_name"))
        and not x.name.startswith("service_caseload")
    ]
    assert not any("display_name" in x.read_text(encoding="utf-8") for x in files)


def test_codes_of_the_derived_tables_are_those_of_the_vocabulary(edges) -> None:
    """A code added to the vocabulary is added to the enumerations that keep millions of measures in a few bytes each."""
    kinds = dict(edges._connection.execute("select type_name, labels from duckdb_types() where logical_type = 'ENUM'").fetchall())  # fmt: skip
    expected = {
        "measure_code": [*MeasureCode, ""], "measure_phase": MeasurePhase, "measure_setting": MeasureSetting, "measure_outcome": MeasureOutcome,
        "sex": Sex, "age_band": AgeBand, "offence_family": OffenceFamily, "obligation_code": [*ObligationCode, ""], "breach_kind": [*BreachKind, ""],
    }  # fmt: skip
    assert {name: [str(x) for x in codes] for name, codes in expected.items()} == {x: kinds[x] for x in expected}


UNKNOWN = """
persons
person_id | sex
P1        | ZZ
P2        | F

measures
measure_id | person_id | measure_code | phase | setting | branch_id | start_date | end_date   | outcome
M1         | P1        | ZZ           | ZZ    | ZZ      | A         | 2023-05-01 |            |
M2         | P2        | SP           | post  | open    | A         | 2023-05-01 | 2023-12-01 | ZZ

obligations
measure_id | obligation_code
M1         | ZZ

breaches
breach_id | person_id | measure_id | breach_date | kind
B1        | P1        | M1         | 2023-12-02  | ZZ
"""


@pytest.mark.parametrize("by", Breakdown)
def test_a_code_that_the_vocabulary_does_not_know_counts_as_not_said(people, by: Breakdown) -> None:
    """The load keeps such a code and warns of it: the person is still followed, under « Non précisé » or the sex that is not said."""
    store = people(UNKNOWN).store
    expected = {
        Breakdown.BRANCH: {"A": 1},
        Breakdown.SEX: {"X": 1},
        Breakdown.AGE: {"inconnu": 1},
        Breakdown.OBLIGATION: {"": 1},
    }
    name, asked = (
        ("service_followed_obligations", {}) if by is Breakdown.OBLIGATION else ("service_followed", {"by": by.value})
    )
    rows = prepared(store, ServiceFilters()).rows(name, day=date(2024, 1, 31), **asked)
    assert expected.get(by, {"": 1}) == dict(zip(rows["category"], rows["people"], strict=True))
    assert NOT_SAID == category_labels(store, by)[""]


def test_an_outcome_that_the_vocabulary_does_not_know_is_another_one(people) -> None:
    """The measure did end; its breaches of unknown kind are counted too."""
    store = people(UNKNOWN).store
    chosen = prepared(store, ServiceFilters())
    assert ["autre"] == chosen.rows("service_outcomes", since=date(2023, 1, 31), day=date(2024, 1, 31))[
        "outcome"
    ].tolist()
    kinds = chosen.rows("service_breaches", since=date(2023, 1, 31), day=date(2024, 1, 31))
    assert [("", 1)] == list(zip(kinds["kind"], kinds["people"], strict=True))


# --- Published figures ----------------------------------------------------------------------------------------------------------

SOME = ["", "antenne=A-3", "mesure=SP", "sexe=F", "milieu=closed", "phase=pre&mois=6", "famille=violences", "obligation=soins", "age=30-39&au=2023-12-31"]  # fmt: skip


@pytest.mark.parametrize("by", Breakdown)
@pytest.mark.parametrize("query", SOME)
def test_nothing_under_the_threshold_is_shown(sample_store, query: str, by: Breakdown) -> None:
    """No number from 1 to 10 stands in a published table, nor a difference."""
    found = followed_people(sample_store, filters=ServiceFilters(query), by=by)
    numbers = pd.concat([found["people"], found["people_before"], found["change"].abs()]).dropna()
    assert [] == [n for n in numbers if 0 < n < K]


@pytest.mark.parametrize("by", Breakdown)
def test_shown_numbers_are_those_counted(sample_store, by: Breakdown) -> None:
    """What is shown is what is counted; the total is of people, each once."""
    found = followed_people(sample_store, by=by).set_index("category")["people"].dropna()
    chosen = prepared(sample_store, ServiceFilters())
    name = "service_followed_obligations" if by is Breakdown.OBLIGATION else "service_followed"
    rows = chosen.rows(name, day=DAY, **({} if by is Breakdown.OBLIGATION else {"by": by.value}))
    counted = {**dict(zip(rows["category"], rows["people"], strict=True)), TOTAL: rows["total"].iloc[0]}
    assert {x: counted.get(x, 0) for x in found.index} == found.to_dict()
    assert len(followed_on(counted_measures(DAY), DAY)) == found[TOTAL]


@pytest.mark.parametrize("query", SOME)
def test_headline_balances(sample_store, query: str) -> None:
    """Followed = followed a year before + entries - exits, where all are shown; neither is shown under the threshold."""
    found = headline(sample_store, filters=ServiceFilters(query)).set_index("figure")
    stock, came, left = (found.loc[x] for x in ("followed", "came", "left"))
    assert pd.isna(came["people"]) == pd.isna(left["people"])
    if "mois" not in query and not pd.isna(came["people"]):
        assert stock["people"] == stock["people_before"] + came["people"] - left["people"]
    numbers = pd.concat([found[x] for x in ("people", "people_before", "change")]).dropna().abs()
    assert [] == [n for n in numbers if 0 < n < K]
    assert found["definition"].str.endswith(".").all()


def test_a_store_without_measures_is_answered(people) -> None:
    """Nobody is followed: every figure is nought, and no question fails."""
    store = people("persons\nperson_id | sex\nP1 | F").store
    assert [0] * 7 == headline(store)["people"].tolist()
    assert [[0]] * len(Breakdown) == [followed_people(store, by=by)["people"].tolist() for by in Breakdown]


def test_guarded_keys_are_those_of_the_people_shown(sample_store) -> None:
    """The keys to compare two selections by are those behind their figures."""
    keys = people_keys(sample_store, ServiceFilters("mesure=SP"))
    shown = followed_people(sample_store, filters=ServiceFilters("mesure=SP"), by=Breakdown.SEX)
    assert [len(keys["followed"]), len(keys["followed_before"])] == shown[["people", "people_before"]].iloc[-1].tolist()
    assert set(keys["followed"]) <= set(keys["all"])


# --- What a reader can work out -------------------------------------------------------------------------------------------------


def patterns_of(rows: int) -> list[tuple[int, ...]]:
    return [x for x in product((0, 1), repeat=rows) if any(x)]


def groups_a_reader_pins(shown: pd.DataFrame, *, covering: bool) -> list[int]:
    """Numbers of people, from 1 to k - 1, that follow exactly from a published table for some group of rows.

    In a row or not, in both, in one alone, in neither. Every way to spread people over the combinations of rows is tried, in whole numbers.
    """
    rows = shown[shown["category"] != TOTAL].reset_index(drop=True)
    if rows.empty:
        return []
    total = int(shown["people"].iloc[-1])
    patterns = patterns_of(len(rows)) if covering else list(product((0, 1), repeat=len(rows)))
    inside = np.array(patterns).T
    small = (rows["state"] == "hidden_small").to_numpy()
    known = rows["people"].notna().to_numpy()
    numbers = rows["people"].fillna(0).to_numpy(dtype=float)
    low = np.where(known, numbers, np.where(small, 1, K))
    high = np.where(known, numbers, np.where(small, K - 1, total))
    bounds = LinearConstraint(np.vstack([inside, np.ones(len(patterns))]), [*low, total], [*high, total])
    found = []
    for group in groups(inside):
        ends = [_extreme(sign * group, bounds, len(patterns), total) for sign in (1, -1)]
        if ends[0] is not None and ends[0] == -ends[1] and 0 < ends[0] < K:
            found.append(ends[0])
    return found


def groups(inside: np.ndarray) -> Iterator[np.ndarray]:
    rows = range(len(inside))
    for a in rows:
        yield inside[a].astype(float)
        yield 1.0 - inside[a]
        for b in rows:
            if a < b:
                yield (inside[a] * inside[b]).astype(float)
                yield (inside[a] | inside[b]).astype(float)
                yield 1.0 - (inside[a] | inside[b])
            if a != b:
                yield (inside[a] * (1 - inside[b])).astype(float)
    yield (inside.sum(axis=0) > 1).astype(float)


def _extreme(cost: np.ndarray, bounds: LinearConstraint, size: int, total: int) -> int | None:
    found = milp(cost, integrality=np.ones(size), bounds=Bounds(0, total), constraints=bounds)
    return None if found.x is None else round(float(found.fun))


def overlap_of(counts: list[int], patterns: list[tuple[int, ...]]) -> Overlap:
    people = np.array(patterns).T @ np.array(counts)
    rows = pd.DataFrame({"category": [f"r{n}" for n in range(len(people))], "people": people})
    several = sum(n for n, x in zip(counts, patterns, strict=True) if sum(x) > 1)
    return Overlap(rows[rows["people"] > 0], int(sum(counts)), int(several))


@settings(max_examples=30)
@given(st.integers(2, 3).flatmap(lambda m: st.lists(st.sampled_from([0, 0, 1, 3, 5, 9, 12, 30, 200]), min_size=2**m - 1, max_size=2**m - 1)))  # fmt: skip
def test_rows_that_cover_everybody_tell_of_no_small_group(counts: list[int]) -> None:
    """By subtraction from the total of people followed, from one row or several, no group of 1 to 10 people is known exactly."""
    patterns = patterns_of({3: 2, 7: 3}[len(counts)])
    published = publish_covering(overlap_of(counts, patterns), k=K)
    if pd.isna(published["people"].iloc[-1]):
        assert published["people"].isna().all()
        return
    assert [] == groups_a_reader_pins(published, covering=True)


@settings(max_examples=20)
@given(st.lists(st.sampled_from([0, 0, 1, 3, 5, 9, 12, 30, 200]), min_size=8, max_size=8))
def test_rows_of_their_own_tell_of_no_small_group(counts: list[int]) -> None:
    """Obligations: the same where some people are in no row."""
    patterns = list(product((0, 1), repeat=3))
    table = overlap_of(counts, patterns)
    published = publish_separate(table, k=K)
    if pd.isna(published["people"].iloc[-1]):
        assert published["people"].isna().all()
        return
    assert [] == groups_a_reader_pins(published, covering=False)


@settings(max_examples=20)
@given(st.lists(st.sampled_from([0, 0, 2, 5, 9, 12, 30, 200]), min_size=6, max_size=6))
def test_two_tables_of_the_same_people_tell_of_no_small_crossing(counts: list[int]) -> None:
    """By setting and by sex: what both show, and their common total, pins no crossing of 1 to 10 people."""
    patterns = [(*x, sex, 1 - sex) for x in patterns_of(2) for sex in (0, 1)]
    people = np.array(patterns).T @ np.array(counts)
    total, both = int(sum(counts)), counts[-1] + counts[-2]
    tables = [
        publish_covering(Overlap(_rows(people[:2]), total, both), k=K),
        publish_covering(Overlap(_rows(people[2:]), total), k=K),
    ]
    assert tables[0].iloc[-1].tolist() == tables[1].iloc[-1].tolist()
    if pd.isna(tables[0]["people"].iloc[-1]):
        return
    inside = np.array(patterns).T
    limits = [_limits(x, place, total) for x, start in zip(tables, (0, 2), strict=True) for place in _places(x, start)]
    rows = np.vstack([*(inside[place] for place, _, _ in limits), np.ones(len(patterns))])
    bounds = LinearConstraint(rows, [*(low for _, low, _ in limits), total], [*(high for _, _, high in limits), total])
    crossings = [(inside[a] * inside[b]).astype(float) for a in (0, 1) for b in (2, 3)]
    found = [[_extreme(sign * x, bounds, len(patterns), total) for sign in (1, -1)] for x in crossings]
    assert [] == [low for low, high in found if low is not None and low == -high and 0 < low < K]


def _rows(people: np.ndarray) -> pd.DataFrame:
    rows = pd.DataFrame({"category": [f"r{n}" for n in range(len(people))], "people": people})
    return rows[rows["people"] > 0]


def _places(published: pd.DataFrame, start: int) -> list[int]:
    """Where each row of an attribute stands among all; a row without anybody is not written, and says nothing here."""
    return [start + int(x[1:]) for x in published["category"] if x != TOTAL]


def _limits(published: pd.DataFrame, place: int, total: int) -> tuple[int, float, float]:
    row = published[published["category"] == f"r{place % 2}"].iloc[0]
    if not pd.isna(row["people"]):
        return place, float(row["people"]), float(row["people"])
    return (place, 1.0, K - 1.0) if row["state"] == "hidden_small" else (place, float(K), float(total))


@pytest.mark.parametrize("query", SOME)
def test_all_tables_of_a_page_show_the_same_totals(sample_store, query: str) -> None:
    """The totals are what binds the tables of a page: shown in all or hidden in all, and never rebuilt from one."""
    found = [followed_people(sample_store, filters=ServiceFilters(query), by=by).iloc[-1] for by in Breakdown]
    assert 1 == len({(x["text"], x["text_before"]) for x in found})
    figures = headline(sample_store, filters=ServiceFilters(query)).iloc[0]
    assert (found[0]["text"], found[0]["text_before"]) == (figures["text"], figures["text_before"])


def test_a_row_that_holds_all_but_a_few_is_hidden() -> None:
    """205 people, 200 in one row: the 5 others would be known by subtraction."""
    table = Overlap(pd.DataFrame({"category": ["open", "closed"], "people": [200, 12]}), total=205, shared=7)
    assert ["masqué", "12", "205"] == publish_covering(table, k=K)["text"].tolist()


def test_few_people_in_several_rows_are_not_told() -> None:
    """150 + 60 rows for 205 people: five are in both; a row is hidden."""
    table = Overlap(pd.DataFrame({"category": ["A", "B"], "people": [150, 60]}), total=205, shared=5)
    assert ["150", "masqué", "205"] == publish_covering(table, k=K)["text"].tolist()


def test_rows_shown_leave_out_nobody_or_enough() -> None:
    """Five people are under rare measures: the rows that leave only them are not all shown."""
    table = Overlap(pd.DataFrame({"category": ["A", "B", "C", "D"], "people": [100, 90, 3, 2]}), total=195)
    assert ["100", "masqué", "moins de 11", "moins de 11", "195"] == publish_covering(table, k=K)["text"].tolist()


def test_a_single_pair_of_small_rows_that_pin_each_other_is_withheld() -> None:
    """Ten and ten of twenty: each could only be ten."""
    table = Overlap(pd.DataFrame({"category": ["A", "B"], "people": [10, 10]}), total=20)
    assert ["masqué", "masqué", "20"] == publish_covering(table, k=K)["text"].tolist()


# --- Filters --------------------------------------------------------------------------------------------------------------------

FILTERS = st.builds(
    ServiceFilters,
    as_of=st.none() | st.sampled_from([DAY, date(2023, 12, 31)]),
    months=st.sampled_from(PERIODS),
    branch_id=st.none() | st.sampled_from(["A-1", "A-2", "A-3"]),
    measure_code=st.none() | st.sampled_from(MeasureCode),
    setting=st.none() | st.sampled_from(MeasureSetting),
    phase=st.none() | st.sampled_from(MeasurePhase),
    obligation_code=st.none() | st.sampled_from(ObligationCode),
    sex=st.none() | st.sampled_from(Sex),
    age_band=st.none() | st.sampled_from(AgeBand),
    family=st.none() | st.sampled_from(OffenceFamily),
)


@given(filters=FILTERS)
def test_an_address_gives_the_same_filters_back(filters: ServiceFilters) -> None:
    """Filters written in an address and read again are the same, so that a page can be kept."""
    assert filters == ServiceFilters.from_query(filters.to_query())


#: A day before the extraction is seen over twelve months.
ANSWERED = FILTERS.filter(lambda x: x.as_of in {None, DAY} or x.months == 12)


@given(filters=ANSWERED)
def test_the_sentence_names_every_filter(sample_store, filters: ServiceFilters) -> None:
    """One sentence on whom, one on when; each chosen value is told, nothing else is."""
    told = sentence(sample_store, filters)
    chosen = [filters.measure_code, filters.obligation_code, filters.family]
    assert [True for x in chosen if x] == [x.label[1:] in told for x in chosen if x]
    assert (filters.setting is not None) == ("milieu" in told)
    assert (filters.phase is not None) == ("sentenciel" in told.split(" : ", maxsplit=1)[0])
    assert (filters.age_band is not None) == ("début de la mesure" in told or "âge inconnu" in told)
    assert told.endswith(".")
    assert "None" not in told
    assert "  " not in told


def test_the_sentence_reads_as_french(sample_store) -> None:
    """Gender, place, setting, phase, age, then kinds; the period last."""
    query = "au=2024-09-30&antenne=A-2&mesure=SP&milieu=open&phase=post&sexe=M&age=21-24&obligation=soins&famille=vols_recel&mois=6"
    assert sentence(sample_store, ServiceFilters(query)) == (
        "Hommes suivis au 30 septembre 2024 par l’antenne de Montorge, en milieu ouvert, en post-sentenciel, âgés de 21 à 24 ans au début de la mesure : "
        "sursis probatoire ; obligation « soins » ; condamnation pour « vols, recel ». "
        "Entrées et sorties sur six mois, après le 31 mars 2024 et jusqu’au 30 septembre 2024."
    )
    assert sentence(sample_store, ServiceFilters("antenne=A-1&age=mineurs")).startswith(
        "Personnes suivies au 30 septembre 2024 par le siège de Valclair, mineures au début de la mesure. "
    )


@pytest.mark.parametrize(
    "query",
    [
        "mesure=XX",
        "mesure=SP%27%3B+drop+table+persons",
        "mesure=SP&mesure=CJ",
        "inconnu=1",
        "mois=7",
        "mois=1e9",
        "mois=%C2%B2",
        "au=hier",
        "au=2024-13-01",
        "sexe=f",
        "age=18",
        "antenne=" + "x" * 90,
        "antenne=%00",
        "x" * 700,
        "officer_id=CPIP-01",
        "_=1",
    ],
)
def test_a_hostile_address_is_refused_in_french(query: str) -> None:
    """What this page did not write is refused, in a sentence that does not repeat it."""
    with pytest.raises(FilterRefused) as refused:
        ServiceFilters(query)
    assert str(refused.value).endswith((".", "…"))
    assert "drop" not in str(refused.value)
    assert "XX" not in str(refused.value)


@given(text=st.text(max_size=80))
def test_any_address_is_read_or_refused(text: str) -> None:
    """No text makes anything but filters or a refusal."""
    try:
        found = ServiceFilters(text)
    except FilterRefused:
        return
    assert found == ServiceFilters(found.to_query())


@given(value=st.text(min_size=1, max_size=20), word=st.sampled_from(sorted(WORDS)))
def test_any_value_of_a_filter_is_read_or_refused(sample_store, word: str, value: str) -> None:
    """A value goes to the store as a parameter, or not at all."""
    from urllib.parse import urlencode

    try:
        found = prepared(sample_store, ServiceFilters(urlencode({word: value})))
    except FilterRefused:
        return
    assert found.day <= DAY


@pytest.mark.parametrize(
    ("query", "words"),
    [("au=2025-01-31", "s’arrête au 30 septembre 2024"), ("au=2024-09-29", "dernier jour d’un mois"), ("antenne=A-9", "pas dans la base")],
)  # fmt: skip
def test_the_store_refuses_what_it_cannot_tell(sample_store, query: str, words: str) -> None:
    """A day after the extraction, a day within a month, a branch that no measure names."""
    with pytest.raises(FilterRefused, match=words):
        headline(sample_store, filters=ServiceFilters(query))


def test_a_threshold_under_the_floor_is_refused(sample_store) -> None:
    """No question is answered with a threshold under five."""
    with pytest.raises(FilterRefused, match="inférieur à 5"):
        headline(sample_store, k=4)


def test_what_was_prepared_before_is_made_again_for_other_filters(sample_store) -> None:
    """A second page asks the same connection with other filters, then comes back to the first."""
    first, other = ServiceFilters("sexe=F"), ServiceFilters("sexe=M")
    found = [headline(sample_store, filters=x)["people"].tolist() for x in (first, other, first)]
    assert found[0] == found[2]
    assert found[0] != found[1]
