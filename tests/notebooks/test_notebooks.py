"""Each notebook runs on the samples and stays thin."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
EACH = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda x: x.stem)


def read(notebook: Path) -> nbformat.NotebookNode:
    return nbformat.read(notebook, as_version=4)


def test_there_are_notebooks() -> None:
    """The folder is where this test looks."""
    assert "parcours" in {x.stem for x in NOTEBOOKS}


@EACH
def test_notebook_runs(notebook: Path, sample_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells run from top to bottom on the samples, write nothing on the error stream, and end with a screen."""
    monkeypatch.setenv("FRISE_STORE", str(sample_file))
    content = read(notebook)
    NotebookClient(content, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    outputs = [output for cell in content.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [] == [output.text for output in outputs if output.output_type == "stream"]
    assert "application/vnd.jupyter.widget-view+json" in outputs[-1].data


@EACH
def test_notebook_is_thin(notebook: Path) -> None:
    """A title that says what it is for, then a few short cells without logic."""
    content = read(notebook)
    code = [cell.source for cell in content.cells if cell.cell_type == "code"]
    assert content.cells[0].source.startswith("# ")
    assert len(code) <= 6
    assert all(len(source.splitlines()) <= 12 for source in code)
    words = ("def ", "class ", "lambda", "for ", "while ", "%%", "!")
    assert [] == [w for source in code for line in source.splitlines() for w in words if line.startswith(w)]


@EACH
def test_notebook_says_its_place(notebook: Path) -> None:
    """Its metadata give the title, the question it answers and its place on the home page; no output is kept."""
    content = read(notebook)
    said = content.metadata["frise"]
    assert {"order", "question", "title"} <= set(said)
    assert (int, True) == (type(said["order"]), said["question"].endswith("?"))
    assert content.metadata["title"] == said["title"]
    assert all(not cell.outputs and cell.execution_count is None for cell in content.cells if cell.cell_type == "code")


def test_places_are_distinct() -> None:
    """No two notebooks have the same place."""
    orders = [read(x).metadata["frise"]["order"] for x in NOTEBOOKS]
    assert len(set(orders)) == len(orders)
