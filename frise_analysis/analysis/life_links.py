"""Dates of facts near life events of a kind, against the same events placed at random over the person's free time.

One person's few dates: it says how unexpected a coincidence is (``nearness.py``), never what leads to what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import ceil

import pandas as pd

from frise_analysis.analysis.desistance import FEWEST_FACTS
from frise_analysis.analysis.nearness import Nearness, nearness
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.words import label_of, lower_first
from frise_analysis.dates import is_exact, plural
from frise_analysis.vocabulary import SENTENCES, Lane, LifeDirection, LifeDomain

#: What the words of every row that compares end with.
CAUTION = "Une coïncidence ne dit pas ce qui mène à quoi."


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

    def alone(self) -> tuple[int, str]:
        """Where no event of the kind is compared: how many are spoken of first, and what is told of them, then of the others."""
        if not self.held:
            return self.others, f" : {self._outside}."
        held = " pendant une détention : hors de cette comparaison."
        return self.held, f"{held} {plural(self.others, 'autre')} {self._outside}." if self.others else held

    @property
    def _outside(self) -> str:
        return f"hors de la période comparée{', ou sans jour précis' if self.vague else ''}"


@dataclass(frozen=True)
class Found:
    """Dates of facts near the events of a kind, after and before them, and those on the very day of one."""

    after: Nearness
    before: Nearness
    same_day: int


@dataclass(frozen=True)
class KindLink:
    """What is found of one kind of life events, a domain and a direction by their codes; ``compared``: identifiers of its events.

    ``found`` is None where nothing is compared. In words: ``count`` events of the kind, what is ``told`` of them (why nothing is
    compared, there), and the ``caution`` that holds for every kind compared.
    """

    domain: str
    direction: str
    setting: Setting
    compared: tuple[str, ...]
    out: LeftOut
    found: Found | None
    count: int
    told: str
    caution: str = ""

    @property
    def labels(self) -> tuple[str, str]:
        """The domain and the direction in French."""
        return label_of(LifeDomain, self.domain), label_of(LifeDirection, self.direction)

    @property
    def kind(self) -> str:
        """``santé, difficulté``."""
        return ", ".join(self.labels)

    @property
    def apart(self) -> bool:
        """Whether no date of facts stands near any of its events, all that can be compared being compared."""
        return self.found is not None and not self.found.after.count and not self.found.before.count

    @property
    def words(self) -> str:
        """The whole of it, the caution last."""
        return " ".join(x for x in (events_told(self.count, [self.kind], self.told), self.caution) if x)


def events_told(count: int, kinds: Sequence[str], told: str) -> str:
    """``2 évènements (santé, difficulté ; argent, appui)`` and what is told of them all."""
    return f"{plural(count, 'évènement')} ({' ; '.join(kinds)}){told}"


@question("faits-et-evenements", "Dates de faits près des évènements de vie", reads_events=True)
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
    return pd.DataFrame([_row(link) for link in kind_links(path, days=days)], columns=columns)


def kind_links(path: PersonPath, *, days: int = 90) -> tuple[KindLink, ...]:
    """One per kind of life events, in the order of their codes: what the table and the screen both say."""
    kinds = _kinds(path)
    setting = _setting(path, days=max(1, days), kinds=len(kinds))
    return tuple(_link(path, setting, *kind) for kind in sorted(kinds.items()))


def _kinds(path: PersonPath) -> dict[tuple[str, str], list[Record]]:
    kinds: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in path.lane(Lane.LIFE_EVENTS):
        kinds[record.code, record.outcome or LifeDirection.NEUTRAL.value].append(record)
    return kinds


def _setting(path: PersonPath, *, days: int, kinds: int) -> Setting:
    last = max(path.clock.origin, path.unconsolidated_from)
    facts = tuple(path.clock.days(day) for day in path.fact_dates[1:] if day <= last)
    return Setting(facts, last, path.clock.days(last), days, kinds)


def _row(link: KindLink) -> tuple[object, ...]:
    head = (link.domain, link.labels[0], link.direction, link.labels[1], len(link.compared), link.out.held + link.out.others, link.out.held)  # fmt: skip
    figures: tuple[float | None, ...] = (None,) * 5
    if link.found is not None:
        after, before = link.found.after, link.found.before
        figures = (after.count, after.chance, before.count, before.chance, link.found.same_day)
    return *head, len(link.setting.facts), link.setting.days, *figures, " ".join(link.compared), link.words


def _link(path: PersonPath, setting: Setting, kind: tuple[str, str], records: list[Record]) -> KindLink:
    # A month or a year is not a day: nothing can be said to stand within so many days of it.
    within = [r for r in records if is_exact(r.date_precision) and path.clock.origin <= r.start_date <= setting.last]
    kept = [r for r in within if not begins_held(r, path)]
    out = LeftOut(
        held=len(within) - len(kept),
        others=len(records) - len(within),
        vague=not all(is_exact(r.date_precision) for r in records),
    )
    bare = partial(KindLink, *kind, setting, tuple(r.record_id for r in kept), out)
    if not kept:
        count, told = out.alone()
        return bare(None, count, f"{told} {SENTENCES.cannot_conclude}")
    found, told, caution = _compared(path, setting, [path.clock.days(r.start_date) for r in kept])
    return bare(found, len(kept), " ".join(x for x in (f" : {told}", out.rest()) if x), caution)


def begins_held(event: Record, path: PersonPath) -> bool:
    """Whether an event begins while the person is in detention: its place among free days says nothing."""
    return any(start <= event.start_date < end for start, end in path.away)


def _compared(path: PersonPath, setting: Setting, events: Sequence[int]) -> tuple[Found | None, str, str]:
    """What is found near some events, its words and those that hold for every kind; nothing where there is too little to compare."""
    if not path.fact_dates:
        return None, f"{lower_first(SENTENCES.nothing_recorded)} {SENTENCES.cannot_conclude}", ""
    if len(setting.facts) < FEWEST_FACTS:
        return None, _few(setting), ""
    after, before = (nearness(setting.facts, events, days=d, span=setting.span) for d in (setting.days, -setting.days))
    days = set(events)
    found = Found(after, before, sum(fact in days for fact in setting.facts))
    return found, *words(setting, after, before)


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
