"""Dates of facts near life events of a kind, against the same events placed at random over the person's free time.

One person's few dates: it says how unexpected a coincidence is, never what leads to what. The reasoning is that of a
permutation test (Fisher 1935; Phipson & Smyth 2010 for the count of draws).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np
import pandas as pd

from frise_analysis.analysis.desistance import FEWEST_FACTS
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.words import label_of, lower_first
from frise_analysis.dates import is_exact, plural
from frise_analysis.vocabulary import SENTENCES, Lane, LifeDirection, LifeDomain

#: What the words of every row that compares end with.
CAUTION = "Une coïncidence ne dit pas ce qui mène à quoi."
DRAWS = 999
SEED = 20240930


@dataclass(frozen=True)
class Nearness:
    """How many dates of facts stand near an event, and how often chance gives as many or more."""

    count: int
    chance: float


def near(facts: Sequence[int], events: Sequence[int], *, days: int) -> int:
    """How many facts stand 1 to ``days`` days after an event; before one if ``days`` is negative. The same day is neither."""
    low, high = sorted((1 if days > 0 else -1, days))
    return sum(any(low <= fact - event <= high for event in events) for fact in facts)


def nearness(facts: Sequence[int], events: Sequence[int], *, days: int, span: int) -> Nearness:
    """The count, and the chance of as many with each event on any day from 0 to ``span``.

    Exact for one event, every day being tried; for more, 999 draws from a fixed seed, the count itself added to both sides.
    """
    found = near(facts, events, days=days)
    if len(events) == 1:
        counts = _counts(facts, np.arange(span + 1)[:, None], days=days)
        return Nearness(found, float(np.mean(counts >= found)))
    drawn = np.random.default_rng(SEED).integers(0, span + 1, size=(DRAWS, len(events)))
    reached = int(np.sum(_counts(facts, drawn, days=days) >= found))
    return Nearness(found, (reached + 1) / (DRAWS + 1))


def _counts(facts: Sequence[int], placed: np.ndarray, *, days: int) -> np.ndarray:
    low, high = sorted((1 if days > 0 else -1, days))
    counts = np.zeros(len(placed), dtype=int)
    for fact in facts:
        counts += ((fact - placed >= low) & (fact - placed <= high)).any(axis=1)
    return counts


@dataclass(frozen=True)
class Setting:
    """What is compared: dates of facts after the first, in free days, from the first facts to the day ``last``."""

    facts: tuple[int, ...]
    last: date
    span: int
    days: int
    kinds: int


@dataclass(frozen=True)
class LeftOut:
    """Events of a kind that are not compared: begun in ``held`` detention, and ``others``, outside the period or without a day."""

    held: int
    others: int
    vague: bool = False

    def rest(self) -> str:
        """Beside events that are compared."""
        held = (
            f"{plural(self.held, 'évènement')} pendant une détention : hors de cette comparaison." if self.held else ""
        )
        others = f"{plural(self.others, 'autre')} {self._outside}." if self.others else ""
        return " ".join(x for x in (held, others) if x)

    def alone(self, kind: str) -> str:
        """Where no event of the kind is compared."""
        if not self.held:
            return f"{plural(self.others, 'évènement')} ({kind}) : {self._outside}."
        held = f"{plural(self.held, 'évènement')} ({kind}) pendant une détention : hors de cette comparaison."
        return f"{held} {plural(self.others, 'autre')} {self._outside}." if self.others else held

    @property
    def _outside(self) -> str:
        return f"hors de la période comparée{', ou sans jour précis' if self.vague else ''}"


@question("faits-et-evenements", "Dates de faits près des évènements de vie")
def life_links(path: PersonPath, *, days: int = 90) -> pd.DataFrame:
    """One row per kind of life events (domain and direction): dates of facts within ``days`` free days after and before.

    ``after_chance``, ``before_chance``: how often as many coincide when the events are placed at random over free time.
    Counted from the first facts to the zone not judged yet: ``left_out`` events stand outside, ``held`` of them because they
    begin while the person is in detention, where no free day leads to facts. ``same_day``: dates of
    facts on the day of an event, in neither count. No figure under four dates of facts after the first.
    """
    columns = [
        "domain", "domain_label", "direction", "direction_label", "events", "left_out", "held", "fact_dates", "days", "after",
        "after_chance", "before", "before_chance", "same_day", "record_ids", "words",
    ]  # fmt: skip
    kinds = _kinds(path)
    setting = _setting(path, days=max(1, days), kinds=len(kinds))
    return pd.DataFrame([_row(path, setting, *kind) for kind in sorted(kinds.items())], columns=columns)


def _kinds(path: PersonPath) -> dict[tuple[str, str], list[Record]]:
    kinds: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in path.lane(Lane.LIFE_EVENTS):
        kinds[record.code, record.outcome or LifeDirection.NEUTRAL.value].append(record)
    return kinds


def _setting(path: PersonPath, *, days: int, kinds: int) -> Setting:
    last = max(path.clock.origin, path.unconsolidated_from)
    facts = tuple(path.clock.days(day) for day in path.fact_dates[1:] if day <= last)
    return Setting(facts, last, path.clock.days(last), days, kinds)


def _row(path: PersonPath, setting: Setting, kind: tuple[str, str], records: list[Record]) -> tuple[object, ...]:
    # A month or a year is not a day: nothing can be said to stand within so many days of it.
    within = [r for r in records if is_exact(r.date_precision) and path.clock.origin <= r.start_date <= setting.last]
    kept = [r for r in within if not begins_held(r, path)]
    out = LeftOut(
        held=len(within) - len(kept),
        others=len(records) - len(within),
        vague=not all(is_exact(r.date_precision) for r in records),
    )
    events = [path.clock.days(r.start_date) for r in kept]
    labels = label_of(LifeDomain, kind[0]), label_of(LifeDirection, kind[1])
    head = (kind[0], labels[0], kind[1], labels[1], len(kept), len(records) - len(kept), out.held, len(setting.facts), setting.days)  # fmt: skip
    figures, told = _compared(path, setting, events)
    said = _told(", ".join(labels), told, kept=len(kept), out=out)
    return *head, *figures, " ".join(r.record_id for r in kept), said


def begins_held(event: Record, path: PersonPath) -> bool:
    """Whether an event begins while the person is in detention: its place among free days says nothing."""
    return any(start <= event.start_date < end for start, end in path.away)


def _told(kind: str, told: tuple[str, str], *, kept: int, out: LeftOut) -> str:
    """A row in words: what is compared, what is left out and why, then what holds for every row."""
    compared, general = told
    if kept:
        return " ".join(x for x in (f"{plural(kept, 'évènement')} ({kind}) : {compared}", out.rest(), general) if x)
    return f"{out.alone(kind)} {SENTENCES.cannot_conclude}"


def _compared(
    path: PersonPath, setting: Setting, events: Sequence[int]
) -> tuple[tuple[float | None, ...], tuple[str, str]]:
    """The five figures of a row, its words and those that hold for every row; none where there is too little to compare."""
    if not path.fact_dates:
        return (None,) * 5, (f"{lower_first(SENTENCES.nothing_recorded)} {SENTENCES.cannot_conclude}", "")
    if not events or len(setting.facts) < FEWEST_FACTS:
        return (None,) * 5, (_few(setting), "")
    after, before = (nearness(setting.facts, events, days=d, span=setting.span) for d in (setting.days, -setting.days))
    same = sum(fact in events for fact in setting.facts)
    return (after.count, after.chance, before.count, before.chance, same), words(setting, after, before)


def _few(setting: Setting) -> str:
    dates = plural(len(setting.facts), "date de faits", "dates de faits")
    return f"{dates} après la première, hors période non consolidée. {SENTENCES.cannot_conclude}"


def words(setting: Setting, after: Nearness, before: Nearness) -> tuple[str, str]:
    """Both counts and how expected they are; then, for every row, that it does not say what leads to what."""
    dates = plural(len(setting.facts), "date de faits", "dates de faits")
    kinds = f" {setting.kinds} sortes d’évènements sont comparées : il est attendu que l’une ou l’autre coïncide." if setting.kinds > 1 else ""  # fmt: skip
    counts = (
        f"sur {dates}, {after.count} dans les {setting.days} jours libres qui suivent ({_expected(after)}), "
        f"{before.count} dans les {setting.days} jours qui précèdent ({_expected(before)})."
    )
    return counts, f"{CAUTION}{kinds}"


def _expected(found: Nearness) -> str:
    if not found.count:
        return "pas de coïncidence"
    times = ceil(100 * found.chance)
    return (
        f"au hasard, coïncidence attendue {times} fois sur 100"
        if times > 1
        else "au hasard, coïncidence attendue moins d’une fois sur 100"
    )
