"""Read the Ministry's list of offences (NATINF) as it is published: text or workbook, headers that vary."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from frise_analysis.records.encodings import examine
from frise_analysis.records.headers import plain
from frise_analysis.records.inventory import TEXT_SUFFIXES, WORKBOOK_SUFFIXES, choose_delimiter
from frise_analysis.records.problems import UnreadableInput
from frise_analysis.records.workbook import open_workbook
from frise_analysis.vocabulary import OffenceNature

#: Words by which each column is known, whatever stands around them; the first four are needed.
_HEADERS = {
    "natinf_code": ("natinf", "numero", "code"),
    "nature": ("nature",),
    "label": ("qualification", "libelle"),
    "defined_by": ("definie", "definition", "definissant"),
    "punished_by": ("reprimee", "repression", "reprimant"),
}
_NEEDED = ("natinf_code", "nature", "label", "defined_by")
#: Lines above the header that a published file may have: a title, a date.
_TITLE_LINES = 10
#: Fewer readable lines than that is not the list.
_FEWEST = 100
_NATURES = {"crime": OffenceNature.CRIME, "delit": OffenceNature.DELIT, "contravention": OffenceNature.CONTRAVENTION}
_REMEDY = (
    "Téléchargez la liste des infractions en vigueur (NATINF) sur le site du ministère de la Justice et donnez ce fichier tel quel, "
    "en CSV ou en XLSX."
)


@dataclass(frozen=True)
class ListedOffence:
    """One line of the list. ``articles`` are those that define the offence."""

    natinf_code: str
    label: str
    nature: str
    contravention_class: int | None
    articles: str


@dataclass(frozen=True)
class NatinfList:
    """The lines read, and how many could not be: no number, no label, an unknown nature, or a number seen before."""

    offences: tuple[ListedOffence, ...]
    refused: int


def read_natinf_list(path: Path) -> NatinfList:
    """Read the list; ``UnreadableInput`` where the file is not it."""
    rows = _rows(path)
    places = _find_header(rows, path.name)
    found: dict[str, ListedOffence] = {}
    refused = 0
    for row in rows:
        offence = _offence(row, places)
        if offence is None or offence.natinf_code in found:
            refused += any(cell.strip() for cell in row)
        else:
            found[offence.natinf_code] = offence
    if len(found) < _FEWEST:
        raise UnreadableInput(f"{path.name} n’a que {len(found)} lignes d’infraction lisibles.", remedy=_REMEDY)
    return NatinfList(tuple(found.values()), refused)


def _rows(path: Path) -> Iterator[Sequence[str]]:
    if not path.is_file():
        raise UnreadableInput(f"Le fichier {path} n’existe pas.", remedy="Vérifiez son nom et son dossier.")
    suffix = path.suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        return _workbook_rows(path)
    if suffix in TEXT_SUFFIXES:
        return _text_rows(path)
    raise UnreadableInput(f"{path.name} n’est ni un CSV ni un classeur.", remedy=_REMEDY)


def _workbook_rows(path: Path) -> Iterator[Sequence[str]]:
    book = open_workbook(path)
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        if rows:
            return iter([[_cell(x) for x in row] for row in rows])
    raise UnreadableInput(f"Le classeur {path.name} est vide.", remedy=_REMEDY)


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _text_rows(path: Path) -> Iterator[Sequence[str]]:
    # The whole list weighs a few megabytes.
    text = path.read_text(encoding=examine(path).encoding, errors="replace").replace("\0", "")
    return _parsed(text.splitlines(keepends=True), choose_delimiter(_header_line(text), None), path.name)


def _parsed(lines: Iterable[str], delimiter: str, name: str) -> Iterator[Sequence[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        raise UnreadableInput(f"{name} n’est pas un CSV lisible.", remedy=_REMEDY) from None


def _header_line(text: str) -> str:
    """The line that names the columns: a title above it has no delimiter to tell."""
    lines = text.splitlines()[:_TITLE_LINES]
    return next((x for x in lines if "nature" in plain(x) and "qualification" in plain(x)), lines[0] if lines else "")


def _find_header(rows: Iterator[Sequence[str]], name: str) -> Mapping[str, int]:
    for _, row in zip(range(_TITLE_LINES), rows, strict=False):
        places = _places(row)
        if all(column in places for column in _NEEDED):
            return places
    raise UnreadableInput(
        f"{name} n’a pas les colonnes attendues : numéro NATINF, nature, qualification, définie par, réprimée par.",
        remedy=_REMEDY,
    )


def _places(header: Sequence[str]) -> dict[str, int]:
    """Position of each column; a header is that of the first column whose words it holds and that has no other."""
    places: dict[str, int] = {}
    for column, words in _HEADERS.items():
        candidates = (i for word in words for i, cell in enumerate(header) if word in plain(cell).split())
        position = next((i for i in candidates if i not in places.values()), None)
        if position is not None:
            places[column] = position
    return places


def _offence(row: Sequence[str], places: Mapping[str, int]) -> ListedOffence | None:
    cells = {column: " ".join(row[i].split()) if i < len(row) else "" for column, i in places.items()}
    number = re.fullmatch(r"0*([1-9][0-9]{0,5})(?:[.,]0+)?", cells["natinf_code"])
    nature = _nature(cells["nature"])
    if number is None or nature is None or not cells["label"]:
        return None
    return ListedOffence(number.group(1), cells["label"], nature, _class_of(cells["nature"]), cells["defined_by"])


def _nature(text: str) -> str | None:
    first = plain(text).partition(" ")[0]
    return _NATURES.get(first)


def _class_of(text: str) -> int | None:
    found = re.search(r"[1-5]", text) if plain(text).startswith("contravention") else None
    return int(found.group()) if found else None
