"""The sentence of a conviction, from its main offence, the previous convictions and the age at the facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from frise_analysis.simulation.declared_tables import (
    PERSONS,
    PREVIOUS_LEVELS,
    ROAD,
    offence_mix,
    sentence_cumulative,
)
from frise_analysis.simulation.draws import Array, Draws, Stream
from frise_analysis.simulation.parameters import ExecutionParameters
from frise_analysis.vocabulary import OffenceNature


class Penalty(IntEnum):
    """Main penalty, in the order of the columns of ``sentence_mix.csv``, then those that depend on the offence or the age."""

    FINE = 0
    DAY_FINE = 1
    SUSPENDED = 2
    PROBATION = 3
    MIXED = 4
    PRISON = 5
    COMMUNITY_SERVICE = 6
    COURSE = 7
    HOME_DETENTION = 8
    LICENCE = 9
    WAIVER = 10
    RECLUSION = 11
    EDUCATIVE = 12


#: By penalty, whether some prison is firm and whether some is suspended.
FIRM_PRISON = np.array([penalty in (Penalty.MIXED, Penalty.PRISON, Penalty.RECLUSION) for penalty in Penalty])
SUSPENDED_PRISON = np.array([penalty in (Penalty.SUSPENDED, Penalty.PROBATION, Penalty.MIXED) for penalty in Penalty])


@dataclass(frozen=True)
class Sentenced:
    """Penalty and lengths, one row per judgment; 0 where there is none."""

    penalty: Array
    firm_days: Array
    suspended_days: Array


@dataclass(frozen=True)
class Judged:
    """What a judgment is given on, one row per judgment."""

    draws: Draws
    case: Array
    offence: Array
    previous: Array
    minor: Array


def pass_sentence(judged: Judged, declared: ExecutionParameters) -> Sentenced:
    """Draw the sentence of each judgment."""
    penalty = _penalty(judged)
    firm = FIRM_PRISON[penalty] | (penalty == Penalty.HOME_DETENTION)
    suspended = SUSPENDED_PRISON[penalty]
    return Sentenced(
        penalty=penalty,
        firm_days=np.where(firm, _firm_days(judged, penalty, declared), 0),
        suspended_days=np.where(suspended, _suspended_days(judged), 0),
    )


def _penalty(judged: Judged) -> Array:
    mix = offence_mix()
    level = np.searchsorted(PREVIOUS_LEVELS, judged.previous, side="right") - 1
    cumulative = sentence_cumulative()[mix.group[judged.offence], level]
    drawn = judged.draws.uniform(Stream.SENTENCE, judged.case)
    penalty = (cumulative <= drawn[:, None]).sum(axis=1)
    # Under 18, the first answers are educative; a contravention is fined; a crime is punished by years of prison.
    penalty = np.where(judged.minor & (drawn < 0.7 - 0.1 * judged.previous), Penalty.EDUCATIVE, penalty)
    contravention = mix.nature[judged.offence] == OffenceNature.CONTRAVENTION.value
    penalty = np.where(contravention, Penalty.FINE, penalty)
    return np.where(mix.crime[judged.offence], Penalty.RECLUSION, penalty)


def _firm_days(judged: Judged, penalty: Array, declared: ExecutionParameters) -> Array:
    mix = offence_mix()
    mean = np.where(mix.group[judged.offence] == ROAD, declared.road_firm_days, declared.other_firm_days)
    mean = np.where(mix.group[judged.offence] == PERSONS, mean * 1.3, mean)
    mean = np.where(penalty == Penalty.RECLUSION, declared.crime_firm_days, mean)
    days = judged.draws.lognormal(mean, declared.firm_sigma, Stream.FIRM, judged.case)
    cap = np.where(mix.max_years[judged.offence] > 0, mix.max_years[judged.offence], 5.0) * 365
    days = np.minimum(
        days, np.where(penalty == Penalty.RECLUSION, np.minimum(cap, 30 * 365), np.minimum(cap, 10 * 365))
    )
    days = np.where(penalty == Penalty.HOME_DETENTION, np.clip(days, 15, 180), days)
    return _rounded(np.maximum(days, 31))


def _suspended_days(judged: Judged) -> Array:
    cap = np.where(offence_mix().max_years[judged.offence] > 0, offence_mix().max_years[judged.offence], 2.0) * 365
    days = judged.draws.lognormal(160.0, 0.5, Stream.SUSPENDED, judged.case)
    return _rounded(np.clip(days, 31, np.minimum(cap, 5 * 365)))


def _rounded(days: Array) -> Array:
    """Courts count in months: whole months, in days."""
    return np.round(np.maximum(np.round(days / 30.4375), 1) * 30.4375).astype(np.int64)
