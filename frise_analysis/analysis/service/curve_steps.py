"""Which points of curves may be shown: between two of them, no reader counts the new facts of a few people.

A curve of shares, with the number of people at its start, gives back how many events fall between two of its points. Points are
left out until each step holds nobody or enough people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

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
    """Measures followed, one place each, in the order of ``person``: whose, and how long until what.

    People are counted once, whatever their measures: in that order, without sorting them again each time.
    """

    person: Integers
    times: Followed

    def among(self, chosen: Mask) -> Spells:
        """Some of them."""
        return Spells(self.person[chosen], self.times.among(chosen))

    def between(self, first: int, last: int) -> Spells:
        """Those from one place to another, not copied."""
        here, times = slice(first, last), self.times
        return Spells(self.person[here], Followed(times.entry[here], times.exit[here], times.cause[here]))

    @cached_property
    def people(self) -> int:
        """Distinct people."""
        return distinct(self.person)

    @cached_property
    def _last_days(self) -> Integers:
        """The longest time of each person."""
        firsts = np.flatnonzero(np.diff(self.person, prepend=self.person[:1] - 1))
        return np.maximum.reduceat(self.times.exit, firsts) if len(firsts) else firsts

    @cached_property
    def _events(self) -> tuple[Integers, Integers]:
        """Whose new facts, and after how long."""
        had = self.times.cause == NEW_FACTS
        return self.person[had], self.times.exit[had]

    def events_between(self, after: int, until: int) -> int:
        """Distinct people with new facts after a day and until another."""
        person, days = self._events
        return distinct(person[(days > after) & (days <= until)])

    def still_at_risk(self, day: int) -> int:
        """Distinct people observed beyond a day without new facts after some measure."""
        return int(np.count_nonzero(self._last_days > day))


@dataclass(frozen=True)
class Steps:
    """Which days of one curve may be shown, and the people of each hidden one whom the last shown point does not count.

    ``hidden``: day -> people with events since the last shown day; ``small``: days hidden because these are few.
    """

    shown: frozenset[int]
    hidden: Mapping[int, int]
    small: frozenset[int]


def distinct(person: Integers) -> int:
    """How many different people in a column in order."""
    return int(np.count_nonzero(np.diff(person))) + 1 if len(person) else 0


def shown_steps(spells: Spells, days: Sequence[int], *, k: int, without: Collection[int] = ()) -> Steps:
    """Days of a curve that may be shown, ``without`` some of them.

    A day is shown where ``k`` people at least are still observed after it without new facts, and where nobody or ``k`` people at least have had
    theirs since the last day shown, the start at first. Past the first day with too few observed, nothing is: the curve stops.
    """
    last, over, shown, hidden, small = -1, False, set(), {}, set()
    for day in days:
        over = over or spells.still_at_risk(day) < k
        since = spells.events_between(last, day)
        if not over and not 0 < since < k and day not in without:
            shown.add(day)
            last = day
            continue
        hidden[day] = since
        if 0 < since < k:
            small.add(day)
    return Steps(frozenset(shown), hidden, frozenset(small))


def protected_steps(
    whole: Spells, partitions: Sequence[Sequence[Spells]], days: Sequence[int], *, k: int
) -> tuple[Steps, list[list[Steps]]]:
    """Days shown of the curve of everybody, and of each curve of each way of parting them.

    The curve of everybody, less those of its parts, gives back what one of these hides: the point of another part is then hidden
    too, that with the fewest events; where none can be, the point of everybody is.
    """
    total = shown_steps(whole, days, k=k)
    parted = [[shown_steps(x, days, k=k) for x in parts] for parts in partitions]
    for day in days:
        for parts, steps in zip(partitions, parted, strict=True):
            total = _protected_day(total, parts, steps, day, k)
    return total, parted


def _protected_day(total: Steps, parts: Sequence[Spells], steps: list[Steps], day: int, k: int) -> Steps:
    """Hide points of parts on one day, in ``steps``, until the total may be shown; the total without that day where it may not."""
    while day in total.shown and gives_back(steps, day, k=k):
        since = {i: _since_last(parts[i], x, day) for i, x in enumerate(steps) if day in x.shown}
        enough = [i for i, n in since.items() if n >= k]
        if not enough:
            return replace(total, shown=total.shown - {day})
        least = min(enough, key=lambda i: (since[i], i))
        without = {*(x for x in steps[least].hidden if x < day), day}
        steps[least] = shown_steps(
            parts[least], sorted({*steps[least].shown, *steps[least].hidden}), k=k, without=without
        )
    return total


def _since_last(spells: Spells, steps: Steps, day: int) -> int:
    return spells.events_between(max((x for x in steps.shown if x < day), default=-1), day)


def gives_back(parts: Sequence[Steps], day: int, *, k: int) -> bool:
    """Whether the events of everybody by a day tell too well those of a part hidden then because they are few.

    The reader knows the sum of those of the hidden parts; that a small one has 1 to k - 1, and at worst that another has none or k at
    least. Each small one must keep as many possible values as a cell of a table does (docs/disclosure.md).
    """
    hidden = [(x.hidden[day], day in x.small) for x in parts if day in x.hidden]
    total = sum(n for n, _ in hidden)
    bounds = [(1, k - 1) if small else (min(n, k), n and total) for n, small in hidden]
    lows, highs = sum(x for x, _ in bounds), sum(x for _, x in bounds)
    few = [bound for bound, (_, small) in zip(bounds, hidden, strict=True) if small]
    widths = (min(high, total - (lows - low)) - max(low, total - (highs - high)) for low, high in few)
    return any(width < narrowest(k) for width in widths)
