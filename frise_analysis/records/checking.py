"""SQL that checks the rows of one table and says, for each faulty row, which rules it violates."""

from __future__ import annotations

from collections.abc import Iterable

from frise_analysis.records.contract import Table
from frise_analysis.records.rules import PARENTS, Check, checks_of, find_check


def rows_name(table: Table) -> str:
    """The relation of the rows read: ``rid``, the contract's columns, ``unread``."""
    return f"staging.rows_{table.name}"


def parents_of(table: Table) -> dict[str, tuple[str, str]]:
    """Loaded tables that a row refers to: name -> (column of the row, key of the parent)."""
    found: dict[str, tuple[str, str]] = {}
    for column in table.columns:
        parent, _, key = (column.references or "").partition(".")
        if parent in PARENTS:
            found[parent] = (column.name, key)
    return found


def joins(table: Table, parents: Iterable[str]) -> str:
    """Joins of ``r`` with the parents asked for."""
    keys = parents_of(table)
    return "".join(
        f"\n  left join {parent} as {PARENTS[parent]} on r.{keys[parent][0]} = {PARENTS[parent]}.{keys[parent][1]}"
        for parent in parents
    )


def owner_of(table: Table) -> str:
    """The parent through which a row reaches its person."""
    return next(parent for parent, (column, _) in parents_of(table).items() if column == table.owner)


def faults_sql(table: Table, checks: Iterable[Check]) -> str:
    """``rid``, ``mask`` of each row that violates a rule stated as a condition."""
    checks = tuple(checks)
    return f"""
select rid, mask from (
  select r.rid, {mask_sql(checks)} as mask
  from {rows_name(table)} as r{joins(table, parents_read(checks))}
  cross join (select getvariable('extraction') as extraction)
) where mask <> 0"""


def mask_sql(checks: Iterable[Check]) -> str:
    """The bits of the rules stated as conditions that a row ``r`` violates, its parents being joined."""
    stated = (c for c in checks if c.place.violated)
    bits = (f"(case when {c.place.violated} then {1 << c.bit}::bigint else 0::bigint end)" for c in stated)
    return "\n    | ".join(bits) or "0::bigint"


def parents_read(checks: Iterable[Check]) -> list[str]:
    """Tables that the conditions of some checks look at, besides the row."""
    conditions = [c.place.violated for c in checks if c.place.violated]
    return [p for p, alias in PARENTS.items() if any(f"{alias}." in condition for condition in conditions)]


def repeated_keys_sql(table: Table, relation: str | None = None) -> str:
    """Hashes that several rows share: of the key, or of the whole row where there is none. Nearly always empty, and cheap."""
    rows = relation or rows_name(table)
    return f"select h from (select {key_hash(table)} as h from {rows} as r) group by h having count(*) > 1"


def key_hash(table: Table) -> str:
    """A number that rows of one key share; of one content, in a table without a key."""
    return f"hash(r.{table.key})" if table.key else f"hash({all_columns(table)})"


def all_columns(table: Table) -> str:
    """The contract's columns of a row ``r``, in order."""
    return ", ".join(f"r.{c.name}" for c in table.columns)


def duplicates_sql(table: Table) -> str:
    """``rid``, ``mask`` of repeated rows: exact copies after the first, and rows that give one key to different contents."""
    copy = 1 << find_check(table, "exact_duplicate").bit
    conflict = 1 << find_check(table, "key_not_unique").bit if table.key else 0
    present = f" and r.{table.key} is not null" if table.key else ""
    key = f"r.{table.key}" if table.key else "0"
    return f"""
select rid, cast((case when copy > 1 then {copy} when differs then {conflict} else 0 end) as bigint) as mask from (
  select rid, row_number() over (partition by content order by rid) as copy,
    min(content) over (partition by key) <> max(content) over (partition by key) as differs
  from (
    select r.rid, {key} as key, cast(row({all_columns(table)}, r.unread) as varchar) as content
    from {rows_name(table)} as r
    where {key_hash(table)} in ({repeated_keys_sql(table)}){present}
  )
) where mask <> 0"""


def overlaps_sql(table: Table) -> str:
    """``rid``, ``mask`` of custody periods that begin before an earlier one of the person has ended."""
    bit = 1 << find_check(table, "custody_overlap").bit
    return f"""
select rid, {bit}::bigint as mask from (
  select rid, start_date, max(coalesce(end_date, date '9999-12-31')) over (
    partition by person_id order by start_date, rid rows between unbounded preceding and 1 preceding
  ) as covered_to
  from {rows_name(table)} where start_date is not null and person_id is not null
) where start_date < covered_to"""


def rejecting(checks: Iterable[Check]) -> int:
    """The bits that reject a row."""
    return sum(1 << c.bit for c in checks if c.rule.severity == "error")


def hanging_pairs(table: Table) -> list[tuple[Check, Check, str, str]]:
    """(missing reference, rejected parent, column, parent): which bit becomes which where the parent was read and rejected."""
    known = {(c.rule.id, c.place.column): c for c in checks_of(table)}
    return [
        (known["reference_missing", column], known["parent_rejected", column], column, parent)
        for parent, (column, _) in parents_of(table).items()
    ]
