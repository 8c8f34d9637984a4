"""Dates of facts around each life event, in free days: a view to talk over with the person, not a comparison with chance.

What is dated to the year, or worse, has no place there, nor what begins in detention, where no free day separates it from the
facts after release; what is dated to the month is shown as approximate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from frise_analysis.analysis.life_links import begins_held
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.words import label_of, title, upper_first, when
from frise_analysis.dates import duration, is_exact, recorded_date
from frise_analysis.vocabulary import DatePrecision, Lane, LifeDirection, LifeDomain

WINDOW = 365
EVENT_COLUMNS = (
    "event_id", "label", "domain", "domain_label", "direction", "direction_label", "start_date", "when", "approximate",
    "facts", "judged_until", "observed_from", "observed_until",
)  # fmt: skip
FACT_COLUMNS = (
    "event_id", "label", "domain", "domain_label", "direction", "direction_label", "fact_date", "offset_days",
    "approximate", "record_ids", "words",
)  # fmt: skip


@question("evenements-alignes", "Évènements de vie autour desquels les faits sont placés", reads_events=True)
def aligned_events(path: PersonPath, *, days: int = WINDOW) -> pd.DataFrame:
    """One row per life event dated to the day or the month and begun at liberty, latest first.

    ``facts``: dates of facts within ``days`` free days of its start, before and after. ``observed_from``, ``judged_until``,
    ``observed_until``: free days from the event to the birth, to the zone not judged yet and to the end of observation, kept
    within the window. ``approximate``: known to the month.
    """
    rows = [_event_row(event, path, days) for event in _placed(path)]
    return pd.DataFrame(rows, columns=list(EVENT_COLUMNS))


@question("faits-autour-des-evenements", "Dates de faits autour de chaque évènement de vie", reads_events=True)
def aligned_facts(path: PersonPath, *, days: int = WINDOW) -> pd.DataFrame:
    """One row per life event and date of facts within ``days`` free days of its start, latest event first, then by date.

    ``offset_days``: free days from the start of the event to the facts, negative before it, 0 on the day itself.
    ``approximate``: the event or the facts are known to the month. ``record_ids``: the infractions of that date.
    """
    ids: dict[date, list[str]] = defaultdict(list)
    for record in path.lane(Lane.FACTS):
        ids[record.start_date].append(record.record_id)
    rows = [row for event in _placed(path) for row in _fact_rows(event, path, days, ids=ids)]
    return pd.DataFrame(rows, columns=list(FACT_COLUMNS))


def unplaced_events(path: PersonPath) -> int:
    """How many life events are dated too roughly to be placed."""
    return sum(not _near_enough(r.date_precision) for r in path.lane(Lane.LIFE_EVENTS))


def held_events(path: PersonPath) -> int:
    """How many life events, dated well enough, have no place because they begin in detention."""
    return len(path.lane(Lane.LIFE_EVENTS)) - len(_placed(path)) - unplaced_events(path)


def unplaced_facts(path: PersonPath) -> int:
    """How many dates of facts are known too roughly to be placed."""
    return sum(not _near_enough(path.precision(day)) for day in path.fact_dates)


def _near_enough(precision: str) -> bool:
    return is_exact(precision) or precision == DatePrecision.MONTH


def _placed(path: PersonPath) -> list[Record]:
    events = [r for r in path.lane(Lane.LIFE_EVENTS) if _near_enough(r.date_precision) and not begins_held(r, path)]
    return sorted(events, key=lambda r: (r.start_date, r.record_id), reverse=True)


def _head(event: Record) -> tuple[object, ...]:
    direction = event.outcome or LifeDirection.NEUTRAL.value
    labels = label_of(LifeDomain, event.code), label_of(LifeDirection, direction)
    return event.record_id, title(event), event.code, labels[0], direction, labels[1]


def _event_row(event: Record, path: PersonPath, days: int) -> tuple[object, ...]:
    born = path.person.birth
    ends = (born, path.unconsolidated_from, path.end + timedelta(days=1))
    edges = (-days if day is None else max(-days, min(days, _offset(day, event, path))) for day in ends)
    observed_from, judged_until, observed_until = edges
    facts = sum(1 for _ in _facts_near(event, path, days))
    return (
        *_head(event), event.start_date, when(event), not is_exact(event.date_precision), facts,
        judged_until, observed_from, observed_until,
    )  # fmt: skip


def _offset(day: date, event: Record, path: PersonPath) -> int:
    return path.clock.days(day) - path.clock.days(event.start_date)


def _facts_near(event: Record, path: PersonPath, days: int) -> Iterator[tuple[date, int]]:
    for day in path.fact_dates:
        offset = _offset(day, event, path)
        if abs(offset) <= days and _near_enough(path.precision(day)):
            yield day, offset


def _fact_rows(
    event: Record, path: PersonPath, days: int, *, ids: Mapping[date, Sequence[str]]
) -> Iterator[tuple[object, ...]]:
    for day, offset in _facts_near(event, path, days):
        approximate = not (is_exact(event.date_precision) and is_exact(path.precision(day)))
        facts = upper_first(recorded_date(day, None, path.precision(day)))
        side, rest = _distance(event, day, offset, approximate=approximate)
        words = f"{facts}, {side} « {title(event)} » ({when(event)}){rest}."
        yield *_head(event), day, offset, approximate, " ".join(ids[day]), words


def _distance(event: Record, day: date, offset: int, *, approximate: bool) -> tuple[str, str]:
    """How far the facts are from the event, as free time: the words before the name of the event, and after it."""
    if approximate and (day.year, day.month) == (event.start_date.year, event.start_date.month):
        return "le même mois que", ", dans un ordre que l’enregistrement ne dit pas"
    if day == event.start_date:
        return "le même jour que", ""
    side = "après" if day > event.start_date else "avant"
    if offset == 0:
        return side, ", sans jour libre entre les deux"
    return f"{'environ ' if approximate else ''}{duration(abs(offset))} de temps libre {side}", ""
