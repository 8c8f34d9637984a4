"""``frise load``."""

from __future__ import annotations

from pathlib import Path

import click

from frise_analysis.store.location import default_store


@click.command("load")
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option("--store", type=click.Path(path_type=Path), default=default_store, help="Fichier de la base à écrire.")
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="Correspondance (TOML) d’une source qui a d’autres noms."
)
@click.option("--report", type=click.Path(path_type=Path), help="Écrire tous les constats dans ce fichier CSV.")
@click.option("--memory", help="Mémoire que le moteur peut prendre, par exemple 2GB.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Forme du compte rendu.")
def command(
    bundle: Path, store: Path, mapping: Path | None, report: Path | None, memory: str | None, shape: str
) -> None:
    r"""Vérifier des données et les charger dans une base.

    BUNDLE est un dossier de fichiers (CSV, Parquet) avec bundle.toml, ou un classeur XLSX. La base précédente n’est remplacée
    qu’à la fin, d’un seul coup ; un arrêt en cours de route la laisse intacte.

    \b
    Exemples :
      frise load export/ --store frise.duckdb
      frise load export/ --store frise.duckdb --report constats.csv
      frise load sources/ --mapping correspondance.toml --store frise.duckdb
    """
    from frise_analysis.commands.loading_screen import finish, progress_shown
    from frise_analysis.store.loading import Options, load

    with progress_shown() as progress:
        made = load(bundle, store=store, options=Options(mapping, report, memory, progress))
    finish(made, shape)
