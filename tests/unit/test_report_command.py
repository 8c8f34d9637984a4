"""``frise report``: what it writes, what it refuses, and what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))
from report_documents import read, squeezed

from frise_analysis import cli
from frise_analysis.commands.report import FORMS
from frise_analysis.report import service


@pytest.fixture
def run(sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FRISE_LOG", str(tmp_path / "frise.log"))
    monkeypatch.delenv("FRISE_DEBUG", raising=False)

    def of(*arguments: str, store: Path = sample_file):
        told = ["report", "--store", str(store), "--date", "2024-11-05", *arguments]
        return CliRunner().invoke(cli.main, told, prog_name="frise")

    return of


def opening(out: Path) -> str:
    sheet = openpyxl.load_workbook(out)["Lisez-moi"]
    return " ".join(str(x) for row in sheet.iter_rows(values_only=True) for x in row if x)


def test_forms_are_those_of_the_report() -> None:
    """The values of the option are the forms that can be made."""
    assert set(service.FORMS) == set(FORMS)


def test_pdf_with_the_charts_of_the_screen(run, tmp_path: Path) -> None:
    """The document, dated, with charts that are described, each before the table that says the same."""
    out = tmp_path / "rapport.pdf"
    found = run("--output", str(out))
    assert (0, f"Rapport écrit : {out}\n") == (found.exit_code, found.output)
    sheets = read(out.read_bytes())
    assert squeezed("rapport du 05/11/2024") in sheets.text
    told = [squeezed(str(x["/Alt"])) for x in sheets.elements() if x["/S"] == "/Figure"]
    assert any(squeezed("Personnes suivies : par mesure") in x for x in told)
    assert [] == [x for x in told if not x.startswith("Graphique:")]


def test_period_and_filters(run, tmp_path: Path) -> None:
    """The period is the one between the two days, and the selection is said."""
    out = tmp_path / "rapport.xlsx"
    asked = ("--format", "xlsx", "--from", "2023-07-01", "--to", "2024-06-30", "--measure", "SP", "--sex", "M")
    assert 0 == run(*asked, "--output", str(out)).exit_code
    said = opening(out)
    assert "du 1er juillet 2023 au 30 juin 2024" in said
    assert "Hommes suivis au 30 juin 2024 : sursis probatoire." in said


def test_a_day_before_the_extraction_is_told_over_a_year(run, tmp_path: Path) -> None:
    """Six months that end before it are refused by a sentence, and no file is written."""
    out = tmp_path / "rapport.xlsx"
    refused = run("--format", "xlsx", "--from", "2024-01-01", "--to", "2024-06-30", "--output", str(out))
    assert 2 == refused.exit_code
    assert "peut commencer le : 2023-07-01 (12 mois)." in " ".join(refused.output.split())
    assert not out.exists()


def test_twelve_months_to_the_extraction_unless_told(run, tmp_path: Path) -> None:
    """Without days, the year that ends on the extraction."""
    out = tmp_path / "rapport.xlsx"
    assert 0 == run("--format", "xlsx", "--output", str(out)).exit_code
    assert "du 1er octobre 2023 au 30 septembre 2024" in opening(out)


def test_same_arguments_same_bytes(run, tmp_path: Path) -> None:
    """The date given is the only date."""
    for form in FORMS:
        one, two = (tmp_path / f"{n}.{form}" for n in (1, 2))
        assert [0, 0] == [run("--format", form, "--output", str(x)).exit_code for x in (one, two)]
        assert one.read_bytes() == two.read_bytes()


def test_a_file_is_never_written_over(run, tmp_path: Path) -> None:
    """An existing file stays unless asked for; the sentence says what to do."""
    out = tmp_path / "a.xlsx"
    out.write_text("à garder", encoding="utf-8")
    found = run("--format", "xlsx", "--output", str(out))
    assert (2, "à garder") == (found.exit_code, out.read_text(encoding="utf-8"))
    assert "remplacez-le avec --force" in found.output
    assert 0 == run("--format", "xlsx", "--output", str(out), "--force").exit_code
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--from", "2024-07-02"),
            "2024-07-01 (3 mois), 2024-04-01 (6 mois), 2023-10-01 (12 mois), 2022-10-01 (24 mois)",
        ),
        (("--to", "2024-09-12"), "La date doit être le dernier jour d’un mois"),
        (("--to", "2025-01-31"), "La base s’arrête au 30 septembre 2024"),
        (("--measure", "SECRET"), "Le filtre « mesure » a une valeur qui n’existe pas."),
        (("--branch", "SECRET"), "L’antenne demandée n’est pas dans la base."),
        (("--age", "SECRET"), "Le filtre « age »"),
        (("--from", "hier"), "--from"),
    ],
)
def test_what_cannot_be_asked_is_said(run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """A French sentence says what is possible, without the value given; nothing is written."""
    out = tmp_path / "a.pdf"
    found = run(*arguments, "--output", str(out))
    assert (2, True, False) == (found.exit_code, said in found.output, out.exists())
    assert ("SECRET" in found.output, "Traceback" in found.output) == (False, False)


def test_a_folder_that_is_missing(run, tmp_path: Path) -> None:
    """It is said, with what to check."""
    found = run("--format", "xlsx", "--output", str(tmp_path / "nulle part" / "a.xlsx"))
    assert 2 == found.exit_code
    assert "Vérifiez que le dossier existe" in found.output


def test_a_store_that_is_missing(run, tmp_path: Path) -> None:
    """It is a sentence."""
    found = run("--output", str(tmp_path / "a.pdf"), store=tmp_path / "absente.duckdb")
    assert (2, False) == (found.exit_code, "Traceback" in found.output)
