"""Share of people to whom each of several things has happened first, where one of them ends the wait for the others."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from frise_analysis.analysis.survival.curves import log_log_interval
from frise_analysis.analysis.survival.followed import (
    Days,
    Followed,
    Integers,
    Numbers,
    count_days,
    numbers_at_risk,
    step_values,
    whole_numbers,
)

INCIDENCE_COLUMNS = ["cause", "time", "at_risk", "events", "incidence", "standard_error", "low", "high"]
_VALUES = ["incidence", "standard_error", "low", "high"]


def cumulative_incidence(people: Followed) -> pd.DataFrame:
    """One row per cause and day on which somebody's following ends, from day 0: the share that the cause has reached first.

    ``cause`` as given (1, 2...); ``time`` in days; ``at_risk`` that day; ``events`` of the cause; ``incidence`` = sum of
    S(before) x events / at_risk, S without any event (Aalen & Johansen 1978); ``standard_error`` by the delta method
    (Marubini & Valsecchi 1995); ``low``, ``high``: 95 % interval on the log-log scale, missing where the incidence is 0 or 1.
    One minus Kaplan-Meier for one cause, the others taken as censored, would say too much: death ends the wait.
    """
    days = count_days(people)
    causes = [int(x) for x in np.unique(people.cause) if x > 0]
    parts = [_one_cause(days, people, cause) for cause in causes]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=INCIDENCE_COLUMNS)


def _one_cause(days: Days, people: Followed, cause: int) -> pd.DataFrame:
    events = np.bincount(people.exit[people.cause == cause], minlength=int(days.time[-1]) + 1)[days.time]
    before = np.concatenate([[1.0], np.cumprod(1 - days.rates)[:-1]])
    incidence = np.cumsum(before * events / np.maximum(days.at_risk, 1))
    error = np.sqrt(_variance(days, events, before, incidence))
    some = np.where(incidence > 0, incidence, 1.0)
    low, high = log_log_interval(incidence, (error / some) ** 2)
    values = [cause, days.time, days.at_risk, events, incidence, error, low, high]
    return pd.DataFrame(dict(zip(INCIDENCE_COLUMNS, values, strict=True)))


def _variance(days: Days, events: Integers, before: Numbers, incidence: Numbers) -> Numbers:
    """Sum over days j of (I - I_j)² A_j + B_j - 2 (I - I_j) C_j, opened so that each term is a running sum.

    A_j = d / (Y (Y - d)) for all causes, B_j = S² d_k (Y - d_k) / Y³ and C_j = S d_k / Y² for this one. A day that takes
    everybody has no A: the incidence does not change any more.
    """
    at_risk = np.maximum(days.at_risk, 1).astype(float)
    left = days.at_risk - days.events
    a = np.where(left > 0, days.rates / np.maximum(left, 1), 0.0)
    b = before**2 * events * (at_risk - events) / at_risk**3
    c = before * events / at_risk**2
    sums = [np.cumsum(x) for x in (a, a * incidence, a * incidence**2, b, c, c * incidence)]
    found = incidence**2 * sums[0] - 2 * incidence * sums[1] + sums[2] + sums[3] - 2 * (incidence * sums[4] - sums[5])
    return np.asarray(np.maximum(found, 0.0), dtype=np.float64)


def incidence_at(people: Followed, times: ArrayLike) -> pd.DataFrame:
    """One row per cause and asked day: ``cause``, ``time``, ``at_risk``, ``incidence``, ``standard_error``, ``low``, ``high``.

    Missing after the last day that anybody was followed, unless something has happened to everybody.
    """
    asked, curves = whole_numbers("times", times), cumulative_incidence(people)
    known = pd.DataFrame({"time": asked, "at_risk": numbers_at_risk(people, asked)})
    parts = [_asked_of(curves[curves["cause"] == cause], known) for cause in curves["cause"].unique()]
    columns = ["cause", *known.columns, *_VALUES]
    if not parts:
        return pd.DataFrame(columns=columns)
    found = pd.concat(parts, ignore_index=True)
    over = found.groupby("time")["incidence"].transform("sum") >= 1 - 1e-9
    unseen = (found["time"] > people.exit.max(initial=-1)) & ~over
    found[_VALUES] = found[_VALUES].mask(unseen)
    return found[columns]


def _asked_of(curve: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The values of one cause, its own ``cause`` included, beside the asked days."""
    rows = curve.reset_index(drop=True)
    found = step_values(rows, known["time"].to_numpy(), _VALUES)
    return pd.concat([known, found], axis=1).assign(cause=rows["cause"].iloc[0])
