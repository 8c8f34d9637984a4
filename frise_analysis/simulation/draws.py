"""Random draws that depend on nothing but the seed, the person, the subject of the draw and the number of the event.

A counter is hashed instead of a generator being advanced: a person stays the same whatever the number of people
simulated with them and the order in which they are. The hash is the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

Array = npt.NDArray[Any]

#: A day further than any other; also "does not happen".
NEVER = 10_000_000
#: A date or number that is not known: written as an empty cell.
MISSING = -10_000_000

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_EVENT = np.uint64(0xD1342543DE82EF95)


class Stream(IntEnum):
    """The subject of a draw. New subjects are added at the end, so that old bundles stay the same."""

    SEX = auto()
    ONSET_AGE = auto()
    ONSET_DATE = auto()
    FRAILTY = auto()
    SINGLE = auto()
    EXIT = auto()
    SPECIALISATION = auto()
    DEATH = auto()
    REACTIVE = auto()
    EVENT_WAIT = auto()
    EVENT_KIND = auto()
    EVENT_MATTERS = auto()
    EVENT_LENGTH = auto()
    EVENT_SOURCE = auto()
    WAIT = auto()
    ACCEPT = auto()
    SAME_FAMILY = auto()
    OFFENCE = auto()
    JOIN = auto()
    DELAY = auto()
    IMMEDIATE = auto()
    PRETRIAL = auto()
    PRETRIAL_DAYS = auto()
    CONTROL = auto()
    SENTENCE = auto()
    FIRM = auto()
    SUSPENDED = auto()
    HOURS = auto()
    AMOUNT = auto()
    COMMITTAL = auto()
    ADJUSTED = auto()
    EXECUTION_DELAY = auto()
    EARLY_RELEASE = auto()
    PROBATION_DAYS = auto()
    REVOKED = auto()
    REVOKED_ON = auto()
    RELEASE_REVOKED = auto()
    COMPANIONS = auto()
    COMPANION_FAMILY = auto()
    COMPANION_OFFENCE = auto()
    PRECISION = auto()
    PERIOD_DAYS = auto()
    ATTEMPT = auto()
    PARTNER = auto()
    KNOWN = auto()
    COURT = auto()
    MODE = auto()
    ENTRY = auto()
    FINAL = auto()
    RECIDIVISM = auto()
    CLEARANCE = auto()
    MEASURE = auto()
    REFERRAL = auto()
    INTERVIEW = auto()
    OUTCOME = auto()
    MEASURE_END = auto()
    OBLIGATION = auto()
    BREACHES = auto()
    BREACH_DATE = auto()
    BREACH_KIND = auto()
    BREACH_CONSEQUENCE = auto()
    FIRST_NAME = auto()
    LAST_NAME = auto()
    OFFICER = auto()
    KEPT = auto()


def _mixed(value: Array) -> Array:
    """SplitMix64's finaliser: every bit of the input bears on every bit of the output."""
    value = (value ^ (value >> np.uint64(30))) * _FIRST
    value = (value ^ (value >> np.uint64(27))) * _SECOND
    return np.asarray(value ^ (value >> np.uint64(31)))


@dataclass(frozen=True)
class Draws:
    """Draws of some people; ``base`` holds one hashed number per person."""

    base: Array

    @classmethod
    def of(cls, seed: int, person: Array) -> Draws:
        """Draws of the people numbered ``person``, for one seed."""
        root = _mixed(np.array([seed % 2**63], dtype=np.uint64) * _GOLDEN + _GOLDEN)
        return cls(_mixed(person.astype(np.uint64) * _GOLDEN + root))

    def at(self, rows: Array) -> Draws:
        """Draws of some of these people, or of one person several times."""
        return Draws(self.base[rows])

    def uniform(self, stream: Stream, event: Array | int = 0) -> Array:
        """Numbers strictly between 0 and 1."""
        counter = np.asarray(event).astype(np.uint64) * _EVENT + _mixed(
            np.array([int(stream)], dtype=np.uint64) * _GOLDEN
        )
        bits = _mixed(_mixed(self.base + counter)) >> np.uint64(11)
        return (bits.astype(np.float64) + 0.5) * 2.0**-53

    def below(self, share: Array | float, stream: Stream, event: Array | int = 0) -> Array:
        """True with probability ``share``."""
        return self.uniform(stream, event) < share

    def exponential(self, mean: Array | float, stream: Stream, event: Array | int = 0) -> Array:
        """Exponential numbers of that mean."""
        return -np.log(self.uniform(stream, event)) * mean

    def lognormal(self, mean: Array | float, sigma: float, stream: Stream, event: Array | int = 0) -> Array:
        """Log-normal numbers of that mean, ``sigma`` being the standard deviation of their log."""
        normal = special.ndtri(self.uniform(stream, event))
        return np.asarray(mean) * np.exp(sigma * normal - sigma**2 / 2)

    def whole(self, low: int, high: int, stream: Stream, event: Array | int = 0) -> Array:
        """Whole numbers from ``low`` to ``high``, both included."""
        return (low + self.uniform(stream, event) * (high - low + 1)).astype(np.int64)

    def pick(self, cumulative: Array, stream: Stream, event: Array | int = 0) -> Array:
        """Index of the class of a cumulative distribution that ends at 1."""
        found = np.searchsorted(cumulative, self.uniform(stream, event), side="right")
        return np.minimum(found, len(cumulative) - 1)
