"""What the law draws from each conviction, laid along the frise: delays of recidivism, dates on which it is void or rehabilitated.

Conditions and dates computed from the record, whatever happened next. Indicative: only a court decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from frise_analysis.analysis.clocks import Position, position
from frise_analysis.analysis.lane_rows import LANE_COLUMNS
from frise_analysis.analysis.legal_clocks.answers import NOTICE, TO_VERIFY, PairAnswer, joined, sentences
from frise_analysis.analysis.legal_clocks.dossier import Conviction, Dossier, dossier_of
from frise_analysis.analysis.legal_clocks.first_terms import FirstTerm, Reach, first_term_of
from frise_analysis.analysis.legal_clocks.pairs import Finding, Window
from frise_analysis.analysis.legal_clocks.recidivism import delay_words, rule_words
from frise_analysis.analysis.legal_clocks.rehabilitation import clearances
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.analysis.legal_clocks.void_dates import Clearance, clearance_words, void_date
from frise_analysis.analysis.person_path import PersonPath, read_path
from frise_analysis.analysis.registry import question
from frise_analysis.dates import full_date, numeric_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Clock, Lane

#: State of a row -> what is written on the lane.
TITLES = {
    "window": "Délai de récidive",
    "possible": "Délai possible",
    "undetermined": "Délai indéterminé",
    "rehabilitation": "Réhabilitation (calcul)",
    "void_date": "Non avenue",
}


@dataclass(frozen=True)
class Band:
    """A span of days, or a point where ``last`` is ``start``; ``end`` is empty where the end is not known."""

    state: str
    start: date
    last: date
    end: date | None
    code: str
    words: str


@dataclass(frozen=True)
class Case:
    """One conviction with what is computed of it."""

    conviction: Conviction
    first_term: FirstTerm | Finding
    rehabilitation: Clearance
    void: Clearance


@question("reperes-legaux", "Repères légaux : délais de récidive, non avenu, réhabilitation")
def legal_landmarks(
    store: Store, *, person_key: int, rules_on: date | None = None, as_of: date | None = None, with_void: bool = False
) -> pd.DataFrame:
    """One row per legal landmark of one person, on the calendar: see ``legal_bands``."""
    return legal_bands(
        store, read_path(store, person_key=person_key, as_of=as_of, with_void=with_void), rules_on=rules_on
    )


def legal_bands(
    store: Store, path: PersonPath, *, clock: Clock = Clock.CALENDAR, rules_on: date | None = None
) -> pd.DataFrame:
    """One row per landmark of each conviction shown, in order of start.

    ``state``: ``window``, the days in which new facts would fall for sure in the longest delay of recidivism that the
    conviction opens, whatever facts came next; ``possible``, the days after it in which they may (no ``end_date`` where nothing
    bounds it); ``undetermined``, where the records do not settle that there is one (a point where nothing bounds it);
    ``rehabilitation`` and ``void_date``, points. ``code`` is the rule of the row, ``x`` and ``x_end`` are in years of the clock,
    ``x_end`` never after the end of observation; what is to come after it is said in the words of the span.
    A void conviction that is shown is still a first term (Crim. 11 Jan 2011). ``rules_on`` is the extraction date by default.
    Sources: CP 132-8 to 132-11, 132-35, 132-52, 133-13.
    """
    dossier = dossier_of(store, path)
    book = RuleBook(rules_on or store.info.extraction_date)
    place = position(path, clock)
    bands = [
        (f"{case.conviction.conviction_id}/{band.state}", band)
        for case in _cases(dossier, path, book=book)
        for band in _bands(case, path, book=book)
        if band.start <= path.end
    ]
    rows = [_row(name, band, path, place) for name, band in sorted(bands, key=lambda x: (x[1].start, x[0]))]
    return pd.DataFrame(rows, columns=list(LANE_COLUMNS))


def _row(record_id: str, band: Band, path: PersonPath, place: Position) -> tuple[object, ...]:
    return (
        Lane.LEGAL.value, record_id, band.start, band.end, place(band.start), place(min(band.last, path.end)),
        band.code, TITLES[band.state], band.state, band.words, False,
    )  # fmt: skip


def _cases(dossier: Dossier, path: PersonPath, *, book: RuleBook) -> Iterator[Case]:
    rehabilitations = clearances(dossier, book=book)
    for x in dossier.convictions:
        if x.conviction_id in path.conviction_ids:
            first = first_term_of(x, dossier=dossier, book=book)
            yield Case(x, first, rehabilitations[x.conviction_id], void_date(x, dossier, book=book))


def _bands(case: Case, path: PersonPath, *, book: RuleBook) -> Iterator[Band]:
    if isinstance(case.first_term, Finding):
        yield from _barred(case, case.first_term, path, book=book)
    else:
        yield from _delays(case, case.first_term, path, book=book)
    yield from _void_point(case, path, book=book)
    found = case.rehabilitation
    if found.day is not None:
        opening = f"réhabilitation de plein droit de la {_named(case)}, d’après le calcul"
        words = (
            f"{sentences(opening)} {clearance_words(found, recorded=case.conviction.rehabilitation_date, book=book)}"
        )
        yield _point("rehabilitation", found.day, _rule_id(found), words)


def _void_point(case: Case, path: PersonPath, *, book: RuleBook) -> Iterator[Band]:
    """The day that the record gives where it is known on the day of reading, else the day computed."""
    recorded, found = case.conviction.void_date, case.void
    told = recorded is not None and recorded <= path.as_of
    day = recorded if told else found.day
    if day is not None:
        source = "d’après le casier" if told else "d’après le calcul"
        opening = f"{_named(case)}, non avenue le {full_date(day)} {source}"
        words = f"{sentences(opening)} {clearance_words(found, recorded=recorded, book=book)}"
        yield _point("void_date", day, _rule_id(found), words)


def _point(state: str, day: date, code: str, words: str) -> Band:
    return Band(state, day, day, None, code, words)


def _named(case: Case) -> str:
    return f"condamnation du {full_date(case.conviction.decision_date)}"


def _rule_id(found: Clearance) -> str:
    return found.rule.id if found.rule else ""


def _barred(case: Case, found: Finding, path: PersonPath, *, book: RuleBook) -> Iterator[Band]:
    """A line that opens no delay has no row; one that may is a point, on the day it is final or, if it is not, decided."""
    if found.answer == PairAnswer.NONE:
        return
    day = case.conviction.final_date or case.conviction.decision_date
    words = _told(case, path, "indéterminé", found.reason, _settles(found.missing), verify=found.to_verify, book=book)
    yield _point("undetermined", day, "", words)


def _delays(case: Case, first: FirstTerm, path: PersonPath, *, book: RuleBook) -> Iterator[Band]:
    sure_end, latest = first.sure_end, first.latest
    if sure_end is None:
        yield from _undetermined(case, first, path, book=book)
        return
    yield Band("window", first.final, sure_end, sure_end, _longest(first), _window_words(case, first, path, book=book))
    if latest is None or latest > sure_end:
        start = sure_end + timedelta(days=1)
        words = _possible_words(case, first, start, book=book)
        yield Band("possible", start, latest or path.end, latest, first.delays[0].rule.id, words)


def _undetermined(case: Case, first: FirstTerm, path: PersonPath, *, book: RuleBook) -> Iterator[Band]:
    if not first.delays:
        return
    latest = first.latest
    until = f", au plus tard au {full_date(latest)}" if latest else ""
    parts = [f"indéterminé{until}", *(rule_words(x.rule) for x in first.delays), _settles(_missing(first))]
    words = _told(case, path, *parts, verify=first.to_verify, book=book)
    yield Band("undetermined", first.final, latest or first.final, latest, first.delays[0].rule.id, words)


def _longest(first: FirstTerm) -> str:
    return next(x.rule.id for x in first.delays if x.sure)


def _window_words(case: Case, first: FirstTerm, path: PersonPath, *, book: RuleBook) -> str:
    kept = [x for x in first.reaches if x.sure]
    whole = Window(first.final, first.sure_end, first.latest)
    rules = [f"{rule_words(x.rule)}{_own_delay(x, first)}" for x in kept]
    return _told(case, path, delay_words(whole), *rules, first.term.words, verify=first.to_verify, book=book)


def _own_delay(reach: Reach, first: FirstTerm) -> str:
    """The delay of a rule that is not the longest."""
    if reach.window.end is None or reach.window.end == first.sure_end:
        return ""
    return f", {delay_words(reach.window)}"


def _possible_words(case: Case, first: FirstTerm, start: date, *, book: RuleBook) -> str:
    latest = first.latest
    until = (
        f"du {full_date(start)} au {full_date(latest)}" if latest else f"depuis le {full_date(start)}, sans fin connue"
    )
    longer = [x for x in first.delays if x.window.latest is None or x.window.latest >= start]
    rules = (rule_words(x.rule) for x in longer)
    return _closed(
        case,
        f"délai possible {until}",
        *rules,
        first.term.words,
        _settles(_missing(first)),
        verify=first.to_verify,
        book=book,
    )


def _missing(first: FirstTerm) -> str:
    """What would settle how long the delay is: the end of the sentence, and what the rules that are not sure ask."""
    term = "" if first.term.exact else first.term.missing
    return joined([*(x.condition.missing for x in first.delays if not x.sure), term])


def _settles(missing: str) -> str:
    return f"ce qui trancherait : {missing}" if missing else ""


def _told(case: Case, path: PersonPath, *parts: str, verify: bool, book: RuleBook) -> str:
    """The words of the main span of a conviction: they say too whether it is void, and the dates to come after the axis."""
    recorded = case.conviction.void_date
    void = recorded is not None and recorded <= path.as_of
    shown = "condamnation non avenue : elle reste un premier terme possible" if void else ""
    coming = {"réhabilitation de plein droit": case.rehabilitation, "condamnation non avenue": case.void}
    later = {
        name: x
        for name, x in coming.items()
        if x.day is not None and x.day > path.end and not (void and x is case.void)
    }
    dates = [f"{name}, {x.answer.label} : {full_date(x.day)} ({_rule_id(x)})" for name, x in later.items() if x.day]
    unread = verify or any(x.to_verify for x in later.values())
    return _closed(case, *parts, shown, *dates, verify=unread, book=book)


def _closed(case: Case, opening: str, *parts: str, verify: bool, book: RuleBook) -> str:
    """Sentences on one conviction, closed as every answer is: what is to verify, the rules of which day, the notice."""
    said = f"récidive légale après la {_named(case)} : {opening}"
    return sentences(said, *parts, TO_VERIFY if verify else "", f"règles au {numeric_date(book.on)}", NOTICE)
