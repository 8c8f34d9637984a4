"""How long a sentence runs: quantième, holidays, pre-trial detention, reductions by scenario."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.deadlines.answers import Scenario
from frise_analysis.analysis.deadlines.public_holidays import easter, public_holidays, release_day
from frise_analysis.analysis.deadlines.sentence_clock import (
    Quantum,
    SentenceClock,
    first_day_left,
    most_remission,
    quantum_of,
)
from frise_analysis.dates import add_months

D = date.fromisoformat
NONE, KNOWN, MOST = Scenario
STARTS = st.dates(date(2005, 1, 1), date(2030, 12, 31))
LENGTHS = st.builds(Quantum, st.integers(0, 360), st.integers(0, 60))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (
            "2025-02-25",
            30,
            "2025-03-27",
        ),  # one month alone is thirty days: the ministry’s own example (JO Sénat, 6 April 1989)
        ("2024-02-25", 30, "2024-03-26"),
        ("2025-01-02", 61, "2025-03-02"),  # several months: same quantième, 59 days here
        ("2024-12-31", 60, "2025-02-28"),  # a month too short for the quantième: its last day
        ("2023-12-31", 60, "2024-02-29"),
        ("2024-01-31", 90, "2024-04-30"),
        ("2024-02-29", 365, "2025-02-28"),
        ("2023-02-28", 365, "2024-02-28"),
        ("2024-01-15", 180, "2024-07-15"),
        ("2024-01-15", 183, "2024-07-15"),
        ("2024-01-15", 1, "2024-01-16"),
        ("2024-01-15", 45, "2024-02-29"),
    ],
)
def test_end_of_a_sentence(start: str, days: int, end: str) -> None:
    """CPP 716-1: a day is twenty-four hours, one month is thirty days, several months go by quantième."""
    assert D(end) == quantum_of(days).after(D(start))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (29, Quantum(days=29)),
        (30, Quantum(days=30)),
        (31, Quantum(days=31)),
        (59, Quantum(days=59)),
        (60, Quantum(2)),
        (61, Quantum(2)),
        (62, Quantum(2)),
        (64, Quantum(days=64)),
        (90, Quantum(3)),
        (91, Quantum(3)),
        (93, Quantum(3)),
        (94, Quantum(days=94)),
        (180, Quantum(6)),
        (183, Quantum(6)),
        (360, Quantum(12)),
        (362, Quantum(days=362)),
        (364, Quantum(12)),
        (365, Quantum(12)),
        (366, Quantum(12)),
        (367, Quantum(12)),
        (368, Quantum(days=368)),
        (720, Quantum(24)),
        (730, Quantum(24)),
        (1825, Quantum(60)),
        (1826, Quantum(60)),
        (1829, Quantum(days=1829)),
        (3650, Quantum(120)),
        (4380, Quantum(144)),
        (5475, Quantum(180)),
        (10_950, Quantum(360)),
        (10_957, Quantum(360)),
    ],
)
def test_stored_days_are_read_in_months(days: int, expected: Quantum) -> None:
    """A stored length that comes out whole in months or years is so read; 30-day months and 365-day years both are."""
    assert expected == quantum_of(days)


@pytest.mark.parametrize(
    ("year", "day"),
    [(1818, "03-22"), (1943, "04-25"), (1961, "04-02"), (2000, "04-23"), (2008, "03-23"), (2024, "03-31"), (2025, "04-20"), (2038, "04-25")],
)  # fmt: skip
def test_easter(year: int, day: str) -> None:
    """Published dates of Easter, the earliest and the latest included (Meeus, chapter 8)."""
    assert D(f"{year}-{day}") == easter(year)


def test_eleven_holidays() -> None:
    """The days of L3133-1 in 2024."""
    expected = "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25".split()
    assert expected == sorted(f"{x:%m-%d}" for x in public_holidays(2024))


@pytest.mark.parametrize(
    ("end", "free"),
    [
        ("2024-09-28", "2024-09-28"),  # a Saturday is a working day
        ("2024-09-29", "2024-09-28"),  # Sunday
        ("2024-09-30", "2024-09-30"),
        ("2024-05-01", "2024-04-30"),
        ("2024-04-01", "2024-03-30"),  # Easter Monday, after Easter Sunday
        ("2025-04-21", "2025-04-19"),
        ("2024-07-14", "2024-07-13"),  # a Sunday in 2024
        ("2025-07-14", "2025-07-12"),  # a Monday in 2025
        ("2024-05-09", "2024-05-07"),  # Ascension, the day after 8 May
        ("2024-05-20", "2024-05-18"),  # Whit Monday
        ("2024-12-26", "2024-12-26"),  # Alsace-Moselle is not handled
        ("2023-01-01", "2022-12-31"),
    ],
)
def test_release_before_a_sunday_or_a_holiday(end: str, free: str) -> None:
    """CPP 716-3: released on the working day before."""
    assert D(free) == release_day(D(end))


@given(st.dates(date(1982, 1, 1), date(2100, 1, 1)))
def test_release_is_never_late(end: date) -> None:
    """Release is on a working day, at most four days before the end."""
    free = release_day(end)
    assert 0 <= (end - free).days <= 4
    assert free.weekday() < 6
    assert free not in public_holidays(free.year)


def test_pretrial_detention_is_deducted() -> None:
    """CPP 716-4: pre-trial days come off the end, and count as served for the half and the two thirds."""
    clock = SentenceClock(D("2024-01-10"), Quantum(12), pretrial_days=60)
    assert D("2024-11-11") == clock.end(NONE)  # 2025-01-10 less 60 days
    assert D("2023-11-11") == clock.served_from
    assert D("2024-05-12") == clock.half(cap_years=15)[NONE]  # 366 days: 183 served, 183 left
    assert D("2024-07-12") == clock.served_share(2, 3)[NONE]  # 244 served, 122 left


def test_pretrial_longer_than_the_sentence_ends_it_at_once() -> None:
    """A sentence covered by pre-trial detention ends on the day it starts."""
    clock = SentenceClock(D("2024-01-10"), Quantum(2), pretrial_days=100)
    assert {D("2024-01-10")} == {*clock.ends().values(), *clock.half(cap_years=15).values(), *clock.left(3).values()}


@pytest.mark.parametrize(("cap", "half"), [(15, "2019-06-01"), (20, "2024-06-01")])
def test_long_sentences_have_a_cap(cap: int, half: str) -> None:
    """CPP 729: fifteen years of minimum term, twenty in recidivism, pre-trial detention included, whatever the length."""
    served = SentenceClock(D("2004-06-01"), Quantum(30 * 12 + 150))
    assert D(half) == served.half(cap_years=cap)[NONE]
    held = SentenceClock(D("2004-06-11"), Quantum(30 * 12 + 150), pretrial_days=10)
    assert D(half) == held.half(cap_years=cap)[NONE]


def test_half_below_the_cap() -> None:
    """A sentence of exactly twice the cap or less is not moved by it."""
    assert D("2019-06-01") == SentenceClock(D("2004-06-01"), Quantum(30 * 12)).half(cap_years=15)[NONE]
    assert SentenceClock(D("2004-06-01"), Quantum(29 * 12)).half(cap_years=15)[NONE] < D("2019-06-01")


@pytest.mark.parametrize(
    ("months", "committed", "expected"),
    [
        (6, "2023-01-01", Quantum(0, 84)),
        (12, "2023-01-01", Quantum(6)),
        (18, "2023-01-01", Quantum(6, 84)),
        (60, "2023-01-01", Quantum(30)),
        (6, "2022-12-31", Quantum(0, 42 + 42)),
        (11, "2022-12-31", Quantum(0, 60 + 77)),  # the credit never gives more than two months for the months
        (12, "2022-12-31", Quantum(6)),
        (60, "2022-12-31", Quantum(11 + 15)),  # 3 + 4 × 2 months of credit, as in the published example
        (30, "2022-12-31", Quantum(5 + 6, 42 + 42)),
        (12, "1985-01-01", Quantum(6)),
    ],
)
def test_most_reductions_depend_on_the_day_of_committal(months: int, committed: str, expected: Quantum) -> None:
    """Since 1 January 2023, six months a year and fourteen days a month; before, the credit and the further reduction."""
    assert expected == most_remission(Quantum(months), committed=D(committed))


def test_scenarios() -> None:
    """Nothing known is no reduction; what is known moves the date; the most is never later than what is known."""
    clock = SentenceClock(D("2024-01-10"), Quantum(12), committed=D("2024-01-10"))
    assert {NONE: D("2025-01-10"), KNOWN: D("2025-01-10"), MOST: D("2024-07-10")} == clock.ends()
    known = SentenceClock(D("2024-01-10"), Quantum(12), remission_days=30)
    assert (D("2025-01-10"), D("2024-12-11")) == (known.end(NONE), known.end(KNOWN))
    more = SentenceClock(D("2024-01-10"), Quantum(12), remission_days=300)
    assert (D("2024-03-16"), D("2024-03-16")) == (more.end(KNOWN), more.end(MOST))


def test_regime_is_that_of_the_committal() -> None:
    """Committed in 2022 and sentenced in 2023: the former regime, whatever the day the sentence starts."""
    ends = [SentenceClock(D("2023-02-01"), Quantum(11), 0, D(x)).end(MOST) for x in ("2022-12-31", "2023-01-01")]
    assert [D("2024-01-01") - timedelta(days=x) for x in (60 + 77, 154)] == ends


def dates_of(clock: SentenceClock, scenario: Scenario) -> list[date]:
    return [
        clock.end(scenario),
        clock.half(cap_years=15)[scenario],
        clock.served_share(2, 3)[scenario],
        clock.left(3)[scenario],
    ]


@given(STARTS, LENGTHS, st.integers(0, 900), st.integers(0, 900))
def test_more_reductions_are_never_later(start: date, length: Quantum, pretrial: int, known: int) -> None:
    """``rp_max`` <= ``rp_connues`` <= ``sans_rp``, for every date."""
    clock = SentenceClock(start, length, pretrial, start, known)
    assert all(x <= y <= z for x, y, z in zip(*(dates_of(clock, x) for x in (MOST, KNOWN, NONE)), strict=True))


@given(STARTS, LENGTHS, st.integers(0, 900), st.integers(1, 400))
def test_more_pretrial_is_never_later(start: date, length: Quantum, pretrial: int, more: int) -> None:
    """More days of pre-trial detention never give a later date."""
    clocks = [SentenceClock(start, length, x) for x in (pretrial, pretrial + more)]
    for scenario in Scenario:
        less, later = (dates_of(x, scenario) for x in clocks)
        assert all(x >= y for x, y in zip(less, later, strict=True))


@given(
    STARTS, LENGTHS, st.integers(0, 900), st.sampled_from([Quantum(1), Quantum(12), Quantum(days=1), Quantum(3, 10)])
)
def test_a_longer_sentence_is_never_earlier(start: date, length: Quantum, pretrial: int, more: Quantum) -> None:
    """A date does not come sooner because the sentence is longer."""
    for scenario in (NONE, KNOWN):
        short, long = (dates_of(SentenceClock(start, x, pretrial), scenario) for x in (length, length + more))
        assert all(x <= y for x, y in zip(short, long, strict=True))


@given(STARTS.filter(lambda x: x >= date(2023, 1, 1)), st.integers(0, 240), st.integers(1, 36))
def test_a_longer_sentence_keeps_its_order_under_the_regime_of_2023(start: date, months: int, more: int) -> None:
    """Six months a year and fourteen days a month never make a sentence of more months end sooner."""
    ends = [SentenceClock(start, Quantum(x), committed=start).end(MOST) for x in (months, months + more)]
    assert ends[0] <= ends[1]


@given(st.integers(1, 29))
def test_one_length_is_read_the_same_in_both_ways_of_storing_it(months: int) -> None:
    """Months of thirty days and months of mean length give the same number of months, up to two and a half years."""
    stored = {months * 30, round(months * 365.25 / 12)}
    assert len({quantum_of(x).after(date(2024, 1, 1)) for x in stored if months > 1}) <= 1


@given(STARTS, st.integers(2, 360))
def test_start_is_found_back_within_a_few_days(start: date, months: int) -> None:
    """Counting back gives the start, but for the days that a short month lacks."""
    length = Quantum(months, 5)
    assert abs(length.before(length.after(start)) - start) <= timedelta(days=6)


def test_length_in_words() -> None:
    """A length is said as a court says it."""
    assert ["1 an 6 mois", "45 jours", "6 mois et 30 jours", "0 jour"] == [
        x.words for x in (Quantum(18), Quantum(days=45), Quantum(6, 30), Quantum())
    ]


@pytest.mark.parametrize(
    ("parts", "months", "expected"),
    [
        ((335, 30), 12, True),  # eleven months and one month
        ((152, 30), 6, True),
        ((700, 30), 24, True),
        ((1795, 30), 60, True),
        ((30,) * 12, 12, True),
        ((335, 31), 12, False),
        ((335, 30, 1), 12, False),
        ((365,), 12, True),
        ((365, 1), 12, False),
        ((361,), 12, True),  # said in days: less than a year
        ((368,), 12, False),
        ((181,), 6, True),
        ((186,), 6, False),
        ((30,), 1, True),
        ((31,), 1, False),
        ((29,), 1, True),
        ((45, 15), 2, True),
        ((45, 16), 2, False),
        ((395,), 12, False),
    ],
)
def test_total_against_a_threshold(parts: tuple[int, ...], months: int, expected: bool) -> None:
    """A total is compared as it was pronounced: months with months, one month alone for one month, days with mean months."""
    total = sum((quantum_of(x) for x in parts), Quantum())
    assert expected == total.within(months)


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 24))
def test_total_of_months_is_within_its_number_of_months(months: int, limit: int, alone: int) -> None:
    """Months and months alone add up: within if and only if there are no more than the threshold, one day more is over."""
    total = Quantum(months) + Quantum(days=30 * alone)
    if months + alone <= limit:
        assert total.within(limit)
    if months + alone == limit and not alone:
        assert not (total + Quantum(days=1)).within(limit)
    if months > limit:
        assert not total.within(limit)


@pytest.mark.parametrize(
    ("end", "months", "first"),
    [
        ("2024-05-31", 3, "2024-03-01"),  # from 29 February three months end on 29 May
        ("2024-05-30", 3, "2024-03-01"),
        ("2024-05-29", 3, "2024-02-29"),
        ("2023-05-29", 3, "2023-03-01"),
        ("2023-05-28", 3, "2023-02-28"),
        ("2024-07-31", 3, "2024-05-01"),
        ("2024-07-30", 3, "2024-04-30"),
        ("2024-10-10", 3, "2024-07-10"),
        ("2024-02-29", 24, "2022-03-01"),
        ("2024-02-29", 0, "2024-02-29"),
    ],
)
def test_first_day_with_so_many_months_left(end: str, months: int, first: str) -> None:
    """What is left is counted forward from the day: the first on which so many months reach the end."""
    assert D(first) == first_day_left(D(end), months=months)


@given(STARTS, st.integers(0, 40))
def test_first_day_left_is_the_first(end: date, months: int) -> None:
    """From that day so many months reach the end; from the day before they do not."""
    day = first_day_left(end, months=months)
    assert add_months(day, months) >= end > add_months(day - timedelta(days=1), months)


def test_left_opens_no_sooner_than_the_start() -> None:
    """A sentence shorter than what must be left opens on its first day; a longer one when no more is left."""
    assert D("2024-01-10") == SentenceClock(D("2024-01-10"), Quantum(2)).left(3)[NONE]
    assert D("2024-03-01") == SentenceClock(D("2023-05-31"), Quantum(12)).left(3)[NONE]
