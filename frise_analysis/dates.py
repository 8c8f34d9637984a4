"""Pure date arithmetic and dates in French words. Nothing here reads a clock."""

from __future__ import annotations

from datetime import date

from frise_analysis.vocabulary import DatePrecision

DAYS_PER_YEAR = 365.25
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


def full_date(day: date) -> str:
    """``12 mars 2019``; the first of a month is ``1er``."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def numeric_date(day: date) -> str:
    """``05/03/2019``: for the date of a set of rules and for narrow cells."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def short_date(day: date) -> str:
    """``mars 2019``, ``janv. 2021``: for axes and narrow places."""
    return f"{SHORT_MONTHS[day.month - 1]} {day.year}"


def recorded_date(start: date, end: date | None, precision: str | None) -> str:
    """The words of a date of facts, no more precise than the record.

    ``le 12 mars 2019``, ``en mars 2019``, ``courant 2019``, ``du 2 mai 2018 au 4 juin 2018``, ``vers 2019``.
    """
    if precision == DatePrecision.YEAR:
        return f"courant {start.year}"
    if precision == DatePrecision.MONTH:
        return f"en {MONTHS[start.month - 1]} {start.year}"
    if not is_exact(precision):
        return f"vers {start.year} (date incertaine)"
    if end is not None and end != start:
        return period(start, end)
    return f"le {full_date(start)}"


def known_date(day: date, precision: str | None) -> str:
    """As much of a date as the record knows: ``12 mars 2019``, ``mars 2019``, ``2019``, ``vers 2019``."""
    if is_exact(precision):
        return full_date(day)
    if precision == DatePrecision.MONTH:
        return f"{MONTHS[day.month - 1]} {day.year}"
    return str(day.year) if precision == DatePrecision.YEAR else f"vers {day.year}"


def is_exact(precision: str | None) -> bool:
    """Whether a date of facts (the start of a period) is known to the day; a precision that is not known is not."""
    return precision in {None, DatePrecision.DAY, DatePrecision.PERIOD}


def possible_days(day: date, precision: str | None) -> tuple[date, date] | None:
    """The first and last day that a recorded date may stand for; None where the record calls it uncertain."""
    if is_exact(precision):
        return day, day
    if precision == DatePrecision.MONTH:
        return day.replace(day=1), day.replace(day=days_in_month(day.year, day.month))
    return (date(day.year, 1, 1), date(day.year, 12, 31)) if precision == DatePrecision.YEAR else None


def period(start: date, end: date | None) -> str:
    """``du 2 mai 2018 au 4 juin 2018``; ``depuis le 2 mai 2018`` while it runs."""
    if end is None:
        return f"depuis le {full_date(start)}"
    return f"du {full_date(start)} au {full_date(end)}"


def whole_years(start: date, end: date) -> int:
    """Birthdays passed from ``start`` to ``end``: the age in whole years."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def calendar_span(start: date, end: date) -> tuple[int, int, int]:
    """Whole years, then whole months, then days left between two dates, by the calendar (``start <= end``)."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    years, months = divmod(months, 12)
    anchor_month = start.month - 1 + months
    year = start.year + years + anchor_month // 12
    month = anchor_month % 12 + 1
    anchor = date(year, month, min(start.day, days_in_month(year, month)))
    return years, months, (end - anchor).days


def days_in_month(year: int, month: int) -> int:
    """Days of one month of the Gregorian calendar."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later (*de quantième en quantième*); the last of a month too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def add_years(day: date, years: int) -> date:
    """The same day of the year, so many years later; the 28 February for a 29 February where there is none."""
    return add_months(day, 12 * years)


def plural(number: float, singular: str, several: str | None = None) -> str:
    """``0 infraction``, ``1 infraction``, ``2 infractions``: French keeps the singular below 2."""
    word = singular if abs(number) < 2 else (several or f"{singular}s")
    return f"{french_number(number)} {word}"


def french_number(number: float, decimals: int | None = None) -> str:
    """Decimal comma, narrow no-break space between thousands."""
    text = f"{number:,.{decimals}f}" if decimals is not None else f"{number:,}"
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def duration(days: int) -> str:
    """Whole months elapsed, of mean length, in words: ``2 ans 11 mois``, ``5 mois``; days alone under two months.

    Never rounded up, as for a time between two dates; a day of tolerance makes 365 days one year.
    """
    if days < 61:
        return plural(days, "jour")
    return months_in_words(int((days + 1) / (DAYS_PER_YEAR / 12)))


def months_in_words(months: int) -> str:
    """``2 ans 11 mois``, ``3 ans``, ``5 mois``."""
    years, rest = divmod(months, 12)
    parts = [plural(years, "an")] if years else []
    parts += [f"{rest} mois"] if rest or not years else []
    return " ".join(parts)
