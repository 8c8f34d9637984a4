"""What is counted once for all groups, by day, is what each group counted alone gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.delay_quantiles import WHOLE, delay_quantiles
from frise_analysis.analysis.service.curve_steps import Spells
from frise_analysis.analysis.service.facts_groups import _parted
from frise_analysis.analysis.service.people_counts import coded, distinct_by_group
from frise_analysis.analysis.service.spans import _by_measure, _steps
from frise_analysis.analysis.survival import followed, kaplan_meier
from frise_analysis.analysis.survival.followed import count_days, count_days_by_group

ROW = st.tuples(st.integers(0, 3), st.integers(1, 9), st.integers(0, 12), st.integers(0, 2), st.integers(-1, 4))


@st.composite
def measures(draw) -> pd.DataFrame:
    """One row per measure: its group, whose, how long until what, and since when it is observed."""
    rows = draw(st.lists(ROW, min_size=1, max_size=60))
    table = pd.DataFrame(rows, columns=["group", "person_key", "days", "cause", "entry"])
    return table.assign(days=np.maximum(table["days"], table["entry"] + 1))


def times(rows: pd.DataFrame):
    return followed(rows["days"], cause=rows["cause"], entry_days=rows["entry"])


@given(measures())
def test_days_of_each_group(rows: pd.DataFrame) -> None:
    """At risk, gone and events of each day, group by group; a group of nobody has no day."""
    found = count_days_by_group(times(rows), rows["group"].to_numpy(), 5)
    for group, days in enumerate(found):
        pd.testing.assert_frame_equal(kaplan_meier(days), kaplan_meier(times(rows[rows["group"] == group])))
        assert (days.time == count_days(times(rows[rows["group"] == group])).time).all()


@given(measures())
def test_quantiles_of_each_group_and_of_the_whole(rows: pd.DataFrame) -> None:
    options = {"ended": rows["cause"], "entry_days": rows["entry"]}
    together = delay_quantiles(rows["days"], **options, groups=rows["group"], whole=True)
    alone = [times_of(x) for _, x in rows.groupby("group")] + [times_of(rows)]
    expected = pd.concat(alone, ignore_index=True).assign(group=[*sorted(rows["group"].unique()), WHOLE])
    pd.testing.assert_frame_equal(together, expected, check_dtype=False)


def times_of(rows: pd.DataFrame) -> pd.DataFrame:
    return delay_quantiles(rows["days"], ended=rows["cause"], entry_days=rows["entry"])


@given(measures())
def test_people_of_each_group(rows: pd.DataFrame) -> None:
    """Each once in a group, whatever their rows; nobody in a group without rows."""
    expected = rows.groupby("group")["person_key"].nunique().reindex(range(5), fill_value=0)
    assert distinct_by_group(rows["person_key"], rows["group"].to_numpy(), number=5).tolist() == expected.tolist()


def test_a_missing_category_has_the_first_place() -> None:
    codes, labels = coded(pd.Series(["b", None, "a"]))
    assert [labels[x] for x in codes] == ["b", None, "a"]


@given(measures())
def test_measures_of_each_group_stay_in_the_order_of_people(rows: pd.DataFrame) -> None:
    rows = rows.sort_values("person_key", kind="stable", ignore_index=True)
    codes = rows["group"].to_numpy()
    whole = Spells(rows["person_key"].to_numpy(), times(rows))
    for group, part in _parted(whole, codes).items():
        plain = whole.among(codes == group)
        assert part.person.tolist() == plain.person.tolist()
        assert part.times.exit.tolist() == plain.times.exit.tolist()
        assert part.times.cause.tolist() == plain.times.cause.tolist()
        assert part.times.entry.tolist() == plain.times.entry.tolist()


@given(measures(), st.integers(-1, 12), st.integers(0, 12))
def test_people_observed_and_with_new_facts(rows: pd.DataFrame, after: int, until: int) -> None:
    rows = rows.sort_values("person_key", kind="stable")
    spells = Spells(rows["person_key"].to_numpy(), times(rows))
    had = rows[(rows["cause"] == 1) & (rows["days"] > after) & (rows["days"] <= until)]
    assert spells.events_between(after, until) == had["person_key"].nunique()
    assert spells.still_at_risk(until) == rows.loc[rows["days"] > until, "person_key"].nunique()
    assert spells.people == rows["person_key"].nunique()


@given(measures(), st.integers(1, 4))
def test_steps_of_each_measure(rows: pd.DataFrame, k: int) -> None:
    """As counted day by day with sets of people: a step gathers ``k`` of them, and the curve stops where fewer are observed."""
    named = rows.assign(
        measure_code=pd.Categorical.from_codes(rows["group"], list("abcd")), ended=(rows["cause"] > 0).astype(int)
    )
    runs = _by_measure(named)
    for code, of_code in named.groupby("measure_code", observed=True):
        assert list(_steps(runs[code], k)) == list(plain_steps(of_code, k))


def plain_steps(rows: pd.DataFrame, k: int):
    yield 0, 1.0
    curve = kaplan_meier(followed(rows["days"], cause=rows["ended"], entry_days=rows["entry"])).set_index("time")
    gathered: set[int] = set()
    for day, people in rows[rows["ended"] == 1].groupby("days")["person_key"]:
        gathered.update(people)
        if len(gathered) < k:
            continue
        if rows.loc[(rows["entry"] < day) & (rows["days"] >= day), "person_key"].nunique() < k:
            return
        yield day, curve.loc[day, "survival"]
        gathered.clear()


def test_who_comes_under_observation_on_a_day_is_not_observed_on_it() -> None:
    """Two people have ended by day 3; on it only one is observed, the third being so from the next day: the curve stops."""
    rows = pd.DataFrame({"person_key": [1, 2, 3], "days": [2, 3, 9], "entry": [-1, -1, 3], "ended": [1, 1, 0]}).assign(
        measure_code=pd.Categorical(["a"] * 3)
    )
    assert list(_steps(_by_measure(rows)["a"], 2)) == [(0, 1.0)]
