"""The Ministry's full list: reading it, and what it changes in a store."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner

from frise_analysis import cli
from frise_analysis.records.natinf_list import ListedOffence, read_natinf_list
from frise_analysis.records.problems import UnreadableInput
from frise_analysis.store.engine import StoreUnusable
from frise_analysis.store.loading import load
from frise_analysis.store.natinf import load_natinf
from frise_analysis.store.workspace import LoadRefused

HEADER = ["Numéro NATINF", "Nature de l'infraction", "Qualification de l'infraction", "Définie par", "Réprimée par"]
ROWS = [
    ["7151", "Délit", "VOL", "ART.311-1, ART.311-3 C.PENAL.", "ART.311-3 C.PENAL."],
    [
        "20936",
        "Délit",
        "ADMINISTRATION DE SUBSTANCE NUISIBLE",
        "ART.222-15 AL.1, ART.222-9 C.PENAL.",
        "ART.222-15 C.PENAL.",
    ],
    [
        "20978",
        "Délit",
        "DÉTENTION ILLICITE D'UNE ESPÈCE",
        "ART.2, ART.4 DECRET DU 09/02/1895.",
        "ART.3 DECRET DU 09/02/1895.",
    ],
    ["20982", "Contravention de classe 5", "FABRICATION ; VENTE", "ART.R.532-1 C.CONSOMMAT.", ""],
]
FILLING = [
    [str(n), "Contravention de classe 4", "REMPLISSAGE", "ART.R.100-1 C.TRAVAIL.", ""] for n in range(30000, 30120)
]


def write_text(path: Path, *, delimiter: str = ";", encoding: str = "utf-8", header=HEADER, rows=None) -> Path:
    lines = [header, *(ROWS + FILLING if rows is None else rows)]
    quoted = (delimiter.join(f'"{x}"' for x in row) for row in lines)
    path.write_text("\n".join(quoted), encoding=encoding)
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of one person with four offences: own code, code of the full list only, a label alone, a family given."""
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "bundle.toml").write_text(
        'source = "essai"\nextraction_date = 2026-01-31\nfictional = true\n', encoding="utf-8"
    )
    (bundle / "persons.csv").write_text("person_id\nP1\n", encoding="utf-8")
    (bundle / "convictions.csv").write_text(
        "conviction_id;person_id;decision_date\nC1;P1;2020-01-01\n", encoding="utf-8"
    )
    (bundle / "offences.csv").write_text(
        "offence_id;person_id;conviction_id;offence_start_date;natinf_code;label;family\n"
        "O1;P1;C1;2019-01-01;7151;VOL;\nO2;P1;C1;2019-02-01;20936;LIBELLE INCONNU;\n"
        "O3;P1;C1;2019-03-01;20978;MENACE DE MORT;\nO4;P1;C1;2019-04-01;20936;X;route\n",
        encoding="utf-8",
    )
    path = tmp_path / "frise.duckdb"
    load(bundle, store=path)
    return path


def offences(store: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(store), read_only=True) as connection:
        return connection.execute(
            "select offence_id, resolved_family, family_source, resolved_nature, resolved_max_years from offences order by 1"
        ).fetchall()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_list_reads_as_published(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """Any usual delimiter and encoding give the same list."""
    found = read_natinf_list(write_text(tmp_path / "liste.csv", delimiter=delimiter, encoding=encoding))
    assert (len(found.offences), found.refused, found.offences[2].label) == (124, 0, "DÉTENTION ILLICITE D'UNE ESPÈCE")
    assert found.offences[3] == ListedOffence(
        "20982", "FABRICATION ; VENTE", "contravention", 5, "ART.R.532-1 C.CONSOMMAT."
    )


@pytest.mark.parametrize(
    "header",
    [
        [
            "numero;natinf".replace(";", "_"),
            "NATURE",
            "Qualification simplifiée",
            "Articles définissant",
            "Articles réprimant",
        ],
        ["NATINF", "Nature", "Libellé", "Définie par", "Réprimée par"],
        [
            "Numéro de l'infraction",
            "Nature de l'infraction",
            "Qualification de l'infraction",
            "Définie par",
            "Réprimée par",
        ],
    ],
)
def test_headers_may_vary(tmp_path: Path, header: list[str]) -> None:
    """Columns are known by their words."""
    assert len(read_natinf_list(write_text(tmp_path / "liste.csv", header=header)).offences) == 124


def test_list_reads_from_a_workbook_with_a_title(tmp_path: Path) -> None:
    """A workbook with lines above its header, and numbers as numbers, gives the same list."""
    book = openpyxl.Workbook()
    book.active.append(["Liste des infractions en vigueur"])
    for row in [[], HEADER, *([int(x[0]), *x[1:]] for x in ROWS + FILLING)]:
        book.active.append(row)
    book.save(tmp_path / "liste.xlsx")
    assert [x.natinf_code for x in read_natinf_list(tmp_path / "liste.xlsx").offences][:2] == ["7151", "20936"]


def test_lines_that_are_not_offences_are_counted(tmp_path: Path) -> None:
    """A line without number, of unknown nature, or seen before is refused and counted; a blank one is not a line."""
    wrong = [
        ["", "Délit", "X", "", ""],
        ["8", "Autre", "X", "", ""],
        ROWS[0],
        ["", "", "", "", ""],
        ["9", "Crime", "", "", ""],
    ]
    assert read_natinf_list(write_text(tmp_path / "liste.csv", rows=ROWS + FILLING + wrong)).refused == 4


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.csv", None, "n’existe pas"),
        ("liste.pdf", b"%PDF", "ni un CSV"),
        ("liste.csv", b"a;b\n1;2\n", "colonnes attendues"),
        ("vide.csv", b"", "colonnes attendues"),
        ("liste.xlsx", b"not a workbook", "ne peut pas"),
    ],
)
def test_what_is_not_the_list_is_refused(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    """A file that is not the list gives a sentence that says why and what to do."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableInput, match=words):
        read_natinf_list(tmp_path / name)


def test_a_few_lines_are_not_the_list(tmp_path: Path) -> None:
    """A shortened file is refused rather than taken for the whole list."""
    with pytest.raises(UnreadableInput, match="4 lignes"):
        read_natinf_list(write_text(tmp_path / "liste.csv", rows=ROWS))


def test_offences_are_classified_again(tmp_path: Path, store: Path) -> None:
    """Own codes keep family and maximum, listed codes classify by their articles, unknown articles leave the label to decide."""
    report = load_natinf(write_text(tmp_path / "liste.csv"), store=store)
    assert offences(store) == [
        ("O1", "vols_recel", "natinf", "delit", 3.0),
        ("O2", "violences", "natinf", "delit", None),
        ("O3", "violences", "label", "delit", None),
        ("O4", "route", "manual", "delit", None),
    ]
    assert (report.before["none"], report.after["none"]) == (1, 0)


def test_rows_stay_in_their_order(tmp_path: Path, store: Path) -> None:
    """Classifying again moves no row: one person's rows stay together on disk."""

    def order() -> list[tuple[str, ...]]:
        with duckdb.connect(str(store), read_only=True) as connection:
            return connection.execute("select offence_id from offences order by rowid").fetchall()

    before = order()
    load_natinf(write_text(tmp_path / "liste.csv"), store=store)
    assert order() == before


def test_the_list_outlives_a_load(tmp_path: Path, store: Path) -> None:
    """Loading records again keeps the Ministry's list."""
    load_natinf(write_text(tmp_path / "liste.csv"), store=store)
    expected = offences(store)
    load(tmp_path / "bundle", store=store)
    assert offences(store) == expected


@pytest.mark.parametrize("kind", ["not a store", "another store"])
def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path: Path, kind: str) -> None:
    """A load over something else than a store is refused, and the file is as it was."""
    other = tmp_path / "autre.duckdb"
    if kind == "not a store":
        other.write_bytes(b"not a store")
    else:
        duckdb.connect(str(other)).close()
    before = other.read_bytes()
    with pytest.raises(LoadRefused):
        load(tmp_path / "bundle", store=other)
    assert before == other.read_bytes()


def test_a_full_disk_leaves_the_store(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure while writing is one sentence, and the store is as it was."""
    before = store.read_bytes()

    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("frise_analysis.store.natinf.shutil.copyfile", full)
    with pytest.raises(StoreUnusable, match="la base est intacte"):
        load_natinf(write_text(tmp_path / "liste.csv"), store=store)
    assert store.read_bytes() == before


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    """A workbook without a filled sheet is not the list."""
    openpyxl.Workbook().save(tmp_path / "liste.xlsx")
    with pytest.raises(UnreadableInput, match="vide"):
        read_natinf_list(tmp_path / "liste.xlsx")


def test_a_refused_list_leaves_the_store(tmp_path: Path, store: Path) -> None:
    """A file that is not the list changes nothing."""
    before = store.read_bytes()
    with pytest.raises(UnreadableInput):
        load_natinf(write_text(tmp_path / "liste.csv", rows=ROWS), store=store)
    assert store.read_bytes() == before


def test_a_list_needs_a_store(tmp_path: Path) -> None:
    """Without a store the command says to load first."""
    with pytest.raises(StoreUnusable, match="Chargez d’abord"):
        load_natinf(write_text(tmp_path / "liste.csv"), store=tmp_path / "absente.duckdb")


def test_command_says_what_changed(tmp_path: Path, store: Path) -> None:
    """The command prints the codes read and the sources of families before and after."""
    path = write_text(tmp_path / "liste.csv")
    found = CliRunner().invoke(cli.main, ["natinf", str(path), "--store", str(store)])
    assert (found.exit_code, found.output.splitlines()[0]) == (0, "124 codes lus, 0 ligne refusée.")
    assert " ".join(found.output.splitlines()[-1].split()) == "non classée 1 0"
