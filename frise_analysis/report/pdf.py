"""Documents as PDF: tagged (PDF/UA-1), in French, the same bytes for the same content.

The templates are constant; the content goes in as JSON, so that no text of a record is ever read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from frise_analysis.dates import numeric_date, plural
from frise_analysis.report.content import Content, OwnPage, Stamp
from frise_analysis.report.notices import (
    FICTIONAL,
    FRISE_KEY,
    FRISE_TOO_HIGH,
    LEDGER_CAUTION,
    LEGAL_CAUTION,
    NO_EVENT,
    OFFICER,
    OWN_FRISE_KEY,
    OWN_FRISE_TOO_HIGH,
    PERSON,
)
from frise_analysis.report.picture import compiler, svg
from frise_analysis.report.typeface import printable

#: What a page leaves to the screen: one, several.
EARLIER_MEASURES = "autre mesure, plus ancienne", "autres mesures, plus anciennes"
EARLIER_EVENTS = "autre évènement, plus ancien", "autres évènements, plus anciens"
OTHER_LANDMARKS = "autre repère", "autres repères"
#: Where the rest is, for the officer and for the person.
SCREEN = "voir l’écran"
OWN_SCREEN = "votre CPIP peut vous en montrer le détail à l’écran"


@dataclass(frozen=True)
class Room:
    """How much of each list a document takes, the height of its picture and the size of its type in points, the pages it may take.

    ``value`` is the longest text of a cell or of a line, in characters; ``parted`` starts the second page with the ledger, so that
    neither of two pages is nearly empty.
    """

    measures: int
    events: int
    legal: int
    value: int
    frise: float
    size: float
    pages: int
    parted: bool = False


#: From the fullest to the barest; the first that fits is the document. One page if the whole holds on it, else two.
#: Measures and events shrink before the landmarks, of which a date or a reserve may not be left out.
SYNTHESIS_ROOM = (
    Room(40, 20, 24, 320, 420, 10, pages=1),
    Room(40, 20, 24, 320, 420, 9.2, pages=1),
    Room(40, 20, 24, 320, 420, 8.7, pages=1),
    *(Room(40, 20, 24, 320, 420, size, pages=2, parted=True) for size in (11.4, 10.8, 10.2, 9.6)),
    Room(40, 16, 24, 240, 420, 9.2, pages=2),
    *(Room(most, max(4, most // 2), 24, 200, 420, 9, pages=2) for most in (30, 24, 20, 17, 14, 12, 10, 8, 7, 6, 5, 4)),
    *(Room(most, 3, 24, 140, high, 8.7, pages=2) for most, high in ((6, 420), (4, 360), (3, 300))),
    Room(2, 2, 24, 120, 240, 8.6, pages=2),
    Room(1, 1, 24, 80, 180, 8.4, pages=2),
    Room(3, 3, 12, 120, 300, 9, pages=2),
    Room(3, 3, 6, 100, 220, 9, pages=2),
    Room(3, 2, 2, 80, 180, 9, pages=2),
)
OWN_ROOM = (
    Room(30, 20, 14, 320, 320, 11.5, pages=1),
    Room(22, 16, 14, 320, 320, 11.2, pages=1),
    Room(18, 14, 14, 320, 320, 11, pages=1),
    Room(14, 14, 14, 320, 320, 11.5, pages=1),
    Room(12, 12, 14, 300, 300, 11, pages=1),
    Room(10, 10, 12, 280, 290, 10.5, pages=1),
    Room(6, 6, 12, 260, 290, 10.5, pages=1),
    Room(4, 4, 10, 240, 290, 10.5, pages=1),
    Room(10, 10, 12, 240, 0, 10.5, pages=1),
    Room(5, 5, 8, 200, 0, 10.5, pages=1),
    Room(2, 2, 4, 120, 0, 10, pages=1),
)
#: A value of the ledger stands in a quarter of the page.
LONGEST_FACTOR = 130
#: No sentence of law is as long: one is cut only where somebody wrote without end.
LONGEST_LANDMARK = 900
#: A source that says more is described elsewhere.
LONGEST_ORIGIN = 160


def synthesis_pdf(content: Content) -> bytes:
    """The synthesis for the officer, two A4 pages at most: what does not fit is counted, and left to the screen."""
    picture = None if content.frise is None else svg(content.frise)
    sheets = ((_synthesis_data(content, room), room.pages) for room in SYNTHESIS_ROOM)
    return _first_that_fits("synthesis.typ", sheets, picture=picture, made_on=content.stamp.made_on)


def own_page_pdf(content: OwnPage) -> bytes:
    """The page for the person followed: one A4 page."""
    picture = None if content.frise is None else svg(content.frise)
    sheets = ((_own_data(content, room), room.pages) for room in OWN_ROOM)
    return _first_that_fits("own_page.typ", sheets, picture=picture, made_on=content.stamp.made_on)


def _first_that_fits(
    template: str, sheets: Iterable[tuple[dict[str, Any], int]], *, picture: str | None, made_on: date
) -> bytes:
    """The document of the first sheet that holds on its pages; the last, which is bare, where none does."""
    setting = compiler(template)
    form: dict[str, Any] = {
        "format": "pdf",
        "pdf_standards": ["ua-1"],
        "timestamp": datetime.combine(made_on, time(), UTC),
    }
    made = b""
    for sheet, pages in sheets:
        inputs = {"content": json.dumps(sheet, ensure_ascii=False)} | ({} if picture is None else {"frise": picture})
        found = setting.compile(sys_inputs=inputs, **form)
        assert isinstance(found, bytes)
        made = found
        if int(setting.query("<pages>", field="value", one=True)) <= pages:
            break
    return made


def _synthesis_data(content: Content, room: Room) -> dict[str, Any]:
    measures, measures_left = _latest(content.measures, room.measures, EARLIER_MEASURES)
    events, events_left = _latest(content.life_events, room.events, EARLIER_EVENTS)
    legal, legal_left = (
        content.legal[: room.legal],
        _left(content.legal, room.legal, OTHER_LANDMARKS),
    )
    rules = numeric_date(content.stamp.rules_on)
    return {
        **_shared(content, room),
        "foot": _foot(content.stamp),
        "figures": [[_short(f.headline), _short(f.words)] for f in content.figures],
        "sentences": _all(content.sentences, room.value + 80),
        "factors": [
            [_short(name), printable(value, longest=min(room.value, LONGEST_FACTOR))] for name, value in content.factors
        ],
        "measures": [[_short(m.name), _short(m.period), _short(m.outcome)] for m in measures],
        "measures_summary": printable(content.measures_summary),
        "measures_left": measures_left,
        "life_events": _all(events, room.value),
        "life_events_left": events_left,
        "legal": _all(legal, LONGEST_LANDMARK),
        "legal_left": legal_left,
        "legal_caution": printable(LEGAL_CAUTION.format(day=rules)),
        "frise_key": printable(FRISE_KEY, longest=LONGEST_LANDMARK),
        "frise_too_high": printable(FRISE_TOO_HIGH),
        "ledger_caution": printable(LEDGER_CAUTION),
        "no_event": NO_EVENT,
        "notice": _all(OFFICER, LONGEST_LANDMARK),
    }


def _own_data(content: OwnPage, room: Room) -> dict[str, Any]:
    events, events_left = _latest(content.life_events, room.events, EARLIER_EVENTS, where=OWN_SCREEN)
    completed, completed_left = _latest(content.completed, room.measures, EARLIER_MEASURES, where=OWN_SCREEN)
    stamp = content.stamp
    return {
        **_shared(content, room),
        "foot": [
            f"Fait le {numeric_date(stamp.made_on)}, d’après les données du {numeric_date(stamp.extraction_date)}."
        ],
        "sentences": _all(content.sentences[: room.legal], room.value),
        "life_events": _all(events, room.value),
        "life_events_left": events_left,
        "completed": _all(completed, room.value),
        "completed_left": completed_left,
        "notice": _all(PERSON, LONGEST_LANDMARK),
        "frise_key": printable(OWN_FRISE_KEY),
        "frise_too_high": printable(OWN_FRISE_TOO_HIGH),
    }


def _shared(content: Content | OwnPage, room: Room) -> dict[str, Any]:
    return {
        "title": _short(content.title),
        "heading": _short(content.heading),
        "fictional": FICTIONAL if content.stamp.fictional else "",
        "frise": content.frise is not None,
        "frise_words": printable(content.frise_words),
        "frise_height": room.frise,
        "size": room.size,
        "parted": room.parted,
    }


def _foot(stamp: Stamp) -> list[str]:
    origin = " · ".join(printable(x, longest=LONGEST_ORIGIN) for x in stamp.origin)
    source = printable(stamp.source, longest=LONGEST_ORIGIN)
    return [line for line in (printable(f"{stamp.use} · {stamp.made}"), origin, source) if line]


def _short(text: str) -> str:
    return printable(text, longest=120)


def _all(texts: Sequence[str], longest: int) -> list[str]:
    return [printable(text, longest=longest) for text in texts]


def _latest(
    rows: Sequence[Any], most: int, names: tuple[str, str], *, where: str = SCREEN
) -> tuple[Sequence[Any], str]:
    """The last rows in order of date, and how many earlier ones the screen has."""
    return rows[-most:], _left(rows, most, names, where=where)


def _left(rows: Sequence[Any], most: int, names: tuple[str, str], *, where: str = SCREEN) -> str:
    left = len(rows) - most
    return printable(f"Et {plural(left, *names)} : {where}.") if left > 0 else ""
