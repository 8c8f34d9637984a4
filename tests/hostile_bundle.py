"""A bundle in which every text field is hostile, and people with no, one and sixty facts."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

HOSTILE = (
    "<script>window.hacked = true</script>",
    '"><img src=x onerror="window.hacked = true">',
    "</script><svg onload=window.hacked=true>",
    '=HYPERLINK("http://exemple.invalid")',
    "{{ 7 * 7 }} ${7*7} {% raw %}",
    "\u202eécrit de droite à gauche\u202c مرحبا",
    "mot" * 3333,
    'ligne une\nligne deux; "guillemets", virgule',
)


def write_hostile_bundle(folder: Path) -> Path:
    """Write the bundle: ``H-0`` has no facts, ``H-1`` one, ``H-60`` sixty, each text taken in turn from ``HOSTILE``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bundle.toml").write_text(
        "extraction_date = 2024-09-30\nfictional = true\nsource = '<b>source</b>'\nservice = '<i>SPIP</i> d’essai'\n",
        encoding="utf-8",
    )
    people = {"H-0": 0, "H-1": 1, "H-60": 60}
    text = _in_turn()
    _table(
        folder,
        "persons",
        [{"person_id": p, "display_name": next(text), "sex": "M", "birth_date": "1980-02-03"} for p in people],
    )
    _table(folder, "convictions", [_conviction(p, i, next(text)) for p, n in people.items() for i in range(n)] or [])
    _table(folder, "offences", [_offence(p, i, next(text)) for p, n in people.items() for i in range(n)])
    _table(
        folder,
        "life_events",
        [_life_event(p, i, next(text)) for p, n in people.items() if n for i in range(len(HOSTILE))],
    )
    _table(folder, "measures", [_measure(p, next(text)) for p, n in people.items() if n])
    return folder


def _in_turn():
    while True:
        yield from HOSTILE


def _day(index: int) -> date:
    return date(2004, 3, 1) + timedelta(days=index * 110)


def _conviction(person: str, index: int, text: str) -> dict[str, object]:
    return {
        "conviction_id": f"{person}-C{index}",
        "person_id": person,
        "decision_date": _day(index) + timedelta(90),
        "court": text,
    }


def _offence(person: str, index: int, text: str) -> dict[str, object]:
    return {
        "offence_id": f"{person}-O{index}", "person_id": person, "conviction_id": f"{person}-C{index}",
        "offence_start_date": _day(index), "label": text,
    }  # fmt: skip


def _life_event(person: str, index: int, text: str) -> dict[str, object]:
    return {
        "event_id": f"{person}-E{index}", "person_id": person, "start_date": _day(index * 2), "end_date": _day(index * 2 + 1),
        "domain": "work", "direction": "support", "label": text,
    }  # fmt: skip


def _measure(person: str, text: str) -> dict[str, object]:
    return {
        "measure_id": f"{person}-M",
        "person_id": person,
        "measure_code": text,
        "start_date": "2010-01-01",
        "outcome": "",
    }


def _table(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
