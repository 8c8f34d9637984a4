"""``frise natinf``."""

from __future__ import annotations

from pathlib import Path

import click

from frise_analysis.dates import french_number, plural
from frise_analysis.store.location import default_store
from frise_analysis.vocabulary import FamilySource


@click.command("natinf")
@click.argument("fichier", type=click.Path(path_type=Path))
@click.option("--store", type=click.Path(path_type=Path), default=default_store, help="Fichier de la base.")
def command(fichier: Path, store: Path) -> None:
    """Charger la liste complète des infractions (NATINF) du ministère.

    FICHIER est la liste publiée par le ministère de la Justice (CSV ou XLSX, environ 17 000 lignes). Les infractions de la base
    sont classées de nouveau ; la base n’est remplacée qu’à la fin, d’un seul coup.

    \b
    Exemple :
      frise natinf liste-natinf.csv --store frise.duckdb
    """
    from frise_analysis.store.natinf import load_natinf

    report = load_natinf(fichier, store=store)
    click.echo(
        f"{plural(report.read, 'code lu', 'codes lus')}, {plural(report.refused, 'ligne refusée', 'lignes refusées')}."
    )
    click.echo(f"{plural(report.unclassified, 'code sans famille', 'codes sans famille')} : le libellé décidera.")
    click.echo("Famille des infractions, par source (avant, après) :")
    for source in FamilySource:
        before, after = (french_number(x[source]) for x in (report.before, report.after))
        click.echo(f"  {source.label:<24}{before:>12}{after:>12}")
