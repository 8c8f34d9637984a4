"""What the written synthesis and the path told to the person are made of: sentences, lists and dates within them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.dates import MONTHS, full_date
from frise_analysis.vocabulary import DatePrecision


@dataclass(frozen=True)
class SynthesisSentence:
    """One sentence: what it speaks of, its words, and the keys (``lane:record_id``) of the records behind it."""

    topic: str
    text: str
    keys: tuple[str, ...]


def key(record: Record) -> str:
    """The name of a record on the frise."""
    return f"{record.lane}:{record.record_id}"


def tell(topic: str, text: str, records: Iterable[Record]) -> SynthesisSentence:
    """A sentence made from some records."""
    return SynthesisSentence(topic, text, tuple(dict.fromkeys(key(r) for r in records)))


def enumerate_words(parts: Sequence[str]) -> str:
    """``a``, ``a et b``, ``a, b et c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"


def ranked(names: Iterable[str]) -> list[tuple[str, int]]:
    """Each different name and its number, the most frequent first, equal ones by name: the order of the charts and their tables."""
    return sorted(Counter(names).items(), key=lambda one: (-one[1], one[0]))


def point_words(path: PersonPath, day: date) -> str:
    """A date of facts inside a sentence, no more precise than the records of that day: ``le 5 juillet 2018``, ``mai 2015``, ``2015``."""
    known = path.precision(day)
    if known in {DatePrecision.DAY, DatePrecision.PERIOD}:
        return f"le {full_date(day)}"
    if known == DatePrecision.MONTH:
        return f"{MONTHS[day.month - 1]} {day.year}"
    return f"l’année {day.year}" if known == DatePrecision.YEAR else f"{day.year} environ"
