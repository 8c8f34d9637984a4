"""Tables of a report about a service: published numbers with their formats, words where a number is hidden, and nothing else."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, DisclosureRefused, Published, State
from frise_analysis.analysis.disclosure.published import HIDDEN
from frise_analysis.dates import french_number, plural, short_date

#: Written where a number that is not hidden could not be computed, or means nothing there.
NOT_ESTIMATED, NOT_APPLICABLE = "non estimé", "sans objet"
UNPUBLISHED = "Ce tableau n’est pas publié : il ne peut pas entrer dans un rapport. Passez-le d’abord par « publish »."
_HIDDEN = {State.SMALL.value, State.COMPLEMENTARY.value}


class Kind(StrEnum):
    """What the values of a column are, hence how they are written. A share is from 0 to 1."""

    TEXT = "text"
    COUNT = "count"
    CHANGE = "change"
    DAYS = "days"
    RATE = "rate"
    SHARE = "share"
    MONTH = "month"


@dataclass(frozen=True)
class Told:
    """Words in the place of a number; ``state`` says whether it is hidden, and why."""

    words: str
    state: State | None = None


Value = str | int | float | date | Told


@dataclass(frozen=True)
class Column:
    """One column: its head in French, what it holds, and where it stands in the published frame.

    ``text``: column of the words written where the number is missing; without one, ``HIDDEN`` if one of ``states`` is hidden, else ``missing``.
    """

    head: str
    kind: Kind
    field: str
    text: str = ""
    states: tuple[str, ...] = ("state",)
    missing: str = NOT_ESTIMATED


@dataclass(frozen=True)
class Table:
    """One table: ``name`` (its chart has the same), heading, the name of its sheet, rows of values in the order of the columns.

    ``note`` says what is hidden, ``reading`` what the marks of its chart are. ``printed``: whether a document shows it; one too long for a page is
    in the workbook alone.
    """

    name: str
    heading: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str
    reading: str = ""
    printed: bool = True


def read_rows(published: object, columns: Iterable[Column], *, k: int = THRESHOLD) -> tuple[tuple[Value, ...], ...]:
    """The values of each row of a ``Published`` or of the published frame of a question.

    ``DisclosureRefused`` for anything else, for counts without their states, and for a number said to be hidden or under ``k``.
    """
    frame = published.cells if isinstance(published, Published) else published
    kept = tuple(columns)
    if not isinstance(frame, pd.DataFrame) or not _says_its_states(frame, kept):
        raise DisclosureRefused(UNPUBLISHED)
    return tuple(tuple(_value(row, column, k) for column in kept) for row in frame.to_dict("records"))


def _says_its_states(frame: pd.DataFrame, columns: tuple[Column, ...]) -> bool:
    """Whether the frame has the states of each of its counts."""
    counted = [x for x in columns if x.kind is Kind.COUNT]
    return all(x.states and set(x.states) <= set(frame.columns) for x in counted)


def _value(row: Mapping[Hashable, object], column: Column, k: int) -> Value:
    found = row[column.field]
    hidden = next((State(str(row[x])) for x in column.states if x in row and row[x] in _HIDDEN), None)
    if column.kind is Kind.TEXT:
        return str(found)
    if _absent(found):
        return _told(row, column, hidden)
    if hidden is not None or (column.kind is Kind.COUNT and 0 < int(str(found)) < k):
        raise DisclosureRefused(UNPUBLISHED)
    return _typed(found, column.kind)


def _told(row: Mapping[Hashable, object], column: Column, hidden: State | None) -> Told:
    words = str(row[column.text]) if column.text else ""
    if words == HIDDEN:
        hidden = hidden or State.COMPLEMENTARY
    return Told(words or (HIDDEN if hidden else column.missing), hidden)


def _absent(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)  # noqa: PLR0124 - not a number


def _typed(value: object, kind: Kind) -> Value:
    if kind is Kind.MONTH:
        return pd.Timestamp(str(value)).date()
    return int(str(value)) if kind in {Kind.COUNT, Kind.CHANGE} else float(str(value))


def hidden_note(columns: Iterable[Column], rows: Iterable[tuple[Value, ...]], *, k: int = THRESHOLD) -> str:
    """How many numbers of people or acts are hidden, and why; empty for a table that counts nothing."""
    counts = [n for n, x in enumerate(columns) if x.kind is Kind.COUNT]
    if not counts:
        return ""
    told = [row[n] for row in rows for n in counts]
    small, more = (
        sum(isinstance(x, Told) and x.state is state for x in told) for state in (State.SMALL, State.COMPLEMENTARY)
    )
    if not small + more:
        return f"Aucune case n’est masquée : aucune ne porte sur moins de {k} personnes."
    parts = [f"{french_number(small)} de moins de {k} personnes"] if small else []
    parts += [f"{french_number(more)} pour qu’aucune différence n’en redonne une"] if more else []
    return f"{plural(small + more, 'case masquée', 'cases masquées')} : {', '.join(parts)}."


def is_total(row: tuple[Value, ...]) -> bool:
    """Whether a row is the total of its table."""
    return row[0] == TOTAL


def value_text(value: Value, kind: Kind) -> str:
    """A value as a document writes it: ``1 204``, ``+12``, ``69,8 %``, ``sept. 2024``."""
    if isinstance(value, Told):
        return value.words
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, str):
        return value
    if kind is Kind.SHARE:
        return f"{french_number(100 * value, 1)}\N{NO-BREAK SPACE}%"
    if kind is Kind.CHANGE:
        return f"{'+' if value > 0 else '−' if value < 0 else ''}{french_number(abs(value))}"
    return french_number(value, decimals_of(value, kind)).replace("-", "−")


def decimals_of(value: float, kind: Kind) -> int:
    """One decimal for a rate, and for days that are not whole."""
    return 1 if kind is Kind.RATE or (kind is Kind.DAYS and not float(value).is_integer()) else 0
