"""From one person's path to what the parcours chart shows."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from frise_analysis.analysis import desistance, trajectory
from frise_analysis.analysis.intervals import length_words
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.reference_class import QUANTILES, within_years
from frise_analysis.analysis.words import upper_first
from frise_analysis.charts.parcours import ParcoursFrames
from frise_analysis.dates import DAYS_PER_YEAR, french_number, full_date, known_date, plural
from frise_analysis.vocabulary import ONE_COUNTED, SENTENCES, Clock, CountUnit, Lane


def parcours_frames(
    path: PersonPath, *, unit: CountUnit, clock: Clock, fan: pd.DataFrame | None = None
) -> ParcoursFrames:
    """Every data frame of the chart, for one unit of count and one clock; ``fan`` is the curve of ``reference_class.fan``."""
    rate = desistance.told_rate(path, unit=unit)
    cumulative = desistance.cumulative_facts(path, unit=unit)
    return ParcoursFrames(
        trajectory=trajectory.trajectory(path, clock=clock),
        frame=trajectory.frame(path, clock=clock),
        stretches=trajectory.stretches(path, clock=clock),
        # Families that tie are drawn in the order they come in: by name, as in the table and the filter.
        offences=trajectory.counted_offences(path, unit=unit, clock=clock).sort_values(
            "family_label", kind="stable", ignore_index=True
        ),
        cumulative=_steps(cumulative, path, unit),
        mean=_mean_line(cumulative, rate),
        intervals=_bars(path),
        clock=clock.value,
        notes=_notes(path, unit, rate),
        fan=_fan(fan, cumulative),
    )


def _steps(cumulative: pd.DataFrame, path: PersonPath, unit: CountUnit) -> pd.DataFrame:
    lane = Lane.CONVICTIONS if unit == CountUnit.CONVICTIONS else Lane.FACTS
    days = cumulated_days(cumulative, path, unit)
    keys = [f"{lane.value}:{record}" if isinstance(record, str) else "" for record in cumulative["record_id"]]
    counts = [plural(count, ONE_COUNTED[unit], unit.label) for count in cumulative["count"].tolist()]
    words = [f"{upper_first(day)} : {count}" for day, count in zip(days, counts, strict=True)]
    return cumulative[["street_years", "count"]].assign(key=keys, words=words)


def cumulated_days(cumulative: pd.DataFrame, path: PersonPath, unit: CountUnit) -> list[str]:
    """The dates of the steps as the records know them; the last row is the end of observation."""
    found = [full_date(day) for day in cumulative["date"]]
    if unit == CountUnit.CONVICTIONS:
        return found
    return [*(known_date(day, path.precision(day)) for day in cumulative["date"][:-1]), *found[-1:]]


def _mean_line(cumulative: pd.DataFrame, rate: desistance.MeanRate | None) -> pd.DataFrame:
    """The two ends of the mean rate: from the count on the first day to the last count; none where no rate is told."""
    if rate is None or cumulative.empty:
        return pd.DataFrame(columns=["street_years", "count"])
    last = int(cumulative["count"].iloc[-1])
    return pd.DataFrame({"street_years": [0.0, rate.years], "count": [last - rate.count, last]})


def _fan(fan: pd.DataFrame | None, cumulative: pd.DataFrame) -> pd.DataFrame:
    """As far as the person's own years go."""
    if fan is None or fan.empty or cumulative.empty:
        return pd.DataFrame()
    return within_years(fan, float(cumulative["street_years"].iloc[-1]))[["street_years", *QUANTILES]]


def _bars(path: PersonPath) -> pd.DataFrame:
    intervals = desistance.fact_intervals(path)
    past = [length_words(path, *pair) for pair in pairwise(path.fact_dates)]
    # The last is open: the time since the last facts, as everywhere on the screen.
    running = [desistance.free_time_words(path, path.fact_dates[-1], path.end)] if path.fact_dates else []
    pairs = zip(intervals["words"], [*past, *running], strict=True)
    lengths = [f"{words} : {length} en liberté." for words, length in pairs]
    return pd.DataFrame(
        {
            "rank": intervals["rank"],
            "years": intervals["street_days"].astype(float) / DAYS_PER_YEAR,
            "open": intervals["open"],
            "unconsolidated_years": intervals["unconsolidated_days"].astype(float) / DAYS_PER_YEAR,
            "words": lengths,
        }
    )


def _notes(path: PersonPath, unit: CountUnit, rate: desistance.MeanRate | None) -> dict[str, str]:
    nothing = SENTENCES.nothing_recorded
    if not path.fact_dates:
        return {"types": nothing, "rate": nothing, "intervals": nothing}
    return {
        "types": f"{unit.label} dans la période choisie",
        "rate": _rate_words(path, unit, rate),
        "intervals": "durée libre ; en gris, non consolidé",
    }


def _rate_words(path: PersonPath, unit: CountUnit, rate: desistance.MeanRate | None) -> str:
    if rate is None:
        free = desistance.mean_rate(path, unit=unit) is not None
        return f"{unit.label} cumulées{' ; trop peu pour conclure' if free else ''}"
    figures = [french_number(value, 2) for value in (rate.rate, rate.low, rate.high)]
    # Offences of one day come together: the interval holds for dates of facts only.
    margin = f" ({figures[1]} à {figures[2]})" if unit == CountUnit.FACT_DATES else ""
    counted = ONE_COUNTED[unit] if rate.rate < 2 else unit.label
    return f"moyenne : {figures[0]} {counted} par année de liberté{margin}"
