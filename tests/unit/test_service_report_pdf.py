"""The activity report as PDF: what it says, for whom it can be read, and what no text can make it do."""

from __future__ import annotations

import dataclasses
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from report_documents import read, squeezed
from service_reports import HOSTILE, MADE_ON, chart, hostile_table, with_table

from frise_analysis.analysis.service import ServiceFilters
from frise_analysis.report.notices import FICTIONAL
from frise_analysis.report.service import charts_of, service_content, service_pdf, service_report
from frise_analysis.report.service_charts import WIDTH, alternative, for_paper
from frise_analysis.report.service_tables import Kind, Told, value_text
from frise_analysis.report.typeface import plain

#: What a PDF can do besides being read. Links of the contents stay within it.
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/URI",
    "/Launch",
    "/OpenAction",
    "/AA",
    "/EmbeddedFile",
    "/SubmitForm",
    "/GoToR",
    "/UF",
}
CHARTS = {"suivies-branch": [chart("Siège", "Montorge")], "service-flux": [chart("A"), chart("B")]}


@pytest.fixture(scope="module")
def content(sample_store):
    return service_content(sample_store, ServiceFilters(), made_on=MADE_ON, charts=CHARTS)


@pytest.fixture(scope="module")
def made(content):
    return service_pdf(content)


@pytest.fixture(scope="module")
def sheets(made):
    return read(made)


@pytest.fixture(scope="module")
def pages(sheets):
    return sheets.pages


@pytest.fixture(scope="module")
def text(pages):
    return squeezed(" ".join(pages))


def tables_of(content):
    return [(section, table) for section in content.sections for table in section.tables]


def test_tagged_french_and_titled(sheets, content) -> None:
    """The file says that it is tagged for accessibility, in French, and shows its title."""
    root = sheets.root
    assert (True, "fr-FR", True) == (root["/MarkInfo"]["/Marked"], root["/Lang"], "/StructTreeRoot" in root)
    assert content.title == sheets.reader.metadata.title
    assert True is root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_a4(sheets) -> None:
    """Each page is A4."""
    assert {(595, 842)} == {(round(p.mediabox.width), round(p.mediabox.height)) for p in sheets.reader.pages}


def test_structure(sheets, content) -> None:
    """A title, contents, headings of two levels in order, one table per printed table with its heading cells, one figure per chart."""
    kinds = [str(x["/S"]) for x in sheets.elements()]
    printed = [t for _, t in tables_of(content) if t.printed and t.rows]
    assert (1, len(printed), 3) == (kinds.count("/Title"), kinds.count("/Table"), kinds.count("/Figure"))
    assert sum(len(t.columns) for t in printed) == kinds.count("/TH")
    assert sum(len(t.columns) * len(t.rows) for t in printed) == kinds.count("/TD")
    assert {"/TOC", "/TOCI", "/THead", "/TBody", "/L"} <= set(kinds)
    levels = [x for x in kinds if x in {"/H1", "/H2", "/H3"}]
    assert ("/H1", {"/H1", "/H2"}) == (levels[0], set(levels))


def test_every_chart_is_described(sheets, content) -> None:
    """The picture has its words, which say its marks and point to the table that follows."""
    told = [squeezed(str(x["/Alt"])) for x in sheets.elements() if x["/S"] == "/Figure"]
    marks = "Barre et nombre : personnes suivies le jour décrit ; trait : un an avant"
    expected = (
        f"Graphique : Personnes suivies : par antenne. Personnes par antenne. {marks}. Le tableau dit la même chose."
    )
    assert squeezed(expected) == told[0]
    assert all(x.endswith(squeezed("Le tableau dit la même chose.")) for x in told)


def test_charts_are_vectors_with_their_text(sheets, text) -> None:
    """No picture made of points: words of charts are text."""
    assert [] == [x for x in sheets.objects() if x.get("/Subtype") == "/Image"]
    assert squeezed("Montorge") in text


def test_every_number_of_the_tables_is_printed(text, content) -> None:
    """Each row of each printed table is in the text, in the words of its numbers."""
    for section, table in tables_of(content):
        if table.printed:
            lines = [
                "".join(squeezed(value_text(v, c.kind)) for v, c in zip(row, table.columns, strict=True))
                for row in table.rows
            ]
            missing = [x for x, row in zip(lines, table.rows, strict=True) if x not in text and not _hyphenated(row)]
            assert (section.title, table.heading, []) == (section.title, table.heading, missing)


def _hyphenated(row: tuple[object, ...]) -> bool:
    """A sentence beside numbers is on several lines, between which the page may put the numbers of the row."""
    return any(isinstance(x, str) and len(x) > 60 for x in row)


def test_methods_limits_and_marks_are_told(text, content) -> None:
    """Under each section, how its figures are made; at the beginning, the limits; at the end, what the marks mean."""
    wanted = [*content.limits, *(x for pair in content.glossary for x in pair)]
    for section in content.sections:
        method = section.methodology
        wanted += [method.definition, method.population, method.unit, method.source, f"frise table {section.question}"]
    assert [] == [x for x in wanted if squeezed(x) not in text]


def test_the_stamp_is_on_every_page(pages, content) -> None:
    """Period, day, extraction, load and number of the page; the use and the selection on the first."""
    stamp, count = content.stamp, len(pages)
    for number, page in enumerate(pages, 1):
        told = [
            stamp.period,
            "rapport du 05/11/2024",
            "extraction du 30/09/2024",
            f"chargement {stamp.load_id}",
            f"page {number}/{count}",
        ]
        assert [] == [x for x in told if squeezed(x) not in squeezed(page)]
    first = squeezed(pages[0])
    assert [] == [
        x for x in (stamp.use, stamp.filters, stamp.service, FICTIONAL, "Sommaire") if squeezed(x) not in first
    ]


def test_a_long_table_repeats_its_heads(content) -> None:
    """A hundred rows: the heads are on every page that they take."""
    rows = tuple((f"Ligne {n}", 100 + n, 12, 0.5, 3.0, date(2024, 1, 31)) for n in range(150))
    long = dataclasses.replace(hostile_table(), rows=rows)
    pages = [squeezed(x) for x in read(service_pdf(with_table(content, long))).pages]
    holding = [x for x in pages if "Ligne" in x]
    assert len(holding) > 2
    assert [] == [x for x in holding if squeezed("Antenne Personnes Écart Part Jours Mois") not in x]


def test_typefaces_are_in_the_file(sheets) -> None:
    """Nothing is left to the machine that opens it, in charts neither."""
    found = sheets.fonts()
    assert found
    assert all(found.values())
    assert all("IBMPlexSans" in name or "NotoSansArabic" in name for name in found)


def test_nothing_to_run_or_to_open(sheets) -> None:
    """The file can only be read: its links lead to its own headings."""
    items = list(sheets.objects())
    assert set() == {str(name) for item in items for name in item} & ACTIVE
    # « /F » names a file, or holds the flags of a link as a number.
    assert [] == [x for x in items if "/F" in x and not isinstance(x["/F"], int)]


def test_hostile_text_stays_text(content) -> None:
    """No text is markup, nor stops the document; what no typeface has is shown as unknown."""
    charts = {"hostile": [chart(*HOSTILE)]}
    first = dataclasses.replace(content.sections[0], charts=charts)
    hostile = with_table(dataclasses.replace(content, sections=(first, *content.sections[1:])), hostile_table())
    text = read(service_pdf(hostile)).text
    whole = [squeezed(plain(x)) for x in HOSTILE if len(x) < 100]
    assert [] == [x for x in whole if x not in text]


def test_no_hidden_number(text, content) -> None:
    """Hidden cells are words: as many as the content has, and none of them a number."""
    told = [v for _, t in tables_of(content) if t.printed for row in t.rows for v in row if isinstance(v, Told)]
    assert told
    assert [] == [x for x in told if any(c.isdigit() for c in x.words.replace("moins de 11", ""))]
    counts = [
        v
        for _, t in tables_of(content)
        for row in t.rows
        for v, c in zip(row, t.columns, strict=True)
        if c.kind is Kind.COUNT
    ]
    assert [] == [v for v in counts if isinstance(v, int) and 0 < v < content.stamp.k]
    assert text.count("masqué") >= sum(x.words == "masqué" for x in told)


def test_same_content_same_bytes(sample_store, content, made) -> None:
    """The same store, filters, charts and day give the same file."""
    assert made == service_pdf(content)
    again = service_report(sample_store, ServiceFilters(), form="pdf", made_on=MADE_ON, charts=CHARTS)
    assert (made, "rapport-activite-2023-09-30-2024-09-30.pdf", "application/pdf") == again


def test_the_day_changes_nothing_but_its_words(content, text) -> None:
    """Another day, the same pages but the day."""
    later = dataclasses.replace(content, stamp=dataclasses.replace(content.stamp, made_on=date(2024, 12, 6)))
    assert text.replace("05/11/2024", "06/12/2024") == read(service_pdf(later)).text


def test_a_table_left_to_the_workbook_is_named(text, content) -> None:
    """What is too long for a page says where it is."""
    left = [t for _, t in tables_of(content) if not t.printed]
    assert ["Courbes de durée"] == [t.sheet for t in left]
    assert squeezed(f"Tableau de {len(left[0].rows)} lignes : feuille « Courbes de durée » du classeur.") in text


def test_for_paper() -> None:
    """A chart as wide as the page, in its typeface, with nothing to point at; the one of the screen is left as it was."""
    screen = {**chart("A"), "autosize": {"type": "fit"}, "config": {"font": "Verdana", "axis": {"grid": False}}}
    before = repr(screen)
    printed = for_paper(screen)
    assert (WIDTH, "'IBM Plex Sans'", {"grid": False}) == (
        printed["width"],
        printed["config"]["font"],
        printed["config"]["axis"],
    )
    assert ({"type": "bar"}, False, screen["datasets"]) == (printed["mark"], "autosize" in printed, printed["datasets"])
    assert before == repr(screen)
    assert "janvier" == printed["config"]["locale"]["time"]["months"][0]


def test_for_paper_inside() -> None:
    """So are the charts inside a chart."""
    printed = for_paper(
        {"vconcat": [{"width": "container", "layer": [{"mark": {"type": "bar", "cursor": "pointer"}}]}]}
    )
    assert [{"width": WIDTH, "layer": [{"mark": {"type": "bar"}}]}] == printed["vconcat"]


def test_a_chart_without_description_is_described_by_its_table(content) -> None:
    """The heading of the table stands for it."""
    section = content.sections[0]
    told = alternative({}, section.tables[0], section.heading_of(section.tables[0]))
    assert "Graphique : Chiffres clés. Le tableau dit la même chose." == told


@dataclasses.dataclass(frozen=True)
class Figure:
    name: str
    method: str
    chart: dict[str, object] | None


def test_charts_find_their_table() -> None:
    """By the name of the figure, else by its question, in the order of the screen; a figure without chart gives none."""
    figures = [
        Figure("service-flux", "service-flux", {"n": 1}),
        Figure("flux-entrees-sorties", "service-flux", {"n": 2}),
        Figure("service-durees", "service-durees", None),
        Figure("service-issues-parts", "service-issues", {"n": 3}),
    ]
    expected = {"service-flux": [{"n": 1}, {"n": 2}], "service-issues-parts": [{"n": 3}]}
    assert expected == charts_of(figures)


WRITTEN = (
    (1204, Kind.COUNT, "1\N{NARROW NO-BREAK SPACE}204"),
    (12, Kind.CHANGE, "+12"),
    (-46, Kind.CHANGE, "−46"),
    (0, Kind.CHANGE, "0"),
    (0.698, Kind.SHARE, "69,8\N{NO-BREAK SPACE}%"),
    (181.0, Kind.DAYS, "181"),
    (181.5, Kind.DAYS, "181,5"),
    (-12.0, Kind.DAYS, "−12"),
    (3.0, Kind.RATE, "3,0"),
    (date(2024, 9, 30), Kind.MONTH, "sept. 2024"),
    (Told("moins de 11"), Kind.COUNT, "moins de 11"),
)


@pytest.mark.parametrize(("value", "kind", "expected"), WRITTEN)
def test_values_in_french(value, kind: Kind, expected: str) -> None:
    """Each value as a French reader writes it."""
    assert expected == value_text(value, kind)
