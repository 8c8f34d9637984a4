"""Nature of the offences: how many of each family, under each unit of count."""

from __future__ import annotations

from collections import Counter

import pytest

from frise_analysis.analysis.trajectory import counted_offences, offence_types
from frise_analysis.vocabulary import Clock, CountUnit

PEOPLE = """
convictions
person_id | conviction_id | decision_date | void_date  | rehabilitation_date
three     | A             | 2015-06-01    |            |
three     | B             | 2016-06-01    |            |
gone      | C             | 2010-06-01    | 2015-06-01 |
gone      | D             | 2011-06-01    |            | 2020-01-01
gone      | E             | 2016-06-01    |            |

offences
person_id | conviction_id | offence_start_date | family
three     | A             | 2015-01-01         | vols_recel
three     | A             | 2015-01-01         | vols_recel
three     | A             | 2015-01-01         | violences
three     | B             | 2016-01-01         | vols_recel
three     |               | 2023-12-01         | stupefiants
gone      | C             | 2010-01-01         | violences
gone      | D             | 2011-01-01         | degradations
gone      | E             | 2016-01-01         | vols_recel

persons
person_id
nobody
"""
#: Lines of a record that are no conviction.
OTHER_ENTRIES = {
    "composition_penale",
    "amende_forfaitaire_delictuelle",
    "ajournement",
    "irresponsabilite_penale",
    "autre",
}


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (CountUnit.OFFENCES, {"vols_recel": 3, "stupefiants": 1, "violences": 1}),
        (CountUnit.FACT_DATES, {"vols_recel": 2, "stupefiants": 1, "violences": 1}),
        (CountUnit.CONVICTIONS, {"vols_recel": 2, "violences": 1}),
    ],
)
def test_unit_of_count(path, unit: CountUnit, expected: dict[str, int]) -> None:
    """Infractions each count; a date or a conviction counts once per family; what is not judged has no conviction."""
    table = offence_types(path("three"), unit=unit)
    assert expected == dict(zip(table["family"], table["count"], strict=True))


def test_most_frequent_first_then_by_label(path) -> None:
    """The most frequent family stands first; equal ones follow their labels."""
    assert ["vols_recel", "stupefiants", "violences"] == list(offence_types(path("three"))["family"])


@pytest.mark.parametrize(("with_void", "expected"), [(False, ["vols_recel"]), (True, ["violences", "vols_recel"])])
def test_hidden_lines_are_not_counted(path, with_void: bool, expected: list[str]) -> None:
    """Facts of void convictions count only when they are shown, those of rehabilitated ones never."""
    assert expected == sorted(offence_types(path("gone", with_void=with_void))["family"])


def test_nobody_has_no_family(path) -> None:
    """Without offences the table is empty, with its columns."""
    table = offence_types(path("nobody"))
    assert (0, ["family", "family_label", "count"]) == (len(table), list(table.columns))


@pytest.mark.parametrize("unit", CountUnit)
def test_same_as_a_plain_count(some_paths, unit: CountUnit) -> None:
    """On the samples, counting pairs by hand gives the same table."""
    for path in some_paths:
        facts = path.lane("facts")
        judged = {r.record_id for r in path.lane("convictions") if r.code not in OTHER_ENTRIES}
        named = {
            CountUnit.OFFENCES: [(r.code, r.record_id) for r in facts],
            CountUnit.FACT_DATES: [(r.code, r.start_date) for r in facts],
            CountUnit.CONVICTIONS: [(r.code, r.parent_id) for r in facts if r.parent_id in judged],
        }[unit]
        table = offence_types(path, unit=unit)
        assert Counter(code for code, _ in set(named)) == dict(zip(table["family"], table["count"], strict=True))


@pytest.mark.parametrize("unit", CountUnit)
def test_chart_counts_what_the_table_says(some_paths, unit: CountUnit) -> None:
    """Distinct keys by family in the data of the chart are the rows of the table."""
    for path in some_paths:
        rows = counted_offences(path, unit=unit, clock=Clock.AGE).dropna(subset=["unit_key"])
        table = offence_types(path, unit=unit)
        assert rows.groupby("family")["unit_key"].nunique().to_dict() == dict(
            zip(table["family"], table["count"], strict=True)
        )
