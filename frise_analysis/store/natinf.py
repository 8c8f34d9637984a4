"""Bring the Ministry's list of offences into a store and classify its offences again, the store being replaced in one step."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from frise_analysis.nomenclature.tables import LIST_SOURCE
from frise_analysis.records.natinf_list import NatinfList, read_natinf_list
from frise_analysis.store import families
from frise_analysis.store.engine import open_store
from frise_analysis.store.workspace import LoadRefused, beside, swap


@dataclass(frozen=True)
class NatinfReport:
    """``sources``: how many offences get their family from each source, before and after."""

    read: int
    refused: int
    unclassified: int
    before: Counter[str]
    after: Counter[str]


def load_natinf(path: Path, *, store: Path) -> NatinfReport:
    """Read the list, fill the table ``natinf`` and the families of offences in a copy of the store, then swap.

    ``UnreadableInput`` where the file is not the list, ``StoreUnusable`` where there is no store; the store is then as it was.
    """
    listed = read_natinf_list(path)
    store = store.resolve()
    open_store(store).close()
    with beside(store) as directory:
        copy = directory / "new.duckdb"
        try:
            shutil.copyfile(store, copy)
            report = _rewrite(copy, listed, directory)
        except (duckdb.Error, OSError) as error:
            # The engine quotes cells in its messages: only the kind of error may be shown.
            raise LoadRefused(
                f"La liste n’a pas pu être chargée ({type(error).__name__}). Vérifiez l’espace disque ; la base est intacte."
            ) from None
        open_store(copy).close()
        swap(copy, store)
    return report


def _rewrite(copy: Path, listed: NatinfList, directory: Path) -> NatinfReport:
    config: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(directory),
        "autoinstall_known_extensions": "false",
    }
    with closing(duckdb.connect(str(copy), config=config)) as connection:
        before = _sources(connection)
        connection.execute("begin")
        connection.execute("drop table natinf")
        families.create_natinf(connection)
        unclassified = _insert(connection, listed)
        families.reclassify_offences(connection)
        connection.execute("commit")
        connection.execute("checkpoint")
        return NatinfReport(len(listed.offences), listed.refused, unclassified, before, _sources(connection))


def _insert(connection: duckdb.DuckDBPyConnection, listed: NatinfList) -> int:
    connection.register("natinf_list", pd.DataFrame([vars(x) for x in listed.offences]))
    families.define_rules(connection)
    connection.execute(families.script("classify_natinf"), {"source": LIST_SOURCE})
    connection.unregister("natinf_list")
    row = connection.execute("select count(*) from natinf where family is null").fetchone()
    return int(row[0]) if row else 0


def _sources(connection: duckdb.DuckDBPyConnection) -> Counter[str]:
    return Counter(dict(connection.execute("select family_source, count(*) from offences group by all").fetchall()))
