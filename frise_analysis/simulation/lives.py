"""The people of one chunk, from traits to what happened, before anything is written down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from frise_analysis.simulation.careers import CareerEngine, Careers
from frise_analysis.simulation.draws import Array, Draws
from frise_analysis.simulation.happenings import Happenings, draw_happenings
from frise_analysis.simulation.parameters import Parameters
from frise_analysis.simulation.traits import Traits, draw_traits

#: Years before the extraction after whose end a person can no longer be in the population asked for.
SCREEN_YEARS = {"convicted": 15, "service": 12}


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
    draws = Draws.of(seed, person)
    traits = draw_traits(draws, person, extraction, declared.career)
    recent = np.flatnonzero(traits.exit > extraction - SCREEN_YEARS[population] * 365)
    return run(draws.at(recent), traits.at(recent), extraction, declared)


def run(draws: Draws, traits: Traits, extraction: int, declared: Parameters) -> Lives:
    """Run the lives of people whose traits are given."""
    happenings = draw_happenings(draws, traits, extraction, declared.life_events)
    careers = CareerEngine(draws, traits, happenings, extraction, declared).run()
    return Lives(draws, traits, happenings, careers, traits.horizon(extraction), extraction, declared)
