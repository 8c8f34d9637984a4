"""French spaces made unbreakable, on screen and in print; none is added, so that times and addresses stay whole."""

from __future__ import annotations

import re

_HARD, _NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_SCREEN = (
    (re.compile(r" (?=[;!?»:](?:\s|$|[.,)]))"), _HARD),
    (re.compile("(?<=«) "), _HARD),
)
_PRINT = (
    (re.compile(" (?=[;!?])"), _NARROW),
    (re.compile(r" (?=[:»])|(?<=«) "), _HARD),
    (re.compile(r"\b(CP|CPP|CJPM|CPén|art\.) (?=[LRD]?\.? ?\d)"), f"\\1{_HARD}"),
    (re.compile(r"(?<=\[)([−-]?[\d,]+) – ([−-]?[\d,]+)(?=\])"), f"\\1{_HARD}–{_HARD}\\2"),
)


def spaced_on_screen(text: str) -> str:
    """Before ``; : ? ! »`` that end a word, and after ``«``: one width, which every typeface of a screen has."""
    return _held(text, _SCREEN)


def spaced(text: str) -> str:
    """The same for print: narrow before ``;``, ``!`` and ``?``.

    Held together too: the name of a code and its article (``CP 133-13``), and an interval in brackets.
    """
    return _held(text, _PRINT)


def _held(text: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, kept in patterns:
        text = pattern.sub(kept, text)
    return text
