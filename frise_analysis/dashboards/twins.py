"""The table and the text that say the same as the chart, from the same functions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from frise_analysis.analysis import desistance, trajectory
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.words import age_words, label_of, words
from frise_analysis.dates import french_number, full_date, is_exact, known_date
from frise_analysis.vocabulary import Clock, CountUnit, Lane

#: Table behind each chart: name, title, and how its columns are called on screen.
HEADS = {
    "start_date": "Date ou début", "end_date": "Fin", "lane": "Piste", "title": "Quoi", "age": "Âge", "words": "En toutes lettres",
    "family_label": "Famille", "count": "Nombre", "date": "Date", "street_years": "Années de temps libre",
    "from_date": "Du", "to_date": "Au", "calendar_days": "Jours au calendrier", "street_days": "Jours de temps libre",
    "unconsolidated_days": "Dont non consolidés",
}  # fmt: skip
COLUMNS = {
    "trajectory": ("start_date", "end_date", "lane", "title", "age", "words"),
    "offence_types": ("family_label", "count"),
    "cumulative_facts": ("date", "street_years", "count"),
    "fact_intervals": ("from_date", "to_date", "calendar_days", "street_days", "unconsolidated_days"),
}


def tables(path: PersonPath, *, unit: CountUnit) -> dict[str, tuple[str, pd.DataFrame]]:
    """Each table with its title, its columns chosen and named for reading."""
    whole = trajectory.trajectory(path, clock=Clock.CALENDAR)
    dated = [(record.start_date, record.date_precision) for record in path.records]
    whole = whole.assign(
        start_date=pd.Series([_known(*day) for day in dated], dtype=object),
        lane=[label_of(Lane, lane) for lane in whole["lane"]],
        age=[age_words(path, *day).removeprefix("à ") for day in dated],
    )
    found = {
        "trajectory": ("Tout le parcours", whole),
        "offence_types": (f"Nature des infractions, en {unit.label}", trajectory.offence_types(path, unit=unit)),
        "cumulative_facts": (f"Évolution : {unit.label} cumulées", _cumulative(path, unit)),
        "fact_intervals": ("Intervalles entre les faits", _intervals(path)),
    }
    return {name: (title, frame[list(COLUMNS[name])].rename(columns=HEADS)) for name, (title, frame) in found.items()}


def _cumulative(path: PersonPath, unit: CountUnit) -> pd.DataFrame:
    found = desistance.cumulative_facts(path, unit=unit)
    if unit == CountUnit.CONVICTIONS:
        return found
    # The last row is the end of observation, which is a day.
    days = [*(_known(day, path.precision(day)) for day in found["date"][:-1]), *found["date"][-1:]]
    return found.assign(date=days)


def _intervals(path: PersonPath) -> pd.DataFrame:
    found = desistance.fact_intervals(path)
    starts = [_known(day, path.precision(day)) for day in found["from_date"]]
    ends = [_known(day, path.precision(day)) for day in found["to_date"]]
    return found.assign(from_date=pd.Series(starts, dtype=object), to_date=pd.Series(ends, dtype=object))


def _known(day: date, precision: str) -> date | str:
    """The day itself, or as much of it as the record knows."""
    return day if is_exact(precision) else known_date(day, precision)


def table_rows(frame: pd.DataFrame) -> list[list[str]]:
    """Cells as they are read: dates in full, decimal comma, nothing for what is missing."""
    return [[_cell(value) for value in row] for row in frame.itertuples(index=False)]


def _cell(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, date):
        return full_date(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return french_number(value, 0 if value.is_integer() else 2)
    if isinstance(value, int):
        return french_number(value)
    return str(value)


def text_items(path: PersonPath, added: pd.DataFrame | None = None) -> list[dict[str, str]]:
    """One item per mark of the frise, in order of date: its lane, its words, and its key; ``added`` are the lanes asked for."""
    found = [
        (r.start_date, {"key": f"{r.lane}:{r.record_id}", "lane": label_of(Lane, r.lane), "words": words(r, path)})
        for r in path.records
    ]
    rows = [] if added is None else added.to_dict("records")
    found += [
        (
            row["start_date"],
            {"key": f"{row['lane']}:{row['record_id']}", "lane": label_of(Lane, row["lane"]), "words": row["words"]},
        )
        for row in rows
    ]
    return [item for _, item in sorted(found, key=lambda one: one[0])]
