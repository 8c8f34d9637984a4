"""The chart in a page with nothing behind it, Vega inlined, served from a folder: the limit of the others.

python static_page.py PORT FOLDER
"""

import functools
import http.server
import json
import sys
from pathlib import Path

from content import EMBED, first_person, specification

from frise_analysis.charts.vega_bundle import bundle_text

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Page</title></head><body><div id="chart"></div>
<script type="module">{vega}
window.vegaEmbed("#chart", {spec}, {options});</script></body></html>"""


def page() -> str:
    """The page, whole."""
    spec = json.dumps(specification(first_person()), ensure_ascii=False).replace("<", "\\u003c")
    return PAGE.format(vega=bundle_text().replace("</script", "<\\/script"), spec=spec, options=json.dumps(EMBED))


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    (folder / "index.html").write_text(page(), encoding="utf-8")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), handler).serve_forever()
