"""Every registered question answers on the samples, with the columns it declares."""

from __future__ import annotations

import inspect
import re

import pytest

from frise_analysis.analysis.registry import answer, questions
from frise_analysis.analysis.table_text import csv_text, json_text

#: With no, a dozen and some sixty facts.
WHO = ("P-0058", "P-0271", "P-0120")
#: Questions answered here: those about one person.
ASKED = [q.name for q in questions() if q.about_person]
COLUMNS = {
    "cumul": "date street_years count record_id",
    "infractions": "record_id family family_label x unit_key",
    "intervalles": "rank from_date to_date calendar_days street_days open unconsolidated_days approximate words",
    "longues-periodes": "start_date end_date x x_end words",
    "nature": "family family_label count",
    "resume": "headline words",
    "trajectoire": "lane record_id parent_id start_date end_date x x_end code code_label title state when words void",
}


@pytest.mark.parametrize("person", WHO)
@pytest.mark.parametrize("name", ASKED)
def test_question_answers(sample_store, name: str, person: str) -> None:
    """Whoever it is asked of, an answer is a table that has the same columns, and is written as CSV and JSON."""
    table = answer(sample_store, name, person_id=person)
    assert len(table.columns) > 0
    assert list(answer(sample_store, name, person_id=WHO[1]).columns) == list(table.columns)
    assert len(table) + 1 <= csv_text(table).count("\n")
    assert json_text(table)


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_declared(sample_store, name: str) -> None:
    """The columns of a table are known to those who read it elsewhere."""
    assert COLUMNS[name].split() == list(answer(sample_store, name, person_id=WHO[1]).columns)


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.name)
def test_question_says_what_a_row_is(question) -> None:
    """A question has a French title, a plain name and a docstring that says what one row is."""
    assert re.fullmatch(r"[a-z-]+", question.name)
    assert question.title[:1].isupper()
    assert "row" in (inspect.getdoc(question.function) or "").lower()


@pytest.mark.parametrize("name", ["nature", "cumul", "trajectoire"])
def test_hidden_lines_follow_the_switch(sample_store, name: str) -> None:
    """Void convictions come into a table only when it is asked for."""
    tables = [answer(sample_store, name, person_id="P-0333", options={"with_void": x}) for x in ("non", "oui")]
    assert not tables[0].equals(tables[1])
