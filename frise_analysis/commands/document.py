"""``frise document``."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frise_analysis.commands.output_file import require_free, write_private
from frise_analysis.store.location import default_store

if TYPE_CHECKING:
    from frise_analysis.analysis.person_path import PersonPath
    from frise_analysis.store.engine import Store

FORMATS = ("pdf", "docx", "personne")
#: The values of ``report.content.Purpose``, written here so that the help opens nothing heavy; a test holds them together.
PURPOSES = ("entretien", "rapport", "commission", "passation", "formation")


@click.command("document")
@click.argument("person", metavar="IDENTIFIANT")
@click.option("--store", type=click.Path(path_type=Path), default=default_store, help="Fichier de la base.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="pdf",
    show_default=True,
    help="pdf : synthèse de deux pages ; docx : la même, à reprendre ; personne : une page en clair.",
)
@click.option("--name", default="", help="Nom à imprimer près de l’identifiant ; aucun par défaut.")
@click.option("--purpose", type=click.Choice(PURPOSES), help="Motif, imprimé sur chaque page.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Fichier à écrire.")
@click.option(
    "--date", "made_on", type=click.DateTime(["%Y-%m-%d"]), metavar="AAAA-MM-JJ", help="Date du document ; aujourd’hui par défaut."
)  # fmt: skip
@click.option("--force", is_flag=True, help="Remplacer le fichier s’il existe.")
def command(
    person: str,
    store: Path,
    form: str,
    name: str,
    purpose: str | None,
    output: Path,
    made_on: datetime | None,
    force: bool,
) -> None:
    """Écrire le document d’une personne, à usage interne.

    IDENTIFIANT est celui de la personne suivie. Le document contient ses données : il se garde comme le dossier, ne se remet pas et
    ne se copie pas.

    \b
    Exemples :
      frise document P-0271 --output synthese.pdf
      frise document P-0271 --format docx --purpose rapport --output synthese.docx
      frise document P-0271 --format personne --purpose entretien --output page.pdf
    """
    from frise_analysis.dashboards.documents import Request, document
    from frise_analysis.report.content import Purpose
    from frise_analysis.store.engine import open_store

    require_free(output, replace=force)
    day = made_on.date() if made_on else date.today()  # noqa: DTZ011 - the day of the desk
    with open_store(store) as opened:
        if purpose is None and not opened.info.fictional:
            raise click.UsageError(
                f"Ces données sont réelles : dites pourquoi, avec --purpose ({', '.join(PURPOSES)})."
            )
        request = Request(form, Purpose(purpose or Purpose.TRAINING), day, name)
        made = document(opened, _path(opened, person), request)
    write_private(output, made, replace=force)
    click.echo(f"Document écrit : {output}")


def _path(store: Store, person_id: str) -> PersonPath:
    from frise_analysis.analysis.person_path import read_path

    found = store.rows("person_key", person_id=person_id)
    if not found:
        raise click.UsageError("Aucune personne n’a cet identifiant dans la base.")
    return read_path(store, person_key=int(str(found[0]["person_key"])))
