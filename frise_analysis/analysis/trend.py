"""Whether facts come further apart or closer at liberty: tests of a trend in the dates of facts, time-terminated.

Laplace: Cox & Lewis 1966; MIL-HDBK-189 and Crow-AMSAA: US Department of Defense 1981; reversals: NIST Dataplot.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from math import comb, factorial, inf, log, nan, sqrt

import pandas as pd
from scipy.special import chdtrc, chdtri, ndtr

from frise_analysis.analysis.desistance import FEWEST_FACTS, approximate
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.registry import question
from frise_analysis.dates import DAYS_PER_YEAR, duration, full_date, plural
from frise_analysis.vocabulary import SENTENCES

#: Time at liberty under which nothing is said, in years (domain.md, 5.4).
SHORTEST_YEARS = 2
#: Two-sided level of the exact Laplace test, asked of both windows.
LEVEL = 0.05
APART, CLOSER, UNCLEAR = "Les faits s’espacent", "Les faits se rapprochent", SENTENCES.cannot_conclude.rstrip(".")
CAVEAT = "On entre au fichier à cause de faits récents : un rapprochement peut ne tenir qu’à cela. Le passé enregistré n’annonce rien."


@dataclass(frozen=True)
class TrendTests:
    """Tests of one window. Probabilities are one-sided: that of a series as slowing as this one, or more, at a constant rate."""

    count: int
    street_years: float
    laplace_z: float
    laplace_p_normal: float
    laplace_p_exact: float
    mil_chi2: float
    mil_df: int
    mil_p: float
    beta: float
    beta_low: float
    beta_high: float
    reversals: int
    reversals_mean: float
    reversals_variance: float

    @property
    def two_sided(self) -> float:
        """Exact probability of a trend as clear as this one, either way, at a constant rate."""
        return 2 * min(self.laplace_p_exact, 1 - self.laplace_p_exact)


@dataclass(frozen=True)
class Window:
    """Dates of facts after the first, up to a day; ``tests`` only where they are enough."""

    end: date
    count: int
    years: float
    tests: TrendTests | None

    @property
    def reading(self) -> str:
        """What this window alone says."""
        if self.tests is None or self.tests.two_sided >= LEVEL:
            return UNCLEAR
        return APART if self.tests.laplace_z < 0 else CLOSER


def trend_tests(times: Sequence[int], *, end: int) -> TrendTests:
    """Tests of events at whole days ``times`` after the origin, observed until day ``end``.

    Crow-AMSAA's beta is below one where events come further apart. Events at day 0 have no logarithm: they stay out of
    beta and of the chi-square. Reversals: pairs of intervals of which the later is the longer.
    """
    number, logs = len(times), [log(end / x) for x in times if x > 0]
    z = (sum(times) - number * end / 2) / (end * sqrt(number / 12))
    degrees, total = 2 * len(logs), 2 * sum(logs)
    beta = degrees / total if total else (inf if logs else nan)
    low, high = (beta * float(chdtri(degrees, p)) / degrees if logs else nan for p in (0.975, 0.025))
    gaps = [later - earlier for earlier, later in pairwise([0, *sorted(times)])]
    return TrendTests(
        number, end / DAYS_PER_YEAR,
        z, float(ndtr(z)), irwin_hall(sum(times), count=number, span=end),
        total, degrees, float(chdtrc(degrees, total)) if logs else nan,
        beta, low, high,
        reversals(gaps),
        number * (number - 1) / 4, (2 * number + 5) * (number - 1) * number / 72,
    )  # fmt: skip


def reversals(gaps: Sequence[int]) -> int:
    """How many pairs of them have the later longer than the earlier."""
    earlier: list[int] = []
    found = 0
    for gap in gaps:
        found += bisect_left(earlier, gap)
        insort(earlier, gap)
    return found


def irwin_hall(total: int, *, count: int, span: int) -> float:
    """Probability that ``count`` days drawn evenly between 0 and ``span`` add up to ``total`` at most, in whole numbers."""
    if total >= count * span:
        return 1.0
    whole: int = factorial(count) * span**count
    terms = (comb(count, k) * (total - k * span) ** count * (-1 if k % 2 else 1) for k in range(total // span + 1))
    return int(sum(terms)) / whole


def windows(path: PersonPath) -> tuple[Window, Window]:
    """Up to the zone in which facts may not be judged yet, then up to the end of observation."""
    return _window(path, max(path.unconsolidated_from, path.clock.origin)), _window(path, path.end)


def _window(path: PersonPath, end: date) -> Window:
    times = [path.clock.days(day) for day in path.fact_dates[1:] if day <= end]
    days = path.clock.days(end)
    enough = len(times) >= FEWEST_FACTS and days >= SHORTEST_YEARS * DAYS_PER_YEAR
    return Window(end, len(times), days / DAYS_PER_YEAR, trend_tests(times, end=days) if enough else None)


def reading(path: PersonPath) -> str:
    """The conclusion, only where both windows come to it.

    Facts that no court has judged yet are missing at the end of the whole window, which alone would look slower than it is;
    facts of the zone that are already known are missing from the other.
    """
    return _reading(*windows(path))


def _reading(judged: Window, whole: Window) -> str:
    found = {judged.reading, whole.reading}
    return found.pop() if len(found) == 1 else UNCLEAR


def trend_words(path: PersonPath) -> str:
    """The conclusion as a sentence: what it is read on, over what time, and its caveat; the tests are in the table."""
    if path.first_facts is None:
        return f"{SENTENCES.nothing_recorded} {SENTENCES.cannot_conclude}"
    return _words(path, *windows(path))


def _words(path: PersonPath, judged: Window, whole: Window) -> str:
    if judged.tests is None or whole.tests is None:
        return f"{UNCLEAR} : {_held(judged)}, hors période non consolidée ; il en faut au moins {FEWEST_FACTS}, et deux ans libres."
    doubt = " Des dates de faits sont approximatives." if approximate(path, *path.fact_dates) else ""
    split = "" if judged.reading == whole.reading else " Les deux calculs ne disent pas la même chose."
    return f"{_reading(judged, whole)} : {_held(judged)}, hors période non consolidée ; {_held(whole)}, en tout.{split}{doubt} {CAVEAT}"


def _held(window: Window) -> str:
    dates = plural(window.count, "date de faits", "dates de faits")
    years = duration(round(window.years * DAYS_PER_YEAR))
    return f"{dates} après la première en {years} de liberté, jusqu’au {full_date(window.end)}"


@question("tendance", "Tendance : les faits s’espacent-ils ?")
def trend(path: PersonPath) -> pd.DataFrame:
    """One row per window, without then with the zone not judged yet: what it holds, its tests, and what both say together.

    Dates of facts after the first, in years at liberty. No test under four dates or two years. Probabilities are one-sided
    (slowing); ``two_sided`` is the exact one that ``reading`` is drawn from. Empty where nothing is recorded.
    """
    names = [x.name for x in fields(TrendTests)]
    columns = ["window", "end_date", *names, "two_sided", "reading", "words"]
    if path.first_facts is None:
        return pd.DataFrame(columns=columns)
    found = windows(path)
    words = _words(path, *found)
    pairs = zip(("hors période non consolidée", "entière"), found, strict=True)
    rows = [(name, x.end, *_values(x, names), x.reading, words) for name, x in pairs]
    return pd.DataFrame(rows, columns=columns)


def _values(window: Window, names: list[str]) -> list[float | None]:
    if window.tests is None:
        return [window.count, window.years, *[None] * (len(names) - 1)]
    return [*(getattr(window.tests, name) for name in names), window.tests.two_sided]
