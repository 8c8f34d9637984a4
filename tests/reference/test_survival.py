"""Survival with published values, values by hand, and a plain twin written from the definitions, on random people."""

from __future__ import annotations

import os
from fractions import Fraction
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frise_analysis.analysis.survival import (
    INCIDENCE_COLUMNS,
    SURVIVAL_COLUMNS,
    Followed,
    cumulative_incidence,
    followed,
    incidence_at,
    kaplan_meier,
    log_rank,
    nelson_aalen,
    numbers_at_risk,
    quantile,
    survival_at,
)

ROSSI = Path(__file__).resolve().parents[3] / "shared" / "data" / "rossi.csv"
TIMES = [1, 2, 2, 3, 5, 5, 8, 9, 12, 12]
#: Weeks of remission under 6-MP and placebo, 0 where still running (Freireich and others, 1963; Cox & Oakes 1984).
TREATED = [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0), (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)]  # fmt: skip
PLACEBO = [(x, 1) for x in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]


@pytest.fixture(scope="module")
def by_hand() -> Followed:
    return followed(TIMES, cause=[1, 1, 0, 1, 1, 1, 0, 1, 0, 0])


@pytest.fixture(scope="module")
def two_causes() -> Followed:
    return followed(TIMES, cause=[1, 2, 0, 1, 2, 1, 0, 1, 0, 2])


@pytest.fixture(scope="module")
def rossi() -> pd.DataFrame:
    if not ROSSI.exists():
        assert os.environ.get("CI") != "true", "the reference data must be there in continuous integration"
        pytest.skip(f"no reference data at {ROSSI}")
    return pd.read_csv(ROSSI)


@pytest.fixture(scope="module")
def remission() -> tuple[Followed, list[str]]:
    weeks, ended = zip(*TREATED, *PLACEBO, strict=True)
    return followed(weeks, cause=ended), ["6-MP"] * 21 + ["placebo"] * 21


# --- By hand ---


def test_kaplan_meier_by_hand(by_hand) -> None:
    """The worked values of methods.md, after each day with events."""
    curve = kaplan_meier(by_hand)
    assert SURVIVAL_COLUMNS == list(curve.columns)
    assert pytest.approx([0.9, 0.8, 0.6857143, 0.4571429, 0.3047619]) == list(
        curve.loc[curve["events"] > 0, "survival"]
    )


def test_curve_begins_at_day_zero_and_counts_who_leaves(by_hand) -> None:
    """A row for day 0 and for each day on which somebody leaves, with or without event; whoever leaves that day is at risk."""
    curve = kaplan_meier(by_hand)
    assert [0, 1, 2, 3, 5, 8, 9, 12] == list(curve["time"])
    assert [10, 10, 9, 7, 6, 4, 3, 2] == list(curve["at_risk"])
    assert [0, 1, 1, 1, 2, 0, 1, 0] == list(curve["events"])


def test_no_interval_before_the_first_event(by_hand) -> None:
    """« 100 % [100 – 100] » would say that nobody will: the interval is missing."""
    first = kaplan_meier(by_hand).iloc[0]
    assert (1.0, 0.0, True, True) == (first["survival"], first["standard_error"], *np.isnan(first[["low", "high"]]))


def test_nelson_aalen_by_hand(by_hand) -> None:
    """1/10 + 1/9 + 1/7 + 2/6 + 1/3, variance 1/100 + 1/81 + 1/49 + 2/36 + 1/9."""
    last = nelson_aalen(by_hand).iloc[-1]
    hazard = 1 / 10 + 1 / 9 + 1 / 7 + 2 / 6 + 1 / 3
    error = sqrt(1 / 100 + 1 / 81 + 1 / 49 + 2 / 36 + 1 / 9)
    factor = np.exp(1.959963985 * error / hazard)
    expected = [hazard, error, hazard / factor, hazard * factor]
    assert pytest.approx(expected) == list(last[["hazard", "standard_error", "low", "high"]])


def test_competing_causes_by_hand(two_causes) -> None:
    """The worked values of methods.md on day 12."""
    found = incidence_at(two_causes, [12])
    assert pytest.approx([0.4809524, 0.3666667]) == list(found["incidence"])
    assert [1, 2] == list(found["cause"])


def test_day_zero_counts_from_the_origin() -> None:
    """Followed from the origin, somebody may have the event on day 0."""
    assert [(0, 4, 1, 0.75)] == list(
        kaplan_meier(followed([0, 3, 3, 3], cause=[1, 0, 0, 0]))
        .iloc[:1][["time", "at_risk", "events", "survival"]]
        .itertuples(index=False, name=None)
    )


def test_delayed_entry_by_hand() -> None:
    """Whoever enters on the day of an event is not at risk of it: 1 of 2 on day 2, then 1 of 2 on day 4."""
    people = followed([2, 4, 5], cause=[1, 1, 0], entry_days=[0, 0, 2])
    assert [1.0, 0.5, 0.25, 0.25] == list(kaplan_meier(people)["survival"])
    assert [0, 2, 2, 2, 2, 1, 0] == list(numbers_at_risk(people, range(7)))


def test_start_later_where_too_few_are_followed() -> None:
    """One event of the only person followed brings the curve to nothing for ever; after that day it starts anew."""
    people = followed([1, 5, 6], cause=[1, 1, 0], entry_days=[0, 1, 1])
    assert [0.0, 0.5] == [kaplan_meier(x)["survival"].iloc[-1] for x in (people, people.after(1))]


# --- Published ---


def test_rossi_survival(rossi) -> None:
    """432 men released in Maryland: the share not arrested after 10, 30 and 52 weeks, and the last interval."""
    found = survival_at(followed(rossi["week"], cause=rossi["arrest"]), [10, 30, 52])
    assert pytest.approx([0.9652778, 0.8611111, 0.7361111]) == list(found["survival"])
    assert pytest.approx([0.691860, 0.775063], abs=5e-7) == list(found[["low", "high"]].iloc[-1])


def test_rossi_log_rank(rossi) -> None:
    """By financial aid: 66 and 48 arrests, chi-square 3.84, p .05."""
    found = log_rank(followed(rossi["week"], cause=rossi["arrest"]), groups=rossi["fin"])
    assert ([66, 48], 1) == (list(found.groups["observed"]), found.degrees)
    assert pytest.approx((3.84, 0.050), abs=0.005) == (found.statistic, found.p)


def test_remission_survival(remission) -> None:
    """6-MP: .857, .807, .753, .690, .627, .538, .448 after weeks 6, 7, 10, 13, 16, 22, 23; .0764 the first standard error."""
    people, group = remission
    found = survival_at(people.among(np.array(group) == "6-MP"), [6, 7, 10, 13, 16, 22, 23])
    assert [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448] == list(found["survival"].round(3))
    assert pytest.approx(0.0764, abs=5e-5) == found["standard_error"].iloc[0]


def test_remission_medians(remission) -> None:
    """Median 23 weeks from 16 on, with no upper end; 8 weeks from 4 to 12 under placebo (Therneau's survival package)."""
    people, group = remission
    treated, placebo = (quantile(kaplan_meier(people.among(np.array(group) == x))) for x in ("6-MP", "placebo"))
    assert (23, 8) == (treated.days, placebo.days)
    assert (True, 4, 11) == (np.isnan(treated.high), placebo.low, placebo.high)


def test_remission_log_rank(remission) -> None:
    """9 and 21 relapses where 19.25 and 10.75 are expected, chi-square 16.79 with one degree."""
    found = log_rank(remission[0], groups=remission[1])
    assert ([9, 21], [19.25, 10.75]) == (list(found.groups["observed"]), list(found.groups["expected"].round(2)))
    assert (16.79, 1) == (round(found.statistic, 2), found.degrees)


# --- Twin: one person and one day at a time ---


@st.composite
def populations(draw: st.DrawFn) -> tuple[Followed, list[tuple[int, int, int]]]:
    """People at risk from the day after an entry to an exit, with a cause from 0 to 2."""
    person = st.tuples(st.integers(-1, 12), st.integers(1, 9), st.integers(0, 2))
    rows = [(entry, entry + length, cause) for entry, length, cause in draw(st.lists(person, min_size=1, max_size=12))]
    entry, leave, cause = zip(*rows, strict=True)
    return followed(leave, cause=cause, entry_days=entry), rows


def counted(rows, day: int) -> tuple[int, int]:
    return sum(a < day <= b for a, b, _ in rows), sum(b == day and c > 0 for _, b, c in rows)


def plain_survival(rows, day: int) -> Fraction:
    found = Fraction(1)
    for x in sorted({b for _, b, _ in rows if b <= day}):
        at_risk, events = counted(rows, x)
        found *= 1 - Fraction(events, at_risk)
    return found


@settings(max_examples=40)
@given(populations(), st.integers(0, 25))
def test_kaplan_meier_twin(made, day: int) -> None:
    """In exact fractions, the product over days of one minus events over people at risk."""
    people, rows = made
    curve = kaplan_meier(people)
    assert pytest.approx(float(plain_survival(rows, day))) == curve.loc[curve["time"] <= day, "survival"].iloc[-1]
    assert counted(rows, day)[0] == numbers_at_risk(people, [day])[0]


@settings(max_examples=40)
@given(populations(), st.integers(0, 25))
def test_incidence_twin(made, day: int) -> None:
    """For each cause, survival before a day times events over people at risk, added up."""
    people, rows = made
    curve = cumulative_incidence(people)
    for cause in set(people.cause) - {0}:
        expected = Fraction(0)
        for x in sorted({b for _, b, _ in rows if b <= day}):
            mine = sum(b == x and c == cause for _, b, c in rows)
            before = plain_survival(rows, x - 1)
            expected += before * Fraction(mine, max(counted(rows, x)[0], 1))
        found = curve[(curve["cause"] == cause) & (curve["time"] <= day)]["incidence"].iloc[-1]
        assert pytest.approx(float(expected), abs=1e-12) == found


@settings(max_examples=40)
@given(populations())
def test_incidences_add_up(made) -> None:
    """What has happened by any cause and what has not make one."""
    people, _ = made
    curves, survival = cumulative_incidence(people), kaplan_meier(people)["survival"]
    total = curves.groupby("time")["incidence"].sum() if len(curves) else pd.Series(0.0, index=survival.index)
    assert pytest.approx([1.0] * len(survival)) == list(total.to_numpy() + survival.to_numpy())


@settings(max_examples=40)
@given(populations())
def test_one_cause_is_kaplan_meier(made) -> None:
    """With a single cause, the incidence is one minus the survival, and its standard error Greenwood's."""
    people, _ = made
    alone = Followed(people.entry, people.exit, np.minimum(people.cause, 1))
    curve, survival = cumulative_incidence(alone), kaplan_meier(alone)
    assert pytest.approx(list(1 - survival["survival"]) if len(curve) else []) == list(curve["incidence"])
    errors = list(survival["standard_error"]) if len(curve) and survival["survival"].iloc[-1] > 0 else []
    assert not errors or pytest.approx(errors, abs=1e-7) == list(curve["standard_error"])


def test_incidence_variance_by_replication() -> None:
    """Without censoring the incidence is a plain share of n people: its variance is share (1 - share) / n."""
    people = followed([1, 2, 3, 4, 5, 6, 7, 8], cause=[1, 2, 1, 2, 2, 1, 2, 1])
    found = cumulative_incidence(people)
    share = found["incidence"]
    assert pytest.approx(list(np.sqrt(share * (1 - share) / 8)), abs=1e-9) == list(found["standard_error"])


@settings(max_examples=40)
@given(populations(), st.lists(st.integers(0, 2), min_size=12, max_size=12))
def test_log_rank_twin(made, labels: list[int]) -> None:
    """Observed and expected, day by day; observed and expected of all groups add up to the same."""
    people, rows = made
    groups = labels[: len(rows)]
    found = log_rank(people, groups=groups).groups
    for label, observed, expected in zip(found["group"], found["observed"], found["expected"], strict=True):
        mine = [row for row, own in zip(rows, groups, strict=True) if own == label]
        plain = sum(Fraction(counted(rows, x)[1] * counted(mine, x)[0], max(counted(rows, x)[0], 1)) for x in range(25))
        assert (sum(c > 0 for _, _, c in mine), pytest.approx(float(plain))) == (observed, expected)
    assert pytest.approx(found["observed"].sum()) == found["expected"].sum()


def test_log_rank_of_three_groups() -> None:
    """Three groups alike: nothing between them, two degrees; the order of labels does not matter."""
    people = followed([1, 2, 3, 4] * 3, cause=[1, 1, 0, 1] * 3)
    labels = np.repeat(["a", "b", "c"], 4)
    found = log_rank(people, groups=labels)
    assert (pytest.approx(0, abs=1e-12), 2, pytest.approx(1)) == (found.statistic, found.degrees, found.p)
    other = followed([1, 2, 3, 4, 5, 6, 7, 8, 9], cause=[1] * 9)
    tests = [log_rank(other, groups=x).statistic for x in (list("aaabbbccc"), list("cccaaabbb"))]
    assert pytest.approx(tests[0]) == tests[1]


# --- Reading a curve ---


@settings(max_examples=40)
@given(st.lists(st.integers(1, 50), min_size=1, max_size=40), st.sampled_from([0.25, 0.5, 0.75]))
def test_quantile_without_censoring(days: list[int], share: float) -> None:
    """Where everybody has the event, the quantile is the ordinary one (type 2 of Hyndman & Fan 1996)."""
    found = quantile(kaplan_meier(followed(days, cause=[1] * len(days))), share).days
    assert np.quantile(days, share, method="averaged_inverted_cdf") == found


def test_quantile_is_not_beyond_what_was_seen() -> None:
    """Half never reached: no median, and no guess."""
    curve = kaplan_meier(followed([1, 9, 9, 9], cause=[1, 0, 0, 0]))
    assert (9 + 1) / 2 == quantile(curve, 0.25).days
    assert np.isnan(quantile(curve).days)


def test_nothing_is_said_after_the_last_day() -> None:
    """Beyond the last day followed the share is unknown, unless nobody is left."""
    running, over = followed([3, 5], cause=[1, 0]), followed([3, 5], cause=[1, 1])
    assert [0.5, 0.5, "?"] == ["?" if np.isnan(x) else x for x in survival_at(running, [3, 5, 6])["survival"]]
    assert [0.5, 0.0, 0.0] == list(survival_at(over, [3, 5, 6])["survival"])
    assert [True, False] == [bool(np.isnan(incidence_at(x, [6])["incidence"].iloc[0])) for x in (running, over)]


def test_nobody() -> None:
    """Nobody followed: declared columns without rows, and nothing at any day."""
    nobody = followed([], cause=[])
    assert (SURVIVAL_COLUMNS, 0) == (list(kaplan_meier(nobody).columns), len(kaplan_meier(nobody)))
    assert (INCIDENCE_COLUMNS, 0) == (list(cumulative_incidence(nobody).columns), len(cumulative_incidence(nobody)))
    assert [0, True] == [
        survival_at(nobody, [5])["at_risk"][0],
        bool(np.isnan(survival_at(nobody, [5])["survival"][0])),
    ]
    assert (0, 0) == (len(incidence_at(nobody, [5])), log_rank(nobody, groups=[]).degrees)
    assert np.isnan(quantile(kaplan_meier(nobody)).days)


@pytest.mark.parametrize(
    ("days", "cause", "entry", "message"),
    [
        ([1.5], [1], None, "exit_days must be whole"),
        ([float("nan")], [1], None, "exit_days must be whole"),
        (["3"], [1], None, "exit_days must be one column"),
        ([1, 2], [1], None, "one value per person"),
        ([-1], [1], None, "between 0 and"),
        ([100_001], [1], None, "between 0 and"),
        ([1], [-1], None, "cause must be"),
        ([1], [1], [-2], "entry_days must be"),
        ([1], [1], [1], "entry_days must be"),
    ],
)
def test_refused(days, cause, entry, message: str) -> None:
    """Columns that are not whole days in order are refused at once, by name."""
    with pytest.raises(ValueError, match=message):
        followed(days, cause=cause, entry_days=entry)


def test_other_refusals() -> None:
    """Labels missing or of another number, a share that is none."""
    people = followed([1, 2], cause=[1, 0])
    for groups in (["a"], ["a", None]):
        with pytest.raises(ValueError, match="one label per person"):
            log_rank(people, groups=np.array(groups, dtype=object))
    with pytest.raises(ValueError, match="share"):
        quantile(kaplan_meier(people), 1)


def test_columns_of_other_kinds() -> None:
    """Booleans, floats without fraction and columns of a table are read alike."""
    plain = kaplan_meier(followed([1, 2], cause=[1, 0]))
    table = kaplan_meier(followed(pd.Series([1.0, 2.0]), cause=pd.Series([True, False])))
    pd.testing.assert_frame_equal(plain, table)
