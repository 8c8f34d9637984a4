"""Whether a workbook fits in memory, seen without opening it: a cell left at the far end of a sheet makes it immense."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from frise_analysis.records.problems import UnreadableInput

LARGEST_CONTENT = 1 << 30
LARGEST_AREA = 20_000_000
LAST_COLUMN = 1000
LONGEST_TEXT = 1 << 20
_ZIPPED = frozenset({".xlsx", ".xlsm", ".ods"})
_PIECE = 1 << 20
#: A cell or a row, with its place where it says it: ``<c r="AB12"``, ``<row r="12"``.
_PLACES = re.compile(rb"""<(?:\w+:)?(?:c|row)\s[^<>]*?\br=["']([A-Z]{0,4})(\d{1,10})["']""")


def require_bounded(path: Path) -> None:
    """``UnreadableInput`` where a workbook is damaged, or holds more than a table of records can."""
    if path.suffix.lower() not in _ZIPPED or not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_CONTENT:
                raise _too_large(path, "une fois décompressé, il dépasse un gigaoctet")
            for part in archive.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    _require_bounded_sheet(path, archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise UnreadableInput(
            f"Le classeur {path.name} est abîmé ou incomplet.",
            remedy="Ouvrez-le dans un tableur et enregistrez-le de nouveau au format .xlsx.",
        ) from None


def _require_bounded_sheet(path: Path, archive: zipfile.ZipFile, part: str) -> None:
    columns: set[bytes] = set()
    last_row = 0
    for piece in _pieces(archive, part):
        if len(piece) > 2 * LONGEST_TEXT:
            raise _too_large(path, "une cellule contient plus d’un million de caractères")
        found = _PLACES.findall(piece)
        columns.update(column for column, _ in found)
        last_row = max(last_row, max((int(row) for _, row in found), default=0))
    last_column = max((_number(column) for column in columns), default=0)
    if last_column > LAST_COLUMN:
        raise _too_large(path, f"une feuille a une cellule au-delà de la colonne {LAST_COLUMN}")
    if last_column * last_row > LARGEST_AREA:
        raise _too_large(path, "une feuille s’étend sur plus de vingt millions de cellules")


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The text of a sheet, piece by piece, no tag being cut in two."""
    rest = b""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            whole, mark, rest = (rest + piece).rpartition(b"<")
            yield whole
            rest = mark + rest
            if len(rest) > 2 * LONGEST_TEXT:
                break
    yield rest


def _number(column: bytes) -> int:
    """``A`` is 1, ``Z`` 26, ``AA`` 27; a row alone, which names no column, is 0."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _too_large(path: Path, reason: str) -> UnreadableInput:
    return UnreadableInput(
        f"Le classeur {path.name} est trop grand pour être lu : {reason}.",
        remedy="Supprimez les lignes et les colonnes vides jusqu’au bout de la feuille, ou exportez chaque feuille en CSV.",
    )
