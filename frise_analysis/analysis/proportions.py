"""A proportion of few people, with its interval."""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtri

from frise_analysis.analysis.survival.followed import whole_numbers

PROPORTION_COLUMNS = ["count", "n", "proportion", "low", "high"]


def wilson(counts: ArrayLike, totals: ArrayLike, *, level: float = 0.95) -> pd.DataFrame:
    """One row per pair: ``count`` among ``n``, ``proportion`` and the ends of its interval at ``level`` (Wilson 1927).

    Missing where ``n`` is 0. The interval never leaves 0 to 1, and is not empty for none or all of a few people. ``ValueError``
    where a count is no whole number from 0 to its total, or ``level`` is not between 0 and 1.
    """
    count, n = whole_numbers("counts", counts), whole_numbers("totals", totals)
    if count.shape != n.shape or (count < 0).any() or (count > n).any():
        raise ValueError("counts must lie between 0 and totals, one of each per row")
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    z2 = float(ndtri((1 + level) / 2)) ** 2
    people = np.where(n > 0, n, nan)
    share = count / people
    middle = (share + z2 / (2 * people)) / (1 + z2 / people)
    half = np.sqrt(z2 * (share * (1 - share) + z2 / (4 * people)) / people) / (1 + z2 / people)
    # Rounding would leave 1e-17 where the formula gives 0 or 1.
    low = np.where(count == 0, np.minimum(people, 0.0), middle - half)
    high = np.where(count == n, np.minimum(people, 1.0), middle + half)
    return pd.DataFrame(dict(zip(PROPORTION_COLUMNS, [count, n, share, low, high], strict=True)))
