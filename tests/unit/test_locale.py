"""The French catalogue of the command line."""

from __future__ import annotations

import gettext
import io
import os
from pathlib import Path

import click
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from frise_analysis.locale import CATALOGUES, speaking_french

FOLDER = CATALOGUES / "fr" / "LC_MESSAGES"
#: Messages of click that no user of this command line can meet.
UNREACHABLE = (
    "DeprecationWarning", "Editing failed", "Windows error", "defined twice", "Boolean option", "Could not determine",
    "No options defined", "exactly one parameter", "start character", "Shell completion", "Couldn't detect Bash",
    "Unknown color", "Choice(", "Unknown standard stream",
)  # fmt: skip


def catalogue():
    return read_po(io.BytesIO((FOLDER / "frise.po").read_bytes()), locale="fr")


def texts(messages) -> dict[str, tuple[str, ...]]:
    """Every message and its translation, headers aside: they hold dates."""
    return {str(tuple(x.id)): tuple(x.string) for x in messages if x.id}


def test_compiled_catalogue_is_that_of_the_source() -> None:
    """``frise.mo`` holds what ``frise.po`` says."""
    compiled = read_mo(io.BytesIO((FOLDER / "frise.mo").read_bytes()))
    assert texts(compiled) == texts(catalogue())


def test_every_reachable_message_of_click_is_translated() -> None:
    """A new version of click cannot bring back an English sentence unseen."""
    folder = Path(click.__file__).parent
    messages = {
        x[2] if isinstance(x[2], str) else x[2][0] for x in extract_from_dir(folder, method_map=[("**.py", "python")])
    }
    known = {x.id if isinstance(x.id, str) else x.id[0] for x in catalogue() if x.id}
    missing = {x for x in messages - known if not any(word in x for word in UNREACHABLE)}
    assert missing - {"d"} == set()


def test_placeholders_are_kept() -> None:
    """A translation names no value that the original does not."""
    wrong = [x.id for x in catalogue() if x.id and list(x.check())]
    assert wrong == []


def test_language_is_given_back() -> None:
    """Speaking French for one command leaves the process as it was."""
    before = gettext.textdomain(), os.environ.get("LANGUAGE")
    with speaking_french():
        spoken = gettext.gettext("Missing command.")
    assert (spoken, (gettext.textdomain(), os.environ.get("LANGUAGE"))) == ("Il manque la commande.", before)
