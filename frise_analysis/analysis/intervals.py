"""The open interval among the person's own past ones, and how regular those are, at liberty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, pstdev

import pandas as pd

from frise_analysis.analysis.desistance import approximate, fact_intervals
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.registry import question
from frise_analysis.dates import duration, french_number, plural
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
    judged, whole = (found.shorter(days) for days in (found.judged_days, found.open_days))
    return (
        f"Intervalle ouvert : {about}{duration(found.open_days)} libres, plus long que {whole} des {number} intervalles passés ; "
        f"sans la période non consolidée, {about}{duration(found.judged_days)}, plus long que {judged}. "
        f"Intervalle médian : {duration(round(median(found.lengths)))}, le plus long : {duration(max(found.lengths))}. "
        f"{_regular(found)}"
    )


def _regular(found: PastIntervals) -> str:
    value = finite_burstiness(found.lengths)
    if value is None:
        return ""
    said = french_number(value, 2).replace("-", "−")
    return f"Irrégularité A = {said} (−1 : toujours le même, 0 : au hasard, 1 : par salves)."
