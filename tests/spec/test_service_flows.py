"""Months, delays, durations, outcomes and breaches of a service: counted again in plain Python, and edge rules as small tables."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis import service
from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.obligation_spans import CONCERNED
from frise_analysis.analysis.registry import answer, questions
from frise_analysis.analysis.service import DelayRule, ServiceFilters, delay_rule, methodologies, methodology
from frise_analysis.analysis.service.first_interviews import LIMITS
from frise_analysis.analysis.service.flow_tables import published_flows, read_flows
from frise_analysis.analysis.service.flows import whole_years
from frise_analysis.analysis.service.outcomes import End, end_of
from frise_analysis.analysis.service.prepared import prepared
from frise_analysis.analysis.service.selection import months_before
from frise_analysis.vocabulary import MeasureCode, MeasureOutcome

ROOT = Path(__file__).parents[2]
DAY, SINCE = date(2024, 9, 30), date(2023, 9, 30)
K = 11
SOME = [
    "",
    "antenne=A-1",
    "mesure=SP",
    "sexe=F&mois=24",
    "milieu=closed",
    "famille=violences",
    "au=2023-06-30",
    "mois=3",
]
FIGURES = [
    service.monthly_flows, service.first_interviews, service.legal_delays, service.measure_spans, service.planned_ends,
    service.outcomes, service.breaches, service.breached_obligations,
]  # fmt: skip


def table(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "samples" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day_of(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def known(text: str) -> date | None:
    day = day_of(text)
    return day if day is not None and day <= DAY else None


def measures() -> list[dict[str, object]]:
    """Measures of the samples whose person is not dead by their start, with their end as death leaves it."""
    deaths = {x["person_id"]: known(x["death_date"]) for x in table("persons")}
    found = []
    for x in table("measures"):
        start, death = date.fromisoformat(x["start_date"]), deaths[x["person_id"]]
        ends = [d for d in (known(x["end_date"]), death) if d]
        if death is None or death >= start:
            found.append({**x, "start": start, "end": min(ends, default=None)})
    return found


# --- Months ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", SOME)
def test_months_balance(sample_store, query: str) -> None:
    """People followed at the end of a month = at its beginning + entries - exits; a month begins where the one before ends."""
    chosen = prepared(sample_store, ServiceFilters(query))
    rows = read_flows(chosen, [months_before(chosen.day, n) for n in range(36, -1, -1)])
    moved = rows["people_before"] + (rows["came"] + rows["passed"]) - (rows["gone"] + rows["passed"])
    assert moved.tolist() == rows["people_after"].tolist()
    assert rows["people_after"].tolist()[:-1] == rows["people_before"].tolist()[1:]


def test_months_of_many_people_are_shown(people) -> None:
    """Forty people come and twelve leave each month: every number is shown, and they balance."""
    store = people({"measures": many_moves()}, "2024-12-31").store
    found = service.monthly_flows(store)
    assert [36, {"shown"}] == [len(found), {*found["state"], *found["moves_state"]}]
    shown = found[["people_before", "entries", "exits", "people"]].astype(int)
    assert (shown["people_before"] + shown["entries"] - shown["exits"]).tolist() == shown["people"].tolist()
    assert [40, 12] == shown[["entries", "exits"]].iloc[-1].tolist()
    last = found.iloc[-1]
    # On the 10th, forty come; on the 20th, twelve leave: 22 and 12 days of December.
    assert last["people_before"] * 31 + 40 * 22 - 12 * 12 == last["person_days"]
    assert pytest.approx(40 * 100 * 365.25 / last["person_days"]) == last["entry_rate"]


def many_moves() -> list[dict[str, str]]:
    rows = []
    for n in range(38):
        start = months_before(date(2024, 12, 31), n).replace(day=10)
        end = (start + timedelta(days=35)).replace(day=20) if n else None
        rows += [{"person_id": f"P{n}-{i}", "start_date": str(start), "end_date": str(end) if end and i < 12 else ""} for i in range(40)]  # fmt: skip
    return rows


def test_moves_of_a_year_are_shown_all_or_none(people) -> None:
    """A month of five entries hides the moves of its year: the year is shown elsewhere, and the eleven others would give it."""
    rows = [x for x in many_moves() if not x["start_date"].startswith("2023-06") or x["person_id"].endswith(tuple("-0 -1 -2 -3 -4".split()))]  # fmt: skip
    found = service.monthly_flows(people({"measures": rows}, "2024-12-31").store)
    assert [("shown", 24), ("hidden_complementary", 12)] == list(found["moves_state"].value_counts().items())
    hidden = found[found["moves_state"] != "shown"]
    assert {2023} == {x.year for x in hidden["until"]}
    assert hidden[["entries", "exits", "person_days", "entry_rate"]].isna().all().all()
    assert {"masqué"} == {*hidden["entries_text"], *hidden["exits_text"]}
    assert hidden["people"].notna().all()


@given(
    st.lists(st.tuples(*[st.sampled_from([0, 0, 1, 4, 10, 11, 40])] * 3), min_size=1, max_size=30), st.integers(0, 300)
)
def test_moves_are_hidden_together(moves: list[tuple[int, int, int]], first: int) -> None:
    """Neither entries nor exits under the threshold are shown, nor one of them alone, from which the other would follow."""
    rows, before = [], first
    for n, (came, gone, passed) in enumerate(moves):
        left = min(gone, before)
        day = date(2020, 1, 31) + timedelta(days=30 * n)
        rows.append({"after": day, "until": day + timedelta(days=30), "people_before": before, "people_after": before + came - left, "came": came, "gone": left, "passed": passed, "person_days": 30 * before})  # fmt: skip
        before += came - left
    for flow, row in zip(whole_years(published_flows(pd.DataFrame(rows), k=K)), rows, strict=True):
        cells = [flow.before[0], flow.later[0], flow.entries[0], flow.exits[0]]
        assert [] == [n for n in cells if n is not None and 0 < n < K]
        assert (flow.entries[0] is None) == (flow.exits[0] is None)
        assert flow.entries[0] in {None, row["came"] + row["passed"]}
        assert (flow.person_days is None) == (flow.entries[0] is None)


# --- First interviews ------------------------------------------------------------------------------------------------------------


def waits() -> list[tuple[str, str, int, bool]]:
    """Person, measure, days and whether met, of the measures referred in the period."""
    found = []
    for m in measures():
        referral, met = known(str(m["referral_date"])), known(str(m["first_interview_date"]))
        if referral and SINCE < referral <= DAY:
            until = met or min(x for x in (m["end"], DAY) if x)
            if until >= referral:
                found.append((str(m["person_id"]), str(m["measure_code"]), (until - referral).days, met is not None))
    return found


def test_waits_are_those_counted_by_hand(sample_store) -> None:
    """Measures referred over the period; those still waiting are counted for as long as they have waited."""
    rows = prepared(sample_store, ServiceFilters()).rows("service_first_interviews", since=SINCE, day=DAY)
    found = rows[["measure_code", "days", "met"]].itertuples(index=False, name=None)
    assert sorted((code, days, int(met)) for _, code, days, met in waits()) == sorted(found)


def curve_quartile(rows: list[tuple[int, bool]], share: float) -> float:
    """Kaplan-Meier by hand: the first day on which the share is reached, halfway where the curve is exactly there."""
    left, times = 1.0, sorted({days for days, _ in rows})
    exact: int | None = None
    for time in times:
        at_risk, events = sum(d >= time for d, _ in rows), sum(d == time and met for d, met in rows)
        left *= 1 - events / at_risk
        if exact is not None and events:
            return (exact + time) / 2
        if abs(left - (1 - share)) < 1e-9 and events:
            exact = time
        elif left < 1 - share:
            return float(time)
    return (exact + times[-1]) / 2 if exact is not None else float("nan")


def test_quartiles_of_waits_are_those_by_hand(sample_store) -> None:
    """Median and quartiles of each measure shown, and of all."""
    found = service.first_interviews(sample_store).set_index("measure_code")
    shown = found[found["state"] == "shown"]
    for code, row in shown.iterrows():
        rows = [(days, met) for _, measure, days, met in waits() if code in {measure, TOTAL}]
        expected = [len(rows), *(curve_quartile(rows, x) for x in (0.25, 0.5, 0.75))]
        assert pytest.approx(expected, nan_ok=True) == row[["measures", "quarter", "median", "three_quarters"]].astype(float).tolist()  # fmt: skip
    assert len(shown) > 3


RULES = [
    ({"measure_code": "SP", "phase": "post", "setting": "open", "custody": "free"}, DelayRule.FREE),
    ({"measure_code": "TIG", "phase": "post", "setting": "open", "custody": "free"}, DelayRule.FREE),
    ({"measure_code": "SPR", "phase": "post", "setting": "open", "custody": "released"}, DelayRule.RELEASED),
    ({"measure_code": "TIG", "phase": "post", "setting": "open", "custody": "released"}, DelayRule.UNDETERMINED),
    ({"measure_code": "SP", "phase": "post", "setting": "open", "custody": "held"}, DelayRule.UNDETERMINED),
    ({"measure_code": "SP", "phase": "post", "setting": "open", "custody": "unknown"}, DelayRule.UNDETERMINED),
    ({"measure_code": "SP", "phase": "post", "setting": None, "custody": "free"}, DelayRule.UNDETERMINED),
    ({"measure_code": "SP", "phase": "post", "setting": "closed", "custody": "free"}, DelayRule.UNDETERMINED),
    ({"measure_code": "CJ", "phase": "pre", "setting": "open", "custody": "free"}, DelayRule.UNDETERMINED),
    ({"measure_code": "LC", "phase": "post", "setting": "open", "custody": "free"}, DelayRule.UNDETERMINED),
]


@pytest.mark.parametrize(("known_facts", "expected"), RULES)
def test_the_delay_of_the_law_is_said_only_where_the_records_tell(known_facts: dict, expected: DelayRule) -> None:
    """Free after a conviction: 723-15. Probation after a release: 741-1. Anything else: not determined."""
    assert expected == delay_rule(**known_facts)


@pytest.mark.parametrize(
    ("custody", "expected"),
    [([], "unknown"), ([("P9", "2023-01-01", "")], "free"), ([("P1", "2023-01-01", "2023-10-01")], "released"), ([("P1", "2023-01-01", "2023-08-30")], "free"), ([("P1", "2023-01-01", "")], "held")],
)  # fmt: skip
def test_custody_is_read_on_the_day_of_referral(people, custody: list[tuple[str, str, str]], expected: str) -> None:
    """Free, held, or released in the 31 days before; unknown where the base holds no custody at all."""
    tables = {"measures": [{"person_id": "P1", "phase": "post", "setting": "open", "start_date": "2023-10-01", "referral_date": "2023-10-01"}]}  # fmt: skip
    periods = [{"person_id": x, "start_date": start, "end_date": end} for x, start, end in custody]
    store = people({**tables, **({"custody_periods": periods} if periods else {})}, "2024-01-31").store
    rows = prepared(store, ServiceFilters()).rows("service_first_interviews", since=SINCE, day=date(2024, 1, 31))
    assert [expected] == rows["custody"].tolist()


def referred(number: int, *, wait: int | None, referral: date, first: int = 0) -> list[dict[str, str]]:
    met = "" if wait is None else str(referral + timedelta(days=wait))
    return [{"person_id": f"P{first + n}", "phase": "post", "setting": "open", "start_date": str(referral), "referral_date": str(referral), "first_interview_date": met} for n in range(number)]  # fmt: skip


def test_within_the_delay_is_its_last_day_included(people) -> None:
    """Met on the 45th day: within; on the 46th: late; still waiting after it: late; referred 44 days ago: not judged yet."""
    long_ago, lately = date(2023, 6, 1), date(2023, 12, 18)
    rows = [
        *referred(20, wait=45, referral=long_ago),
        *referred(15, wait=46, referral=long_ago, first=20),
        *referred(12, wait=None, referral=long_ago, first=40),
        *referred(30, wait=3, referral=lately, first=60),
    ]
    store = people({"measures": rows, "custody_periods": [{"person_id": "P99", "start_date": "2020-01-01"}]}).store
    found = service.legal_delays(store).set_index("rule").loc["723-15"]
    assert [45, 47, 20] == [int(found[x]) for x in ("limit_days", "measures", "within")]
    assert pytest.approx(20 / 47) == found["share"]
    assert found["low"] < found["share"] < found["high"]
    assert {DelayRule.FREE: 45, DelayRule.RELEASED: 30} == LIMITS


# --- Durations -------------------------------------------------------------------------------------------------------------------


def test_spans_are_those_counted_by_hand(sample_store) -> None:
    """Measures that ran in three years: days to the end or to the day, days already run when they came under observation."""
    since = date(2021, 9, 30)
    expected = []
    for m in measures():
        start, end = m["start"], m["end"]
        if start <= DAY and (end is None or end > since):
            expected.append((str(m["measure_code"]), ((end or DAY) - start).days, int(end is not None), (since - start).days if start <= since else -1))  # fmt: skip
    rows = prepared(sample_store, ServiceFilters()).rows("service_spans", since=since, period=SINCE, day=DAY)
    found = rows[["measure_code", "days", "ended", "entry"]].itertuples(index=False, name=None)
    assert sorted(expected) == sorted(found)


def test_running_measures_lengthen_the_durations(people) -> None:
    """Twenty measures ended after 100 days, twenty still run after 200: half are over by day 150, between the step and the last day."""
    rows = [{"person_id": f"P{n}", "start_date": "2023-07-15", "end_date": "2023-10-23" if n < 20 else ""} for n in range(40)]  # fmt: skip
    found = service.measure_spans(people({"measures": rows}).store).set_index("measure_code").loc["SP"]
    assert [40, 100.0, 150.0] == found[["measures", "quarter", "median"]].tolist()
    assert pd.isna(found["three_quarters"])


def planned(gaps: dict[int | None, int]) -> list[dict[str, str]]:
    """Measures ended on 31 December 2023, so many for each gap between planned end and end."""
    end, rows = date(2023, 12, 31), []
    for gap, number in gaps.items():
        day = "" if gap is None else str(end - timedelta(days=gap))
        rows += [{"person_id": f"P{gap}/{n}", "start_date": "2023-01-01", "planned_end_date": day, "end_date": str(end)} for n in range(number)]  # fmt: skip
    return rows


def test_an_end_is_compared_with_the_planned_one(people) -> None:
    """Negative where sooner: eleven ended thirty days before, twelve on the day, thirteen ten days after."""
    found = service.planned_ends(people({"measures": planned({-30: 11, 0: 12, 10: 13})}).store).iloc[0]
    assert [36, -30.0, 0.0, 10.0] == found[["measures", "quarter", "median", "three_quarters"]].tolist()


def test_few_measures_without_a_planned_end_are_not_told(people) -> None:
    """Three of them beside 36: the number of those that have one would give it, the outcomes showing 39."""
    store = people({"measures": planned({-30: 11, 0: 12, 10: 13, None: 3})}).store
    found = service.planned_ends(store).iloc[0]
    assert [True, "masqué", 0.0] == [pd.isna(found["measures"]), found["text"], found["median"]]
    assert 39 == service.outcomes(store).iloc[-1]["measures"]


@pytest.mark.parametrize("query", SOME)
def test_curves_fall_by_enough_people(sample_store, query: str) -> None:
    """A curve starts at 1 and falls; each step gathers eleven people at least; it exists only where the number is shown."""
    filters = ServiceFilters(query)
    found = service.running_curves(sample_store, filters=filters)
    spans = service.measure_spans(sample_store, filters=filters).set_index("measure_code")
    day = filters.day(sample_store)
    rows = prepared(sample_store, filters).rows("service_spans", since=months_before(day, 36), period=day, day=day)
    for code, steps in found.groupby("measure_code"):
        assert (0, 1.0) == tuple(steps[["days", "survival"]].iloc[0])
        assert steps["survival"].is_monotonic_decreasing
        assert "shown" == spans.loc[code, "state"]
        ended = rows[(rows["measure_code"] == code) & (rows["ended"] == 1)]
        for low, high in pairwise(steps["days"]):
            between = ended[(ended["days"] > low) & (ended["days"] <= high)]
            assert between["person_key"].nunique() >= (K if low else 1)
            assert ended[ended["days"] <= high]["person_key"].nunique() >= K
            seen = rows[(rows["measure_code"] == code) & (rows["entry"] < high) & (rows["days"] >= high)]
            assert seen["person_key"].nunique() >= K


def test_a_curve_stops_where_few_people_are_left(people) -> None:
    """Eleven people end at 50 days; then one person's twenty measures, and ten others', end later: no step is drawn there."""
    rows = [{"person_id": f"P{n}", "start_date": "2023-01-01", "end_date": "2023-02-20"} for n in range(11)]
    rows += [{"person_id": "Q", "start_date": "2023-01-01", "end_date": "2023-05-01"} for _ in range(20)]
    rows += [{"person_id": f"R{n}", "start_date": "2023-01-01", "end_date": f"2023-04-{n + 11}"} for n in range(10)]
    found = service.running_curves(people({"measures": rows}).store)
    assert [(0, 1.0), (50, pytest.approx(30 / 41))] == list(
        found[["days", "survival"]].itertuples(index=False, name=None)
    )


# --- Outcomes and breaches -------------------------------------------------------------------------------------------------------


def test_outcomes_are_those_counted_by_hand(sample_store) -> None:
    """Measures ended over the period, by measure and end; remand and inquiries are left out."""
    expected: dict[tuple[str, str], int] = {}
    for m in measures():
        if m["end"] and SINCE < m["end"] <= DAY and m["measure_code"] not in {"DP", "ESR", "AJI"}:
            ends = (str(m["measure_code"]), end_of(str(m["outcome"]) or "autre").value)
            for key in {ends, (ends[0], TOTAL), (TOTAL, ends[1]), (TOTAL, TOTAL)}:
                expected[key] = expected.get(key, 0) + 1
    found = service.outcomes(sample_store).dropna(subset=["measures"])
    assert len(found) > 3
    shown = {(x["measure_code"], x["end"]): x["measures"] for x in found.to_dict("records")}
    assert {key: expected.get(key, 0) for key in shown} == shown
    shares = found.dropna(subset=["share"])
    assert pytest.approx([expected.get((m, e), 0) / expected[m, TOTAL] for m, e in zip(shares["measure_code"], shares["end"], strict=True)]) == shares["share"].tolist()  # fmt: skip


def test_outcomes_are_gathered_beforehand() -> None:
    """Every outcome has one end; a withdrawal is a decision as a revocation is."""
    assert {x.value for x in End} == {end_of(x).value for x in MeasureOutcome}
    cut = [x for x in MeasureOutcome if end_of(x) is End.CUT_SHORT]
    assert [MeasureOutcome.REVOQUEE, MeasureOutcome.REVOQUEE_PARTIELLEMENT, MeasureOutcome.RETIREE] == cut


def lately_breached() -> list[dict[str, str]]:
    kept = {str(m["measure_id"]) for m in measures()}
    return [
        x for x in table("breaches") if x["measure_id"] in kept and SINCE < date.fromisoformat(x["breach_date"]) <= DAY
    ]


def test_breaches_are_those_counted_by_hand(sample_store) -> None:
    """Breaches dated within the period, by kind, and their total."""
    found = service.breaches(sample_store).dropna(subset=["breaches"]).set_index("kind")["breaches"].to_dict()
    kinds = [x["kind"] for x in lately_breached()]
    assert {x: len(kinds) if x == TOTAL else kinds.count(x) for x in found} == found
    assert TOTAL in found


def test_breached_obligations_are_those_counted_by_hand(sample_store) -> None:
    """People who had an obligation over the period; of them, those with a breach of a kind that may concern it while it ran."""
    by_id = {str(m["measure_id"]): m for m in measures()}
    people: dict[str, set[str]] = {}
    breached: dict[str, set[str]] = {}
    for x in table("obligations"):
        m = by_id.get(x["measure_id"])
        start, end = day_of(x["start_date"]), day_of(x["end_date"])
        if m is None or m["start"] > DAY or (m["end"] and m["end"] <= SINCE) or (start and start > DAY) or (end and end <= SINCE):  # fmt: skip
            continue
        low = max(start or m["start"], SINCE + timedelta(days=1))
        high = min(d for d in (end, m["end"], DAY) if d)
        people.setdefault(x["obligation_code"], set()).add(str(m["person_id"]))
        for b in lately_breached():
            concerned = x["obligation_code"] in CONCERNED.get(b["kind"], ())
            if concerned and b["measure_id"] == x["measure_id"] and low <= date.fromisoformat(b["breach_date"]) <= high:
                breached.setdefault(x["obligation_code"], set()).add(str(m["person_id"]))
    pairs = [(str(kind), str(code)) for kind, codes in CONCERNED.items() for code in codes]
    rows = prepared(sample_store, ServiceFilters()).rows("service_breached_obligations", since=SINCE, day=DAY, kinds=[x for x, _ in pairs], codes=[x for _, x in pairs])  # fmt: skip
    found = {x["obligation_code"]: (x["people"], x["breached"]) for x in rows.to_dict("records")}
    assert {code: (len(who), len(breached.get(code, ()))) for code, who in people.items()} == found


# --- All of them -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", SOME)
@pytest.mark.parametrize("figure", FIGURES, ids=lambda x: x.__name__)
def test_no_number_under_the_threshold_is_shown(sample_store, figure, query: str) -> None:
    """A number shown is nought, or eleven at least: people or more are behind it; what is hidden has no statistic."""
    found = figure(sample_store, filters=ServiceFilters(query))
    counted = [
        x for x in ("people_before", "people", "entries", "exits", "measures", "breaches", "breached") if x in found
    ]
    numbers = [n for x in counted for n in found[x].dropna()]
    assert [] == [n for n in numbers if 0 < n < K]
    statistics = [x for x in ("quarter", "median", "three_quarters") if x in found]
    if statistics:
        assert found.loc[found["state"] != "shown", statistics].isna().all().all()


def test_one_person_with_many_measures_is_no_crowd(people) -> None:
    """Thirty breaches and twelve measures of one person stay hidden: people count, not measures."""
    one = [{"person_id": "P0", "measure_code": "TIG", "measure_id": f"M{n}", "start_date": f"2023-0{n % 9 + 1}-01", "end_date": "2023-12-31", "referral_date": f"2023-0{n % 9 + 1}-01"} for n in range(12)]  # fmt: skip
    many = [{"person_id": f"Q{n}", "measure_id": f"N{n}", "start_date": "2023-05-01", "end_date": "2023-12-31", "referral_date": "2023-05-01"} for n in range(40)]  # fmt: skip
    bad = [{"person_id": "P0", "measure_id": "M0", "breach_date": "2023-11-11"}] * 30
    told = [
        {"person_id": f"Q{n}", "measure_id": f"N{n}", "breach_date": "2023-11-11", "kind": "autre"} for n in range(40)
    ]
    breaches = [{**x, "breach_id": f"B{n}"} for n, x in enumerate([*bad, *told])]
    store = people({"measures": [*one, *many], "breaches": breaches}).store
    tig = [x[x["measure_code"] == "TIG"] for x in (service.outcomes(store), service.first_interviews(store), service.measure_spans(store))]  # fmt: skip
    assert [True] * 3 == [bool(x.loc[x["state"] == "shown", "measures"].eq(0).all()) for x in tig]
    assert service.breaches(store).set_index("kind").loc["absence_convocation", "breaches"] is pd.NA


def test_every_question_of_the_service_has_its_methodology() -> None:
    """A definition, a population, a unit, a source, and SQL that can be shown, for each question named service-…."""
    # Published figures are others': each line says its own source.
    names = {q.name for q in questions() if q.name.startswith("service-")} - {"service-chiffres-publies"}
    assert names == set(methodologies())
    for name in names:
        method = methodology(name)
        assert all(
            [method.title, method.unit, method.definition.endswith("."), method.population.endswith("."), method.source]
        )
        files = [ROOT / "frise_analysis" / "store" / "sql" / f"{x}.sql" for x in method.query]
        assert [] == [x for x in files if not x.read_text(encoding="utf-8").startswith("-- ")]


FILTERED = {q.name for q in questions() if any(x.name == "filters" for x in q.options)}


@pytest.mark.parametrize("name", sorted(FILTERED & set(methodologies())))
def test_questions_are_asked_by_name(sample_store, name: str) -> None:
    """By the command line, filters are an address; the answer is the same as in Python."""
    asked = answer(sample_store, name, options={"filters": "mesure=SP"})
    figure = next(q for q in questions() if q.name == name).function
    pd.testing.assert_frame_equal(figure(sample_store, filters=ServiceFilters(measure_code=MeasureCode.SP)), asked)
    assert len(asked.columns) > 3
