"""The activity report as a workbook: read again as a spreadsheet reads it, compared with the tables of ``frise table``."""

from __future__ import annotations

import dataclasses
import io
import re
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
from service_reports import COLUMNS, HOSTILE, MADE_ON, hostile_table, with_table

from frise_analysis.analysis.disclosure import Counts, DisclosureRefused, publish
from frise_analysis.analysis.registry import answer
from frise_analysis.analysis.service import ServiceFilters, methodologies
from frise_analysis.report.service import service_content, service_report, service_xlsx
from frise_analysis.report.service_content import table_of
from frise_analysis.report.service_plan import PLAN, Planned
from frise_analysis.report.service_tables import Column, Kind, read_rows
from frise_analysis.report.service_workbook import FIRST, HEAD_ROW, LAST
from frise_analysis.report.typeface import cut

K = 11
FILTERS = ("", "mesure=SP&mois=6")
TABLES = [(planning.question, planned) for planning in PLAN for planned in planning.tables]
#: What the value of a cell is once read again, by what its column holds.
READ_AS = {
    Kind.COUNT: int,
    Kind.CHANGE: int,
    Kind.DAYS: (int, float),
    Kind.RATE: (int, float),
    Kind.SHARE: (int, float),
}


@pytest.fixture(scope="module")
def contents(sample_store):
    return {text: service_content(sample_store, ServiceFilters(text), made_on=MADE_ON) for text in FILTERS}


@pytest.fixture(scope="module")
def content(contents):
    return contents[""]


@pytest.fixture(scope="module")
def books(contents):
    return {text: openpyxl.load_workbook(io.BytesIO(service_xlsx(x))) for text, x in contents.items()}


@pytest.fixture(scope="module")
def book(books):
    return books[""]


def cells(book, sheet: str, columns: int, rows: int) -> list[list[openpyxl.cell.Cell]]:
    first = HEAD_ROW + 2
    return [[book[sheet].cell(first + y, 1 + x) for x in range(columns)] for y in range(rows)]


def opened(content) -> tuple[openpyxl.Workbook, zipfile.ZipFile]:
    made = io.BytesIO(service_xlsx(content))
    return openpyxl.load_workbook(made), zipfile.ZipFile(made)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(("question", "planned"), TABLES, ids=[x.name for _, x in TABLES])
def test_numbers_are_those_of_the_table_command(
    sample_store, books, filters: str, question: str, planned: Planned
) -> None:
    """Each number of the workbook is that of ``frise table`` for the same filters; where that one is missing, words stand."""
    options = {"filters": filters, **{name: str(x) for name, x in planned.options.items()}}
    frame = planned.shape(answer(sample_store, question, options=options))
    found = cells(books[filters], planned.sheet, len(planned.columns), len(frame))
    for row, told in zip(found, frame.to_dict("records"), strict=True):
        for cell, column in zip(row, planned.columns, strict=True):
            expected = told[column.field]
            if column.kind is Kind.TEXT:
                assert cut(str(expected), 1000) == cell.value
            elif pd.isna(expected):
                assert isinstance(cell.value, str)
            elif column.kind is Kind.MONTH:
                assert expected == cell.value.date()
            else:
                assert expected == pytest.approx(cell.value, abs=1e-12)


#: Name of a table -> head of a column: the number it shows, the words that stand where it is missing, the states that say why.
SHOWN = {
    "service-chiffres-cles": {
        "Nombre": ("people", "text", "state"),
        "Un an avant, ou période d’avant": ("people_before", "text_before", "state_before"),
        "Écart": ("change", "change_text", "state state_before"),
    },
    "suivies-sex": {
        "Personnes": ("people", "text", "state"),
        "Un an avant": ("people_before", "text_before", "state_before"),
    },
    "service-flux": {
        "Suivies à la fin du mois": ("people", "text", "state"),
        "Entrées": ("entries", "entries_text", "moves_state"),
        "Sorties": ("exits", "exits_text", "moves_state"),
        "Entrées pour 100 années de suivi": ("entry_rate", "", "moves_state"),
        "Sorties pour 100 années de suivi": ("exit_rate", "", "moves_state"),
    },
    "service-premier-entretien": {
        "Premier quart (jours)": ("quarter", "", "state"),
        "Médiane (jours)": ("median", "", "state"),
    },
    "service-delai-legal": {
        "Jours": ("limit_days", "", ""),
        "Mesures": ("measures", "text", "state"),
        "Dans le délai": ("within", "within_text", "within_state"),
        "Part": ("share", "", "state within_state"),
        "De (95\N{NO-BREAK SPACE}%)": ("low", "", "state within_state"),
    },
    "service-durees": {
        "Mesures": ("measures", "text", "state"),
        "Trois quarts (jours)": ("three_quarters", "", "state"),
    },
    "service-issues": {
        "Accomplie": ("n_accomplie", "text_accomplie", "state_accomplie"),
        "Révoquée ou retirée": ("n_interrompue", "text_interrompue", "state_interrompue"),
        "Ensemble": ("n_Ensemble", "text_Ensemble", "state_Ensemble"),
    },
    "service-issues-parts": {
        "Accomplie, part": ("share_accomplie", "", "state_accomplie state_Ensemble"),
        "Révoquée ou retirée, part": ("share_interrompue", "", "state_interrompue state_Ensemble"),
    },
    "service-manquements": {"Manquements": ("breaches", "text", "state")},
    "service-obligations": {
        "Personnes": ("people", "text", "state"),
        "Avec un manquement qui peut la concerner": ("breached", "breached_text", "breached_state"),
        "Part": ("share", "", "state breached_state"),
    },
}


@pytest.mark.parametrize("name", SHOWN)
def test_each_head_is_above_its_numbers(name: str) -> None:
    """A column shows the number that its head says, with the words and the states of that number."""
    planned = next(x for _, x in TABLES if x.name == name)
    found = {x.head: (x.field, x.text, " ".join(x.states)) for x in planned.columns}
    assert SHOWN[name] == {head: found[head] for head in SHOWN[name]}


@pytest.mark.parametrize("filters", FILTERS)
def test_ends_are_laid_out_without_loss(sample_store, filters: str) -> None:
    """The table of ends has every number of the answer, once; an end that no measure has, of which the answer has no row, is 0."""
    frame = answer(sample_store, "service-issues", options={"filters": filters})
    planned = next(x for _, x in TABLES if x.name == "service-issues")
    wide = planned.shape(frame)
    numbers = [x for column in planned.columns[1:] for x in wide[column.field].dropna()]
    absent = (len(planned.columns) - 1 - frame["end"].nunique()) * len(wide)
    assert sorted([*frame["measures"].dropna(), *[0] * absent]) == sorted(numbers)
    assert not wide[[column.text for column in planned.columns[1:]]].isna().any(axis=None)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("planned", [x for _, x in TABLES], ids=lambda x: x.name)
def test_nothing_under_the_threshold(books, contents, filters: str, planned: Planned) -> None:
    """No count of people or acts between 1 and 10, no difference of so few."""
    rows = next(t for s in contents[filters].sections for t in s.tables if t.name == planned.name).rows
    for row in cells(books[filters], planned.sheet, len(planned.columns), len(rows)):
        for cell, column in zip(row, planned.columns, strict=True):
            if column.kind in {Kind.COUNT, Kind.CHANGE} and not isinstance(cell.value, str):
                assert not 0 < abs(cell.value) < K


def test_numbers_are_numbers_and_hidden_cells_are_words(book, content) -> None:
    """A number is a number with its format; what is hidden is said in italics; no cell of a table is empty."""
    for section in content.sections:
        for table in section.tables:
            for row in cells(book, table.sheet, len(table.columns), len(table.rows)):
                for cell, column in zip(row, table.columns, strict=True):
                    assert cell.value not in {None, ""}
                    if isinstance(cell.value, str):
                        assert cell.font.italic is (column.kind is not Kind.TEXT)
                    elif column.kind is Kind.MONTH:
                        assert (True, "mmm yyyy") == (cell.is_date, cell.number_format)
                    else:
                        assert isinstance(cell.value, READ_AS[column.kind])
                        assert cell.number_format != "General"


@pytest.mark.parametrize(
    ("name", "column", "expected"),
    [("Premiers délais", 5, "0.0 %"), ("Chiffres", 2, "#,##0"), ("Chiffres", 4, "+#,##0;-#,##0;0")],
)
def test_formats(book, name: str, column: int, expected: str) -> None:
    """Shares are percentages, counts have their thousands, differences their sign."""
    sheet = book["Délai légal" if name == "Premiers délais" else "Chiffres clés"]
    assert expected == sheet.cell(HEAD_ROW + 2, column).number_format


def test_sheets(book, content) -> None:
    """What it is, one sheet per table, then the definitions; names that any spreadsheet takes."""
    tables = [t.sheet for s in content.sections for t in s.tables]
    assert [FIRST, *tables, LAST] == book.sheetnames
    assert len(book.sheetnames) == len({x.lower() for x in book.sheetnames})
    assert [] == [x for x in book.sheetnames if len(x) > 31 or re.search(r"[\[\]:*?/\\]|^'|'$", x)]


def test_heads_stay_in_sight(book, content) -> None:
    """The heads of each table are frozen, unique, repeated on each printed page."""
    for section in content.sections:
        for table in section.tables:
            sheet = book[table.sheet]
            heads = [sheet.cell(HEAD_ROW + 1, n + 1).value for n in range(len(table.columns))]
            assert [x.head for x in table.columns] == heads
            assert len(heads) == len(set(heads))
            assert f"B{HEAD_ROW + 2}" == sheet.freeze_panes
            assert f"${HEAD_ROW + 1}:${HEAD_ROW + 1}" == sheet.print_title_rows


def words_of(book, sheet: str) -> list[str]:
    return [str(x) for row in book[sheet].iter_rows(values_only=True) for x in row if x is not None]


def test_opening_sheet(book, content) -> None:
    """It says of which service, period, selection and load the report is, what is hidden, and its limits."""
    said = words_of(book, FIRST)
    stamp = content.stamp
    assert "du 1er octobre 2023 au 30 septembre 2024" in said
    assert {stamp.service, stamp.filters, stamp.use, *content.limits} <= set(said)
    assert any(f"chargement {stamp.load_id}" in x and "rapport du 05/11/2024" in x for x in said)
    assert 8 == len(stamp.load_id)
    assert "effectifs inférieurs à 11 masqués" in stamp.use


def test_definitions(book, content) -> None:
    """Every question has its definition, population, unit, source and the command that gives its table; marks have their meaning."""
    said = words_of(book, LAST)
    for section in content.sections:
        method = section.methodology
        assert {method.title, method.definition, method.population, method.unit, method.source} <= set(said)
        assert any(f"frise table {section.question} " in x for x in said)
    assert all(any(x.startswith(f"{mark} : ") for x in said) for mark, _ in content.glossary)


def test_every_figure_has_its_method() -> None:
    """No question enters the report whose method is not told."""
    planned = {x.question for x in PLAN}
    assert planned <= set(methodologies())


def test_no_formula_and_no_link(content) -> None:
    """Whatever a label begins with, it is text: no formula, no link, nothing outside the book."""
    book, parts = opened(with_table(content, hostile_table()))
    found = [row[0] for row in cells(book, "Essai", len(COLUMNS), len(HOSTILE))]
    assert [cut(x, 1000) for x in HOSTILE] == [x.value for x in found]
    assert {"s"} == {x.data_type for x in found}
    assert [] == [x for sheet in book for row in sheet.iter_rows() for x in row if x.data_type == "f" or x.hyperlink]
    xml = {name: parts.read(name).decode() for name in parts.namelist()}
    assert [] == [name for name, text in xml.items() if re.search(r"<f[ >]|<hyperlink|TargetMode|<ddeLink", text)]
    assert [] == [name for name in xml if re.search("external|vba|macro|connection", name, re.IGNORECASE)]


def test_a_text_that_looks_like_a_formula_is_marked_as_text(content) -> None:
    """Edited in a spreadsheet, it stays a text."""
    book, _ = opened(with_table(content, hostile_table()))
    marked = {x[0].value: x[0].quotePrefix for x in cells(book, "Essai", len(COLUMNS), len(HOSTILE))}
    assert [True] * 3 == [bool(marked[x]) for x in ("=cmd|' /C calc'!A0", "+1+1", "@SUM(1;2)")]
    assert not marked["http://exemple.invalid/"]


def test_values_of_every_kind(content) -> None:
    """Each kind keeps its exact value."""
    book, _ = opened(with_table(content, hostile_table()))
    first, *_, last = cells(book, "Essai", len(COLUMNS), len(HOSTILE) + 1)
    assert [1204, -31, 0.698, 181.5, datetime(2024, 9, 30)] == [x.value for x in first[1:]]  # noqa: DTZ001 - a spreadsheet knows no zone
    assert "#,##0.0" == first[4].number_format
    assert ["moins de 11", "non comparable", "masqué", "non estimé"] == [x.value for x in last[1:5]]


def test_same_content_same_bytes(sample_store, content) -> None:
    """The same store and filters give the same file, whatever the hour."""
    assert service_xlsx(content) == service_xlsx(content)
    again = service_report(sample_store, ServiceFilters(), form="xlsx", made_on=MADE_ON)
    assert service_xlsx(content) == again.content
    assert "rapport-activite-2023-09-30-2024-09-30.xlsx" == again.name


def test_only_the_date_changes_from_one_day_to_the_next(content) -> None:
    """Two reports of two days differ by the words of their date."""
    later = dataclasses.replace(content, stamp=dataclasses.replace(content.stamp, made_on=date(2024, 12, 6)))
    one, two = ({x.filename: x for x in opened(c)[1].infolist()} for c in (content, later))
    assert {(1980, 1, 1, 0, 0, 0)} == {x.date_time for x in one.values()}
    parts = [opened(c)[1] for c in (content, later)]
    told = [{name: p.read(name).decode() for name in p.namelist()} for p in parts]
    changed = [{name: re.sub(r"05/11/2024|06/12/2024|2024-1[12]-0[56]", "", x) for name, x in t.items()} for t in told]
    assert (one.keys(), changed[0]) == (two.keys(), changed[1])
    assert told[0] != told[1]


def test_the_file_is_of_the_day_of_the_report(book) -> None:
    """It says no other date than that of the report, not that of the machine."""
    assert (datetime(2024, 11, 5),) * 2 == (book.properties.created, book.properties.modified)  # noqa: DTZ001 - a spreadsheet knows no zone


def test_no_date_is_written_where_none_is_given(sample_store) -> None:
    """Without a day, the report says none: the file is that of its store and filters alone."""
    book, _ = opened(service_content(sample_store, ServiceFilters("sexe=F")))
    assert [] == [x for x in words_of(book, FIRST) if "rapport du" in x]


def test_nobody_is_named(book) -> None:
    """The file names no author."""
    assert ("", None) == (book.properties.creator or "", book.properties.lastModifiedBy or None)


def few(rows: int) -> Counts:
    frame = pd.DataFrame({"label": [f"A{n}" for n in range(rows)], "people": [3 + n for n in range(rows)]})
    return Counts(frame, ("label",))


PEOPLE = Planned("t", "T", "T", (Column("A", Kind.TEXT, "label", states=()), Column("N", Kind.COUNT, "people", "text")))


def test_counts_before_publication_are_refused() -> None:
    """What has not passed ``publish`` enters no report, as counts or as a bare frame."""
    many = few(20).cells.assign(people=50)
    for raw in (few(20), few(20).cells, few(20).cells.assign(state="shown", text=""), many):
        with pytest.raises(DisclosureRefused):
            table_of(raw, PEOPLE)


def test_a_published_table_enters() -> None:
    """What has passed ``publish`` does, its small cells as words."""
    rows = table_of(publish(few(20)), PEOPLE).rows
    assert [True] * 8 == [getattr(row[1], "words", "") == "moins de 11" for row in rows[:8]]
    assert 22 == rows[19][1]


def test_a_number_said_to_be_hidden_is_refused() -> None:
    """A frame that hides a cell and holds its number was not made by ``publish``."""
    frame = publish(few(20)).cells.assign(people=50)
    with pytest.raises(DisclosureRefused):
        read_rows(frame, PEOPLE.columns)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.integers(5, 20))
def test_small_counts_never_enter(numbers: list[int], k: int) -> None:
    """Whatever the table and the threshold, no number under it is in the rows."""
    counts = Counts(pd.DataFrame({"label": [f"A{n}" for n in range(len(numbers))], "people": numbers}), ("label",))
    rows = table_of(publish(counts, k=k), PEOPLE, k=k).rows
    assert [] == [row for row in rows if isinstance(row[1], int) and 0 < row[1] < k]
    shown = {f"A{n}": x for n, x in enumerate(numbers)} | {"Ensemble": sum(numbers)}
    assert [] == [row for row in rows if isinstance(row[1], int) and shown[row[0]] != row[1]]


def test_a_service_of_few_people_says_nothing_of_them(people) -> None:
    """Three people followed: no number of them in any sheet, and the report still opens."""
    rows = {
        "persons": [{"person_id": f"P{n}", "sex": "F"} for n in range(3)],
        "convictions": [{"person_id": f"P{n}", "conviction_id": f"C{n}", "decision_date": "2023-05-02"} for n in range(3)],
        "offences": [{"person_id": f"P{n}", "offence_id": f"O{n}", "conviction_id": f"C{n}", "offence_start_date": "2023-01-03"} for n in range(3)],
        "measures": [{"person_id": f"P{n}", "measure_id": f"M{n}", "measure_code": "SP", "start_date": "2023-06-01"} for n in range(3)],
    }  # fmt: skip
    store = people(rows).store
    made = service_content(store, ServiceFilters(), made_on=MADE_ON)
    counts = [
        value
        for section in made.sections
        for table in section.tables
        for row in table.rows
        for value, column in zip(row, table.columns, strict=True)
        if column.kind is Kind.COUNT and not hasattr(value, "words")
    ]
    assert {0} >= set(counts)
    book, _ = opened(made)
    assert "Rien d’enregistré pour cette sélection." in words_of(book, "Issue des mesures")
