"""Every question of the registry, asked of the sample bundle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from frise_analysis.analysis.option_values import read_value, written
from frise_analysis.analysis.registry import Question, answer, questions
from frise_analysis.analysis.table_text import csv_text, json_text
from frise_analysis.store.engine import Store, open_store
from frise_analysis.store.loading import load

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
QUESTIONS = questions()
#: Questions that only a role may ask: they refuse whoever has none (tests/spec/test_service_caseload.py).
MANAGER, DIRECTOR = {"role": "encadrement:A-1"}, {"role": "direction"}
ROLES = {
    "service-charge": MANAGER,
    "service-sans-entretien": MANAGER,
    "service-fins-proches": MANAGER,
    "service-charge-antennes": DIRECTOR,
    "echeances": MANAGER,
    "ordonnance-covid": MANAGER,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("samples") / "frise.duckdb"
    load(SAMPLES, store=path)
    with open_store(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def people() -> list[str]:
    """Somebody with records, and somebody chosen at the other end of the file."""
    ids = pd.read_csv(SAMPLES / "persons.csv", sep=None, engine="python", dtype=str)["person_id"]
    return [ids.iloc[0], ids.iloc[-1]]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda x: x.name)
def test_every_question_answers(store: Store, people: list[str], question: Question) -> None:
    """A question answers with its default options, as a table that CSV and JSON can hold."""
    for person_id in people if question.about_person else [None]:
        table = answer(store, question.name, person_id=person_id, options=ROLES.get(question.name))
        assert len(json.loads(json_text(table))) == len(table)
        assert csv_text(table).splitlines()[0] == ";".join(table.columns)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda x: x.name)
def test_every_default_can_be_typed(question: Question) -> None:
    """The defaults that ``frise table --list`` shows are accepted when typed back."""
    typed = {x.name: read_value(x.kind, written(x.default)) for x in question.options}
    assert typed == {x.name: x.default for x in question.options}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda x: x.name)
def test_every_question_has_a_title(question: Question) -> None:
    """A title is French words, without a full stop; a name can be typed without quotes."""
    assert question.title.strip(" .") == question.title
    assert question.name.isascii()
    assert " " not in question.name
