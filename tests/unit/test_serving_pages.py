"""What pages are made of: screens, files, sentences."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from nbclient.exceptions import CellExecutionError

from frise_analysis.serving import assets
from frise_analysis.serving.pages import described, frame
from frise_analysis.serving.rendering import UNFORESEEN, sentence_of
from frise_analysis.serving.screens import find_screens
from frise_analysis.store.engine import StoreInfo
from frise_analysis.store.location import default_store

INFO = StoreInfo("Jeu", "", date(2024, 5, 1), fictional=True, loaded_at="2024-05-02T08:05:00", load_id="1")


def write_notebook(folder: Path, name: str, **said: object) -> None:
    (folder / f"{name}.ipynb").write_text(json.dumps({"metadata": {"frise": said}, "cells": []}), encoding="utf-8")


def test_screens_come_in_their_order_with_their_words(tmp_path: Path) -> None:
    """A notebook says its title, question and place; one that says nothing comes last under its file name."""
    write_notebook(tmp_path, "b", title="Parcours", question="Que s’est-il passé ?", order=1)
    write_notebook(tmp_path, "a", title="Service", question="Qui suit-on ?", order=2)
    (tmp_path / "essai_libre.ipynb").write_text("pas encore un carnet", encoding="utf-8")
    found = [(screen.name, screen.title, screen.question) for screen in find_screens(tmp_path)]
    assert found == [
        ("b", "Parcours", "Que s’est-il passé ?"),
        ("a", "Service", "Qui suit-on ?"),
        ("essai_libre", "Essai libre", ""),
    ]


def test_the_frame_says_why_there_are_no_data(tmp_path: Path) -> None:
    """A store that became unreadable is a sentence on the home page, not an error page."""
    said = frame(tmp_path, tmp_path / "absente.duckdb")
    assert said["data"] is None
    assert "frise load" in said["problem"]


def test_the_store_in_words() -> None:
    """Dates in French words; a service without a name is said to be so."""
    assert described(INFO) == {
        "service": "Service non précisé",
        "source": "Jeu",
        "fictional": True,
        "date": "1 mai 2024",
        "full_date": "1er mai 2024",
        "loaded": "2 mai 2024 à 08 h 05",
    }


def test_an_address_of_a_static_file_leads_to_it() -> None:
    """Every static file is found by its own address, whose version is that of its content."""
    for path in assets.STATIC.iterdir():
        *_, name = assets.static_url(path.name).split("/")
        assert assets.static_file(name) == path


@pytest.mark.parametrize("name", ["../application.py", "absent.css", "/etc/passwd", ".."])
def test_no_other_file_is_found(name: str) -> None:
    """Nothing outside the static folder is sent."""
    assert assets.static_file(name) is None


def test_the_chart_library_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundle is a module with three names, kept per version of the library it comes from."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = assets.write_vega_bundle()
    written = path.stat().st_mtime_ns
    assert assets.write_vega_bundle().stat().st_mtime_ns == written
    assert "export const vegaEmbed" in path.read_text(encoding="utf-8")
    assert [path] == list(path.parent.iterdir())


@pytest.mark.parametrize("name", ["frise.css", "frise.js", "widgets.js", "kernel-link.js", "controls.css"])
def test_static_files_name_no_other_machine(name: str) -> None:
    """No style or script of ours holds an address outside the machine."""
    text = (assets.STATIC / name).read_text(encoding="utf-8")
    assert [] == [word for word in ("http://", "https://", "//cdn", "@import") if word in text]


@pytest.mark.parametrize("path", sorted(assets.TEMPLATES.iterdir()), ids=lambda path: path.name)
def test_templates_name_no_other_machine(path: Path) -> None:
    """No page of ours holds an address outside the machine."""
    assert "http" not in path.read_text(encoding="utf-8").replace("http-equiv", "")


def test_only_errors_written_to_be_read_are_shown() -> None:
    """The text of an unforeseen error may quote a value: it is never shown; a written sentence is."""
    readable = CellExecutionError("", "StoreUnusable", "La base manque. Chargez-la.")
    assert sentence_of(readable) == "La base manque. Chargez-la."
    assert sentence_of(CellExecutionError("", "KeyError", "Dupont")) == UNFORESEEN
    assert sentence_of(RuntimeError("Dupont")) == UNFORESEEN


def test_the_store_is_where_the_variable_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """``FRISE_STORE`` wins over the default place."""
    monkeypatch.setenv("FRISE_STORE", "/srv/base.duckdb")
    assert default_store() == Path("/srv/base.duckdb")
    monkeypatch.delenv("FRISE_STORE")
    assert default_store() == Path("data/frise.duckdb")
