"""The benchmarks start, and their page of results is written without touching the rest of it."""

from __future__ import annotations

import ast
import importlib
import json
import shutil
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import duckdb
import numpy as np
import pandas as pd
import pytest

from frise_analysis.store.engine import open_store

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


def test_every_named_benchmark_is_a_script_of_the_page(script):
    """What runs with all the others is there to be run, and the page says what it measures."""
    run = script("run")
    page = run.PAGE.read_text(encoding="utf-8")
    names = (*run.REPORTING, *run.PRINTING)
    assert "service" in run.REPORTING
    assert [] == [x for x in names if not (BENCHMARKS / f"{x}.py").is_file() or f"| `{x}.py` |" not in page]


def _day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text) if text else pd.NaT


def _whole(*rows: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables of measures (person, branch, referral, interview, start, end) and of their persons; the second person dies in July."""
    cells = [[x.strip() for x in row.split("|")] for row in rows]
    names = ["person_key", "branch_id", "referral_date", "first_interview_date", "start_date", "end_date"]
    measures = pd.DataFrame([[int(x[0]), x[1], *map(_day, x[2:])] for x in cells], columns=names)
    return measures, pd.DataFrame({"person_key": [1, 2, 3], "death_date": [pd.NaT, pd.Timestamp("2024-07-10"), pd.NaT]})


def test_the_peer_counts_each_person_once_in_a_branch_until_they_die(script):
    """Two measures in one branch are one person; who died is followed no more."""
    peer = script("service_peer")
    whole = _whole("1|A|||2024-01-05|", "1|A|||2024-02-05|", "2|A|||2024-01-05|", "3|B|||2024-01-05|2024-09-30")
    assert {"A": 1} == peer.COUNTS[peer.BY_BRANCH](*whole, date(2024, 9, 30))


def test_the_peer_counts_who_came_and_was_not_there(script):
    """A second measure brings nobody; one that begins and ends in the month does, unless it ends the day it begins."""
    peer = script("service_peer")
    whole = _whole("1|A|||2024-01-05|", "1|A|||2024-08-05|", "2|A|||2024-07-02|", "3|B|||2024-08-05|2024-08-05", "3|B|||2024-09-05|2024-09-20")  # fmt: skip
    found = peer.COUNTS[peer.ENTRIES](*whole, date(2024, 9, 30))
    assert [1, 0, 1] == [found[x] for x in ("2024-07-31", "2024-08-31", "2024-09-30")]


def test_the_peer_counts_those_who_wait(script):
    """Half of three are met once two are: the one who waits counts; nothing is said where fewer are met."""
    peer = script("service_peer")
    rows = [
        "1|A|2024-09-01|2024-09-06|2024-09-01|",
        "3|A|2024-09-01|2024-09-21|2024-09-01|",
        "3|A|2024-08-01||2024-08-01|",
    ]
    median = peer.COUNTS[peer.INTERVIEW]
    assert [20.0] == list(median(*_whole(*rows), date(2024, 9, 30)).values())
    assert np.isnan(list(median(*_whole(rows[2]), date(2024, 9, 30)).values())).all()


def test_a_number_that_the_peer_counts_otherwise_stops_the_run(script):
    """A hidden number is compared with nothing."""
    service = script("service")
    service._checked("entries", {"2024": 12, "2023": None}, {"2024": 12, "2023": 3})
    with pytest.raises(SystemExit, match="entries: pandas counts otherwise for 2024"):
        service._checked("entries", {"2024": 12}, {"2024": 13})


def test_a_copied_store_holds_each_person_so_many_times(script, sample_file, tmp_path):
    """Keys and own identifiers are told apart; branches are shared; the copy answers as a store, its views included."""
    copies = script("store_copies")
    small, large = tmp_path / "small.duckdb", tmp_path / "large.duckdb"
    shutil.copy(sample_file, small)
    copies._copy(small, large, 2)
    asked = [
        "select count(distinct person_key), count(distinct person_id) from persons",
        "select count(*), count(distinct (person_key, measure_id)) from measures",
        "select count(*), count(*) from custody_union",
        "select count(*), count(*) from offence_facts",
    ]
    with duckdb.connect(str(small)) as one, duckdb.connect(str(large)) as two:
        expected = [tuple(2 * x for x in one.execute(question).fetchall()[0]) for question in asked]
        assert expected == [two.execute(question).fetchall()[0] for question in asked]
        assert one.execute("select * from branches").fetchall() == two.execute("select * from branches").fetchall()
    with open_store(large) as store:
        assert store.info.fictional
