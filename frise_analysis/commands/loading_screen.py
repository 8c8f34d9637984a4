"""What ``load`` and ``check`` show: progress while they work, then counts and problems."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from frise_analysis.dates import french_number, plural
from frise_analysis.store.loading import Progress as Told
from frise_analysis.store.reporting import LoadReport, ProblemGroup

_SHOWN = 30


@contextmanager
def progress_shown() -> Iterator[Told]:
    """A progress bar on a terminal; nothing where the output goes to a file or another program."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _name, _steps: None
        return
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True)
    with bar:
        task = bar.add_task("ouverture", total=None)
        yield lambda name, steps: bar.update(task, description=name, total=steps, advance=1)


def finish(report: LoadReport, shape: str, *, end: str) -> None:
    """Print the report, then what became of it, and leave: 0 where every row was kept, 1 where some was not."""
    print_report(report, shape)
    if shape != "json":
        click.echo(end)
    raise SystemExit(0 if report.sound else 1)


def print_report(report: LoadReport, shape: str) -> None:
    """Print the counts and the problems, as a table or as JSON."""
    if shape == "json":
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
    else:
        _print(report)


def _print(report: LoadReport) -> None:
    console = Console()
    console.print(_counts(report))
    for group in report.problems[:_SHOWN]:
        console.print(_line(group), highlight=False)
    if len(report.problems) > _SHOWN:
        console.print(f"… et {len(report.problems) - _SHOWN} autres sortes de constats : voir --report.")


def _counts(report: LoadReport) -> Table:
    table = Table("Table", title="Lignes lues = chargées + rejetées")
    for name in ("Lues", "Chargées", "Rejetées", "Avertissements"):
        table.add_column(name, justify="right")
    for row in report.tables:
        numbers = (row.read, row.loaded, row.rejected, row.warnings)
        name = f"{row.table} (fichier refusé)" if row.table in report.refused_files else row.table
        table.add_row(name, *(french_number(n) for n in numbers))
    return table


def _line(group: ProblemGroup) -> str:
    colour = "red" if group.severity == "error" else "yellow"
    word = "Erreur" if group.severity == "error" else "Avertissement"
    where = f"{group.file}" + (f", {plural(group.count, 'ligne')}" if group.lines else "")
    first = f" (d’abord : {', '.join(map(str, group.lines))})" if group.lines else ""
    return f"[{colour}]{word}[/] {escape(where)}{first} : {escape(group.sentence)} {escape(group.remedy)}"
