"""A table as text: CSV that a French spreadsheet opens, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

import pandas as pd

#: A cell that begins so is run as a formula by a spreadsheet.
_FORMULA = tuple(
    "=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)


def csv_text(table: pd.DataFrame) -> str:
    """The table with ``;`` and decimal commas; a text that a spreadsheet would run as a formula is kept as text."""
    content = io.StringIO()
    writer = csv.writer(content, delimiter=";", lineterminator="\n")
    writer.writerows([_cell(value) for value in row] for row in chain([tuple(table.columns)], _rows(table)))
    return content.getvalue()


def json_text(table: pd.DataFrame) -> str:
    """The table as a list of objects, dates as ``AAAA-MM-JJ``, nothing as ``null``."""
    names = [str(x) for x in table.columns]
    records = [dict(zip(names, map(_plain, row), strict=True)) for row in _rows(table)]
    return json.dumps(records, ensure_ascii=False, indent=1, default=str) + "\n"


def _rows(table: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    return iter(table.itertuples(index=False, name=None))


def _cell(value: object) -> str:
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "oui" if plain else "non"
    if isinstance(plain, int | float):
        return str(plain).replace(".", ",")
    text = str(plain)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    item = getattr(value, "item", None)  # the numbers of numpy
    return item() if callable(item) else value
