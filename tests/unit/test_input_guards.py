"""Files as services really give them: other headers, broken files, links, descriptions with slips."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from bundle_files import sound, write_bundle

from frise_analysis.records import workbook_size
from frise_analysis.records.bundle import bundle_info, read_bundle_info
from frise_analysis.records.contract import TABLES, table
from frise_analysis.records.headers import _names, _without_small_words, find_column
from frise_analysis.records.problems import UnreadableInput
from frise_analysis.store.loading import Options, check, load
from frise_analysis.store.reporting import LoadReport


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return write_bundle(tmp_path / "b")


def sentences(report: LoadReport) -> str:
    return " ".join(group.sentence for group in report.problems)


@pytest.mark.parametrize("header", ["Date de jugement", "date du jugement", "DATE JUGEMENT", "Date de la décision"])
def test_small_words_do_not_hide_a_column(header: str) -> None:
    """« Date de jugement » is « date du jugement »."""
    found = find_column(table("convictions"), header)
    assert found is not None
    assert found.name == "decision_date"


def test_no_two_columns_differ_by_a_small_word() -> None:
    """Without small words a header still names one column of its table."""
    for one in TABLES:
        short = [{_without_small_words(name) for name in _names(c)} for c in one.columns]
        assert sum(map(len, short)) == len(set().union(*short)), one.name


@pytest.mark.parametrize(
    ("written", "code"), [("H", "M"), ("homme", "M"), ("FEMME", "F"), ("f", "F"), ("Masculin", "M")]
)
def test_sex_is_read_as_services_write_it(tmp_path: Path, written: str, code: str) -> None:
    """H is a man, whatever the case."""
    load(write_bundle(tmp_path / "b", {"persons": [sound("persons", sex=written)]}), store=tmp_path / "s.duckdb")
    with duckdb.connect(str(tmp_path / "s.duckdb"), read_only=True) as connection:
        assert connection.execute("select sex from persons").fetchall() == [(code,)]


def test_a_missing_column_says_what_would_do(bundle: Path) -> None:
    """The headers accepted are listed, and the one of the file that looks most like them."""
    (bundle / "breaches.csv").write_text("breach_id;person_id;Date du manquemnt\nB1;P1;2017-01-01\n", encoding="utf-8")
    said = sentences(check(bundle))
    assert "date incident, date du manquement, breach_date" in said
    assert "« Date du manquemnt »" in said


def test_rows_of_a_refused_file_are_counted(bundle: Path) -> None:
    """Rows read = loaded + rejected, for a file refused as a whole too; it comes before what hangs on it."""
    (bundle / "measures.csv").write_text("measure_id;person_id\nM1;P1\nM2;P1\n", encoding="utf-8")
    report = check(bundle)
    counts = {t.table: (t.read, t.loaded, t.rejected) for t in report.tables}
    assert (counts["measures"], counts["obligations"]) == ((2, 0, 2), (1, 0, 1))
    assert report.refused_files == {"measures"}
    assert [g.rule for g in report.problems] == [
        "column_missing",
        "column_missing",
        "parent_rejected",
        "parent_rejected",
    ]


def test_a_problem_names_the_column_as_the_file_does(tmp_path: Path, bundle: Path) -> None:
    """The sentence has the file's own header, the column of the report its technical name; the severity is French."""
    (bundle / "life_events.csv").write_text("event_id;person_id;Date;domain\nV1;P1;hier;work\n", encoding="utf-8")
    check(bundle, options=Options(report=tmp_path / "r.csv"))
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(x["colonne"], x["gravite"]) for x in rows] == [("start_date", "erreur")]
    assert "« Date »" in rows[0]["constat"]


@pytest.mark.parametrize("written", ["31/12/2023", '"31/12/2023"', '"2023-12-31"', "2023-12-31"])
def test_extraction_date_in_french(tmp_path: Path, written: str) -> None:
    """The day of the extraction may be written as one writes it."""
    (tmp_path / "bundle.toml").write_text(f"extraction_date = {written}\n", encoding="utf-8")
    assert str(read_bundle_info(tmp_path / "bundle.toml").extraction_date) == "2023-12-31"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"fictionnal": True}, "« fictional »"),
        ({"fictional": "oui"}, "fictional n’a pas la bonne forme"),
        ({"source": 3}, "source n’a pas la bonne forme"),
        ({"extraction_date": "2999-01-01"}, "à venir"),
        ({"extraction_date": "31/02/2023"}, "pas de date d’extraction lisible"),
        ({"empty_tables": ["offence"]}, "« offences »"),
    ],
)
def test_slips_of_a_description_are_said(given: dict[str, object], words: str) -> None:
    """A name or a value that would be misread is refused, with the one meant."""
    with pytest.raises(UnreadableInput, match=words):
        bundle_info({"extraction_date": "2023-12-31", **given}, "bundle.toml")


def test_a_parquet_file_cut_short_is_named(bundle: Path) -> None:
    """A file that stopped on its way is said to be damaged, by its name."""
    whole = bundle / "breaches.parquet"
    duckdb.sql("select 1 as breach_id").write_parquet(str(whole))
    (bundle / "breaches.csv").unlink()
    whole.write_bytes(whole.read_bytes()[:-20])
    with pytest.raises(UnreadableInput, match=r"breaches\.parquet est abîmé ou incomplet"):
        check(bundle)


def workbook(path: Path, *, far: str | None = None) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "persons"
    book.active["A1"] = "person_id"
    if far:
        book.active[far] = "x"
    book.save(path)
    return path


def test_a_workbook_cut_short_is_named(tmp_path: Path) -> None:
    """Same for a workbook."""
    path = workbook(tmp_path / "lot.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UnreadableInput, match=r"lot\.xlsx .*abîmé"):
        check(path)


@pytest.mark.parametrize(("far", "words"), [("XFD1048576", "au-delà de la colonne"), ("CV1048576", "vingt millions")])
def test_a_cell_at_the_far_end_is_a_sentence(tmp_path: Path, far: str, words: str) -> None:
    """A cell left far away would make the sheet larger than memory: it is refused before it is opened."""
    with pytest.raises(UnreadableInput, match=words):
        check(workbook(tmp_path / "lot.xlsx", far=far))


def test_a_workbook_too_large_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size once decompressed is read in the archive, before anything is."""
    monkeypatch.setattr(workbook_size, "LARGEST_CONTENT", 100)
    with pytest.raises(UnreadableInput, match="gigaoctet"):
        check(workbook(tmp_path / "lot.xlsx"))


def test_a_cell_without_end_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No spreadsheet writes a cell of a million letters."""
    monkeypatch.setattr(workbook_size, "LONGEST_TEXT", 10)
    monkeypatch.setattr(workbook_size, "_PIECE", 40)
    with pytest.raises(UnreadableInput, match="un million de caractères"):
        check(workbook(tmp_path / "lot.xlsx"))


def test_places_are_found_across_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tag cut between two readings is seen."""
    monkeypatch.setattr(workbook_size, "_PIECE", 97)
    with pytest.raises(UnreadableInput, match="au-delà de la colonne"):
        check(workbook(tmp_path / "lot.xlsx", far="ALM3"))


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, bundle: Path) -> None:
    """A bundle reads what it holds, and nothing else of the machine."""
    (bundle / "breaches.csv").rename(tmp_path / "ailleurs.csv")
    (bundle / "breaches.csv").symlink_to(tmp_path / "ailleurs.csv")
    with pytest.raises(UnreadableInput, match="hors du dossier"):
        check(bundle)


def test_a_mapping_stays_in_the_folder(tmp_path: Path, bundle: Path) -> None:
    """A mapping found elsewhere cannot fetch a file of the machine."""
    plan = tmp_path / "m.toml"
    plan.write_text(
        'empty_tables = ["persons", "convictions", "offences"]\n[bundle]\nextraction_date = 2024-01-31\n[tables]\n'
        '[sources.s]\nfile = "../m.toml"\n',
        encoding="utf-8",
    )
    with pytest.raises(UnreadableInput, match="hors du dossier"):
        check(bundle, options=Options(mapping=plan))


def test_notes_are_no_remark(bundle: Path) -> None:
    """A note beside the tables is expected there."""
    (bundle / "LISEZMOI.md").write_text("x", encoding="utf-8")
    assert check(bundle).problems == ()


def test_leftovers_of_a_killed_check_are_removed(tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a dead check left goes; what is of a live one, or of somebody else, stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    folders = {name: tmp_path / name for name in (f"frise-{ended.pid}-a", f"frise-{os.getpid()}-b", "frise-essai-1")}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
        (folder / ("notes.txt" if "essai" in folder.name else "staging.duckdb")).write_text("x")
    check(bundle)
    assert [folder.exists() for folder in folders.values()] == [False, True, True]
