"""Three numbers of the service screens, counted by pandas from the tables read whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.service.prepared import SERIES_MONTHS
from frise_analysis.analysis.service.selection import months_before

BY_BRANCH, ENTRIES, INTERVIEW = "people followed, by branch", "monthly flows", "first interviews"
Numbers = Mapping[str, float]


def read_whole(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measures, then persons."""
    with duckdb.connect(str(path), read_only=True, config={"threads": 2}) as connection:
        return connection.execute("select * from measures").df(), connection.execute("select * from persons").df()


def _described(measures: pd.DataFrame, persons: pd.DataFrame, day: date) -> pd.DataFrame:
    """Measures with their end, death included, as known on the day."""
    death = measures["person_key"].map(persons.set_index("person_key")["death_date"])
    end = measures["end_date"].where(~(death < measures["end_date"]), death).fillna(death)
    return measures.assign(end=end.where(end <= pd.Timestamp(day)))[~(death < measures["start_date"])]


def _people_on(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    at = pd.Timestamp(day)
    return rows[(rows["start_date"] <= at) & (rows["end"].isna() | (rows["end"] > at))]


def _by_branch(measures: pd.DataFrame, persons: pd.DataFrame, day: date) -> Numbers:
    found = _people_on(_described(measures, persons, day), day).groupby("branch_id")["person_key"].nunique()
    return {str(branch): int(people) for branch, people in found.items()}


def _entries(measures: pd.DataFrame, persons: pd.DataFrame, day: date) -> Numbers:
    """Of each month: people under a measure that began in it, for a day at least, who were under none before it."""
    rows = _described(measures, persons, day)
    rows = rows[rows["end"].isna() | (rows["end"] > rows["start_date"])]
    days = [months_before(day, n) for n in range(SERIES_MONTHS, -1, -1)]
    return {str(until): len(_came(rows, after, until)) for after, until in pairwise(days)}


def _came(rows: pd.DataFrame, after: date, until: date) -> np.ndarray:
    begun = rows["start_date"].gt(pd.Timestamp(after)) & rows["start_date"].le(pd.Timestamp(until))
    people = [x["person_key"].unique() for x in (rows[begun], _people_on(rows, after))]
    return np.setdiff1d(*people, assume_unique=True)


def _interview_median(measures: pd.DataFrame, persons: pd.DataFrame, day: date) -> Numbers:
    """Kaplan-Meier over the last twelve months: the first day by which half have been met."""
    rows, at = _described(measures, persons, day), pd.Timestamp(day)
    rows = rows[(rows["referral_date"] > pd.Timestamp(months_before(day, 12))) & (rows["referral_date"] <= at)]
    met = rows["first_interview_date"].where(rows["first_interview_date"] <= at)
    days = (met.fillna(rows["end"]).fillna(at) - rows["referral_date"]).dt.days
    counted = pd.DataFrame({"days": days, "met": met.notna()})[days >= 0].groupby("days")["met"].agg(["size", "sum"])
    at_risk = counted["size"][::-1].cumsum()[::-1]
    waiting = (1 - counted["sum"] / at_risk).cumprod()
    half = counted.index[waiting <= 0.5]
    return {TOTAL: float(half[0]) if len(half) else float("nan")}


COUNTS = {BY_BRANCH: _by_branch, ENTRIES: _entries, INTERVIEW: _interview_median}
