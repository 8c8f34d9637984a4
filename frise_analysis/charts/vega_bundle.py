"""The chart library as one JavaScript module, taken from the installed ``vl-convert``."""

from __future__ import annotations

from typing import Any

VEGA_BUNDLE = "vega-bundle.js"

#: The bundle leaves its three names on ``window``; a module also exports them.
EXPORTS = """
export const vegaEmbed = window.vegaEmbed, vega = window.vega, vegaLite = window.vegaLite;
export default window.vegaEmbed;
"""


def bundle_text() -> str:
    """Vega, Vega-Lite (the version altair writes for) and vega-embed as one module."""
    # Needed once per version, and two seconds to import.
    import vl_convert  # noqa: PLC0415
    from altair.utils._importers import vl_version_for_vl_convert  # noqa: PLC0415

    # Its declared type asks for a snippet, which may be left out.
    bundle: Any = vl_convert.javascript_bundle
    return str(bundle(vl_version=vl_version_for_vl_convert())) + EXPORTS
