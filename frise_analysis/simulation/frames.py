"""Small moves on columns of many people: cutting, stacking, finding the neighbour of a row within its person."""

from __future__ import annotations

import numpy as np

from frise_analysis.simulation.draws import Array

Frame = dict[str, Array]

#: Days are kept between -2**24 and 2**24, so that a person and a day make one sortable number.
_WIDTH = 2**25


def at(frame: Frame, rows: Array) -> Frame:
    """The same columns for some rows."""
    return {name: column[rows] for name, column in frame.items()}


def stacked(frames: list[Frame]) -> Frame:
    """Rows of several frames that have the same columns."""
    return {name: np.concatenate([frame[name] for frame in frames]) for name in frames[0]}


def person_day(row: Array, day: Array) -> Array:
    """One number that sorts by person, then by day."""
    return row * _WIDTH + day + _WIDTH // 2


def ordinal(row: Array) -> Array:
    """1, 2, 3… within each person, rows being sorted by person."""
    if not len(row):
        return row
    starts = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
    lengths = np.diff(np.r_[starts, len(row)])
    return np.arange(len(row)) - np.repeat(starts, lengths) + 1


def next_day(row: Array, day: Array, sorted_keys: Array, missing: int) -> Array:
    """First day after ``day`` among the sorted ``person_day`` numbers of the same person; ``missing`` where there is none."""
    position = np.searchsorted(sorted_keys, person_day(row, day), side="right")
    return _same_person(row, position, sorted_keys, missing)


def last_day(row: Array, day: Array, sorted_keys: Array, missing: int) -> Array:
    """Last day up to ``day`` among the sorted ``person_day`` numbers of the same person; ``missing`` where there is none."""
    position = np.searchsorted(sorted_keys, person_day(row, day), side="right") - 1
    return _same_person(row, position, sorted_keys, missing)


def _same_person(row: Array, position: Array, sorted_keys: Array, missing: int) -> Array:
    if not len(sorted_keys):
        return np.full(len(row), missing)
    inside = (position >= 0) & (position < len(sorted_keys))
    key = sorted_keys[np.clip(position, 0, len(sorted_keys) - 1)]
    found = inside & (key // _WIDTH == row)
    return np.where(found, key % _WIDTH - _WIDTH // 2, missing)
