"""``frise serve``: open the screens in a browser, on this machine or for the service."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from frise_analysis.store.location import default_store

if TYPE_CHECKING:
    from frise_analysis.serving.options import ServeOptions

AUTO = "auto"
EPILOG = """
\b
Exemples :
  frise serve
  frise serve --store data/frise.duckdb --port 9000
  FRISE_TOKEN=une-longue-cle frise serve --name frise.spip.example --max-sessions 20
"""


class CannotServe(click.ClickException):
    """The server could not start; said in one sentence."""

    exit_code = 2


@click.command(epilog=EPILOG)
@click.option("--store", type=click.Path(path_type=Path), help="Base à ouvrir (par défaut data/frise.duckdb).")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8866, show_default=True, help="Port ; le suivant s’il est pris."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Adresse d’écoute ; par défaut cette machine seulement."
)
@click.option(
    "--token", default=AUTO, envvar="FRISE_TOKEN", help="Clé d’accès ; par défaut une nouvelle à chaque démarrage."
)
@click.option(
    "--max-sessions", type=click.IntRange(1), default=12, show_default=True, help="Pages ouvertes en même temps."
)
@click.option(
    "--idle-minutes",
    type=click.FloatRange(0.01),
    default=30,
    show_default=True,
    help="Minutes avant de fermer une session inutilisée.",
)
@click.option(
    "--warm", type=click.IntRange(0), default=1, show_default=True, help="Pages préparées d’avance, par écran."
)
@click.option("--name", "names", multiple=True, help="Nom sous lequel un relais HTTPS présente Frise (répétable).")
@click.option("--no-fork", is_flag=True, help="Démarre chaque session dans un nouveau processus (plus lent).")
@click.option("--notebooks", type=click.Path(path_type=Path), help="Dossier des écrans (par défaut celui du projet).")
def command(store: Path | None, notebooks: Path | None, token: str, **asked: Any) -> None:
    """Ouvre le tableau de bord dans le navigateur.

    Rien ne sort de la machine. L’adresse affichée contient la clé d’accès : ne la transmettez qu’aux personnes
    habilitées. Ctrl-C arrête le serveur et ferme toutes les sessions.
    """
    from frise_analysis.serving.options import ServeOptions, new_token

    if not token.strip():
        raise CannotServe("La clé d’accès est vide. Donnez-en une avec --token, ou laissez Frise en choisir une.")
    no_fork = asked.pop("no_fork")
    options = ServeOptions(
        store=(store or default_store()).absolute(),
        notebooks=_notebooks(notebooks),
        token=new_token() if token == AUTO else token,
        fork=not no_fork,
        **asked,
    )
    _check_store(options.store)
    _serve(options)


def _notebooks(asked: Path | None) -> Path:
    beside = Path(__file__).parents[2] / "notebooks"
    found = (asked or (beside if beside.is_dir() else Path("notebooks"))).absolute()
    if not found.is_dir():
        raise CannotServe(f"Le dossier des écrans n’existe pas ({found}). Indiquez-le avec --notebooks.")
    return found


def _check_store(store: Path) -> None:
    from frise_analysis.store.engine import open_store

    open_store(store).close()


def _serve(options: ServeOptions) -> None:
    from frise_analysis.serving.forkserver import ForkServer, can_fork

    _say("Préparation de Frise CPIP : chargement des bibliothèques…")
    if options.fork and not can_fork():
        _say(
            "Ce système ne permet pas de dupliquer une session prête : chaque page mettra quelques secondes à s’ouvrir."
        )
        options = replace(options, fork=False)
    zygote = ForkServer.start() if options.fork else None
    try:
        _run(options)
    finally:
        if zygote is not None:
            zygote.stop()


def _run(options: ServeOptions) -> None:
    from frise_analysis.serving.application import FriseServer, NoPortLeft
    from frise_analysis.serving.assets import write_vega_bundle

    write_vega_bundle()
    if not options.is_local:
        _say("Attention : le serveur accepte d’autres machines, sans chiffrement. Placez-le derrière un relais HTTPS.")
    server = FriseServer()
    server.prepare(options)
    try:
        server.start()
    except NoPortLeft as problem:
        raise CannotServe(str(problem)) from None


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
