"""``frise events``."""

from __future__ import annotations

from pathlib import Path

import click

from frise_analysis.commands.output_file import require_free, write_private
from frise_analysis.store.location import default_store


@click.command("events")
@click.option("--store", type=click.Path(path_type=Path), default=default_store, help="Fichier de la base.")
@click.option(
    "--output", metavar="FICHIER", type=click.Path(path_type=Path), help="Fichier à écrire, sinon tout s’affiche."
)
def command(store: Path, output: Path | None) -> None:
    """Écrire les évènements de vie saisis à l’écran.

    Ils sont gardés à côté de la base, hors d’elle : aucun chargement ne les efface. Le fichier écrit contient des données de personnes.

    \b
    Exemples :
      frise events --store frise.duckdb
      frise events --store frise.duckdb --output evenements.csv
    """
    from frise_analysis.analysis.declared_events import declared_table
    from frise_analysis.analysis.table_text import csv_text
    from frise_analysis.store.engine import open_store

    if output is not None:
        require_free(output, replace=None)
    with open_store(store) as opened:
        found = declared_table(opened)
    if output is None:
        click.echo(csv_text(found), nl=False)
        return
    # As a French spreadsheet opens it.
    write_private(output, csv_text(found).encode("utf-8-sig"), replace=None)
    click.echo(f"Évènements de vie écrits : {len(found)}")
