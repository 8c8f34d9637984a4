"""Limits of funnels and intervals of ratios against published values and against the distributions of SciPy."""

from __future__ import annotations

from math import exp, factorial

import numpy as np
import pytest
from scipy.stats import binom, poisson

from frise_analysis.analysis.funnel import LIMITS, exact_interval, funnel_limits, ratio_limits


def test_worked_limits() -> None:
    """Target .35, 20 people: .0210 to .6715 at 99.8 %, .1200 to .5419 at 95 %."""
    found = funnel_limits([20], target=0.35).iloc[0]
    assert pytest.approx([0.0210, 0.1200, 0.5419, 0.6715], abs=5e-5) == [found[name] for name in LIMITS]


@pytest.mark.parametrize("target", [0.02, 0.35, 0.5, 0.81])
def test_formula_of_spiegelhalter(target: float) -> None:
    """(r - a) / n with r from another inverse of the binomial distribution, where the limit is not the edge."""
    sizes = np.arange(5, 400, 7)
    found = funnel_limits(sizes, target=target)
    for name, p in LIMITS.items():
        r = binom.ppf(p, sizes, target)
        upper, lower = binom.cdf(r, sizes, target), binom.cdf(r - 1, sizes, target)
        expected = np.clip((r - (upper - p) / (upper - lower)) / sizes, 0, 1)
        inside = (r < sizes) & ((expected < target) if p < 0.5 else (expected > target))
        assert pytest.approx(expected[inside], abs=1e-9) == found[name].to_numpy()[inside]
        assert inside.sum() > 20


def test_formula_for_ratios() -> None:
    """The same with the Poisson distribution."""
    mean = np.array([0.5, 1, 2.5, 7.3, 20, 150, 4000])
    found = ratio_limits(mean)
    for name, p in LIMITS.items():
        r = poisson.ppf(p, mean)
        upper, lower = poisson.cdf(r, mean), poisson.cdf(r - 1, mean)
        assert pytest.approx(np.maximum((r - (upper - p) / (upper - lower)) / mean, 0)) == found[name].to_numpy()


def test_ratio_limit_by_hand() -> None:
    """Two expected: F(5) = .98344 and F(4) = .94735 around .975, so (5 - a) / 2 with a = .23396."""
    cumulative = [sum(exp(-2) * 2**k / factorial(k) for k in range(n + 1)) for n in (4, 5)]
    a = (cumulative[1] - 0.975) / (cumulative[1] - cumulative[0])
    assert pytest.approx((5 - a) / 2) == ratio_limits([2.0])["high95"][0]


def test_exact_poisson_interval() -> None:
    """Garwood's table: 0 gives 0 to 3.69, 1 gives .0253 to 5.57, 5 gives 1.62 to 11.67, 10 gives 4.80 to 18.39."""
    low, high = exact_interval([0, 1, 5, 10])
    assert pytest.approx([0, 0.0253, 1.62, 4.80], abs=0.005) == list(low)
    assert pytest.approx([3.69, 5.57, 11.67, 18.39], abs=0.005) == list(high)
