"""The typefaces of printed documents, and the text that they can print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from struct import unpack_from

from frise_analysis.analysis.typography import spaced

#: The typeface of the text and, for what it lacks, that of Arabic: family and package.
FACES = {"IBM Plex Sans": "fontpkg_ibm_plex_sans", "Noto Sans Arabic": "fontpkg_noto_sans_arabic"}
MAIN = "IBM Plex Sans"
#: Printed for a character that no typeface has.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
#: Invisible characters that shape or isolate text and may stay: joiners, breaks, marks of direction, isolates.
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")
#: Spaces that hold two words together.
_NARROW = frozenset("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
#: A word longer than this may be broken, so that it stays on the page.
LONGEST_WORD = 36
_BREAK = "\N{ZERO WIDTH SPACE}"


def folders() -> list[Path]:
    """Where the typefaces are."""
    return [Path(str(resources.files(package))) / "files" for package in FACES.values()]


def plain(text: str) -> str:
    """Text on one line, composed, without control characters nor marks that would turn the words around it."""
    kept = (" " if c.isspace() and c not in _NARROW else c for c in text)
    shown = "".join(c for c in kept if c in _INVISIBLE or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return " ".join(word for word in unicodedata.normalize("NFC", shown).split(" ") if word)


def cut(text: str, longest: int) -> str:
    """Text of at most ``longest`` characters, cut after a sentence where one ends in its last two thirds, else between two words.

    Half a sentence of law says something else than the whole.
    """
    clean = plain(text)
    if len(clean) <= longest:
        return clean
    last = clean.rfind(". ", longest // 3, longest - 2)
    if last > 0:
        return f"{clean[: last + 1]} …"
    kept = clean[: longest - 1].rsplit(" ", 1)[0] if " " in clean[longest // 2 : longest - 1] else clean[: longest - 1]
    return f"{kept.rstrip(' ,;:')}…"


def printable(text: str, *, longest: int = 400) -> str:
    """Text that the page can print: cut, characters that no typeface has replaced, words too long for a line made breakable."""
    covered = coverage(*FACES)
    shown = "".join(c if c in _INVISIBLE or ord(c) in covered else UNKNOWN for c in spaced(cut(text, longest)))
    return " ".join(_breakable(word) for word in shown.split(" "))


def drawable(text: str) -> str:
    """Text for a picture, which has one typeface and no fallback."""
    covered = coverage(MAIN)
    return "".join(c if ord(c) in covered else UNKNOWN for c in plain(text) if c not in _INVISIBLE)


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return _BREAK.join(word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD))


@cache
def coverage(*families: str) -> frozenset[int]:
    """The characters that the upright files of some of ``FACES`` have."""
    files = [x for family in families for x in _files(FACES[family])]
    return frozenset(code for file in files for code in _character_map(file.read_bytes()))


def _files(package: str) -> list[Path]:
    folder = Path(str(resources.files(package))) / "files"
    return sorted(x for x in folder.iterdir() if x.suffix in {".ttf", ".otf"} and "Italic" not in x.name)


def _character_map(font: bytes) -> Iterator[int]:
    """Characters of the segments of a font's ``cmap`` (OpenType specification, formats 4 and 12)."""
    (tables,) = unpack_from(">H", font, 4)
    records = (unpack_from(">4sIII", font, 12 + 16 * i) for i in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = unpack_from(">H", font, start + 2)
    for i in range(count):
        (offset,) = unpack_from(">I", font, start + 4 + 8 * i + 4)
        (kind,) = unpack_from(">H", font, start + offset)
        if kind in _SEGMENTS:
            for first, last in _SEGMENTS[kind](font, start + offset):
                yield from range(first, last + 1)


def _format_4(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    (twice,) = unpack_from(">H", font, at + 6)
    ends = unpack_from(f">{twice // 2}H", font, at + 14)
    starts = unpack_from(f">{twice // 2}H", font, at + 16 + twice)
    return ((first, last) for first, last in zip(starts, ends, strict=True) if last != 0xFFFF)


def _format_12(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    (groups,) = unpack_from(">I", font, at + 12)
    return (unpack_from(">II", font, at + 16 + 12 * i) for i in range(groups))


_SEGMENTS = {4: _format_4, 12: _format_12}
