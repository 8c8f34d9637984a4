"""What the screen of a service shows: the filters and the visible choices. No widget, no drawing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from frise_analysis.analysis.service import EVERYBODY, ServiceFilters

#: How far ahead the list of dates may look, in weeks.
WEEKS = (4, 8, 13, 26)


@dataclass(frozen=True)
class ServiceState:
    """Immutable; each action gives the next state."""

    filters: ServiceFilters = EVERYBODY
    weeks: int = WEEKS[1]
    role: str = ""

    def filtered(self, filters: ServiceFilters) -> ServiceState:
        """Other filters; the other choices stay."""
        return replace(self, filters=filters)

    def looking(self, weeks: str) -> ServiceState:
        """Dates so many weeks ahead; ``KeyError`` for a number that is not offered."""
        return replace(self, weeks={str(x): x for x in WEEKS}[weeks])

    def seen_by(self, role: str) -> ServiceState:
        """The work of another role, once it was checked."""
        return replace(self, role=role)
