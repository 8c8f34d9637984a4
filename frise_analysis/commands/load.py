"""``frise load``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from frise_analysis.dates import plural
from frise_analysis.store.location import default_store


@click.command("load")
@click.argument("bundle", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--store", type=click.Path(path_type=Path), default=default_store, help="Fichier de la base à écrire.")
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="Correspondance (TOML) d’une source qui a d’autres noms."
)
@click.option("--report", type=click.Path(path_type=Path), help="Écrire tous les constats dans ce fichier CSV.")
@click.option("--memory", help="Mémoire que le moteur peut prendre, par exemple 2GB.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Forme du compte rendu.")
@click.option("--force", is_flag=True, help="Remplacer des données réelles par des données fictives.")
def command(bundle: Path, store: Path, shape: str, **asked: Any) -> None:
    """Vérifier des données et les charger dans une base.

    DOSSIER est un dossier de fichiers (CSV, Parquet) avec bundle.toml, ou un classeur XLSX. La base précédente n’est remplacée
    qu’à la fin, d’un seul coup ; un arrêt en cours de route la laisse intacte.

    \b
    Exemples :
      frise load export/ --store frise.duckdb
      frise load export/ --store frise.duckdb --report constats.csv
      frise load sources/ --mapping correspondance.toml --store frise.duckdb
    """
    from frise_analysis.commands.loading_screen import finish, print_report, progress_shown
    from frise_analysis.records.problems import UnreadableInput
    from frise_analysis.store.engine import StoreUnusable
    from frise_analysis.store.loading import Options, load
    from frise_analysis.store.replacing import HollowLoad
    from frise_analysis.store.workspace import LoadRefused

    try:
        with progress_shown() as progress:
            made = load(bundle, store=store, options=Options(progress=progress, **asked))
    except (UnreadableInput, StoreUnusable) as error:
        if isinstance(error, HollowLoad):
            print_report(error.report, shape)
        kept = "la base est comme avant" if store.exists() else "aucune base n’est écrite"
        raise LoadRefused(f"{error}\nRien n’a été changé : {kept}.") from None
    persons = plural(next(t.loaded for t in made.tables if t.table == "persons"), "personne")
    finish(made, shape, end=f"Base écrite : {store}, {persons}.")
