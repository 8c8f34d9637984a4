"""What a fresh session needs, made once before sessions are forked from the process that holds it."""

from __future__ import annotations


def preload() -> None:
    """Import the screens and build their prepared charts. Opens no store and starts no thread."""
    from frise_analysis.charts.parcours import NARROW, WIDE, parcours_specification  # noqa: PLC0415 - imported when asked
    from frise_analysis.dashboards import parcours, rendering  # noqa: PLC0415 - same
    from frise_analysis.dashboards.service import page, screen  # noqa: PLC0415 - same

    for layout in (WIDE, NARROW):
        parcours_specification(layout)
    rendering.environment().get_template("parts.html")
    rendering.environment().get_template("shell.html")
    page.prepare()
    rendering.static_text("screen.css")
    assert parcours.SCRIPT
    assert screen.SCRIPT
