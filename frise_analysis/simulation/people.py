"""Who the fictional people are on paper: names, officers, branches. Every name is invented."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from frise_analysis.simulation.draws import MISSING, Array, Draws, Stream
from frise_analysis.simulation.frames import Frame
from frise_analysis.simulation.lives import Lives
from frise_analysis.simulation.parameters import FollowUpParameters

SERVICE = "SPIP fictif de la Haute-Vaille"
BRANCH_NAMES = ("Siège de Valclair", "Antenne de Montorge", "Antenne de Saint-Aubrac")
_BRANCH_OF_OFFICER = (0, 0, 0, 1, 1, 2, 2)

OFFICER_NAMES = (
    "Maud Lérisson", "Karim Ouffalé", "Claire Dombreval", "Yannick Tréganou", "Solène Marchevert", "Inès Bellaroque", "Paul Garrivet",
)  # fmt: skip


def _names(of: str) -> Array:
    text = (resources.files(__package__) / "names.csv").read_text(encoding="utf-8")
    return np.array([row["name"] for row in csv.DictReader(text.splitlines()) if row["of"] == of], dtype=object)


@cache
def name_lists() -> tuple[Array, Array, Array]:
    """First names of men, first names of women, family names in capitals; invented or common, of all origins."""
    return _names("man"), _names("woman"), np.array([name.upper() for name in _names("family").tolist()], dtype=object)


def person_id(number: int) -> str:
    """``P-0271``: at least four figures, more for larger bundles."""
    return f"P-{number:04d}"


def names(draws: Draws, male: Array) -> Array:
    """Displayed names, family name first."""
    men, women, families = name_lists()
    first = draws.uniform(Stream.FIRST_NAME)
    given = np.where(male, men[(first * len(men)).astype(np.int64)], women[(first * len(women)).astype(np.int64)])
    family = families[(draws.uniform(Stream.LAST_NAME) * len(families)).astype(np.int64)]
    return np.asarray(family + " " + given, dtype=object)


@dataclass(frozen=True)
class Posting:
    """Who follows whom: each block of ``persons`` people is one service of seven officers in three branches."""

    persons: int
    officers: int
    branches: int

    @classmethod
    def of(cls, declared: FollowUpParameters) -> Posting:
        """The posting of the declared parameters."""
        return cls(
            declared.persons_per_officer * declared.officers_per_service,
            declared.officers_per_service,
            declared.branches_per_service,
        )

    def officer(self, draws: Draws, number: Array) -> Array:
        """Number of the officer (from 0) who follows each person (numbered from 1)."""
        block = (number - 1) // self.persons
        return block * self.officers + (draws.uniform(Stream.OFFICER) * self.officers).astype(np.int64)

    def branch(self, officer: Array) -> Array:
        """Number of the branch (from 0) of each officer."""
        return np.asarray(
            officer // self.officers * self.branches + np.array(_BRANCH_OF_OFFICER)[officer % self.officers]
        )

    def branch_rows(self, persons: int) -> list[tuple[str, str]]:
        """Identifier and name of every branch of a bundle of ``persons`` people."""
        services = -(-persons // self.persons)
        return [
            (branch_id(index), BRANCH_NAMES[index % self.branches] + _suffix(index // self.branches))
            for index in range(services * self.branches)
        ]

    def officer_rows(self, persons: int) -> list[tuple[str, str, str]]:
        """Identifier, name and branch of every officer of a bundle of ``persons`` people."""
        services = -(-persons // self.persons)
        return [
            (officer_id(index), OFFICER_NAMES[index % self.officers] + _suffix(index // self.officers),
             branch_id(int(self.branch(np.array([index]))[0])))
            for index in range(services * self.officers)
        ]  # fmt: skip


def _suffix(service: int) -> str:
    return f" ({service + 1})" if service else ""


def branch_id(index: int) -> str:
    """``A-1``."""
    return f"A-{index + 1}"


def officer_id(index: int) -> str:
    """``CPIP-01``."""
    return f"CPIP-{index + 1:02d}"


def person_table(lives: Lives) -> Frame:
    """Persons as written, without their number, officer and branch."""
    traits = lives.traits
    return {
        "row": np.arange(len(traits.person)),
        "display_name": names(lives.draws, traits.male),
        "sex": np.where(traits.male, "M", "F").astype(object),
        "birth_date": traits.birth,
        "death_date": np.where(traits.death <= lives.extraction, traits.death, MISSING),
    }
