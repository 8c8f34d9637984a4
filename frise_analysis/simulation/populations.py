"""Two populations of one model: everybody convicted over ten years, and the people a service follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.simulation import cast
from frise_analysis.simulation.dossiers import decisions_since, followed, one_of, write_down
from frise_analysis.simulation.draws import Array, Draws, Stream
from frise_analysis.simulation.frames import Frame
from frise_analysis.simulation.lives import Lives, live
from frise_analysis.simulation.parameters import Parameters

#: Candidates simulated at a time, for batches of a few thousand people; what is drawn for a person does not depend on it.
CHUNK = {"convicted": 30_000, "service": 150_000}
#: Days over which the published figures count the convictions of a person.
TEN_YEARS = int(10 * DAYS_PER_YEAR)
#: Share of the candidates that are chosen, roughly: only used to size the chunks of small bundles.
CHOSEN_SHARE = {"convicted": 0.25, "service": 0.04}


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
        person = np.arange(candidate, candidate + size)
        lives = live(population.seed, person, population.extraction, population.name, population.declared)
        chosen = selected(lives, population)[: wanted - done]
        dossiers = write_down(lives, chosen)
        number = numbered(done + np.arange(len(chosen)), kept)
        yield Batch(number, dossiers.lives.draws, dossiers.tables)
        done, candidate = done + len(chosen), candidate + size
    for role in cast.ROLES:
        if role.number in kept and role.number <= persons:
            yield _role_batch(role, population)


def _role_batch(role: cast.Role, population: Population) -> Batch:
    dossiers, position = cast.find(role, population.seed, population.extraction, population.declared)
    draws = dossiers.lives.draws.at(np.array([position]))
    return Batch(np.array([role.number]), draws, one_of(dossiers, position))


def numbered(position: Array, kept: frozenset[int]) -> Array:
    """Numbers, from 1, of the people at these positions (from 0), those kept for others being skipped."""
    number = position + 1
    for other in sorted(kept):
        number = number + (number >= other)
    return number


def chunk_size(population: Population, wanted: int) -> int:
    """Candidates to simulate next: a full chunk, or a smaller one when few people are still wanted."""
    return int(min(CHUNK[population.name], 500 + 1.2 * wanted / CHOSEN_SHARE[population.name]))


def selected(lives: Lives, population: Population) -> Array:
    """Positions of the people who belong to the population."""
    if population.name == "convicted":
        return np.flatnonzero(decisions_since(lives, population.extraction - TEN_YEARS) > 0)
    declared, measures = population.declared.follow_up, followed(lives)
    recent = measures.last_end > population.extraction - declared.recent_end_days
    kept = lives.draws.below(declared.ended_kept_share, Stream.KEPT)
    return np.flatnonzero(measures.running | (recent & kept))
