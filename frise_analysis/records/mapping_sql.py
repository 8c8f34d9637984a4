"""SQL of the blocks of a mapping. Names are looked up in the real header and never copied; constants are quoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from frise_analysis.records.cells import identifier, literal
from frise_analysis.records.contract import Column, Kind
from frise_analysis.records.headers import plain
from frise_analysis.records.mapping import Block, did_you_mean, refuse

ROW = "#row"
_MAKERS = ("column", "constant", "concat", "coalesce")
_KEYS = (*_MAKERS, "separator", "values", "prefixes", "contains", "default", "format", "scale", "shift_days")
_TESTS = ("column", "equals", "in", "not_null", "prefix", "not_equals")


@dataclass(frozen=True)
class Header:
    """A source once read into ``staging.<name>``: cells ``c0``, ``c1``…; ``line`` is the SQL of a row's line."""

    shown: str
    name: str
    names: tuple[str, ...]
    line: str

    @property
    def relation(self) -> str:
        """The rows that have a value: blank lines are none."""
        cells = ", ".join(f"nullif(trim(c{i}), '')" for i in range(len(self.names)))
        return f"(select rowid, * from staging.{self.name} where coalesce({cells}) is not null) as s"

    def cell(self, name: str) -> str:
        """SQL of the trimmed text of one column; ``UnreadableInput`` names the nearest where it is unknown."""
        exact = [i for i, n in enumerate(self.names) if n.strip() == name]
        like = exact or [i for i, n in enumerate(self.names) if plain(n) == plain(name)]
        if len(like) != 1:
            what = "deux colonnes portent le nom" if like else "colonne inconnue :"
            raise refuse(f"{what} « {name} » dans {self.shown}.", did_you_mean(name, self.names))
        return f"nullif(trim(c{like[0]}), '')"


def block_sql(block: Block, header: Header) -> str:
    """``select`` of the block's columns as texts, under the contract's names, with ``source_row`` and ``source_file``."""
    made = {name: _made(spec, block.table.column(name), header) for name, spec in block.columns.items()}
    columns = ", ".join(f"{sql} as {identifier(name)}" for name, sql in made.items())
    where = " and ".join(_test(test, header) for test in block.where) or "true"
    empty = ", ".join(f"null::varchar as {identifier(c.name)}" for c in block.table.columns if c.name not in made)
    line = f"min({header.line})" if block.distinct else header.line
    group = " group by all" if block.distinct else ""
    return (
        f"select {columns}{', ' + empty if empty else ''}, {line}::bigint as source_row, "
        f"{literal(header.shown)} as source_file from {header.relation} where {where}{group}"
    )


def _test(test: Mapping[str, object], header: Header) -> str:
    unknown = [key for key in test if key not in _TESTS]
    if unknown or "column" not in test or len(test) != 2:
        raise refuse(
            "un filtre where n’a pas la bonne forme.",
            'Écrivez { column = "x", equals = "y" } (ou in, not_equals, prefix, not_null).',
        )
    cell = header.cell(str(test["column"]))
    match next(key for key in test if key != "column"):
        case "equals":
            return f"{cell} = {_constant(test['equals'])}"
        case "not_equals":
            return f"{cell} is distinct from {_constant(test['not_equals'])}"
        case "in":
            return f"{cell} in ({', '.join(_constant(x) for x in _items(test['in'])) or 'null'})"
        case "prefix":
            return f"starts_with({cell}, {_constant(test['prefix'])})"
    return f"{cell} is {'not ' if test['not_null'] is True else ''}null"


def _made(spec: object, target: Column, header: Header) -> str:
    if isinstance(spec, str):
        return _part(spec, header)
    if not isinstance(spec, dict):
        raise refuse(
            f"la colonne {target.name} n’a pas la bonne forme.", "Donnez un nom de colonne, ou { column = … }."
        )
    unknown = [key for key in spec if key not in _KEYS]
    if unknown:
        raise refuse(f"mot inconnu pour {target.name} : « {unknown[0]} ».", did_you_mean(unknown[0], _KEYS))
    value = _translated(spec, _base(spec, target.name, header))
    if "format" in spec:
        value = f"coalesce(cast(cast(try_strptime({value}, {_constant(spec['format'])}) as date) as varchar), {value})"
    if "shift_days" in spec:
        value = f"coalesce(cast({_day(value)} + {_whole(spec['shift_days'])} as varchar), {value})"
    if "scale" in spec:
        value = _scaled(value, spec["scale"], whole=target.kind is Kind.INTEGER)
    return value if "default" not in spec else f"coalesce({value}, {_constant(spec['default'])})"


def _day(value: str) -> str:
    formats = "['%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y']"
    return f"coalesce(try_cast({value} as date), cast(try_strptime({value}, {formats}) as date))"


def _base(spec: Mapping[str, object], target: str, header: Header) -> str:
    makers = [key for key in _MAKERS if key in spec]
    if len(makers) != 1:
        raise refuse(
            f"la colonne {target} doit avoir un et un seul de : {', '.join(_MAKERS)}.", "Gardez celui qui convient."
        )
    given = spec[makers[0]]
    if makers[0] == "constant":
        return _constant(given)
    if makers[0] == "column":
        return _part(given, header)
    parts = ", ".join(_part(part, header) for part in _items(given))
    if makers[0] == "coalesce":
        return f"coalesce({parts})"
    return f"concat_ws({_constant(spec.get('separator', '-'))}, {parts})"


def _part(part: object, header: Header) -> str:
    if isinstance(part, dict) and set(part) == {"constant"}:
        return _constant(part["constant"])
    return f"cast({header.line} as varchar)" if part == ROW else header.cell(str(part))


def _translated(spec: Mapping[str, object], value: str) -> str:
    """Exact values first, then beginnings, the longest first, then texts found anywhere, in the order given, whatever their case.

    With no ``default``, what is not listed stays as it is.
    """
    exact, begins, within = (_pairs(spec, key) for key in ("values", "prefixes", "contains"))
    if not exact and not begins and not within:
        return value
    cases = [f"when {value} = {literal(k)} then {_constant(x)}" for k, x in exact]
    longest = sorted(begins, key=lambda pair: -len(pair[0]))
    cases += [f"when starts_with({value}, {literal(k)}) then {_constant(x)}" for k, x in longest]
    cases += [f"when contains(lower({value}), lower({literal(k)})) then {_constant(x)}" for k, x in within]
    return f"(case {' '.join(cases)} else {'null' if 'default' in spec else value} end)"


def _pairs(spec: Mapping[str, object], key: str) -> list[tuple[str, object]]:
    given = spec.get(key, {})
    if not isinstance(given, dict):
        raise refuse(f"{key} doit être une table.", 'Écrivez { "valeur de la source" = "code" }.')
    return [(str(k), x) for k, x in given.items()]


def _scaled(value: str, scale: object, *, whole: bool) -> str:
    if isinstance(scale, bool) or not isinstance(scale, int | float):
        raise refuse("scale doit être un nombre.", "Par exemple scale = 30.44 pour des mois en jours.")
    number = f"try_cast(replace({value}, ',', '.') as double) * {scale!r}"
    return f"coalesce(cast({f'cast(round({number}) as bigint)' if whole else number} as varchar), {value})"


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise refuse("shift_days doit être un nombre entier de jours.", "Par exemple shift_days = -1.")
    return value


def _constant(value: object) -> str:
    if isinstance(value, bool):
        return "'true'" if value else "'false'"
    if isinstance(value, str | int | float | date):
        return literal(str(value))
    raise refuse("une constante n’est ni un texte, ni un nombre, ni une date.", "Mettez-la entre guillemets.")


def _items(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise refuse("une liste de colonnes ou de valeurs est attendue.", 'Écrivez ["a", "b"].')
    return value
