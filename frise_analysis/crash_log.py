"""The log of an unexpected error: where it happened in the code, and nothing of the records.

The message of an exception may quote the cell it stumbled on, so only its class and the lines of code are written.
"""

from __future__ import annotations

import os
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path


def log_path() -> Path:
    """Where the log stands: ``FRISE_LOG``, else the folder where this system keeps the state of programs."""
    if chosen := os.environ.get("FRISE_LOG"):
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME")
    folder = Path(base) if base else Path.home() / ".local" / "state"
    return folder / "frise" / "frise.log"


def record(error: BaseException) -> Path | None:
    """Add the error to the log, without its message; where it was written, or ``None`` if nowhere could be."""
    entry = _entry(error)
    for path in (log_path(), Path(tempfile.gettempdir()) / f"frise-{os.getpid()}.log"):
        try:
            _append(path, entry)
        except OSError:
            continue
        return path
    return None


def _append(path: Path, entry: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        log.write(entry)


def _entry(error: BaseException) -> str:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    lines = [f"{now} {type(error).__module__}.{type(error).__qualname__}"]
    lines += [f"  {x.filename}:{x.lineno} {x.name}" for x in traceback.extract_tb(error.__traceback__)]
    cause = error.__cause__ or error.__context__
    return "\n".join(lines) + "\n" + (_entry(cause) if cause else "")
