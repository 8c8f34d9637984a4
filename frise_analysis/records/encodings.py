"""Find how the bytes of a text file are written, reading it once in pieces, and rewrite it where the engine could not."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIECE = 4 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class TextFacts:
    """``encoding`` as Python names it; blank lines, returns that end no line or every line, and mixed line ends call for a copy."""

    encoding: str
    blank_lines: bool = False
    lone_returns: bool = False
    mixed_ends: bool = False
    stray_returns: bool = False

    @property
    def readable_as_it_is(self) -> bool:
        """Whether the engine can read the file itself, with right line numbers."""
        uneven = self.blank_lines or self.lone_returns or self.mixed_ends or self.stray_returns
        return self.encoding.startswith("utf-8") and not uneven


def examine(path: Path) -> TextFacts:
    """Encoding and line ends of a whole file. Memory stays bounded whatever its size."""
    encoding = _by_mark(path) or _by_bytes(path)
    if not encoding.startswith("utf-8"):
        return TextFacts(encoding)
    return _layout(path, encoding)


def _by_mark(path: Path) -> str | None:
    with path.open("rb") as file:
        head = file.read(64)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    return _utf16_without_mark(head)


def _utf16_without_mark(head: bytes) -> str | None:
    """A header is nearly all ASCII: in UTF-16 every second byte of it is zero."""
    pairs = max(1, len(head) // 2)
    if len(head) >= 8 and head[1::2].count(0) > 0.9 * pairs:
        return "utf-16-le"
    if len(head) >= 8 and head[0::2].count(0) > 0.9 * pairs:
        return "utf-16-be"
    return None


def _by_bytes(path: Path) -> str:
    """UTF-8 where it holds; else CP1252, unless letters written in UTF-8 outnumber the bytes that are not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in _pieces(path):
            # Decoding what is plain ASCII would cost more than reading it; a letter cut in two waits in the decoder.
            if not piece.isascii() or decoder.getstate()[0]:
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "utf-8" if _mostly_utf8(path) else "cp1252"
    return "utf-8"


def _mostly_utf8(path: Path) -> bool:
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for piece in _pieces(path):
        text = decoder.decode(piece)
        wrong = text.count("\ufffd")
        bad += wrong
        good += sum(1 for c in text if c > "\x7f") - wrong
    return good > bad


def _layout(path: Path, encoding: str) -> TextFacts:
    last, blank, ends, pairs, returns = b"", False, 0, 0, 0
    for piece in _pieces(path):
        joined = last + piece
        some = b"\r" in joined
        blank = blank or b"\n\n" in joined or (some and b"\n\r" in joined)
        ends += piece.count(b"\n")
        # A pair cut in two by the end of a piece is seen with the next one; the byte kept is never a whole pair.
        pairs += joined.count(b"\r\n") if some else 0
        returns += piece.count(b"\r") if some else 0
        last = piece[-1:]
    return TextFacts(encoding, blank, returns > 0 and not ends, 0 < pairs < ends, ends > 0 and pairs < returns)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def rewrite(source: Path, target: Path, *, facts: TextFacts, filler: str) -> None:
    """A copy in UTF-8 with one kind of line end, blank lines outside quotes filled with ``filler`` so that they still count.

    A return that ends no line, outside quotes, stops the engine: it becomes a space.
    Bytes that are not of a UTF-8 file pass as they are: the engine refuses their lines one by one.
    """
    keep = "surrogateescape" if facts.encoding.startswith("utf-8") else "replace"
    ends = ("\r\n", "\n", "\r") if facts.lone_returns else ("\r\n", "\n")
    inside = False
    with (
        source.open(encoding=facts.encoding, errors=keep, newline="") as lines,
        target.open("w", encoding="utf-8", errors=keep, newline="") as copy,
    ):
        for line in lines:
            inside ^= bool(line.count('"') & 1)
            copy.write(line if inside else _ended(line, ends, filler))


def _ended(line: str, ends: tuple[str, ...], filler: str) -> str:
    """A line outside quotes, with its line end made plain; ``line`` may be the last of a quoted cell."""
    end = next((e for e in ends if line.endswith(e)), None)
    if end is None and line.endswith("\r"):
        return line.removesuffix("\r") + " "
    return line if end is None else (line.removesuffix(end) or filler) + "\n"
