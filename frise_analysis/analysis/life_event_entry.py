"""Read what was typed about a life event: an entry to keep, or a sentence beside each field that cannot be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from frise_analysis.analysis.event_dates import SaidDate, TwoDigitYear, read_date, typed_date
from frise_analysis.analysis.person_path import Person
from frise_analysis.dates import full_date
from frise_analysis.store.event_journal import Entry
from frise_analysis.vocabulary import EventSource, Labelled, LifeDirection, LifeDomain

#: Names of the fields of the form, in their order.
FIELDS = ("label", "domain", "direction", "start", "end", "source")
LONGEST_LABEL = 120
FIRST_YEAR = 1900
#: Marks in a row on one letter that writings need; more would cover what is around.
MOST_MARKS = 4
#: Format characters that some writings need within a word.
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
#: Letters and signs that are drawn as nothing.
_BLANK = "\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{BRAILLE PATTERN BLANK}"
#: Typed where the event still lasts.
ONGOING = "en cours"
UNREADABLE = "Cette date ne se lit pas. Écrivez un jour (12/03/2019), un mois (03/2019) ou une année (2019)."
SHORT_YEAR = "L’année a deux chiffres. Écrivez-la avec quatre chiffres : le siècle ne se devine pas."
REQUIRED = {
    "label": "Dites en quelques mots ce qui s’est passé.",
    "domain": "Choisissez un domaine dans la liste.",
    "direction": "Choisissez : appui, difficulté, ou ni appui ni difficulté.",
    "start": "Donnez une date : un jour (12/03/2019), un mois (03/2019) ou une année (2019).",
    "source": "Choisissez qui le dit : la personne ou le CPIP.",
}
CODES: dict[str, type[Labelled]] = {"domain": LifeDomain, "direction": LifeDirection, "source": EventSource}


class _Wrong(Exception):
    """A sentence that says what is wrong and what to do; never what was typed."""


def read_entry(fields: Mapping[str, str], *, person: Person, until: date) -> Entry | dict[str, str]:
    """What the fields say, or a sentence for each wrong field, by its name, in the order of the form.

    An empty end is one single day (or the month, or the year, that the start names); ``en cours`` still lasts. Nothing
    may be before the birth nor after ``until``.
    """
    read: dict[str, Any] = {"start": None}
    wrong: dict[str, str] = {}
    for name in FIELDS:
        try:
            read[name] = _read(name, _plain(fields.get(name, "")), start=read["start"], limits=(person, until))
        except _Wrong as sentence:
            wrong[name] = str(sentence)
    return wrong or _entry(read, person=person, until=until)


def _plain(text: object) -> str:
    """One line without what controls a terminal or the order of the words, or cannot be written; composed accents, few on one letter."""
    spaced = (" " if c.isspace() else c for c in str(text))
    kept = "".join(c for c in spaced if c in _JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return " ".join("".join(_few_marks(unicodedata.normalize("NFC", kept))).split())


def _few_marks(text: str) -> Iterator[str]:
    """The characters without the marks that would pile up over the lines around; a joiner is no letter to begin again on."""
    run = 0
    for c in text:
        mark = unicodedata.category(c).startswith("M")
        run = run + 1 if mark else run if c in _JOINERS else 0
        if not mark or run <= MOST_MARKS:
            yield c


def _seen(text: str) -> bool:
    """Whether anything of the text shows: a letter, a figure or a sign that is not drawn as nothing."""
    return any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK for c in text)


def _read(name: str, text: str, *, start: SaidDate | None, limits: tuple[Person, date]) -> object:
    if name == "end":
        return _end(text, start, limits[1])
    if not text:
        raise _Wrong(REQUIRED[name])
    if name == "start":
        return _start(text, *limits)
    return _label(text) if name == "label" else _code(name, text)


def _label(text: str) -> str:
    if not _seen(text):
        raise _Wrong(REQUIRED["label"])
    if len(text) > LONGEST_LABEL:
        raise _Wrong(f"Ce texte a {len(text)} signes. Gardez-en {LONGEST_LABEL} au plus.")
    return text


def _code(name: str, text: str) -> str:
    if text not in {x.value for x in CODES[name]}:
        raise _Wrong(REQUIRED[name])
    return text


def _start(text: str, person: Person, until: date) -> SaidDate:
    said = _date(text)
    born = person.birth_date or (date(person.birth_year, 1, 1) if person.birth_year else date.min)
    if said.last < born:
        raise _Wrong("Cette date est avant la naissance de la personne. Vérifiez l’année.")
    return _not_later(said, until)


def _end(text: str, start: SaidDate | None, until: date) -> SaidDate | None:
    """None where it still lasts; the start itself where nothing is typed."""
    if not text:
        return start
    if text.lower() == ONGOING:
        return None
    said = _not_later(_date(text), until)
    if start is not None and said.last < start.first:
        raise _Wrong("Cette date est avant le début. Vérifiez les deux dates.")
    return said


def _date(text: str) -> SaidDate:
    try:
        said = read_date(text)
    except TwoDigitYear:
        raise _Wrong(SHORT_YEAR) from None
    except ValueError:
        raise _Wrong(UNREADABLE) from None
    if said.first.year < FIRST_YEAR:
        raise _Wrong(f"Cette date est avant {FIRST_YEAR}. Vérifiez l’année.")
    return said


def _not_later(said: SaidDate, until: date) -> SaidDate:
    if said.first > until:
        raise _Wrong(
            f"Cette date est après aujourd’hui ({full_date(until)}). Vérifiez l’année, ou attendez qu’elle passe."
        )
    return said


def _entry(read: Mapping[str, Any], *, person: Person, until: date) -> Entry:
    start, end = read["start"], read["end"]
    first = max(start.first, person.birth_date or start.first)
    return Entry(
        start_date=first, date_precision=start.precision.value,
        end_date=None if end is None else first if end == start else max(first, min(end.last, until)),
        end_precision=None if end in {None, start} else end.precision.value,
        domain=read["domain"], label=read["label"], direction=read["direction"], source=read["source"],
    )  # fmt: skip


def typed_fields(entry: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the form that say an event again: ``entry`` has the names of :class:`Entry`."""
    start, end, precision = entry["start_date"], entry["end_date"], entry["date_precision"]
    ends = ONGOING if end is None else "" if end == start else typed_date(end, entry["end_precision"] or precision)
    codes = {name: entry[name] or "" for name in CODES}
    return {"label": entry["label"] or "", "start": typed_date(start, precision), "end": ends, **codes}
