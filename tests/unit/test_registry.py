"""The registry of questions, the values of options, and the text of tables."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from frise_analysis import cli
from frise_analysis.analysis import registry
from frise_analysis.analysis.option_values import OptionRefused, expectation, read_value, written
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.table_text import csv_text, json_text
from frise_analysis.store.engine import Store
from frise_analysis.store.loading import load
from frise_analysis.vocabulary import Clock, CountUnit


def of_path(path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> pd.DataFrame:
    return pd.DataFrame({"unit": [unit], "records": [len(path.records)], "as_of": [path.as_of]})


def of_key(store: Store, *, person_key: int, clock: Clock = Clock.CALENDAR) -> pd.DataFrame:
    return pd.DataFrame({"key": [person_key], "clock": [clock]})


def of_all(store: Store, *, least: int = 11, day: date | None = None) -> pd.DataFrame:
    return pd.DataFrame({"least": [least], "day": [day]})


@pytest.fixture(autouse=True)
def three_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only three questions are known, one of each shape."""
    monkeypatch.setattr(registry, "_questions", {})
    monkeypatch.setattr(registry.pkgutil, "iter_modules", lambda _: ())
    for name, function in {"parcours": of_path, "cle": of_key, "tous": of_all}.items():
        registry.question(name, f"Titre de {name}")(function)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("table")
    (folder / "bundle.toml").write_text("extraction_date = 2026-01-31\n", encoding="utf-8")
    (folder / "persons.csv").write_text("person_id\nP1\nP2\n", encoding="utf-8")
    (folder / "convictions.csv").write_text(
        "conviction_id;person_id;decision_date\nC1;P2;2020-01-01\n", encoding="utf-8"
    )
    (folder / "offences.csv").write_text(
        "offence_id;person_id;conviction_id;offence_start_date;label\nO1;P2;C1;2019-01-01;VOL\n", encoding="utf-8"
    )
    load(folder, store=folder / "frise.duckdb")
    return folder / "frise.duckdb"


def run(store: Path, *arguments: str):
    return CliRunner().invoke(cli.main, ["table", *arguments, "--store", str(store)])


def test_question_of_a_path_reads_it(store: Path) -> None:
    """A question about a path gets that of the person, and the options of reading it."""
    found = run(store, "parcours", "--person", "P2", "--option", "unit=convictions", "--option", "as_of=2025-06-01")
    assert found.output == "unit;records;as_of\nconvictions;2;2025-06-01\n"


def test_question_of_a_key_gets_it(store: Path) -> None:
    """A question that reads the store itself gets the key of the person."""
    assert run(store, "cle", "--person", "P2", "--option", "clock=street").output == "key;clock\n2;street\n"


def test_question_of_all_needs_no_person(store: Path) -> None:
    """A question about everyone answers alone, in JSON too."""
    found = run(store, "tous", "--option", "least=5", "--format", "json")
    assert json.loads(found.output) == [{"least": 5, "day": None}]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tou"], "Le plus proche : tous"),
        (["parcours"], "ajoutez --person"),
        (["tous", "--person", "P1"], "retirez --person"),
        (["cle", "--person", "P9"], "Aucune personne"),
        (["tous", "--option", "unit=offences"], "n’a pas d’option « unit ». Ses options : least, day"),
        (["tous", "--option", "least=beaucoup"], "un nombre entier est attendu"),
        (["cle", "--person", "P1", "--option", "clock=lune"], "un de calendar, age, street est attendu"),
        (["tous", "--option", "least"], "NOM=VALEUR"),
        ([], "--list"),
    ],
)
def test_what_cannot_be_asked_is_said(store: Path, arguments: list[str], words: str) -> None:
    """A wrong name, person or option ends with code 2 and a sentence that says what can be."""
    found = run(store, *arguments)
    assert (found.exit_code, words in found.output) == (2, True)


def test_list_names_questions_and_options() -> None:
    """``--list`` gives each name, its title, its options with their default and what they take."""
    lines = CliRunner().invoke(cli.main, ["table", "--list"]).output.splitlines()
    assert lines[0] == "cle : Titre de cle (--person)"
    assert "    least=11  un nombre entier" in lines


def test_a_name_is_given_once() -> None:
    """Two functions cannot share a name."""
    with pytest.raises(ValueError, match="two questions"):
        registry.question("tous", "Autre")(of_key)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (int, "12", 12),
        (float, "1,5", 1.5),
        (bool, "oui", True),
        (bool, "Non", False),
        (date, "2020-02-29", date(2020, 2, 29)),
        (date | None, "", None),
        (CountUnit, "fact_dates", CountUnit.FACT_DATES),
        (tuple[CountUnit, ...], "offences, convictions", (CountUnit.OFFENCES, CountUnit.CONVICTIONS)),
        (frozenset[str], "a,b", frozenset("ab")),
        (str, "x=y", "x=y"),
    ],
)
def test_values_are_read_by_their_type(kind: object, text: str, expected: object) -> None:
    """The type in the signature says how an option is read."""
    assert read_value(kind, text) == expected


@pytest.mark.parametrize(
    ("kind", "text"), [(int, "1.5"), (bool, "peut-être"), (date, "31/12/2019"), (Clock, ""), (float, "")]
)
def test_values_of_another_type_are_refused(kind: object, text: str) -> None:
    """A value that its option cannot take is refused with what it takes."""
    with pytest.raises(OptionRefused, match=expectation(kind)):
        read_value(kind, text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, ""), (True, "oui"), (False, "non"), (11, "11"), (Clock.AGE, "age"), (("b", "a"), "a,b")],
)
def test_defaults_are_written_as_typed(value: object, expected: str) -> None:
    """A default shown in the list can be typed back."""
    assert written(value) == expected


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx"])
def test_csv_runs_no_formula(start: str) -> None:
    """A text that a spreadsheet would run is written as text; a negative number stays a number."""
    table = pd.DataFrame({"texte": [start], "nombre": [-1.5]})
    assert csv_text(table).splitlines()[-1].endswith(";-1,5")
    assert f"'{start}" in csv_text(table)


def test_text_of_each_kind_of_cell() -> None:
    """Dates are ISO, absent values empty or null, numbers of numpy plain numbers."""
    table = pd.DataFrame(
        {
            "jour": [date(2020, 1, 2), None],
            "instant": [pd.Timestamp("2020-01-02T03:00"), pd.NaT],
            "n": [1.5, float("nan")],
            "b": [True, False],
        }
    )
    assert csv_text(table) == "jour;instant;n;b\n2020-01-02;2020-01-02T03:00:00;1,5;oui\n;;;non\n"
    assert json.loads(json_text(table))[1] == {"jour": None, "instant": None, "n": None, "b": False}
