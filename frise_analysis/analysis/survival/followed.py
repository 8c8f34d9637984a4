"""People followed for whole days, checked once, and how many of them each day holds.

Days are whole numbers: everything is counted by day first, so that what follows depends on the number of days, not of people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Integers = NDArray[np.int64]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
#: A longer duration is one written in another unit: hours, or a date taken for a number of days.
LONGEST_DAYS = 100_000
#: Entry of those followed from the origin: day 0 counts.
FROM_ORIGIN = -1


@dataclass(frozen=True)
class Followed:
    """One place per person: at risk from the day after ``entry`` to ``exit``, both in days since the origin.

    ``cause``: 0 where the following ends without any event, else which event ended it (1, 2...). Made by ``followed``.
    """

    entry: Integers
    exit: Integers
    cause: Integers

    def __len__(self) -> int:
        return len(self.exit)

    def among(self, chosen: ArrayLike) -> Followed:
        """Some of them, by a mask."""
        kept = np.asarray(chosen, dtype=bool)
        return Followed(self.entry[kept], self.exit[kept], self.cause[kept])

    def after(self, day: int) -> Followed:
        """Those to whom nothing has happened by ``day``, at risk from the next one: what follows is conditional on it.

        With delayed entry, the first days may hold so few people that one event brings the whole curve to nothing:
        start it where enough are followed.
        """
        kept = self.among(self.exit > day)
        return Followed(np.maximum(kept.entry, day), kept.exit, kept.cause)


@dataclass(frozen=True)
class Days:
    """The days on which somebody's following ends, the day 0 before them: ``at_risk`` that day, ``events`` of any cause."""

    time: Integers
    at_risk: Integers
    events: Integers

    @property
    def rates(self) -> Numbers:
        """Events over people at risk."""
        return self.events / np.maximum(self.at_risk, 1)


def followed(exit_days: ArrayLike, *, cause: ArrayLike, entry_days: ArrayLike | None = None) -> Followed:
    """People followed, from columns of whole numbers of days since the origin.

    ``cause``: 0 (or false) where the following ends without event; true, 1, 2... otherwise. ``entry_days``: the day after which
    each is observed (left truncation); without it everybody is from the origin, and an event of day 0 counts. ``ValueError``
    where a column has gaps, fractions or another length, a day is before the origin or beyond ``LONGEST_DAYS``, or an entry
    is not before its exit: such a person is never at risk and is left out by whoever calls.
    """
    exits, causes = whole_numbers("exit_days", exit_days), whole_numbers("cause", cause)
    entries = np.full(len(exits), FROM_ORIGIN) if entry_days is None else whole_numbers("entry_days", entry_days)
    if not len(exits) == len(causes) == len(entries):
        raise ValueError("exit_days, cause and entry_days must have one value per person each")
    if len(exits) and (exits.min() < 0 or exits.max() > LONGEST_DAYS):
        raise ValueError(f"exit_days must lie between 0 and {LONGEST_DAYS}")
    if (causes < 0).any():
        raise ValueError("cause must be 0 or a positive number")
    if (entries < FROM_ORIGIN).any() or (entries >= exits).any():
        raise ValueError(f"entry_days must be {FROM_ORIGIN} at least and below exit_days")
    return Followed(entries, exits, causes)


def whole_numbers(name: str, values: ArrayLike) -> Integers:
    """A column as integers; ``ValueError`` naming it where it is not one of whole numbers without gaps."""
    column = np.asarray(values)
    if column.size == 0:
        return np.zeros(0, dtype=np.int64)
    if column.ndim != 1 or column.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be one column of whole numbers without gaps")
    if column.dtype.kind == "f" and not (np.isfinite(column).all() and (column == np.rint(column)).all()):
        raise ValueError(f"{name} must be whole numbers without gaps")
    return column.astype(np.int64)


def at_risk_by_day(people: Followed) -> Integers:
    """People at risk on each day from 0 to the last: entered before it, and not out before it."""
    size = int(people.exit.max(initial=0)) + 2
    changes = np.bincount(people.entry + 1, minlength=size) - np.bincount(people.exit + 1, minlength=size)
    return np.cumsum(changes)[:-1].astype(np.int64)


def numbers_at_risk(people: Followed, times: ArrayLike) -> Integers:
    """How many people are at risk on each of ``times`` (days), for the line under a curve."""
    by_day, asked = at_risk_by_day(people), whole_numbers("times", times)
    inside = (asked >= 0) & (asked < len(by_day))
    return np.where(inside, by_day[np.clip(asked, 0, len(by_day) - 1)], 0).astype(np.int64)


def count_days(people: Followed) -> Days:
    """The days on which somebody's following ends, in order, day 0 always first; none where there is nobody."""
    if not len(people):
        nothing = np.zeros(0, dtype=np.int64)
        return Days(nothing, nothing, nothing)
    by_day = at_risk_by_day(people)
    ended = np.bincount(people.exit, minlength=len(by_day))
    time = np.flatnonzero(ended + (np.arange(len(ended)) == 0))
    events = np.bincount(people.exit[people.cause > 0], minlength=len(by_day))
    return Days(time, by_day[time], events[time].astype(np.int64))


def count_days_by_group(people: Followed, codes: Integers, number: int) -> list[Days]:
    """The same for each of ``number`` groups; ``codes``: the group of each person, from 0. Everybody is gone through once, whatever the groups."""
    size = int(people.exit.max(initial=0)) + 2
    base, shape = codes * size, (number, size)

    def by_day(days: Integers, chosen: Mask | slice = slice(None)) -> Integers:
        return np.bincount(base[chosen] + days[chosen], minlength=number * size).reshape(shape)

    ended, events = by_day(people.exit), by_day(people.exit, people.cause > 0)
    left = np.zeros_like(ended)
    left[:, 1:] = ended[:, :-1]
    at_risk = np.cumsum(by_day(people.entry + 1) - left, axis=1)
    return [_days_of(*of_group) for of_group in zip(at_risk, ended, events, strict=True)]


def _days_of(at_risk: Integers, ended: Integers, events: Integers) -> Days:
    """The days of one group, from how many it counts on every day."""
    time = np.flatnonzero(ended + (np.arange(len(ended)) == 0)) if ended.any() else np.zeros(0, dtype=np.int64)
    return Days(time, at_risk[time].astype(np.int64), events[time].astype(np.int64))


def step_values(curve: pd.DataFrame, times: Integers, columns: list[str]) -> pd.DataFrame:
    """The columns of a step curve at each of ``times``: the last row at or before it; missing where there is none."""
    place = np.searchsorted(curve["time"].to_numpy(), times, side="right") - 1
    found = curve[columns].reindex(place)
    return found.reset_index(drop=True)
