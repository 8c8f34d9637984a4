"""The installed packages against the lock, and the programs around them."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from frise_analysis.diagnosis.findings import Finding, State

#: The lock stands beside the package in a checkout; an installed package has none.
LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
OLDEST_PYTHON = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def look_at_installation(lock: Path = LOCK) -> Iterator[Finding]:
    """Version of the project, Python, packages, browser, fork."""
    yield Finding("Frise", version("frise-analysis"))
    yield _python()
    yield _packages(lock)
    yield _browser()
    yield _fork()


def _python() -> Finding:
    found = f"{platform.python_version()} ({sys.executable})"
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Finding("Python", found, State.WRONG, "Installez Python 3.11 ou plus récent, puis relancez make run.")
    return Finding("Python", found)


def _packages(lock: Path) -> Finding:
    if not lock.is_file():
        return Finding("Bibliothèques", "fichier requirements.lock absent : versions non comparées", State.WARNING)
    wanted = list(_locked(lock))
    missing = [name for name, _ in wanted if _installed(name) is None]
    if missing:
        return Finding("Bibliothèques", f"absentes : {', '.join(missing)}", State.WRONG, "Relancez make run.")
    other = [
        f"{n} {found} au lieu de {x}" for n, x in wanted if (found := _installed(n)) and Version(found) != Version(x)
    ]
    if other:
        return Finding("Bibliothèques", "; ".join(other), State.WARNING, "Relancez make run pour les versions prévues.")
    return Finding("Bibliothèques", f"{len(wanted)}, aux versions de requirements.lock")


def _locked(lock: Path) -> Iterator[tuple[str, str]]:
    """Name and version of each line that holds on this machine."""
    lines = (x.partition("#")[0].strip() for x in lock.read_text(encoding="utf-8").splitlines())
    for requirement in (Requirement(x) for x in lines if x and not x.startswith("-")):
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement.name, next(iter(requirement.specifier)).version


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _browser() -> Finding:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return Finding("Chromium", found or "absent (seuls les tests en ont besoin)")


def _fork() -> Finding:
    if hasattr(os, "fork"):
        return Finding("Ouverture rapide des écrans", "possible (fork)")
    return Finding(
        "Ouverture rapide des écrans",
        "impossible sur ce système",
        State.WARNING,
        "Les écrans s’ouvrent plus lentement.",
    )
