"""``frise export``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export")
@click.argument("store", metavar="BASE", type=click.Path(path_type=Path))
@click.argument("out", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--format", "shape", type=click.Choice(["csv", "parquet"]), default="csv", help="Sorte de fichiers.")
def command(store: Path, out: Path, shape: str) -> None:
    """Écrire une base en fichiers, dans un dossier nouveau.

    BASE est le fichier d’une base Frise ; DOSSIER reçoit les fichiers, et peut être rechargé tel quel : la base obtenue est la même. Ces fichiers contiennent les données des personnes ;
    le texte des cellules y est écrit sans changement, n’ouvrez que dans un tableur des données dont vous connaissez l’origine.

    \b
    Exemples :
      frise export frise.duckdb sauvegarde/
      frise export frise.duckdb sauvegarde/ --format parquet
    """
    from frise_analysis.store.exporting import Shape, export

    written = export(store, out, shape=Shape(shape))
    for table, rows in written.items():
        click.echo(f"{table} : {rows}")
