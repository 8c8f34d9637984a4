"""New recorded facts after a measure: when they count, when following ends, and what curves may show."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.judgment_delay import unconsolidated_zone
from frise_analysis.analysis.service import curve_steps
from frise_analysis.analysis.service.curve_steps import Spells, gives_back, protected_steps, shown_steps
from frise_analysis.analysis.service.facts_groups import OTHERS, Grouping, groups, spells_of
from frise_analysis.analysis.service.methodology import methodology
from frise_analysis.analysis.service.new_facts import (
    MONTHS,
    NEW_FACTS_COLUMNS,
    SEVERAL_MEASURES,
    Origin,
    WaitClock,
    facts_after_end,
    facts_after_start,
    horizon,
    horizon_words,
    month_days,
    read_spells,
)
from frise_analysis.analysis.service.prepared import prepared
from frise_analysis.analysis.service.selection import EVERYBODY, ServiceFilters, months_before
from frise_analysis.analysis.survival import followed

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
K = 11


def spell(store, *, origin: Origin = Origin.START, clock: WaitClock = WaitClock.CALENDAR) -> list[tuple[int, int]]:
    """Days and cause of each measure."""
    rows = read_spells(prepared(store, EVERYBODY), origin=origin, clock=clock)
    return sorted(zip(rows["days"].tolist(), rows["cause"].tolist(), strict=True))


def one(measure: str, *, facts: str = "", death: str = "", custody: str = "", others: str = "") -> str:
    """Tables of one person: a measure from a day (to another), facts, death, custody."""
    start, _, end = measure.partition(" ")
    parts = [f"persons\nperson_id | death_date\nA | {death}"]
    lines = "\n".join(f"A | {x}" for x in facts.split())
    parts.append(f"offences\nperson_id | offence_start_date\n{lines}" if facts else "")
    parts.append(f"measures\nperson_id | start_date | end_date\nA | {start} | {end}\n{others}".strip())
    begun, _, released = custody.partition(" ")
    parts.append(f"custody_periods\nperson_id | start_date | end_date\nA | {begun} | {released}" if custody else "")
    return "\n\n".join(x for x in parts if x)


# A store of few facts has the default zone of twelve months: extracted on 31 January 2024, its facts are read up to 31 January 2023.
# From 1 January 2022 to that day: 395 days.
CASES = {
    "no facts: observed to the zone": (one("2022-01-01"), [(395, 0)]),
    "facts of the day itself are not later": (one("2022-01-01", facts="2022-01-01"), [(395, 0)]),
    "facts of the next day": (one("2022-01-01", facts="2022-01-02"), [(1, 1)]),
    "facts before": (one("2022-01-01", facts="2021-12-31"), [(395, 0)]),
    "the first of two facts": (one("2022-01-01", facts="2022-06-01 2022-03-02"), [(60, 1)]),
    "facts on the last day read": (one("2022-01-01", facts="2023-01-31"), [(395, 1)]),
    "facts within the zone": (one("2022-01-01", facts="2023-02-01"), [(395, 0)]),
    "measure begun within the zone": (one("2023-02-01", facts="2023-03-01"), []),
    "measure begun on its eve": (one("2023-01-31"), [(0, 0)]),
    "measure begun over ten years before": (one("2013-01-31"), []),
    "measure that ends stays observed": (one("2022-01-01 2022-02-01", facts="2022-06-01"), [(151, 1)]),
    "death": (one("2022-01-01", death="2022-03-02"), [(60, 2)]),
    "facts on the day of death": (one("2022-01-01", facts="2022-03-02", death="2022-03-02"), [(60, 1)]),
    "death within the zone": (one("2022-01-01", death="2023-02-01"), [(395, 0)]),
    "two measures, the same facts": (
        one("2022-01-01", facts="2022-03-02", others="A | 2022-02-01 | "),
        [(29, 1), (60, 1)],
    ),
    "two measures around the facts": (
        one("2022-01-01", facts="2022-03-02", others="A | 2022-03-02 | "),
        [(60, 1), (335, 0)],
    ),
    "custody counts by the calendar": (
        one("2022-01-01", facts="2022-03-02", custody="2022-02-01 2022-02-11"),
        [(60, 1)],
    ),
}


@pytest.mark.parametrize(("tables", "expected"), CASES.values(), ids=CASES)
def test_following_ends_at_facts_death_or_the_zone(people: Callable, tables: str, expected: list) -> None:
    """Days from the beginning of each measure, and what ended its following."""
    assert expected == spell(people(tables).store)


STREET = {
    "ten days of custody": (one("2022-01-01", facts="2022-03-02", custody="2022-02-01 2022-02-11"), [(50, 1)]),
    "custody before the measure": (one("2022-01-01", facts="2022-03-02", custody="2021-02-01 2021-03-01"), [(60, 1)]),
    "custody over the beginning": (one("2022-01-01", facts="2022-03-02", custody="2021-12-01 2022-01-11"), [(50, 1)]),
    "custody after the facts": (one("2022-01-01", facts="2022-03-02", custody="2022-03-02 2022-04-01"), [(60, 1)]),
    "custody that runs": (one("2022-01-01", custody="2022-01-11"), [(10, 0)]),
    "never free": (one("2022-01-01", facts="2022-03-02", custody="2021-01-01"), [(0, 1)]),
}


@pytest.mark.parametrize(("tables", "expected"), STREET.values(), ids=STREET)
def test_street_time_takes_custody_off(people: Callable, tables: str, expected: list) -> None:
    """At liberty, days in custody between the beginning and the end of the following do not count."""
    assert expected == spell(people(tables).store, clock=WaitClock.STREET)


ENDS = {
    "running": (one("2022-01-01"), []),
    "ended": (one("2021-01-01 2022-01-01", facts="2021-06-01 2022-03-02"), [(60, 1)]),
    "facts of the day it ends": (one("2021-01-01 2022-01-01", facts="2022-01-01"), [(395, 0)]),
    "ended by death": (one("2021-01-01", death="2022-01-01"), []),
    "ended within the zone": (one("2021-01-01 2023-02-01"), []),
}


@pytest.mark.parametrize(("tables", "expected"), ENDS.values(), ids=ENDS)
def test_facts_after_the_end_are_counted_from_it(people: Callable, tables: str, expected: list) -> None:
    """Only measures that ended before the zone, otherwise than by death."""
    assert expected == spell(people(tables).store, origin=Origin.END)


HIDDEN = """
convictions
conviction_id | person_id | decision_date | void_date | rehabilitation_date
C1 | A | 2022-06-01 | {void} | {rehabilitation}

offences
person_id | offence_start_date | conviction_id
A | 2022-03-02 | C1

measures
person_id | start_date
A | 2022-01-01
"""


@pytest.mark.parametrize(
    ("void", "rehabilitation", "expected"),
    [("", "", (60, 1)), ("2023-06-01", "", (395, 0)), ("", "2023-06-01", (395, 0)), ("2025-06-01", "", (60, 1))],
)
def test_void_and_rehabilitated_facts_are_left_out(people: Callable, void: str, rehabilitation: str, expected) -> None:
    """Facts of a conviction void or rehabilitated by the extraction are no facts."""
    tables = HIDDEN.format(void=void, rehabilitation=rehabilitation)
    assert [expected] == spell(people(tables).store)


def test_an_earlier_day_reads_less(people: Callable) -> None:
    """The last day read is the chosen day where it is before the zone."""
    store = people(one("2022-01-01")).store
    assert date(2023, 1, 31) == horizon(store, date(2024, 1, 31))
    assert date(2022, 6, 30) == horizon(store, date(2022, 6, 30))
    assert "31 janvier 2023" in horizon_words(store)
    assert "12 mois avant l’extraction" in horizon_words(store)


# --- The samples, counted again ------------------------------------------------------------------------------------------------


def table(name: str) -> list[dict[str, str]]:
    with (SAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day_of(text: str) -> date:
    return date.fromisoformat(text) if text else date.max


def counted_again(store, *, street: bool) -> Counter:
    """Measures by code, with facts within 365 days, without although observed as long, or not observed as long."""
    extraction = store.info.extraction_date
    last = extraction - timedelta(days=unconsolidated_zone(store).days)
    hidden = {
        x["conviction_id"]
        for x in table("convictions")
        if min(day_of(x["void_date"]), day_of(x["rehabilitation_date"])) <= extraction
    }
    facts, held = defaultdict(list), defaultdict(set)
    for x in table("offences"):
        if x["conviction_id"] not in hidden or not x["conviction_id"]:
            facts[x["person_id"]].append(day_of(x["offence_start_date"]))
    for x in table("custody_periods"):
        if x["regime"] in {"detention_provisoire", "detention", "contrainte_judiciaire"}:
            begun, end = day_of(x["start_date"]), min(day_of(x["end_date"]), last)
            held[x["person_id"]] |= {begun + timedelta(n) for n in range((end - begun).days)}
    deaths = {x["person_id"]: day_of(x["death_date"]) for x in table("persons")}
    found: Counter = Counter()
    for m in table("measures"):
        start, death = day_of(m["start_date"]), deaths[m["person_id"]]
        if not months_before(last, 120) < start <= last or death <= start:
            continue
        first = min((x for x in facts[m["person_id"]] if x > start), default=date.max)
        end = min(first, death, last)
        away = sum(start <= x < end for x in held[m["person_id"]]) if street else 0
        days = (end - start).days - away
        happened = first <= min(death, last)
        found[m["measure_code"], "facts" if happened and days <= 365 else "none" if days > 365 else "unseen"] += 1
    return found


@pytest.mark.parametrize("clock", WaitClock)
def test_facts_at_twelve_months_are_those_counted_by_hand(sample_store, clock: WaitClock) -> None:
    """By measure: with facts within a year, without, not observed long enough, as in the files of the samples."""
    rows = read_spells(prepared(sample_store, EVERYBODY), origin=Origin.START, clock=clock)
    state = np.select([(rows["cause"] == 1) & (rows["days"] <= 365), rows["days"] > 365], ["facts", "none"], "unseen")
    found = Counter(zip(rows["measure_code"].astype(str), state, strict=True))
    assert counted_again(sample_store, street=clock is WaitClock.STREET) == found
    assert found["SME", "facts"] > 0


# --- What is published ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def curves(sample_store) -> Iterator[pd.DataFrame]:
    return facts_after_start(sample_store)


def test_curve_has_each_month_of_each_group(curves: pd.DataFrame) -> None:
    """Columns declared; each group has all the months, from 0, everybody last; shares are whole percents."""
    assert NEW_FACTS_COLUMNS == list(curves.columns)
    assert TOTAL == curves["category"].iloc[-1]
    for _, group in curves.groupby("category"):
        assert list(MONTHS) == group["month"].tolist()
        assert group["share"].dropna().is_monotonic_increasing
    shares = curves["share"].dropna()
    assert (shares * 100).round().tolist() == pytest.approx((shares * 100).tolist())


def test_share_is_missing_exactly_where_it_is_hidden(curves: pd.DataFrame) -> None:
    """Neither the share nor its interval is given where the state says hidden; text and state agree."""
    hidden = curves["state"] != "shown"
    assert hidden.any()
    assert hidden.equals(curves["share"].isna())
    assert curves.loc[hidden, ["low", "high"]].isna().all(axis=None)
    assert {"masqué", "moins de 11 personnes"} == set(curves.loc[hidden, "text"])


@pytest.mark.parametrize(("by", "origin"), list(product(Grouping, Origin)))
def test_no_group_and_no_step_is_of_few_people(sample_store, by: Grouping, origin: Origin) -> None:
    """Between shown months nobody or eleven people at least have new facts; eleven at least are still observed; no group is smaller."""
    question = facts_after_start if origin is Origin.START else facts_after_end
    shown = question(sample_store, by=by)
    rows = read_spells(prepared(sample_store, EVERYBODY), origin=origin, clock=WaitClock.CALENDAR)
    found = {g.category: g.spells for g in groups(sample_store, rows, by, k=K)} | {TOTAL: spells_of(rows)}
    assert set(found) == set(shown["category"])
    for category, spells in found.items():
        assert spells.people >= K
        mine = shown[(shown["category"] == category) & (shown["state"] == "shown")]
        days = [-1, *month_days(mine["month"])]
        steps = [len(set(spells.person[(spells.times.cause == 1) & (spells.times.exit > a) & (spells.times.exit <= b)])) for a, b in pairwise(days)]  # fmt: skip
        assert [] == [n for n in steps if 0 < n < K]
        assert all(len(set(spells.person[spells.times.exit > x])) >= K for x in days)


def test_people_are_hidden_where_they_tell_of_a_few(curves: pd.DataFrame) -> None:
    """Measures less people, shown side by side, never say that a few people have two measures."""
    known = curves.dropna(subset=["people"]).drop_duplicates("category")
    twice = known["measures"].astype(int) - known["people"].astype(int)
    assert [] == [n for n in twice if 0 < n < K]
    assert curves["people"].isna().any()


def test_small_groups_are_gathered(sample_store) -> None:
    """A group of few people is nowhere by its name; the group « autres » holds enough people."""
    rows = read_spells(prepared(sample_store, EVERYBODY), origin=Origin.START, clock=WaitClock.CALENDAR)
    sizes = rows.groupby(rows["measure_code"].astype(str))["person_key"].nunique()
    shown = facts_after_start(sample_store)
    assert set(sizes[sizes < K].index)
    assert set() == set(sizes[sizes < K].index) & set(shown["category"])
    assert shown.loc[shown["category"] == OTHERS, "measures"].iloc[0] >= K


def test_nothing_is_given_of_a_few_people(people: Callable) -> None:
    """Fewer people than the threshold: no row, whatever the measures."""
    assert [] == facts_after_start(people(one("2022-01-01")).store).to_dict("records")


def test_filters_choose_measures(sample_store) -> None:
    """Curves are about the measures that filters keep."""
    found = facts_after_start(sample_store, filters=ServiceFilters("mesure=SME"))
    assert {"SME", TOTAL} == set(found["category"])


def test_method_says_what_several_measures_do() -> None:
    """The definition tells that each measure is followed for itself, and that intervals are too narrow for it."""
    assert SEVERAL_MEASURES in methodology("service-nouveaux-faits").definition
    assert "trop étroits" in SEVERAL_MEASURES


# --- Steps of a curve ----------------------------------------------------------------------------------------------------------


def spells_at(days: list[int], *, cause: int = 1, first: int = 0) -> Spells:
    return Spells(np.arange(first, first + len(days)), followed(days, cause=[cause] * len(days)))


def together(*parts: Spells) -> Spells:
    exits = np.concatenate([x.times.exit for x in parts])
    causes = np.concatenate([x.times.cause for x in parts])
    return Spells(np.arange(len(exits)), followed(exits, cause=causes))


def test_step_of_few_people_joins_the_next() -> None:
    """Three people by day 10, nine more by day 20: day 10 is hidden as small, day 20 shown with the twelve."""
    spells = together(spells_at([5] * 3 + [15] * 9), spells_at([100] * 30, cause=0))
    found = shown_steps(spells, [0, 10, 20], k=K)
    assert ({0, 20}, {10}, {10: 3}) == (found.shown, found.small, found.hidden)


def test_step_of_nobody_is_shown() -> None:
    """Nobody has new facts in a step: the point says so."""
    assert {0, 10} == shown_steps(spells_at([50] * 12), [0, 10], k=K).shown


def test_curve_stops_where_few_are_observed() -> None:
    """Ten people left are too few, eleven are not; nothing is shown past that day."""
    spells = together(spells_at([5] * 20, cause=0), spells_at([100] * 10, cause=0), spells_at([100], cause=0))
    assert {0, 10} == shown_steps(spells, [0, 10, 100, 110], k=K).shown
    fewer = together(spells_at([5] * 20, cause=0), spells_at([100] * 10, cause=0))
    assert {0} == shown_steps(fewer, [0, 10, 100, 110], k=K).shown


def test_people_count_once_in_a_step() -> None:
    """Twelve measures of six people make six people."""
    spells = Spells(np.repeat(np.arange(6), 2), followed([5] * 12, cause=[1] * 12))
    assert 6 == spells.events_between(-1, 10)
    assert 6 == spells.people


def test_total_does_not_give_a_hidden_step_back() -> None:
    """One part is hidden for three people: the point of another is hidden too, or that of everybody."""
    few = together(spells_at([5] * 3), spells_at([100] * 20, cause=0))
    many = together(spells_at([5] * 30), spells_at([100] * 40, cause=0))
    total, [steps] = protected_steps(together(few, many), [[few, many]], [0, 10], k=K)
    assert ({0}, {0}, {0, 10}) == (steps[0].shown, steps[1].shown, total.shown)
    nobody = spells_at([100] * 40, cause=0)
    total, [steps] = protected_steps(together(few, few, few, few, nobody), [[few, nobody]], [0, 10], k=K)
    assert ({0}, {0, 10}, {0}) == (steps[0].shown, steps[1].shown, total.shown)


curve = st.tuples(st.lists(st.integers(0, 40), max_size=60), st.integers(0, 40))


@settings(max_examples=150)
@given(st.lists(curve, min_size=2, max_size=4), st.sampled_from([5, 11]))
def test_reader_of_everybody_is_left_with_several_values(drawn: list, k: int) -> None:
    """Whatever the curves, what a reader subtracts from that of everybody leaves a small hidden step four values at least, or three at k = 5."""
    parts = [together(spells_at(x), spells_at([99] * n, cause=0)) for x, n in drawn]
    days = [0, 10, 20, 30]
    total, [steps] = protected_steps(together(*parts), [parts], days, k=k)
    for day in total.shown:
        hidden = [(x.hidden[day], day in x.small) for x in steps if day in x.hidden]
        known = sum(n for n, _ in hidden)
        choices = [range(1, k) if small else ([0] if n == 0 else range(k, known + 1)) for n, small in hidden]
        for place, (_, small) in enumerate(hidden):
            rest = {0}
            for other in (x for i, x in enumerate(choices) if i != place):
                rest = {a + b for a in rest for b in other if a + b <= known}
            assert not small or sum(known - x in rest for x in choices[place]) >= min(4, k - 2)


def test_several_values_are_those_of_a_table() -> None:
    """A single small part beside the whole is always given back."""
    steps = shown_steps(together(spells_at([5] * 3), spells_at([99] * 20, cause=0)), [0, 10], k=K)
    assert gives_back([steps], 10, k=K)
    assert not gives_back([steps], 0, k=K)
    assert curve_steps.NEW_FACTS == 1
