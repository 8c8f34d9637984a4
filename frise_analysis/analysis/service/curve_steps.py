"""Which points of curves may be shown: between two of them, no reader counts the new facts of a few people.

A curve of shares, with the number of people at its start, gives back how many events fall between two of its points. Points are
left out until each step holds nobody or enough people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frise_analysis.analysis.disclosure.threshold import narrowest
from frise_analysis.analysis.survival import Followed
from frise_analysis.analysis.survival.followed import Integers

Mask = NDArray[np.bool_]
#: The one cause that curves tell of.
NEW_FACTS = 1


@dataclass(frozen=True)
class Spells:
    """Measures followed, one place each: whose, and how long until what. People are counted once, whatever their measures."""

    person: Integers
    times: Followed

    def among(self, chosen: Mask) -> Spells:
        """Some of them."""
        return Spells(self.person[chosen], self.times.among(chosen))

    @property
    def people(self) -> int:
        """Distinct people."""
        return distinct(self.person)

    def events_between(self, after: int, until: int) -> int:
        """Distinct people with new facts after a day and until another."""
        inside = (self.times.cause == NEW_FACTS) & (self.times.exit > after) & (self.times.exit <= until)
        return distinct(self.person[inside])

    def still_at_risk(self, day: int) -> int:
        """Distinct people observed beyond a day without new facts after some measure."""
        return distinct(self.person[self.times.exit > day])


@dataclass(frozen=True)
class Steps:
    """Which days of one curve may be shown, and the people of each hidden one whom the last shown point does not count.

    ``hidden``: day -> people with events since the last shown day; ``small``: days hidden because these are few.
    """

    shown: frozenset[int]
    hidden: Mapping[int, int]
    small: frozenset[int]


def distinct(person: Integers) -> int:
    """How many different people."""
    return len(np.unique(person))


def shown_steps(spells: Spells, days: Sequence[int], *, k: int) -> Steps:
    """Days of a curve that may be shown, in their order.

    A day is shown where ``k`` people at least are still observed after it without new facts, and where nobody or ``k`` people at least have had
    theirs since the last day shown, the start at first. Past the first day with too few observed, nothing is: the curve stops.
    """
    last, over, shown, hidden, small = -1, False, set(), {}, set()
    for day in days:
        over = over or spells.still_at_risk(day) < k
        since = spells.events_between(last, day)
        if not over and not 0 < since < k:
            shown.add(day)
            last = day
            continue
        hidden[day] = since
        if 0 < since < k:
            small.add(day)
    return Steps(frozenset(shown), hidden, frozenset(small))


def total_shown(total: Steps, parts: Sequence[Steps], *, k: int) -> Steps:
    """The days of the curve of everybody that do not give back, less the curves of its parts, what one of these hides."""
    told = {day for day in total.shown if gives_back(parts, day, k=k)}
    return Steps(total.shown - told, {**total.hidden, **dict.fromkeys(told, 0)}, total.small)


def gives_back(parts: Sequence[Steps], day: int, *, k: int) -> bool:
    """Whether the events of everybody by a day tell too well those of a part hidden then.

    The reader knows their sum, and that a part hidden for few events has 1 to k - 1 of them. Each such part must keep as many
    possible values as a cell of a table does (docs/disclosure.md); one alone would be known.
    """
    hidden = [(x.hidden[day], day in x.small) for x in parts if day in x.hidden]
    total = sum(n for n, _ in hidden)
    bounds = [(1, k - 1) if small else (0, max(total, k)) for _, small in hidden]
    lows, highs = sum(x for x, _ in bounds), sum(x for _, x in bounds)
    for low, high in bounds:
        least, most = max(low, total - (highs - high)), min(high, total - (lows - low))
        if most - least < narrowest(k):
            return True
    return False
