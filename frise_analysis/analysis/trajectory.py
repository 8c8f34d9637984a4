"""The trajectory of one person: one row per thing on the frise, on the chosen clock."""

from __future__ import annotations

from datetime import date

import pandas as pd

from frise_analysis.analysis.clocks import Position, decimal_year, position
from frise_analysis.analysis.desistance import approximate
from frise_analysis.analysis.lengths import calendar_words
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.words import label_of, title, when, words
from frise_analysis.dates import plural
from frise_analysis.vocabulary import (
    OUTCOMES_CUT_SHORT,
    REGIMES_WITHOUT_STREET_TIME,
    Clock,
    CountUnit,
    Lane,
    LifeDirection,
    MeasureOutcome,
    OffenceFamily,
)

TRAJECTORY_COLUMNS = (
    "lane", "record_id", "parent_id", "start_date", "end_date", "x", "x_end",
    "code", "code_label", "title", "state", "when", "words", "void",
)  # fmt: skip
#: A stretch without recorded facts is written on the frise from this length on, in years.
LONG_STRETCH_YEARS = 1.5


@question("trajectoire", "Tout le parcours", reads_events=True)
def trajectory(path: PersonPath, *, clock: Clock = Clock.CALENDAR) -> pd.DataFrame:
    """One row per record, in order of date.

    ``x`` and ``x_end`` are in years of the clock (equal for a point in time; a running span ends at the end of
    observation). ``state`` tells how a measure ended (``done``, ``cut``, ``other``, ``running``), whether custody keeps the person from
    being free (``held``) or lets them out by day (``outside``), or which way a life
    event went (``support``, ``strain``, ``neutral``). ``words`` is the whole record in French.
    """
    place = position(path, clock)
    return pd.DataFrame([_row(r, path, place) for r in path.records], columns=list(TRAJECTORY_COLUMNS))


def _row(r: Record, path: PersonPath, place: Position) -> tuple[object, ...]:
    return (
        r.lane, r.record_id, r.parent_id, r.start_date, r.end_date, place(r.start_date), place(_last_day(r, path)),
        r.code, _code_label(r), title(r), _state(r), when(r), words(r, path), r.void,
    )  # fmt: skip


def _last_day(record: Record, path: PersonPath) -> date:
    if record.lane in {Lane.CUSTODY, Lane.MEASURES, Lane.LIFE_EVENTS}:
        return min(record.end_date or path.end, path.end)
    if record.end_date is not None and record.lane == Lane.FACTS:
        return min(record.end_date, path.end)
    return record.start_date


def _code_label(record: Record) -> str:
    return label_of(OffenceFamily, record.code) if record.lane == Lane.FACTS else title(record)


def _state(record: Record) -> str:
    if record.lane == Lane.LIFE_EVENTS:
        return record.outcome or LifeDirection.NEUTRAL.value
    if record.lane == Lane.CUSTODY:
        return "held" if record.code in REGIMES_WITHOUT_STREET_TIME else "outside"
    if record.lane != Lane.MEASURES:
        return ""
    if record.end_date is None:
        return "running"
    if record.outcome in OUTCOMES_CUT_SHORT:
        return "cut"
    return "done" if record.outcome == MeasureOutcome.ACCOMPLIE else "other"


def frame(path: PersonPath, *, clock: Clock = Clock.CALENDAR) -> dict[str, float | None]:
    """Ends of the axis, the not-yet-judged zone and the birth, in years of the clock.

    ``start`` is the first record (five years before the end where there is none); ``birth`` is a decimal year.
    """
    place = position(path, clock)
    first = min((r.start_date for r in path.records), default=None)
    end = place(path.end)
    start = end - 5 if first is None else place(first)
    margin = max(0.25, (end - start) * 0.02)
    birth = path.person.birth
    return {
        "start": start - margin,
        "end": end,
        "unconsolidated": max(place(path.unconsolidated_from), start - margin),
        "birth": None if birth is None else decimal_year(birth),
    }


@question("longues-periodes", "Longues périodes sans fait enregistré")
def stretches(path: PersonPath, *, clock: Clock = Clock.CALENDAR) -> pd.DataFrame:
    """One row per long stretch between two dates of facts: ends, position in years, and its words."""
    place = position(path, clock)
    rows = []
    for start, end in zip(path.fact_dates, path.fact_dates[1:], strict=False):
        if place(end) - place(start) >= LONG_STRETCH_YEARS:
            away = path.clock.days_away(start, end)
            held = f", dont {plural(away, 'jour')} en détention" if away else ""
            about = "environ " if approximate(path, start, end) else ""
            told = f"{about}{calendar_words(start, end)} sans fait enregistré{held}"
            rows.append((start, end, place(start), place(end), told))
    return pd.DataFrame(rows, columns=["start_date", "end_date", "x", "x_end", "words"])


@question("infractions", "Chaque infraction et ce pour quoi elle compte")
def counted_offences(
    path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES, clock: Clock = Clock.CALENDAR
) -> pd.DataFrame:
    """One row per offence: its family, its place on the clock and ``unit_key``, the thing it counts for.

    Counting distinct ``unit_key`` gives infractions, dates of facts or condamnations (offences not yet judged have none).
    """
    place = position(path, clock)
    rows = [
        (r.record_id, r.code, _code_label(r), place(r.start_date), unit_key(r, unit, path))
        for r in path.lane(Lane.FACTS)
    ]
    return pd.DataFrame(rows, columns=["record_id", "family", "family_label", "x", "unit_key"])


def unit_key(record: Record, unit: CountUnit, path: PersonPath) -> str | None:
    """What an offence counts for under one unit: itself, its date, or its conviction (none while it is not judged)."""
    if unit == CountUnit.FACT_DATES:
        return record.start_date.isoformat()
    if unit == CountUnit.CONVICTIONS:
        return record.parent_id if record.parent_id in path.conviction_ids else None
    return record.record_id


@question("nature", "Nature des infractions")
def offence_types(path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> pd.DataFrame:
    """One row per offence family, most frequent first: how many infractions, dates of facts or condamnations.

    A date or a conviction with several families counts once in each: the column may add up to more than the total.
    """
    keys: dict[str, set[str]] = {}
    for record in path.lane(Lane.FACTS):
        key = unit_key(record, unit, path)
        if key is not None:
            keys.setdefault(record.code, set()).add(key)
    rows = [(family, label_of(OffenceFamily, family), len(found)) for family, found in keys.items()]
    rows.sort(key=lambda row: (-row[2], row[1]))
    return pd.DataFrame(rows, columns=["family", "family_label", "count"])
