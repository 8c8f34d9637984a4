"""Doubts about periods of custody."""

from __future__ import annotations

from collections.abc import Iterator

from frise_analysis.analysis.data_quality.doubts import DoubtState, Found, Reading, Rule, named
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.words import lower_first
from frise_analysis.vocabulary import REGIMES_WITHOUT_STREET_TIME, Lane, MeasureSetting


def custody_regimes_overlap(reading: Reading) -> Iterator[Found]:
    """Custody that begins before an earlier one of another regime has ended; one without end has its own rule."""
    periods = reading.path.lane(Lane.CUSTODY)
    for at, later in enumerate(periods):
        over = [r for r in periods[:at] if r.code != later.code and r.end_date and r.end_date > later.start_date]
        if over:
            told = f"{named(over[0])} et {lower_first(named(later))} : deux régimes différents aux mêmes jours."
            last = max(r.end_date for r in over if r.end_date)
            until = min(last, later.end_date) if later.end_date else last
            yield Found(later.record_id, told, (later.start_date, until), (*over, later))


def custody_without_end(reading: Reading) -> Iterator[Found]:
    """Custody without end, then a later custody, or a measure in open setting while the person would be held."""
    for custody in reading.path.lane(Lane.CUSTODY):
        later = _later(custody, reading.path) if custody.end_date is None else ()
        if later:
            told = f"{named(custody)}, sans date de fin, alors que commence ensuite : {lower_first(named(later[0]))}. Une sortie a pu ne pas être enregistrée."
            yield Found(custody.record_id, told, (later[0].start_date,), (custody, *later))


def _later(custody: Record, path: PersonPath) -> tuple[Record, ...]:
    periods = [r for r in path.lane(Lane.CUSTODY) if r.start_date > custody.start_date]
    held = custody.code in REGIMES_WITHOUT_STREET_TIME
    measures = [
        r
        for r in path.lane(Lane.MEASURES)
        if held and r.detail == MeasureSetting.OPEN and r.start_date > custody.start_date
    ]
    return tuple(sorted([*periods, *measures], key=lambda r: (r.start_date, r.lane, r.record_id)))


_RELEASE = "La fiche pénale ou le greffe de l’établissement le dirait."
RULES = (
    Rule("custody_regimes_overlap", "Régimes de détention superposés", DoubtState.CONTRADICTION, _RELEASE, custody_regimes_overlap),
    Rule("custody_without_end", "Détention sans date de fin", DoubtState.CONTRADICTION, _RELEASE, custody_without_end),
)  # fmt: skip
