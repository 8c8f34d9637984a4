"""Find the files of a bundle and the header of each. Nothing is loaded here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from frise_analysis.records.contract import Table
from frise_analysis.records.encodings import examine, rewrite
from frise_analysis.records.headers import find_table, recognise
from frise_analysis.records.problems import UnreadableInput

TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
PARQUET_SUFFIXES = frozenset({".parquet", ".pq"})
WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
DELIMITERS = (";", ",", "\t", "|")
_HEAD = 1 << 18


@dataclass(frozen=True)
class RawFile:
    """A file that the engine can read as text cells. ``shown`` is its name in problems; no ``delimiter``: Parquet."""

    path: Path
    shown: str
    header: tuple[str, ...]
    delimiter: str | None = None
    first_rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Inventory:
    """Files of a folder: one per table, and the names of those left aside."""

    files: dict[str, Path] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def list_folder(folder: Path) -> Inventory:
    """Which file of a folder holds which table; two files for one table are refused."""
    files: dict[str, Path] = {}
    ignored: list[str] = []
    for path in sorted(folder.iterdir()):
        table = _table_of(path)
        if table is None:
            ignored += [] if _is_expected(path.name) else [path.name]
        elif table.name in files:
            raise UnreadableInput(
                f"Deux fichiers donnent la table {table.name} : {files[table.name].name} et {path.name}.",
                remedy="Gardez-en un seul dans le dossier.",
            )
        else:
            files[table.name] = path
    return Inventory(files, tuple(ignored))


def _is_expected(name: str) -> bool:
    """What may stand beside the tables: the bundle's own file, a note to who reads it, files that systems hide."""
    return (
        name == "bundle.toml"
        or name.startswith(".")
        or name.upper().startswith("README")
        or name.lower().endswith(".md")
    )


def _table_of(path: Path) -> Table | None:
    if not path.is_file() or path.suffix.lower() not in TEXT_SUFFIXES | PARQUET_SUFFIXES:
        return None
    return find_table(path.stem)


def open_text(path: Path, *, scratch: Path, table: Table | None = None, shown: str | None = None) -> RawFile:
    """Encoding, delimiter and header of a text file; a copy is made in ``scratch`` where the engine could not read it."""
    facts = examine(path)
    head = _head(path, facts.encoding)
    delimiter = choose_delimiter(head, table)
    rows = _rows(head, delimiter)
    header = tuple(rows[0]) if rows else ()
    if not facts.readable_as_it_is:
        copy = scratch / f"{len(list(scratch.iterdir()))}-{path.stem[:40]}.csv"
        rewrite(path, copy, facts=facts, filler=delimiter * max(0, len(header) - 1))
        path, shown = copy, shown or path.name
    return RawFile(path, shown or path.name, header, delimiter, tuple(tuple(r) for r in rows[1:]))


def _head(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return file.read(_HEAD)


def choose_delimiter(head: str, table: Table | None) -> str:
    """The delimiter under which most columns of the first line are known; without a table, the most columns."""

    def score(delimiter: str) -> tuple[int, int]:
        rows = _rows(head, delimiter)
        cells = rows[0] if rows else []
        return (len(recognise(table, cells).found) if table else 0), len(cells)

    return max(DELIMITERS, key=score)


def _rows(head: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(head.replace("\0", ""), newline=""), delimiter=delimiter)
    try:
        return list(islice(reader, 12))
    except csv.Error:
        return []


def header_below(table: Table, rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of the next lines is the header that the first is not: a title stands above it."""
    return any(not recognise(table, row).missing for row in rows)


def header_place(table: Table, rows: Sequence[Sequence[str]]) -> int:
    """How many lines a title and what follows it take before the first row, below the first line; 0 where there is no title."""
    return next((i + 1 for i, row in enumerate(rows) if not recognise(table, row).missing), 0)


def damaged(name: str) -> UnreadableInput:
    """The error of a file that was cut short on its way, or is not what its name says."""
    return UnreadableInput(
        f"Le fichier {name} est abîmé ou incomplet : il ne peut pas être lu.",
        remedy="Copiez-le ou exportez-le de nouveau depuis le logiciel d’origine.",
    )


def require_inside(folder: Path, paths: Iterable[Path]) -> None:
    """``UnreadableInput`` where one of the files is a link, or a way, that leads out of the folder."""
    for path in paths:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UnreadableInput(
                f"Le fichier {path.name} mène hors du dossier donné ; il n’est pas lu.",
                remedy="Copiez le fichier lui-même dans le dossier.",
            )
