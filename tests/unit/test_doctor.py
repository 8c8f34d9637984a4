"""``frise doctor``: what it looks at, what it calls wrong, and what it says to do."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from frise_analysis import cli
from frise_analysis.diagnosis import installation, machine
from frise_analysis.diagnosis.findings import State
from frise_analysis.diagnosis.store_health import look_at_store
from frise_analysis.store.loading import load


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "bundle.toml").write_text('service = "SPIP fictif"\nextraction_date = 2026-01-31\n', encoding="utf-8")
    (tmp_path / "persons.csv").write_text("person_id;display_name\nP1;NOM SECRET\n;X\n", encoding="utf-8")
    (tmp_path / "convictions.csv").write_text("conviction_id;person_id;decision_date\n", encoding="utf-8")
    (tmp_path / "offences.csv").write_text("offence_id;person_id;offence_start_date;label\n", encoding="utf-8")
    load(tmp_path, store=tmp_path / "frise.duckdb")
    return tmp_path / "frise.duckdb"


def run(*arguments: str):
    return CliRunner().invoke(cli.main, ["doctor", *arguments])


def states(store: Path) -> dict[str, State]:
    return {x.subject: x.state for x in look_at_store(store)}


def test_a_sound_store_is_fine(store: Path) -> None:
    """A store is described: where it comes from, its tables, its problems; and nothing that names a person."""
    found = run("--store", str(store))
    assert ("SPIP fictif" in found.output, "Table persons : 1 ligne, 1 refusée sur 2 lues" in found.output) == (
        True,
        True,
    )
    assert "SECRET" not in found.output


def test_json_holds_the_same_findings(store: Path) -> None:
    """JSON gives each subject with its state, its value and its remedy."""
    found = json.loads(run("--store", str(store), "--format", "json").output)
    assert {"subject", "value", "state", "remedy"} == set(found[0])
    assert [x["subject"] for x in found if x["subject"].startswith("Table")][:3] == [
        "Table branches",
        "Table officers",
        "Table persons",
    ]


def test_a_store_open_to_others_is_said(store: Path) -> None:
    """A store that other accounts may read gets a warning and the command that closes it."""
    assert states(store)["Accès à la base"] is State.FINE
    store.chmod(0o644)
    assert states(store)["Accès à la base"] is State.WARNING


def test_problems_of_the_load_are_said(store: Path) -> None:
    """Rows that the load refused give a warning."""
    assert states(store)["Constats du chargement"] is State.WARNING


def test_an_absent_store_is_to_be_loaded(tmp_path: Path) -> None:
    """No store yet is no fault of the installation."""
    assert states(tmp_path / "absente.duckdb") == {"Base": State.WARNING}


def test_an_unreadable_store_is_wrong(tmp_path: Path) -> None:
    """A file that is not a store ends with code 1."""
    (tmp_path / "frise.duckdb").write_bytes(b"not a store")
    found = run("--store", str(tmp_path / "frise.duckdb"))
    assert (found.exit_code, "À corriger" in found.output) == (1, True)


@pytest.mark.parametrize(
    ("lock", "state", "words"),
    [
        ("click==0.0.1\n", State.WARNING, "au lieu de 0.0.1"),
        ("no-such-package-here==1.0\n", State.WRONG, "no-such-package-here"),
        ("no-such-package-here==1.0 ; sys_platform == 'atari'\n# note\n", State.FINE, "0, aux versions"),
        (None, State.WARNING, "absent"),
    ],
)
def test_packages_are_compared_with_the_lock(tmp_path: Path, lock: str | None, state: State, words: str) -> None:
    """A missing package is wrong, another version is a warning, a line of another system does not count."""
    path = tmp_path / "requirements.lock"
    if lock is not None:
        path.write_text(lock, encoding="utf-8")
    found = next(x for x in installation.look_at_installation(path) if x.subject == "Bibliothèques")
    assert (found.state, words in found.value) == (state, True)


def test_an_old_python_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python before 3.11 is wrong."""
    monkeypatch.setattr(installation.sys, "version_info", (3, 10, 1))
    assert next(x for x in installation.look_at_installation() if x.subject == "Python").state is State.WRONG


def test_a_system_without_fork_is_slower(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot be forked, screens still open: a warning."""
    monkeypatch.delattr(installation.os, "fork")
    assert list(installation.look_at_installation())[-1].state is State.WARNING


def test_little_room_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Little memory and little disk are warnings; a directory that cannot be written is wrong."""
    monkeypatch.setattr(machine, "LITTLE_MEMORY", 1 << 60)
    monkeypatch.setattr(machine, "LITTLE_DISK", 1 << 60)
    monkeypatch.setattr(machine.os, "access", lambda *_: False)
    found = {x.subject: x.state for x in machine.look_at_machine(tmp_path / "a" / "b.duckdb")}
    assert (found["Mémoire"], found["Place sur le disque"]) == (State.WARNING, State.WARNING)
    assert found["Dossier de la base"] is State.WRONG


@pytest.mark.parametrize(("fictional", "expected"), [("true", ["oui"]), ("false", [])])
def test_a_store_of_another_version_says_whether_it_may_be_made_again(
    tmp_path: Path, fictional: str, expected: list[str]
) -> None:
    """``make run`` makes the samples again over samples, and never over records."""
    file = tmp_path / "ancienne.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table meta (key varchar, value varchar)")
        connection.execute(f"insert into meta values ('schema_version', '0'), ('fictional', '{fictional}')")
    found = list(look_at_store(file))
    assert State.WRONG == found[0].state
    assert expected == [x.value for x in found if x.subject == "Données fictives"]


def test_the_same_version_written_otherwise_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """2.012 is 2.12."""
    lock = tmp_path / "requirements.lock"
    lock.write_text("une-police==2.12\n", encoding="utf-8")
    monkeypatch.setattr(installation, "version", lambda _: "2.012")
    assert State.FINE == installation._packages(lock).state
    lock.write_text("une-police==2.13\n", encoding="utf-8")
    assert State.WARNING == installation._packages(lock).state
