"""A filtered table beside the same table with fewer filters, or over another period: what their difference may tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from frise_analysis.analysis import service
from frise_analysis.analysis.service import Breakdown, FilterRefused, ServiceFilters
from frise_analysis.analysis.service.nested_views import _before
from frise_analysis.analysis.service.prepared import prepared
from frise_analysis.store.engine import Store

K = 11
Numbers = dict[tuple[str, ...], int]
#: Question, what tells its rows apart, and the numbers that must not be apart by few.
TABLES: dict[str, tuple[Callable[..., pd.DataFrame], list[str], list[str]]] = {
    **{f"followed by {x.value}": (lambda *a, by=x, **b: service.followed_people(*a, by=by, **b), ["category"], ["people", "people_before"]) for x in Breakdown},
    "months": (service.monthly_flows, ["until"], ["people", "entries", "exits"]),
    "first interviews": (service.first_interviews, ["measure_code"], ["measures"]),
    "legal delays": (service.legal_delays, ["rule"], ["measures", "within"]),
    "durations": (service.measure_spans, ["measure_code"], ["measures"]),
    "planned ends": (service.planned_ends, ["measure_code"], ["measures"]),
    "outcomes": (service.outcomes, ["measure_code", "end"], ["measures"]),
    "breaches": (service.breaches, ["kind"], ["breaches"]),
    "obligations": (service.breached_obligations, ["obligation_code"], ["people", "breached"]),
    "new facts": (service.facts_after_start, ["category"], ["measures", "people"]),
    "new facts by branch": (lambda *a, **b: service.facts_after_start(*a, by=service.Grouping.BRANCH, **b), ["category"], ["measures", "people"]),
    "branches": (service.branch_comparison, ["unit"], ["people", "count"]),
}  # fmt: skip
VIEWS = ["sexe=M", "mesure=SP", "antenne=A-1", "milieu=open", "phase=post", "phase=post&sexe=M", "mois=6", "mois=6&sexe=M", "mois=6&milieu=open", "au=2023-09-30&phase=pre", "mois=3&mesure=SP", "mois=24", "au=2023-09-30&sexe=M"]  # fmt: skip


def shown(store: Store, name: str, filters: ServiceFilters) -> Numbers:
    question, keys, columns = TABLES[name]
    table = question(store, filters=filters)
    return {
        (*map(str, key), column): int(n)
        for column in columns
        for *key, n in table[[*keys, column]]
        .dropna(subset=[column])
        .drop_duplicates()
        .itertuples(index=False, name=None)
    }


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("query", VIEWS)
def test_two_views_of_a_table_are_never_a_few_apart(sample_store, query: str, name: str) -> None:
    """Neither in a row, nor in what its shown rows leave of a total, beside the same table with fewer filters or over another period."""
    filters = ServiceFilters(query)
    own = shown(sample_store, name, filters)
    over_period = name in {"first interviews", "legal delays", "planned ends", "outcomes", "breaches", "obligations"}
    for other, _ in _before(filters, sample_store, over_period=over_period):
        public = shown(sample_store, name, other)
        assert {} == {x: (own[x], public[x]) for x in own.keys() & public.keys() if 0 < abs(own[x] - public[x]) < K}


def test_nobody_with_an_outcome_is_a_zero(sample_store) -> None:
    """Eleven people, none of whom has new facts: a share of 0, and no failure."""
    found = service.branch_comparison(sample_store, filters=ServiceFilters("mesure=SSJ"))
    assert [(11, 0, 0.0)] == list(found[["people", "count", "share"]].itertuples(index=False, name=None))


def test_the_order_of_questions_changes_nothing(people) -> None:
    """A table depends on its filters alone: the one that is asked first is the one that comes after the others."""
    rows = [{"person_id": f"P{n}", "sex": "F" if n % 5 == 0 else "M"} for n in range(60)]
    measures = [
        {"person_id": f"P{n}", "measure_code": "SP" if n % 3 else "TIG", "start_date": "2023-05-01"} for n in range(60)
    ]
    tables = [people({"persons": rows, "measures": measures}).store for _ in range(2)]
    asked = [ServiceFilters(x) for x in ("", "sexe=M", "mesure=SP&sexe=M", "mesure=SP")]
    first = [service.followed_people(tables[0], filters=x) for x in asked]
    last = [service.followed_people(tables[1], filters=x) for x in reversed(asked)][::-1]
    for one, other in zip(first, last, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_few_who_do_not_match_are_not_told(people) -> None:
    """Sixty men and women: three women are under community service; the men of it are hidden, and those of another row with them."""
    women = [
        {"person_id": f"F{n}", "measure_code": "TIG" if n < 3 else "SP" if n < 20 else "CJ", "start_date": "2023-05-01"}
        for n in range(40)
    ]
    men = [
        {"person_id": f"M{n}", "measure_code": ("TIG", "SP", "CJ")[n % 3], "start_date": "2023-05-01"}
        for n in range(60)
    ]
    persons = [{"person_id": x["person_id"], "sex": x["person_id"][0]} for x in women + men]
    store = people({"persons": persons, "measures": women + men}).store
    found = service.followed_people(store, filters=ServiceFilters("sexe=M")).set_index("category")["people"]
    assert pd.isna(found["TIG"])
    assert 2 == found.drop("Ensemble").isna().sum()
    assert 60 == found["Ensemble"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ("mois=24", ["mois=12"]),
        ("mois=3", ["mois=12", "mois=24", "mois=6"]),
        ("sexe=M&mesure=SP", ["", "mois=24", "mesure=SP", "mois=24&mesure=SP", "sexe=M", "mois=24&sexe=M"]),
        ("mois=6&sexe=M", ["sexe=M", "mois=24&sexe=M", "mois=6", "", "mois=24"]),
        ("au=2023-09-30", ["mois=24"]),
        ("au=2022-06-30", []),
    ],
)
def test_tables_that_come_before(sample_store, query: str, expected: list[str]) -> None:
    """Periods that hold one another, of the same day; a year that two years hold; any of the filters taken away."""
    found = [x.to_query() or "mois=12" for x, _ in _before(ServiceFilters(query), sample_store, over_period=True)]
    assert [x or "mois=12" for x in expected] == found


def test_another_day_is_seen_over_a_year(sample_store) -> None:
    """Shorter periods of several days would add up to the longer ones."""
    with pytest.raises(FilterRefused, match="12 mois"):
        prepared(sample_store, ServiceFilters("au=2023-12-31&mois=3"))


def test_three_filters_at_most(sample_store) -> None:
    """Each one more is one more table to be protected against; the day and the period are not among them."""
    query = ServiceFilters("sexe=M&mesure=SP&phase=post&mois=6")
    assert prepared(sample_store, query).filters == query
    with pytest.raises(FilterRefused, match="3 filtres au plus"):
        prepared(sample_store, replace(query, query="", setting="open"))


def test_moves_of_months_do_not_tell_who_came_back(people) -> None:
    """Three people left and came back within the year: the months of it do not show the 43 entries whose 40 people the year shows."""
    rows = []
    for n in range(40):
        first = "2023-03-15" if n % 2 else "2023-05-15"
        end = "2023-07-15" if n < 3 else ""
        rows.append({"measure_id": f"A{n}", "person_id": f"P{n}", "start_date": first, "end_date": end})
        rows += [{"measure_id": f"B{n}", "person_id": f"P{n}", "start_date": "2023-09-15"}] if n < 3 else []
    store = people({"measures": rows}).store
    assert 40 == service.headline(store).set_index("figure").loc["came", "people"]
    assert service.monthly_flows(store)["entries"].iloc[-12:].isna().all()
