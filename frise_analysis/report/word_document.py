"""The synthesis as a document that an officer takes up again in a word processor: real headings, real tables, no macro.

The same words as the PDF, without its limit of pages. The picture is made of points: a vector one would be set in the typefaces
of the machine that opens it, and its words would no longer fit their places.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, time

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from frise_analysis.analysis.typography import spaced
from frise_analysis.dates import numeric_date
from frise_analysis.report.content import Content
from frise_analysis.report.notices import FICTIONAL, FRISE_KEY, LEDGER_CAUTION, LEGAL_CAUTION, NO_EVENT, OFFICER
from frise_analysis.report.picture import png, svg
from frise_analysis.report.typeface import cut

LANGUAGE = "fr-FR"
FONT = "Arial"
#: The longest text of one paragraph or cell: nobody reads further, and no record says more.
LONGEST = 1000
#: A zip file writes the time of each of its parts; this is the first that it can write.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def synthesis_docx(content: Content) -> bytes:
    """The synthesis as DOCX, the same bytes for the same content."""
    document = docx.Document()
    _describe(document, content)
    _set_styles(document)
    _set_page(document, content)
    _opening(document, content)
    _frise(document, content)
    _listed(document, "Synthèse écrite", content.sentences)
    _paragraph(document, "Facteurs statiques", "Heading 1")
    _paragraph(document, LEDGER_CAUTION)
    _table(document, ("Facteur", "Valeur"), content.factors, widths=(6.5, 10.5))
    _paragraph(document, "Mesures et leur issue", "Heading 1")
    _paragraph(document, content.measures_summary)
    if content.measures:
        rows = [(m.name, m.period, m.outcome) for m in content.measures]
        _table(document, ("Mesure", "Dates", "Issue"), rows, widths=(6.5, 6, 4.5))
    _listed(document, "Évènements de vie", content.life_events or (NO_EVENT,))
    if content.legal:
        caution = LEGAL_CAUTION.format(day=numeric_date(content.stamp.rules_on))
        _listed(document, "Repères légaux", content.legal, opening=caution)
    _listed(document, "Ce que ce document est, et n’est pas", OFFICER)
    return _repeatable(document)


def _describe(document: Document, content: Content) -> None:
    """Title, language and day; nobody's name."""
    said, made = document.core_properties, datetime.combine(content.stamp.made_on, time())
    said.title, said.language, said.subject = _text(content.title), LANGUAGE, "Synthèse du parcours"
    said.author = said.last_modified_by = said.comments = said.keywords = said.category = ""
    said.created = said.modified = said.last_printed = made
    said.revision = 1


def _set_styles(document: Document) -> None:
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and isinstance(style, ParagraphStyle):
            _set_font(style)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in [] if defaults is None else defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _set_font(style: ParagraphStyle) -> None:
    """One typeface that every machine has; headings dark enough for any printer."""
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if (style.name or "").startswith(("Heading", "Title")):
        style.font.color.rgb = RGBColor(0x0B, 0x4F, 0x6C)


def _set_page(document: Document, content: Content) -> None:
    """A4, and the stamp with the number of the page at the foot of each."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    stamp = content.stamp
    lines = (f"{stamp.use} · {stamp.made}", " · ".join(_text(x) for x in (*stamp.origin, stamp.source) if x.strip()))
    foot = section.footer.paragraphs[0]
    foot.add_run(_text(lines[0])).add_break()
    foot.add_run(f"{lines[1]} · page ")
    _field(foot, "PAGE")
    foot.add_run("/")
    _field(foot, "NUMPAGES")
    for run in foot.runs:
        run.font.size = Pt(8)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A field that the word processor computes."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run("1")
    field.append(run._r)  # noqa: SLF001 - the library has no fields of its own
    paragraph._p.append(field)  # noqa: SLF001 - same


def _opening(document: Document, content: Content) -> None:
    _paragraph(document, content.title, "Title")
    _paragraph(document, content.heading, "Subtitle")
    if content.stamp.fictional:
        _paragraph(document, FICTIONAL)
    figures = [(figure.headline, figure.words) for figure in content.figures]
    _table(document, ("Chiffre", "Ce qu’il dit"), figures, widths=(5, 12))


def _frise(document: Document, content: Content) -> None:
    if content.frise is None:
        return
    _paragraph(document, "Frise", "Heading 1")
    picture = document.add_picture(io.BytesIO(png(svg(content.frise))), width=Cm(17))
    described = picture._inline.docPr  # noqa: SLF001 - the library has no text alternative of its own
    described.set("descr", _text(content.frise_words))
    described.set("title", "Frise du parcours")
    _paragraph(document, FRISE_KEY)


def _listed(document: Document, heading: str, texts: Iterable[str], *, opening: str = "") -> None:
    _paragraph(document, heading, "Heading 1")
    if opening:
        _paragraph(document, opening)
    for text in texts:
        _paragraph(document, text, "List Bullet")


def _paragraph(document: Document, text: str, style: str | None = None) -> None:
    document.add_paragraph(_text(text), style=style)


def _table(document: Document, heads: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[float]) -> None:
    """A table whose first row is marked as its heading and repeated on each page."""
    table = document.add_table(rows=0, cols=len(heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for row in (heads, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _text(text)
    for column, width in zip(table.columns, widths, strict=True):
        for cell in column.cells:
            cell.width = Cm(width)
    _mark_heading(table)
    document.add_paragraph()


def _mark_heading(table: Table) -> None:
    first = table.rows[0]
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    first._tr.get_or_add_trPr().append(heading)  # noqa: SLF001 - the library has no heading rows of its own
    for cell in first.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)  # noqa: SLF001 - same
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _text(text: str) -> str:
    return spaced(cut(text, LONGEST))


def _repeatable(document: Document) -> bytes:
    """The file with its parts in the order written, none of them dated."""
    written = io.BytesIO()
    document.save(written)
    made = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for part in parts.infolist():
            out.writestr(zipfile.ZipInfo(part.filename, NO_TIME), parts.read(part), zipfile.ZIP_DEFLATED)
    return made.getvalue()
