"""Read a mapping: the TOML file that says how a foreign source becomes the tables of the contract, without Python."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Values
from dataclasses import dataclass, field, replace
from pathlib import Path

from frise_analysis.records.bundle import BundleInfo, bundle_info, quoted_day
from frise_analysis.records.contract import TABLES, Table, table
from frise_analysis.records.headers import nearest
from frise_analysis.records.problems import UnreadableInput

_SOURCE_KEYS = ("file", "sheet", "table")
_BLOCK_KEYS = ("from", "where", "distinct", "columns")


@dataclass(frozen=True)
class SourceFile:
    """One file, and the sheet or table to read in it. ``file`` is relative to the bundle's folder."""

    file: str
    part: str | None = None


@dataclass(frozen=True)
class Block:
    """Rows of one table taken from one source; ``columns`` gives for each column of the contract how it is made."""

    table: Table
    source: str
    columns: dict[str, object]
    where: tuple[dict[str, object], ...] = ()
    distinct: bool = False


@dataclass(frozen=True)
class SourceMapping:
    """A whole mapping. ``empty``: tables that the source does not have, said on purpose."""

    info: BundleInfo
    sources: dict[str, SourceFile]
    blocks: dict[str, tuple[Block, ...]]
    empty: frozenset[str] = field(default=frozenset())


def refuse(what: str, remedy: str) -> UnreadableInput:
    """The error of a mapping that cannot be followed."""
    return UnreadableInput(f"Correspondance : {what}", remedy=remedy)


def did_you_mean(name: str, known: Values[str, object] | tuple[str, ...]) -> str:
    """The remedy for a name that is not known."""
    closest = nearest(name, tuple(known))
    return f"Vouliez-vous dire « {closest} » ?" if closest else f"Noms possibles : {', '.join(known) or 'aucun'}."


def read_mapping(path: Path) -> SourceMapping:
    """Read and check a mapping; ``UnreadableInput`` says what is wrong in it."""
    try:
        content = tomllib.loads(quoted_day(path.read_text(encoding="utf-8-sig")))
    except OSError:
        raise refuse(f"le fichier {path.name} ne peut pas être ouvert.", "Vérifiez son chemin.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise refuse(
            f"{path.name} n’est pas un fichier TOML lisible.", "Reprenez un exemple de data/mappings."
        ) from None
    sources = {name: _source(name, given) for name, given in _dict(content.get("sources"), "sources").items()}
    blocks = {name: _blocks(name, given, sources) for name, given in _dict(content.get("tables"), "tables").items()}
    empty = frozenset(_known_table(str(name)).name for name in _list(content.get("empty_tables", []), "empty_tables"))
    _require(blocks, empty)
    info = bundle_info(_dict(content.get("bundle"), "bundle"), path.name)
    return SourceMapping(replace(info, empty=info.empty | empty), sources, blocks, empty)


def _require(blocks: Values[str, object], empty: frozenset[str]) -> None:
    absent = [t.name for t in TABLES if t.required and t.name not in blocks and t.name not in empty]
    if absent:
        raise refuse(
            f"tables obligatoires absentes : {', '.join(absent)}.",
            f"Décrivez-les, ou déclarez que la source ne les a pas : empty_tables = {absent}.",
        )


def _source(name: str, given: object) -> SourceFile:
    content = _dict(given, f"sources.{name}")
    _no_other_key(content, _SOURCE_KEYS, f"sources.{name}")
    if not isinstance(content.get("file"), str):
        raise refuse(f"la source {name} n’a pas de fichier.", 'Ajoutez file = "nom_du_fichier.csv".')
    part = content.get("sheet", content.get("table"))
    return SourceFile(str(content["file"]), None if part is None else str(part))


def _blocks(name: str, given: object, sources: Values[str, SourceFile]) -> tuple[Block, ...]:
    target = _known_table(name)
    return tuple(_block(target, _dict(one, f"tables.{name}"), sources) for one in _list(given, f"tables.{name}"))


def _known_table(name: str) -> Table:
    try:
        return table(name)
    except KeyError:
        raise refuse(f"table inconnue : {name}.", did_you_mean(name, tuple(t.name for t in TABLES))) from None


def _block(target: Table, content: dict[str, object], sources: Values[str, SourceFile]) -> Block:
    _no_other_key(content, _BLOCK_KEYS, f"tables.{target.name}")
    source = str(content.get("from", ""))
    if source not in sources:
        raise refuse(f"source inconnue pour {target.name} : « {source} ».", did_you_mean(source, dict(sources)))
    columns = _dict(content.get("columns"), f"tables.{target.name}.columns")
    names = tuple(c.name for c in target.columns)
    for name in columns:
        if name not in names:
            raise refuse(f"colonne inconnue de {target.name} : « {name} ».", did_you_mean(name, names))
    missing = [c.name for c in target.columns if c.required and c.name not in columns]
    if missing:
        raise refuse(f"colonnes obligatoires de {target.name} non décrites : {', '.join(missing)}.", "Décrivez-les.")
    where = tuple(_dict(one, "where") for one in _list(content.get("where", []), "where"))
    return Block(target, source, columns, where, content.get("distinct") is True)


def _no_other_key(content: Values[str, object], known: tuple[str, ...], where: str) -> None:
    for key in content:
        if key not in known:
            raise refuse(f"mot inconnu dans {where} : « {key} ».", did_you_mean(key, known))


def _dict(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise refuse(f"la partie [{where}] manque ou n’a pas la bonne forme.", "Reprenez un exemple de data/mappings.")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise refuse(f"{where} doit être une liste.", f"Écrivez [[{where}]] pour un bloc, ou [ … ] pour une liste.")
    return value
