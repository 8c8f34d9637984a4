"""Figures of a benchmark: medians, tables, aims; printed, and kept as JSON for the page of results."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Table:
    """One table of results; cells are written as they are read."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True)
class Aim:
    """What was wanted, what was measured, and, where it falls short, what the measure says of why."""

    wanted: str
    measured: str
    reached: bool
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """All that one benchmark found."""

    tables: Sequence[Table]
    aims: Sequence[Aim] = field(default_factory=tuple)


@dataclass(frozen=True)
class Asked:
    """What the command line asked: a short trial, or the large store too."""

    quick: bool = False
    large: bool = False

    def sizes(self) -> tuple[int, ...]:
        """Numbers of people to measure with."""
        if self.quick:
            return (500,)
        return (500, 50_000, 1_000_000) if self.large else (500, 50_000)


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return float(np.median(values))


def p95(values: Sequence[float]) -> float:
    """The value that 95 % of the measures do not exceed."""
    return float(np.percentile(values, 95, method="higher"))


def number(value: float) -> str:
    """Three significant digits at least, thousands set apart: ``0.42``, ``12.3``, ``1,234``."""
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}" if abs(value) < 100 else f"{value:,.0f}"


def ratio(value: float, reference: float) -> str:
    """``× 2.1``: how many times the reference."""
    return f"× {number(value / reference)}" if reference else "–"


def markdown(table: Table) -> str:
    """The table as Markdown: text to the left, figures to the right."""
    marks = ["---:" if _figures(column) else "---" for column in zip(*table.rows, strict=True)]
    lines = [_line(cells) for cells in (table.heads, marks, *table.rows)]
    note = f"\n\n{table.note}" if table.note else ""
    return f"**{table.title}**\n\n" + "\n".join(lines) + note + "\n"


def aims_table(aims: Sequence[Aim]) -> Table:
    """The aims, reached or not, and why not."""
    rows = [(aim.wanted, aim.measured, "reached" if aim.reached else "**falls short**", aim.reason) for aim in aims]
    return Table("Aims", ("aim", "measured", "", "where the time or memory goes"), rows)


def written(report: Report) -> str:
    """The whole report as Markdown."""
    tables = [*report.tables, *([aims_table(report.aims)] if report.aims else [])]
    return "\n".join(markdown(table) for table in tables)


def read_report(path: Path) -> Report:
    """A report kept as JSON."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Report([Table(**table) for table in kept["tables"]], [Aim(**aim) for aim in kept["aims"]])


def run_script(about: str | None, measure: Callable[[Asked], Report]) -> None:
    """The command line of every benchmark: measure, print, and keep the report where ``--json`` says."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a trial of the script: few measures, the smallest store")
    parser.add_argument("--large", action="store_true", help="also with 1,000,000 people (minutes and disk, once)")
    parser.add_argument("--json", type=Path, help="keep the report in this file")
    asked = parser.parse_args()
    report = measure(Asked(quick=asked.quick, large=asked.large))
    print(written(report))
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps(asdict(report), ensure_ascii=False), encoding="utf-8")


def _figures(column: Sequence[str]) -> bool:
    return all(re.fullmatch(r"[×\d.,\s–-]+", cell) for cell in column)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
