"""``frise table``."""

from __future__ import annotations

from pathlib import Path

import click

from frise_analysis.store.location import default_store

#: Said beside a table that counts life events, where those entered on the screen could not be read.
WITHOUT_ENTERED = (
    "Ce tableau est écrit sans les évènements saisis : ceux qui ont été importés y sont tels qu’ils l’ont été."
)


@click.command("table")
@click.argument("nom", required=False)
@click.option("--list", "listing", is_flag=True, help="Donner le nom de tous les tableaux et leurs options.")
@click.option("--store", type=click.Path(path_type=Path), default=default_store, help="Fichier de la base.")
@click.option("--person", metavar="IDENTIFIANT", help="Personne suivie, par son identifiant.")
@click.option("--option", "options", metavar="NOM=VALEUR", multiple=True, help="Option du tableau ; peut se répéter.")
@click.option("--format", "shape", type=click.Choice(["csv", "json"]), default="csv", help="Forme de la sortie.")
def command(
    nom: str | None, listing: bool, store: Path, person: str | None, options: tuple[str, ...], shape: str
) -> None:
    """Écrire le tableau qui est sous un graphique.

    NOM est celui d’un tableau ; --list les donne tous.

    \b
    Exemples :
      frise table --list
      frise table NOM --store frise.duckdb --person P0001
      frise table NOM --person P0001 --option unit=convictions --format json
    """
    if listing:
        click.echo(_catalogue(), nl=False)
        return
    if nom is None:
        raise click.UsageError("Donnez le nom d’un tableau, ou --list pour les avoir tous.")
    click.echo(_table(store, nom, person=person, options=_pairs(options), shape=shape), nl=False)


def _table(store: Path, name: str, *, person: str | None, options: dict[str, str], shape: str) -> str:
    from frise_analysis.analysis.registry import QuestionRefused, answer, find_question, unread_events
    from frise_analysis.analysis.table_text import csv_text, json_text
    from frise_analysis.store.engine import open_store

    try:
        find_question(name)
        with open_store(store) as opened:
            found = answer(opened, name, person_id=person, options=options)
            unread = unread_events(opened, name, person_id=person)
    except QuestionRefused as refused:
        raise click.UsageError(str(refused)) from None
    if unread:
        click.echo(f"{unread} {WITHOUT_ENTERED}", err=True)
    return csv_text(found) if shape == "csv" else json_text(found)


def _pairs(options: tuple[str, ...]) -> dict[str, str]:
    pairs = [text.partition("=") for text in options]
    if not all(mark and name.strip() for name, mark, _ in pairs):
        raise click.UsageError("Une option s’écrit NOM=VALEUR, par exemple --option unit=convictions.")
    return {name.strip(): value for name, _, value in pairs}


def _catalogue() -> str:
    from frise_analysis.analysis.option_values import expectation, written
    from frise_analysis.analysis.registry import questions

    lines = []
    for asked in questions():
        lines.append(f"{asked.name} : {asked.title}" + (" (--person)" if asked.about_person else ""))
        lines += [f"    {x.name}={written(x.default)}  {expectation(x.kind)}" for x in asked.options]
    return "".join(f"{line}\n" for line in lines)
