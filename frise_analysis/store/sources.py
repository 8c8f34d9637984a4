"""Where the rows of each table come from: a folder of files, a workbook, or sources described by a mapping."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import duckdb

from frise_analysis.records.bundle import FILE_NAME, BundleInfo, bundle_info, read_bundle_info
from frise_analysis.records.contract import TABLES, Column, Table
from frise_analysis.records.contract import table as table_named
from frise_analysis.records.headers import Recognition, find_table, nearest, plain, recognise
from frise_analysis.records.inventory import (
    PARQUET_SUFFIXES,
    WORKBOOK_SUFFIXES,
    RawFile,
    damaged,
    header_below,
    header_place,
    list_folder,
    open_text,
    require_inside,
)
from frise_analysis.records.problems import Problem, UnreadableInput
from frise_analysis.records.rules import BY_ID
from frise_analysis.records.workbook import bundle_sheet, open_workbook, write_sheet
from frise_analysis.store.assembly import add_problem
from frise_analysis.store.staging import Sizes, Staged, count_rows, parquet_header, stage_file, stage_nothing


class Source(Protocol):
    """Gives the rows of each table. ``given``: names of the tables it has; ``name!`` for one refused as a whole."""

    info: BundleInfo
    given: frozenset[str]

    def write_notes(self) -> None:
        """Write down what concerns whole files."""

    def stage(self, table: Table) -> Staged:
        """Bring the rows of one table to the staging database."""


@dataclass
class Files:
    """A bundle in the contract's own shape: one file per table."""

    connection: duckdb.DuckDBPyConnection
    info: BundleInfo
    files: dict[str, Path]
    scratch: Path
    shown: dict[str, str]
    ignored: tuple[str, ...] = ()
    sizes: Sizes = field(default_factory=Sizes)
    given: frozenset[str] = field(default=frozenset())

    def write_notes(self) -> None:
        """Name what is in the bundle and was not read."""
        for name in self.ignored:
            _note(self.connection, "file_ignored", about=_About(name))

    def stage(self, table: Table) -> Staged:
        """Bring the rows of one file to the staging database; a file that cannot be read as a whole is refused."""
        if table.name not in self.files:
            return stage_nothing(self.connection, table)
        file = self._open(table)
        if self._refused(table, file):
            self.given |= {f"{table.name}!"}
            rows = count_rows(self.connection, file, above=header_place(table, file.first_rows))
            return replace(stage_nothing(self.connection, table), shown=file.shown, unread_rows=rows)
        recognition = recognise(table, file.header)
        if recognition.unknown:
            self._note_unknown(table, file, recognition.unknown)
        return self._staged(table, file, recognition.found)

    def _staged(self, table: Table, file: RawFile, found: dict[str, int]) -> Staged:
        headers = {name: _shortened(file.header[position]) for name, position in found.items()}
        try:
            staged = stage_file(self.connection, table, file=file, found=found, sizes=self.sizes)
        except (duckdb.InvalidInputException, duckdb.SerializationException):
            if file.delimiter is not None:
                raise
            raise damaged(file.shown) from None
        return replace(staged, headers=headers)

    def _open(self, table: Table) -> RawFile:
        path, shown = self.files[table.name], self.shown.get(table.name)
        if path.suffix.lower() in PARQUET_SUFFIXES:
            return RawFile(path, path.name, parquet_header(self.connection, path))
        return open_text(path, scratch=self.scratch, table=table, shown=shown)

    def _refused(self, table: Table, file: RawFile) -> bool:
        """Write down why a file is refused as a whole; false where it is not."""
        if not any(cell.strip() for cell in file.header) and not file.first_rows:
            _note(self.connection, "file_empty", about=_About(file.shown, table.name))
            return True
        found = recognise(table, file.header)
        if found.missing and header_below(table, file.first_rows):
            _note(self.connection, "title_above_header", about=_About(file.shown, table.name))
            return True
        for name in found.missing:
            about = _About(file.shown, table.name, name)
            _note(self.connection, "column_missing", about=about, sentence=_missing(table.column(name), file, found))
        for name in found.repeated:
            _note(self.connection, "column_repeated", about=_About(file.shown, table.name, name))
        return bool(found.missing or found.repeated)

    def _note_unknown(self, table: Table, file: RawFile, positions: tuple[int, ...]) -> None:
        names = ", ".join(f"« {_shortened(file.header[p])} »" for p in positions[:20])
        sentence = f"Colonnes non reconnues, non chargées : {names}{' …' if len(positions) > 20 else ''}."
        _note(self.connection, "column_unknown", about=_About(file.shown, table.name), sentence=sentence)


def _missing(column: Column, file: RawFile, found: Recognition) -> str:
    """What to write, and what the file has that looks like it: said only of a line known to hold headers, not cells."""
    accepted = ", ".join((*column.aliases, column.name))
    others = [_shortened(file.header[p]) for p in found.unknown] if found.found else []
    looks = next((x for name in (*column.aliases, column.name) for x in [nearest(name, others)] if x), None)
    return (
        f"Une colonne obligatoire manque : « {column.french} ». Le fichier n’est pas chargé. En-têtes acceptés : {accepted}."
        + (f" Le plus proche dans le fichier : « {looks} »." if looks else "")
    )


def _shortened(header: str) -> str:
    """The text of a header is shown only where the other headers are known ones: it is no cell then."""
    return "".join(c for c in header.strip() if c.isprintable())[:40]


@dataclass(frozen=True)
class _About:
    """The file, table and column that a remark is about."""

    file: str
    table: str = ""
    column: str | None = None


def _note(connection: duckdb.DuckDBPyConnection, rule_id: str, *, about: _About, sentence: str = "") -> None:
    rule = BY_ID[rule_id]
    said = sentence or rule.sentence.replace("{column}", _french(about))
    problem = Problem(about.table, about.file, None, about.column, rule_id, rule.severity, said, rule.remedy)
    add_problem(connection, problem)


def _french(about: _About) -> str:
    return f"« {table_named(about.table).column(about.column).french} »" if about.column else ""


def open_files(connection: duckdb.DuckDBPyConnection, bundle: Path, *, scratch: Path) -> Files:
    """The bundle at that place; ``UnreadableInput`` where there is none or a required table is absent."""
    if bundle.is_dir():
        source = _open_folder(connection, bundle, scratch)
    elif bundle.is_file() and bundle.suffix.lower() in WORKBOOK_SUFFIXES:
        source = _open_book(connection, bundle, scratch)
    else:
        raise UnreadableInput(
            f"Il n’y a ni dossier ni classeur à l’endroit indiqué : {bundle}.", remedy="Vérifiez le chemin."
        )
    absent = [t.name for t in TABLES if t.required and t.name not in source.files and t.name not in source.info.empty]
    if absent:
        raise UnreadableInput(
            f"Tables obligatoires absentes : {', '.join(absent)}.",
            remedy="Ajoutez un fichier de ce nom pour chacune ; il peut n’avoir que son en-tête (ou déclarez dans bundle.toml : empty_tables).",
        )
    return source


def _open_folder(connection: duckdb.DuckDBPyConnection, folder: Path, scratch: Path) -> Files:
    found = list_folder(folder)
    require_inside(folder, (folder / FILE_NAME, *found.files.values()))
    books = [p for p in sorted(folder.iterdir()) if p.is_file() and p.suffix.lower() in WORKBOOK_SUFFIXES]
    if not found.files and len(books) == 1:
        require_inside(folder, books)
        return _open_book(connection, books[0], scratch)
    info = read_bundle_info(folder / FILE_NAME)
    return Files(connection, info, found.files, scratch, {}, found.ignored, given=frozenset(found.files))


def _open_book(connection: duckdb.DuckDBPyConnection, path: Path, scratch: Path) -> Files:
    book = open_workbook(path)
    content = bundle_sheet(book)
    info = (
        read_bundle_info(path.with_name(FILE_NAME))
        if content is None
        else bundle_info(content, f"La feuille bundle de {path.name}")
    )
    files: dict[str, Path] = {}
    shown: dict[str, str] = {}
    ignored: list[str] = []
    for sheet in book.sheet_names:
        table = find_table(sheet)
        if table is None:
            ignored += [] if plain(sheet) == "bundle" else [f"{path.name} › {sheet}"]
            continue
        files[table.name], shown[table.name] = scratch / f"{table.name}.csv", f"{path.name} › {sheet}"
        write_sheet(book, sheet, target=files[table.name], table=table)
    return Files(connection, info, files, scratch, shown, tuple(ignored), given=frozenset(files))
