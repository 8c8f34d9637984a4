"""Indices of sequences and diversity against values published or computed elsewhere."""

from __future__ import annotations

from math import log

import pytest

from frise_analysis.analysis.diversity import diversity
from frise_analysis.analysis.sequence_index import complexity, entropy, integrative_index, subsequences, turbulence

STATES = [*"DDD", *"BBBBBBB"]


def test_entropy() -> None:
    """TraMineR: .6108643, and .4406455 over the entropy of four states."""
    assert pytest.approx((0.6108643, 0.4406455), abs=1e-7) == (entropy(STATES), entropy(STATES) / log(4))


def test_complexity() -> None:
    """TraMineR: .2212704 with an alphabet of four."""
    assert pytest.approx(0.2212704, abs=5e-8) == complexity(STATES, alphabet=4)


def test_turbulence() -> None:
    """TraMineR: 3.7655347."""
    assert pytest.approx(3.7655347, abs=5e-8) == turbulence(STATES)


def test_integrative_index() -> None:
    """By hand: positions 4 to 10 add up to 49 of 55; squared, 371 of 385."""
    found = [integrative_index(STATES, state="B", power=power) for power in (0, 1, 2)]
    assert pytest.approx([7 / 10, 49 / 55, 371 / 385]) == found


@pytest.mark.parametrize(("states", "expected"), [("", 1), ("A", 2), ("AB", 4), ("ABA", 7), ("ABAC", 14)])
def test_distinct_subsequences(states: str, expected: int) -> None:
    """The empty one, then all that can be left by striking states out, each counted once."""
    assert expected == subsequences(states)


@pytest.mark.parametrize(
    ("counts", "expected", "unbiased"), [((4, 0, 0), 0, 0), ((2, 2, 0), 0.5, 2 / 3), ((2, 1, 1), 0.625, 5 / 6)]
)
def test_diversity(counts: tuple[int, ...], expected: float, unbiased: float) -> None:
    """The worked values of methods.md; four things over three kinds reach .625 at most."""
    found = diversity(counts, kinds=3)
    assert pytest.approx((expected, unbiased, 0.625)) == (found.value, found.unbiased, found.largest)
