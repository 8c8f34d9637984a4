"""``frise document``: what it writes, what it refuses, and what it says."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))
from report_documents import read, squeezed

from frise_analysis import cli
from frise_analysis.commands.document import FORMATS, PURPOSES
from frise_analysis.report.content import Purpose


@pytest.fixture
def run(sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FRISE_LOG", str(tmp_path / "frise.log"))
    monkeypatch.delenv("FRISE_DEBUG", raising=False)

    def of(*arguments: str, person: str = "P-0012", store: Path = sample_file):
        told = ["document", person, "--store", str(store), "--date", "2024-11-05", *arguments]
        return CliRunner().invoke(cli.main, told, prog_name="frise")

    return of


def test_purposes_are_those_of_the_documents() -> None:
    """The values of the option are those of the vocabulary of documents."""
    assert [x.value for x in Purpose] == list(PURPOSES)


def test_pdf(run, tmp_path: Path) -> None:
    """The synthesis, with its purpose and its date, for its owner's eyes alone."""
    out = tmp_path / "synthese.pdf"
    found = run("--purpose", "rapport", "--name", "Jean NOM", "--output", str(out))
    assert (0, f"Document écrit : {out}\n") == (found.exit_code, found.output)
    text = read(out.read_bytes()).text
    wanted = ("Jean NOM", "rapport au juge de l’application des peines", "document du 05/11/2024", "Récidive légale :")
    assert [] == [x for x in wanted if squeezed(x) not in text]
    assert 0o600 == out.stat().st_mode & 0o777


def test_docx(run, tmp_path: Path) -> None:
    """The same, to be taken up again."""
    out = tmp_path / "synthese.docx"
    assert 0 == run("--format", "docx", "--output", str(out)).exit_code
    assert "Synthèse du parcours, P-0012" == docx.Document(io.BytesIO(out.read_bytes())).paragraphs[0].text


def test_own_page(run, tmp_path: Path) -> None:
    """The page for the person holds what they may see: no legal label, no note of the officer."""
    out = tmp_path / "page.pdf"
    assert 0 == run("--format", "personne", "--output", str(out), person="P-0271").exit_code
    text = read(out.read_bytes()).text
    assert (True, False, False) == tuple(
        squeezed(x) in text for x in ("Votre parcours", "Sans logement", "usage interne")
    )


def test_same_arguments_same_bytes(run, tmp_path: Path) -> None:
    """The date given is the only date."""
    for form in FORMATS:
        one, two = (tmp_path / f"{n}.{form}" for n in (1, 2))
        assert [0, 0] == [run("--format", form, "--output", str(x)).exit_code for x in (one, two)]
        assert one.read_bytes() == two.read_bytes()


def test_a_file_is_never_written_over(run, tmp_path: Path) -> None:
    """An existing file stays unless asked for; the sentence says what to do."""
    out = tmp_path / "a.pdf"
    out.write_text("à garder", encoding="utf-8")
    found = run("--output", str(out))
    assert (2, "à garder") == (found.exit_code, out.read_text(encoding="utf-8"))
    assert "remplacez-le avec --force" in found.output
    assert 0 == run("--output", str(out), "--force").exit_code
    assert out.read_bytes().startswith(b"%PDF")


def test_real_records_need_a_purpose(run, people, tmp_path: Path) -> None:
    """Why a document about a real person is made is said before it is made."""
    store, out = people({"persons": [{"person_id": "R"}]}, fictional=False).store.path, tmp_path / "r.pdf"
    found = run("--output", str(out), person="R", store=store)
    assert (2, False) == (found.exit_code, out.exists())
    assert "dites pourquoi, avec --purpose" in found.output
    assert 0 == run("--output", str(out), "--purpose", "passation", person="R", store=store).exit_code


def test_nobody_and_nowhere(run, tmp_path: Path) -> None:
    """A person or a folder that is not there is said in a sentence."""
    nobody = run("--output", str(tmp_path / "x.pdf"), person="P-9999")
    nowhere = run("--output", str(tmp_path / "absent" / "x.pdf"))
    assert [2, 2] == [nobody.exit_code, nowhere.exit_code]
    assert "Aucune personne n’a cet identifiant" in nobody.output
    assert "Vérifiez que le dossier existe" in nowhere.output


def test_the_name_is_never_read(run, people, tmp_path: Path) -> None:
    """The name in the records stays there: only the one that is typed is printed."""
    store = people({"persons": [{"person_id": "N", "display_name": "NOMPROPRE"}]}).store.path
    out = tmp_path / "n.pdf"
    assert 0 == run("--output", str(out), person="N", store=store).exit_code
    assert "NOMPROPRE" not in read(out.read_bytes()).text
