"""The delay from facts to judgment and the zone that follows from it, as tables and words."""

from __future__ import annotations

from itertools import chain

import pandas as pd

from frise_analysis.analysis.judgment_delay import (
    DEFAULT_MONTHS,
    FEWEST_OFFENCES,
    LONGEST_ZONE,
    DelayDistribution,
    UnconsolidatedZone,
    delay_counts,
    delay_distribution,
    unconsolidated_zone,
)
from frise_analysis.analysis.registry import question
from frise_analysis.dates import french_number
from frise_analysis.store.engine import Store

ALL, ROAD, OTHER = "toutes", "route", "autres"


@question("delai-jugement", "Délai des faits au jugement")
def judgment_delays(store: Store) -> pd.DataFrame:
    """One row per kind of offences and month: ``share`` of facts judged within ``months`` months of the facts.

    ``kind``: all, road, or others; a kind with fewer than a hundred judged offences is left out. Shares are among facts
    judged within the last month shown.
    """
    rows = chain.from_iterable(_rows(kind, delays) for kind, delays in _kinds(store).items())
    return pd.DataFrame(list(rows), columns=["kind", "months", "share"])


@question("periode-non-consolidee", "Largeur de la période non consolidée")
def unconsolidated_period(store: Store) -> pd.DataFrame:
    """One row: the width of the zone in ``months``, whether it is ``estimated``, on what, and the words that say so.

    ``median_months`` and ``waited_months``: months within which half, then 90 %, of facts are judged.
    """
    delays, zone = _kinds(store).get(ALL), unconsolidated_zone(store)
    offences = delays.offences if delays else None
    median = delays.within(0.5) if delays and zone.estimated else None
    words = f"{zone_words(zone)} {delay_words(delays)}" if delays and zone.estimated else zone_words(zone)
    row = (zone.months, zone.estimated, offences, median, zone.waited, words)
    return pd.DataFrame([row], columns=["months", "estimated", "offences", "median_months", "waited_months", "words"])


def zone_words(zone: UnconsolidatedZone) -> str:
    """Where the width of the zone comes from."""
    if zone.waited is None:
        return f"{DEFAULT_MONTHS} mois : valeur par défaut, la base ayant trop peu d’infractions jugées pour estimer leur délai."
    limit = " ; la période est bornée à deux ans" if zone.waited > LONGEST_ZONE else ""
    return f"{zone.months} mois : estimés sur la base, où 90 % des faits sont jugés en {zone.waited} mois{limit}."


def delay_words(delays: DelayDistribution) -> str:
    """What the distribution says, and of which facts."""
    half, most = delays.within(0.5), delays.within(0.9)
    return (
        f"La moitié des faits sont jugés en {half} mois, 90 % en {most} mois, parmi ceux qui le sont en "
        f"{delays.longest} mois au plus ({french_number(delays.offences)} infractions)."
    )


def _kinds(store: Store) -> dict[str, DelayDistribution]:
    counts = delay_counts(store)
    chosen = {ALL: (False, True), ROAD: (True,), OTHER: (False,)}
    found = {kind: delay_distribution(x for road, x in counts if road in roads) for kind, roads in chosen.items()}
    return {kind: delays for kind, delays in found.items() if delays.offences >= FEWEST_OFFENCES}


def _rows(kind: str, delays: DelayDistribution) -> list[tuple[str, int, float]]:
    return [(kind, month, share) for month, share in enumerate(delays.shares)]
