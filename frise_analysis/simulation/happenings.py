"""Life events: when they come, and for whom they bear on the rate of facts."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.simulation.declared_tables import life_event_kinds
from frise_analysis.simulation.draws import NEVER, Array, Draws, Stream
from frise_analysis.simulation.parameters import LifeEventParameters
from frise_analysis.simulation.traits import Rows, Traits

#: Most events of one person; their rate leaves few people near it.
SLOTS = 14


@dataclass(frozen=True)
class Happenings(Rows):
    """One row per person and one column per event; ``start`` is ``NEVER`` where there is none.

    ``effect`` multiplies the rate of facts from ``start`` to ``effect_end`` (1 where the event does not bear).
    """

    start: Array
    end: Array
    kind: Array
    effect: Array
    effect_end: Array

    def multiplier(self, day: Array) -> Array:
        """Factor on the rate on one day per person: the strongest strain times the strongest support."""
        running = (self.start <= day[:, None]) & (day[:, None] < self.effect_end)
        effect = np.where(running, self.effect, 1.0)
        return np.asarray(np.maximum(effect.max(axis=1), 1.0) * np.minimum(effect.min(axis=1), 1.0))

    def with_rows(self, rows: Array, others: Happenings) -> Happenings:
        """The same events, those of some people being replaced."""
        changed = {item.name: getattr(self, item.name).copy() for item in fields(self)}
        for name, column in changed.items():
            column[rows] = getattr(others, name)
        return Happenings(**changed)

    def peak(self) -> Array:
        """Largest factor a person can meet."""
        return np.asarray(np.maximum(self.effect.max(axis=1), 1.0))


def none_happening(count: int) -> Happenings:
    """No life event for ``count`` people."""
    never = np.full((count, SLOTS), NEVER)
    return Happenings(never, never, np.zeros((count, SLOTS), dtype=np.int64), np.ones((count, SLOTS)), never)


def draw_happenings(draws: Draws, traits: Traits, extraction: int, declared: LifeEventParameters) -> Happenings:
    """Life events of some people, from two years before their first facts."""
    slot = np.arange(SLOTS)
    wide = Draws(draws.base[:, None])
    waits = wide.exponential(DAYS_PER_YEAR / declared.yearly_rate, Stream.EVENT_WAIT, slot)
    first = traits.onset - int(declared.lead_years * DAYS_PER_YEAR)
    start = first[:, None] + np.cumsum(waits, axis=1).astype(np.int64)
    start = np.where(start <= traits.horizon(extraction)[:, None], start, NEVER)
    kind = wide.pick(life_event_kinds().cumulative, Stream.EVENT_KIND, slot)
    mean = life_event_kinds().mean_days[kind]
    length = wide.exponential(1.0, Stream.EVENT_LENGTH, slot) * mean
    end = np.where(mean > 0, start + np.maximum(length, 15).astype(np.int64), NEVER)
    effect = _effect(wide, traits, kind, declared)
    return Happenings(start, end, kind, effect, _effect_end(start, end, kind, declared))


def _effect(wide: Draws, traits: Traits, kind: Array, declared: LifeEventParameters) -> Array:
    direction = life_event_kinds().direction[kind]
    bears = wide.below(declared.mattering_share, Stream.EVENT_MATTERS, np.arange(SLOTS))
    bears &= (traits.reactive < declared.reactive_share)[:, None]
    strength = np.where(direction == "strain", declared.strain_multiplier, declared.support_multiplier)
    return np.where(bears & (direction != "neutral"), strength, 1.0)


def _effect_end(start: Array, end: Array, kind: Array, declared: LifeEventParameters) -> Array:
    strain = life_event_kinds().direction[kind] == "strain"
    lasting = np.where(end < NEVER, end, start + declared.support_window_days)
    return np.where(strain, start + declared.strain_window_days, lasting)
