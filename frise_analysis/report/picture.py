"""A chart as a picture: vector for a printed page, points for a document to be taken up again. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst
import vl_convert

from frise_analysis.report.typeface import drawable, folders

#: Twice the points of a page, for a picture that stays sharp when printed.
POINTS_PER_INCH = 192.0


def svg(specification: Mapping[str, Any]) -> str:
    """The chart of a complete Vega-Lite specification as SVG; texts of records hold what its typeface can draw."""
    _measure_with_own_typefaces()
    drawn = {**specification, "datasets": _drawable(specification.get("datasets", {}))}
    return vl_convert.vegalite_to_svg(drawn, allowed_base_urls=[])


def png(picture: str) -> bytes:
    """An SVG as PNG, drawn as it is on a printed page."""
    made = compiler("picture.typ").compile(format="png", ppi=POINTS_PER_INCH, sys_inputs={"picture": picture})
    assert isinstance(made, bytes)
    return made


def compiler(template: str) -> typst.Compiler:
    """A compiler of a packaged template that knows the packaged typefaces only: nothing of the machine, nothing of the network."""
    folder = Path(str(resources.files("frise_analysis.report") / "templates"))
    return typst.Compiler(str(folder / template), root=str(folder), font_paths=typefaces(), ignore_system_fonts=True)


@cache
def typefaces() -> typst.Fonts:
    """The typefaces of printed documents, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(x) for x in folders()])


@cache
def _measure_with_own_typefaces() -> None:
    for folder in folders():
        vl_convert.register_font_directory(str(folder))


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, Mapping):
        return {name: _drawable(x) for name, x in value.items()}
    return [_drawable(x) for x in value] if isinstance(value, list) else value
