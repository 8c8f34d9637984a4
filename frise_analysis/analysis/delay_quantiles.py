"""Median and quartiles of delays, those that are not over yet included."""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from frise_analysis.analysis.survival import Followed, followed, kaplan_meier, quantile

DELAY_COLUMNS = ["group", "delays", "ended", "quarter", "median", "three_quarters", "median_low", "median_high"]
#: Under this number of delays that are over, nothing is said.
FEWEST_ENDED = 4
#: What the only group is called where none is given.
WHOLE = "Ensemble"


def delay_quantiles(
    days: ArrayLike, *, ended: ArrayLike, entry_days: ArrayLike | None = None, groups: ArrayLike | None = None
) -> pd.DataFrame:
    """One row per group, in alphabetical order: how many days pass until a quarter, half and three quarters of delays are over.

    ``days``: each delay, or how long it has lasted so far where ``ended`` is 0 (a running measure); ``entry_days``: its length
    when it came under observation, if it had begun before. ``delays`` and ``ended`` are counted; ``median_low`` and
    ``median_high`` end the 95 % interval. Missing where so many never end, where the record does not reach that far, and
    everywhere under ``FEWEST_ENDED`` ended. Quantiles of a Kaplan-Meier curve: the median of ended delays alone would be too
    short, long ones being those that still run. ``ValueError`` as ``followed`` says, or where groups are missing.
    """
    people = followed(days, cause=ended, entry_days=entry_days)
    labels = np.full(len(people), WHOLE, dtype=object) if groups is None else np.asarray(groups)
    codes, names = pd.factorize(labels, sort=True)
    if len(codes) != len(people) or (codes < 0).any():
        raise ValueError("groups must give one label per delay, none missing")
    rows = [(name, *_quartiles(people.among(codes == code))) for code, name in enumerate(names)]
    return pd.DataFrame(rows, columns=DELAY_COLUMNS)


def _quartiles(people: Followed) -> tuple[float, ...]:
    ended = int((people.cause > 0).sum())
    if ended < FEWEST_ENDED:
        return len(people), ended, nan, nan, nan, nan, nan
    curve = kaplan_meier(people)
    quarter, median, three_quarters = (quantile(curve, share) for share in (0.25, 0.5, 0.75))
    return len(people), ended, quarter.days, median.days, three_quarters.days, median.low, median.high
