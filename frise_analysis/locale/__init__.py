"""French words for what click writes by itself: headings, usage, errors."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOMAIN = "frise"
CATALOGUES = Path(__file__).parent


@contextmanager
def speaking_french() -> Iterator[None]:
    """Make ``gettext``, hence click, answer in French whatever the language of the machine."""
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = "fr"
    try:
        yield
    finally:
        gettext.textdomain(domain)
        _restore("LANGUAGE", language)


def _restore(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
