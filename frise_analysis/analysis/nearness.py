"""How many dates stand near some others, and how often chance brings as many near: the reasoning of a permutation test.

Fisher 1935; Phipson & Smyth 2010 for the count of draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 999
SEED = 20240930


@dataclass(frozen=True)
class Nearness:
    """How many dates of facts stand near an event, and how often chance gives as many or more."""

    count: int
    chance: float


def near(facts: Sequence[int], events: Sequence[int], *, days: int) -> int:
    """How many facts stand 1 to ``days`` days after an event; before one if ``days`` is negative. The same day is neither."""
    return int(_counts(facts, np.array([events], dtype=int), days=days)[0])


def nearness(facts: Sequence[int], events: Sequence[int], *, days: int, span: int) -> Nearness:
    """The count, and the chance of as many with each event on any day from 0 to ``span``.

    Exact for one event, every day being tried; for more, 999 draws from a fixed seed, the count itself added to both sides.
    """
    found = near(facts, events, days=days)
    if len(events) == 1:
        counts = _counts(facts, np.arange(span + 1)[:, None], days=days)
        return Nearness(found, float(np.mean(counts >= found)))
    drawn = np.random.default_rng(SEED).integers(0, span + 1, size=(DRAWS, len(events)))
    reached = int(np.sum(_counts(facts, drawn, days=days) >= found))
    return Nearness(found, (reached + 1) / (DRAWS + 1))


def _counts(facts: Sequence[int], placed: np.ndarray, *, days: int) -> np.ndarray:
    """For each row of events, how many facts are near one of them.

    In order, the days near an event end where those near the next begin: no fact is counted twice, none is looked at one by one.
    """
    low, high = sorted((1 if days > 0 else -1, days))
    first = np.sort(placed, axis=1) + low
    last = first + (high - low)
    last[:, :-1] = np.minimum(last[:, :-1], first[:, 1:] - 1)
    dated = np.sort(np.array(facts, dtype=int))
    found: np.ndarray = (dated.searchsorted(last, side="right") - dated.searchsorted(first, side="left")).sum(axis=1)
    return found
