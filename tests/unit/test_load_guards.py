"""What a load refuses to do: empty a store, take the place of another file, put fictional people over real ones."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))
from bundle_files import sound, write_bundle

from frise_analysis import cli
from frise_analysis.records.problems import UnreadableInput
from frise_analysis.store.loading import Options, check, load
from frise_analysis.store.reporting import CSV_COLUMNS
from frise_analysis.store.workspace import LoadRefused

ROOT = Path(__file__).parents[2]
HEADERLESS = "persons.csv", "P1;M;1980-01-01\n"


def run(*arguments: object):
    return CliRunner().invoke(cli.main, [str(x) for x in arguments], prog_name="frise")


def tell(folder: Path, *lines: str) -> Path:
    (folder / "bundle.toml").write_text("\n".join(["extraction_date = 2024-01-31", *lines]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return write_bundle(tmp_path / "b")


def test_a_required_file_refused_leaves_the_store(tmp_path: Path, bundle: Path) -> None:
    """A file of persons without its header never empties a store: code 2, the problems said, the store as it was."""
    store = tmp_path / "s.duckdb"
    load(bundle, store=store)
    before = store.read_bytes()
    (bundle / HEADERLESS[0]).write_text(HEADERLESS[1], encoding="utf-8")
    found = run("load", bundle, "--store", store)
    assert (found.exit_code, before == store.read_bytes()) == (2, True)
    assert "fichier refusé" in found.output
    assert found.output.splitlines()[-1] == "Rien n’a été changé : la base est comme avant."


@pytest.mark.parametrize("content", ["", "offence_id;person_id;date des faits;libellé\nI1;P1;hier;VOL\n"])
def test_a_required_table_that_loses_every_row_is_refused(tmp_path: Path, bundle: Path, content: str) -> None:
    """Offences of which none can be kept are no load, unless the bundle says that it has none."""
    (bundle / "offences.csv").write_text(content, encoding="utf-8")
    with pytest.raises(LoadRefused, match=r"La table obligatoire offences n’a aucune ligne"):
        load(bundle, store=tmp_path / "s.duckdb")
    assert not (tmp_path / "s.duckdb").exists()
    load(tell(bundle, 'empty_tables = ["offences"]'), store=tmp_path / "s.duckdb")


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    """A service with no offences yet says so with a header."""
    load(write_bundle(tmp_path / "b", {"offences": []}), store=tmp_path / "s.duckdb")


@pytest.mark.parametrize("content", [b"", b"mes notes\n"])
def test_only_a_store_is_replaced(tmp_path: Path, bundle: Path, content: bytes) -> None:
    """Another file, or an empty one, stays where it is."""
    place = tmp_path / "notes.txt"
    place.write_bytes(content)
    with pytest.raises(LoadRefused, match="n’est pas une base Frise"):
        load(bundle, store=place)
    assert place.read_bytes() == content


def test_fictional_people_replace_real_ones_only_by_force(tmp_path: Path, bundle: Path) -> None:
    """Real records are replaced by real ones freely, by fictional ones with --force."""
    store = tmp_path / "s.duckdb"
    load(tell(bundle), store=store)
    load(bundle, store=store)
    tell(bundle, "fictional = true")
    refused = run("load", bundle, "--store", store)
    assert (refused.exit_code, "--force" in refused.output) == (2, True)
    assert run("load", bundle, "--store", store, "--force").exit_code == 0


def test_a_report_replaces_only_a_report(tmp_path: Path, bundle: Path) -> None:
    """A file of one's own named by mistake stays; a report is written again, for its owner only."""
    (tmp_path / "notes.csv").write_text("a;b\n")
    with pytest.raises(LoadRefused, match="n’est pas un compte rendu"):
        check(bundle, options=Options(report=tmp_path / "notes.csv"))
    for _ in range(2):
        check(bundle, options=Options(report=tmp_path / "r.csv"))
    assert (tmp_path / "r.csv").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()[0] == ";".join(CSV_COLUMNS)


def test_last_line_says_what_was_written(tmp_path: Path, bundle: Path) -> None:
    """One knows from the last line whether a store was written."""
    store = tmp_path / "s.duckdb"
    assert run("load", bundle, "--store", store).output.splitlines()[-1] == f"Base écrite : {store}, 1 personne."
    assert run("check", bundle).output.splitlines()[-1] == "Rien n’est chargé : c’était une vérification."


def test_samples_never_mix_with_other_files(tmp_path: Path) -> None:
    """A folder in use is refused, unless an earlier run of the command wrote it."""
    out = tmp_path / "essai"
    for _ in range(2):
        assert run("samples", out, "--persons", "3").exit_code == 0
    (out / "bundle.toml").write_text("extraction_date = 2024-01-31\n", encoding="utf-8")
    kept = (out / "persons.csv").read_bytes()
    found = run("samples", out, "--persons", "5")
    assert (found.exit_code, kept == (out / "persons.csv").read_bytes()) == (2, True)


def test_doctor_is_not_content_with_rejected_rows(tmp_path: Path, bundle: Path) -> None:
    """Where rows were rejected, doctor ends on what is to be looked at."""
    write_bundle(bundle, {"life_events": [sound("life_events", start_date="hier")]})
    load(bundle, store=tmp_path / "s.duckdb")
    found = run("doctor", "--store", tmp_path / "s.duckdb")
    assert ("Tout va bien" in found.output, "à regarder" in found.output) == (False, True)


def make(*arguments: object):
    program = shutil.which("make")
    if program is None:
        pytest.skip("make is not installed")
    return subprocess.run([program, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_make_clean_keeps_the_store(tmp_path: Path) -> None:
    """Cleaning takes away what can be made again; the records of a service cannot."""
    assert "frise.duckdb" not in make("--dry-run", "clean", f"STORE={tmp_path}/frise.duckdb")


def test_make_keeps_a_store_that_is_not_fictional(tmp_path: Path, bundle: Path) -> None:
    """A store of real records is left alone, even where its service is called « données fictives »."""
    store = tmp_path / "s.duckdb"
    load(tell(bundle, 'service = "données fictives"'), store=store)
    before = store.read_bytes()
    there = f"RUN={bundle / 'bundle.toml'}", f"BIN={Path(sys.executable).parent}"
    said = make("--assume-new=data/samples/persons.csv", store, f"STORE={store}", *there)
    assert ("est gardée telle quelle" in said, before == store.read_bytes()) == (True, True)


def test_doctor_tells_a_program_whether_people_are_fictional(tmp_path: Path, bundle: Path) -> None:
    """The Makefile reads it there."""
    load(bundle, store=tmp_path / "s.duckdb")
    found = json.loads(run("doctor", "--store", tmp_path / "s.duckdb", "--format", "json").output)
    assert [x["value"] for x in found if x["subject"] == "Données fictives"] == ["oui"]


def test_unreadable_input_says_that_nothing_changed(tmp_path: Path) -> None:
    """A bundle that is not there changes nothing, and one is told so."""
    found = run("load", tmp_path / "absent", "--store", tmp_path / "s.duckdb")
    assert found.output.splitlines()[-1] == "Rien n’a été changé : aucune base n’est écrite."
    with pytest.raises(UnreadableInput):
        check(tmp_path / "absent")


@pytest.mark.parametrize("name", ["check", "load", "export"])
def test_help_shows_no_mark_of_its_source(name: str) -> None:
    """What lays out a help text is not in it, and its argument is a folder by name."""
    found = run(name, "--help").output
    assert ("\\b" in found, "DOSSIER" in found) == (False, True)
