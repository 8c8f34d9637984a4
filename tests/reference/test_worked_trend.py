"""The worked person of docs/methods.md again: trend, rate drawn towards a prior; every value computed by an independent program."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.rate import GammaPrior, drawn_rate
from frise_analysis.analysis.trend import trend_tests, windows

PERSON = """
offences
person_id | offence_start_date
W         | 2008-07-01
W         | 2009-01-01
W         | 2009-03-01
W         | 2011-06-01
W         | 2015-06-01

custody_periods
person_id | start_date | end_date
W         | 2009-04-01 | 2010-04-01
W         | 2011-07-01 | 2012-01-01
"""


@pytest.fixture(scope="module")
def whole(people):
    return windows(people(PERSON, "2020-01-01").path("W"))[1].tests


def test_laplace(whole) -> None:
    """Laplace -1.991953; one-sided probabilities .023188 (normal) and .0217447 (exact)."""
    assert pytest.approx(-1.991953, abs=5e-7) == whole.laplace_z
    assert pytest.approx(0.023188, abs=5e-7) == whole.laplace_p_normal
    assert pytest.approx(0.0217447, abs=5e-8) == whole.laplace_p_exact


def test_mil_hdbk_189(whole) -> None:
    """Chi-square 15.92742 with 8 degrees, probability .0434309."""
    assert pytest.approx((15.92742, 8, 0.0434309), abs=5e-6) == (whole.mil_chi2, whole.mil_df, whole.mil_p)


def test_crow_amsaa(whole) -> None:
    """Beta .5022786, within the interval of a chi-square with 8 degrees (2.179731 and 17.534546 in tables)."""
    expected = tuple(0.5022786 * x / 8 for x in (8, 2.179731, 17.534546))
    assert pytest.approx(expected, abs=1e-6) == (whole.beta, whole.beta_low, whole.beta_high)


def test_reversals(whole) -> None:
    """Of the intervals 184, 59, 457, 1277, five pairs of six grow; mean 4*3/4, variance 13*3*4/72."""
    assert (5, 3.0, pytest.approx(13 / 6)) == (whole.reversals, whole.reversals_mean, whole.reversals_variance)


def test_window_without_the_zone(people) -> None:
    """A year earlier, on 2019-01-01, 3287 days at liberty: the same facts."""
    judged = windows(people(PERSON, "2020-01-01").path("W"))[0].tests
    assert trend_tests([184, 243, 700, 1977], end=3287) == judged


def test_rate_with_a_prior() -> None:
    """With Gamma(2, 4): .42861 per year [.15729, .83353]."""
    found = drawn_rate(GammaPrior(2, 4, 100), count=4, years=3652 / 365.25)
    assert pytest.approx((0.42861, 0.15729, 0.83353), abs=5e-6) == (found.rate, found.low, found.high)
