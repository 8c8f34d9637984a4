"""How far a unit's proportion or ratio may stand from that of the whole by chance alone, given its size.

Exact limits of Spiegelhalter 2005, *Funnel plots for comparing institutional performance*. Units are branches or measures,
never officers (``standardisation.py`` refuses them); a funnel has no order of units.
"""

from __future__ import annotations

from collections.abc import Callable
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import bdtr, bdtrik, gammaincinv, pdtr, pdtrik

from frise_analysis.analysis.survival.followed import Integers, Numbers, whole_numbers

#: Probability under each limit, by column.
LIMITS = {"low998": 0.001, "low95": 0.025, "high95": 0.975, "high998": 0.999}
Distribution = Callable[[Numbers], Numbers]


def funnel_limits(sizes: ArrayLike, *, target: float) -> pd.DataFrame:
    """One row per size: the proportions between which chance keeps 95 % and 99.8 % of units of ``n`` people.

    ``n``, ``target``, ``low998``, ``low95``, ``high95``, ``high998``. At n: (r - a) / n, r the first count whose cumulative
    probability F reaches p, a = (F(r) - p) / (F(r) - F(r - 1)); between 0 and 1, on its side of the target. Where even n out
    of n is not rare, the high limit is 1: the interpolation would put it below what nothing can exceed. ``ValueError`` unless
    sizes are whole and positive, and ``target`` between 0 and 1.
    """
    n = whole_numbers("sizes", sizes)
    if (n < 1).any():
        raise ValueError("sizes must be 1 at least")
    if not 0 <= target <= 1:
        raise ValueError("target must lie between 0 and 1")
    found = {name: _proportion_limit(n, target, p) for name, p in LIMITS.items()}
    return pd.DataFrame({"n": n, "target": float(target), **found})


def _proportion_limit(n: Integers, target: float, p: float) -> Numbers:
    if target in {0.0, 1.0}:
        return np.full(len(n), target)
    limit = _interpolated(lambda r: np.asarray(bdtr(r, n, target)), np.ceil(bdtrik(p, n, target)), p)
    if p < 0.5:
        return np.clip(limit / n, 0, target)
    return np.where(bdtr(n - 1, n, target) < p, 1.0, np.clip(limit / n, target, 1))


def ratio_limits(expected: ArrayLike) -> pd.DataFrame:
    """One row per number of expected events: the ratios observed / expected between which chance keeps units, around 1.

    ``expected``, ``low998``, ``low95``, ``high95``, ``high998``: as ``funnel_limits``, with the Poisson distribution. ``ValueError``
    unless all are positive numbers.
    """
    mean = np.asarray(expected, dtype=np.float64)
    if mean.ndim != 1 or not (np.isfinite(mean) & (mean > 0)).all():
        raise ValueError("expected must be one column of positive numbers")
    found = {name: _ratio_limit(mean, p) for name, p in LIMITS.items()}
    return pd.DataFrame({"expected": mean, **found})


def _ratio_limit(mean: Numbers, p: float) -> Numbers:
    limit = _interpolated(lambda r: np.asarray(pdtr(r, mean)), np.ceil(pdtrik(p, mean)), p)
    return np.clip(limit / mean, 0.0, 1.0) if p < 0.5 else np.maximum(limit / mean, 1.0)


def _interpolated(cumulative: Distribution, start: Numbers, p: float) -> Numbers:
    """The number r - a, where r is the first count with F(r) >= p. The inverse of the library may miss it by one: it is set right."""
    r = np.maximum(np.nan_to_num(start), 0.0)
    r = np.where((r > 0) & (_below(cumulative, r) >= p), r - 1, r)
    r = np.where(cumulative(r) < p, r + 1, r)
    upper, lower = cumulative(r), _below(cumulative, r)
    return np.asarray(r - (upper - p) / (upper - lower), dtype=np.float64)


def _below(cumulative: Distribution, r: Numbers) -> Numbers:
    """F(r - 1), which is 0 before the first count."""
    return np.where(r > 0, cumulative(np.maximum(r - 1, 0.0)), 0.0)


def funnel(counts: ArrayLike, sizes: ArrayLike, *, target: float | None = None) -> pd.DataFrame:
    """One row per unit, in the given order: ``count``, ``n``, ``proportion``, ``target`` and limits, and where it stands.

    ``target``: the proportion of the whole where none is given. ``beyond``: 0 within the limits, 95 or 99.8 beyond those. One unit
    in twenty is beyond 95 % by chance: that alone says nothing. ``ValueError`` where a count is not from 0 to its size.
    """
    count, n = whole_numbers("counts", counts), whole_numbers("sizes", sizes)
    if count.shape != n.shape or (count < 0).any() or (count > n).any():
        raise ValueError("counts must lie between 0 and sizes, one of each per unit")
    whole = float(count.sum() / n.sum()) if target is None and n.sum() else target
    limits = funnel_limits(n, target=0.0 if whole is None else whole)
    share = pd.Series(count / n, name="proportion")
    return pd.concat([pd.Series(count, name="count"), limits, share, beyond(share, limits)], axis=1)


def beyond(values: pd.Series, limits: pd.DataFrame) -> pd.Series:
    """For each value, the level of the limits beyond which it stands: 0, 95 or 99.8; missing where the value is."""
    levels = ((95.0, "low95", "high95"), (99.8, "low998", "high998"))
    place = np.zeros(len(values))
    for level, low, high in levels:
        place = np.where((values < limits[low]) | (values > limits[high]), level, place)
    return pd.Series(np.where(values.isna(), nan, place), name="beyond", index=values.index)


def exact_interval(observed: ArrayLike) -> tuple[Numbers, Numbers]:
    """Ends of the exact 95 % Poisson interval of a number of events (Garwood 1936)."""
    count = np.asarray(observed, dtype=np.float64)
    low = np.where(count > 0, gammaincinv(np.maximum(count, 1.0), 0.025), 0.0)
    return low, np.asarray(gammaincinv(count + 1, 0.975), dtype=np.float64)
