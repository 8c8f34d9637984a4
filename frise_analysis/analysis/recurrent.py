"""How many events a person has had on average, by time at risk: the mean cumulative function of events that come again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from frise_analysis.analysis.survival.curves import log_interval
from frise_analysis.analysis.survival.followed import LONGEST_DAYS, Integers, Numbers, whole_numbers

MEAN_COLUMNS = ["time", "at_risk", "events", "mean", "standard_error", "low", "high"]
_DAYS = LONGEST_DAYS + 2
_OUTSIDE = "each event must lie inside a spell of its person"


@dataclass(frozen=True)
class _Records:
    """Spells at risk and events of people numbered from 0; one event per person and day, with how many they are."""

    spell_person: Integers
    start: Integers
    end: Integers
    person: Integers
    day: Integers
    number: Numbers


def mean_cumulative(spells: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """One row per day with events: the mean number of events that a person at risk all along has had by the end of that day.

    ``spells``: one row per time at risk, ``person_key``, ``start_day``, ``end_day``: observed and free from the day after the
    first (-1: from day 0) to the second, several for a person who was away. ``events``: one row per event, ``person_key`` and ``day``,
    inside a spell of that person. ``time`` in days; people ``at_risk`` and ``events`` that day; ``mean`` = sum of events / at_risk
    (Nelson 1988); ``standard_error`` robust, by person: events of one person need not be independent (Lawless & Nadeau 1995);
    ``low``, ``high``: 95 % interval on the log scale. Empty without events. ``ValueError`` where columns have gaps or fractions,
    days are out of bounds, spells of a person overlap, or an event is in none.
    """
    records = _records(spells, events)
    size = int(records.end.max(initial=0)) + 2
    changes = np.bincount(records.start + 1, minlength=size) - np.bincount(records.end + 1, minlength=size)
    at_risk = np.maximum(np.cumsum(changes), 1).astype(np.float64)
    happened = np.bincount(records.day, records.number, minlength=size).astype(np.float64)
    mean = np.cumsum(happened / at_risk)
    error = np.sqrt(_variance(records, at_risk, happened))
    time = np.flatnonzero(happened)
    low, high = log_interval(mean[time], error[time])
    counts = (at_risk[time].astype(np.int64), happened[time].astype(np.int64))
    values = [time, *counts, mean[time], error[time], low, high]
    return pd.DataFrame(dict(zip(MEAN_COLUMNS, values, strict=True)))


def _records(spells: pd.DataFrame, events: pd.DataFrame) -> _Records:
    """The two tables checked, by person and day."""
    people, keys = pd.factorize(whole_numbers("person_key", spells["person_key"]), sort=True)
    start, end = (whole_numbers(name, spells[name]) for name in ("start_day", "end_day"))
    if (start < -1).any() or (start >= end).any() or end.max(initial=0) > LONGEST_DAYS:
        raise ValueError(f"start_day must be -1 at least and below end_day, and end_day {LONGEST_DAYS} at most")
    order = np.argsort(_place(people, start), kind="stable")
    people, start, end = people[order].astype(np.int64), start[order], end[order]
    if ((people[1:] == people[:-1]) & (start[1:] < end[:-1])).any():
        raise ValueError("spells of one person must not overlap")
    who = pd.Index(keys).get_indexer(pd.Index(whole_numbers("person_key", events["person_key"])))
    day = whole_numbers("day", events["day"])
    if ((who < 0) | (day < 0) | (day > LONGEST_DAYS)).any():
        raise ValueError(_OUTSIDE)
    places, number = np.unique(_place(who, day), return_counts=True)
    person, on = np.divmod(places, _DAYS)
    # Each event lies in the last spell of its person that starts before it.
    spell = np.searchsorted(_place(people, start), places, side="left") - 1
    if ((spell < 0) | (people[spell] != person) | (on - 1 > end[spell])).any():
        raise ValueError(_OUTSIDE)
    return _Records(people, start, end, person, on - 1, number.astype(np.float64))


def _place(person: Integers, day: Integers) -> Integers:
    """One number that orders days by person, then by day, from the day -1."""
    return person * _DAYS + day + 1


def _variance(records: _Records, at_risk: Numbers, happened: Numbers) -> Numbers:
    """On each day, the sum over people of U², U = sum of (own events - events / at_risk) / at_risk over their days at risk.

    On a day with d events among Y people, U moves by (own - d/Y) / Y for those at risk, which adds up to nothing: the sum of U over the
    people at risk changes only by who comes and goes. So only the U of people with an event, or who come or go, are needed.
    """
    step = happened / at_risk**2
    own, coming, going = _residuals(records, at_risk, np.cumsum(step))
    size = len(at_risk)
    # People come on the day after their start, and are gone the day after their end.
    present = np.cumsum(
        np.bincount(records.start + 1, coming, minlength=size) - np.bincount(records.end + 1, going, minlength=size)
    )
    jump = records.number / at_risk[records.day]
    squares = np.bincount(records.day, jump**2, minlength=size) - step * happened / at_risk
    crossed = np.bincount(records.day, own * jump, minlength=size) - step * present
    return np.asarray(np.maximum(np.cumsum(squares + 2 * crossed), 0.0), dtype=np.float64)


def _residuals(records: _Records, at_risk: Numbers, steps: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """U of each person just before each own event, at each start and at each end, in the order of the records.

    Along a person's records U = a - (steps so far, while at risk), a rising by 1/Y at an event and by ``steps`` at a start.
    """
    until = np.concatenate([[0.0], steps])
    starting, ending, before = until[records.start + 1], steps[records.end], until[records.day]
    person = np.concatenate([records.spell_person, records.person, records.spell_person])
    time = np.concatenate([records.start, records.day, records.end])
    kind = np.repeat([2, 0, 1], [len(records.start), len(records.day), len(records.end)])
    change = np.concatenate([starting, records.number / at_risk[records.day], -ending])
    # Three columns already in order, one after the other: a stable sort only merges them.
    order = np.argsort(_place(person, time) * 3 + kind, kind="stable")
    running = np.cumsum(change[order])
    first = np.flatnonzero(np.diff(person[order], prepend=-1))
    base = np.concatenate([[0.0], running])[first]
    counts = np.diff(first, append=len(order))
    after = np.empty(len(order))
    after[order] = running - np.repeat(base, counts)
    spells, own = len(records.start), len(records.day)
    coming = after[:spells] - starting
    at_event = after[spells : spells + own] - change[spells : spells + own] - before
    return at_event, coming, after[spells + own :]
