"""``frise serve`` before it serves: options and refusals."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from frise_analysis.commands.serve import command
from frise_analysis.serving.application import NoPortLeft, _explain
from frise_analysis.serving.options import ServeOptions, new_token
from frise_analysis.store.engine import StoreUnusable


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_a_missing_store_is_told_with_its_remedy(tmp_path: Path) -> None:
    """Nothing is started for a store that is not there: the store's own sentence is left to the command line."""
    result = run("--store", str(tmp_path / "absente.duckdb"), "--notebooks", str(tmp_path))
    assert isinstance(result.exception, StoreUnusable)
    assert "frise load" in str(result.exception)


def test_a_missing_folder_of_screens_is_told(tmp_path: Path) -> None:
    """A wrong folder stops with code 2 and the folder's name."""
    result = run("--notebooks", str(tmp_path / "absent"))
    assert result.exit_code == 2
    assert "Le dossier des écrans n’existe pas" in result.output


@pytest.mark.parametrize("token", ["", "   "])
def test_an_empty_key_is_refused(token: str) -> None:
    """There is no way to serve without a key."""
    result = run("--token", token)
    assert result.exit_code == 2
    assert "La clé d’accès est vide" in result.output


def test_help_gives_examples_in_french() -> None:
    """Help shows how to start, in French."""
    text = run("--help").output
    assert "Exemples" in text
    assert "frise serve --store" in text


def test_keys_are_long_and_never_the_same() -> None:
    """A key cannot be guessed, and is not written by accident when options are printed."""
    options = ServeOptions(store=Path("a"), notebooks=Path("b"))
    assert len(new_token()) >= 32
    assert new_token() != new_token()
    assert options.token not in repr(options)


LOOPBACK = [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("10.0.0.5", False)]  # noqa: S104 - not listened on


@pytest.mark.parametrize(("host", "local"), LOOPBACK)
def test_only_loopback_is_local(host: str, local: bool) -> None:
    """Other addresses can be reached from the network, which the server must warn about."""
    assert ServeOptions(store=Path("a"), notebooks=Path("b"), host=host).is_local is local


def test_a_taken_port_is_said_and_a_wrong_address_stops(capsys: pytest.CaptureFixture[str]) -> None:
    """A port that is taken leads to the next one; an address that is not this machine's stops with a sentence."""
    with socket.socket() as taken, socket.socket() as other:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use") as refusal:
            other.bind(taken.getsockname())
        _explain(refusal.value, 8866)
        assert "Le port 8866 est déjà pris" in capsys.readouterr().err
    with socket.socket() as elsewhere:
        with pytest.raises(OSError, match="assign") as refusal:
            elsewhere.bind(("192.0.2.1", 0))
        with pytest.raises(NoPortLeft):
            _explain(refusal.value, 8866)
