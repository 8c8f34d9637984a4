"""``frise events``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from frise_analysis.records.problems import UnreadableInput
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

    with open_store(store) as opened:
        found = declared_table(opened)
    if output is None:
        click.echo(csv_text(found), nl=False)
        return
    _write(output, csv_text(found))
    click.echo(f"Évènements de vie écrits : {len(found)}")


def _write(output: Path, text: str) -> None:
    """A new file for its owner only, as a French spreadsheet opens it."""
    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UnreadableInput(
            f"Il y a déjà un fichier à l’endroit indiqué : {output}.", remedy="Donnez un autre nom."
        ) from None
    except OSError:
        raise UnreadableInput(
            f"On ne peut pas écrire à l’endroit indiqué : {output}.", remedy="Vérifiez le dossier et vos droits."
        ) from None
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        file.write(text)
