"""The course of a record as a sequence of months, and the indices of sequence analysis (R package TraMineR)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from math import log, log2, sqrt
from statistics import fmean, pvariance

import pandas as pd

from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.registry import question
from frise_analysis.dates import days_in_month, plural
from frise_analysis.vocabulary import SENTENCES, MonthState

#: Under two years nothing is said.
FEWEST_MONTHS = 24


def integrative_index(states: Sequence[str], *, state: str, power: float = 1) -> float:
    """Sum of i^p over the positions in a state, over that of all positions: 1 where all are, late ones weighing more."""
    weights: list[float] = [position**power for position in range(1, len(states) + 1)]
    return sum(w for w, s in zip(weights, states, strict=True) if s == state) / sum(weights)


def entropy(states: Sequence[str]) -> float:
    """Of the shares of time in each state: 0 where one takes it all; in nats (Shannon 1948)."""
    return -sum(n / len(states) * log(n / len(states)) for n in Counter(states).values()) + 0.0


def complexity(states: Sequence[str], *, alphabet: int) -> float:
    """Geometric mean of changes and entropy, each over its maximum (Gabadinho et al. 2010): 0 where nothing changes."""
    if len(states) < 2:
        return 0.0
    changes = sum(before != after for before, after in pairwise(states))
    return sqrt(changes / (len(states) - 1) * entropy(states) / log(alphabet))


def turbulence(states: Sequence[str]) -> float:
    """Elzinga & Liefbroer 2007: log2 of the distinct subsequences of spells, weighed by how even the spells are."""
    spells = [(state, len(list(run))) for state, run in groupby(states)]
    lengths = [length for _, length in spells]
    largest = (len(spells) - 1) * (1 - fmean(lengths)) ** 2
    return log2(subsequences([state for state, _ in spells])) + log2((largest + 1) / (pvariance(lengths) + 1))


def subsequences(states: Sequence[str]) -> int:
    """How many distinct subsequences there are, the empty one included."""
    number, before = 1, dict.fromkeys(states, 0)
    for state in states:
        number, before[state] = 2 * number - before[state], number
    return number


def month_states(path: PersonPath) -> list[tuple[date, MonthState]]:
    """Each month from that of the first facts to the last one that is over when the zone not judged yet begins."""
    if path.first_facts is None:
        return []
    facts = {day.replace(day=1) for day in path.fact_dates}
    return [(month, _state(path, month, facts)) for month in _months(path.first_facts, path.unconsolidated_from)]


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while _following(month) <= last:
        yield month
        month = _following(month)


def _following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _state(path: PersonPath, month: date, facts: set[date]) -> MonthState:
    if month in facts:
        return MonthState.FACTS
    held = sum((min(end, _following(month)) - max(start, month)).days for start, end in path.away if start < _following(month) and end > month)  # fmt: skip
    return MonthState.CUSTODY if 2 * held > days_in_month(month.year, month.month) else MonthState.FREE


@question("etats-par-mois", "Le parcours, mois par mois")
def states_by_month(path: PersonPath) -> pd.DataFrame:
    """One row per month from the first facts to the zone not judged yet: its first day and its state.

    With facts; else in custody for more than half of its days; else free without recorded facts.
    """
    rows = [(month, state.value, state.label) for month, state in month_states(path)]
    return pd.DataFrame(rows, columns=["month", "state", "state_label"])


@question("indices-etats", "Indices de la suite des mois")
def sequence_indices(path: PersonPath) -> pd.DataFrame:
    """One row: ``months``; share of each state, and integrative index of each (recent months weighing more), then variety.

    ``entropy`` over its maximum, ``complexity``, ``turbulence``. Nothing of these under two years. Empty without facts.
    """
    indices = [f"{name}_{state}" for name in ("share", "recent") for state in MonthState]
    columns = ["months", *indices, "entropy", "complexity", "turbulence", "words"]
    if path.first_facts is None:
        return pd.DataFrame(columns=columns)
    states = [state for _, state in month_states(path)]
    values = _values(states) if len(states) >= FEWEST_MONTHS else [None] * (len(columns) - 2)
    return pd.DataFrame([(len(states), *values, words(states))], columns=columns)


def _values(states: Sequence[MonthState]) -> list[float | None]:
    shares = [integrative_index(states, state=state, power=power) for power in (0, 1) for state in MonthState]
    kinds = len(MonthState)
    return [*shares, entropy(states) / log(kinds), complexity(states, alphabet=kinds), turbulence(states)]


def words(states: Sequence[MonthState]) -> str:
    """How the months are spent, then the same with recent months weighing more."""
    if len(states) < FEWEST_MONTHS:
        return f"{SENTENCES.cannot_conclude} {len(states)} mois avant la période non consolidée, il en faut au moins {FEWEST_MONTHS}."
    return (
        f"{plural(len(states), 'mois', 'mois')} avant la période non consolidée : {_shares(states, power=0)}. "
        f"Si les mois récents comptent plus : {_shares(states, power=1)}. Aucune de ces parts n’est une note."
    )


def _shares(states: Sequence[MonthState], *, power: int) -> str:
    shares = ((state, integrative_index(states, state=state, power=power)) for state in MonthState)
    return ", ".join(f"{state.label} {round(100 * share)} %" for state, share in shares)
