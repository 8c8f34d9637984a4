"""Simulated people set beside the published French figures. ``python -m frise_analysis.simulation.calibration`` prints both.

The figures are about everybody convicted over ten years or released from prison in one year, never about a caseload.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.simulation.declared_tables import DRUGS, FAMILIES, GROUP_OF_FAMILY, ORDER, PERSONS, PROPERTY, ROAD
from frise_analysis.simulation.dossiers import Dossiers, decisions_since, write_down
from frise_analysis.simulation.draws import MISSING, NEVER, Array
from frise_analysis.simulation.frames import Frame, next_day, person_day, stacked
from frise_analysis.simulation.lives import Lives, live
from frise_analysis.simulation.parameters import Parameters
from frise_analysis.simulation.populations import TEN_YEARS
from frise_analysis.vocabulary import OffenceNature, SentenceCode

#: 30 September 2024.
EXTRACTION = 19996
#: Candidates simulated at a time.
_BATCH = 20_000
INFOSTAT_151 = "Infostat Justice 151 (2005-2014)"
RELEASED_2016 = "sortants de prison 2016 (justice.gouv.fr)"
CONVICTIONS_2013 = "Les condamnations en 2013"
CONVICTIONS_2023 = "Les condamnations en 2023"


@dataclass(frozen=True)
class Cohort:
    """What the figures are computed from: one row per person, decision, offence of a decision, and release from prison."""

    convictions_per_person: Array
    offences: Frame
    sentences: Frame
    releases: Frame


@dataclass(frozen=True)
class Target:
    """A published figure: what it is, its value, its unit, how far the simulation may lie, its source and how to measure it."""

    name: str
    value: float
    unit: str
    tolerance: float
    source: str
    measure: Callable[[Cohort], float]


def simulate_cohort(candidates: int, seed: int = 1, declared: Parameters | None = None) -> Cohort:
    """Simulate ``candidates`` people and keep what the figures need of those convicted over the last ten years."""
    parts = [_part(seed, first, declared or Parameters()) for first in range(0, candidates, _BATCH)]
    return Cohort(
        np.concatenate([part.convictions_per_person for part in parts]),
        *(stacked([getattr(part, name) for part in parts]) for name in ("offences", "sentences", "releases")),
    )


def _part(seed: int, first: int, declared: Parameters) -> Cohort:
    lives = live(seed, np.arange(first, first + _BATCH), EXTRACTION, "convicted", declared)
    counts = decisions_since(lives, EXTRACTION - TEN_YEARS)
    dossiers = write_down(lives, np.flatnonzero(counts > 0))
    return Cohort(counts[counts > 0], _judged_offences(dossiers), _recent_sentences(dossiers), _releases(lives))


def _decisions(dossiers: Dossiers, name: str) -> tuple[Array, Array]:
    """For each row of a table: the date of its decision, and the first facts it judges (``MISSING`` while not judged)."""
    convictions, frame = dossiers.tables["convictions"], dossiers.tables[name]
    keys = convictions["row"] * 1000 + convictions["rank"]
    position = np.searchsorted(keys, frame["row"] * 1000 + frame["rank"])
    position = np.minimum(position, len(keys) - 1)
    return np.where(frame["rank"] > 0, convictions["decision_date"][position], MISSING), frame["row"]


def _judged_offences(dossiers: Dossiers) -> Frame:
    decided, _ = _decisions(dossiers, "offences")
    frame = dossiers.tables["offences"]
    recent = decided > EXTRACTION - TEN_YEARS
    by_family = {family.value: GROUP_OF_FAMILY.get(family, ORDER) for family in FAMILIES}
    return {
        "group": np.array([by_family[value] for value in frame["family"][recent].tolist()], dtype=np.int64),
        "delit": frame["nature"][recent] == OffenceNature.DELIT.value,
        "delay": (decided - frame["offence_start_date"])[recent],
        "exact": frame["date_precision"][recent] == "day",
        "rank": frame["rank"][recent],
    }


def _recent_sentences(dossiers: Dossiers) -> Frame:
    decided, _ = _decisions(dossiers, "sentences")
    frame = dossiers.tables["sentences"]
    chosen = (decided > EXTRACTION - TEN_YEARS) & (frame["within"] == 1)
    return {name: frame[name][chosen] for name in ("sentence_code", "firm_days", "suspended_days", "amount_eur")}


def _releases(lives: Lives) -> Frame:
    """First release from full custody of each person in the year that ends seven years before the extraction.

    ``again`` is the number of days from there to the next facts that were convicted by the extraction.
    """
    careers = lives.careers
    year_end = EXTRACTION - int(7 * DAYS_PER_YEAR)
    stays, cases = careers.stays, careers.cases
    within = (stays["end"] <= year_end) & (stays["end"] > year_end - 365) & (cases["judged"][stays["case"]] > MISSING)
    row, first = np.unique(stays["row"][within], return_index=True)
    release = stays["end"][within][first]
    convicted = cases["judged"][careers.facts["case"]] > MISSING
    keys = np.sort(person_day(careers.facts["row"][convicted], careers.facts["day"][convicted]))
    return {
        "again": next_day(row, release, keys, NEVER) - release,
        "age": (release - lives.traits.birth[row]) / DAYS_PER_YEAR,
        "before": cases["previous"][stays["case"][within][first]],
    }


def _share(of: Callable[[Cohort], Array]) -> Callable[[Cohort], float]:
    return lambda cohort: 100 * float(np.mean(of(cohort)))


def _multiple(cohort: Cohort) -> Array:
    return cohort.convictions_per_person[cohort.convictions_per_person > 1]


def _group_share(group: int) -> Callable[[Cohort], float]:
    return _share(lambda cohort: cohort.offences["group"][cohort.offences["delit"]] == group)


def _again_within(days: int) -> Callable[[Cohort], float]:
    return _share(lambda cohort: cohort.releases["again"] <= days)


def _mean_delay(cohort: Cohort, *, road_only: bool) -> float:
    chosen = cohort.offences["delit"] & cohort.offences["exact"]
    chosen = chosen & (cohort.offences["group"] == ROAD) if road_only else chosen
    return float(np.mean(cohort.offences["delay"][chosen])) / 30.4375


def _prison(cohort: Cohort) -> Array:
    return (cohort.sentences["firm_days"] > 0) | (cohort.sentences["suspended_days"] > 0)


def _firm_months(cohort: Cohort) -> float:
    firm = cohort.sentences["firm_days"]
    chosen = (firm > 0) & (cohort.sentences["sentence_code"] != SentenceCode.RECLUSION.value)
    return float(np.mean(firm[chosen])) / 30.4375


TARGETS = (
    Target("une condamnation sur dix ans", 58, "%", 3, INFOSTAT_151, _share(lambda c: c.convictions_per_person == 1)),
    Target("deux, parmi les multicondamnés", 43, "%", 4, INFOSTAT_151, _share(lambda c: _multiple(c) == 2)),
    Target("trois, parmi les multicondamnés", 20, "%", 3, INFOSTAT_151, _share(lambda c: _multiple(c) == 3)),
    Target("quatre, parmi les multicondamnés", 12, "%", 3, INFOSTAT_151, _share(lambda c: _multiple(c) == 4)),
    Target("dix et plus, parmi les multicondamnés", 7, "%", 4, INFOSTAT_151, _share(lambda c: _multiple(c) >= 10)),
    Target("nouveaux faits, un an après la sortie", 32, "%", 3, RELEASED_2016, _again_within(365)),
    Target("nouveaux faits, deux ans après", 46, "%", 3, RELEASED_2016, _again_within(730)),
    Target("nouveaux faits, trois ans après", 54, "%", 3, RELEASED_2016, _again_within(1096)),
    Target("déjà condamnés avant, parmi les sortants", 86, "%", 6, RELEASED_2016, _share(lambda c: c.releases["before"] > 0)),
    Target("délits routiers", 36, "%", 2, CONVICTIONS_2023, _group_share(ROAD)),
    Target("stupéfiants", 16, "%", 2, CONVICTIONS_2023, _group_share(DRUGS)),
    Target("atteintes aux biens", 25, "%", 2, CONVICTIONS_2013, _group_share(PROPERTY)),
    Target("atteintes aux personnes", 14.6, "%", 2, "inserr.fr (2016)", _group_share(PERSONS)),
    Target("faits-jugement, délits", 12, "mois", 1, CONVICTIONS_2013, lambda c: _mean_delay(c, road_only=False)),
    Target("faits-jugement, route", 7, "mois", 1, CONVICTIONS_2013, lambda c: _mean_delay(c, road_only=True)),
    Target(
        "infractions par condamnation", 1.575, "", 0.15, "Les condamnations, année 2017",
        lambda c: len(c.offences["group"]) / len(c.sentences["firm_days"]),
    ),
    Target("emprisonnement, avec ou sans sursis", 50, "%", 4, CONVICTIONS_2013, _share(_prison)),
    Target(
        "amende", 35, "%", 4, CONVICTIONS_2013,
        _share(lambda c: c.sentences["sentence_code"] == SentenceCode.AMENDE.value),
    ),
    Target("quantum ferme moyen, délits", 7.7, "mois", 1, CONVICTIONS_2013, _firm_months),
)  # fmt: skip


def comparison(cohort: Cohort) -> Iterator[tuple[Target, float]]:
    """Each target with the simulated value."""
    for target in TARGETS:
        yield target, target.measure(cohort)


def table_text(cohort: Cohort) -> str:
    """The comparison as lines of text, with the difference and whether it is within the declared tolerance."""
    lines = [f"{'figure':<42}{'publié':>9}{'simulé':>9}{'écart':>8}{'tolérance':>11}  unité  source"]
    for target, value in comparison(cohort):
        gap = value - target.value
        kept = " " if abs(gap) <= target.tolerance else "!"
        lines.append(
            f"{target.name:<42}{target.value:>9.2f}{value:>9.2f}{gap:>+8.2f}{target.tolerance:>10.2f}{kept}  {target.unit:<5}  {target.source}"
        )
    mono = float(np.mean(cohort.convictions_per_person == 1))
    share = 100 * mono / float(np.mean(cohort.convictions_per_person))
    lines.append(
        f"Part des condamnations portée par les monocondamnés : {share:.1f} % (publié : un tiers ; voir docs/simulation.md)."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table_text(simulate_cohort(60_000)) + "\n")
