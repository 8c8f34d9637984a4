"""The three clocks of a path: calendar, age, street time. Positions are in years, so that one axis serves all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.vocabulary import Clock

Position = Callable[[date], float]


def decimal_year(day: date) -> float:
    """``2019.5`` for the middle of 2019; the first of January is the whole number."""
    start = date(day.year, 1, 1)
    return day.year + (day - start).days / (date(day.year + 1, 1, 1) - start).days


def clocks_of(path: PersonPath) -> tuple[Clock, ...]:
    """The clocks that can be read for this person: no age without a birth, no street time without facts to start it."""
    barred = {Clock.AGE: path.person.birth is None, Clock.STREET: path.first_facts is None}
    return tuple(c for c in Clock if not barred.get(c))


def position(path: PersonPath, clock: Clock) -> Position:
    """Where a day stands on a clock, in years: decimal year, age, or free years since the first facts."""
    if clock == Clock.STREET:
        return lambda day: path.clock.days(day) / DAYS_PER_YEAR
    birth = path.person.birth
    if clock == Clock.AGE and birth is not None:
        origin = decimal_year(birth)
        return lambda day: decimal_year(day) - origin
    return decimal_year
