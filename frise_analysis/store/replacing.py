"""What a load may take the place of: a Frise store, and nothing else."""

from __future__ import annotations

from pathlib import Path

from frise_analysis.records.contract import TABLES
from frise_analysis.store.engine import read_meta
from frise_analysis.store.reporting import CSV_COLUMNS, LoadReport
from frise_analysis.store.workspace import LoadRefused


class HollowLoad(LoadRefused):
    """The load would leave a required table without its rows; ``report`` says what was found."""

    def __init__(self, sentence: str, report: LoadReport) -> None:
        super().__init__(sentence)
        self.report = report


def require_replaceable(store: Path) -> None:
    """``LoadRefused`` where something stands at that place that Frise did not write."""
    if store.exists() and "schema_version" not in read_meta(store):
        raise LoadRefused(
            f"Le fichier {store} existe déjà et n’est pas une base Frise lisible : il n’est pas remplacé. "
            "Donnez un autre chemin à --store, ou déplacez ce fichier."
        )


def protect_real_records(store: Path, *, fictional: bool, force: bool) -> None:
    """``LoadRefused`` where fictional people would take the place of real ones without being told to."""
    if not fictional or force or not store.exists() or read_meta(store).get("fictional") == "true":
        return
    raise LoadRefused(
        f"La base {store} contient des données réelles ; ces données-ci sont fictives et prendraient leur place. "
        "Donnez un autre chemin à --store, ou ajoutez --force pour les remplacer vraiment."
    )


def refuse_hollow(report: LoadReport, *, empty: frozenset[str]) -> None:
    """``HollowLoad`` where a required table, not declared ``empty``, lost its file or all of its rows."""
    required = {t.name for t in TABLES if t.required} - empty
    refused = [t.table for t in report.tables if t.table in required and t.table in report.refused_files]
    lost = [t.table for t in report.tables if t.table in required and t.read and not t.loaded]
    hollow = list(dict.fromkeys([*refused, *lost]))
    if hollow:
        one = len(hollow) == 1
        what = (
            "La table obligatoire {} n’a aucune ligne chargée"
            if one
            else "Les tables obligatoires {} n’ont aucune ligne chargée"
        )
        raise HollowLoad(
            f"{what.format(', '.join(hollow))} : le fichier est refusé, ou toutes ses lignes le sont. Corrigez-le d’après les constats ; "
            f"si la source n’a rien, déclarez-le dans bundle.toml ou dans la correspondance : empty_tables = {hollow}.",
            report,
        )


def require_report_place(path: Path) -> None:
    """``LoadRefused`` where a report would take the place of a file that is not an earlier report."""
    if not path.exists() or (path.is_file() and _first_line(path) == ";".join(CSV_COLUMNS)):
        return
    raise LoadRefused(
        f"Le fichier {path} existe déjà et n’est pas un compte rendu de Frise : il n’est pas remplacé. "
        "Donnez un autre chemin à --report."
    )


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.readline(4096).strip()
    except OSError:
        return ""
