"""Read the value of an option from the words a user typed, by the type that a function declares."""

from __future__ import annotations

from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin

from frise_analysis.vocabulary import Labelled

_YES_NO = {"oui": True, "vrai": True, "true": True, "1": True, "non": False, "faux": False, "false": False, "0": False}


class OptionRefused(Exception):
    """A value that its option cannot take: a sentence that says what it takes."""


def read_value(kind: Any, text: str) -> object:
    """The value written as ``text``; ``OptionRefused`` where it is not one of ``kind``. Empty is ``None`` where allowed."""
    inner, optional = _without_none(kind)
    if optional and not text.strip():
        return None
    try:
        return _reader(inner)(text.strip())
    except (ValueError, KeyError):
        raise OptionRefused(f"{expectation(kind)} est attendu.") from None


def expectation(kind: Any) -> str:
    """What a value of that type looks like, in French."""
    inner, _ = _without_none(kind)
    if _is_code(inner):
        return "un de " + ", ".join(inner)
    if get_origin(inner) in {tuple, frozenset}:
        return f"une liste à virgules ({expectation(get_args(inner)[0])})"
    words = {date: "une date AAAA-MM-JJ", bool: "oui ou non", int: "un nombre entier", float: "un nombre"}
    return words.get(inner, "un texte")


def written(value: object) -> str:
    """A default as the user would type it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple | frozenset):
        return ",".join(sorted(map(str, value)))
    return "" if value is None else str(value)


def _reader(kind: Any) -> Any:
    if get_origin(kind) in {tuple, frozenset}:
        inner = get_args(kind)[0]
        return lambda text: get_origin(kind)(_reader(inner)(x.strip()) for x in text.split(",") if x.strip())
    if kind is bool:
        return lambda text: _YES_NO[text.lower()]
    if kind is float:
        return lambda text: float(text.replace(",", "."))
    return date.fromisoformat if kind is date else kind


def _is_code(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Labelled)


def _without_none(kind: Any) -> tuple[Any, bool]:
    if get_origin(kind) in {Union, UnionType}:
        others = [x for x in get_args(kind) if x is not type(None)]
        return others[0], len(others) < len(get_args(kind))
    return kind, False
