"""The benchmarks start, and their page of results is written without touching the rest of it."""

from __future__ import annotations

import ast
import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
SCRIPTS = sorted(BENCHMARKS.glob("*.py"))
PEERS = sorted((BENCHMARKS / "peers").glob("*.py"))


@pytest.fixture
def script(monkeypatch):
    """Import a module of the folder as a script does, and forget it afterwards."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    names = {path.stem for path in SCRIPTS}
    before = {name: sys.modules.pop(name) for name in names & sys.modules.keys()}

    def imported(name: str) -> ModuleType:
        return importlib.import_module(name)

    yield imported
    for name in names & sys.modules.keys():
        del sys.modules[name]
    sys.modules.update(before)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda x: x.stem)
def test_every_benchmark_can_be_imported(script, path):
    """A benchmark imports with what the project and its tests need: peers are started, never imported."""
    assert script(path.stem).__doc__


@pytest.mark.parametrize("path", PEERS, ids=lambda x: x.stem)
def test_every_peer_is_python(path):
    """The applications of the peers are at least read: their libraries come with the benchmarks alone."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_a_table_is_written_as_markdown(script):
    """Columns of figures stand to the right, words to the left; a bar in a cell does not cut it."""
    figures = script("figures")
    table = figures.Table("Times", ("who", "ms", "why"), [("a|b", "1,234", "so"), ("c", "–", "")], "A note.")
    expected = "**Times**\n\n| who | ms | why |\n| --- | ---: | --- |\n| a/b | 1,234 | so |\n| c | – |  |\n\nA note.\n"
    assert expected == figures.markdown(table)


def test_a_report_is_read_back_as_it_was_kept(script, monkeypatch, tmp_path, capsys):
    """What a script keeps as JSON is what the page is written from."""
    figures = script("figures")
    aim = figures.Aim("fast", "12 ms", reached=False, reason="the store")
    report = figures.Report([figures.Table("T", ["x"], [["1"]])], [aim])
    kept = tmp_path / "results" / "one.json"
    monkeypatch.setattr(sys, "argv", ["one.py", "--json", str(kept)])
    figures.run_script("About.", lambda asked: report)
    assert report == figures.read_report(kept)
    assert "**falls short**" in capsys.readouterr().out
    assert json.loads(kept.read_text(encoding="utf-8"))["aims"][0]["reason"] == "the store"


def test_medians_and_ratios(script):
    """The 95th percentile is one of the measures; nothing is divided by zero."""
    figures = script("figures")
    assert (2.0, 19) == (figures.median([1, 2, 9]), figures.p95(list(range(20))))
    assert ("× 2.50", "–") == (figures.ratio(5, 2), figures.ratio(5, 0))


def test_only_the_results_are_rewritten(script):
    """The page keeps what stands around its two marks; the page that is committed has them."""
    run = script("run")
    page = f"before\n{run.BEGIN}\nold\n{run.END}\nafter\n"
    assert f"before\n{run.BEGIN}\n\nnew\n\n{run.END}\nafter\n" == run.page_with("new\n", page)
    assert run.PAGE.read_text(encoding="utf-8").count(run.BEGIN) == 1
