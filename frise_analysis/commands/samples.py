"""``frise samples``."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from frise_analysis.dates import plural

DEFAULT_PERSONS = 475
DEFAULT_SEED = 2024


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
    with _progress() as progress:
        task = progress.add_task("Personnes fictives", total=persons)
        write_bundle(out, apart, asked, persons, lambda done: progress.update(task, completed=done))
    click.echo(
        f"{plural(persons, 'personne fictive écrite', 'personnes fictives écrites')} dans {out} ; la vérité est dans {apart}."
    )


def _progress() -> Progress:
    """A bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, disable=not console.is_terminal, transient=True,
    )  # fmt: skip
