"""The document to be taken up again: real headings, real tables, French, and no more than what was given."""

from __future__ import annotations

import dataclasses
import io
import sys
import zipfile
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

sys.path.insert(0, str(Path(__file__).parents[1]))
from report_documents import HOSTILE, LEGAL, MADE_ON, content_of

from frise_analysis.analysis.typography import spaced
from frise_analysis.report.notices import FICTIONAL, OFFICER
from frise_analysis.report.typeface import cut
from frise_analysis.report.word_document import LONGEST, synthesis_docx


@pytest.fixture(scope="module")
def content(samples):
    return cache(lambda who="P-0271": content_of(samples.store, samples.path(who)))


@pytest.fixture(scope="module")
def made(content):
    return cache(lambda who="P-0271": synthesis_docx(content(who)))


@pytest.fixture(scope="module")
def document(made):
    return docx.Document(io.BytesIO(made()))


def texts(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_headings(document) -> None:
    """Title and headings are styles, so that a word processor lists them."""
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    expected = [
        ("Title", "Synthèse du parcours, P-0271"),
        *(("Heading 1", name) for name in ("Frise", "Synthèse écrite", "Facteurs statiques", "Mesures et leur issue")),
        *(
            ("Heading 1", name)
            for name in ("Évènements de vie", "Repères légaux", "Ce que ce document est, et n’est pas")
        ),
    ]
    assert expected == found


def test_same_words(document, content) -> None:
    """Heading, sentences, events, landmarks and notice are those of the content, in order."""
    said, found = content(), texts(document)
    wanted = [said.heading, FICTIONAL, *said.sentences, said.measures_summary, *said.life_events, *LEGAL, *OFFICER]
    places = [found.index(spaced(text)) for text in wanted]
    assert sorted(places) == places


def test_tables(document, content) -> None:
    """Figures, ledger and measures, each with a row marked as its heading that no page cuts."""
    said = content()
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert [["Chiffre", "Ce qu’il dit"], ["Facteur", "Valeur"], ["Mesure", "Dates", "Issue"]] == heads
    assert [len(said.figures), len(said.factors), len(said.measures)] == [len(t.rows) - 1 for t in document.tables]
    for table in document.tables:
        marked = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert [True] + [False] * (len(table.rows) - 1) == marked


def test_picture_is_described(document, content) -> None:
    """The frise has its words, and enough points for print."""
    (shape,) = document.inline_shapes
    assert spaced(content().frise_words) == shape._inline.docPr.get("descr")
    (picture,) = [part for part in document.part.package.iter_parts() if part.content_type == "image/png"]
    assert 1200 < picture.image.px_width


def test_language_title_and_nobody(document) -> None:
    """French everywhere, a title, the day given; no author."""
    said = document.core_properties
    languages = {x.get(qn("w:val")) for x in document.styles.element.iter(qn("w:lang"))}
    assert ({"fr-FR"}, "fr-FR", "Synthèse du parcours, P-0271") == (languages, said.language, said.title)
    assert ["", "", ""] == [said.author, said.last_modified_by, said.comments]
    assert {MADE_ON} == {said.created.date(), said.modified.date()}


def test_foot(document) -> None:
    """Each page says for whom, why and from what, with the number of the page as a field."""
    foot = document.sections[0].footer.paragraphs[0]
    fields = [x.get(qn("w:instr")) for x in foot._p.iter(qn("w:fldSimple"))]
    wanted = ("usage interne SPIP", "règles au 30/09/2024", "document du 05/11/2024", "extraction du 30/09/2024")
    assert (["PAGE", "NUMPAGES"], []) == (fields, [x for x in wanted if x not in foot.text])


def test_same_content_same_bytes(content, made) -> None:
    """No clock and no chance goes in; the parts of the file bear no time."""
    assert made() == synthesis_docx(content())
    assert {(1980, 1, 1, 0, 0, 0)} == {part.date_time for part in zipfile.ZipFile(io.BytesIO(made())).infolist()}


def test_no_macro_no_link(made) -> None:
    """Nothing runs, nothing leads outside."""
    with zipfile.ZipFile(io.BytesIO(made())) as parts:
        names, relations = (
            parts.namelist(),
            "".join(parts.read(x).decode() for x in parts.namelist() if x.endswith(".rels")),
        )
    assert ([], 0) == (
        [x for x in names if "vba" in x.lower() or "embed" in x.lower()],
        relations.count('TargetMode="External"'),
    )


@pytest.mark.parametrize("text", [*HOSTILE, "a\x00\x07b\ud800c"], ids=lambda x: ascii(x[:12]))
def test_hostile_text_is_text(content, text: str) -> None:
    """Whatever a record says is text of a paragraph, without what no file may hold."""
    said = dataclasses.replace(content(), heading=text, life_events=(text,), frise=None)
    found = texts(docx.Document(io.BytesIO(synthesis_docx(said))))
    assert 2 == found.count(spaced(cut(text, LONGEST)))


def test_nobody_recorded(made) -> None:
    """A person without facts has a document too."""
    assert "Aucun fait enregistré." in texts(docx.Document(io.BytesIO(made("P-0058"))))
