"""The machine and the versions that a result was measured with."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import psutil
from contenders import chromium
from figures import Table

PACKAGES = ("duckdb", "altair", "pandas", "anywidget", "voila", "panel", "bokeh", "dash", "dash-vega-components")
CPU_INFO = Path("/proc/cpuinfo")


def described(date: str) -> Table:
    """Everything that a reader needs to judge the figures, the load of the machine at the start included."""
    rows = [
        ("date", date),
        ("commit", _said("git", "describe", "--always", "--dirty", "--abbrev=10")),
        ("processor", f"{_processor()}, {os.cpu_count()} logical cores"),
        ("memory", f"{psutil.virtual_memory().total / 2**30:.0f} GiB"),
        ("system", f"{platform.system()} {platform.release()}, Python {platform.python_version()}"),
        ("browser", _said(chromium(), "--version", "--no-sandbox")),
        ("libraries", ", ".join(_versions())),
        ("load before the run", " ".join(f"{load:.2f}" for load in os.getloadavg())),
    ]
    return Table("Machine", ("", "measured with"), rows)


def _processor() -> str:
    lines = CPU_INFO.read_text(encoding="utf-8").splitlines() if CPU_INFO.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _versions() -> Iterator[str]:
    for package in PACKAGES:
        try:
            yield f"{package} {metadata.version(package)}"
        except metadata.PackageNotFoundError:
            yield f"{package} missing"


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    return done.stdout.strip() or "unknown"
