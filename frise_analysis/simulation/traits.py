"""What a fictional person is before anything happens: birth, first facts, rate, end, and what bears on them.

These traits are the truth that the records only show in part.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from scipy import special

from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.simulation.draws import NEVER, Array, Draws, Stream
from frise_analysis.simulation.parameters import CareerParameters

#: 24 March 2020 (loi 2019-222), in days since 1 January 1970.
REFORM_2020 = 18345
#: Days from birth to the eighteenth birthday, a leap day more at most.
ADULT_DAYS = 6575


class Rows:
    """A frozen set of arrays with one row per person (or event), which can be cut to some rows."""

    def at(self, rows: Array) -> Self:
        """The same columns for some rows only."""
        return type(self)(**{item.name: getattr(self, item.name)[rows] for item in fields(self)})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Traits(Rows):
    """One row per person. Dates are days since 1 January 1970; ``rate`` is dates of facts per year free at first facts."""

    person: Array
    male: Array
    birth: Array
    onset: Array
    frailty: Array
    rate: Array
    exit: Array
    specialisation: Array
    reactive: Array
    death: Array

    def horizon(self, extraction: int) -> Array:
        """Last day on which anything can happen to each person."""
        return np.minimum(self.death, extraction)


def draw_traits(draws: Draws, person: Array, extraction: int, declared: CareerParameters) -> Traits:
    """Traits of the people numbered ``person``."""
    onset_age = _onset_age(draws, declared)
    onset = _onset(draws, extraction, declared)
    frailty = special.gammaincinv(declared.frailty_shape, draws.uniform(Stream.FRAILTY)) / declared.frailty_shape
    return Traits(
        person=person,
        male=draws.below(declared.male_share, Stream.SEX),
        birth=onset - (onset_age * DAYS_PER_YEAR).astype(np.int64),
        onset=onset,
        frailty=frailty,
        rate=frailty * declared.mean_rate,
        exit=_exit(draws, onset, declared),
        specialisation=special.betaincinv(
            declared.specialisation_alpha, declared.specialisation_beta, draws.uniform(Stream.SPECIALISATION)
        ),
        reactive=draws.uniform(Stream.REACTIVE),
        death=onset + _days(draws.exponential(DAYS_PER_YEAR / declared.yearly_death, Stream.DEATH)),
    )


def draw_exit(draws: Draws, extraction: int, declared: CareerParameters) -> Array:
    """Day of the last possible facts of each person, without their other traits."""
    return _exit(draws, _onset(draws, extraction, declared), declared)


def _onset(draws: Draws, extraction: int, declared: CareerParameters) -> Array:
    return (extraction - draws.uniform(Stream.ONSET_DATE) * declared.onset_years * DAYS_PER_YEAR).astype(np.int64)


def _days(length: Array) -> Array:
    """Whole days, never none, never beyond ``NEVER``."""
    return np.clip(length, 1, NEVER // 2).astype(np.int64)


def _onset_age(draws: Draws, declared: CareerParameters) -> Array:
    above = (
        special.gammaincinv(declared.onset_gamma_shape, draws.uniform(Stream.ONSET_AGE)) * declared.onset_gamma_scale
    )
    return np.asarray(np.minimum(declared.onset_minimum_age + above, declared.onset_maximum_age))


def _exit(draws: Draws, onset: Array, declared: CareerParameters) -> Array:
    length = _days(draws.exponential(declared.mean_active_years * DAYS_PER_YEAR, Stream.EXIT))
    return np.where(draws.below(declared.single_share, Stream.SINGLE), onset, onset + length)
