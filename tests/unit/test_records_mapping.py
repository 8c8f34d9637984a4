"""Foreign sources read through a mapping, and mappings that cannot be followed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from frise_analysis.records.problems import UnreadableInput
from frise_analysis.store.loading import Options, check, load

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "data" / "mappings" / "export_francais.toml"
SHARED = ROOT.parent / "shared" / "data"

MAPPING = """
empty_tables = ["convictions"]
[bundle]
extraction_date = 2024-01-31
[sources.s]
file = "{file}"
{part}
[[tables.persons]]
from = "s"
distinct = true
[tables.persons.columns]
person_id = "Dossier"
[[tables.offences]]
from = "s"
[tables.offences.columns]
offence_id = {{ concat = ["Dossier", "#row"] }}
person_id = "dossier"
label = {label}
offence_start_date = {{ column = "Quand", shift_days = 1 }}
"""


def mapping(folder: Path, *, file: str = "s.csv", part: str = "", label: str = '"Quoi"') -> Options:
    path = folder / "m.toml"
    path.write_text(MAPPING.format(file=file, part=part, label=label), encoding="utf-8")
    return Options(mapping=path)


def rows(store: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(duckdb.connect(str(store), read_only=True)) as connection:
        return connection.execute(sql).fetchall()


def test_french_example_loads_whole(tmp_path):
    """The documented example is read to its last line: codes, months, dates shifted, two blocks for one table."""
    report = load(EXAMPLE.with_suffix(""), store=tmp_path / "s.duckdb", options=Options(mapping=EXAMPLE))
    assert {t.table: (t.read, t.loaded) for t in report.tables if t.read} == {
        "persons": (3, 3), "convictions": (3, 3), "offences": (5, 5), "sentences": (3, 3), "measures": (4, 4),
    }  # fmt: skip
    assert report.problems == ()
    measures = "select measure_id, measure_code, phase, end_date::varchar from measures order by 1 limit 2"
    assert rows(tmp_path / "s.duckdb", measures) == [
        ("D001-2", "SP", None, None),
        ("D001-3", "CJ", "pre", "2022-01-11"),
    ]
    sentences = "select sentence_code, firm_days from sentences order by sentence_id"
    assert rows(tmp_path / "s.duckdb", sentences) == [
        ("sursis_probatoire", None),
        ("tig", None),
        ("emprisonnement", 46),
    ]


def write_source(folder: Path, kind: str) -> str:
    table = "select 'D1' as \"Dossier\", '31/12/2019' as \"Quand\", 'VOL' as \"Quoi\""
    name = f"s.{kind}"
    if kind == "sqlite":
        with closing(sqlite3.connect(folder / name)) as connection:
            connection.execute(f"create table t as {table}")
            connection.commit()
    elif kind == "duckdb":
        with closing(duckdb.connect(str(folder / name))) as connection:
            connection.execute(f"create table t as {table}")
    else:
        duckdb.sql(f"copy ({table}) to '{folder / name}'")
    return name


@pytest.mark.parametrize("kind", ["csv", "parquet", "sqlite", "duckdb"])
def test_any_kind_of_source(tmp_path, kind):
    """The same rows come out of a text file, a Parquet file, and two kinds of databases."""
    file = write_source(tmp_path, kind)
    part = 'table = "t"' if kind in {"sqlite", "duckdb"} else ""
    load(tmp_path, store=tmp_path / "o.duckdb", options=mapping(tmp_path, file=file, part=part))
    offences = "select offence_id, label, offence_start_date::varchar from offences"
    assert rows(tmp_path / "o.duckdb", offences) == [("D1-2", "VOL", "2020-01-01")]


LABELS = [
    ('{ column = "Quoi", values = { VOL = "vol simple" } }', "vol simple"),
    ('{ column = "Quoi", prefixes = { V = "court", VO = "long" } }', "long"),
    ('{ column = "Quoi", values = { X = "y" }, default = "autre" }', "autre"),
    ('{ constant = "it\'s; drop table x --" }', "it's; drop table x --"),
    ('{ column = "Quoi", contains = { o = "premier", VO = "second" } }', "premier"),
    ('{ column = "Quoi", contains = { o = "dedans" }, prefixes = { VO = "debut" } }', "debut"),
    ('{ column = "Quoi", contains = { x = "dedans" } }', "VOL"),
    ('{ column = "Quoi", contains = { x = "dedans" }, default = "autre" }', "autre"),
    ('{ coalesce = ["Vide", "Quoi"] }', "VOL"),
    ('{ concat = ["Quoi", { constant = "n°" }, "#row"], separator = " " }', "VOL n° 2"),
]


@pytest.mark.parametrize(("label", "expected"), LABELS)
def test_ways_of_making_a_column(tmp_path, label, expected):
    """Each way of making a column gives what the guide says; a constant is never read as SQL."""
    (tmp_path / "s.csv").write_text("Dossier;Quand;Quoi;Vide\nD1;2019-12-31;VOL;\n", encoding="utf-8")
    load(tmp_path, store=tmp_path / "o.duckdb", options=mapping(tmp_path, label=label))
    assert rows(tmp_path / "o.duckdb", "select label from offences") == [(expected,)]


def test_problem_tells_the_line_of_the_source(tmp_path):
    """A fault is shown at its file and line in the source, whatever the blocks made of it."""
    (tmp_path / "s.csv").write_text("Dossier;Quand;Quoi\nD1;2019-12-31;VOL\n\nD1;hier;VOL\nD1\n", encoding="utf-8")
    groups = check(tmp_path, options=mapping(tmp_path)).problems
    assert {(g.rule, g.file, g.lines) for g in groups} == {
        ("unreadable_date", "s.csv", (4,)),
        ("wrong_field_count", "s.csv", (5,)),
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('from = "s"', 'from = "source"', "source inconnue"),
        ("[[tables.offences]]", "[[tables.offenses]]", "Vouliez-vous dire « offences »"),
        ('"Quoi"', '"Quoy"', "Vouliez-vous dire « Quoi »"),
        ("label =", "libel =", "Vouliez-vous dire « label »"),
        ("label =", "attempt =", "non décrites : label"),
        ('file = "s.csv"', 'file = "t.csv"', "n’existe pas"),
        ('empty_tables = ["convictions"]', "", "obligatoires absentes : convictions"),
        ("shift_days = 1", 'shift_days = "x"', "nombre entier"),
        ("shift_days = 1", "decalage = 1", "mot inconnu"),
        ("distinct", "distinct = [", "TOML"),
    ],
)
def test_mapping_that_cannot_be_followed_says_why(tmp_path, old, new, message):
    """What is wrong in a mapping is a sentence, with the nearest name where one is unknown."""
    (tmp_path / "s.csv").write_text("Dossier;Quand;Quoi\nD1;2019-12-31;VOL\n", encoding="utf-8")
    options = mapping(tmp_path)
    assert options.mapping is not None
    options.mapping.write_text(options.mapping.read_text().replace(old, new))
    with pytest.raises(UnreadableInput, match=message):
        check(tmp_path, options=options)


def test_broward_loads_through_its_mapping(tmp_path):
    """11,757 real people come in through a mapping alone, with no row rejected."""
    if not (SHARED / "broward_events.csv").exists():
        assert os.environ.get("CI") != "true", "the Broward files must be there"
        pytest.skip("the Broward files are not on this machine")
    report = load(SHARED, store=tmp_path / "b.duckdb", options=Options(mapping=ROOT / "data/mappings/broward.toml"))
    counts = {t.table: (t.read, t.loaded) for t in report.tables if t.read}
    assert counts == {"persons": (11_757,) * 2, "offences": (12_860,) * 2, "custody_periods": (20_015,) * 2}
    assert {g.rule for g in report.problems} == {"custody_overlap"}
    families = "select resolved_family = 'autre_non_classe', count(*) from offences group by 1 order by 1"
    assert rows(tmp_path / "b.duckdb", families) == [(False, 12_220), (True, 640)]
