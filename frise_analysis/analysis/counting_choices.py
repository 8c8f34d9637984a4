"""Choices of counting other than those of the screen, and the path that each makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.vocabulary import CountUnit, DatePrecision, Labelled, Lane, OffenceFamily

ROAD = frozenset({OffenceFamily.ROUTE, OffenceFamily.INVOLONTAIRES})


class Choice(Labelled):
    """A choice of counting, other than that of the screen."""

    JUDGMENT = "judgment", "Dater les faits du jour de leur jugement"
    ROAD = "road", "Sans les infractions routières"
    SAME_DAY = "same_day", "Réunir les faits d’un même jour"
    VOID = "void", "Avec les condamnations non avenues"


def choices_of(path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> tuple[Choice, ...]:
    """The choices that can change something: facts of a day are joined only where offences are counted."""
    joined = (Choice.SAME_DAY,) if unit == CountUnit.OFFENCES else ()
    void = (Choice.VOID,) if path.void_convictions and not path.with_void else ()
    return (Choice.JUDGMENT, Choice.ROAD, *joined, *void)


def variant(path: PersonPath, choices: Iterable[Choice]) -> PersonPath:
    """The path that these choices make. Facts not judged yet have no date of judgment: they leave it."""
    chosen, records = frozenset(choices), path.all_records
    if Choice.ROAD in chosen:
        records = tuple(_off_the_road(records))
    if Choice.JUDGMENT in chosen:
        records = tuple(found for record in records if (found := _at_judgment(record)) is not None)
    return replace(
        path,
        all_records=tuple(sorted(records, key=lambda r: (r.start_date, r.lane, r.record_id))),
        with_void=path.with_void or Choice.VOID in chosen,
        written={},
        _by_lane={},
    )


def unit_under(choices: Iterable[Choice], unit: CountUnit) -> CountUnit:
    """Facts of one day are one where they are joined: dates of facts are counted."""
    return CountUnit.FACT_DATES if Choice.SAME_DAY in choices and unit == CountUnit.OFFENCES else unit


def _off_the_road(records: tuple[Record, ...]) -> Iterator[Record]:
    """Neither road offences nor the convictions that punish nothing else."""
    punished: dict[str | None, set[str]] = {}
    for record in records:
        if record.lane == Lane.FACTS:
            punished.setdefault(record.parent_id, set()).add(record.code)
    for record in records:
        codes = {record.code} if record.lane == Lane.FACTS else set()
        codes |= punished.get(record.record_id, set()) if record.lane == Lane.CONVICTIONS else set()
        if not codes or codes - ROAD:
            yield record


def _at_judgment(record: Record) -> Record | None:
    if record.lane != Lane.FACTS:
        return record
    if record.second_date is None:
        return None
    return replace(record, start_date=record.second_date, end_date=None, date_precision=DatePrecision.DAY.value)
