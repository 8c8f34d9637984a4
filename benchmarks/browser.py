"""A browser that reaches this machine alone, in pages that have never been opened before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from contenders import chromium
from playwright.sync_api import Browser, Page, sync_playwright

PAINTING = Path(__file__).with_name("painting.js").read_text(encoding="utf-8")
#: No name is resolved: nothing slows a page down by waiting for the network, and the browser keeps its own cache.
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)  # fmt: skip
PATIENCE_MS = 60_000


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Chromium without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])
        yield browser
        browser.close()


class FreshPage:
    """A page of a new context, which notes what it asked outside the machine. ``with`` leaves it as a person would."""

    def __init__(self, browser: Browser, *scripts: str) -> None:
        self.context = browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768})
        self.context.set_default_timeout(PATIENCE_MS)
        for script in (PAINTING, *scripts):
            self.context.add_init_script(script)
        self.page: Page = self.context.new_page()
        self.outside: set[str] = set()
        self.page.on("request", lambda request: self._note(request.url))

    def __enter__(self) -> FreshPage:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Go elsewhere first, so that the page gives its session back."""
        self.page.goto("about:blank")
        self.page.wait_for_timeout(50)
        self.context.close()

    def _note(self, url: str) -> None:
        host = urlsplit(url).hostname
        if host not in {"127.0.0.1", None}:
            self.outside.add(str(host))
