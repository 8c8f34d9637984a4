"""Each rule on the smallest records that break it: rows in, problems out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from bundle_files import sound, write_bundle

from frise_analysis.records.rules import FILE_RULES, RULES
from frise_analysis.store.loading import check

P2 = sound("persons", person_id="P2")
BOTH = [sound("persons"), P2]

#: rule, tables changed, (table, column, line) of the one problem expected, others that come with it.
CASES: list[tuple[str, dict[str, list[dict[str, object]]], tuple[str, str | None, int]]] = [
    ("unreadable_date", {"life_events": [sound("life_events", start_date="31/02/2019")]}, ("life_events", "start_date", 2)),
    ("two_digit_year", {"life_events": [sound("life_events", start_date="31/12/19")]}, ("life_events", "start_date", 2)),
    ("unreadable_number", {"sentences": [sound("sentences", hours="12,5")]}, ("sentences", "hours", 2)),
    ("unreadable_number", {"sentences": [sound("sentences", hours="9" * 30)]}, ("sentences", "hours", 2)),
    ("unreadable_boolean", {"offences": [sound("offences", attempt="peut-être")]}, ("offences", "attempt", 2)),
    ("required_missing", {"offences": [sound("offences", label="  ")]}, ("offences", "label", 2)),
    ("exact_duplicate", {"obligations": [sound("obligations")] * 2}, ("obligations", None, 3)),
    ("exact_duplicate", {"life_events": [sound("life_events")] * 2}, ("life_events", None, 3)),
    ("reference_missing", {"life_events": [sound("life_events", person_id="P9")]}, ("life_events", "person_id", 2)),
    ("list_reference_missing", {"persons": [sound("persons", branch_id="A9")]}, ("persons", "branch_id", 2)),
    ("end_before_start", {"custody_periods": [sound("custody_periods", end_date="2015-12-31")]}, ("custody_periods", "end_date", 2)),
    ("end_before_start", {"offences": [sound("offences", offence_end_date="2014-12-31")]}, ("offences", "offence_end_date", 2)),
    ("facts_after_judgment", {"offences": [sound("offences", offence_start_date="2015-06-02")]}, ("offences", "offence_start_date", 2)),
    ("facts_end_after_judgment", {"offences": [sound("offences", offence_end_date="2015-06-02")]}, ("offences", "offence_end_date", 2)),
    ("judgment_in_childhood", {"persons": [sound("persons", birth_date="2005-06-02")], "offences": []}, ("convictions", "decision_date", 2)),
    ("facts_in_childhood", {"persons": [sound("persons", birth_date="2005-03-01")]}, ("offences", "offence_start_date", 2)),
    ("final_before_decision", {"convictions": [sound("convictions", final_date="2015-05-31")]}, ("convictions", "final_date", 2)),
    ("event_in_future", {"breaches": [sound("breaches", breach_date="2024-02-01", measure_id="")]}, ("breaches", "breach_date", 2)),
    ("term_in_future", {"measures": [sound("measures", end_date="2024-02-01")]}, ("measures", "end_date", 2)),
    ("implausible_date", {"life_events": [sound("life_events", start_date="1899-12-31")]}, ("life_events", "start_date", 2)),
    ("implausible_birth_year", {"persons": [*BOTH[:1], {"person_id": "P2", "birth_year": 85}]}, ("persons", "birth_year", 3)),
    ("birth_year_differs", {"persons": [sound("persons", birth_year=1981)]}, ("persons", "birth_year", 2)),
    ("death_before_birth", {"persons": [sound("persons"), sound("persons", person_id="P2", death_date="1979-01-01")]}, ("persons", "death_date", 3)),
    ("death_before_facts", {"persons": [sound("persons", death_date="2014-12-31")]}, ("offences", "offence_start_date", 2)),
    ("unknown_code", {"offences": [sound("offences", nature="infraction")]}, ("offences", "nature", 2)),
    ("custody_overlap", {"custody_periods": [sound("custody_periods"), sound("custody_periods", custody_id="D2", start_date="2016-01-31")]}, ("custody_periods", "start_date", 3)),
    ("implausible_amount", {"sentences": [sound("sentences", hours=-1)]}, ("sentences", "hours", 2)),
    ("precision_inconsistent", {"offences": [sound("offences", date_precision="period")]}, ("offences", "date_precision", 2)),
    ("natinf_shape", {"offences": [sound("offences", natinf_code="7151-B")]}, ("offences", "natinf_code", 2)),
    ("breach_outside_measure", {"breaches": [sound("breaches", breach_date="2018-03-02")]}, ("breaches", "breach_date", 2)),
    ("person_differs", {"persons": BOTH, "offences": [sound("offences", person_id="P2")]}, ("offences", "conviction_id", 2)),
    ("person_differs", {"persons": BOTH, "breaches": [sound("breaches", person_id="P2")]}, ("breaches", "measure_id", 2)),
]  # fmt: skip


def found(folder: Path) -> list[tuple[str, str, str | None, int]]:
    groups = check(folder).problems
    return [(g.rule, g.table, g.column, line) for g in groups for line in g.lines]


@pytest.mark.parametrize(("rule", "tables", "place"), CASES, ids=lambda x: x if isinstance(x, str) else "")
def test_rule_finds_its_fault_and_nothing_else(tmp_path, rule, tables, place):
    """A row that breaks one rule has one problem, at its line and column."""
    assert found(write_bundle(tmp_path, tables)) == [(rule, *place)]


def test_sound_bundle_has_no_problem(tmp_path):
    """Records without fault have no problem at all."""
    assert found(write_bundle(tmp_path)) == []


def test_key_given_to_different_rows_rejects_them_all(tmp_path):
    """Nobody knows which of two different rows with one identifier is right: neither is loaded, nor what hangs on them."""
    twice = [sound("measures"), sound("measures", start_date="2016-04-01")]
    expected = {
        ("key_not_unique", "measures", "measure_id", 2),
        ("key_not_unique", "measures", "measure_id", 3),
        ("parent_rejected", "obligations", "measure_id", 2),
        ("parent_rejected", "breaches", "measure_id", 2),
    }
    assert set(found(write_bundle(tmp_path, {"measures": twice}))) == expected


def test_rejected_person_takes_everything_with_it(tmp_path):
    """What hangs on a rejected row is rejected, and said to be for that reason, down to the last table."""
    problems = found(write_bundle(tmp_path, {"persons": [sound("persons", death_date="31/02/2020")]}))
    expected = {
        "convictions",
        "offences",
        "sentences",
        "custody_periods",
        "measures",
        "obligations",
        "breaches",
        "life_events",
    }
    assert {table for rule, table, _, _ in problems if rule == "parent_rejected"} == expected


def test_end_date_of_a_plan_may_be_in_the_future(tmp_path):
    """A planned end is meant to be in the future."""
    assert found(write_bundle(tmp_path, {"measures": [sound("measures", planned_end_date="2030-01-01")]})) == []


def test_every_row_rule_has_an_example():
    """A rule without an example here does not exist."""
    shown = {rule for rule, _, _ in CASES} | {"key_not_unique", "parent_rejected"}
    assert {r.id for r in RULES} - FILE_RULES == shown
