"""Places the records of a frise in lanes, in pixels: rows so that marks and labels never cover each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from frise_analysis.vocabulary import Lane

CHARACTER_PX = 5.8
LONGEST_LABEL = 44


@dataclass(frozen=True)
class LaneStyle:
    """Height of one row of the lane and space kept above and below, in pixels.

    Marks beyond ``rows`` rows share the last one, so that a dense record keeps a readable height. ``coded``: where the
    name has no room on either side, the code is known to every officer and says as much.
    """

    row: float
    padding: float
    rows: int | None = 7
    labelled: bool = False
    labelled_above: bool = False
    coded: bool = False
    mark: float = 14


STYLES: dict[str, LaneStyle] = {
    Lane.FACTS: LaneStyle(15, 8),
    Lane.CONVICTIONS: LaneStyle(20, 4, rows=1, mark=2),
    Lane.CUSTODY: LaneStyle(18, 5, rows=1, mark=3),
    Lane.MEASURES: LaneStyle(21, 5, rows=None, labelled=True, coded=True),
    Lane.LEGAL: LaneStyle(10, 5, rows=36),
    Lane.OBLIGATIONS: LaneStyle(19, 4, rows=None, labelled=True),
    Lane.BREACHES: LaneStyle(14, 5, rows=3),
    Lane.LIFE_EVENTS: LaneStyle(21, 5, rows=None, labelled=True, labelled_above=True),
    Lane.LAWS: LaneStyle(18, 4, rows=None, labelled=True, mark=8),
    Lane.QUALITY: LaneStyle(16, 4, rows=3),
}


@dataclass(frozen=True)
class Plot:
    """The axis as drawn: its ends in years and its width in pixels; ``heading`` is the room for a lane's name above it.

    ``scale`` is how much larger than on a desk marks and type are; ``lanes`` is their order from top to bottom. ``coded``: a code
    that officers know may stand for a name without room; for anybody else the name is cut.
    """

    start: float
    end: float
    width: float
    heading: float = 0
    scale: float = 1
    lanes: tuple[Lane, ...] = tuple(Lane)
    coded: bool = True

    @property
    def character(self) -> float:
        """Width of a character, in pixels."""
        return CHARACTER_PX * self.scale

    def px(self, x: float) -> float:
        """Pixels from the left edge."""
        return (x - self.start) / max(self.end - self.start, 1e-9) * self.width


@dataclass(frozen=True)
class Place:
    """Where one record stands: pixels from the top, the label shown, and its side: ``in``, ``after`` or ``before`` the mark."""

    y: float
    label: str
    side: str


@dataclass(frozen=True)
class Layout:
    """Places in the order of the rows given, the lanes drawn (name, top, bottom), and the height of the whole."""

    places: tuple[Place, ...]
    lanes: tuple[tuple[str, float, float], ...]
    height: float


def lay_out(rows: Sequence[Mapping[str, Any]], plot: Plot) -> Layout:
    """Place records (``lane``, ``x``, ``x_end``, ``title``) in lanes; a lane without records is left out, but for facts."""
    places: dict[int, Place] = {}
    lanes, top = [], 0.0
    for lane in plot.lanes:
        found = [i for i, row in enumerate(rows) if row["lane"] == lane]
        if not found and lane != Lane.FACTS:
            continue
        places_in_lane, height = _fill([rows[i] for i in found], _scaled(STYLES[lane], plot.scale), plot, top)
        places.update(zip(found, places_in_lane, strict=True))
        lanes.append((lane.label, top, top + height))
        top += height
    return Layout(tuple(places[i] for i in range(len(rows))), tuple(lanes), top)


def _scaled(style: LaneStyle, scale: float) -> LaneStyle:
    return replace(style, row=style.row * scale, padding=style.padding * scale, mark=style.mark * scale)


def _fill(rows: Sequence[Mapping[str, Any]], style: LaneStyle, plot: Plot, top: float) -> tuple[list[Place], float]:
    labels = [_label(row, style, plot) for row in rows]
    reaches = [_reach(row["x"], row["x_end"], label, style, plot) for row, label in zip(rows, labels, strict=True)]
    stacked = pack(((left, right) for left, right, _ in reaches), most=style.rows)
    start = top + plot.heading + style.padding
    places = [
        Place(start + (row + 0.5) * style.row, label, side)
        for row, label, (_, _, side) in zip(stacked, labels, reaches, strict=True)
    ]
    return places, plot.heading + 2 * style.padding + (max(stacked, default=0) + 1) * style.row


def _label(row: Mapping[str, Any], style: LaneStyle, plot: Plot) -> str:
    """The title, cut to the room on the wider side of its mark; where a code says as much, the code."""
    if not style.labelled:
        return ""
    title, end = str(row["title"]), max(plot.px(row["x_end"]), plot.px(row["x"]))
    if style.labelled_above:
        return _cut(title, max(plot.width - plot.px(row["x"]), end), plot)
    room = max(end, plot.width - end)
    coded = style.coded and plot.coded
    if coded and len(title) * plot.character > min(room, plot.width / 3):
        return str(row["code"])
    return _cut(title, plot.width if coded else room, plot)


def _cut(title: str, room: float, plot: Plot) -> str:
    longest = min(LONGEST_LABEL, max(4, int((room - 10) / plot.character)))
    return title if len(title) <= longest else title[: longest - 1].rstrip() + "…"


def _reach(x: float, x_end: float, label: str, style: LaneStyle, plot: Plot) -> tuple[float, float, str]:
    """Pixels taken by a mark with its label, and the side of the label."""
    left, right = plot.px(x), max(plot.px(x_end), plot.px(x))
    if not label:
        return left - style.mark / 2, right + style.mark / 2, "in"
    length = len(label) * plot.character + 10
    if style.labelled_above:
        if left + length <= plot.width:
            return left, max(right, left + length), "in"
        return min(left, right - length), right, "before"
    if right - left >= length:
        return left, right, "in"
    if right + length <= plot.width:
        return left, right + length, "after"
    return left - length, right, "before"


def pack(spans: Iterable[tuple[float, float]], *, most: int | None = None) -> list[int]:
    """First row in which each span is free, in the order given; with ``most``, the last row takes the overflow."""
    ends: list[list[tuple[float, float]]] = []
    rows = []
    for span in spans:
        row = next((i for i, taken in enumerate(ends) if _free(span, taken)), len(ends))
        if most is not None and row >= most:
            row = most - 1
        if row == len(ends):
            ends.append([])
        ends[row].append(span)
        rows.append(row)
    return rows


def _free(span: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(span[1] <= left or span[0] >= right for left, right in taken)
