"""Stores of fictional people to measure on, made once and kept under build/bench."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import duckdb

import frise_analysis
from frise_analysis.store.engine import open_store

BUILD = Path(__file__).resolve().parents[1] / "build" / "bench"
#: What decides of the content of a store: a store made by other code is made again.
MAKERS = ("simulation", "records", "nomenclature", "store")
#: Dates set the rows of a person apart, as in an export of a register.
_PLAIN = """
attach '{store}' as kept (read_only);
create table offences as
select offence_id, person_id, conviction_id, offence_start_date, offence_end_date, date_precision, natinf_code, label, nature,
  contravention_class, family, max_sentence_years, attempt, intimate_partner
from kept.offences order by offence_start_date, offence_id
"""


def sample_store(persons: int) -> Path:
    """A store of that many fictional people, made by ``frise samples`` and ``frise load`` if it is not there yet."""
    path = BUILD / f"people-{persons}-{_version()}.duckdb"
    if not path.is_file():
        BUILD.mkdir(parents=True, exist_ok=True)
        for old in BUILD.glob(f"*people-{persons}-*.duckdb"):
            old.unlink()
        _make(path, persons)
    return path


def plain_copy(store: Path) -> Path:
    """The offences of a store as a plain table of DuckDB, in order of date, without the project's layout."""
    path = store.with_name(f"plain-{store.name}")
    if not path.is_file():
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with duckdb.connect(str(draft)) as connection:
            connection.execute(_PLAIN.format(store=store))
        draft.rename(path)
    return path


def some_people(persons: int, number: int) -> list[int]:
    """Keys of people drawn at random, the same in every run."""
    return random.Random(persons).sample(range(1, persons + 1), min(number, persons))


def first_person(store: Path) -> int:
    """The person on whom a fictional store opens."""
    with open_store(store) as opened:
        return int(str(opened.rows("person_first_look")[0]["person_key"]))


def _make(path: Path, persons: int) -> None:
    frise = str(Path(sys.executable).with_name("frise"))
    bundle = BUILD / f"bundle-{persons}"
    truth = BUILD / f"truth-{persons}"
    print(f"making a store of {persons:,} people in {BUILD}", file=sys.stderr)
    try:
        for words in (
            ["samples", bundle, "--persons", persons, "--truth", truth],
            ["load", bundle, "--store", path],
        ):
            subprocess.run([frise, *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    finally:
        shutil.rmtree(bundle, ignore_errors=True)
        shutil.rmtree(truth, ignore_errors=True)


@cache
def _version() -> str:
    package = Path(frise_analysis.__file__).parent
    files = sorted(x for part in MAKERS for x in (package / part).rglob("*") if x.suffix in {".py", ".sql", ".csv"})
    return hashlib.sha256(b"".join(x.read_bytes() for x in files)).hexdigest()[:10]
