"""Whether groups of people wait the same time for something."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from frise_analysis.analysis.survival.followed import Followed, Integers, Numbers, at_risk_by_day

Table = NDArray[np.float64]


@dataclass(frozen=True)
class LogRank:
    """``groups``: one row per group (``group``, ``people``, ``observed`` events, ``expected`` if all waited alike), and the test.

    ``p``: how often groups that wait alike differ this much; missing, with no ``degrees``, where fewer than two can be compared.
    """

    groups: pd.DataFrame
    statistic: float
    degrees: int
    p: float


def log_rank(people: Followed, *, groups: ArrayLike) -> LogRank:
    """Log-rank test of two groups or more, delayed entry included (Mantel 1966; Peto & Peto 1972).

    ``groups``: one label per person, none missing. Each day with events, those expected of a group are its share of the people
    at risk; hypergeometric variance. ``ValueError`` where labels are missing or of another number.
    """
    codes, labels = pd.factorize(np.asarray(groups), sort=True)
    if len(codes) != len(people) or (codes < 0).any():
        raise ValueError("groups must give one label per person, none missing")
    at_risk, events = _by_group(people, codes.astype(np.int64), len(labels))
    expected = events.sum(axis=0) / np.maximum(at_risk.sum(axis=0), 1) * at_risk
    observed = events.sum(axis=1)
    size = np.bincount(codes, minlength=len(labels))
    table = {"group": labels, "people": size, "observed": observed.astype(np.int64), "expected": expected.sum(axis=1)}
    return LogRank(pd.DataFrame(table), *_test(observed - expected.sum(axis=1), at_risk, events.sum(axis=0)))


def _by_group(people: Followed, codes: Integers, number: int) -> tuple[Table, Table]:
    """People at risk and events, a row per group, a column per day with events."""
    days = np.unique(people.exit[people.cause > 0])
    parts = [people.among(codes == group) for group in range(number)]
    size = int(people.exit.max(initial=0)) + 1
    at_risk = [np.pad(by_day, (0, size - len(by_day)))[days] for by_day in map(at_risk_by_day, parts)]
    events = [np.bincount(x.exit[x.cause > 0], minlength=size)[days] for x in parts]
    shape = (number, len(days))
    return np.array(at_risk, dtype=float).reshape(shape), np.array(events, dtype=float).reshape(shape)


def _test(gaps: Numbers, at_risk: Table, events: Numbers) -> tuple[float, int, float]:
    """Statistic, degrees of freedom and probability; the last group follows from the others and is left out."""
    total = at_risk.sum(axis=0)
    share = at_risk / np.maximum(total, 1)
    weight = events * (total - events) / np.maximum(total - 1, 1)
    variance = np.diag((share * weight).sum(axis=1)) - (share * weight) @ share.T
    compared = np.flatnonzero(np.diag(variance) > 0)[:-1]
    if not len(compared):
        return nan, 0, nan
    gap = gaps[compared]
    statistic = float(gap @ np.linalg.pinv(variance[np.ix_(compared, compared)]) @ gap)
    degrees = int(np.linalg.matrix_rank(variance[np.ix_(compared, compared)]))
    return statistic, degrees, float(chdtrc(degrees, statistic))
