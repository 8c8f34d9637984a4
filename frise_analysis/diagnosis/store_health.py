"""The store: whether it opens, what it holds, who else may read it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from frise_analysis.dates import french_number, full_date, plural
from frise_analysis.diagnosis.findings import Finding, State
from frise_analysis.store.engine import SCHEMA_VERSION, Store, StoreUnusable, open_store, read_meta
from frise_analysis.vocabulary import Severity

MEGA = 1 << 20


def look_at_store(path: Path) -> Iterator[Finding]:
    """State of the store; an absent one is to be loaded, an unreadable one is wrong."""
    if not path.exists():
        remedy = f"Chargez des données : frise load DOSSIER --store {path}"
        yield Finding("Base", f"absente ({path})", State.WARNING, remedy)
        return
    try:
        with open_store(path) as store:
            yield from _contents(store)
    except StoreUnusable as error:
        yield Finding("Base", str(path), State.WRONG, str(error))
        # Of a store of another version too, one must know whether it may be made again.
        if read_meta(path).get("fictional") == "true":
            yield Finding("Données fictives", "oui")
    yield _privacy(path)


def _contents(store: Store) -> Iterator[Finding]:
    info = store.info
    megabytes = french_number(store.path.stat().st_size / MEGA, 1)
    yield Finding("Base", f"{store.path} ({megabytes} Mo, schéma {SCHEMA_VERSION})")
    kind = "données fictives" if info.fictional else "données réelles"
    yield Finding(
        "Provenance", f"{info.source} ; {info.service} ; {kind} ; extraction du {full_date(info.extraction_date)}"
    )
    yield Finding("Données fictives", "oui" if info.fictional else "non")
    yield Finding("Chargement", f"{info.loaded_at} ({info.load_id})")
    for row in store.rows("load_counts"):
        yield _table(row)
    yield _problems({str(x["severity"]): int(str(x["number"])) for x in store.rows("problem_counts")})


def _table(row: dict[str, object]) -> Finding:
    read, loaded, rejected = (int(str(row[name])) for name in ("rows_read", "rows_loaded", "rows_rejected"))
    value = f"{plural(loaded, 'ligne')}, {plural(rejected, 'refusée')} sur {plural(read, 'lue')}"
    subject = f"Table {row['table_name']}"
    if read != loaded + rejected:
        return Finding(subject, value, State.WRONG, "Rechargez les données.")
    if rejected:
        return Finding(subject, value, State.WARNING, "Ces lignes ne sont dans aucun écran.")
    return Finding(subject, value)


def _problems(counts: dict[str, int]) -> Finding:
    errors, warnings = counts.get(Severity.ERROR, 0), counts.get(Severity.WARNING, 0)
    value = f"{plural(errors, 'erreur')}, {plural(warnings, 'avertissement')}"
    if errors:
        return Finding(
            "Constats du chargement", value, State.WARNING, "Le détail : frise check DOSSIER --report constats.csv"
        )
    return Finding("Constats du chargement", value)


def _privacy(path: Path) -> Finding:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("Accès à la base", "ouvert à d’autres comptes", State.WARNING, f"Fermez-le : chmod 600 {path}")
    return Finding("Accès à la base", "ce compte seul")
