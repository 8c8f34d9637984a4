"""What the parcours screen shows: the person and the visible choices. No widget, no drawing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from frise_analysis.analysis.clocks import clocks_of
from frise_analysis.analysis.person_path import PersonPath, read_path
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Clock, CountUnit


@dataclass(frozen=True)
class ParcoursState:
    """Immutable; each action gives the next state."""

    person_key: int | None = None
    unit: CountUnit = CountUnit.OFFENCES
    clock: Clock = Clock.CALENDAR
    with_void: bool = False

    def choose(self, person_key: int) -> ParcoursState:
        """Another person: unit and clock stay, void convictions are hidden again."""
        return replace(self, person_key=person_key, with_void=False)

    def count_in(self, unit: CountUnit) -> ParcoursState:
        """Another unit of count."""
        return replace(self, unit=unit)

    def read_on(self, clock: Clock) -> ParcoursState:
        """Another clock."""
        return replace(self, clock=clock)

    def show_void(self, *, shown: bool) -> ParcoursState:
        """Void convictions shown and counted, or not."""
        return replace(self, with_void=shown)

    def path(self, store: Store) -> PersonPath | None:
        """The records of the person, if one is chosen."""
        if self.person_key is None:
            return None
        return read_path(store, person_key=self.person_key, with_void=self.with_void)

    def clock_for(self, path: PersonPath) -> Clock:
        """The chosen clock, or the calendar where it cannot be read for this person."""
        return self.clock if self.clock in clocks_of(path) else Clock.CALENDAR
