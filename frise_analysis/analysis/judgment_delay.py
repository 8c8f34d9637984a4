"""How long facts wait for their judgment, estimated on the store, and the zone in which facts may not be judged yet.

Only judged facts are seen, and only those whose delay fits between the facts and the extraction: the delays are truncated
on the right. The reverse hazard undoes it (Lagakos, Barraj, De Gruttola 1988; Kalbfleisch & Lawless 1989).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.store.engine import Store

#: Facts of the last ten years are looked at: the courts of today, not those of a whole life.
OLDEST_MONTHS = 120
#: Under this number of judged offences nothing is estimated.
FEWEST_OFFENCES = 100
#: The longest delay that counts is one that this number of offences at least could have shown.
FEWEST_AT_RISK = 20
#: The zone reaches back until this share of facts is judged, within the two bounds, in months.
SHARE_JUDGED = 0.9
SHORTEST_ZONE, LONGEST_ZONE = 6, 24
#: Mean delay from facts to conviction (*Les condamnations en 2013*), where the store cannot tell.
DEFAULT_MONTHS = 12

#: Months from facts to judgment, months from facts to extraction, number of offences.
Counted = tuple[int, int, int]


@dataclass(frozen=True)
class DelayDistribution:
    """``shares[x]``: share of facts judged within ``x`` months, among those judged within ``longest`` months."""

    offences: int
    longest: int
    shares: tuple[float, ...]

    def within(self, share: float) -> int:
        """The first whole month by which that share is judged."""
        return next(month for month, reached in enumerate(self.shares) if reached >= share)


@dataclass(frozen=True)
class UnconsolidatedZone:
    """Width of the zone in months, and the months that 90 % of facts wait; none where the width is the default one."""

    months: int = DEFAULT_MONTHS
    waited: int | None = None

    @property
    def estimated(self) -> bool:
        """Whether the width comes from the store."""
        return self.waited is not None

    @property
    def days(self) -> int:
        """The width in days."""
        return round(self.months * DAYS_PER_YEAR / 12)


def delay_distribution(counted: Iterable[Counted], *, at_risk: int = FEWEST_AT_RISK) -> DelayDistribution:
    """Reverse-hazard estimate: F(x) = product over x_j > x of (1 - n_j / N_j), N_j = #{delay <= x_j <= observable}.

    It is conditional on the longest delay that ``at_risk`` offences could have shown: longer ones are not in it.
    """
    rows = [row for row in counted if row[0] <= row[1]]
    size = max((observable for _, observable, _ in rows), default=0) + 1
    ended, observed = [0] * size, [0] * (size + 1)
    for delay, observable, number in rows:
        ended[delay] += number
        observed[observable + 1] += number
    seen = [a - b for a, b in zip(accumulate(ended), accumulate(observed), strict=False)]
    longest = max((month for month in range(size) if seen[month] >= at_risk), default=0)
    factors = (1 - ended[month] / seen[month] if ended[month] else 1.0 for month in range(longest, 0, -1))
    shares = tuple(accumulate(factors, lambda x, y: x * y, initial=1.0))[::-1]
    return DelayDistribution(sum(ended[: longest + 1]), longest, shares)


def zone_of(delays: DelayDistribution) -> UnconsolidatedZone:
    """The months within which 90 % of facts are judged, between 6 and 24; the default where too few offences tell."""
    if delays.offences < FEWEST_OFFENCES or delays.longest < LONGEST_ZONE:
        return UnconsolidatedZone()
    waited = delays.within(SHARE_JUDGED)
    return UnconsolidatedZone(min(LONGEST_ZONE, max(SHORTEST_ZONE, waited)), waited)


def delay_counts(store: Store) -> list[tuple[bool, Counted]]:
    """Judged offences of a store by delay and observable delay, and whether they are of the road."""
    found = store.rows("judgment_delays", extraction=store.info.extraction_date, longest=OLDEST_MONTHS)
    columns = ("road", "judged_months", "observed_months", "offences")
    values = ([int(str(int(row[name]))) for name in columns] for row in found)  # type: ignore[call-overload]
    return [(bool(road), (delay, observable, number)) for road, delay, observable, number in values]


_zones: dict[str, UnconsolidatedZone] = {}


def unconsolidated_zone(store: Store) -> UnconsolidatedZone:
    """The zone of a store, estimated the first time it is asked of that load."""
    load = store.info.load_id
    if load not in _zones:
        _zones[load] = zone_of(delay_distribution(counted for _, counted in delay_counts(store)))
    return _zones[load]
