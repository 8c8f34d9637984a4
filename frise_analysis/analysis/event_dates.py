"""Dates of life events as people say them: read from what is typed, said back no more precise than they are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from frise_analysis.dates import MONTHS, known_date, numeric_date, possible_days
from frise_analysis.vocabulary import DatePrecision


@dataclass(frozen=True)
class SaidDate:
    """A day, a month or a year: the first and the last day it may stand for."""

    first: date
    last: date
    precision: DatePrecision


class TwoDigitYear(ValueError):
    """The year has two digits: its century cannot be guessed."""


_PLAIN_MONTHS = {
    "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)): number
    for number, name in enumerate(MONTHS, 1)
}
_MONTH_WORD = re.compile(rf"\b({'|'.join(_PLAIN_MONTHS)})\b")
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?",
        r"(?:(?:(?P<d>\d{1,2}) )?(?P<m>\d{1,2}) )?(?P<y>\d{4})",
    )
)
#: ``12/03`` may be a day without its year: it is not one of these.
_TWO_DIGITS = re.compile(r"\d{1,2} \d{1,2} \d{2}|\d{1,2} (?:1[3-9]|[2-9]\d)", re.ASCII)


def read_date(text: str) -> SaidDate:
    """``12/03/2019``, ``12 mars 2019``, ``03/2019``, ``mars 2019``, ``2019``, or ISO; ``ValueError`` for anything else."""
    said = _spaced(text)
    for shape in _SHAPES:
        if found := shape.fullmatch(said):
            year, month, day = (None if found[k] is None else int(found[k]) for k in ("y", "m", "d"))
            return _said(year or 0, month, day)
    if _TWO_DIGITS.fullmatch(said):
        raise TwoDigitYear
    raise ValueError


def _spaced(text: str) -> str:
    """Lower case without accents, months as numbers, one blank between the parts of a French date."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    plain = _MONTH_WORD.sub(lambda found: str(_PLAIN_MONTHS[found[1]]), plain).strip()
    plain = re.sub(r"^(?:le |en |depuis |courant )+", "", plain)
    plain = re.sub(r"\b1er\b", "1", plain)
    return plain if re.match(r"\d{4}-", plain) else " ".join(re.split(r"[\s/.-]+", plain))


def _said(year: int, month: int | None, day: int | None) -> SaidDate:
    precision = DatePrecision.YEAR if month is None else DatePrecision.MONTH if day is None else DatePrecision.DAY
    ends = possible_days(date(year, 1 if month is None else month, 1 if day is None else day), precision)
    assert ends is not None
    return SaidDate(*ends, precision)


def typed_date(day: date, precision: str | None) -> str:
    """The same as it would be typed: ``12/03/2019``, ``03/2019``, ``2019``."""
    text = numeric_date(day)
    return text[6:] if precision == DatePrecision.YEAR else text[3:] if precision == DatePrecision.MONTH else text


def event_time(start: date, end: date | None, *, precision: str | None, end_precision: str | None = None) -> str:
    """The words of the time of a life event.

    ``le 12 mars 2019``, ``en mars 2019``, ``en 2019``, ``depuis mars 2019``, ``du 2 mai 2018 à juin 2019``.
    """
    said = known_date(start, precision)
    if end == start:
        return _point(said, precision)
    if end is None:
        return f"depuis {'le ' if _is_day(precision) else ''}{said}"
    last_precision = end_precision or precision
    last = known_date(end, last_precision)
    opening = f"du {said}" if _is_day(precision) else f"d’{said}" if said[0] in "ao" else f"de {said}"
    return f"{opening} {'au' if _is_day(last_precision) else 'à'} {last}"


def _point(said: str, precision: str | None) -> str:
    if _is_day(precision):
        return f"le {said}"
    return f"en {said}" if precision in {DatePrecision.MONTH, DatePrecision.YEAR} else said


def _is_day(precision: str | None) -> bool:
    return precision in {None, DatePrecision.DAY, DatePrecision.PERIOD}
