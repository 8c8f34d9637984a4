"""Documents made for tests: the content of a person's documents, and a PDF read again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pypdf
from pypdf.generic import DictionaryObject, IndirectObject

from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.charts.parcours import parcours_data
from frise_analysis.charts.printed import printed_frise
from frise_analysis.dashboards.frames import parcours_frames
from frise_analysis.report.content import Asked, Content, Purpose, document_content
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Clock, CountUnit

MADE_ON, RULES_ON = date(2024, 11, 5), date(2024, 9, 30)
LEGAL = ("Conditions réunies (calcul) : 2 paires.", "Décision du 3 mars 2019 : réhabilitation le 12 avril 2029.")
#: Text that a careless document would run, follow, or fail on.
HOSTILE = (
    '#eval("1+1") #sys.inputs',
    "$ x^2 $ \\ \\n \\u{41}",
    "@reference <etiquette> `code` ```typ #1```",
    "= Titre // commentaire /* fin */ *gras* _it_",
    "]) #panic[non] ([",
    "http://exemple.invalid/ www.exemple.invalid",
    "<script>alert(1)</script> & &amp; ]]>",
    '"guillemets" \'simples\' {{ 7 * 7 }}',
    "Владимир → Ελένη",
    "mot " * 1250,
    "x" * 5000,
)  # fmt: skip


def frise_of(path: PersonPath) -> dict[str, Any]:
    return printed_frise(parcours_data(parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR)))


def asked_of(path: PersonPath, **more: Any) -> Asked:
    told = {
        "heading": "Identité donnée",
        "purpose": Purpose.JUDGE,
        "made_on": MADE_ON,
        "rules_on": RULES_ON,
        "legal": LEGAL,
    }
    return Asked(**{**told, "frise": frise_of(path), **more})


def content_of(store: Store, path: PersonPath, **more: Any) -> Content:
    return document_content(store, path, asked=asked_of(path, **more))


def squeezed(text: str) -> str:
    """Text without what a page adds to it: ends of lines, spaces, breaks of long words, the glyphs of two letters."""
    joined = text.replace("\ufb01", "fi").replace("\ufb02", "fl").replace("\ufb03", "ffi").replace("\ufb00", "ff")
    return re.sub(r"[\s\u200b\u00a0\u202f\u2066-\u2069]", "", joined)


@dataclass(frozen=True)
class Sheets:
    """A PDF read again."""

    reader: pypdf.PdfReader

    @property
    def root(self) -> DictionaryObject:
        return self.reader.trailer["/Root"]

    @property
    def pages(self) -> list[str]:
        return [page.extract_text() for page in self.reader.pages]

    @property
    def text(self) -> str:
        return squeezed(" ".join(self.pages))

    def elements(self) -> Iterator[DictionaryObject]:
        """The elements of the structure, in reading order."""
        yield from _elements(self.root["/StructTreeRoot"]["/K"])

    def fonts(self) -> dict[str, bool]:
        """Every typeface used, in pictures too, and whether it is in the file."""
        found = {}
        for item in self.objects():
            if item.get("/Type") == "/FontDescriptor":
                found[str(item["/FontName"])] = any(str(name).startswith("/FontFile") for name in item)
        return found

    def objects(self) -> Iterator[DictionaryObject]:
        for number in self.reader.xref_objStm.keys() | {n for x in self.reader.xref.values() for n in x}:
            item = self.reader.get_object(IndirectObject(number, 0, self.reader))
            if isinstance(item, DictionaryObject):
                yield item


def _elements(value: Any) -> Iterator[DictionaryObject]:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    if isinstance(found, list):
        for child in found:
            yield from _elements(child)
    elif isinstance(found, dict) and "/S" in found:
        yield found
        if "/K" in found:
            yield from _elements(found["/K"])


def read(made: bytes) -> Sheets:
    return Sheets(pypdf.PdfReader(io.BytesIO(made)))
