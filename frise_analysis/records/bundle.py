"""``bundle.toml``: where a bundle comes from and the day it was extracted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from frise_analysis.records.contract import TABLES
from frise_analysis.records.headers import nearest
from frise_analysis.records.problems import UnreadableInput

FILE_NAME = "bundle.toml"
_EXAMPLES = {
    "source": 'source = "nom du logiciel"',
    "service": 'service = "SPIP de …"',
    "extraction_date": "extraction_date = 2026-01-31",
    "fictional": "fictional = true (ou false), sans guillemets",
    "nomenclatures": '[nomenclatures] puis natinf = "version"',
    "empty_tables": 'empty_tables = ["offences"]',
}
KEYS = tuple(_EXAMPLES)


@dataclass(frozen=True)
class BundleInfo:
    """What a bundle says of itself. ``empty``: required tables that the source does not have, said on purpose."""

    source: str
    service: str
    extraction_date: date
    fictional: bool = False
    nomenclatures: dict[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()


def read_bundle_info(path: Path) -> BundleInfo:
    """Read ``bundle.toml``; ``UnreadableInput`` says what is missing and what to write."""
    try:
        content = tomllib.loads(quoted_day(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        raise UnreadableInput(
            f"Le fichier {path.name} manque.",
            remedy="Créez-le avec au moins : extraction_date = 2026-01-31 (le jour de l’extraction).",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise UnreadableInput(
            f"Le fichier {path.name} n’est pas un fichier TOML lisible.",
            remedy='Chaque ligne s’écrit : nom = "valeur" ; une date s’écrit 2026-01-31 ou 31/01/2026.',
        ) from None
    return bundle_info(content, path.name)


def quoted_day(text: str) -> str:
    """A day written the French way is no TOML unless it is quoted."""
    return re.sub(r"(?m)^(\s*extraction_date\s*=\s*)(\d{1,2}/\d{1,2}/\d{4})(?=\s|#|$)", r'\1"\2"', text)


def bundle_info(content: Mapping[str, object], where: str) -> BundleInfo:
    """Check the names and values of ``bundle.toml``, of a sheet ``bundle`` or of the ``[bundle]`` part of a mapping."""
    for key in content:
        if key not in KEYS:
            closest = nearest(str(key), KEYS)
            remedy = f"Vouliez-vous dire « {closest} » ?" if closest else f"Noms possibles : {', '.join(KEYS)}."
            raise UnreadableInput(f"{where} contient un nom inconnu : « {key} ».", remedy=remedy)
    versions = _typed(content, "nomenclatures", dict, where) or {}
    return BundleInfo(
        source=_typed(content, "source", str, where) or "source non précisée",
        service=_typed(content, "service", str, where) or "service non précisé",
        extraction_date=_past(_day(content.get("extraction_date"), where), where),
        fictional=_typed(content, "fictional", bool, where) or False,
        nomenclatures={str(k): str(x) for k, x in versions.items()},
        empty=_empty_tables(_typed(content, "empty_tables", list, where) or [], where),
    )


_Kind = TypeVar("_Kind")


def _typed(content: Mapping[str, object], key: str, kind: type[_Kind], where: str) -> _Kind | None:
    value = content.get(key)
    if value is None or isinstance(value, kind):
        return value
    raise UnreadableInput(f"{where} : {key} n’a pas la bonne forme.", remedy=f"Écrivez par exemple : {_EXAMPLES[key]}.")


def _day(value: object, where: str) -> date:
    day = value.date() if isinstance(value, datetime) else _written_day(value) if isinstance(value, str) else value
    if isinstance(day, date):
        return day
    raise UnreadableInput(
        f"{where} ne donne pas de date d’extraction lisible.",
        remedy="Écrivez par exemple : extraction_date = 2026-01-31.",
    )


def _written_day(text: str) -> date | None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), shape).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _past(day: date, where: str) -> date:
    """A day after tomorrow is a slip of the keyboard: every date of the records would pass for a past one."""
    if day <= datetime.now(UTC).date() + timedelta(days=1):
        return day
    raise UnreadableInput(
        f"{where} donne une date d’extraction à venir ({day:%d/%m/%Y}).",
        remedy="Écrivez le jour où les données ont été extraites.",
    )


def _empty_tables(names: list[object], where: str) -> frozenset[str]:
    known = tuple(t.name for t in TABLES)
    for name in names:
        if name not in known:
            closest = nearest(str(name), known)
            remedy = f"Vouliez-vous dire « {closest} » ?" if closest else f"Noms possibles : {', '.join(known)}."
            raise UnreadableInput(f"{where} : empty_tables nomme une table inconnue : « {name} ».", remedy=remedy)
    return frozenset(map(str, names))
