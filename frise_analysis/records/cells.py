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
    columns of ``source`` carried as they are. Each step is written once and cheap where cells are clean: ``c_`` the cell,
    ``i_`` the engine's own reading, ``t_`` the trimmed text, ``j_`` the reading of what the engine did not understand,
    then the value.
    """
    present = [c for c in table.columns if c.name in raw]
    quick = [c for c in present if _first_reading(c)]
    texts = [f"t_{c.name}" for c in present if c.kind is not Kind.TEXT]
    anything = " or ".join(f"t_{c.name} is not null" for c in present) or "false"
    steps = (
        [*(f"{raw[c.name]} as c_{c.name}" for c in present), *further],
        ["*", *(f"{_first_reading(c)} as i_{c.name}" for c in quick)],
        ["*", *(f"{_text(c)} as t_{c.name}" for c in present)],
        ["*", *(f"{_second_reading(c)} as j_{c.name}" for c in quick)],
        [*(f"{_value(c)} as {c.name}" for c in present), f"{anything} as t_anything", *texts, *further],
        [*(_output(c, raw) for c in table.columns), f"{_unread(table, raw)} as unread", *further],
    )
    relation = source
    for step in steps:
        relation = f"(select {', '.join(step) or '1 as nothing'} from {relation})"
    return relation[1:-1]


def _output(column: Column, raw: Mapping[str, str]) -> str:
    return column.name if column.name in raw else f"cast(null as {SQL_TYPES[column.kind]}) as {column.name}"


def _first_reading(column: Column) -> str:
    """What the engine reads by itself, fast; empty for texts that anything may be."""
    cell = f"c_{column.name}"
    if column.kind is Kind.DATE:
        return f"(case when length({cell}) >= 8 then try_cast({cell} as date) end)"
    if column.kind in {Kind.INTEGER, Kind.NUMBER}:
        return f"try_cast({cell} as double)"
    if column.kind is Kind.BOOLEAN:
        return _boolean(cell)
    return f"(case when {cell} in ({_listed(known_codes(column.codes))}) then {cell} end)" if column.codes else ""


def _text(column: Column) -> str:
    """Trimming every cell would cost more than reading the file: cells read at once are left as they are."""
    cell = f"c_{column.name}"
    if column.kind is Kind.TEXT and not (column.codes or column.references or column.required):
        return _trimmed(cell)
    cleaned = f"(case when {cell} in ({_listed(_EMPTY_WORDS)}) then null else {_trimmed(cell)} end)"
    return f"(case when i_{column.name} is null then {cleaned} else {cell} end)" if _first_reading(column) else cleaned


def _trimmed(cell: str) -> str:
    """Look at both ends first ('!' follows the space)."""
    ends = " or ".join(f"suffix({cell}, {literal(c)})" for c in _SPACES)
    begins = " or ".join(f"prefix({cell}, {literal(c)})" for c in _SPACES if c > " ")
    return f"(case when {cell} < '!' or {ends} or {begins} then nullif(trim({cell}, {literal(_SPACES)}), '') else {cell} end)"


def _second_reading(column: Column) -> str:
    """What the engine did not read, or read wrongly: a year below 1000 means that it took the day for the year."""
    cell, first = f"t_{column.name}", f"i_{column.name}"
    if column.kind is Kind.DATE:
        return f"(case when {first} {_FOUR_DIGITS} then {first} else {_french_date(cell)} end)"
    return f"(case when {first} is not null then {first} else {_slow_reading(column, cell)} end)"


def _slow_reading(column: Column, cell: str) -> str:
    if column.kind is Kind.BOOLEAN:
        return _boolean(f"lower({cell})")
    if column.codes:
        return f"coalesce({_labels(column.codes)}[{plain_sql(cell)}], {cell})"
    return f"try_cast(translate({cell}, {literal(',' + _SPACES)}, '.') as double)"


_FOUR_DIGITS = "between date '1000-01-01' and date '9999-12-31'"


def _french_date(cell: str) -> str:
    """Day first, as French files write it."""
    short = " ".join(f"when contains({cell}, {literal(c)}) then try_strptime({cell}, '%d{c}%m{c}%Y')" for c in "/.-")
    long = ", ".join(literal(f"%d{c}%m{c}%Y %H:%M{seconds}") for c in "/.-" for seconds in ("", ":%S"))
    return f"cast((case when length({cell}) > 10 then try_strptime({cell}, [{long}]) {short} end) as date)"


def _value(column: Column) -> str:
    read = f"j_{column.name}"
    if column.kind is Kind.DATE:
        return f"(case when {read} {_FOUR_DIGITS} then {read} end)"
    if column.kind is Kind.INTEGER:
        return f"(case when {read} = trunc({read}) then try_cast({read} as integer) end)"
    if column.kind is Kind.NUMBER:
        return f"(case when isfinite({read}) then {read} end)"
    return read if _first_reading(column) else f"t_{column.name}"


def _boolean(cell: str) -> str:
    return f"(case when {cell} in ({_listed(_TRUE)}) then true when {cell} in ({_listed(_FALSE)}) then false end)"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(literal(word) for word in words)


def known_codes(codes: type[v.Labelled]) -> tuple[str, ...]:
    """The values of a code, as stored."""
    return tuple(member.value for member in codes)


#: How services write the sex of a person, besides its code and its label.
_ABBREVIATIONS = {"h": v.Sex.MALE.value, "masculin": v.Sex.MALE.value, "feminin": v.Sex.FEMALE.value}

#: What the neutral direction of a life event was called: files that say so are still read.
_OTHER_WORDS = {"sans orientation": v.LifeDirection.NEUTRAL.value}


def _labels(codes: type[v.Labelled]) -> str:
    spelled = dict(_ABBREVIATIONS) if codes is v.Sex else dict(_OTHER_WORDS) if codes is v.LifeDirection else {}
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
