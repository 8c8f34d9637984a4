"""The weighted tables beside this file: offences, sentences and kinds of life events."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from frise_analysis.simulation.draws import MISSING, Array
from frise_analysis.vocabulary import OffenceFamily, OffenceNature

FAMILIES = tuple(OffenceFamily)
ROAD, DRUGS, PROPERTY, PERSONS, ORDER = range(5)

#: Groups of the statistics of convictions (SDSE): theft with violence is counted with property there.
GROUP_OF_FAMILY = {
    OffenceFamily.ROUTE: ROAD,
    OffenceFamily.STUPEFIANTS: DRUGS,
    OffenceFamily.VOLS: PROPERTY,
    OffenceFamily.VOLS_VIOLENCE: PROPERTY,
    OffenceFamily.DEGRADATIONS: PROPERTY,
    OffenceFamily.ESCROQUERIE: PROPERTY,
    OffenceFamily.VIOLENCES: PERSONS,
    OffenceFamily.SEXUELLES: PERSONS,
    OffenceFamily.HOMICIDE: PERSONS,
    OffenceFamily.INVOLONTAIRES: PERSONS,
}


@dataclass(frozen=True)
class OffenceMix:
    """One entry per offence that can be drawn; ``cumulative`` ends at 1."""

    code: Array
    label: Array
    nature: Array
    contravention_class: Array
    family: Array
    max_years: Array
    partner: Array
    weight: Array

    @property
    def cumulative(self) -> Array:
        """Cumulative share of each entry."""
        return np.asarray(np.cumsum(self.weight) / self.weight.sum())

    @property
    def group(self) -> Array:
        """SDSE group of each entry."""
        by_family = np.array([GROUP_OF_FAMILY.get(family, ORDER) for family in FAMILIES])
        return by_family[self.family]

    @property
    def crime(self) -> Array:
        """True for the entries that are crimes."""
        return np.asarray(self.nature == OffenceNature.CRIME.value)


@dataclass(frozen=True)
class LifeEventKinds:
    """One entry per kind of life event."""

    domain: Array
    direction: Array
    label: Array
    mean_days: Array
    cumulative: Array


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _words(rows: list[dict[str, str]], column: str) -> Array:
    return np.array([row[column] for row in rows], dtype=object)


@cache
def offence_mix() -> OffenceMix:
    """The offences that can be drawn, with their weights."""
    rows = _rows("offence_mix.csv")
    family = {value.value: index for index, value in enumerate(FAMILIES)}
    return OffenceMix(
        code=_words(rows, "natinf_code"),
        label=_words(rows, "label"),
        nature=_words(rows, "nature"),
        contravention_class=np.array([int(row["contravention_class"] or MISSING) for row in rows]),
        family=np.array([family[row["family"]] for row in rows]),
        max_years=np.array([float(row["max_sentence_years"] or MISSING) for row in rows]),
        partner=np.array([row["partner"] == "1" for row in rows]),
        weight=np.array([float(row["weight"]) for row in rows]),
    )


@cache
def family_cumulative() -> tuple[Array, ...]:
    """For each family, the cumulative distribution over the entries of the mix (zero outside the family)."""
    mix = offence_mix()
    parts = [np.where(mix.family == index, mix.weight, 0.0) for index in range(len(FAMILIES))]
    return tuple(np.cumsum(part) / max(part.sum(), 1e-12) for part in parts)


@cache
def violence_in_group() -> int:
    """Position of violence in a group without incapacity (NATINF 20731) in the mix."""
    return int(np.flatnonzero(offence_mix().code == "20731")[0])


@cache
def sentence_cumulative() -> Array:
    """Cumulative weights of the sentence kinds: [group, level of previous convictions, kind]."""
    groups = {"route": ROAD, "stupefiants": DRUGS, "biens": PROPERTY, "personnes": PERSONS}
    rows = _rows("sentence_mix.csv")
    kinds = [column for column in rows[0] if column not in ("group", "previous_from")]
    table = np.zeros((5, 4, len(kinds)))
    for row in rows:
        weights = np.array([float(row[kind]) for kind in kinds])
        table[groups[row["group"]], PREVIOUS_LEVELS.index(int(row["previous_from"]))] = weights.cumsum() / weights.sum()
    table[ORDER] = table[PROPERTY]
    return table


#: Least number of previous convictions of each line of ``sentence_mix.csv``.
PREVIOUS_LEVELS = (0, 1, 3, 6)


@cache
def life_event_kinds() -> LifeEventKinds:
    """The kinds of life events, with their weights."""
    rows = _rows("life_event_kinds.csv")
    weights = np.array([float(row["weight"]) for row in rows])
    return LifeEventKinds(
        domain=_words(rows, "domain"),
        direction=_words(rows, "direction"),
        label=_words(rows, "label"),
        mean_days=np.array([float(row["mean_days"]) for row in rows]),
        cumulative=np.cumsum(weights) / weights.sum(),
    )
