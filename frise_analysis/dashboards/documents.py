"""The documents of one person, from the path on screen to the file: what the screen and the command line both make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from frise_analysis.analysis.headings import person_heading
from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.own_words import own_sentences
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.words import lower_first
from frise_analysis.charts.parcours import parcours_data
from frise_analysis.charts.printed import printed_frise
from frise_analysis.dashboards.frames import parcours_frames
from frise_analysis.dashboards.panels import Landmark, Line, legal
from frise_analysis.dates import plural
from frise_analysis.report.content import (
    Asked,
    Purpose,
    document_content,
    own_heading,
    own_page_content,
)
from frise_analysis.report.pdf import own_page_pdf, synthesis_pdf
from frise_analysis.report.word_document import synthesis_docx
from frise_analysis.store.engine import Store
from frise_analysis.store.event_file import DeclaredUnusable
from frise_analysis.vocabulary import Clock, CountUnit

#: Landmarks printed of each part; the others are counted. A pair takes five lines.
PRINTED = {Landmark.PAIR: 1, Landmark.DECISION: 2}
PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Request:
    """Which document, why, the day it is made, and the name to print if there is one."""

    form: str
    purpose: Purpose
    made_on: date
    name: str = ""


@dataclass(frozen=True)
class Form:
    """How one form is made: its kind of file, what its name begins with, and what writes it."""

    media: str
    suffix: str
    begins: str
    write: Callable[[Store, PersonPath, Request], bytes]


def document(store: Store, path: PersonPath, request: Request) -> bytes:
    """The file of one form; ``KeyError`` where there is none of that name.

    ``DeclaredUnusable`` where what was entered cannot be read: what the person had removed would be printed.
    """
    if path.declared_refusal:
        raise DeclaredUnusable(path.declared_refusal, remedy="Aucun document n’est fait sans les évènements saisis.")
    return FORMS[request.form].write(store, path, request)


def file_name(path: PersonPath, request: Request) -> str:
    """``synthese-P-0271-2024-09-30.pdf``: the pseudonym, never the name."""
    form = FORMS[request.form]
    safe = "".join(c if c.isalnum() or c in "-_" else "-" for c in path.person.person_id)
    return f"{form.begins}-{safe}-{request.made_on.isoformat()}.{form.suffix}"


def _own_page(store: Store, path: PersonPath, request: Request) -> bytes:
    """What the person may see, and nothing else: the frise is drawn from the same path."""
    shown = interview_path(path)
    told = [sentence.text for sentence in own_sentences(path)]
    asked = replace(_asked(store, shown, request), heading=own_heading(path.person, request.name))
    return own_page_pdf(own_page_content(store, shown, asked=asked, sentences=told))


def _synthesis(store: Store, path: PersonPath, request: Request) -> bytes:
    return synthesis_pdf(document_content(store, path, asked=_asked(store, path, request)))


def _text(store: Store, path: PersonPath, request: Request) -> bytes:
    return synthesis_docx(document_content(store, path, asked=_asked(store, path, request)))


FORMS = {
    "pdf": Form(PDF, "pdf", "synthese", _synthesis),
    "docx": Form(DOCX, "docx", "synthese", _text),
    "personne": Form(PDF, "pdf", "page", _own_page),
}


def _asked(store: Store, path: PersonPath, request: Request) -> Asked:
    frames = parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR)
    return Asked(
        heading=person_heading(path.person, request.name),
        purpose=request.purpose,
        made_on=request.made_on,
        rules_on=path.as_of,
        legal=_landmarks(store, path),
        frise=printed_frise(parcours_data(replace(frames, plain=path.beside_person)), plain=path.beside_person),
    )


def _landmarks(store: Store, path: PersonPath) -> tuple[str, ...]:
    """What the panel of legal landmarks sums up, whole, and the first landmarks of each part; none beside the person."""
    parts = () if path.beside_person else legal(store, path)
    return tuple(f"{part.heading} : {lower_first(said)}" for part in parts for said in _printed(part.lines))


def _printed(lines: Sequence[Line]) -> list[str]:
    """The sentences of one part, then how many landmarks stay on the screen: what sums up is no landmark."""
    told: list[Line] = []
    unsaid = 0
    for line in lines:
        said = sum(x.landmark is not None for x in told)
        if line.unlisted or (line.landmark and said == PRINTED[line.landmark]):
            unsaid += line.unlisted or 1
        else:
            told.append(line)
    rest = [f"{plural(unsaid, 'autre repère', 'autres repères')} à l’écran."] if unsaid else []
    return [line.text for line in told] + rest
