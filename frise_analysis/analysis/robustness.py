"""What a few indicators become under other choices of counting: each read by the functions of the screen on a changed path.

None of the choices is the right one: what moves with them is to be said with care, what does not can be said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations
from statistics import median

import pandas as pd

from frise_analysis.analysis import gravity
from frise_analysis.analysis.desistance import approximate, told_rate
from frise_analysis.analysis.intervals import FEWEST_INTERVALS, past_intervals
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.summary import figures
from frise_analysis.analysis.trajectory import offence_types
from frise_analysis.analysis.trend import APART, CLOSER, reading
from frise_analysis.analysis.words import lower_first
from frise_analysis.dates import duration, french_number, plural
from frise_analysis.vocabulary import ONE_COUNTED, SENTENCES, CountUnit, DatePrecision, Labelled, Lane, OffenceFamily

ROAD = frozenset({OffenceFamily.ROUTE, OffenceFamily.INVOLONTAIRES})
NO_INTERVAL = "Aucun intervalle."


class Choice(Labelled):
    """A choice of counting, other than that of the screen."""

    JUDGMENT = "judgment", "Dater les faits du jour de leur jugement"
    ROAD = "road", "Sans les infractions routières"
    SAME_DAY = "same_day", "Réunir les faits d’un même jour"
    VOID = "void", "Avec les condamnations non avenues"


@dataclass(frozen=True)
class Value:
    """What one indicator is worth under some choices; no ``value`` where nothing can be said."""

    words: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Indicator:
    """How one indicator is read, and how short its values are said; not at all where they are readings, not numbers.

    ``as_read``: lengths of time, whose ends are said in the very words of the screen.
    """

    label: str
    read: Callable[[PersonPath, CountUnit], Value]
    say: Callable[[float], str] | None = None
    as_read: bool = False


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


def _count(path: PersonPath, unit: CountUnit) -> Value:
    number = len(path.event_dates(unit))
    return Value(plural(number, ONE_COUNTED[unit], unit.label), number)


def _rate(path: PersonPath, unit: CountUnit) -> Value:
    found = told_rate(path, unit=unit)
    if found is None:
        return Value(SENTENCES.cannot_conclude)
    said = f"{_decimal(found.rate)} {ONE_COUNTED[unit] if found.rate < 2 else unit.label} par année libre"
    # Offences of one day come together: the interval holds for dates of facts only, as on the screen.
    if unit != CountUnit.FACT_DATES:
        return Value(said, found.rate)
    return Value(f"{said} ({_decimal(found.low)} à {_decimal(found.high)})", found.rate, found.low, found.high)


def _longest(path: PersonPath, _: CountUnit) -> Value:
    found = past_intervals(path)
    if found is None or not found.lengths:
        return Value(NO_INTERVAL)
    return Value(figures(path)[2].headline, max(found.lengths))


def _since(path: PersonPath, _: CountUnit) -> Value:
    if not path.fact_dates:
        return Value(SENTENCES.nothing_recorded)
    return Value(figures(path)[1].headline, path.clock.days(path.end) - path.clock.days(path.fact_dates[-1]))


def _median(path: PersonPath, _: CountUnit) -> Value:
    found = past_intervals(path)
    if found is None or len(found.lengths) < FEWEST_INTERVALS:
        return Value(SENTENCES.cannot_conclude)
    middle = median(found.lengths)
    return Value(f"{'Environ ' if approximate(path, *path.fact_dates) else ''}{_days(middle)}", middle)


def _trend(path: PersonPath, _: CountUnit) -> Value:
    said = reading(path)
    value = {APART: 1.0, CLOSER: -1.0}.get(said)
    return Value(SENTENCES.cannot_conclude if value is None else said, value)


def _families(path: PersonPath, unit: CountUnit) -> Value:
    found = offence_types(path, unit=unit)
    if found.empty:
        return Value("Aucune famille", 0)
    return Value(plural(len(found), "famille"), len(found))


def _maximum(path: PersonPath, _: CountUnit) -> Value:
    facts = path.lane(Lane.FACTS)
    known = gravity.gravity(path)["max_years"].dropna()
    longest = None if known.empty else float(known.max())
    if not facts:
        return Value(SENTENCES.nothing_recorded)
    return Value(gravity.words(longest, gravity.gravest(facts), number=len(facts), unknown=0), longest)


def _decimal(value: float) -> str:
    return french_number(value, 2)


def _whole(value: float) -> str:
    return french_number(round(value))


def _days(value: float) -> str:
    return duration(round(value))


def _years(value: float) -> str:
    return "la perpétuité" if value >= gravity.LIFE else plural(round(value), "an")


#: In the order of the screen.
INDICATORS = {
    "count": Indicator("Nombre compté", _count, _whole),
    "rate": Indicator("Rythme moyen", _rate, _decimal),
    "longest": Indicator("Plus longue durée sans fait", _longest, _days, as_read=True),
    "since": Indicator("Depuis les derniers faits", _since, _days, as_read=True),
    "median": Indicator("Intervalle médian", _median, _days, as_read=True),
    "trend": Indicator("Tendance", _trend),
    "families": Indicator("Familles", _families, _whole),
    "maximum": Indicator("Peine encourue maximale", _maximum, _years),
}
COLUMNS = ["choices", "indicator", "indicator_label", "value", "low", "high", "words"]


@question("solidite", "Ce que changent les choix de comptage")
def robustness(path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> pd.DataFrame:
    """One row per combination of choices and indicator: its ``value``, none where nothing can be said, and its words.

    ``choices``: codes in order, none for the screen as it is. Values: a number, a rate per year at liberty (``low`` and ``high``
    at 95 %, for dates of facts), days at liberty, years provided by law (99: life); for
    the trend 1 where facts come further apart, -1 closer.
    """
    rows = chain.from_iterable(_rows(path, choices, unit) for choices in _combinations(choices_of(path, unit=unit)))
    numbers = dict.fromkeys(("value", "low", "high"), float)
    return pd.DataFrame(list(rows), columns=COLUMNS).astype(numbers)


def _combinations(choices: tuple[Choice, ...]) -> Iterator[tuple[Choice, ...]]:
    return chain.from_iterable(combinations(choices, size) for size in range(len(choices) + 1))


def _rows(path: PersonPath, choices: tuple[Choice, ...], unit: CountUnit) -> Iterator[tuple[object, ...]]:
    changed, counted = variant(path, choices), unit_under(choices, unit)
    for code, indicator in INDICATORS.items():
        found = indicator.read(changed, counted)
        yield " ".join(sorted(choices)), code, indicator.label, found.value, found.low, found.high, found.words


def moved(rows: pd.DataFrame) -> pd.Series:
    """For each row of a table of ``robustness``, whether it says something else than the screen."""
    said = _said(rows)
    return said != rows["indicator"].map(said[rows["choices"] == ""].set_axis(list(INDICATORS)))


def _said(rows: pd.DataFrame) -> pd.Series:
    """What tells two answers apart: the number, or the words where there is none."""
    return rows["value"].round(6).astype(str).where(rows["value"].notna(), rows["words"])


def spread_words(rows: pd.DataFrame) -> str:
    """From where to where one indicator goes over all combinations, and how many times it is no number."""
    if len(set(_said(rows))) == 1:
        return "ne change pas"
    indicator = INDICATORS[str(rows["indicator"].iloc[0])]
    say = indicator.say
    numbers = rows["value"].dropna() if say else rows["value"].iloc[:0]
    others = Counter(_inside(str(words)) for words in rows["words"].drop(numbers.index))
    times = [f"{words} : {number} fois sur {len(rows)}" for words, number in others.items()]
    said = rows["words"].loc[numbers.index].map(_inside) if indicator.as_read else numbers.map(say) if say else numbers
    return " ; ".join([*([_range(numbers, said)] if len(numbers) else []), *times])


def _inside(words: str) -> str:
    """A sentence within another."""
    return lower_first(words).removesuffix(".")


def _range(values: pd.Series, said: pd.Series) -> str:
    low, high = (str(said.iloc[at]) for at in (values.argmin(), values.argmax()))
    return low if low == high else f"{'d’' if low.startswith('environ') else 'de '}{low} à {high}"
