"""How facts follow each other at liberty: cumulative facts, mean rate, intervals. Facts only: no score, no prediction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import pandas as pd
from scipy.special import chdtri

from frise_analysis.analysis.lengths import calendar_words
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.registry import question
from frise_analysis.dates import DAYS_PER_YEAR, duration, full_date, is_exact, known_date, plural
from frise_analysis.vocabulary import SENTENCES, CountUnit, DatePrecision

#: Under this number of facts after the first, nothing is said about a trend.
FEWEST_FACTS = 4


@dataclass(frozen=True)
class MeanRate:
    """Facts per year at liberty after the first facts, with the exact Poisson interval at 95 %."""

    count: int
    years: float
    rate: float
    low: float
    high: float


@question("cumul", "Évolution : faits cumulés en temps libre")
def cumulative_facts(path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> pd.DataFrame:
    """One row per date on which the count rises, then one for the end of observation.

    ``street_years`` since the first facts; ``count`` reached on that date; ``record_id`` of the first record counted
    that day (none on the last row). Empty where nothing is recorded.
    """
    columns = ["date", "street_years", "count", "record_id"]
    if path.first_facts is None or not path.event_dates(unit):
        return pd.DataFrame(columns=columns)
    firsts = {r.start_date: r.record_id for r in reversed(path.counted(unit))}
    reached = Counter(path.event_dates(unit))
    counts = accumulate(reached.values())
    rows = [(day, _years(path, day), count, firsts[day]) for day, count in zip(reached, counts, strict=True)]
    last = (path.end, _years(path, path.end), len(path.event_dates(unit)), None)
    return pd.DataFrame([*rows, last], columns=columns)


def _years(path: PersonPath, day: date) -> float:
    return path.clock.days(day) / DAYS_PER_YEAR


def mean_rate(path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> MeanRate | None:
    """Rate at liberty since the first facts, which start the clock and are not counted (Blumstein's lambda).

    Interval: Garwood 1936, chi-square quantiles. None where there is no facts or no free time.
    """
    first = path.first_facts
    if first is None or path.clock.days(path.end) <= 0:
        return None
    years = path.clock.days(path.end) / DAYS_PER_YEAR
    count = sum(day > first for day in path.event_dates(unit))
    low = float(chdtri(2 * count, 0.975)) / 2 if count else 0.0
    high = float(chdtri(2 * count + 2, 0.025)) / 2
    return MeanRate(count, years, count / years, low / years, high / years)


def told_rate(path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> MeanRate | None:
    """The mean rate where it may be told: four dates of facts after the first, whatever is counted, and four of what is counted."""
    rate = mean_rate(path, unit=unit)
    dates = sum(day > path.fact_dates[0] for day in path.fact_dates)
    return rate if rate is not None and min(rate.count, dates) >= FEWEST_FACTS else None


def few_words(path: PersonPath) -> str:
    """Why no rate is told: ``4 dates de faits ; il en faut 5 pour parler d’un rythme``, and that nothing can be concluded."""
    dates = plural(len(path.fact_dates), "date de faits", "dates de faits")
    return f"{dates} ; il en faut {FEWEST_FACTS + 1} pour parler d’un rythme. {SENTENCES.cannot_conclude}"


@question("intervalles", "Intervalles entre les dates de faits")
def fact_intervals(path: PersonPath) -> pd.DataFrame:
    """One row per interval between two dates of facts, then the one still open at the end of observation.

    ``street_days`` leaves custody out; ``unconsolidated_days`` is the part of the open interval in which facts may
    not be judged yet; ``approximate`` where a date of facts is not known to the day. Empty where nothing is recorded.
    """
    columns = [
        "rank", "from_date", "to_date", "calendar_days", "street_days", "open", "unconsolidated_days", "approximate", "words",
    ]  # fmt: skip
    if not path.fact_dates:
        return pd.DataFrame(columns=columns)
    pairs = zip(path.fact_dates, [*path.fact_dates[1:], path.end], strict=True)
    return pd.DataFrame([_interval(path, rank, *pair) for rank, pair in enumerate(pairs, start=1)], columns=columns)


def _interval(path: PersonPath, rank: int, start: date, end: date) -> tuple[object, ...]:
    running = rank == len(path.fact_dates)
    street = path.clock.days(end) - path.clock.days(start)
    pending = path.clock.days(end) - path.clock.days(max(start, min(end, path.unconsolidated_from))) if running else 0
    to_date = None if running else end
    words = _words(path, start, end, running=running)
    return rank, start, to_date, (end - start).days, street, running, pending, approximate(path, start, to_date), words


def _words(path: PersonPath, start: date, end: date, *, running: bool) -> str:
    if running:
        return f"Depuis {_day(path, start)}, jusqu’à la fin de l’observation, le {full_date(end)}"
    return f"Entre {_day(path, start)} et {_day(path, end)}"


def _day(path: PersonPath, day: date) -> str:
    precision = path.precision(day)
    return f"{'le ' if is_exact(precision) else ''}{known_date(day, precision)}"


def approximate(path: PersonPath, *days: date | None) -> bool:
    """Whether one of these dates of facts is not known to the day."""
    return any(day is not None and not is_exact(path.precision(day)) for day in days)


def since_words(path: PersonPath) -> str:
    """Time from the last facts to the end of observation, said once for every screen; none of it in custody unless it says so.

    ``1 an 7 mois`` by the calendar; ``5 mois en liberté`` where a detention falls between. Empty without facts.
    """
    if not path.fact_dates:
        return ""
    last = path.fact_dates[-1]
    held = " en liberté" if path.clock.days_away(last, path.end) else ""
    return free_time_words(path, last, path.end) + held


def free_time_words(path: PersonPath, start: date, end: date) -> str:
    """Free time from a date of facts to a day that is known, no more precise than the facts: by the calendar without custody."""
    free, away = path.clock.days(end) - path.clock.days(start), path.clock.days_away(start, end)
    precise = duration(free) if away else calendar_words(start, end)
    if not approximate(path, start):
        return precise
    if path.precision(start) == DatePrecision.MONTH:
        return f"environ {precise}"
    years = int(free / DAYS_PER_YEAR) if away else end.year - start.year
    return f"environ {plural(years, 'an')}" if years else "moins d’un an"
