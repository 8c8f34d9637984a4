"""The ``frise`` command. Commands are the modules of ``frise_analysis/commands``, opened only when asked for.

The help of ``frise`` must appear at once: nothing here imports pandas, DuckDB or a chart library.

Exit codes: 0 all is well, 1 something was found wrong in the records or the installation, 2 the command could not run.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import NoReturn

import click

from frise_analysis import crash_log
from frise_analysis.locale import speaking_french
from frise_analysis.records.problems import UnreadableInput

PACKAGE = "frise_analysis.commands"
#: Each command and its line in the help, in the order of use.
COMMANDS = {
    "check": "Vérifie des fichiers sans rien charger.",
    "load": "Charge des fichiers dans une base.",
    "serve": "Ouvre le tableau de bord dans le navigateur.",
    "table": "Écrit le tableau qui est sous un graphique.",
    "document": "Écrit le document d’une personne (PDF ou DOCX).",
    "report": "Écrit le rapport d’activité du service (PDF ou XLSX).",
    "export": "Écrit la base en fichiers.",
    "events": "Écrit les évènements de vie saisis à l’écran.",
    "natinf": "Charge la liste NATINF complète du ministère.",
    "samples": "Écrit des personnes fictives, pour essayer ou former.",
    "doctor": "Dit ce qui est installé et ce qui ne va pas.",
}
EXAMPLES = """
\b
Exemples :
  frise load data/samples --store data/frise.duckdb
  frise serve --store data/frise.duckdb
  frise table --list
  frise load --help
"""
#: What the help calls a value, by the name that click gives its kind.
VALUES = {
    "text": "TEXTE",
    "integer": "NOMBRE",
    "integer range": "NOMBRE",
    "float": "NOMBRE",
    "float range": "NOMBRE",
    "boolean": "OUI|NON",
    "path": "CHEMIN",
    "file": "FICHIER",
    "directory": "DOSSIER",
}
FAILURE = 2


class FriseGroup(click.Group):
    """A group that opens a command only to run it, speaks French and never shows a traceback unasked."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands that are installed."""
        del ctx
        return [name for name in COMMANDS if find_spec(f"{PACKAGE}.{name}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{PACKAGE}.{cmd_name}").command
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag:
                option.metavar = option.metavar or VALUES.get(option.type.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from ``COMMANDS``, importing none of them."""
        rows = [(name, COMMANDS[name]) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commandes "):
                formatter.write_dl(rows)

    def main(self, *args: object, **more: object) -> NoReturn:
        """Run, then leave with a code; every failure is a sentence on the error output."""
        with speaking_french():
            try:
                sys.exit(super().main(*args, **more))  # type: ignore[call-overload]
            except Exception as error:
                if os.environ.get("FRISE_DEBUG") == "1":
                    raise
                click.echo(f"Erreur : {sentence(error)}", err=True)
                sys.exit(FAILURE)


def sentence(error: Exception) -> str:
    """What to say of an error: its own sentence if it was written to be read, else where the log is."""
    if isinstance(error, _readable()):
        return str(error)
    where = crash_log.record(error)
    place = f"Le détail, sans aucune donnée, est dans {where}" if where else "Aucun journal n’a pu être écrit"
    return (
        f"la commande s’est arrêtée sur une erreur imprévue ({type(error).__name__}). {place}. "
        "Pour tout afficher, données comprises : FRISE_DEBUG=1."
    )


def _readable() -> tuple[type[Exception], ...]:
    # The store is imported by the commands that need it: if it is not there, it did not raise.
    engine = sys.modules.get("frise_analysis.store.engine")
    return (UnreadableInput, *((engine.StoreUnusable,) if engine else ()))


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click calls it so
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415 - one tenth of the time of the help

        click.echo(f"frise {version('frise-analysis')}")
        ctx.exit()


@click.group(
    cls=FriseGroup,
    name="frise",
    epilog=EXAMPLES,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Affiche la version."
)
def main() -> None:
    """Frise CPIP : le parcours judiciaire d’une personne suivie, lisible en une minute.

    Les données restent sur cette machine. Aucun score, aucune prédiction.
    """
