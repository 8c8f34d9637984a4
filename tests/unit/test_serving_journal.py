"""What the server writes, who waits before a key is looked at, and what a killed server leaves."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest

from frise_analysis.serving import access, leftovers
from frise_analysis.serving.access import LONGEST_WAIT_SECONDS, Patience
from frise_analysis.serving.journal import Journal


def written(name: str, level: int, text: str, error: Exception | None = None) -> str:
    journal = Journal()
    journal.setStream(io.StringIO())
    found = (type(error), error, None) if error else None
    journal.handle(logging.LogRecord(name, level, "/srv/frise/base.py", 12, text, None, found))
    return journal.stream.getvalue()


def test_our_sentences_are_written_as_they_are() -> None:
    """A line of the journal has its hour and our words."""
    assert written("frise.serving", logging.WARNING, "Une clé a été refusée.").endswith(" Une clé a été refusée.\n")


def test_the_words_of_a_library_are_not_written() -> None:
    """Its warnings are silent; of its errors, the kind and the place in the code are enough."""
    assert written("tornado.application", logging.WARNING, "Blocking P-0271") == ""
    line = written("tornado.application", logging.ERROR, "GET /x?personne=P-0271", ValueError("P-0271"))
    assert line.endswith(" Erreur interne (ValueError), base.py, ligne 12\n")


def test_each_wrong_key_makes_the_next_wait_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait grows for one address, is bounded, and is forgotten with the right key or with time."""
    patience = Patience()
    waits = []
    for _ in range(40):
        waits.append(patience.wait("a"))
        patience.note("a", right=False)
    assert waits[:4] == [0, 0.2, 0.4, 0.8]
    assert (max(waits), patience.wait("b")) == (LONGEST_WAIT_SECONDS, 0)
    monkeypatch.setattr(access, "FORGET_SECONDS", -1)
    assert patience.wait("a") == 0
    monkeypatch.undo()
    patience.note("a", right=True)
    assert patience.wait("a") == 0


def test_addresses_that_were_wrong_are_not_remembered_without_end() -> None:
    """Somebody who changes address each time does not fill the memory."""
    patience = Patience()
    for number in range(access.ADDRESSES + 5):
        patience.note(str(number), right=False)
    assert (patience.wait("4"), patience.wait("5")) == (0, access.FIRST_WAIT_SECONDS)


def test_only_our_abandoned_folders_are_removed(tmp_path: Path) -> None:
    """The folder of a server that was killed goes; one in use, somebody else's and a link stay."""
    for name in ("voila_tuee", "voila_vive", "voila_autre", "autre"):
        (tmp_path / name).mkdir()
    for name in ("voila_tuee", "autre"):
        (tmp_path / name / leftovers.LOCK).touch()
    leftovers.claim_folder(tmp_path / "voila_vive")
    (tmp_path / "voila_lien").symlink_to(tmp_path / "autre")
    leftovers.remove_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"voila_vive", "voila_autre", "voila_lien", "autre"}
