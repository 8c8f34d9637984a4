"""``frise samples``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from frise_analysis.dates import plural
from frise_analysis.records.problems import UnreadableInput

DEFAULT_PERSONS = 475
DEFAULT_SEED = 2024
#: How the source of a bundle written here begins.
SOURCE = "Personnes fictives, frise samples"


@click.command("samples")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--persons", type=click.IntRange(1), default=DEFAULT_PERSONS, show_default=True, help="Nombre de personnes."
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=DEFAULT_SEED,
    show_default=True,
    help="Graine : même graine, mêmes personnes.",
)
@click.option(
    "--extraction-date",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2024-09-30",
    show_default=True,
    metavar="AAAA-MM-JJ",
    help="Jour de l’extraction.",
)
@click.option(
    "--population",
    type=click.Choice(["service", "convicted"]),
    default="service",
    show_default=True,
    help="service : personnes suivies ; convicted : toutes les personnes condamnées depuis dix ans.",
)
@click.option(
    "--truth", type=click.Path(path_type=Path, file_okay=False), help="Dossier de la vérité ; par défaut OUT-verite."
)
def command(
    out: Path, persons: int, seed: int, extraction_date: datetime, population: str, truth: Path | None
) -> None:  # fmt: skip
    """Écrire des personnes fictives, pour essayer ou pour former.

    OUT reçoit un dossier de fichiers CSV qui se charge avec « frise load ». Ce qui est vrai de chaque personne (rythme, fin,
    évènements qui comptent) est écrit à part, dans OUT-verite : à ouvrir après l’exercice.

    \b
    Exemples :
      frise samples essai/
      frise samples essai/ --persons 100000 --seed 7
      frise samples promotion/ --persons 40 --truth corrige/
    """
    from frise_analysis.simulation.bundle_files import write_bundle
    from frise_analysis.simulation.populations import Population

    asked = Population(population, seed, (extraction_date.date() - date(1970, 1, 1)).days)
    apart = truth or out.with_name(f"{out.name}-verite")
    _require_own(out, _is_samples)
    _require_own(apart, _is_truth)
    with _progress() as progress:
        task = progress.add_task("Personnes fictives", total=persons)
        write_bundle(out, apart, asked, persons, lambda done: progress.update(task, completed=done))
    click.echo(
        f"{plural(persons, 'personne fictive écrite', 'personnes fictives écrites')} dans {out} ; la vérité est dans {apart}."
    )


def _require_own(folder: Path, written_here: Callable[[Path], bool]) -> None:
    """A folder in use is written over only where it holds what an earlier run wrote."""
    if folder.is_dir() and any(folder.iterdir()) and not written_here(folder):
        raise UnreadableInput(
            f"Le dossier {folder} n’est pas vide et ne vient pas de « frise samples » : rien n’y est écrit.",
            remedy="Donnez un dossier nouveau ou vide.",
        )


def _is_samples(folder: Path) -> bool:
    try:
        content = tomllib.loads((folder / "bundle.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return content.get("fictional") is True and str(content.get("source", "")).startswith(SOURCE)


def _is_truth(folder: Path) -> bool:
    path = folder / "truth.csv"
    return path.is_file() and path.read_bytes()[:21] == b"person_id,frailty,rat"


def _progress() -> Progress:
    """A bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, disable=not console.is_terminal, transient=True,
    )  # fmt: skip
