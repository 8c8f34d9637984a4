"""What tests share: the sample store, and small stores written in the test and loaded by the real loader."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from frise_analysis.analysis.person_path import PersonPath
    from frise_analysis.store.engine import Store

# A busy machine is no failure.
settings.register_profile("frise", deadline=None)
settings.load_profile("frise")

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
Rows = list[dict[str, Any]]
Bundle = Mapping[str, Rows]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: the browser's driver keeps an event loop running, beside which no other can."""
    items.sort(key=lambda item: "e2e" in item.path.parts)


@dataclass(frozen=True)
class People:
    """A store and the paths of its people, by their pseudonym."""

    store: Store

    def key(self, person_id: str) -> int:
        return int(str(self.store.rows("person_key", person_id=person_id)[0]["person_key"]))

    def path(self, person_id: str, **options: Any) -> PersonPath:
        from frise_analysis.analysis.person_path import read_path

        return read_path(self.store, person_key=self.key(person_id), **options)

    def ids(self) -> list[str]:
        found = self.store._connection.execute("select person_id from persons order by person_key").fetchall()
        return [person_id for (person_id,) in found]


def read_tables(text: str) -> dict[str, Rows]:
    """Tables written in a test: a name, a line of columns, a line per row, cells between bars, a blank line between tables."""
    tables: dict[str, Rows] = {}
    for block in text.strip().split("\n\n"):
        name, head, *lines = (line.strip() for line in block.strip().splitlines())
        columns = [cell.strip() for cell in head.split("|")]
        cells = [[cell.strip() for cell in line.split("|")] for line in lines]
        tables[name] = [dict(zip(columns, row, strict=True)) for row in cells]
    return tables


def completed(tables: Bundle) -> dict[str, Rows]:
    """The same with what a test need not say: the people named in any table, identifiers, a label, a plain regime."""
    named = [row["person_id"] for rows in tables.values() for row in rows if "person_id" in row]
    known = {row["person_id"] for row in tables.get("persons", [])}
    further = [{"person_id": x} for x in sorted(set(named) - known)]
    whole = {**tables, "persons": [*tables.get("persons", []), *further]}
    for name in ("convictions", "offences"):
        whole.setdefault(name, [])
    return {name: [_complete(name, i, row) for i, row in enumerate(rows, 1)] for name, rows in whole.items()}


_SILENT = {
    "convictions": ("conviction_id", {}),
    "offences": ("offence_id", {"label": "VOL"}),
    "sentences": ("sentence_id", {}),
    "custody_periods": ("custody_id", {"regime": "detention"}),
    "measures": ("measure_id", {"measure_code": "SP"}),
    "breaches": ("breach_id", {"kind": "absence_convocation"}),
    "life_events": ("event_id", {"domain": "work"}),
}


def _complete(name: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    key, values = _SILENT.get(name, ("", {}))
    identifier = {key: f"{name[:1].upper()}{number}"} if key else {}
    return {**identifier, **values, **row}


def write_bundle(folder: Path, tables: Bundle, *, extraction: str, fictional: bool) -> None:
    from frise_analysis.records.contract import table

    said = f"extraction_date = {extraction}\nfictional = {str(fictional).lower()}\n"
    (folder / "bundle.toml").write_text(said, encoding="utf-8")
    for name, rows in completed(tables).items():
        columns = [c.name for c in table(name).columns]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, delimiter=";", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., People]]:
    """Tables (text, or rows by table) -> the people of a store made of them by the real loader, once for the session."""
    from frise_analysis.store.engine import open_store
    from frise_analysis.store.loading import load

    opened = []

    def build(tables: str | Bundle, extraction: str = "2024-01-31", *, fictional: bool = True) -> People:
        folder = tmp_path_factory.mktemp("people")
        found = read_tables(tables) if isinstance(tables, str) else tables
        write_bundle(folder, found, extraction=extraction, fictional=fictional)
        report = load(folder, store=folder.parent / f"{folder.name}.duckdb")
        assert [] == [t.table for t in report.tables if t.rejected], "a row of the test was rejected"
        opened.append(open_store(folder.parent / f"{folder.name}.duckdb"))
        return People(opened[-1])

    cached = cache(build)
    yield lambda tables, *given, **named: (cached if isinstance(tables, str) else build)(tables, *given, **named)
    for store in opened:
        store.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of ``data/samples``, as ``frise load`` writes it."""
    from frise_analysis.store.loading import load

    file = tmp_path_factory.mktemp("samples") / "frise.duckdb"
    load(SAMPLES, store=file)
    return file


@pytest.fixture(scope="session")
def sample_store(sample_file: Path) -> Iterator[Store]:
    from frise_analysis.store.engine import open_store

    with open_store(sample_file) as store:
        yield store


@pytest.fixture(scope="session")
def samples(sample_store: Store) -> People:
    """The people of the sample store."""
    return People(sample_store)


@pytest.fixture(scope="session")
def all_paths(samples: People) -> dict[str, PersonPath]:
    """Every path of the sample store, void convictions included, read once."""
    return {person_id: samples.path(person_id, with_void=True) for person_id in samples.ids()}


@pytest.fixture(scope="session")
def some_paths(all_paths: dict[str, PersonPath]) -> list[PersonPath]:
    """The people whom the samples describe one by one (``data/samples/README.md``), and one in twelve of the others."""
    named = ("P-0012", "P-0058", "P-0120", "P-0199", "P-0271", "P-0333", "P-0404")
    return [all_paths[x] for x in named] + [path for i, path in enumerate(all_paths.values()) if i % 12 == 0]
