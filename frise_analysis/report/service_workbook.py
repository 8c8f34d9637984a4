"""The activity report as a workbook: one table per sheet, numbers that are numbers, words where a number is hidden, no formula.

The same bytes for the same content: the parts of the file carry no time, and its only date is that of the report.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from frise_analysis.report.notices import FICTIONAL
from frise_analysis.report.service_content import Section, ServiceContent
from frise_analysis.report.service_tables import Kind, Table, Told, Value, decimals_of, is_total, value_text
from frise_analysis.report.typeface import cut

FIRST, LAST = "Lisez-moi", "Définitions"
#: Rows over a table: its title, whom it is about. Then its heads.
HEAD_ROW = 2
#: The longest text of a cell, in characters: a spreadsheet takes no more than 32,767, and nobody reads a thousand.
LONGEST = 1000
NARROWEST, WIDEST = 12, 60
#: What a spreadsheet may take for the beginning of a formula; such a text is marked as text for whoever edits it.
_FORMULA = ("=", "+", "-", "@", "|", "\t")
_NUMBERS = {Kind.COUNT: "#,##0", Kind.CHANGE: "+#,##0;-#,##0;0", Kind.SHARE: "0.0 %", Kind.MONTH: "mmm yyyy"}
#: Days and rates: whole, or with one decimal.
_WHOLE_OR_NOT = ("#,##0", "#,##0.0")
_OF_TEXT: dict[str, dict[str, object]] = {
    "text": {"text_wrap": True},
    "quoted": {"text_wrap": True, "quote_prefix": True},
    "hidden": {"italic": True, "font_color": "#595959", "align": "right"},
}
#: What the book refuses to guess: every text stays a text.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


def service_xlsx(content: ServiceContent) -> bytes:
    """The report as XLSX: what it is, one sheet per table, then how each figure is made."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, dict(_OPTIONS))
    _describe(book, content)
    looks = _looks(book)
    _told(book, FIRST, list(_opening(content)), looks)
    for section in content.sections:
        for table in section.tables:
            _table_sheet(book, section, table, content=content, looks=looks)
    _told(book, LAST, list(_definitions(content)), looks)
    book.close()
    return made.getvalue()


def _describe(book: Workbook, content: ServiceContent) -> None:
    """Title, subject and day; nobody's name."""
    made_on = content.stamp.made_on or content.stamp.extraction_date
    created = datetime.combine(made_on, time())
    book.set_properties(
        {"title": _text(content.title), "subject": _text(content.stamp.period), "author": "", "created": created}
    )


def _looks(book: Workbook) -> dict[str, Format]:
    """The formats of a book, each made once; those of numbers have their pattern as a name."""
    shared: dict[str, object] = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    named: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 14},
        "about": {"font_color": "#404040"},
        "head": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8EBEF"},
    }
    of_numbers: dict[str, dict[str, object]] = {
        pattern: {"num_format": pattern} for pattern in (*_NUMBERS.values(), *_WHOLE_OR_NOT)
    }
    for name, properties in {**_OF_TEXT, **of_numbers}.items():
        named[name] = properties
        named[f"total {name}"] = {**properties, "bold": True}
    return {name: book.add_format({**shared, **properties}) for name, properties in named.items()}


def _table_sheet(
    book: Workbook, section: Section, table: Table, *, content: ServiceContent, looks: dict[str, Format]
) -> None:
    """One table under its title, its heads in sight while one scrolls and on each printed page."""
    sheet = book.add_worksheet(table.sheet)
    sheet.write_string(0, 0, _text(section.heading_of(table)), looks["title"])
    sheet.write_string(1, 0, _text(content.stamp.filters), looks["about"])
    for n, column in enumerate(table.columns):
        sheet.write_string(HEAD_ROW, n, _text(column.head), looks["head"])
        sheet.set_column(n, n, _width(table, n))
    for row, values in enumerate(table.rows, HEAD_ROW + 1):
        look = _looks_of(values, looks)
        for n, value in enumerate(values):
            _write(sheet, (row, n), value, table.columns[n].kind, look)
    below = _below(section, table, content)
    for n, text in enumerate(below, HEAD_ROW + len(table.rows) + 2):
        sheet.write_string(n, 0, _text(text), looks["about"])
    if table.rows:
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(table.rows), len(table.columns) - 1)
    _set_page(sheet, content)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.repeat_rows(HEAD_ROW)


def _below(section: Section, table: Table, content: ServiceContent) -> Iterator[str]:
    if not table.rows:
        yield "Rien d’enregistré pour cette sélection."
    if table.note:
        yield table.note
    yield f"Unité : {section.methodology.unit}. Définition et source : feuille « {LAST} ». Même tableau : frise table {section.question}"
    yield content.stamp.use


def _write(sheet: Worksheet, place: tuple[int, int], value: Value, kind: Kind, look: Callable[[str], Format]) -> None:
    """One value: a number with its format, a text as text whatever it begins with; never an empty cell."""
    row, n = place
    if isinstance(value, Told):
        sheet.write_string(row, n, _text(value.words), look("hidden"))
    elif isinstance(value, str):
        sheet.write_string(row, n, _text(value), look("quoted" if value.startswith(_FORMULA) else "text"))
    elif isinstance(value, date):
        sheet.write_datetime(row, n, value, look(_NUMBERS[Kind.MONTH]))
    else:
        sheet.write_number(row, n, value, look(_number_format(value, kind)))


def _looks_of(row: tuple[Value, ...], looks: dict[str, Format]) -> Callable[[str], Format]:
    """The formats of a row: those of a total are bold."""
    return lambda name: looks[f"total {name}" if is_total(row) else name]


def _number_format(value: float, kind: Kind) -> str:
    return _NUMBERS.get(kind) or _WHOLE_OR_NOT[decimals_of(value, kind)]


def _width(table: Table, n: int) -> int:
    """Wide enough for the values and for the longest word of the head; what is longer is on several lines."""
    kind = table.columns[n].kind
    texts = [value_text(row[n], kind) for row in table.rows]
    heads = table.columns[n].head.split(" ")
    return max(NARROWEST, min(WIDEST, 2 + max(map(len, [*texts, *heads]))))


def _told(book: Workbook, name: str, lines: list[tuple[str, str]], looks: dict[str, Format]) -> None:
    """A sheet of words: what each line is about, then what it says."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    for row, (head, said) in enumerate(lines):
        sheet.write_string(row, 0, _text(head), looks["title" if row == 0 else "total text"])
        if said:
            sheet.write_string(row, 1, _text(said), looks["quoted" if said.startswith(_FORMULA) else "text"])
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _opening(content: ServiceContent) -> Iterator[tuple[str, str]]:
    """The lines of the first sheet."""
    stamp = content.stamp
    yield content.title, ""
    yield "Service", stamp.service or "non précisé"
    yield "Période", stamp.period
    yield "Sélection", stamp.filters
    yield "Origine", " · ".join((*stamp.origin, *stamp.made))
    if stamp.fictional:
        yield "Données", FICTIONAL
    yield "Usage", stamp.use
    for n, limit in enumerate(content.limits):
        yield "" if n else "Limites", limit
    yield (
        "Lecture",
        "Les nombres sont des nombres ; une mention en italique tient la place d’un nombre qui n’est pas montré, jamais celle d’un zéro.",
    )
    for n, (section, table) in enumerate((s, t) for s in content.sections for t in s.tables):
        yield "" if n else "Feuilles", f"{table.sheet} : {section.heading_of(table)}"


def _definitions(content: ServiceContent) -> Iterator[tuple[str, str]]:
    """The lines of the last sheet: each question, then what the marks mean."""
    yield LAST, ""
    for section in content.sections:
        method = section.methodology
        yield section.title, method.definition
        yield "  Population", method.population
        yield "  Unité", method.unit
        yield "  Source", method.source
        yield "  Requête", f"frise table {section.question} ({', '.join(method.query)})"
        yield "  Feuilles", ", ".join(x.sheet for x in section.tables)
    for n, (mark, meaning) in enumerate(content.glossary):
        yield ("" if n else "Mentions et statistiques"), f"{mark} : {meaning}"


def _set_page(sheet: Worksheet, content: ServiceContent) -> None:
    """A4, as wide as the table, with the origin at the foot."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    # « & » begins a code in the foot of a page.
    origin = cut(" · ".join((*content.stamp.origin, *content.stamp.made)), 180).replace("&", "&&")
    sheet.set_footer(f"&L&8{origin}&R&8page &P/&N")


def _text(text: str) -> str:
    return cut(text, LONGEST)
