"""A doubt about a record, the rule that raises it, and what rules read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from frise_analysis.analysis.legal_clocks.dossier import dossier_of
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.analysis.legal_clocks.void_dates import void_table
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.words import title, when
from frise_analysis.dates import full_date, period
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Labelled, Lane


class DoubtState(Labelled):
    """Two records that disagree, or something that no record says."""

    CONTRADICTION = "contradiction", "contradiction"
    GAP = "gap", "manque"


@dataclass(frozen=True)
class ObligationDates:
    """One obligation of a measure, with the dates it has of its own."""

    measure_id: str
    obligation_code: str
    start_date: date | None = None
    end_date: date | None = None


@dataclass(frozen=True)
class Warned:
    """What the load noticed of one row that it kept; no ``record_id`` where the row is no line of the frise."""

    table_name: str
    column_name: str | None
    rule: str
    lane: str
    record_id: str | None = None
    row_id: str | None = None


@dataclass(frozen=True)
class Reading:
    """All that the rules read of one person: the path, and what it has no column for.

    ``custody_given`` is false where the whole base has no custody: its absence then says nothing of one person.
    """

    path: PersonPath
    phases: Mapping[str, str] = field(default_factory=dict)
    family_sources: Mapping[str, str] = field(default_factory=dict)
    obligations: tuple[ObligationDates, ...] = ()
    warnings: tuple[Warned, ...] = ()
    first_decision: date | None = None
    void_dates: Mapping[str, tuple[date | None, date]] = field(default_factory=dict)
    custody_given: bool = True

    @cached_property
    def shown(self) -> dict[tuple[str, str], Record]:
        """The records on the frise, by lane and identifier."""
        return {(r.lane, r.record_id): r for r in self.path.records}

    def conviction(self, record_id: str | None) -> Record | None:
        """A conviction that is on the frise."""
        return self.shown.get((Lane.CONVICTIONS, record_id or ""))

    def measure(self, record_id: str | None) -> Record | None:
        """A measure that is on the frise."""
        return self.shown.get((Lane.MEASURES, record_id or ""))


@dataclass(frozen=True)
class Found:
    """What one rule finds: in which record, on which days, about which records, in words.

    ``days`` is empty where the doubt has no place on the frise.
    """

    record_id: str
    told: str
    days: tuple[date, ...] = ()
    about: tuple[Record, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule: its name, a title, what settles the doubt, and the function that looks for it."""

    id: str
    title: str
    state: DoubtState
    settled_by: str
    find: Callable[[Reading], Iterable[Found]]


@dataclass(frozen=True)
class Doubt:
    """One doubt about one person's record; ``code`` is its rule."""

    code: str
    record_id: str
    title: str
    state: DoubtState
    told: str
    settled_by: str
    days: tuple[date, ...] = ()
    about: tuple[Record, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The records concerned, as the frise names its marks."""
        return tuple(f"{r.lane}:{r.record_id}" for r in self.about)

    @property
    def words(self) -> str:
        """What is wrong or missing, where, and what would settle it."""
        return f"{self.told} {self.settled_by}"


def read_doubts(store: Store, path: PersonPath) -> Reading:
    """Read what the rules need beside the path."""
    key = path.person.person_key
    first = store.rows("first_decision", person_key=key)[0]["day"]
    return Reading(
        path,
        phases={str(x["measure_id"]): str(x["phase"]) for x in store.rows("measure_phases", person_key=key)},
        family_sources={
            str(x["offence_id"]): str(x["family_source"]) for x in store.rows("family_sources", person_key=key)
        },
        obligations=tuple(ObligationDates(**x) for x in store.rows("obligation_dates", person_key=key)),  # type: ignore[arg-type]
        warnings=tuple(Warned(**x) for x in store.rows("person_problems", person_key=key)),  # type: ignore[arg-type]
        first_decision=first if isinstance(first, date) else None,
        void_dates=_void_dates(store, path),
        custody_given=any(x["table_name"] == "custody_periods" and x["rows_loaded"] for x in store.rows("load_counts")),
    )


def _void_dates(store: Store, path: PersonPath) -> dict[str, tuple[date | None, date]]:
    """Convictions whose recorded date is not the computed one: both dates."""
    asked = {"person_key": path.person.person_key, "as_of": path.as_of}
    if all(row["void_date"] is None for row in store.rows("legal_convictions", **asked)):
        return {}  # Nothing to compare: most records, and the calculation reads their facts.
    table = void_table(dossier_of(store, path), book=RuleBook(store.info.extraction_date))
    differing = table[table["differs"].astype(bool)]
    return {str(row["conviction_id"]): (row["date"], row["recorded_date"]) for row in differing.to_dict("records")}


def named(record: Record) -> str:
    """A record in a few words, its date with it."""
    if record.lane == Lane.FACTS:
        return f"« {title(record)} », {when(record)}"
    if record.lane == Lane.CONVICTIONS:
        return f"{title(record)} du {full_date(record.start_date)}"
    if record.lane in {Lane.CUSTODY, Lane.MEASURES}:
        return f"{title(record)} {period(record.start_date, record.end_date)}"
    return f"{'Manquement' if record.lane == Lane.BREACHES else title(record)} {when(record)}"
