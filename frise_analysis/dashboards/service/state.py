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

    def filtered(self, filters: ServiceFilters) -> ServiceState:
        """Other filters; the other choices stay."""
        return replace(self, filters=filters)

    def looking(self, weeks: int) -> ServiceState:
        """Dates so many weeks ahead; ``ValueError`` for a number that is not offered."""
        if type(weeks) is not int or weeks not in WEEKS:
            raise ValueError("weeks")
        return replace(self, weeks=weeks)
