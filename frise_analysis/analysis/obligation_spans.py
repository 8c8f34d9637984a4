"""The obligations of the measures, each over its own days, with what the record says of how they were kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from frise_analysis.analysis.clocks import Position, position
from frise_analysis.analysis.lane_rows import LANE_COLUMNS
from frise_analysis.analysis.person_path import Obligation, PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.words import label_of, lower_first, measure, successor, words
from frise_analysis.dates import period
from frise_analysis.vocabulary import BreachKind, Clock, Lane, MeasureOutcome, ObligationCode

#: Sort of breach -> special obligations (CP 132-45) that it may concern; the record does not say which. A missed appointment or
#: papers not handed in break the general duties of CP 132-44, hours those of the measure itself: no special obligation.
CONCERNED: Mapping[str, frozenset[ObligationCode]] = {
    BreachKind.ABSENCE: frozenset(),
    BreachKind.CONTACT: frozenset({ObligationCode.CONTACT, ObligationCode.FREQUENTATION, ObligationCode.BAR}),
    BreachKind.PARAITRE: frozenset(
        {ObligationCode.PARAITRE, ObligationCode.EVICTION, ObligationCode.DEBITS_BOISSONS, ObligationCode.BAR}
    ),
    BreachKind.SOINS: frozenset({ObligationCode.SOINS, ObligationCode.INJONCTION_SOINS}),
    BreachKind.JUSTIFICATIFS: frozenset(),
    BreachKind.INDEMNISATION: frozenset({ObligationCode.INDEMNISATION}),
    BreachKind.HORAIRES: frozenset(),
    BreachKind.TRAVAIL: frozenset({ObligationCode.TIG}),
    BreachKind.NOUVEAUX_FAITS: frozenset(),
    BreachKind.AUTRE: frozenset(),
}


@question("obligations", "Obligations des mesures")
def obligation_spans(path: PersonPath, *, clock: Clock = Clock.CALENDAR) -> pd.DataFrame:
    """One row per obligation of a measure over its own days, in order of start.

    ``end_date`` is empty while it runs; ``x`` and ``x_end`` are in years of the clock, ``x_end`` never after the end of
    observation. ``state``: ``running`` or ``ended``. ``words`` tells the measure, how it ended, and the breaches whose sort
    concerns the obligation, each beside the span during which it fell.
    """
    place = position(path, clock)
    measures = {r.record_id: r for r in path.lane(Lane.MEASURES)}
    kept = [o for o in path.obligations if o.measure_id in measures and o.start_date <= path.end]
    told = _breaches(kept, path)
    rows = [
        _row(record_id, o, measures[o.measure_id], told[o], (path, place))
        for record_id, o in sorted(_identified(kept), key=lambda x: (x[1].start_date, x[0]))
    ]
    return pd.DataFrame(rows, columns=list(LANE_COLUMNS))


def _identified(obligations: list[Obligation]) -> Iterator[tuple[str, Obligation]]:
    """Each with its identifier: the measure, the obligation, and its turn where a measure has it more than once."""
    turns: Counter[str] = Counter()
    for o in obligations:
        name = f"{o.measure_id}/{o.obligation_code}"
        turns[name] += 1
        yield f"{name}/{turns[name]}", o


def _row(
    record_id: str, o: Obligation, followed: Record, breaches: list[Record], shown: tuple[PersonPath, Position]
) -> tuple[object, ...]:
    path, place = shown
    # An obligation ordered after its measure ended has no day of its own but the first.
    last = path.end if o.end_date is None else max(o.start_date, min(o.end_date, path.end))
    running = o.end_date is None and path.end == path.as_of
    return (
        Lane.OBLIGATIONS.value, record_id, o.start_date, o.end_date, place(o.start_date), place(last), o.obligation_code,
        label_of(ObligationCode, o.obligation_code), "running" if running else "ended",
        _words(o, followed, breaches, path), False,
    )  # fmt: skip


def _breaches(obligations: list[Obligation], path: PersonPath) -> dict[Obligation, list[Record]]:
    """Breaches of each obligation: told once where a measure has it twice, beside the last span begun by then."""
    found: dict[Obligation, list[Record]] = defaultdict(list)
    for breach in path.lane(Lane.BREACHES):
        for code in CONCERNED.get(breach.code, ()):
            own = [o for o in obligations if (o.measure_id, o.obligation_code) == (breach.parent_id, code)]
            begun = [o for o in own if o.start_date <= breach.start_date] or own[:1]
            for o in begun[-1:]:
                found[o].append(breach)
    return found


def _words(o: Obligation, followed: Record, breaches: list[Record], path: PersonPath) -> str:
    name, replaced = label_of(ObligationCode, o.obligation_code), successor(followed, path)
    of_measure = f"« {measure(followed)} »{f' ({replaced})' if replaced else ''}"
    opening = f"{name}, obligation de la mesure {of_measure} {period(o.start_date, o.end_date)}."
    told = [f"{words(b, path)}{_others(b, o, path)}" for b in breaches]
    return " ".join(x for x in (opening, *told, _outcome(followed, path)) if x)


def _others(breach: Record, o: Obligation, path: PersonPath) -> str:
    """The other obligations of the measure that the same breach may concern."""
    carried = {x.obligation_code for x in path.obligations if x.measure_id == o.measure_id}
    others = [code for code in ObligationCode if code in CONCERNED[breach.code] & carried and code != o.obligation_code]
    named = ", ".join(lower_first(code.label) for code in others)
    return f" Ce manquement peut aussi concerner : {named}." if named else ""


def _outcome(followed: Record, path: PersonPath) -> str:
    """How the measure ended; a completion is said as plainly as a breach."""
    if followed in path.completed_measures:
        return "La mesure a été accomplie."
    return f"Issue de la mesure : {label_of(MeasureOutcome, followed.outcome)}." if followed.outcome else ""
