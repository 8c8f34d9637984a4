"""What the rules of dates read of people: records as known on a day, many people at once or one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frise_analysis.analysis.legal_clocks.dossier import Conviction, Dossier, Facts
from frise_analysis.analysis.person_path import Record, Sentence
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import CustodyRegime, Lane

#: Regimes under which a sentence is executed.
EXECUTING = frozenset(
    {CustodyRegime.DETENTION, CustodyRegime.SEMI_LIBERTE, CustodyRegime.PLACEMENT_EXTERIEUR, CustodyRegime.DDSE}
)
Row = dict[str, Any]


@dataclass(frozen=True)
class JudgedFacts(Facts):
    """One judged offence, and whether it was within the couple: None where the record does not say."""

    intimate_partner: bool | None = None


@dataclass(frozen=True)
class Stay:
    """One period of custody; ``end_date`` is the day of release, None while it runs."""

    custody_id: str
    start_date: date
    end_date: date | None
    regime: str


@dataclass(frozen=True)
class Situation:
    """One person on one day: lines of the record, periods of custody in order of date."""

    person_key: int
    person_id: str
    as_of: date
    dossier: Dossier
    stays: tuple[Stay, ...] = ()
    birth_date: date | None = None
    birth_year: int | None = None

    @property
    def running(self) -> tuple[Stay, ...]:
        """Periods that run on the day."""
        return tuple(x for x in self.stays if x.end_date is None)

    @property
    def held(self) -> Stay | None:
        """The period in prison under a sentence that runs on the day, the first where there are two."""
        return next((x for x in self.running if x.regime == CustodyRegime.DETENTION), None)


def read_situations(store: Store, *, keys: Sequence[int], as_of: date) -> list[Situation]:
    """The situations of these people on a day, in order of key; nothing is read where there is nobody."""
    if not keys:
        return []
    asked = {"keys": list(keys), "first": min(keys), "last": max(keys)}
    dated = {**asked, "as_of": as_of}
    persons = store.rows("deadline_persons", **asked)
    parts = {
        "facts": _by_person(store.rows("deadline_offences", **dated)),
        "sentences": _by_person(store.rows("deadline_sentences", **asked)),
        "measures": _by_person(store.rows("deadline_measures", **dated)),
        "convictions": _by_person(store.rows("deadline_convictions", **dated)),
        "stays": _by_person(store.rows("deadline_stays", **dated)),
    }
    return [_situation(row, {k: x[row["person_key"]] for k, x in parts.items()}, as_of) for row in persons]


def _by_person(rows: Iterable[Row]) -> defaultdict[Any, list[Row]]:
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.pop("person_key")].append(row)
    return found


def _situation(person: Row, parts: dict[str, list[Row]], as_of: date) -> Situation:
    facts = _by_conviction(JudgedFacts(**x) for x in parts["facts"])
    sentences = _by_conviction(Sentence(**x) for x in parts["sentences"])
    measures = _by_conviction(_measure(x) for x in parts["measures"])
    lines = tuple(
        Conviction(
            **x,
            facts=tuple(facts[x["conviction_id"]]),
            sentences=tuple(sentences[x["conviction_id"]]),
            measures=tuple(measures[x["conviction_id"]]),
        )
        for x in parts["convictions"]
    )
    dossier = Dossier(as_of, lines, tuple(y for x in lines for y in x.facts))
    return Situation(**person, as_of=as_of, dossier=dossier, stays=tuple(Stay(**x) for x in parts["stays"]))


def _by_conviction(things: Iterable[Any]) -> defaultdict[Any, list[Any]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for thing in things:
        found[thing.parent_id if isinstance(thing, Record) else thing.conviction_id].append(thing)
    return found


def _measure(row: Row) -> Record:
    return Record(
        Lane.MEASURES,
        row["measure_id"],
        row["start_date"],
        row["end_date"],
        parent_id=row["conviction_id"],
        code=row["measure_code"],
        outcome=row["outcome"],
        second_date=row["planned_end_date"],
    )
