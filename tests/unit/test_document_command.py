"""``frise document``: what it writes, what it refuses, and what it says."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))
from report_documents import read, squeezed

from frise_analysis import cli
from frise_analysis.commands.document import FORMATS, PURPOSES
from frise_analysis.commands.output_file import write_private
from frise_analysis.records.problems import UnreadableInput
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


def test_what_is_replaced_lends_nothing(run, tmp_path: Path) -> None:
    """With --force, neither the permissions of the old file nor the target of a link go on; nothing is left beside."""
    old, target = tmp_path / "old.pdf", tmp_path / "ailleurs" / "autre.txt"
    target.parent.mkdir()
    target.write_text("à garder", encoding="utf-8")
    old.write_text("ancien", encoding="utf-8")
    old.chmod(0o666)
    link = tmp_path / "link.pdf"
    link.symlink_to(target)
    for out in (old, link):
        assert 0 == run("--output", str(out), "--force").exit_code
        assert (True, 0o600, False) == (
            out.read_bytes().startswith(b"%PDF"),
            out.stat().st_mode & 0o777,
            out.is_symlink(),
        )
    assert "à garder" == target.read_text(encoding="utf-8")
    assert {"old.pdf", "link.pdf", "ailleurs"} == {x.name for x in tmp_path.iterdir() if x.name != "frise.log"}


def test_a_link_to_nowhere_is_not_followed(run, tmp_path: Path) -> None:
    """A link stands at its place like a file, though nothing is behind it."""
    link = tmp_path / "link.pdf"
    link.symlink_to(tmp_path / "nulle-part.pdf")
    found = run("--output", str(link))
    assert (2, True, False) == (found.exit_code, "Il y a déjà un fichier" in found.output, link.exists())


def test_names_that_no_file_may_have(run, tmp_path: Path) -> None:
    """A name too long, or something that is no file, is said in a sentence, with --force and without."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for out in (tmp_path / ("x" * 300), pipe):
        for more in ((), ("--force",)):
            found = run("--output", str(out), *more)
            assert (2, True) == (found.exit_code, "Vérifiez que le dossier existe" in found.output)
    longest = tmp_path / f"{'y' * 251}.pdf"
    assert [0, 0] == [run("--output", str(longest), *more).exit_code for more in ((), ("--force",))]


def test_a_writing_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk leaves neither half a file nor the old one changed."""
    old = tmp_path / "old.pdf"
    old.write_bytes(b"ancien")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "plein")

    monkeypatch.setattr("frise_analysis.commands.output_file.os.fdopen", full)
    for out, replace in ((old, True), (tmp_path / "new.pdf", False)):
        with pytest.raises(UnreadableInput):
            write_private(out, b"x", replace=replace)
    assert [("old.pdf", b"ancien")] == [(x.name, x.read_bytes()) for x in tmp_path.iterdir()]


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
