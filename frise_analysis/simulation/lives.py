"""The people of one chunk, from traits to what happened, before anything is written down."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from frise_analysis.simulation.careers import CareerEngine, Careers
from frise_analysis.simulation.draws import Array, Draws
from frise_analysis.simulation.frames import Frame, at
from frise_analysis.simulation.happenings import Happenings, draw_happenings, none_happening
from frise_analysis.simulation.parameters import Parameters
from frise_analysis.simulation.traits import Traits, draw_exit, draw_traits

#: Years before the extraction after whose end a person can no longer be in the population asked for.
SCREEN_YEARS = {"convicted": 15, "service": 9}


@dataclass(frozen=True)
class Lives:
    """What is true of some people. ``horizon`` is the last day that is observed for each (extraction or death)."""

    draws: Draws
    traits: Traits
    happenings: Happenings
    careers: Careers
    horizon: Array
    extraction: int
    declared: Parameters


def live(seed: int, person: Array, extraction: int, population: str, declared: Parameters) -> Lives:
    """Simulate the people numbered ``person`` who may belong to the population (``convicted`` or ``service``).

    Those whose last possible facts lie too far back are left aside before their life is run: they could not be chosen.
    """
    exits = draw_exit(Draws.of(seed, person), extraction, declared.career)
    recent = person[exits > extraction - SCREEN_YEARS[population] * 365]
    draws = Draws.of(seed, recent)
    return run(draws, draw_traits(draws, recent, extraction, declared.career), extraction, declared)


def run(draws: Draws, traits: Traits, extraction: int, declared: Parameters) -> Lives:
    """Run the lives of people whose traits are given.

    Life events are drawn only where they bear on facts; ``with_everything`` draws those of the people that are kept.
    """
    reactive = np.flatnonzero(traits.reactive < declared.life_events.reactive_share)
    drawn = draw_happenings(draws.at(reactive), traits.at(reactive), extraction, declared.life_events)
    happenings = none_happening(len(traits.person)).with_rows(reactive, drawn)
    careers = CareerEngine(draws, traits, happenings, extraction, declared).run()
    return Lives(draws, traits, happenings, careers, traits.horizon(extraction), extraction, declared)


def with_everything(lives: Lives, chosen: Array) -> Lives:
    """The lives of some people only (positions in increasing order), with all their life events."""
    draws, traits = lives.draws.at(chosen), lives.traits.at(chosen)
    return replace(
        lives,
        draws=draws,
        traits=traits,
        happenings=draw_happenings(draws, traits, lives.extraction, lives.declared.life_events),
        careers=_careers_of(lives, chosen),
        horizon=lives.horizon[chosen],
    )


def _careers_of(lives: Lives, chosen: Array) -> Careers:
    """What happened to the chosen people, rows and cases being numbered again."""
    people = _renumbered(chosen, len(lives.traits.person))
    cases = lives.careers.cases
    kept = np.flatnonzero(people[cases["row"]] >= 0)
    numbers = _renumbered(kept, len(cases["row"]))
    facts, stays = (_of(frame, people, numbers) for frame in (lives.careers.facts, lives.careers.stays))
    return Careers(facts, {**at(cases, kept), "row": people[cases["row"][kept]]}, stays)


def _of(frame: Frame, people: Array, numbers: Array) -> Frame:
    kept = at(frame, np.flatnonzero(people[frame["row"]] >= 0))
    return {**kept, "row": people[kept["row"]], "case": numbers[kept["case"]]}


def _renumbered(kept: Array, count: int) -> Array:
    new = np.full(count, -1)
    new[kept] = np.arange(len(kept))
    return new
