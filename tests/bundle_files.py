"""Small bundles written for a test."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from frise_analysis.records.contract import table

Rows = list[dict[str, object]]

#: One sound row of each table; a test changes what it is about.
SOUND: dict[str, dict[str, object]] = {
    "branches": {"branch_id": "A1", "name": "Antenne"},
    "officers": {"officer_id": "O1", "display_name": "Agent", "branch_id": "A1"},
    "persons": {"person_id": "P1", "sex": "M", "birth_date": "1980-01-01", "branch_id": "A1", "officer_id": "O1"},
    "convictions": {"conviction_id": "C1", "person_id": "P1", "decision_date": "2015-06-01"},
    "offences": {
        "offence_id": "I1", "person_id": "P1", "conviction_id": "C1", "offence_start_date": "2015-01-01", "label": "VOL",
    },
    "sentences": {"sentence_id": "S1", "conviction_id": "C1", "sentence_code": "tig", "hours": 100},
    "custody_periods": {"custody_id": "D1", "person_id": "P1", "start_date": "2016-01-01", "end_date": "2016-02-01", "regime": "detention"},
    "measures": {"measure_id": "M1", "person_id": "P1", "conviction_id": "C1", "measure_code": "SP", "start_date": "2016-03-01", "end_date": "2018-03-01"},
    "obligations": {"measure_id": "M1", "obligation_code": "soins", "start_date": "2016-03-01"},
    "breaches": {"breach_id": "B1", "person_id": "P1", "measure_id": "M1", "breach_date": "2017-01-01", "kind": "autre"},
    "life_events": {"event_id": "V1", "person_id": "P1", "start_date": "2017-01-01", "domain": "work"},
}  # fmt: skip


def sound(name: str, **changes: object) -> dict[str, object]:
    """A sound row with some values changed."""
    return {**SOUND[name], **changes}


def write_bundle(folder: Path, tables: Mapping[str, Rows] | None = None) -> Path:
    """Write a bundle: one sound row per table, but for the tables given."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bundle.toml").write_text("extraction_date = 2024-01-31\nfictional = true\n", encoding="utf-8")
    for name, row in SOUND.items():
        write_table(folder, name, (tables or {}).get(name, [row]))
    return folder


def write_table(folder: Path, name: str, rows: Rows) -> None:
    """Write one table with all the contract's columns."""
    columns = [c.name for c in table(name).columns]
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
