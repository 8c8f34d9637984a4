"""One person's records, read once; every analysis of one person starts from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cached_property

from frise_analysis.analysis.judgment_delay import unconsolidated_zone
from frise_analysis.analysis.street_time import StreetClock, merge_spans
from frise_analysis.dates import DAYS_PER_YEAR, is_exact
from frise_analysis.store.engine import Store
from frise_analysis.store.event_file import DeclaredUnusable
from frise_analysis.store.event_journal import Declared, DeclaredEvent
from frise_analysis.vocabulary import (
    CONVICTION_ENTRIES,
    MEASURES_WITHOUT_ACHIEVEMENT,
    REGIMES_WITHOUT_STREET_TIME,
    CountUnit,
    DatePrecision,
    Lane,
    MeasureOutcome,
)

#: Default width of the zone in which facts may exist that no court has judged yet, in days (design.md, 4.4).
UNCONSOLIDATED_DAYS = 365


@dataclass(frozen=True)
class Person:
    """Who the path belongs to, without a name."""

    person_key: int
    person_id: str
    sex: str | None = None
    birth_date: date | None = None
    birth_year: int | None = None
    death_date: date | None = None

    @property
    def birth(self) -> date | None:
        """Date of birth; the middle of the year where only the year is known."""
        if self.birth_date is not None:
            return self.birth_date
        return None if self.birth_year is None else date(self.birth_year, 7, 1)


@dataclass(frozen=True)
class Record:
    """One row of the view ``trajectory``: one thing on the frise."""

    lane: str
    record_id: str
    start_date: date
    end_date: date | None = None
    parent_id: str | None = None
    date_precision: str = "day"
    code: str = ""
    label: str | None = None
    detail: str | None = None
    outcome: str | None = None
    attempt: bool = False
    intimate_partner: bool = False
    legal_recidivism: bool = False
    second_date: date | None = None
    amount: float | None = None
    void: bool = False
    end_precision: str | None = None


@dataclass(frozen=True)
class Sentence:
    """One sentence of one conviction."""

    conviction_id: str
    sentence_code: str
    firm_days: int | None = None
    suspended_days: int | None = None
    hours: int | None = None
    amount_eur: float | None = None
    ab_initio: bool | None = None


@dataclass(frozen=True)
class Obligation:
    """One obligation of one measure, over its own days or, where it has none, over those of its measure."""

    measure_id: str
    obligation_code: str
    start_date: date
    end_date: date | None = None


@dataclass(frozen=True)
class PersonPath:
    """All that the store holds on one person up to ``as_of``.

    ``with_void`` keeps the void convictions and their facts in ``records`` and in every count. ``beside_person``: what the
    person may not see beside the officer was taken out (``analysis.interview``). ``declared_refusal``: why what was entered on
    the screen could not be read, empty where it was; the life events are then those imported, removed ones among them.
    """

    person: Person
    as_of: date
    all_records: tuple[Record, ...]
    sentences: tuple[Sentence, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    with_void: bool = False
    beside_person: bool = False
    unconsolidated_days: int = UNCONSOLIDATED_DAYS
    declared_refusal: str = ""
    written: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)
    _by_lane: dict[str, tuple[Record, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def end(self) -> date:
        """Last day observed: the extraction, or death."""
        death = self.person.death_date
        if death is None or death >= self.as_of:
            return self.as_of
        # Facts dated after the death (a doubt told at loading) still happened while the person was observed.
        return max(death, max((r.start_date for r in self.lane(Lane.FACTS)), default=death))

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The records that are shown and counted."""
        return tuple(r for r in self.all_records if self.with_void or not r.void)

    @cached_property
    def void_convictions(self) -> int:
        """How many convictions are void on the day, shown or not."""
        return sum(r.void for r in self.all_records if r.lane == Lane.CONVICTIONS)

    def lane(self, lane: Lane) -> tuple[Record, ...]:
        """Records of one lane, in order of date."""
        if lane not in self._by_lane:
            self._by_lane[lane] = tuple(r for r in self.records if r.lane == lane)
        return self._by_lane[lane]

    @cached_property
    def fact_dates(self) -> tuple[date, ...]:
        """Distinct dates of facts, in order."""
        return tuple(sorted(self._precisions))

    @cached_property
    def _precisions(self) -> dict[date, str]:
        """Date of facts -> how well it is known, at best."""
        found: dict[date, str] = {}
        for record in self.lane(Lane.FACTS):
            if record.start_date not in found or is_exact(record.date_precision):
                found[record.start_date] = record.date_precision
        return found

    def precision(self, day: date) -> str:
        """How well a date of facts is known; any other day is known."""
        return self._precisions.get(day, DatePrecision.DAY)

    @cached_property
    def first_facts(self) -> date | None:
        """Date of the first facts that count."""
        return self.fact_dates[0] if self.fact_dates else None

    @cached_property
    def clock(self) -> StreetClock:
        """Street time from the first facts, or from the first thing recorded where there are no facts."""
        origin = self.first_facts or min((r.start_date for r in self.records), default=self.end)
        return StreetClock(origin, self.away)

    @cached_property
    def away(self) -> tuple[tuple[date, date], ...]:
        """Time away from liberty, merged, cut at the end of observation."""
        return merge_spans(
            (r.start_date, min(r.end_date or self.end, self.end))
            for r in self.lane(Lane.CUSTODY)
            if r.code in REGIMES_WITHOUT_STREET_TIME
        )

    @cached_property
    def unconsolidated_from(self) -> date:
        """First day of the zone in which facts may not be judged yet."""
        return self.end - timedelta(days=self.unconsolidated_days)

    @property
    def unconsolidated_months(self) -> int:
        """The width of that zone in months, as it is said."""
        return round(self.unconsolidated_days * 12 / DAYS_PER_YEAR)

    @cached_property
    def convictions(self) -> tuple[Record, ...]:
        """The lines of the record that are convictions: not a penal settlement, a fixed fine or a finding of irresponsibility."""
        return tuple(r for r in self.lane(Lane.CONVICTIONS) if r.code in CONVICTION_ENTRIES)

    @cached_property
    def conviction_ids(self) -> frozenset[str]:
        """Identifiers of ``convictions``."""
        return frozenset(r.record_id for r in self.convictions)

    @cached_property
    def completed_measures(self) -> tuple[Record, ...]:
        """Measures carried through; pre-trial detention and enquiries end without being an achievement."""
        return tuple(
            r
            for r in self.lane(Lane.MEASURES)
            if r.outcome == MeasureOutcome.ACCOMPLIE and r.code not in MEASURES_WITHOUT_ACHIEVEMENT
        )

    def event_dates(self, unit: CountUnit) -> tuple[date, ...]:
        """The dates counted under one unit up to the end of observation, in order, one per thing counted."""
        if unit == CountUnit.FACT_DATES:
            return self.fact_dates
        return tuple(sorted(r.start_date for r in self.counted(unit) if r.start_date <= self.end))

    def counted(self, unit: CountUnit) -> tuple[Record, ...]:
        """The records counted under one unit: the convictions, else the offences."""
        return self.convictions if unit == CountUnit.CONVICTIONS else self.lane(Lane.FACTS)


_RECORD_FIELDS = frozenset(f.name for f in fields(Record))


def read_path(store: Store, *, person_key: int, as_of: date | None = None, with_void: bool = False) -> PersonPath:
    """Read one person; ``KeyError`` where the store has no such key. ``as_of`` is the extraction date by default."""
    day = as_of or store.info.extraction_date
    found = store.rows("person", person_key=person_key)
    if not found:
        raise KeyError(person_key)
    declared, refusal = declared_or_refusal(store, str(found[0]["person_id"]))
    return PersonPath(
        person=Person(**found[0]),  # type: ignore[arg-type]
        as_of=day,
        all_records=_until(
            merged_events(_records(store.rows("trajectory", person_key=person_key, as_of=day)), declared), day
        ),
        sentences=tuple(Sentence(**row) for row in store.rows("sentences", person_key=person_key)),  # type: ignore[arg-type]
        obligations=tuple(
            Obligation(**row)  # type: ignore[arg-type]
            for row in store.rows("obligations", person_key=person_key, as_of=day)
        ),
        with_void=with_void,
        unconsolidated_days=unconsolidated_zone(store).days,
        declared_refusal=refusal,
    )


def _records(rows: Sequence[dict[str, object]]) -> tuple[Record, ...]:
    return tuple(Record(**{k: x for k, x in row.items() if k in _RECORD_FIELDS}) for row in rows)  # type: ignore[arg-type]


def declared_or_refusal(store: Store, person_id: str) -> tuple[Declared, str]:
    """What was entered on one person, or nothing and why it cannot be read: a file that fails hides nothing else, and never in silence."""
    try:
        return store.declared.of(person_id), ""
    except DeclaredUnusable as refused:
        return Declared(), str(refused)


def _until(records: Sequence[Record], day: date) -> tuple[Record, ...]:
    """What began by ``day``, in order of date."""
    known = (r for r in records if r.start_date <= day)
    until = (r if r.lane != Lane.LIFE_EVENTS else _running(r, day) for r in known)
    return tuple(sorted(until, key=lambda r: (r.start_date, r.lane, r.record_id)))


def _running(event: Record, day: date) -> Record:
    """What ended after the day still runs on it."""
    return replace(event, end_date=None) if event.end_date is not None and event.end_date > day else event


def merged_events(records: Sequence[Record], declared: Declared) -> tuple[Record, ...]:
    """The records, their life events as they were entered on the screen: some added, some changed, some removed.

    What was added here and withdrawn stays so where an export of it was loaded.
    """
    entered = tuple(_entered(x) for x in declared.events)
    gone = declared.hidden | declared.withdrawn | {r.record_id for r in entered}
    kept = (r for r in records if r.lane != Lane.LIFE_EVENTS or r.record_id not in gone)
    return (*kept, *entered)


def _entered(event: DeclaredEvent) -> Record:
    return Record(
        lane=Lane.LIFE_EVENTS.value, record_id=event.event_id, start_date=event.start_date, end_date=event.end_date,
        date_precision=event.date_precision, end_precision=event.end_precision, code=event.domain, label=event.label,
        detail=event.source, outcome=event.direction,
    )  # fmt: skip
