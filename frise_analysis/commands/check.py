"""``frise check``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("check")
@click.argument("bundle", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="Correspondance (TOML) d’une source qui a d’autres noms."
)
@click.option("--report", type=click.Path(path_type=Path), help="Écrire tous les constats dans ce fichier CSV.")
@click.option("--memory", help="Mémoire que le moteur peut prendre, par exemple 2GB.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Forme du compte rendu.")
def command(bundle: Path, mapping: Path | None, report: Path | None, memory: str | None, shape: str) -> None:
    """Vérifier des données sans rien charger.

    DOSSIER est un dossier de fichiers (CSV, Parquet) avec bundle.toml, ou un classeur XLSX. Code de sortie : 0 si toutes les
    lignes sont bonnes (des avertissements sont possibles), 1 si certaines seraient rejetées, 2 si rien ne peut être lu.

    \b
    Exemples :
      frise check export/
      frise check export/ --report constats.csv
      frise check sources/ --mapping correspondance.toml --format json
    """
    from frise_analysis.commands.loading_screen import finish, progress_shown
    from frise_analysis.store.loading import Options, check

    with progress_shown() as progress:
        made = check(bundle, options=Options(mapping, report, memory, progress))
    finish(made, shape, end="Rien n’est chargé : c’était une vérification.")
