"""What the frame of a page shows: the screens there are, and what the store says of itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from frise_analysis.charts.vega_bundle import VEGA_BUNDLE
from frise_analysis.dates import SHORT_MONTHS, full_date
from frise_analysis.serving.assets import static_url
from frise_analysis.serving.screens import find_screens
from frise_analysis.store.engine import StoreInfo, StoreUnusable, open_store

#: The names the templates use for the static files.
STATIC_NAMES = {
    "css": "frise.css",
    "page": "frise.js",
    "link": "kernel-link.js",
    "widgets": "widgets.js",
    "controls": "controls.css",
    "icon": "icon.svg",
    "vega": VEGA_BUNDLE,
}


def frame(notebooks: Path, store: Path, *, base_url: str = "/") -> dict[str, Any]:
    """The values of ``chrome.html.j2``; ``data`` is ``None``, with a ``problem``, when the store cannot be read."""
    addresses = {key: static_url(name) for key, name in STATIC_NAMES.items()}
    return {
        "base_url": base_url,
        "static": {**addresses, "voila": f"{base_url}voila/static/voila.js"},
        "screens": find_screens(notebooks),
        **_data(store),
    }


def _data(store: Path) -> dict[str, Any]:
    try:
        with open_store(store) as opened:
            return {"data": described(opened.info)}
    except StoreUnusable as problem:
        return {"data": None, "problem": str(problem)}


def described(info: StoreInfo) -> dict[str, Any]:
    """The store in words."""
    day = info.extraction_date
    return {
        "service": info.service or "Service non précisé",
        "source": info.source,
        "fictional": info.fictional,
        "date": f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}",
        "full_date": full_date(day),
        "loaded": _loaded(info.loaded_at),
    }


def _loaded(moment: str) -> str:
    try:
        # Written with its time zone; shown in that of the service.
        when = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return moment
    return f"{full_date(when.date())} à {when:%H h %M}"
