"""Files as they come: encodings, delimiters, dates, numbers, codes, and what cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from bundle_files import sound, write_bundle

from frise_analysis.records import contract, documentation
from frise_analysis.records.cells import plain_sql, typed_select
from frise_analysis.records.encodings import examine
from frise_analysis.records.headers import find_column, find_table, plain
from frise_analysis.records.problems import UnreadableInput
from frise_analysis.store.loading import check

HEADER = "Identifiant évènement;Personne;Date;Domaine;Libellé\n"


def read(kind: contract.Kind, texts: list[str]) -> list[tuple[object, int]]:
    table = contract.Table("t", "", (contract.Column("x", kind, ""),))
    source = "(values " + ", ".join("('" + t.replace("'", "''") + "')" for t in texts) + ") as v(c0)"
    return duckdb.sql(typed_select(table, {"x": "c0"}, source=source)).fetchall()


def values(kind: contract.Kind, texts: list[str]) -> list[str]:
    return [str(value) for value, _ in read(kind, texts)]


def loaded(folder: Path, name: str) -> tuple[int, int, list[tuple[str, int]]]:
    report = check(folder)
    count = next(t for t in report.tables if t.table == name)
    return count.read, count.loaded, sorted((g.rule, n) for g in report.problems if g.table == name for n in g.lines)


DATES = [
    "2019-12-31", "31/12/2019", "31-12-2019", "31.12.2019", "2019-12-31 10:00:00", "2019-12-31T10:00:00Z", "31/12/2019 10:00",
    " 31/12/2019\u00a0", "2019/12/31",
]  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_usual_dates_are_one_day(text):
    """Every usual writing of a day is that day."""
    assert values(contract.Kind.DATE, [text]) == ["2019-12-31"]


@pytest.mark.parametrize(
    "text", ["31/02/2019", "2019-02-30", "bientôt", "20191231", "31/12", "epoch", "infinity", "12/31/2019"]
)
def test_other_dates_are_unreadable(text):
    """A day that does not exist or is not written as one is never guessed."""
    assert read(contract.Kind.DATE, [text]) == [(None, 1)]


@pytest.mark.parametrize("text", ["31/12/19", "31-12-19", "1.2.19"])
def test_two_digit_years_are_told_apart(text):
    """A century is not guessed, and the reason is said."""
    assert read(contract.Kind.DATE, [text]) == [(None, 1 << 20)]


@pytest.mark.parametrize("text", ["1234,5", "1 234,5", "1234.5", " 1234,5 ", "1\u202f234,5"])
def test_numbers_take_a_decimal_comma(text):
    """French and English decimals are one number."""
    assert values(contract.Kind.NUMBER, [text]) == ["1234.5"]


@pytest.mark.parametrize("text", ["nan", "inf", "12 ans", "1,234.5", "0x1F", "1e999"])
def test_other_numbers_are_unreadable(text):
    """What is not a finite number is not one; NaN is the word for nothing."""
    assert values(contract.Kind.NUMBER, [text]) == ["None"]


def test_whole_numbers_are_never_rounded():
    """12,5 days are not 12, nor 13; a number too large is not cut."""
    expected = [("365", 0), ("365", 0), ("None", 1), ("None", 1)]
    assert [(str(v), u) for v, u in read(contract.Kind.INTEGER, ["365", "365,0", "12,5", "9" * 30])] == expected


def test_booleans_are_said_in_many_ways():
    """Yes and no in French, in English and in figures."""
    assert values(contract.Kind.BOOLEAN, ["oui", "VRAI", "O", "1", "true"]) == ["True"] * 5
    assert values(contract.Kind.BOOLEAN, ["non", "Faux", "N", "0", " false "]) == ["False"] * 5


@pytest.mark.parametrize("text", ["Date_des  FAITS", "Détenu(e) n°3", "Œuvre", "a-b'c’d", "É è"])
def test_plain_words_agree_in_both_languages(text):
    """A label is recognised in SQL exactly where it is in Python."""
    escaped = text.replace("'", "''")
    assert duckdb.sql(f"select {plain_sql(f'''(select '{escaped}')''')}").fetchone() == (plain(text),)


def test_headers_are_recognised_in_french():
    """The case, the accents and the punctuation of a header do not matter."""
    assert find_column(contract.OFFENCES, "DATE DES FAITS ") == contract.OFFENCES.column("offence_start_date")
    assert find_table("Périodes de détention") == contract.CUSTODY_PERIODS


def test_aliases_name_one_column():
    """Within a table, no header can mean two columns."""
    for table in contract.TABLES:
        names = [plain(n) for c in table.columns for n in {plain(x) for x in (c.name, *c.aliases)}]
        assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    """Any usual encoding and delimiter gives the same rows."""
    write_bundle(tmp_path)
    text = (HEADER + "E1;P1;31/12/2019;Santé;Libéré à Évry\r\nE2;P1;2019-12-31;work;x\r\n").replace(";", delimiter)
    (tmp_path / "life_events.csv").write_bytes(text.encode(encoding))
    assert loaded(tmp_path, "life_events") == (2, 2, [])


def test_lines_are_those_of_a_spreadsheet(tmp_path):
    """Blank lines, lines of delimiters, quoted line ends and refused lines all count; only rows with a value are rows."""
    write_bundle(tmp_path)
    text = HEADER + 'E1;P1;bad;work;"a\n\nb"\n\n;;;;\nE2;P1;bad;work;x\nE3;P1\nE4;P1;bad;work;x\n'
    (tmp_path / "life_events.csv").write_text(text, encoding="utf-8")
    expected = [("unreadable_date", 2), ("unreadable_date", 5), ("unreadable_date", 7), ("wrong_field_count", 6)]
    assert loaded(tmp_path, "life_events") == (4, 0, expected)


def test_broken_lines_are_problems(tmp_path):
    """A line with too many cells, a byte that is no text, a quote left open: each is refused alone and said."""
    write_bundle(tmp_path)
    lines = (
        "E1;P1;2019-01-01;work;é;trop\nE2;P1;2019-01-01;work;éé\nE3;P1;2019-01-01;work;".encode()
        + b'\xe9\nE4;P1;2019-01-01;work;"x\n'
    )
    (tmp_path / "life_events.csv").write_bytes(HEADER.encode() + lines)
    expected = [("invalid_bytes", 4), ("unterminated_quote", 5), ("wrong_field_count", 2)]
    assert loaded(tmp_path, "life_events") == (4, 1, expected)


@pytest.mark.parametrize("content", ["", "\n", HEADER])
def test_files_without_rows(tmp_path, content):
    """An empty file or a header alone is no row and no crash."""
    write_bundle(tmp_path)
    (tmp_path / "life_events.csv").write_text(content, encoding="utf-8")
    assert loaded(tmp_path, "life_events")[:2] == (0, 0)


def rules_of(folder: Path) -> set[str]:
    return {g.rule for g in check(folder).problems}


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("event_id;person_id;domain\nE1;P1;work\n", "column_missing"),
        ("event_id;event_id;person_id;date;domain\nE1;E1;P1;2019-01-01;work\n", "column_repeated"),
        ("Évènements 2019;;;;\nevent_id;person_id;date;domain;label\nE1;P1;2019-01-01;work;x\n", "title_above_header"),
        ("event_id;person_id;date;domain;humeur\nE1;P1;2019-01-01;work;x\n", "column_unknown"),
    ],
)
def test_headers_that_cannot_be_followed(tmp_path, header, rule):
    """What is wrong with a header is said once for the file."""
    write_bundle(tmp_path)
    (tmp_path / "life_events.csv").write_text(header, encoding="utf-8")
    assert rules_of(tmp_path) == {rule}


def test_other_files_are_left_aside_and_named(tmp_path):
    """A file that is no table is not read, and one is told so; folders and links do no harm."""
    write_bundle(tmp_path)
    (tmp_path / "notes.docx").write_text("x")
    (tmp_path / "sous-dossier").mkdir()
    (tmp_path / "boucle.csv").symlink_to(tmp_path / "boucle.csv")
    assert rules_of(tmp_path) == {"file_ignored"}


def test_a_readme_is_no_remark(tmp_path):
    """A note left beside the files for who opens the folder is expected there."""
    write_bundle(tmp_path)
    for name in ("README.md", "readme", "LisezMoi.docx"):
        (tmp_path / name).write_text("x")
    assert [g.file for g in check(tmp_path).problems] == ["LisezMoi.docx"]


def test_a_return_inside_a_cell_ends_no_line(tmp_path):
    """A return left by a foreign tool in a cell without quotes is read as a space, in quotes as itself; lines keep their number."""
    write_bundle(tmp_path)
    lines = 'event_id;person_id;start_date;domain;label\nV1;P1;2017-01-01;work;a\rb\nV2;P1;hier;work;"c\rd"\nV3;P1;2017-01-01;work;e\n'
    (tmp_path / "life_events.csv").write_bytes(lines.encode())
    report = check(tmp_path)
    assert [(g.rule, g.lines) for g in report.problems] == [("unreadable_date", (3,))]
    assert report.tables[-1].read == 3


def test_two_files_for_one_table_are_refused(tmp_path):
    """Nobody guesses which of two files is the table."""
    write_bundle(tmp_path)
    (tmp_path / "Personnes.csv").write_text("x")
    with pytest.raises(UnreadableInput, match=r"Deux fichiers donnent la table persons"):
        check(tmp_path)


def test_required_tables_must_be_there(tmp_path):
    """Without persons, convictions or offences nothing can be said."""
    write_bundle(tmp_path)
    (tmp_path / "offences.csv").unlink()
    with pytest.raises(UnreadableInput, match="offences"):
        check(tmp_path)


HOSTILE = [
    "=1+1",
    "<script>alert(1)</script>",
    "a\0b",
    "\u202eabc",
    "x" * 10_000,
    'a"b""c',
    "l1\nl2;l3\r\nl4",
    "'; drop table t; --",
]


def test_hostile_text_is_only_text(tmp_path):
    """No text breaks the reading, whatever it holds."""
    rows = [sound("life_events", event_id=f"E{i}", label=text) for i, text in enumerate(HOSTILE)]
    assert loaded(write_bundle(tmp_path, {"life_events": rows}), "life_events") == (len(HOSTILE), len(HOSTILE), [])


def workbook(path: Path, *, title: bool = False) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {
        "bundle": [["extraction_date", "2024-01-31"], ["fictional", "oui"]],
        "Personnes": [["person_id", "né le"], ["P1", 29221]],
        "Condamnations": [["conviction_id", "person_id", "date du jugement"], ["C1", "P1", "31/12/2019"]],
        "Infractions": [
            ["offence_id", "person_id", "conviction_id", "date des faits", "libellé"],
            [],
            [1.0, "P1", "C1", "2019-01-01", "VOL"],
        ],
        "Divers": [["x"]],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in [["Titre"], *rows] if title and name == "Infractions" else rows:
            sheet.append(row)
    book.save(path)
    return path


def test_workbook_is_a_bundle(tmp_path):
    """A sheet is a table; numbers of days are dates in a column of dates; a blank line is not a row."""
    report = check(workbook(tmp_path / "lot.xlsx"))
    assert {t.table: t.loaded for t in report.tables if t.read} == {"persons": 1, "convictions": 1, "offences": 1}
    assert [g.rule for g in report.problems] == ["file_ignored"]


def test_title_above_a_sheet_is_said(tmp_path):
    """A title above the header is refused with its reason."""
    assert rules_of(workbook(tmp_path / "lot.xlsx", title=True)) == {"title_above_header", "file_ignored"}


def test_not_a_workbook(tmp_path):
    """A file that only has the name of a workbook is refused in a sentence."""
    (tmp_path / "lot.xlsx").write_text("x")
    with pytest.raises(UnreadableInput, match=r"Le classeur lot\.xlsx ne peut pas être lu"):
        check(tmp_path / "lot.xlsx")


def test_mostly_utf8_with_a_bad_byte_stays_utf8(tmp_path):
    """One broken byte does not turn every accent of a file into two letters."""
    (tmp_path / "a.csv").write_bytes("éèàç".encode() + b"\xe9")
    assert examine(tmp_path / "a.csv").encoding == "utf-8"


def test_documentation_is_in_step_with_the_code():
    """The format that is documented is the one that is read."""
    written = (Path(__file__).parents[2] / "docs" / "data-format.md").read_text(encoding="utf-8")
    assert documentation.document() == written
