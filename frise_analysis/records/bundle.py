"""``bundle.toml``: where a bundle comes from and the day it was extracted."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from frise_analysis.records.problems import UnreadableInput

FILE_NAME = "bundle.toml"


@dataclass(frozen=True)
class BundleInfo:
    """What a bundle says of itself."""

    source: str
    service: str
    extraction_date: date
    fictional: bool = False
    nomenclatures: dict[str, str] = field(default_factory=dict)


def read_bundle_info(path: Path) -> BundleInfo:
    """Read ``bundle.toml``; ``UnreadableInput`` says what is missing and what to write."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UnreadableInput(
            f"Le fichier {path.name} manque.",
            remedy="Créez-le avec au moins : extraction_date = 2026-01-31 (le jour de l’extraction).",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise UnreadableInput(
            f"Le fichier {path.name} n’est pas un fichier TOML lisible.",
            remedy='Chaque ligne s’écrit : nom = "valeur" ; une date s’écrit sans guillemets, 2026-01-31.',
        ) from None
    return bundle_info(content, path.name)


def bundle_info(content: dict[str, object], where: str) -> BundleInfo:
    """Check the values of ``bundle.toml`` or of the ``[bundle]`` part of a mapping."""
    day = content.get("extraction_date")
    if isinstance(day, datetime):
        day = day.date()
    if isinstance(day, str):
        day = _iso(day)
    if not isinstance(day, date):
        raise UnreadableInput(
            f"{where} ne donne pas de date d’extraction lisible.",
            remedy="Écrivez par exemple : extraction_date = 2026-01-31.",
        )
    versions = content.get("nomenclatures")
    return BundleInfo(
        source=str(content.get("source", "source non précisée")),
        service=str(content.get("service", "service non précisé")),
        extraction_date=day,
        fictional=content.get("fictional") is True,
        nomenclatures={str(k): str(x) for k, x in versions.items()} if isinstance(versions, dict) else {},
    )


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
