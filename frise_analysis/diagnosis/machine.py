"""Memory, cores, and the directories that the project writes in."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
from jupyter_core.paths import jupyter_runtime_dir

from frise_analysis.crash_log import log_path
from frise_analysis.dates import french_number
from frise_analysis.diagnosis.findings import Finding, State

GIGA = 1 << 30
LITTLE_MEMORY = 2 * GIGA
LITTLE_DISK = GIGA


def look_at_machine(store: Path) -> Iterator[Finding]:
    """System, memory, cores, room on disk, directories."""
    yield Finding("Système", platform.platform())
    yield _memory()
    yield Finding("Cœurs", str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()))
    yield _disk(existing(store.parent))
    directories = {
        "Dossier de la base": store.parent,
        "Dossier du journal": log_path().parent,
        "Dossier temporaire": Path(tempfile.gettempdir()),
        "Dossier des écrans": Path(jupyter_runtime_dir()),
    }
    for subject, directory in directories.items():
        yield _writable(subject, directory)


def existing(directory: Path) -> Path:
    """The directory, or the nearest above it that is there."""
    return next(x for x in (directory.absolute(), *directory.absolute().parents) if x.is_dir())


def _memory() -> Finding:
    memory = psutil.virtual_memory()
    value = f"{_gigabytes(memory.available)} libres sur {_gigabytes(memory.total)}"
    if memory.available < LITTLE_MEMORY:
        return Finding("Mémoire", value, State.WARNING, "Fermez d’autres programmes avant un grand chargement.")
    return Finding("Mémoire", value)


def _disk(directory: Path) -> Finding:
    free = shutil.disk_usage(directory).free
    if free < LITTLE_DISK:
        return Finding(
            "Place sur le disque", _gigabytes(free), State.WARNING, "Libérez de la place : un chargement en demande."
        )
    return Finding("Place sur le disque", _gigabytes(free))


def _writable(subject: str, directory: Path) -> Finding:
    place = existing(directory)
    if os.access(place, os.W_OK | os.X_OK):
        return Finding(subject, f"{directory} (écriture possible)")
    return Finding(
        subject,
        f"{directory} (écriture impossible)",
        State.WRONG,
        f"Donnez à ce compte le droit d’écrire dans {place}.",
    )


def _gigabytes(size: float) -> str:
    return f"{french_number(size / GIGA, 1)} Go"
