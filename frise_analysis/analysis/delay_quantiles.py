"""Median and quartiles of delays, those that are not over yet included."""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from frise_analysis.analysis.survival import followed, kaplan_meier, quantile
from frise_analysis.analysis.survival.followed import Days, Integers, count_days, count_days_by_group

DELAY_COLUMNS = ["group", "delays", "ended", "quarter", "median", "three_quarters", "median_low", "median_high"]
#: Under this number of delays that are over, nothing is said.
FEWEST_ENDED = 4
#: What the only group is called where none is given.
WHOLE = "Ensemble"


def delay_quantiles(
    days: ArrayLike,
    *,
    ended: ArrayLike,
    entry_days: ArrayLike | None = None,
    groups: ArrayLike | None = None,
    whole: bool = False,
) -> pd.DataFrame:
    """One row per group, in alphabetical order: how many days pass until a quarter, half and three quarters of delays are over.

    ``days``: each delay, or how long it has lasted so far where ``ended`` is 0 (a running measure); ``entry_days``: its length
    when it came under observation, if it had begun before. ``delays`` and ``ended`` are counted; ``median_low`` and
    ``median_high`` end the 95 % interval. Missing where so many never end, where the record does not reach that far, and
    everywhere under ``FEWEST_ENDED`` ended. Quantiles of a Kaplan-Meier curve: the median of ended delays alone would be too
    short, long ones being those that still run. ``whole``: with all the delays together, as ``WHOLE``, last. ``ValueError`` as ``followed`` says,
    or where groups are missing.
    """
    people = followed(days, cause=ended, entry_days=entry_days)
    codes, names = _coded(groups, len(people))
    if len(codes) != len(people) or (codes < 0).any():
        raise ValueError("groups must give one label per delay, none missing")
    found = dict(zip(names, count_days_by_group(people, codes, len(names)), strict=True))
    rows = [(name, *_quartiles(of_group, int(n))) for (name, of_group), n in zip(found.items(), np.bincount(codes, minlength=len(names)), strict=True)]  # fmt: skip
    if whole:
        rows.append((WHOLE, *_quartiles(count_days(people), len(people))))
    return pd.DataFrame(rows, columns=DELAY_COLUMNS)


def _coded(groups: ArrayLike | None, number: int) -> tuple[Integers, list[object]]:
    """The place of the group of each delay, and the groups; one where none is given."""
    if groups is None:
        return np.zeros(number, dtype=np.int64), [WHOLE] if number else []
    codes, names = pd.factorize(np.asarray(groups), sort=True)
    return codes.astype(np.int64), list(names)


def _quartiles(days: Days, number: int) -> tuple[float, ...]:
    ended = int(days.events.sum())
    if ended < FEWEST_ENDED:
        return number, ended, nan, nan, nan, nan, nan
    curve = kaplan_meier(days)
    quarter, median, three_quarters = (quantile(curve, share) for share in (0.25, 0.5, 0.75))
    return number, ended, quarter.days, median.days, three_quarters.days, median.low, median.high
