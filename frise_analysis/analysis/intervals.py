"""The open interval among the person's own past ones, and how regular those are, at liberty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt
from statistics import fmean, median, pstdev

import pandas as pd

from frise_analysis.analysis.desistance import approximate, fact_intervals, free_time_words, since_words
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.registry import question
from frise_analysis.dates import duration, plural
from frise_analysis.vocabulary import SENTENCES

#: Under this number of past intervals the open one is compared with nothing.
FEWEST_INTERVALS = 4


@dataclass(frozen=True)
class PastIntervals:
    """Past intervals in days at liberty, and the open one: in all, and up to the zone that may not be judged yet."""

    lengths: tuple[int, ...]
    open_days: int
    judged_days: int

    def shorter(self, days: int) -> int:
        """How many past intervals are shorter than ``days``."""
        return sum(length < days for length in self.lengths)


def burstiness(lengths: Sequence[float]) -> float | None:
    """Goh & Barabasi 2008: (s - m) / (s + m); -1 for a metronome, 0 for chance, towards 1 for bursts. None if all are zero."""
    mean, spread = fmean(lengths), pstdev(lengths)
    return (spread - mean) / (spread + mean) if mean else None


def finite_burstiness(lengths: Sequence[float]) -> float | None:
    """The same, corrected for few intervals (Kim & Jo 2016): 0 for chance and 1 at most whatever their number n."""
    mean, n = fmean(lengths), len(lengths)
    if not mean:
        return None
    r, more, less = pstdev(lengths) / mean, sqrt(n + 1), sqrt(n - 1)
    return (more * r - less) / ((more - 2) * r + less)


def past_intervals(path: PersonPath) -> PastIntervals | None:
    """The person's intervals; none without facts."""
    table = fact_intervals(path)
    if table.empty:
        return None
    *past, running = table["street_days"].tolist()
    return PastIntervals(tuple(past), running, running - int(table["unconsolidated_days"].iloc[-1]))


@question("regularite", "L’intervalle ouvert parmi les intervalles passés")
def interval_shape(path: PersonPath) -> pd.DataFrame:
    """One row: past intervals in days at liberty, where the open one stands among them, and how regular they are.

    ``share_shorter``: share of past intervals shorter than the open one cut at the zone not judged yet (``judged_days``);
    ``share_shorter_whole``: than the whole open one. ``burstiness`` and its finite form. These four only from four past
    intervals on. Empty where nothing is recorded.
    """
    columns = [
        "intervals", "median_days", "longest_days", "open_days", "judged_days", "share_shorter", "share_shorter_whole",
        "burstiness", "burstiness_finite", "words",
    ]  # fmt: skip
    found = past_intervals(path)
    if found is None:
        return pd.DataFrame(columns=columns)
    middle, longest = (median(found.lengths), max(found.lengths)) if found.lengths else (None, None)
    row = (len(found.lengths), middle, longest, found.open_days, found.judged_days, *_shape(found), words(path, found))
    return pd.DataFrame([row], columns=columns)


def _shape(found: PastIntervals) -> tuple[float | None, ...]:
    number = len(found.lengths)
    if number < FEWEST_INTERVALS:
        return None, None, None, None
    shares = (found.shorter(days) / number for days in (found.judged_days, found.open_days))
    return (*shares, burstiness(found.lengths), finite_burstiness(found.lengths))


def words(path: PersonPath, found: PastIntervals) -> str:
    """Where the open interval stands, with and without the zone not judged yet."""
    number = len(found.lengths)
    if number < FEWEST_INTERVALS:
        few = plural(number, "intervalle passé", "intervalles passés")
        return f"{SENTENCES.cannot_conclude} {few}, il en faut au moins {FEWEST_INTERVALS}."
    about = "environ " if approximate(path, *path.fact_dates) else ""
    whole = f"plus long que {found.shorter(found.open_days)} des {number} intervalles passés"
    return (
        f"Intervalle ouvert : {since_words(path)}, {whole} ; {_judged(path, found)}. "
        f"Intervalle médian : {about}{duration(round(median(found.lengths)))}, le plus long : {longest_words(path)}."
    )


def _judged(path: PersonPath, found: PastIntervals) -> str:
    """The open interval up to the zone not judged yet; nothing to say of it where it holds no free time."""
    last = path.fact_dates[-1]
    if last >= path.unconsolidated_from:
        return f"les derniers faits sont dans la {SENTENCES.unconsolidated} : rien à en dire"
    if not found.judged_days:
        return f"aucun temps libre avant la {SENTENCES.unconsolidated} : rien à en dire"
    length = free_time_words(path, last, path.unconsolidated_from)
    return f"sans la {SENTENCES.unconsolidated}, {length}, plus long que {found.shorter(found.judged_days)}"


def longest_interval(path: PersonPath) -> tuple[date, date] | None:
    """The two dates of facts with the most free time between them, none in between; None under two dates."""
    pairs = pairwise(path.fact_dates)
    return max(pairs, key=lambda pair: path.clock.days(pair[1]) - path.clock.days(pair[0]), default=None)


def longest_words(path: PersonPath) -> str:
    """The longest past interval, ``environ`` where one of its own two dates is approximate; empty where there is none."""
    found = longest_interval(path)
    return length_words(path, *found) if found else ""


def length_words(path: PersonPath, start: date, end: date) -> str:
    """Free time between two dates of facts."""
    about = "environ " if approximate(path, start, end) else ""
    return about + duration(path.clock.days(end) - path.clock.days(start))
