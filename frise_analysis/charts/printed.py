"""The frise on paper: the lanes alone, laid out for the width of a page, with a legend of its families and nothing to click."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

from frise_analysis.charts.lanes import CHARACTER_PX, STYLES, Layout, Plot, lay_out
from frise_analysis.charts.parcours import WIDE, parcours_specification
from frise_analysis.charts.theme import family_scales
from frise_analysis.vocabulary import Lane, OffenceFamily

#: Of a picture of 790, which an A4 page takes at 0.65 point each: type of 12 is then near 8 points.
PLOT_WIDTH = 640
#: The typeface of printed documents, quoted for the attribute of an SVG; it runs narrower than that of the screen, and may be taller.
FONT = "'IBM Plex Sans'"
TALLER = 1.15
#: What only a pointer or a screen reader asks of a mark: a page has its text beside it.
_UNPRINTED = frozenset({"tooltip", "description", "cursor"})
#: Room beside the lanes for their names and under them for years and ages: given rather than measured, so that the picture does
#: not depend on the typefaces of the machine that draws it.
LEFT, RIGHT, TOP, AXIS = 132, 18, 3, 44
LEGEND_COLUMNS, LEGEND_ROW = 4, 18


def printed_frise(content: Mapping[str, Any], *, plain: bool = False) -> dict[str, Any]:
    """The frise of ``parcours_data`` as a complete Vega-Lite specification of one printed width.

    The marks keep their place in time and are stacked again in their lanes for the width of a page; the strip, the charts
    under the frise, tooltips and selections are left out, and the families that are shown have a legend. ``plain``: for the
    person followed, a name without room is cut where an officer reads its code.
    """
    whole = copy.deepcopy(parcours_specification(WIDE))
    frise, data, frame = whole["vconcat"][0], content["data"], content["data"]["frame"][0]
    layout = _layout(data, plain=plain)
    for layer in frise["layer"]:
        _still(layer, frame)
    legend = _legend(data["marks"], frame, below=layout.height + AXIS)
    bottom = AXIS + LEGEND_ROW * len({entry["y"] for entry in legend})
    sets = {"marks": _placed(data["marks"], layout), "lanes": _lanes(layout), "frame": data["frame"]}
    sets["stretches"] = _stretches(data, layout)
    spec = {
        "$schema": whole["$schema"],
        "config": {**whole["config"], "font": FONT, "background": "white"},
        "autosize": {"type": "none"},
        "padding": {"left": LEFT, "right": RIGHT, "top": TOP, "bottom": bottom},
        "params": [*_parameters(whole["params"], content["parameters"]), {"name": "frise_width", "value": PLOT_WIDTH}],
        "datasets": {**{name: [_unread(row) for row in sets[name]] for name in sets}, "legend": legend},
        **frise,
        "width": PLOT_WIDTH,
        "height": layout.height,
        "layer": [x for x in frise["layer"] if not x["name"].startswith("halo")] + _legend_layers(),
    }
    for node in _nodes([spec["layer"], spec["config"]]):
        _enlarge(node)
    return spec


def _parameters(declared: list[dict[str, Any]], given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parameters that are plain values; selections stay on the screen."""
    return [{**x, "value": given.get(x["name"], x["value"])} for x in declared if "value" in x and "select" not in x]


def _layout(data: Mapping[str, Any], *, plain: bool) -> Layout:
    """The same lanes in the same order, in the width of a page."""
    frame, order = data["frame"][0], [lane["label"] for lane in data["lanes"]]
    rows = [{**mark, "title": mark["label"], "code": mark["family"]} for mark in data["marks"]]
    lanes = tuple(sorted((x for x in Lane if x.label in order), key=lambda lane: order.index(lane.label)))
    return lay_out(rows, Plot(frame["start"], frame["end"], PLOT_WIDTH, lanes=lanes, coded=not plain))


def _placed(marks: list[dict[str, Any]], layout: Layout) -> list[dict[str, Any]]:
    return [
        {**mark, "y": place.y, "label": place.label, "side": place.side}
        for mark, place in zip(marks, layout.places, strict=True)
    ]


def _lanes(layout: Layout) -> list[dict[str, Any]]:
    return [{"label": label, "top": top, "bottom": bottom} for label, top, bottom in layout.lanes]


def _stretches(data: Mapping[str, Any], layout: Layout) -> list[dict[str, Any]]:
    """In the first row of the lane of facts, where there is room: on the screen, words without room are there and not seen."""
    style, top = STYLES[Lane.FACTS], next(top for label, top, _ in layout.lanes if label == Lane.FACTS.label)
    frame = data["frame"][0]
    per_year = PLOT_WIDTH / (frame["end"] - frame["start"])
    return [
        {**row, "y": top + style.padding + style.row / 2}
        for row in data["stretches"]
        if (row["x_end"] - row["x"]) * per_year > len(row["label"]) * CHARACTER_PX + 24
    ]


def _still(layer: dict[str, Any], frame: Mapping[str, Any]) -> None:
    """Take from a layer what needs a pointer; its axis shows the whole path."""
    for node in _nodes(layer):
        for name in _UNPRINTED & node.keys():
            del node[name]
        if isinstance(node.get("domain"), dict):
            node["domain"] = [frame["start"], frame["end"]]
        if isinstance(node.get("opacity"), dict) and "param" in json.dumps(node["opacity"]):
            node["opacity"] = {"value": 1}


def _legend(marks: list[dict[str, Any]], frame: Mapping[str, Any], *, below: float) -> list[dict[str, Any]]:
    """One row per family shown, at places that measure no text: ``x`` in years of the axis, ``y`` in pixels."""
    found = {mark["family"] for mark in marks if mark["lane"] == Lane.FACTS}
    shown = [family for family in OffenceFamily if family.value in found]
    per_column = (frame["end"] - frame["start"]) / LEGEND_COLUMNS
    places = (divmod(i, LEGEND_COLUMNS) for i in range(len(shown)))
    return [
        {
            "x": frame["start"] + (column + 0.03) * per_column,
            "y": below + (row + 0.5) * LEGEND_ROW,
            "family": family.value,
            "label": family.label,
        }
        for family, (row, column) in zip(shown, places, strict=True)
    ]


def _legend_layers() -> list[dict[str, Any]]:
    scales = family_scales()
    place = {
        "x": {"field": "x", "type": "quantitative"},
        "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
    }
    symbol = {
        "color": _by_family(scales["domain"], scales["colours"]),
        "shape": _by_family(scales["domain"], scales["shapes"]),
    }
    name = {"text": {"field": "label", "type": "nominal"}}
    mark = {"type": "point", "filled": True, "size": 80, "opacity": 1, "aria": False}
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 9, "fontSize": 11, "aria": False}
    return [
        {"name": "legend_marks", "data": {"name": "legend"}, "mark": mark, "encoding": {**place, **symbol}},
        {"name": "legend_names", "data": {"name": "legend"}, "mark": text, "encoding": {**place, **name}},
    ]


def _by_family(domain: list[str], values: list[str]) -> dict[str, Any]:
    return {"field": "family", "type": "nominal", "legend": None, "scale": {"domain": domain, "range": values}}


def _unread(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what a pointer shows or asks for."""
    return {name: value for name, value in row.items() if name not in {"words", "key", "unconsolidated_words"}}


def _enlarge(node: dict[str, Any]) -> None:
    for name in ("fontSize", "labelFontSize", "titleFontSize"):
        if isinstance(node.get(name), int | float):
            node[name] = round(node[name] * TALLER, 1)


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """Every dictionary inside, outermost first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for child in value:
            yield from _nodes(child)
