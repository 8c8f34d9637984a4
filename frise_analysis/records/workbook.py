"""Read a workbook: each sheet becomes a text file, so that one path reads everything."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from frise_analysis.records.contract import Kind, Table
from frise_analysis.records.headers import find_column, plain
from frise_analysis.records.problems import UnreadableInput
from frise_analysis.records.workbook_size import require_bounded

#: Day 0 of the dates of a workbook, as Excel counts them after February 1900.
_DAY_ZERO = date(1899, 12, 30)
_LAST_SERIAL = 80_000
#: What may stand above the names of the sheet ``bundle``.
_TITLES = frozenset({"nom", "name", "cle"})
_WORDS = {"oui": True, "vrai": True, "true": True, "1": True, "non": False, "faux": False, "false": False, "0": False}


def open_workbook(path: Path) -> CalamineWorkbook:
    """Open a workbook; ``UnreadableInput`` where it is not one, or would not fit in memory."""
    require_bounded(path)
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError):
        raise UnreadableInput(
            f"Le classeur {path.name} ne peut pas être lu : il est abîmé, incomplet ou protégé.",
            remedy="Ouvrez-le dans un tableur et enregistrez-le sans mot de passe au format .xlsx.",
        ) from None


def _sheet_rows(book: CalamineWorkbook, sheet: str, *, whole: bool) -> list[list[Any]]:
    try:
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=not whole)
    except CalamineError:
        raise UnreadableInput(
            "Une feuille du classeur ne peut pas être lue : il est abîmé ou incomplet.",
            remedy="Ouvrez-le dans un tableur et enregistrez-le de nouveau au format .xlsx.",
        ) from None


def bundle_sheet(book: CalamineWorkbook) -> dict[str, object] | None:
    """Names and values of the sheet ``bundle``, or nothing where there is none."""
    name = next((n for n in book.sheet_names if plain(n) == "bundle"), None)
    if name is None:
        return None
    pairs = [row for row in _sheet_rows(book, name, whole=False) if len(row) >= 2]
    named = ((str(row[0]).strip(), row[1]) for row in pairs)
    return {key: _plain_value(key, x) for key, x in named if key and plain(key) not in _TITLES and x != ""}


def _plain_value(key: str, value: object) -> object:
    if key == "fictional" and plain(str(value)) in _WORDS:
        return _WORDS[plain(str(value))]
    return str(value) if key in {"source", "service"} else value


def write_sheet(book: CalamineWorkbook, sheet: str, *, target: Path, table: Table | None = None) -> None:
    """Write one sheet as UTF-8 text, one line per line of the sheet; serial numbers of date columns become dates."""
    rows = _sheet_rows(book, sheet, whole=True)
    dates = _date_positions(rows[0], table) if rows and table else frozenset()
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerows([_cell(value, is_date=i in dates) for i, value in enumerate(row)] for row in rows)


def _date_positions(header: Iterable[object], table: Table) -> frozenset[int]:
    columns = (find_column(table, str(cell)) for cell in header)
    return frozenset(i for i, c in enumerate(columns) if c is not None and c.kind is Kind.DATE)


def _cell(value: object, *, is_date: bool) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_date and isinstance(value, int | float) and 1 <= value <= _LAST_SERIAL:
        return (_DAY_ZERO + timedelta(days=int(value))).isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
