"""Share of people to whom something has not happened yet, and its cumulative hazard, with delayed entry."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtri

from frise_analysis.analysis.survival.followed import (
    Days,
    Followed,
    Numbers,
    count_days,
    numbers_at_risk,
    step_values,
    whole_numbers,
)

SURVIVAL_COLUMNS = ["time", "at_risk", "events", "survival", "standard_error", "low", "high"]
HAZARD_COLUMNS = ["time", "at_risk", "events", "hazard", "standard_error", "low", "high"]
#: Normal deviate of intervals at 95 %.
Z95 = float(ndtri(0.975))
#: How near a share stands to a curve that is meant to reach it exactly.
_SAME = 1e-9


@dataclass(frozen=True)
class Quantile:
    """Days by which a share of people is reached, and its interval at 95 %; missing where the curve never comes to it."""

    days: float
    low: float
    high: float


def kaplan_meier(people: Followed | Days) -> pd.DataFrame:
    """One row per day on which somebody's following ends, from day 0: the share still without event after that day.

    ``time`` in days; ``at_risk`` that day; ``events`` of any cause; ``survival`` = product of 1 - events / at_risk;
    ``standard_error`` (Greenwood 1926); ``low``, ``high``: 95 % interval on the log-log scale (Kalbfleisch & Prentice 1980),
    missing while the share is 1 or once it is 0. Empty without people. Days already counted may be given. Kaplan & Meier 1958; delayed entry: Tsai, Jewell & Wang 1987.
    """
    days = people if isinstance(people, Days) else count_days(people)
    survival = np.cumprod(1 - days.rates, dtype=np.float64)
    spread = _greenwood(days)
    low, high = log_log_interval(survival, spread)
    values = [days.time, days.at_risk, days.events, survival, survival * np.sqrt(spread), low, high]
    return pd.DataFrame(dict(zip(SURVIVAL_COLUMNS, values, strict=True)))


def _greenwood(days: Days) -> Numbers:
    """Variance of the logarithm of the survival; a day that takes everybody adds nothing to a survival that is then 0."""
    left = days.at_risk - days.events
    return np.cumsum(np.where(left > 0, days.rates / np.maximum(left, 1), 0.0))


def log_log_interval(share: Numbers, log_variance: Numbers) -> tuple[Numbers, Numbers]:
    """Ends of the interval of a share on the scale of log(-log); missing where the share is 0 or 1."""
    inside = (share > _SAME) & (share < 1 - _SAME)
    log = np.log(np.where(inside, share, 0.5))
    width = Z95 * np.sqrt(log_variance) / log
    ends = (np.exp(log * np.exp(sign * width)) for sign in (-1, 1))
    low, high = (np.where(inside, end, nan) for end in ends)
    return low, high


def nelson_aalen(people: Followed) -> pd.DataFrame:
    """One row per day on which somebody's following ends, from day 0: the hazard accumulated through that day.

    ``hazard`` = sum of events / at_risk (expected number of events for one person always at risk); ``standard_error`` of
    Aalen 1978, sum of events / at_risk²; ``low``, ``high``: 95 % interval on the log scale, missing before any event.
    """
    days = count_days(people)
    hazard = np.cumsum(days.rates)
    error = np.sqrt(np.cumsum(days.rates / np.maximum(days.at_risk, 1)))
    low, high = log_interval(hazard, error)
    values = [days.time, days.at_risk, days.events, hazard, error, low, high]
    return pd.DataFrame(dict(zip(HAZARD_COLUMNS, values, strict=True)))


def log_interval(mean: Numbers, error: Numbers) -> tuple[Numbers, Numbers]:
    """Ends of the 95 % interval of a positive quantity on the log scale; missing where it is 0."""
    some = mean > 0
    factor = np.exp(Z95 * error / np.where(some, mean, 1.0))
    return np.where(some, mean / factor, nan), np.where(some, mean * factor, nan)


def survival_at(people: Followed, times: ArrayLike) -> pd.DataFrame:
    """One row per asked day: ``time``, ``at_risk``, ``survival``, ``standard_error``, ``low``, ``high``.

    Missing after the last day that anybody was followed, unless nobody is left without event: nothing was seen there.
    """
    asked = whole_numbers("times", times)
    found = step_values(kaplan_meier(people), asked, ["survival", "standard_error", "low", "high"])
    unseen = (asked > people.exit.max(initial=-1)) & ~(found["survival"] <= _SAME)
    at_risk = numbers_at_risk(people, asked)
    return pd.concat([pd.DataFrame({"time": asked, "at_risk": at_risk}), found.mask(unseen)], axis=1)


def quantile(curve: pd.DataFrame, share: float = 0.5) -> Quantile:
    """Days by which a ``share`` of people has had the event, read on a curve of ``kaplan_meier``.

    The first day on which the curve is at 1 - ``share`` or under; the middle of the step where it is exactly there, up to the
    last day followed if nothing comes after: without censoring, the ordinary quantile. Interval: the same reading of the
    ends of the curve's own interval (Brookmeyer & Crowley 1982). ``ValueError`` unless 0 < ``share`` < 1.
    """
    if not 0 < share < 1:
        raise ValueError("share must lie between 0 and 1")
    return Quantile(*(_crossing(curve, name, 1 - share) for name in ("survival", "low", "high")))


def _crossing(curve: pd.DataFrame, name: str, level: float) -> float:
    time, height = curve["time"].to_numpy(), curve[name].to_numpy()
    reached = np.flatnonzero(height <= level + _SAME)
    if not len(reached):
        return nan
    first = reached[0]
    if height[first] < level - _SAME:
        return float(time[first])
    below = np.flatnonzero(height < level - _SAME)
    return float(time[first] + time[below[0] if len(below) else -1]) / 2
