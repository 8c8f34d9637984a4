"""Problems found in the records, and input that cannot be read at all."""

from __future__ import annotations

from dataclasses import dataclass

from frise_analysis.vocabulary import Severity


class UnreadableInput(Exception):
    """The input cannot be read: what is wrong and where, with what to do. Never holds the value of a cell."""

    def __init__(self, what: str, *, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True)
class Problem:
    """One rule violated by one row.

    ``row`` is the line of the row in its file or sheet, the header being line 1. No field holds the value of a cell.
    """

    table: str
    file: str
    row: int | None
    column: str | None
    rule: str
    severity: Severity
    sentence: str
    remedy: str
