"""A few people chosen to teach with: two written by hand, the others found among simulated people of a given bent."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

import numpy as np

from frise_analysis.simulation.dossiers import Dossiers, write_down
from frise_analysis.simulation.draws import MISSING, NEVER, Array, Draws
from frise_analysis.simulation.lives import run
from frise_analysis.simulation.parameters import Parameters
from frise_analysis.simulation.traits import Traits, draw_traits
from frise_analysis.vocabulary import CustodyRegime

#: Candidates of a role are numbered within a thousand.
NUMBERS_PER_ROLE = 1000
#: Candidates of the roles are numbered from here, far from those of the population.
FIRST_CANDIDATE = 10**12
#: Numbers of the people written by hand, and the day on which their records were closed.
HAND_WRITTEN = (58, 271)
HAND_WRITTEN_DAY = (date(2024, 9, 30) - date(1970, 1, 1)).days


@dataclass(frozen=True)
class Role:
    """One person to teach with: their number, the bent given to candidates, and what the record must show.

    ``tried`` is the number of candidates: enough for one of them to fit whatever the seed.
    """

    number: int
    years: float
    rate: float
    fits: Callable[[Dossiers], Array]
    tried: int = 400
    single: bool = False


def _count(dossiers: Dossiers, name: str, chosen: Array | None = None) -> Array:
    row = dossiers.tables[name]["row"]
    return np.bincount(row if chosen is None else row[chosen], minlength=len(dossiers.running))


def _noted(dossiers: Dossiers, column: str) -> Array:
    return _count(dossiers, "convictions", dossiers.tables["convictions"][column] > MISSING)


def _days_held(dossiers: Dossiers) -> Array:
    custody = dossiers.tables["custody_periods"]
    held = (custody["end_date"] > MISSING) & (custody["regime"] == CustodyRegime.DETENTION.value)
    days = np.where(held, custody["end_date"] - custody["start_date"], 0)
    return np.bincount(custody["row"], weights=days, minlength=len(dossiers.running))


def _one_offence(dossiers: Dossiers) -> Array:
    return np.asarray((_count(dossiers, "offences") == 1) & (_count(dossiers, "convictions") == 1))


def _sixty_offences(dossiers: Dossiers) -> Array:
    offences = _count(dossiers, "offences")
    return (offences >= 55) & (offences <= 66)


def _long_custody(dossiers: Dossiers) -> Array:
    return (_days_held(dossiers) >= 2200) & (_count(dossiers, "offences") <= 40)


def _void_only(dossiers: Dossiers) -> Array:
    convictions = dossiers.tables["convictions"]
    void = (convictions["void_date"] > MISSING) & (convictions["rehabilitation_date"] == MISSING)
    return _count(dossiers, "convictions", void)


def _cleared(dossiers: Dossiers) -> Array:
    return (
        (_noted(dossiers, "rehabilitation_date") >= 1)
        & (_void_only(dossiers) >= 1)
        & (_count(dossiers, "convictions") >= 4)
    )


def _vague_dates(dossiers: Dossiers) -> Array:
    vague = dossiers.tables["offences"]["date_precision"] != "day"
    offences = _count(dossiers, "offences")
    return (_count(dossiers, "offences", vague) >= 4) & (offences >= 7) & (offences <= 20)


ROLES = (
    Role(12, years=2.0, rate=0.1, fits=_one_offence, single=True),
    Role(120, years=24.0, rate=3.2, fits=_sixty_offences, tried=150),
    Role(199, years=20.0, rate=2.2, fits=_long_custody),
    Role(333, years=22.0, rate=0.35, fits=_cleared, tried=600),
    Role(404, years=14.0, rate=1.1, fits=_vague_dates),
)


def reserved(population: str, extraction: int) -> frozenset[int]:
    """Numbers kept for these people; none outside a caseload, and no hand-written record on another extraction date."""
    if population != "service":
        return frozenset()
    by_hand = HAND_WRITTEN if extraction == HAND_WRITTEN_DAY else ()
    return frozenset(role.number for role in ROLES) | frozenset(by_hand)


def find(role: Role, seed: int, extraction: int, declared: Parameters) -> tuple[Dossiers, int]:
    """Candidates of a role, and the position of the first who fits (of the first with a running measure when none does)."""
    person = FIRST_CANDIDATE + role.number * NUMBERS_PER_ROLE + np.arange(role.tried)
    draws = Draws.of(seed, person)
    drawn = draw_traits(draws, person, extraction, declared.career)
    traits = _bent(role, drawn, extraction, declared.career.mean_rate)
    dossiers = write_down(run(draws, traits, extraction, declared), np.arange(role.tried))
    fitting = np.flatnonzero(dossiers.running & role.fits(dossiers))
    return dossiers, int((fitting if len(fitting) else np.flatnonzero(dossiers.running))[0])


def _bent(role: Role, traits: Traits, extraction: int, mean_rate: float) -> Traits:
    """The same candidates with the onset, the rate and the end that the role wants."""
    onset = np.full(len(traits.person), extraction - int(role.years * 365.25))
    everyone = np.ones(len(traits.person))
    return replace(
        traits, onset=onset, birth=onset - int(17.5 * 365.25) - traits.person % 900, rate=everyone * role.rate,
        frailty=everyone * role.rate / mean_rate, exit=onset if role.single else everyone.astype(np.int64) * extraction,
        death=np.full(len(traits.person), NEVER),
    )  # fmt: skip


@cache
def hand_written(name: str, number: int) -> tuple[dict[str, str], ...]:
    """Rows of one table for one hand-written person, by column."""
    text = (resources.files(__package__) / "cast" / f"{name}.csv").read_text(encoding="utf-8")
    mark = f"-{number:04d}"
    return tuple(row for row in csv.DictReader(text.splitlines()) if mark in next(iter(row.values())))
