"""A store is whole or absent: swap, crash, second load, round trip, and reports that give nothing away."""

from __future__ import annotations

import csv
import json
import signal
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
from bundle_files import sound, write_bundle

from frise_analysis.commands.check import command as check_command
from frise_analysis.commands.export import command as export_command
from frise_analysis.commands.load import command as load_command
from frise_analysis.nomenclature.tables import LIST_SOURCE
from frise_analysis.records.contract import TABLES
from frise_analysis.records.problems import UnreadableInput
from frise_analysis.store.engine import open_store
from frise_analysis.store.exporting import Shape, export
from frise_analysis.store.loading import Options, check, load
from frise_analysis.store.workspace import LoadRefused


def content(store: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(duckdb.connect(str(store), read_only=True)) as connection:
        return {t.name: connection.execute(f"select * from {t.name} order by all").fetchall() for t in TABLES}


def test_store_is_private_and_whole(tmp_path):
    """A store is readable by its owner only, holds every table, and nothing is left beside it but the lock."""
    report = load(write_bundle(tmp_path / "b"), store=tmp_path / "s.duckdb")
    assert stat.S_IMODE((tmp_path / "s.duckdb").stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == [".s.duckdb.lock", "b", "s.duckdb"]
    assert {name: len(rows) for name, rows in content(tmp_path / "s.duckdb").items()} == {
        t.table: 1 for t in report.tables
    }
    with open_store(tmp_path / "s.duckdb") as store:
        assert store.info.extraction_date == date(2024, 1, 31)


def test_reader_keeps_its_file_during_a_load(tmp_path):
    """A reader that was there before a load goes on reading what it opened, and can know that it was replaced."""
    bundle = write_bundle(tmp_path / "b")
    load(bundle, store=tmp_path / "s.duckdb")
    with open_store(tmp_path / "s.duckdb") as store:
        load(bundle, store=tmp_path / "s.duckdb")
        assert store.replaced()


def test_second_load_at_once_is_refused(tmp_path):
    """Two loads of one store cannot run together."""
    bundle = write_bundle(tmp_path / "b")
    with FileLock(tmp_path / ".s.duckdb.lock"), pytest.raises(LoadRefused, match="en cours"):
        load(bundle, store=tmp_path / "s.duckdb")


def test_unreadable_bundle_leaves_the_store(tmp_path):
    """A load that fails changes nothing."""
    store = tmp_path / "s.duckdb"
    load(write_bundle(tmp_path / "b"), store=store)
    before = store.read_bytes()
    with pytest.raises(UnreadableInput):
        load(tmp_path / "nowhere", store=store)
    assert store.read_bytes() == before


def test_killed_load_leaves_the_store_and_the_next_one_cleans_up(tmp_path):
    """A load killed on the way leaves the old store usable; what it had written goes with the next load."""
    store, bundle = tmp_path / "s.duckdb", write_bundle(tmp_path / "b")
    load(bundle, store=store)
    before = store.read_bytes()
    program = (
        "import sys, time; from pathlib import Path; from frise_analysis.store.loading import Options, load\n"
        "def wait(name, steps):\n    if name == 'offences':\n        print('ready', flush=True); time.sleep(60)\n"
        "load(Path(sys.argv[1]), store=Path(sys.argv[2]), options=Options(progress=wait))"
    )
    with subprocess.Popen([sys.executable, "-c", program, bundle, store], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGKILL)
    assert [p.name for p in tmp_path.glob(".s.duckdb.loading-*")] != []
    assert store.read_bytes() == before
    load(bundle, store=store)
    assert list(tmp_path.glob(".s.duckdb.loading-*")) == []


def test_list_of_the_ministry_is_carried_over(tmp_path):
    """The full NATINF list that a service loaded once stays in the stores that follow."""
    store, bundle = tmp_path / "s.duckdb", write_bundle(tmp_path / "b")
    load(bundle, store=store)
    with closing(duckdb.connect(str(store))) as connection:
        connection.execute("insert into natinf (natinf_code, label, source) values ('999999', 'X', ?)", [LIST_SOURCE])
    load(bundle, store=store)
    with closing(duckdb.connect(str(store), read_only=True)) as connection:
        assert connection.execute("select count(*) from natinf where natinf_code = '999999'").fetchone() == (1,)


def test_rows_of_a_person_stand_together(tmp_path):
    """Person keys follow the order of the identifiers, and every table follows the keys."""
    people = [sound("persons", person_id=p) for p in ("P3", "P1", "P2")]
    events = [sound("life_events", event_id=f"E{i}", person_id=f"P{i % 3 + 1}") for i in range(12)]
    load(write_bundle(tmp_path / "b", {"persons": people, "life_events": events}), store=tmp_path / "s.duckdb")
    with closing(duckdb.connect(str(tmp_path / "s.duckdb"), read_only=True)) as connection:
        assert connection.execute("select person_key, person_id from persons").fetchall() == [
            (1, "P1"),
            (2, "P2"),
            (3, "P3"),
        ]
        keys = [k for (k,) in connection.execute("select person_key from life_events").fetchall()]
    assert keys == sorted(keys)


CELL = "Zyxwvut"


def test_no_report_holds_a_cell(tmp_path):
    """Whatever is wrong, no text shown or written holds the value of a cell."""
    rows = {t.name: [{c.name: CELL for c in t.columns}, sound(t.name)] for t in TABLES}
    bundle = write_bundle(tmp_path / "b", rows)
    (bundle / "life_events.csv").write_text(f"{CELL};{CELL}\n{CELL}\n")
    out = tmp_path / "constats.csv"
    for shape in ("table", "json"):
        result = CliRunner().invoke(check_command, [str(bundle), "--report", str(out), "--format", shape])
        assert result.exit_code == 1
        assert CELL not in result.output
    assert CELL not in out.read_text(encoding="utf-8")


def test_report_opens_safely_in_a_spreadsheet(tmp_path):
    """A file named like a formula is only a name in the report."""
    bundle = write_bundle(tmp_path / "b")
    (bundle / "=cmd.txt").write_text("x")
    check(bundle, options=Options(report=tmp_path / "r.csv"))
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["fichier"] for row in csv.DictReader(file, delimiter=";")] == ["'=cmd.txt"]


@pytest.mark.parametrize(
    ("row", "code"), [({}, 0), ({"nature": "autre chose"}, 0), ({"offence_start_date": "hier"}, 1)]
)
def test_exit_code_says_whether_rows_were_rejected(tmp_path, row, code):
    """0 where every row is kept, even with warnings; 1 where one is not."""
    bundle = write_bundle(tmp_path / "b", {"offences": [sound("offences", **row)]})
    result = CliRunner().invoke(load_command, [str(bundle), "--store", str(tmp_path / "s.duckdb"), "--format", "json"])
    assert result.exit_code == code
    assert json.loads(result.output)["tables"][4]["read"] == 1


def test_export_refuses_a_folder_in_use(tmp_path):
    """An export never mixes with other files."""
    load(write_bundle(tmp_path / "b"), store=tmp_path / "s.duckdb")
    result = CliRunner().invoke(export_command, [str(tmp_path / "s.duckdb"), str(tmp_path / "b")])
    assert isinstance(result.exception, UnreadableInput)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30)
DAY = st.dates(date(1990, 1, 1), date(2025, 12, 31)).map(date.isoformat)
MESSY = st.one_of(DAY, st.sampled_from(["", "31/02/2019", "01/02/19", "hier", "03/04/2010"]))
EVENT = st.fixed_dictionaries(
    {
        "event_id": st.sampled_from([f"E{i}" for i in range(8)] + [""]),
        "person_id": st.sampled_from(["P1", "P2", "P9", " P1 "]),
        "start_date": MESSY,
        "end_date": MESSY,
        "domain": st.sampled_from(["work", "logement", "Santé", "inconnu", ""]),
        "label": TEXT,
    }
)
slow = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@given(events=st.lists(EVENT, max_size=12), shape=st.sampled_from(Shape))
def test_rows_add_up_and_an_export_loads_back_the_same(events, shape):
    """Rows read = loaded + rejected, whatever the rows; what was loaded is found again after an export, and nothing is refused then."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people = [sound("persons"), sound("persons", person_id="P2")]
        report = load(write_bundle(folder / "b", {"persons": people, "life_events": events}), store=folder / "s.duckdb")
        assert [t.read for t in report.tables] == [t.loaded + t.rejected for t in report.tables]
        assert report.tables[-1].read == len(events)
        export(folder / "s.duckdb", folder / "out", shape=shape)
        again = load(folder / "out", store=folder / "t.duckdb")
        assert again.rejected == 0
        assert content(folder / "t.duckdb") == content(folder / "s.duckdb")
