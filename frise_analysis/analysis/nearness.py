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
    low, high = sorted((1 if days > 0 else -1, days))
    return sum(any(low <= fact - event <= high for event in events) for fact in facts)


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
    low, high = sorted((1 if days > 0 else -1, days))
    counts = np.zeros(len(placed), dtype=int)
    for fact in facts:
        counts += ((fact - placed >= low) & (fact - placed <= high)).any(axis=1)
    return counts
