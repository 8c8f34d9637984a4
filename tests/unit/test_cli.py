"""The ``frise`` command: its help, its errors, its exit codes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from frise_analysis import cli, crash_log
from frise_analysis.records.problems import UnreadableInput

ENGLISH = ("Usage:", "Show", "exit", "Options:", "Commands", "Error", "Missing", "No such", "Invalid", "Try ")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A command of one's own behind the real group."""
    monkeypatch.setenv("FRISE_LOG", str(tmp_path / "frise.log"))
    monkeypatch.delenv("FRISE_DEBUG", raising=False)

    def run(body, *arguments: str):
        fake = click.Command("check", callback=body, params=[click.Argument(["fichier"], required=False)])
        monkeypatch.setattr(cli.FriseGroup, "get_command", lambda *_: fake)
        return CliRunner().invoke(cli.main, ["check", *arguments], prog_name="frise")

    return run


def failing(error: Exception):
    def body(**_: object) -> None:
        raise error

    return body


def run(*arguments: str):
    return CliRunner().invoke(cli.main, arguments, prog_name="frise")


def english_in(text: str) -> list[str]:
    return [x for x in ENGLISH if x in text]


def test_help_is_french() -> None:
    """The help holds no word that click writes in English."""
    found = run("--help")
    assert (found.exit_code, english_in(found.output)) == (0, [])


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_of_each_command_is_french(name: str) -> None:
    """The help of a command is French too, its kinds of values included."""
    if name not in cli.main.list_commands(click.Context(cli.main)):  # type: ignore[attr-defined]
        pytest.skip(f"{name} is not there yet")
    found = run(name, "--help")
    assert (found.exit_code, english_in(found.output)) == (0, [])
    assert re.findall(r"\b(?:TEXT|INTEGER|FILE|DIRECTORY|PATH|BOOLEAN|FLOAT)\b", found.output) == []


def test_wrong_usage_is_said_in_french() -> None:
    """An unknown option and an unknown command end with code 2 and a French sentence."""
    for arguments in (["--inconnue"], ["inconnue"], []):
        found = run(*arguments)
        assert (found.exit_code, english_in(found.output)) == (2, [])


def test_a_command_that_is_missing_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The help stands when the module of a command is absent."""
    monkeypatch.setitem(cli.COMMANDS, "absente", "N’existe pas.")
    assert "absente" not in run("--help").output


def test_help_opens_no_heavy_library() -> None:
    """``frise --help`` imports neither the engine nor a table or chart library."""
    code = (
        "import sys\nfrom frise_analysis.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([x for x in ('pandas', 'duckdb', 'altair', 'numpy', 'scipy', 'voila') if x in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"


def test_unreadable_input_is_one_sentence(command) -> None:
    """Input that cannot be read ends with code 2 and its own sentence, remedy included."""
    found = command(failing(UnreadableInput("Le fichier manque.", remedy="Créez-le.")))
    assert (found.exit_code, found.output) == (2, "Erreur : Le fichier manque. Créez-le.\n")


def test_unusable_store_is_one_sentence(command) -> None:
    """A store that cannot be opened ends with code 2 and its own sentence."""
    from frise_analysis.store.engine import StoreUnusable

    found = command(failing(StoreUnusable("Pas de base.")))
    assert (found.exit_code, found.output) == (2, "Erreur : Pas de base.\n")


def test_unexpected_error_keeps_the_records_quiet(command) -> None:
    """Neither the screen nor the log shows the message of an unexpected error: it may quote a cell."""
    found = command(failing(ValueError("could not convert 'DUPONT'")))
    log = crash_log.log_path().read_text(encoding="utf-8")
    assert (found.exit_code, "DUPONT" in found.output + log, "Traceback" in found.output) == (2, False, False)
    assert "ValueError" in log
    assert str(crash_log.log_path()) in found.output


def test_debug_shows_the_traceback(command, monkeypatch: pytest.MonkeyPatch) -> None:
    """``FRISE_DEBUG=1`` lets the error through."""
    monkeypatch.setenv("FRISE_DEBUG", "1")
    assert isinstance(command(failing(ValueError("x"))).exception, ValueError)


def test_log_of_an_error_names_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error raised while another was handled is logged with it."""
    monkeypatch.setenv("FRISE_LOG", str(tmp_path / "a" / "frise.log"))
    error = ValueError("x")
    error.__cause__ = KeyError("y")
    path = crash_log.record(error)
    assert path is not None
    assert [x.split()[1] for x in path.read_text(encoding="utf-8").splitlines()] == [
        "builtins.ValueError",
        "builtins.KeyError",
    ]


def test_log_falls_back_to_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the usual folder cannot be written, the log goes to the temporary one."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("FRISE_LOG", str(tmp_path / "file" / "frise.log"))
    monkeypatch.setattr(crash_log.tempfile, "gettempdir", lambda: str(tmp_path))
    assert (crash_log.record(ValueError()) or tmp_path).parent == tmp_path


def test_version_is_that_of_the_project() -> None:
    """``--version`` prints the installed version."""
    assert run("--version").output == "frise 0.1.0\n"
