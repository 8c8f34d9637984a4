"""Check the rows of each table, keep the sound ones in the store, and write down what is wrong with the others."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from frise_analysis.records.cells import literal
from frise_analysis.records.checking import (
    all_columns,
    duplicates_sql,
    faults_sql,
    hanging_pairs,
    joins,
    overlaps_sql,
    owner_of,
    rejecting,
    repeated_keys_sql,
    rows_name,
)
from frise_analysis.records.contract import Table
from frise_analysis.records.problems import Problem
from frise_analysis.records.rules import BY_ID, PARENTS, Check, checks_of
from frise_analysis.store import families, streaming
from frise_analysis.store.staging import Staged, count, line_sql

_REPORTS = """
create table load_report (
  table_name varchar, rows_read bigint, rows_loaded bigint, rows_rejected bigint, warnings bigint
);
create table problems (
  table_name varchar, file varchar, "row" bigint, column_name varchar, rule varchar, severity varchar,
  sentence varchar, remedy varchar, person_key integer, record_id varchar
);"""


def create_reports(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables ``load_report`` and ``problems``, empty."""
    connection.execute(_REPORTS)


def add_table(connection: duckdb.DuckDBPyConnection, staged: Staged, *, given: frozenset[str]) -> None:
    """Check and load the rows of one table; tables it refers to are loaded before. ``given``: tables the bundle has."""
    table = staged.table
    checks = [c for c in checks_of(table) if _applies(c, given)]
    if staged.stream:
        staged = streaming.stream(connection, staged, staged.stream, checks)
    _flag(connection, table, checks)
    _mark_hanging(connection, table, given)
    connection.execute(
        f"create table staging.errors_{table.name} as "
        f"select rid from staging.flags_{table.name} where mask & {rejecting(checks)} <> 0"
    )
    if staged.stream:
        streaming.settle(connection, table, staged.stream)
    else:
        _keep_sound_rows(connection, table)
    if table.key:
        connection.execute(
            f"insert into staging.rejected select {literal(table.name)}, r.{table.key} from {rows_name(table)} as r "
            f"where rid in (select rid from staging.errors_{table.name}) and r.{table.key} is not null"
        )
    _write_problems(connection, staged, checks)
    _write_counts(connection, staged)


def _applies(check: Check, given: frozenset[str]) -> bool:
    """Lists of branches and officers are optional: codes are looked up only in a list that was given."""
    return check.rule.id != "list_reference_missing" or _list_of(check) in given


def _list_of(check: Check) -> str:
    return "officers" if check.place.column == "officer_id" else "branches"


def _flag(connection: duckdb.DuckDBPyConnection, table: Table, checks: list[Check]) -> None:
    parts = [faults_sql(table, checks)]
    if count(connection, f"select count(*) from (select 1 from ({repeated_keys_sql(table)}) limit 1)"):
        parts.append(duplicates_sql(table))
    if table.name == "custody_periods":
        parts.append(overlaps_sql(table))
    union = " union all ".join(f"({part})" for part in parts)
    grouped = union if len(parts) == 1 else f"select rid, bit_or(mask) as mask from ({union}) group by rid"
    connection.execute(f"create table staging.flags_{table.name} as {grouped}")


def _mark_hanging(connection: duckdb.DuckDBPyConnection, table: Table, given: frozenset[str]) -> None:
    """A reference to a row that was read and rejected is not a missing one."""
    for missing, hanging, column, parent in hanging_pairs(table):
        known = f"r.{column} in (select key from staging.rejected where table_name = {literal(parent)})"
        connection.execute(f"""
            update staging.flags_{table.name} as f set mask = xor(f.mask, {1 << missing.bit | 1 << hanging.bit}::bigint)
            from {rows_name(table)} as r
            where r.rid = f.rid and f.mask & {1 << missing.bit} <> 0 and {"true" if f"{parent}!" in given else known}""")


def _keep_sound_rows(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    faulty = count(connection, f"select count(*) from staging.errors_{table.name}")
    sound = f"{rows_name(table)} as r"
    where = f"where r.rid not in (select rid from staging.errors_{table.name})" if faulty else ""
    if table.name == "persons":
        connection.execute(_persons_sql(table, where))
    elif table.owner is None:
        connection.execute(f"create table {table.name} as select {all_columns(table)} from {sound} {where} order by 1")
    else:
        connection.execute(_owned_sql(connection, table, where))


def _persons_sql(table: Table, where: str) -> str:
    values = ", ".join(
        "coalesce(r.birth_year, year(r.birth_date))::integer as birth_year" if c.name == "birth_year" else f"r.{c.name}"
        for c in table.columns
    )
    search = "trim(lower(strip_accents(concat_ws(' ', r.person_id, r.display_name))))"
    return (
        f"create table persons as select row_number() over ()::integer as person_key, {values}, "
        f"{search} as search_text from (select * from {rows_name(table)} as r {where} order by r.person_id) as r"
    )


def _owned_sql(connection: duckdb.DuckDBPyConnection, table: Table, where: str) -> str:
    owner, offences = owner_of(table), table.name == "offences"
    classified = families.resolved_join(connection, rows_name(table)) if offences else ""
    further = f", {families.resolved_columns()}" if offences else ""
    return (
        f"create table {table.name} as select {PARENTS[owner]}.person_key, {all_columns(table)}{further} "
        f"from {rows_name(table)} as r{joins(table, [owner])} {classified} {where} order by person_key, r.rid"
    )


def _write_problems(connection: duckdb.DuckDBPyConnection, staged: Staged, checks: list[Check]) -> None:
    table = staged.table
    owner = None if table.owner is None else owner_of(table)
    person = (
        "person.person_key" if table.name == "persons" else f"{PARENTS[owner]}.person_key" if owner else "null::integer"
    )
    parent = (
        "\n  left join persons as person on r.person_id = person.person_id"
        if table.name == "persons"
        else joins(table, [owner] if owner else [])
    )
    kept = f"r.rid not in (select rid from staging.errors_{table.name})"
    line = "r.source_row" if staged.own_lines else line_sql(table.name, rid="r.rid", refused=staged.refused_lines)
    file = "r.source_file" if staged.own_lines else literal(staged.shown)
    record = f"r.{table.key}" if table.key else "null"
    connection.execute(f"""
        insert into problems
        select {literal(table.name)}, {file}, {line}, c.column_name, c.rule, c.severity, c.sentence, c.remedy,
          case when {kept} then {person} end, case when {kept} then {record} end
        from staging.flags_{table.name} as f
        join {rows_name(table)} as r on r.rid = f.rid
        join ({_checks_values(checks, staged.headers)}) as c on f.mask & c.bit <> 0{parent}
        order by 3""")
    _write_refused_lines(connection, staged)


def _checks_values(checks: list[Check], headers: Mapping[str, str]) -> str:
    rows = ", ".join(
        f"({1 << c.bit}::bigint, {literal(c.place.column) if c.place.column else 'null'}, {literal(c.rule.id)}, "
        f"{literal(c.rule.severity.value)}, {literal(c.said(c.rule.sentence, header))}, {literal(c.said(c.rule.remedy, header))})"
        for c in checks
        for header in (headers.get(c.place.column or ""),)
    )
    return f"select * from (values {rows}) as v(bit, column_name, rule, severity, sentence, remedy)"


def _write_refused_lines(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    name = staged.table.name
    for (rule_id,) in connection.execute(
        "select distinct rule from staging.refused where relation = ?", [name]
    ).fetchall():
        rule = BY_ID[rule_id]
        connection.execute(
            "insert into problems select $t, $f, line, null, $r, $v, $s, $m, null, null "
            "from staging.refused where relation = $t and rule = $r order by line",
            {
                "t": name,
                "f": staged.shown,
                "r": rule_id,
                "v": rule.severity.value,
                "s": rule.sentence,
                "m": rule.remedy,
            },
        )


def _write_counts(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    table, name = staged.table, literal(staged.table.name)
    read = f"select count(*) from {rows_name(table)}" if staged.rows_read is None else f"select {staged.rows_read}"
    connection.execute(f"""
        insert into load_report
        select {name}, typed + refused + {staged.unread_rows}, loaded, refused + errors + {staged.unread_rows}, warnings
        from (select
          ({read}) as typed,
          (select count(*) from staging.refused where relation = {name}) as refused,
          (select count(*) from staging.errors_{table.name}) as errors,
          (select count(*) from {table.name}) as loaded,
          (select count(*) from problems where table_name = {name} and severity = 'warning' and "row" is not null) as warnings
        )""")


def add_problem(connection: duckdb.DuckDBPyConnection, problem: Problem) -> None:
    """Write down a problem of a whole file."""
    p = problem
    values = [p.table, p.file, p.row, p.column, p.rule, p.severity.value, p.sentence, p.remedy]
    connection.execute("insert into problems values (?, ?, ?, ?, ?, ?, ?, ?, null, null)", values)
