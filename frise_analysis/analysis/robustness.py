"""What a few indicators become under other choices of counting: each read by the functions of the screen on a changed path.

None of the choices is the right one: what moves with them is to be said with care, what does not can be said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from statistics import median

import pandas as pd

from frise_analysis.analysis import gravity
from frise_analysis.analysis.counting_choices import Choice, choices_of, unit_under, variant
from frise_analysis.analysis.desistance import approximate, told_rate
from frise_analysis.analysis.intervals import FEWEST_INTERVALS, past_intervals
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.summary import figures
from frise_analysis.analysis.trajectory import offence_types
from frise_analysis.analysis.trend import APART, CLOSER, reading
from frise_analysis.analysis.words import lower_first
from frise_analysis.dates import duration, french_number, plural
from frise_analysis.vocabulary import ONE_COUNTED, SENTENCES, CountUnit, Lane

NO_INTERVAL = "Aucun intervalle."


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
