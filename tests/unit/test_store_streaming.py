"""A large table goes another way than a small one, and ends in the same store: every way is taken here by small files."""

from __future__ import annotations

import random
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from bundle_files import Rows, sound, write_bundle

from frise_analysis.records.contract import TABLES
from frise_analysis.store import staging
from frise_analysis.store.loading import Options, check, load
from frise_analysis.store.reporting import LoadReport
from frise_analysis.store.staging import Sizes

#: Everything is large; the order of the file is believed, then judged on the table.
LARGE = Sizes(streamed=0)
#: Everything is large and no table is close enough to the order of the persons.
NEVER_NEAR = Sizes(streamed=0, sample=1, spread=0)
SMALL = Sizes(streamed=1 << 40)
COMPARED = (*(t.name for t in TABLES), "problems", "load_report")
MANY = 300


def sound_rows() -> dict[str, Rows]:
    """A bundle of some hundreds of sound rows, in the order of the persons."""
    people = [f"P{i:03}" for i in range(MANY // 3)]
    mine = [people[i // 3] for i in range(MANY)]
    keys = [f"{i:03}" for i in range(MANY)]
    return {
        "persons": [sound("persons", person_id=p) for p in people],
        "convictions": [
            sound("convictions", conviction_id=f"C{k}", person_id=p) for k, p in zip(keys, mine, strict=True)
        ],
        "offences": [
            sound("offences", offence_id=f"I{k}", person_id=p, conviction_id=f"C{k}", label=f"VOL {i % 7}")
            for i, (k, p) in enumerate(zip(keys, mine, strict=True))
        ],
        "sentences": [sound("sentences", sentence_id=f"S{k}", conviction_id=f"C{k}") for k in keys],
        "measures": [
            sound("measures", measure_id=f"M{k}", person_id=p, conviction_id=f"C{k}")
            for k, p in zip(keys, mine, strict=True)
        ],
        "obligations": [
            sound("obligations", measure_id=f"M{k}", obligation_code=c) for k in keys for c in ("soins", "travail")
        ],
        "breaches": [
            sound("breaches", breach_id=f"B{k}", person_id=p, measure_id=f"M{k}")
            for k, p in zip(keys, mine, strict=True)
        ],
        "custody_periods": [sound("custody_periods", person_id="P007")],
        "life_events": [sound("life_events", event_id=f"V{k}", person_id=p) for k, p in zip(keys, mine, strict=True)],
    }


def shuffled(rows: dict[str, Rows]) -> dict[str, Rows]:
    """The same rows in no order."""
    return {name: random.Random(7).sample(table, len(table)) for name, table in rows.items()}


def faulty(rows: dict[str, Rows]) -> dict[str, Rows]:
    """Errors and warnings of many kinds, one on the other, in every table."""
    for i, offence in enumerate(rows["offences"]):
        if i % 11 == 0:
            offence["offence_start_date"] = "31/02/2015"
        if i % 13 == 0:
            offence["nature"] = "chose"
        if i % 17 == 0:
            offence["conviction_id"] = "C999"
    rows["persons"][5]["birth_date"] = "2090-01-01"
    rows["convictions"][30]["decision_date"] = ""
    rows["convictions"][31]["decision_date"] = "12/01/19"
    rows["measures"][40]["person_id"] = "P000"
    rows["sentences"][50]["hours"] = "5000"
    rows["obligations"][60]["measure_id"] = "M040"
    rows["life_events"][70]["event_id"] = ""
    rows["life_events"][71]["event_id"] = ""
    return rows


def repeated(rows: dict[str, Rows]) -> dict[str, Rows]:
    """Rows given twice far from each other, and keys given to different rows."""
    for name in ("offences", "obligations", "life_events", "measures", "convictions"):
        table = rows[name]
        table += [dict(table[3]), dict(table[3]), dict(table[200])]
    rows["offences"][250] = dict(rows["offences"][250], offence_id="I007")
    rows["measures"].append(dict(rows["measures"][9], setting="ouvert"))
    return rows


BUNDLES = {
    "in order": sound_rows,
    "shuffled": lambda: shuffled(sound_rows()),
    "in order, faulty": lambda: faulty(sound_rows()),
    "shuffled, faulty": lambda: shuffled(faulty(sound_rows())),
    "in order, repeated": lambda: repeated(sound_rows()),
    "shuffled, repeated and faulty": lambda: shuffled(faulty(repeated(sound_rows()))),
}


def loaded(bundle: Path, store: Path, sizes: Sizes) -> LoadReport:
    return load(bundle, store=store, options=Options(sizes=sizes))


def difference(one: Path, other: Path) -> dict[str, int]:
    """Number of rows that one store has and the other has not, both ways, by table."""
    with closing(duckdb.connect()) as connection:
        connection.execute(f"attach '{one}' as one (read_only); attach '{other}' as other (read_only)")
        return {
            t: len(connection.execute(f"from one.{t} except all from other.{t}").fetchall())
            + len(connection.execute(f"from other.{t} except all from one.{t}").fetchall())
            for t in COMPARED
        }


@pytest.mark.parametrize("sizes", [LARGE, NEVER_NEAR], ids=["large", "never near"])
@pytest.mark.parametrize("name", BUNDLES)
def test_every_way_leads_to_the_same_store(tmp_path, name, sizes):
    """The size of a file changes the way it is loaded, never a row, a problem, a line number or a count."""
    bundle = write_bundle(tmp_path / "b", BUNDLES[name]())
    expected = loaded(bundle, tmp_path / "small.duckdb", SMALL)
    assert expected == loaded(bundle, tmp_path / "large.duckdb", sizes)
    assert difference(tmp_path / "small.duckdb", tmp_path / "large.duckdb") == dict.fromkeys(COMPARED, 0)


def test_lines_that_cannot_be_read_count(tmp_path):
    """Refused and blank lines stand between the rows: the line of a problem stays that of the file."""
    bundle = write_bundle(tmp_path / "b", faulty(sound_rows()))
    lines = (bundle / "offences.csv").read_text(encoding="utf-8").splitlines()
    lines[20:20] = ["a;b", "", ";" * lines[0].count(";")]
    lines[120:120] = ["x"]
    (bundle / "offences.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    small = loaded(bundle, tmp_path / "small.duckdb", SMALL)
    assert small == loaded(bundle, tmp_path / "large.duckdb", LARGE)
    assert difference(tmp_path / "small.duckdb", tmp_path / "large.duckdb") == dict.fromkeys(COMPARED, 0)


def test_check_says_what_load_says(tmp_path):
    """A check of a large bundle gives the report of its load."""
    bundle = write_bundle(tmp_path / "b", shuffled(faulty(sound_rows())))
    assert check(bundle, options=Options(sizes=LARGE)) == check(bundle, options=Options(sizes=SMALL))


def test_parquet_is_streamed_too(tmp_path):
    """A large Parquet file goes the same way."""
    bundle = write_bundle(tmp_path / "b", faulty(repeated(sound_rows())))
    source = bundle / "offences.csv"
    duckdb.sql(f"copy (from read_csv('{source}', all_varchar=true)) to '{source.with_suffix('.parquet')}'")
    source.unlink()
    assert loaded(bundle, tmp_path / "small.duckdb", SMALL) == loaded(bundle, tmp_path / "large.duckdb", LARGE)
    assert difference(tmp_path / "small.duckdb", tmp_path / "large.duckdb") == dict.fromkeys(COMPARED, 0)


@pytest.mark.parametrize(
    ("rows", "sizes"),
    [(sound_rows(), LARGE), (shuffled(sound_rows()), LARGE), (sound_rows(), NEVER_NEAR)],
    ids=["in order", "shuffled", "never near"],
)
def test_rows_of_a_person_stand_together(tmp_path, rows, sizes):
    """Whatever the order of the file, tables follow the persons, and no helper column stays."""
    loaded(write_bundle(tmp_path / "b", rows), tmp_path / "s.duckdb", sizes)
    with closing(duckdb.connect(str(tmp_path / "s.duckdb"), read_only=True)) as connection:
        keys = [k for (k,) in connection.execute("select person_key from offences").fetchall()]
        names = [c[0] for c in connection.execute("describe life_events").fetchall()]
        tables = {t for (t,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    assert keys == sorted(keys)
    assert names == ["person_key", *(c.name for c in TABLES[-1].columns)]
    derived = {"custody_stays", "service_measures", "service_obligations", "service_breaches", "observed_people"}
    assert tables == {*COMPARED, "meta", "natinf", *derived}


def test_small_files_are_not_streamed(tmp_path, monkeypatch):
    """A service's own files are read once: the other way is for what memory does not hold."""
    monkeypatch.setattr(staging, "Stream", None)
    assert load(write_bundle(tmp_path / "b", sound_rows()), store=tmp_path / "s.duckdb").rejected == 0
