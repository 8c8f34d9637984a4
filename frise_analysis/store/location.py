"""Where the store is when nobody says."""

from __future__ import annotations

import os
from pathlib import Path

#: How ``frise serve`` tells the kernels which store to open.
STORE_VARIABLE = "FRISE_STORE"
DEFAULT_STORE = Path("data") / "frise.duckdb"


def default_store() -> Path:
    """The store named by ``FRISE_STORE``, else ``data/frise.duckdb`` under the current directory."""
    return Path(os.environ.get(STORE_VARIABLE) or DEFAULT_STORE)
