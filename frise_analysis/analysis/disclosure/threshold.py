"""How few people are too few to be shown in a table of a service."""

from __future__ import annotations

#: People under which a count is hidden: the rule of French statistics on tax data about people (Insee, manuel de protection des tableaux).
THRESHOLD = 11
#: No service may choose a lower threshold.
FLOOR = 5


class DisclosureRefused(Exception):
    """A table or a selection that cannot be answered: a French sentence that says why and what to do, never a value."""


def checked_threshold(k: int) -> int:
    """``k`` itself; ``DisclosureRefused`` under the floor."""
    if k < FLOOR:
        raise DisclosureRefused(
            f"Le seuil de publication ne peut pas être inférieur à {FLOOR} personnes. Choisissez {FLOOR} ou plus ({THRESHOLD} par défaut)."
        )
    return k


def narrowest(k: int) -> int:
    """Smallest difference, in people, that must stay between the lowest and the highest value that a small cell may hold.

    Four values are left at least; three where the threshold is the floor, under which two small cells already leave no more.
    """
    return min(3, k - 3)
