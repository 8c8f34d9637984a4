"""Date arithmetic and dates in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis import dates
from frise_analysis.vocabulary import DatePrecision

DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
PAIRS = st.tuples(DAYS, DAYS).map(sorted)


@pytest.mark.parametrize(
    ("precision", "end", "expected"),
    [
        ("day", None, "le 1er mars 2019"),
        ("day", date(2019, 3, 1), "le 1er mars 2019"),
        (None, None, "le 1er mars 2019"),
        ("month", None, "en mars 2019"),
        ("month", date(2019, 5, 1), "en mars 2019"),
        ("year", None, "courant 2019"),
        ("unknown", None, "vers 2019 (date incertaine)"),
        ("environ", None, "vers 2019 (date incertaine)"),
        ("period", date(2019, 5, 12), "du 1er mars 2019 au 12 mai 2019"),
        ("period", None, "le 1er mars 2019"),
    ],
)
def test_recorded_dates(precision: str | None, end: date | None, expected: str) -> None:
    """A date of facts is written no more precisely than it is recorded; a precision that is not known is uncertain."""
    assert expected == dates.recorded_date(date(2019, 3, 1), end, precision)


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("day", "1er mars 2019"),
        ("period", "1er mars 2019"),
        ("month", "mars 2019"),
        ("year", "2019"),
        ("x", "vers 2019"),
    ],
)
def test_known_dates(precision: str, expected: str) -> None:
    """A cell holds as much of a date as the record knows."""
    assert expected == dates.known_date(date(2019, 3, 1), precision)


@given(DAYS, st.sampled_from([*DatePrecision, None]))
def test_possible_days_hold_the_day(day: date, precision: str | None) -> None:
    """The days that a date may stand for hold it, and share what its words say."""
    possible = dates.possible_days(day, precision)
    if possible is not None:
        assert possible[0] <= day <= possible[1]
        assert 1 == len({dates.known_date(x, precision) for x in (*possible, day)})


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0 infraction"), (1, "1 infraction"), (1.5, "1,5 infraction"), (-1, "-1 infraction"),
        (2, "2 infractions"), (1200, "1\N{NARROW NO-BREAK SPACE}200 infractions"),
    ],
)  # fmt: skip
def test_plural(number: float, expected: str) -> None:
    """French keeps the singular below two."""
    assert expected == dates.plural(number, "infraction")


def test_plural_of_its_own() -> None:
    """A plural that is not an s is given."""
    assert ("1 autre fin", "2 autres fins") == tuple(dates.plural(n, "autre fin", "autres fins") for n in (1, 2))


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [(0.4, 2, "0,40"), (1234567.891, 1, "1 234 567,9"), (12, None, "12"), (2.5, 0, "2")],
)
def test_french_numbers(number: float, decimals: int | None, expected: str) -> None:
    """Decimal comma, narrow no-break space between thousands."""
    assert expected == dates.french_number(number, decimals).replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "0 jour"), (1, "1 jour"), (60, "60 jours"), (61, "2 mois"), (350, "11 mois"), (363, "11 mois"), (365, "1 an"),
        (400, "1 an 1 mois"), (730, "2 ans"), (1095, "3 ans"), (1203, "3 ans 3 mois"),
    ],
)  # fmt: skip
def test_durations(days: int, expected: str) -> None:
    """Days under two months, then whole years and months of mean length, never rounded up."""
    assert expected == dates.duration(days)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("1990-06-15", "2019-06-14", 28), ("1990-06-15", "2019-06-15", 29), ("2000-02-29", "2001-02-28", 0),
        ("2000-02-29", "2001-03-01", 1), ("2000-02-29", "2004-02-29", 4),
    ],
)  # fmt: skip
def test_whole_years(start: str, end: str, expected: int) -> None:
    """A year more on the birthday; on the first of March for who is born on a 29 February."""
    assert expected == dates.whole_years(date.fromisoformat(start), date.fromisoformat(end))


@given(PAIRS)
def test_calendar_span_is_the_age(pair: list[date]) -> None:
    """Years are those of the age, months are under twelve, days under a month."""
    years, months, days = dates.calendar_span(*pair)
    assert dates.whole_years(*pair) == years
    assert 0 <= months < 12
    assert 0 <= days <= 30


@given(PAIRS)
def test_calendar_span_leads_to_the_end(pair: list[date]) -> None:
    """Counting the months from the start, then the days, comes to the end."""
    start, end = pair
    years, months, days = dates.calendar_span(start, end)
    total = start.year * 12 + start.month - 1 + 12 * years + months
    year, month = divmod(total, 12)
    anchor = date(year, month + 1, min(start.day, dates.days_in_month(year, month + 1)))
    assert end == anchor + timedelta(days=days)


@given(DAYS)
def test_days_in_month(day: date) -> None:
    """The last day of a month is in it, the day after is not."""
    last = day.replace(day=dates.days_in_month(day.year, day.month))
    assert day.month == last.month != (last + timedelta(days=1)).month


@given(DAYS)
def test_full_and_short_dates(day: date) -> None:
    """A date in full has its day, month and year; the short one begins like the month."""
    number, month, year = dates.full_date(day).split()
    assert (day.day, dates.MONTHS[day.month - 1], str(day.year)) == (int(number.removesuffix("er")), month, year)
    assert (
        dates.short_date(day).split(".", maxsplit=1)[0].split()[0]
        == month[: len(dates.SHORT_MONTHS[day.month - 1].rstrip("."))]
    )


def test_periods() -> None:
    """A period that runs has no end."""
    assert "depuis le 2 mai 2018" == dates.period(date(2018, 5, 2), None)
    assert "du 2 mai 2018 au 4 juin 2018" == dates.period(date(2018, 5, 2), date(2018, 6, 4))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2015-03-10", 60, "2020-03-10"), ("2020-02-29", 12, "2021-02-28"), ("2020-02-29", 48, "2024-02-29"),
        ("2021-01-31", 1, "2021-02-28"), ("2021-12-15", 1, "2022-01-15"), ("2021-03-31", 0, "2021-03-31"),
    ],
)  # fmt: skip
def test_months_are_added_day_for_day(start: str, months: int, expected: str) -> None:
    """A delay ends on the day of the same number; on the last of a month too short for it."""
    assert date.fromisoformat(expected) == dates.add_months(date.fromisoformat(start), months)


@given(DAYS, st.integers(0, 40))
def test_years_added_are_years_passed(day: date, years: int) -> None:
    """A whole number of years later, so many years have passed, a 29 February aside: its birthday is the first of March."""
    later = dates.add_years(day, years)
    assert dates.whole_years(day, later) == years - (later.day != day.day)


@given(DAYS, DAYS, st.integers(0, 40))
def test_adding_years_keeps_the_order(one: date, other: date, years: int) -> None:
    """What starts later does not end sooner."""
    first, last = sorted((one, other))
    assert dates.add_years(first, years) <= dates.add_years(last, years)


def test_numeric_date() -> None:
    """Day, month, year, each with all its figures."""
    assert "05/03/2019" == dates.numeric_date(date(2019, 3, 5))
