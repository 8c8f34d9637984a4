"""The private folder of a server's sockets, and those that servers killed outright have left."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

PREFIX = "voila_"
LOCK = "frise.verrou"


def claim_folder(folder: Path) -> None:
    """Mark a folder as used for as long as this process lives, however it ends."""
    draft = folder / f"{LOCK}.neuf"
    descriptor = os.open(draft, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    # Locked before it has its name: nobody ever sees it free. The descriptor is left to the end of the process.
    draft.rename(folder / LOCK)


def remove_leftovers(root: Path) -> None:
    """Remove the folders of our own servers that are no longer running."""
    for folder in root.glob(f"{PREFIX}*"):
        if _is_mine(folder) and _is_abandoned(folder / LOCK):
            shutil.rmtree(folder, ignore_errors=True)


def _is_mine(folder: Path) -> bool:
    try:
        return not folder.is_symlink() and folder.is_dir() and folder.stat().st_uid == os.getuid()
    except OSError:
        return False


def _is_abandoned(lock: Path) -> bool:
    """A folder without our mark is somebody else's, or just being made."""
    try:
        with lock.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
