"""Families, natures and legal maxima of offences: the rules of ``nomenclature`` applied to the rows of a store."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import duckdb
import pandas as pd

from frise_analysis.nomenclature.rules_sql import macros
from frise_analysis.nomenclature.tables import LIST_SOURCE, SNAPSHOT, SOURCE, natinf_entries
from frise_analysis.records.cells import literal
from frise_analysis.vocabulary import OffenceFamily

_NATINF = """
create table natinf (
  natinf_code varchar, label varchar, nature varchar, contravention_class integer,
  articles varchar, family varchar, max_sentence_years double, source varchar
)"""

#: A family that the record gives counts only if it is one of those that charts know.
_KNOWN = ", ".join(f"'{family.value}'" for family in OffenceFamily)
_RESOLVED = f"""
  case when r.family in ({_KNOWN}) then r.family else c.family end as resolved_family,
  case when r.family in ({_KNOWN}) then 'manual' else c.family_source end as family_source,
  coalesce(r.nature, c.nature) as resolved_nature,
  coalesce(r.max_sentence_years, c.max_sentence_years) as resolved_max_years"""
_JOIN = "left join classified_labels as c on c.natinf_code is not distinct from r.natinf_code and c.label is not distinct from r.label"


def create_natinf(connection: duckdb.DuckDBPyConnection, *, old: Path | None = None) -> None:
    """Create the table ``natinf`` and fill it with the project's own codes, then with the list loaded into the ``old`` store."""
    connection.execute(_NATINF)
    entries = pd.DataFrame([vars(entry) for entry in natinf_entries()]).assign(source=f"{SOURCE}, {SNAPSHOT}")
    connection.register("own_entries", entries)
    connection.execute("insert into natinf by name select * from own_entries")
    connection.unregister("own_entries")
    if old is not None and old.is_file():
        _keep_list(connection, old)


def _keep_list(connection: duckdb.DuckDBPyConnection, old: Path) -> None:
    """Take over the Ministry's list; a store of another version, or no store at all, has none to give."""
    try:
        connection.execute(f"attach {literal(str(old))} as old_store (read_only)")
    except duckdb.Error:
        return
    try:
        connection.execute(script("keep_natinf"), {"source": LIST_SOURCE})
    except duckdb.Error:
        return
    finally:
        connection.execute("detach old_store")


def define_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the rules of the nomenclature as macros of this connection."""
    for statement in macros():
        connection.execute(statement)


def classify(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Classify each distinct ``(natinf_code, label)`` of a relation into the temporary table ``classified_labels``.

    The rules run on distinct texts only: ten million offences cost what their labels cost, and one join.
    """
    define_rules(connection)
    connection.execute(f"create or replace temp view labels_to_classify as select natinf_code, label from {relation}")
    connection.execute(script("classify_labels"))


def resolved_columns() -> str:
    """SQL of the columns added to each offence ``r``, joined by :func:`resolved_join`."""
    return _RESOLVED


def resolved_join(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    """Classify the offences of a relation; SQL that joins each offence ``r`` with what was found for its code and label.

    By one number where the texts have distinct ones, which is three times faster than by the two texts.
    """
    classify(connection, relation)
    connection.execute(
        "create or replace temp table classified_keys as select hash(natinf_code, label) as text_key, * from classified_labels"
    )
    repeated = connection.execute("select count(*) > count(distinct text_key) from classified_keys").fetchone()
    if repeated is None or repeated[0]:
        return _JOIN
    return "left join classified_keys as c on c.text_key = hash(r.natinf_code, r.label)"


def reclassify_offences(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the four columns again for every offence of a store, its rows staying in their order."""
    classify(connection, "offences")
    columns = ("resolved_family", "family_source", "resolved_nature", "resolved_max_years")
    changes = ", ".join(f"{name} = f.{name}" for name in columns)
    connection.execute(
        f"update offences set {changes} from (select r.rowid as row, {_RESOLVED} from offences as r {_JOIN}) as f "
        "where offences.rowid = f.row"
    )


@cache
def script(name: str) -> str:
    """The SQL text of one step of a load: ``store/sql/load/<name>.sql``."""
    return (resources.files("frise_analysis.store") / "sql" / "load" / f"{name}.sql").read_text(encoding="utf-8")
