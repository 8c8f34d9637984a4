"""The street clock: laws that hold whatever the custody, and its twin in SQL."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.desistance import fact_intervals
from frise_analysis.analysis.street_time import StreetClock, merge_spans
from frise_analysis.vocabulary import CustodyRegime

# Few days, so that spans often touch, overlap and hold each other.
DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 31))
SPANS = st.lists(st.tuples(DAYS, DAYS).map(lambda x: tuple(sorted(x))), max_size=8)


def days_of(spans) -> set[int]:
    return {day for start, end in spans for day in range(start.toordinal(), end.toordinal())}


@given(SPANS)
def test_union_holds_the_same_days(spans) -> None:
    """The union holds each day of custody and no other."""
    assert days_of(spans) == days_of(merge_spans(spans))


@given(SPANS)
def test_union_is_in_order_and_apart(spans) -> None:
    """Merged spans are in order, never empty, with a free day between two."""
    merged = merge_spans(spans)
    assert all(start < end for start, end in merged)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(merged))


@given(SPANS, st.randoms())
def test_union_is_free_of_order(spans, chance: random.Random) -> None:
    """The order of the records, and merging twice, change nothing."""
    shuffled = chance.sample(spans, len(spans))
    assert merge_spans(spans) == merge_spans(shuffled) == merge_spans(merge_spans(spans))


@given(SPANS, DAYS, DAYS)
def test_clock_counts_the_free_days(spans, origin: date, day: date) -> None:
    """From the origin to a later day: the days that are not custody, one by one."""
    first, last = sorted((origin, day))
    free = set(range(first.toordinal(), last.toordinal())) - days_of(spans)
    assert len(free) == StreetClock(first, merge_spans(spans)).days(last)


@given(SPANS, DAYS, DAYS, DAYS)
def test_clock_is_additive(spans, a: date, b: date, c: date) -> None:
    """u(a, c) = u(a, b) + u(b, c), in any order."""
    away = merge_spans(spans)
    assert StreetClock(a, away).days(c) == StreetClock(a, away).days(b) + StreetClock(b, away).days(c)


@given(SPANS, DAYS, DAYS)
def test_street_time_is_no_longer_than_the_calendar(spans, origin: date, day: date) -> None:
    """Street time and days away make the calendar, and neither is negative after the origin."""
    first, last = sorted((origin, day))
    clock = StreetClock(first, merge_spans(spans))
    assert 0 <= clock.days(last) <= (last - first).days == clock.days(last) + clock.days_away(first, last)


@given(SPANS, DAYS)
def test_clock_never_goes_back(spans, origin: date) -> None:
    """A day later, the clock is the same or one more."""
    clock = StreetClock(origin, merge_spans(spans))
    steps = {clock.days(d + timedelta(days=1)) - clock.days(d) for d in (origin + timedelta(days=n) for n in range(60))}
    assert steps <= {0, 1}


def random_person(chance: random.Random, number: int) -> tuple[list[dict], list[dict]]:
    """Facts and custody of all regimes over three years, overlapping, touching, empty or running."""
    person, start = f"P{number:03}", date(2019, 1, 1)

    def day(last: int = 1000) -> date:
        return start + timedelta(days=chance.randrange(last))

    facts = [{"person_id": person, "offence_start_date": day()} for _ in range(chance.randrange(1, 7))]
    custody = []
    for _ in range(chance.randrange(5)):
        begin = (custody and chance.random() < 0.4 and custody[-1]["end_date"]) or day()
        end = "" if chance.random() < 0.15 else begin + timedelta(days=chance.choice([0, 1, 10, 100, 400]))
        custody.append(
            {
                "person_id": person,
                "start_date": begin,
                "end_date": end,
                "regime": chance.choice(list(CustodyRegime)).value,
            }
        )
    return facts, custody


@pytest.fixture(scope="module")
def crowd(people):
    chance = random.Random(7)
    made = [random_person(chance, n) for n in range(60)]
    facts, custody = ([row for pair in made for row in pair[i]] for i in (0, 1))
    return people({"offences": facts, "custody_periods": custody}, "2023-06-01")


def sql_rows(store, view: str, columns: str) -> dict[int, list[tuple]]:
    found = store._connection.execute(f"select person_key, {columns} from {view} order by all").fetchall()
    rows: dict[int, list[tuple]] = {}
    for key, *values in found:
        rows.setdefault(key, []).append(tuple(values))
    return rows


def check_views(store, paths) -> None:
    dates = sql_rows(store, "fact_dates", "fact_date, offences, calendar_days, street_days")
    pairs = sql_rows(store, "fact_intervals", "from_date, to_date, calendar_days, street_days")
    for path in paths:
        key, facts = path.person.person_key, path.lane("facts")
        expected = [
            (day, sum(r.start_date == day for r in facts), (day - path.first_facts).days, path.clock.days(day))
            for day in path.fact_dates
        ]
        assert expected == dates.get(key, [])
        columns = ["from_date", "to_date", "calendar_days", "street_days"]
        closed = fact_intervals(path)[columns].iloc[:-1]
        assert [tuple(row) for row in closed.itertuples(index=False)] == pairs.get(key, [])


def test_views_and_python_agree_on_random_people(crowd) -> None:
    """Dates of facts and intervals are the same in SQL and in Python, whatever the custody."""
    check_views(crowd.store, [crowd.path(x, with_void=True) for x in crowd.ids()])


def test_views_and_python_agree_on_the_samples(sample_store, all_paths) -> None:
    """The same on every person of the samples, void convictions included."""
    check_views(sample_store, all_paths.values())


def test_custody_union_in_sql(crowd) -> None:
    """The view of time away holds the spans that Python merges; custody that runs has no end yet."""
    found = sql_rows(crowd.store, "custody_union", "start_date, end_date")
    for person_id in crowd.ids():
        path = crowd.path(person_id)
        expected = [(start, date(9999, 12, 31) if end == path.end else end) for start, end in path.away]
        assert expected == found.get(path.person.person_key, [])
