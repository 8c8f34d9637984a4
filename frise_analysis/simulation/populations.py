"""Two populations of one model: everybody convicted over ten years, and the people a service follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.simulation import cast
from frise_analysis.simulation.dossiers import Dossiers, chosen_people, write_down
from frise_analysis.simulation.draws import Array, Draws, Stream
from frise_analysis.simulation.frames import Frame
from frise_analysis.simulation.lives import live
from frise_analysis.simulation.parameters import Parameters

#: Candidates simulated at a time; what is drawn for a person does not depend on it.
CHUNK = 20_000
#: Share of the candidates that are chosen, roughly: only used to size the chunks of small bundles.
CHOSEN_SHARE = {"convicted": 0.5, "service": 0.07}


@dataclass(frozen=True)
class Population:
    """What is asked for: ``name`` is ``convicted`` or ``service``; ``extraction`` in days since 1 January 1970."""

    name: str
    seed: int
    extraction: int
    declared: Parameters = field(default_factory=Parameters)


@dataclass(frozen=True)
class Batch:
    """Chosen people of one chunk: their numbers (from 1), their draws and their tables."""

    number: Array
    draws: Draws
    tables: dict[str, Frame]


def batches(population: Population, persons: int) -> Iterator[Batch]:
    """The first ``persons`` people of a population, batch by batch: memory does not grow with their number.

    The people chosen to teach with come last; the people written by hand are not among the batches.
    """
    kept = cast.reserved(population.name, population.extraction)
    wanted = persons - sum(number <= persons for number in kept)
    done, candidate = 0, 0
    while done < wanted:
        size = chunk_size(population, wanted - done)
        dossiers = write_down(
            live(
                population.seed,
                np.arange(candidate, candidate + size),
                population.extraction,
                population.name,
                population.declared,
            )
        )
        chosen = selected(dossiers, population)[: wanted - done]
        yield _batch(numbered(done + np.arange(len(chosen)), kept), dossiers, chosen)
        done, candidate = done + len(chosen), candidate + size
    for role in cast.ROLES:
        if role.number in kept and role.number <= persons:
            dossiers, chosen = cast.find(role, population.seed, population.extraction, population.declared)
            yield _batch(np.array([role.number]), dossiers, chosen)


def numbered(position: Array, kept: frozenset[int]) -> Array:
    """Numbers, from 1, of the people at these positions (from 0), those kept for others being skipped."""
    number = position + 1
    for other in sorted(kept):
        number = number + (number >= other)
    return number


def _batch(number: Array, dossiers: Dossiers, chosen: Array) -> Batch:
    return Batch(number, dossiers.lives.draws.at(chosen), chosen_people(dossiers, chosen))


def chunk_size(population: Population, wanted: int) -> int:
    """Candidates to simulate next: a full chunk, or a smaller one when few people are still wanted."""
    return int(min(CHUNK, 500 + 1.2 * wanted / CHOSEN_SHARE[population.name]))


def selected(dossiers: Dossiers, population: Population) -> Array:
    """Positions of the people who belong to the population."""
    if population.name == "convicted":
        return np.flatnonzero(convictions_over_ten_years(dossiers, population.extraction) > 0)
    declared = population.declared.follow_up
    recent = dossiers.last_end > population.extraction - declared.recent_end_days
    kept = dossiers.lives.draws.below(declared.ended_kept_share, Stream.KEPT)
    return np.flatnonzero(dossiers.running | (recent & kept))


def convictions_over_ten_years(dossiers: Dossiers, extraction: int) -> Array:
    """Decisions of each person in the ten years before the extraction."""
    convictions = dossiers.tables["convictions"]
    recent = convictions["decision_date"] > extraction - int(10 * DAYS_PER_YEAR)
    return np.bincount(convictions["row"][recent], minlength=len(dossiers.running))
