"""The mean cumulative function by hand, on published data whose mean and spread are known, and against a plain twin."""

from __future__ import annotations

import csv
import os
from math import exp, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frise_analysis.analysis.recurrent import MEAN_COLUMNS, mean_cumulative

TORONTO = Path(__file__).resolve().parents[3] / "shared" / "data" / "toronto_TO1_wide.csv"
Spells = list[tuple[int, int, int]]
Events = list[tuple[int, int]]


def mean_of(spells: Spells, events: Events) -> pd.DataFrame:
    columns = ["person_key", "start_day", "end_day"]
    return mean_cumulative(pd.DataFrame(spells, columns=columns), pd.DataFrame(events, columns=["person_key", "day"]))


def test_by_hand() -> None:
    """Three people to days 10, 8 and 4; events on days 2 and 6, 3, and 2: 2/3, then 1/3 more, then 1/2 more."""
    found = mean_of([(1, -1, 10), (2, -1, 8), (3, -1, 4)], [(1, 2), (1, 6), (2, 3), (3, 2)])
    assert MEAN_COLUMNS == list(found.columns)
    assert [(2, 3, 2), (3, 3, 1), (6, 2, 1)] == list(
        found[["time", "at_risk", "events"]].itertuples(index=False, name=None)
    )
    assert pytest.approx([2 / 3, 1, 3 / 2]) == list(found["mean"])


def test_robust_error_by_hand() -> None:
    """Of each person, what is above or below the mean, over people at risk: by day 6, 1/4, -1/4 and 0, whose squares make 1/8."""
    found = mean_of([(1, -1, 10), (2, -1, 8), (3, -1, 4)], [(1, 2), (1, 6), (2, 3), (3, 2)])
    on_day_2 = [(1 - 2 / 3) / 3, (0 - 2 / 3) / 3, (1 - 2 / 3) / 3]
    on_day_3 = [(0 - 1 / 3) / 3, (1 - 1 / 3) / 3, (0 - 1 / 3) / 3]
    on_day_6 = [(1 - 1 / 2) / 2, (0 - 1 / 2) / 2, 0]
    summed = np.cumsum([on_day_2, on_day_3, on_day_6], axis=0)
    assert pytest.approx(list(np.sqrt((summed**2).sum(axis=1)))) == list(found["standard_error"])
    assert pytest.approx([0.25, -0.25, 0]) == list(summed[-1])
    last = found.iloc[-1]
    factor = exp(1.959963985 * sqrt(1 / 8) / 1.5)
    assert pytest.approx((1.5 / factor, 1.5 * factor)) == (last["low"], last["high"])


def test_away_people_are_not_at_risk() -> None:
    """Somebody in custody from day 2 to day 5 is not among the people whose event of day 4 is shared out."""
    found = mean_of([(1, -1, 2), (1, 5, 9), (2, -1, 9), (3, -1, 9)], [(2, 4), (1, 6)])
    assert [(4, 2, 0.5), (6, 3, 0.5 + 1 / 3)] == list(
        found[["time", "at_risk", "mean"]].itertuples(index=False, name=None)
    )


def test_toronto() -> None:
    """378 youths all followed from 8 to 38: 5682 contacts make 15.03 each; the robust error is the plain one of a mean."""
    if not TORONTO.exists():
        assert os.environ.get("CI") != "true", "the reference data must be there in continuous integration"
        pytest.skip(f"no reference data at {TORONTO}")
    with TORONTO.open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    counts = [[int(float(x)) for x in row[-31:]] for row in rows]
    events = [(i, age) for i, row in enumerate(counts) for age, number in enumerate(row) for _ in range(number)]
    found = mean_of([(i, -1, 30) for i in range(378)], events).iloc[-1]
    totals = np.array([sum(row) for row in counts])
    assert 5682 == totals.sum()
    assert pytest.approx((5682 / 378, totals.std() / sqrt(378))) == (found["mean"], found["standard_error"])


# --- Twin ---


@st.composite
def histories(draw: st.DrawFn) -> tuple[Spells, Events]:
    """Up to eight people with one or two spells at risk and events inside them, several on a day perhaps."""
    spells, events = [], []
    for person in range(draw(st.integers(1, 8))):
        days = sorted(draw(st.sets(st.integers(-1, 12), min_size=2, max_size=4)))
        own = list(zip(days[::2], days[1::2], strict=False))
        spells += [(person, start, end) for start, end in own]
        inside = [day for start, end in own for day in range(start + 1, end + 1)]
        events += [(person, day) for day in draw(st.lists(st.sampled_from(inside), max_size=4))]
    return spells, events


def plain(spells: Spells, events: Events, last: int) -> tuple[float, float]:
    """Mean and robust error by a day, from the definitions."""
    people = {person for person, _, _ in spells}
    mean, own = 0.0, dict.fromkeys(people, 0.0)
    for day in range(last + 1):
        at_risk = {person for person, start, end in spells if start < day <= end}
        number = sum(on == day for _, on in events)
        for person in at_risk:
            mine = sum(pair == (person, day) for pair in events)
            own[person] += (mine - number / len(at_risk)) / len(at_risk)
        mean += number / max(len(at_risk), 1)
    return mean, sqrt(sum(x**2 for x in own.values()))


@settings(max_examples=60)
@given(histories())
def test_twin(made) -> None:
    """Each row has the mean and the robust error of the definitions, whoever comes and goes."""
    spells, events = made
    found = mean_of(spells, events)
    assert sorted({day for _, day in events}) == list(found["time"])
    for row in found.itertuples():
        assert pytest.approx(plain(spells, events, row.time), abs=1e-7) == (row.mean, row.standard_error)


def test_no_event() -> None:
    """Without event, declared columns and no row; without anybody too."""
    assert (MEAN_COLUMNS, 0) == (list(mean_of([(1, -1, 9)], []).columns), len(mean_of([(1, -1, 9)], [])))
    assert 0 == len(mean_of([], []))


@pytest.mark.parametrize(
    ("spells", "events", "message"),
    [
        ([(1, 3, 3)], [], "start_day must be"),
        ([(1, -2, 3)], [], "start_day must be"),
        ([(1, -1, 100_001)], [], "start_day must be"),
        ([(1, 0, 5), (1, 4, 9)], [], "must not overlap"),
        ([(1, 0, 5)], [(2, 3)], "inside a spell"),
        ([(1, 0, 5)], [(1, 0)], "inside a spell"),
        ([(1, 0, 5)], [(1, 6)], "inside a spell"),
        ([(1, 0, 5)], [(1, -1)], "inside a spell"),
        ([(1, 0, 5), (2, 4, 9)], [(2, 3)], "inside a spell"),
        ([(1, 0.5, 5)], [], "start_day must be whole"),
    ],
)
def test_refused(spells, events, message: str) -> None:
    """Spells out of order or over one another, events while away or of somebody unknown."""
    with pytest.raises(ValueError, match=message):
        mean_of(spells, events)


def test_order_of_rows_does_not_matter() -> None:
    """Rows in any order and keys that are not dense give the same."""
    one = mean_of([(7, -1, 9), (900, 2, 9), (900, -1, 1)], [(7, 3), (900, 5)])
    other = mean_of([(900, -1, 1), (900, 2, 9), (7, -1, 9)], [(900, 5), (7, 3)])
    pd.testing.assert_frame_equal(one, other)
