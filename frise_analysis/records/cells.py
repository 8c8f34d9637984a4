"""SQL that turns the text of each cell into a typed value, and says which cells could not be read."""

from __future__ import annotations

from collections.abc import Mapping

from frise_analysis import vocabulary as v
from frise_analysis.records.contract import Column, Kind, Table
from frise_analysis.records.headers import plain

SQL_TYPES = {
    Kind.TEXT: "varchar",
    Kind.DATE: "date",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "double",
    Kind.BOOLEAN: "boolean",
}
#: In ``unread``, bit ``i`` says that column ``i`` could not be read; bit ``i + TWO_DIGIT_YEAR``, that its year has two digits.
TWO_DIGIT_YEAR = 20
_EMPTY_WORDS = ("NULL", "null", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "-")
_TRUE = ("oui", "vrai", "o", "1", "true", "yes", "y", "x", "1.0")
_FALSE = ("non", "faux", "n", "0", "false", "no", "0.0")
_FRENCH_DATES = (
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y",
    "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M:%S",
)  # fmt: skip
_SPACES = " \t\r\n\u00a0\u202f"


def literal(text: str) -> str:
    """A text constant of SQL, quoted; characters that could end it are doubled."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name of SQL, quoted."""
    return '"' + name.replace('"', '""') + '"'


def typed_select(table: Table, raw: Mapping[str, str], *, source: str, further: tuple[str, ...] = ()) -> str:
    """``select`` of every column of ``table`` with its type, then ``unread``, -1 on lines with no value at all.

    ``raw`` gives the SQL of each column's text in ``source``; a column that has none is empty. ``further`` are
    columns of ``source`` carried as they are.
    """
    present = [c for c in table.columns if c.name in raw]
    carried = "".join(f", {name}" for name in further)
    cells = ", ".join(f"{_cell(c, raw[c.name])} as t_{c.name}" for c in present) or "null as t_nothing"
    first = ", ".join(f"{_first_reading(c)} as i_{c.name}" for c in present if c.kind is Kind.DATE)
    values = ", ".join(f"{_value(c)} as {c.name}" for c in present) or "null as t_nothing"
    kept = "".join(f", t_{c.name}" for c in present if c.kind is not Kind.TEXT)
    output = ", ".join(
        c.name if c.name in raw else f"cast(null as {SQL_TYPES[c.kind]}) as {c.name}" for c in table.columns
    )
    anything = " or ".join(f"t_{c.name} is not null" for c in present) or "false"
    return f"""
select {output}, {_unread(table, raw)} as unread{carried}
from (
  select {values}, {anything} as t_anything{kept}{carried}
  from (
    select *{", " + first if first else ""}
    from (select {cells}{carried} from {source})
  )
)"""


def _cell(column: Column, raw: str) -> str:
    text = f"nullif(trim({raw}, {literal(_SPACES)}), '')"
    if column.kind is Kind.TEXT and not (column.codes or column.references or column.required):
        return text
    empty = ", ".join(literal(word) for word in _EMPTY_WORDS)
    return f"(case when {text} not in ({empty}) then {text} end)"


def _first_reading(column: Column) -> str:
    """The engine's own reading of dates is the fast one; a year below 1000 means it took the day for the year."""
    cell = f"t_{column.name}"
    return f"(case when length({cell}) >= 8 then try_cast({cell} as date) end)"


def _value(column: Column) -> str:
    cell = f"t_{column.name}"
    if column.kind is Kind.DATE:
        return _date(cell, f"i_{column.name}")
    if column.kind is Kind.INTEGER:
        number = _number(cell)
        return f"(case when {number} = trunc({number}) then try_cast({number} as integer) end)"
    if column.kind is Kind.NUMBER:
        return f"(case when isfinite({_number(cell)}) then {_number(cell)} end)"
    if column.kind is Kind.BOOLEAN:
        return _boolean(cell)
    return _code(cell, column.codes) if column.codes else cell


def _date(cell: str, first: str) -> str:
    """Day first, as French files write it; years of four digits only."""
    formats = ", ".join(literal(f) for f in _FRENCH_DATES)
    french = f"cast(try_strptime({cell}, [{formats}]) as date)"
    good = "between date '1000-01-01' and date '9999-12-31'"
    return f"(case when {first} {good} then {first} when {french} {good} then {french} end)"


def _number(cell: str) -> str:
    """Decimal comma, spaces between thousands."""
    return f"try_cast(translate({cell}, {literal(',' + _SPACES)}, '.') as double)"


def _boolean(cell: str) -> str:
    true, false = (", ".join(literal(word) for word in words) for words in (_TRUE, _FALSE))
    return f"(case when lower({cell}) in ({true}) then true when lower({cell}) in ({false}) then false end)"


def known_codes(codes: type[v.Labelled]) -> tuple[str, ...]:
    """The values of a code, as stored."""
    return tuple(member.value for member in codes)


def _code(cell: str, codes: type[v.Labelled]) -> str:
    """The code itself, else the one whose value or French label this is; an unknown one is kept as it is."""
    known = ", ".join(literal(c) for c in known_codes(codes))
    return f"(case when {cell} in ({known}) then {cell} else coalesce({_labels(codes)}[{plain_sql(cell)}], {cell}) end)"


def _labels(codes: type[v.Labelled]) -> str:
    spelled: dict[str, str] = {}
    for member in codes:
        for text in (member.value, member.label, member.name):
            spelled.setdefault(plain(text), member.value)
    pairs = ", ".join(f"{literal(k)}: {literal(x)}" for k, x in spelled.items())
    return f"map {{{pairs}}}"


def plain_sql(expression: str) -> str:
    """``headers.plain`` in SQL: the two must agree for a label to be recognised."""
    folded = f"lower(strip_accents(replace(replace({expression}, 'œ', 'oe'), 'Œ', 'oe')))"
    return f"trim(regexp_replace({folded}, '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))"


def _unread(table: Table, raw: Mapping[str, str]) -> str:
    bits = [_unread_bits(i, c) for i, c in enumerate(table.columns) if c.name in raw and c.kind is not Kind.TEXT]
    return f"(case when t_anything then cast({' | '.join(bits) or '0'} as bigint) else -1::bigint end)"


def _unread_bits(position: int, column: Column) -> str:
    cell, code = f"t_{column.name}", f"{1 << position}::bigint"
    if column.kind is Kind.DATE:
        short = f"regexp_full_match({cell}, '\\d{{1,2}}[-/.]\\d{{1,2}}[-/.]\\d{{2}}')"
        code = f"(case when {short} then {1 << position + TWO_DIGIT_YEAR}::bigint else {code} end)"
    return f"(case when {column.name} is null and {cell} is not null then {code} else 0::bigint end)"
