"""French public holidays and the working day before one (Code du travail L3133-1; CPP 716-3).

Not handled: Good Friday and 26 December in Alsace-Moselle, the days of the abolition of slavery overseas.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
#: Easter Monday, Ascension and Whit Monday, in days after Easter.
_AFTER_EASTER = (1, 39, 50)
_SUNDAY = 6


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar. Source: Meeus, Astronomical Algorithms (1991), chapter 8 (Butcher’s rule)."""
    century, rest = divmod(year, 100)
    leap_centuries, odd = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap_centuries - moon + 15) % 30
    leaps, left = divmod(rest, 4)
    weekday = (32 + 2 * odd + 2 * leaps - epact - left) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The eleven days of one year."""
    moved = (easter(year) + timedelta(days=x) for x in _AFTER_EASTER)
    return frozenset((*(date(year, month, day) for month, day in _FIXED), *moved))


def release_day(end: date) -> date:
    """The day of release: the end itself, or the working day before a Sunday or a holiday (CPP 716-3); Saturday is one."""
    while end.weekday() == _SUNDAY or end in public_holidays(end.year):
        end -= timedelta(days=1)
    return end
