"""Street time (*temps libre*): days elapsed with custody taken out (methods.md, 1)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

Span = tuple[date, date]


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Union of half-open spans of days, in order; overlapping and touching ones become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


@dataclass(frozen=True)
class StreetClock:
    """Counts free days from ``origin``; ``away`` are merged spans, the day of release being free."""

    origin: date
    away: tuple[Span, ...]

    def days(self, day: date) -> int:
        """Free days from the origin to ``day``; negative before it."""
        return (day - self.origin).days - self._days_away(day) + self._days_away(self.origin)

    def days_away(self, start: date, end: date) -> int:
        """Days of custody in ``(start, end]``."""
        return self._days_away(end) - self._days_away(start)

    def _days_away(self, until: date) -> int:
        begun = bisect_left(self.away, until, key=itemgetter(0))
        if not begun:
            return 0
        start, end = self.away[begun - 1]
        return self._ended[begun - 1] + (min(until, end) - start).days

    @cached_property
    def _ended(self) -> tuple[int, ...]:
        """Days of custody before each span: asked of thousands of days, the spans are added up once."""
        return tuple(accumulate(((end - start).days for start, end in self.away), initial=0))
