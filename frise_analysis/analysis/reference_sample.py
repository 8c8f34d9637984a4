"""People of a store whose facts are recorded, and what some of them share: what a person's path may be shown among."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.dates import whole_years
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Lane, OffenceFamily, Sex

Integers = npt.NDArray[np.integer]
Chosen = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class AgeBand:
    """Ages in whole years from ``first``, under ``end``, and how the first facts of its people are dated."""

    first: int
    end: int
    words: str


BANDS = (
    AgeBand(0, 16, "d’avant leurs 16 ans"),
    AgeBand(16, 18, "de leurs 16 ou 17 ans"),
    AgeBand(18, 21, "de leurs 18 à 20 ans"),
    AgeBand(21, 26, "de leurs 21 à 25 ans"),
    AgeBand(26, 36, "de leurs 26 à 35 ans"),
    AgeBand(36, 999, "de leurs 36 ans ou plus"),
)
MAJORITY = (AgeBand(0, 18, "d’avant leurs 18 ans"), AgeBand(18, 999, "de leurs 18 ans ou plus"))
_SEXES, _FAMILIES = ([code.value for code in codes] for codes in (Sex, OffenceFamily))


@dataclass(frozen=True)
class Sample:
    """People of a store with recorded facts, longest observed first, then each of their dates of facts.

    ``sexes`` and ``families`` are places in the vocabulary; ``ages`` is -1 where it is not known. ``member``: place of the person
    among the people. One person of the store in ``one_in`` is read.
    """

    keys: Integers
    sexes: Integers
    ages: Integers
    families: Integers
    street_days: Integers
    member: Integers
    fact_days: Integers
    offences: Integers
    one_in: int = 1


@dataclass(frozen=True)
class Criteria:
    """What the people of a class share; ``None`` where it is not asked."""

    sex: str | None = None
    ages: AgeBand | None = None
    family: str | None = None

    def among(self, sample: Sample) -> Chosen:
        """Who in the sample meets them."""
        chosen = np.ones(len(sample.keys), dtype=np.bool_)
        if self.sex is not None:
            chosen &= sample.sexes == _SEXES.index(self.sex)
        if self.ages is not None:
            chosen &= (sample.ages >= self.ages.first) & (sample.ages < self.ages.end)
        if self.family is not None:
            chosen &= sample.families == _FAMILIES.index(self.family)
        return chosen

    def widened(self) -> Iterator[Criteria]:
        """The same, then without the family, by majority, without age, without sex."""
        adults = next((band for band in MAJORITY if self.ages and self.ages.first < band.end), None)
        by_age = replace(self, family=None)
        yield from (self, by_age, replace(by_age, ages=adults), Criteria(sex=self.sex), Criteria())


_samples: dict[str, Sample] = {}


def store_sample(store: Store) -> Sample:
    """The sample of a store, read the first time it is asked of that load."""
    load = store.info.load_id
    if load not in _samples:
        _samples[load] = _read_sample(store)
    return _samples[load]


def _read_sample(store: Store) -> Sample:
    found = store.query("reference_people")
    facts = store.query("reference_facts", extraction=store.info.extraction_date)
    keys = found["person_key"].to_numpy()
    return Sample(
        keys,
        _places(found["sex"], _SEXES),
        found["age"].fillna(-1).to_numpy(np.int16),
        _places(found["family"], _FAMILIES),
        found["street_days"].to_numpy(np.int32),
        pd.Index(keys).get_indexer(pd.Index(facts["person_key"])).astype(np.int32),
        facts["street_days"].to_numpy(np.int32),
        facts["offences"].to_numpy(np.int16),
        int(str(store.rows("reference_sampling")[0]["one_in"])),
    )


def _places(values: pd.Series, codes: Iterable[str]) -> Integers:
    return pd.Index(list(codes)).get_indexer(pd.Index(values)).astype(np.int8)


def criteria(path: PersonPath) -> Criteria:
    """What the people shown beside a person share with them: sex, age at the first facts, family of these, where known."""
    first = path.lane(Lane.FACTS)[0]
    birth, sex = path.person.birth, path.person.sex
    age = -1 if birth is None else whole_years(birth, first.start_date)
    band = next((band for band in BANDS if band.first <= age < band.end), None)
    family = first.code if first.code in _FAMILIES else None
    return Criteria(sex if sex in {Sex.FEMALE, Sex.MALE} else None, band, family)
