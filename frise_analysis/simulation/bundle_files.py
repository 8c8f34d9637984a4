"""Writing the bundle: one CSV file per table of the contract, batch by batch, and the truth apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import IO

import numpy as np

from frise_analysis.records.contract import Kind, Table, table
from frise_analysis.simulation import cast
from frise_analysis.simulation.declared_tables import offence_mix
from frise_analysis.simulation.draws import MISSING, NEVER, Array
from frise_analysis.simulation.frames import Frame
from frise_analysis.simulation.people import SERVICE, Posting, branch_id, officer_id, person_id
from frise_analysis.simulation.populations import Batch, Population, batches

EPOCH = date(1970, 1, 1)
_FIRST_DAY, _LAST_DAY = -40_000, 45_000
_ISO = np.array([(EPOCH + timedelta(days=day)).isoformat() for day in range(_FIRST_DAY, _LAST_DAY)], dtype=object)

TRUTH_COLUMNS = (
    "person_id", "frailty", "rate_per_free_year", "first_facts_date", "last_possible_facts_date", "specialisation", "reactive", "fact_dates",
)  # fmt: skip
EVENT_TRUTH_COLUMNS = ("event_id", "person_id", "rate_multiplier", "effect_start_date", "effect_end_date")

Columns = dict[str, list[str]]


def write_bundle(
    out: Path, truth: Path, population: Population, persons: int, progress: Callable[[int], None] = lambda _done: None
) -> None:
    """Write a bundle of ``persons`` people in ``out`` and the truth in ``truth``; ``progress`` gets the people done."""
    posting = Posting.of(population.declared.follow_up)
    out.mkdir(parents=True, exist_ok=True)
    truth.mkdir(parents=True, exist_ok=True)
    _write_service(out, posting, persons)
    _write_information(out, population, persons)
    written = 0
    with Writers(out, truth) as writers:
        for batch in batches(population, persons):
            for name, columns in batch_columns(batch, posting).items():
                writers.add(name, columns)
            written += len(batch.number)
            progress(written)
        for number in cast.HAND_WRITTEN:
            if number in cast.reserved(population.name, population.extraction) and number <= persons:
                writers.add_by_hand(number)
        progress(persons)


class Writers:
    """Open files, one per table, each with its header written."""

    PERSONAL = (
        "persons", "convictions", "offences", "sentences", "custody_periods", "measures", "obligations", "breaches", "life_events",
    )  # fmt: skip

    def __init__(self, out: Path, truth: Path) -> None:
        headers = {name: tuple(column.name for column in table(name).columns) for name in self.PERSONAL}
        paths = {name: out / f"{name}.csv" for name in self.PERSONAL}
        headers |= {"truth": TRUTH_COLUMNS, "truth_life_events": EVENT_TRUTH_COLUMNS}
        paths |= {"truth": truth / "truth.csv", "truth_life_events": truth / "life_events.csv"}
        self._headers = headers
        self._files: dict[str, IO[str]] = {
            name: path.open("w", encoding="utf-8", newline="") for name, path in paths.items()
        }
        for name, file in self._files.items():
            file.write(",".join(headers[name]) + "\n")

    def __enter__(self) -> Writers:
        return self

    def __exit__(self, *exception: object) -> None:
        for file in self._files.values():
            file.close()

    def add(self, name: str, columns: Columns) -> None:
        """Add rows to one table; the columns must be those of its header."""
        self._files[name].write(lines(columns[column] for column in self._headers[name]))

    def add_by_hand(self, number: int) -> None:
        """Add the rows of one person written by hand, in every table; nothing is known of their truth."""
        for name in self.PERSONAL:
            rows = cast.hand_written(name, number)
            self.add(name, {column: [quoted(row.get(column, "")) for row in rows] for column in self._headers[name]})


def lines(columns: Iterable[list[str]]) -> str:
    """CSV lines of columns of cells that are already quoted where they need it."""
    text = "\n".join(map(",".join, zip(*columns, strict=True)))
    return text + "\n" if text else ""


def quoted(cell: str) -> str:
    """A cell, between quotes when it holds a comma or a quote."""
    return '"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell


def batch_columns(batch: Batch, posting: Posting) -> dict[str, Columns]:
    """Cells of every table of one batch, identifiers given."""
    people = _People(batch, posting)
    made = {name: contract_cells(table(name), frame) for name, frame in batch.tables.items() if name != "truth"}
    return {
        "persons": made["persons"] | people.owned("persons") | _posted(people, "persons") | _constant("fictional", "true", people.count),
        "convictions": made["convictions"] | people.owned("convictions") | people.keyed("conviction_id", "C", "convictions", "rank"),
        "offences": made["offences"] | people.owned("offences") | people.keyed("offence_id", "I", "offences", "ordinal")
        # The family is left to the nomenclature, as in a real export.
        | people.conviction("offences") | {"label": _labels(batch.tables["offences"]["entry"])}
        | _constant("family", "", len(batch.tables["offences"]["row"])),
        "sentences": made["sentences"] | people.conviction("sentences") | people.sentence_ids(),
        "custody_periods": made["custody_periods"] | people.owned("custody_periods")
        | people.keyed("custody_id", "D", "custody_periods", "ordinal"),
        "measures": made["measures"] | people.owned("measures") | people.keyed("measure_id", "M", "measures", "ordinal")
        | people.conviction("measures") | _posted(people, "measures"),
        "obligations": made["obligations"] | people.keyed("measure_id", "M", "obligations", "measure"),
        "breaches": made["breaches"] | people.owned("breaches") | people.keyed("breach_id", "B", "breaches", "ordinal")
        | people.keyed("measure_id", "M", "breaches", "measure"),
        "life_events": made["life_events"] | people.owned("life_events") | people.keyed("event_id", "E", "life_events", "ordinal"),
        "truth": people.owned("truth") | _truth_cells(batch.tables["truth"]),
        "truth_life_events": _event_truth(people, batch.tables["life_events"]),
    }  # fmt: skip


class _People:
    """Identifiers of the people of one batch and of what belongs to them."""

    def __init__(self, batch: Batch, posting: Posting) -> None:
        self.tables = batch.tables
        self.count = len(batch.number)
        self._ids = np.array([person_id(number) for number in batch.number.tolist()], dtype=object)
        officer = posting.officer(batch.draws, batch.number)
        self.officers = np.array([officer_id(index) for index in officer.tolist()], dtype=object)
        self.branches = np.array([branch_id(index) for index in posting.branch(officer).tolist()], dtype=object)

    def owned(self, name: str) -> Columns:
        """``person_id`` of each row of a table."""
        return {"person_id": self._ids[self.tables[name]["row"]].tolist()}

    def keyed(self, column: str, letter: str, name: str, number: str) -> Columns:
        """Identifiers such as ``C-0271-03``: a letter, the person, a number within the person."""
        frame = self.tables[name]
        return {column: self._numbered(letter, frame["row"], frame[number])}

    def conviction(self, name: str) -> Columns:
        """``conviction_id`` of each row; empty where nothing is judged."""
        frame = self.tables[name]
        cells = self._numbered("C", frame["row"], frame["rank"])
        return {
            "conviction_id": [
                cell if rank > 0 else "" for cell, rank in zip(cells, frame["rank"].tolist(), strict=True)
            ]
        }

    def sentence_ids(self) -> Columns:
        """``PE-0271-03-1``: the conviction, then the sentence within it."""
        frame = self.tables["sentences"]
        cells = self._numbered("PE", frame["row"], frame["rank"])
        return {
            "sentence_id": [f"{cell}-{within}" for cell, within in zip(cells, frame["within"].tolist(), strict=True)]
        }

    def _numbered(self, letter: str, row: Array, number: Array) -> list[str]:
        return [
            f"{letter}{person[1:]}-{rank:02d}"
            for person, rank in zip(self._ids[row].tolist(), number.tolist(), strict=True)
        ]


def contract_cells(contract: Table, frame: Frame) -> Columns:
    """Cells of the columns of a table that the simulation holds under the contract's names; the others are left empty."""
    count = len(frame["row"])
    cells = {}
    for column in contract.columns:
        values = frame.get(column.name)
        cells[column.name] = [""] * count if values is None else _CELLS[column.kind](values)
    return cells


def date_cells(days: Array) -> list[str]:
    """ISO dates; empty where the day is not known."""
    known = (days > _FIRST_DAY) & (days < _LAST_DAY)
    return list(np.where(known, _ISO[np.where(known, days, 0) - _FIRST_DAY], "").tolist())


def number_cells(values: Array) -> list[str]:
    """Numbers without useless decimals; empty where they are not known."""
    return ["" if value == MISSING else f"{value:g}" for value in values.tolist()]


def flag_cells(values: Array) -> list[str]:
    """``true`` or ``false``."""
    return list(np.where(values, "true", "false").astype(object).tolist())


_CELLS: dict[Kind, Callable[[Array], list[str]]] = {
    Kind.TEXT: lambda values: list(values.tolist()),
    Kind.DATE: date_cells,
    Kind.INTEGER: number_cells,
    Kind.NUMBER: number_cells,
    Kind.BOOLEAN: flag_cells,
}


def _labels(entry: Array) -> list[str]:
    return list(np.array([quoted(label) for label in offence_mix().label], dtype=object)[entry].tolist())


def _posted(people: _People, name: str) -> Columns:
    row = people.tables[name]["row"]
    return {"branch_id": people.branches[row].tolist(), "officer_id": people.officers[row].tolist()}


def _constant(column: str, cell: str, count: int) -> Columns:
    return {column: [cell] * count}


def _truth_cells(frame: Frame) -> Columns:
    return {
        "frailty": [f"{value:.4f}" for value in frame["frailty"].tolist()],
        "rate_per_free_year": [f"{value:.4f}" for value in frame["rate"].tolist()],
        "first_facts_date": date_cells(frame["onset"]),
        "last_possible_facts_date": date_cells(frame["exit"]),
        "specialisation": [f"{value:.4f}" for value in frame["specialisation"].tolist()],
        "reactive": flag_cells(frame["reactive"]),
        "fact_dates": number_cells(frame["fact_dates"]),
    }


def _event_truth(people: _People, frame: Frame) -> Columns:
    bears = frame["effect"] != 1.0
    ends = np.where(bears, frame["effect_end"], NEVER)
    return people.owned("life_events") | people.keyed("event_id", "E", "life_events", "ordinal") | {
        "rate_multiplier": number_cells(frame["effect"]),
        "effect_start_date": date_cells(np.where(bears, frame["start_date"], NEVER)),
        "effect_end_date": date_cells(ends),
    }  # fmt: skip


def _write_service(out: Path, posting: Posting, persons: int) -> None:
    for name, rows in (("branches", posting.branch_rows(persons)), ("officers", posting.officer_rows(persons))):
        header = [column.name for column in table(name).columns]
        text = "\n".join(",".join(row) for row in [header, *map(list, rows)]) + "\n"
        (out / f"{name}.csv").write_text(text, encoding="utf-8", newline="")


def _write_information(out: Path, population: Population, persons: int) -> None:
    day = EPOCH + timedelta(days=population.extraction)
    (out / "bundle.toml").write_text(
        f'source = "Personnes fictives, frise samples, graine {population.seed}, {persons} personnes"\n'
        f'service = "{SERVICE}"\n'
        f"extraction_date = {day.isoformat()}\n"
        "fictional = true\n"
        "\n"
        "[nomenclatures]\n"
        'natinf = "Liste NATINF, ministère de la Justice (DACG), Licence Ouverte 2.0"\n',
        encoding="utf-8",
        newline="",
    )
