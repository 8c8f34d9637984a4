"""``frise doctor``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frise_analysis.store.location import default_store

if TYPE_CHECKING:
    from frise_analysis.diagnosis.findings import Finding


@click.command("doctor")
@click.option("--store", type=click.Path(path_type=Path), default=default_store, help="Fichier de la base.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", help="Forme de la sortie.")
@click.pass_context
def command(ctx: click.Context, store: Path, shape: str) -> None:
    """Dire ce qui est installé et ce qui ne va pas.

    Rien de ce qui est affiché ne désigne une personne. Le code de retour est 1 si quelque chose ne va pas.

    \b
    Exemples :
      frise doctor
      frise doctor --store frise.duckdb --format json
    """
    found = _look(store)
    click.echo(_as_json(found) if shape == "json" else _as_text(found))
    ctx.exit(int(any(x.state == "erreur" for x in found)))


def _look(store: Path) -> list[Finding]:
    from frise_analysis.diagnosis.installation import look_at_installation
    from frise_analysis.diagnosis.machine import look_at_machine
    from frise_analysis.diagnosis.store_health import look_at_store

    return [*look_at_installation(), *look_at_machine(store), *look_at_store(store)]


def _as_json(found: list[Finding]) -> str:
    return json.dumps([asdict(x) for x in found], ensure_ascii=False, indent=1)


def _as_text(found: list[Finding]) -> str:
    lines = []
    for x in found:
        lines.append(f"{x.state:<10} {x.subject} : {x.value}")
        lines += [f"{'':<10} -> {x.remedy}"] if x.remedy else []
    return "\n".join([*lines, _verdict(found)])


def _verdict(found: list[Finding]) -> str:
    wrong, doubtful = (sum(x.state == state for x in found) for state in ("erreur", "attention"))
    if wrong:
        return f"À corriger : {wrong}."
    return f"Rien ne bloque ; à regarder : {doubtful}." if doubtful else "Tout va bien."
