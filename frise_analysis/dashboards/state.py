"""What the parcours screen shows: the person and the visible choices. No widget, no drawing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from frise_analysis.analysis.clocks import clocks_of
from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.person_path import PersonPath, read_path
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Clock, CountUnit, Lane


class Mode(StrEnum):
    """Who looks at the screen: the officer alone, the person beside them, or nobody since an interview was closed."""

    WORK = "work"
    INTERVIEW = "interview"
    CLOSED = "closed"


@dataclass(frozen=True)
class ParcoursState:
    """Immutable; each action gives the next state."""

    person_key: int | None = None
    unit: CountUnit = CountUnit.OFFENCES
    clock: Clock = Clock.CALENDAR
    with_void: bool = False
    added: frozenset[Lane] = frozenset()
    fan: bool = False
    mode: Mode = Mode.WORK

    def choose(self, person_key: int) -> ParcoursState:
        """Another person: unit, clock and lanes stay, void convictions are hidden again, no interview is going on."""
        return replace(self, person_key=person_key, with_void=False, mode=Mode.WORK)

    def count_in(self, unit: CountUnit) -> ParcoursState:
        """Another unit of count."""
        return replace(self, unit=unit)

    def read_on(self, clock: Clock) -> ParcoursState:
        """Another clock."""
        return replace(self, clock=clock)

    def show_void(self, *, shown: bool) -> ParcoursState:
        """Void convictions shown and counted, or not."""
        return replace(self, with_void=shown)

    def add_lane(self, lane: Lane, *, shown: bool) -> ParcoursState:
        """One of the lanes that are shown when somebody asks for them, or not."""
        return replace(self, added=self.added | {lane} if shown else self.added - {lane})

    def show_fan(self, *, shown: bool) -> ParcoursState:
        """The curve among those of comparable paths, or alone."""
        return replace(self, fan=shown)

    def turn_to(self, mode: Mode) -> ParcoursState:
        """Begin, close or leave an interview; void convictions are never left shown behind it."""
        return replace(self, mode=mode, with_void=False)

    def path(self, store: Store) -> PersonPath | None:
        """The records to show: all of them, those the person may see beside the officer, or none."""
        if self.person_key is None or self.mode == Mode.CLOSED:
            return None
        if self.mode == Mode.INTERVIEW:
            return interview_path(read_path(store, person_key=self.person_key))
        return read_path(store, person_key=self.person_key, with_void=self.with_void)

    def clock_for(self, path: PersonPath) -> Clock:
        """The chosen clock, or the calendar where it cannot be read for this person; no street time in an interview."""
        readable = self.clock in clocks_of(path) and not (self.mode == Mode.INTERVIEW and self.clock == Clock.STREET)
        return self.clock if readable else Clock.CALENDAR
