"""Files sent as they are to the browser: style, scripts, and the chart library. None comes from outside the machine."""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from frise_analysis.charts.vega_bundle import VEGA_BUNDLE, bundle_text

STATIC = Path(str(resources.files("frise_analysis.serving") / "static"))
TEMPLATES = Path(str(resources.files("frise_analysis.serving") / "templates" / "frise"))
#: Held by ``static_url`` and by the route that answers it.
STATIC_PREFIX = "statique"


def static_url(name: str) -> str:
    """The address of a static file, which changes when its content does: the browser can keep it for ever."""
    return f"/{STATIC_PREFIX}/{_version(name)}/{name}"


def static_file(name: str) -> Path | None:
    """The file behind an address, ``None`` when there is none."""
    path = _cache() / name if name == VEGA_BUNDLE else STATIC / name
    return path if path.parent in {STATIC, _cache()} and path.is_file() else None


def write_vega_bundle() -> Path:
    """Write the chart library once per version; it takes about a second the first time."""
    path = _cache() / VEGA_BUNDLE
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as draft:
            draft.write(bundle_text())
        # Two servers starting together each write their own draft; the last rename wins with the same content.
        Path(draft.name).replace(path)
    return path


def _version(name: str) -> str:
    return _vega_version() if name == VEGA_BUNDLE else _package_version()


@cache
def _package_version() -> str:
    # One version for all: a script imports its neighbours by their names, hence from the same version.
    contents = (path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file())
    return hashlib.sha256(b"".join(contents)).hexdigest()[:12]


def _vega_version() -> str:
    return "vl-" + metadata.version("vl-convert-python")


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "frise-cpip" / _vega_version()
