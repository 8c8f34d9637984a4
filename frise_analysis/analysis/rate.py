"""A person's rate at liberty, beside the same rate drawn towards that of the people of the store (gamma prior).

A short record makes a rate jump: with few facts it says little. The prior is the spread of rates in the store, and weighs as
many years at liberty as it is told to. It describes the past of this record; it is no expectation and no rank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from scipy.special import gammaincinv

from frise_analysis.analysis.desistance import few_words, mean_rate, told_rate
from frise_analysis.analysis.person_path import read_path
from frise_analysis.analysis.registry import question
from frise_analysis.dates import french_number, plural
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import CountUnit

#: Under this number of people the store gives no prior.
FEWEST_PEOPLE = 100


@dataclass(frozen=True)
class RateTotals:
    """Over people: how many, the sums of facts ``n`` and free years ``t``, and of their squares and product."""

    people: int
    n: float
    t: float
    nn: float
    nt: float
    tt: float


@dataclass(frozen=True)
class GammaPrior:
    """Rates spread as a gamma of mean ``shape / years``: the weight of ``shape`` facts in ``years`` free years."""

    shape: float
    years: float
    people: int


@dataclass(frozen=True)
class Rate:
    """Dates of facts per year at liberty, with its interval at 95 %."""

    rate: float
    low: float
    high: float


def gamma_prior(totals: RateTotals) -> GammaPrior | None:
    """The gamma whose mean and variance are those of the rates, by moments; none where they do not differ beyond chance.

    With m the facts of all over the years of all: sum (n - m t)^2 = m sum t + v sum t^2 gives the variance v of the rates;
    shape m^2 / v, years m / v (Robbins 1956; Clayton & Kaldor 1987).
    """
    if totals.people < FEWEST_PEOPLE or not totals.n or not totals.t:
        return None
    mean = totals.n / totals.t
    gaps = totals.nn - 2 * mean * totals.nt + mean**2 * totals.tt
    variance = (gaps - totals.n) / totals.tt
    return GammaPrior(mean**2 / variance, mean / variance, totals.people) if variance > 0 else None


def drawn_rate(prior: GammaPrior, *, count: int, years: float) -> Rate:
    """Mean and 95 % interval of Gamma(shape + count, prior years + years)."""
    shape, length = prior.shape + count, prior.years + years
    low, high = (float(gammaincinv(shape, p)) / length for p in (0.025, 0.975))
    return Rate(shape / length, low, high)


def rate_totals(store: Store) -> RateTotals:
    """The totals of a store, as it stood on the extraction date."""
    row = store.rows("rate_totals")[0]
    people, *sums = (float(str(value)) for value in row.values())
    return RateTotals(int(people), *sums)


_priors: dict[str, GammaPrior | None] = {}


def store_prior(store: Store) -> GammaPrior | None:
    """The prior of a store, estimated the first time it is asked of that load."""
    load = store.info.load_id
    if load not in _priors:
        _priors[load] = gamma_prior(rate_totals(store))
    return _priors[load]


@question("rythme", "Rythme en temps libre, seul puis rapproché de celui du service")
def rate(store: Store, *, person_key: int, as_of: date | None = None, with_void: bool = False) -> pd.DataFrame:
    """One row per estimate: the person's own, then drawn towards the store's people, each with its 95 % interval.

    Dates of facts after the first per year at liberty; under four the words say that nothing can be concluded. ``prior_facts`` in ``prior_years``: what the people of the store
    weigh in the second, ``prior_people`` of them. Empty without facts or free time; one row where the store gives no prior.
    """
    columns = ["estimate", "count", "street_years", "rate", "low", "high", "prior_facts", "prior_years", "prior_people", "words"]  # fmt: skip
    path = read_path(store, person_key=person_key, as_of=as_of, with_void=with_void)
    own, prior = mean_rate(path, unit=CountUnit.FACT_DATES), store_prior(store)
    if own is None:
        return pd.DataFrame(columns=columns)
    alone, few = Rate(own.rate, own.low, own.high), told_rate(path, unit=CountUnit.FACT_DATES) is None
    said = few_words(path) if few else own_words(alone)
    rows = [("seul", own.count, own.years, *_values(alone), *_weight(None), said)]
    if prior is not None:
        drawn = drawn_rate(prior, count=own.count, years=own.years)
        said = few_words(path) if few else drawn_words(prior, drawn)
        rows.append(("rapproché", own.count, own.years, *_values(drawn), *_weight(prior), said))
    return pd.DataFrame(rows, columns=columns).astype({"prior_people": "Int64"})


def _values(found: Rate) -> tuple[float, ...]:
    return found.rate, found.low, found.high


def _weight(prior: GammaPrior | None) -> tuple[float | None, ...]:
    return (None, None, None) if prior is None else (prior.shape, prior.years, prior.people)


def own_words(own: Rate) -> str:
    """The person's own rate."""
    return f"{_said(own)} Période non consolidée comprise : des faits peuvent y manquer."


def drawn_words(prior: GammaPrior, drawn: Rate) -> str:
    """The drawn rate and what it was drawn with."""
    facts = plural(round(prior.shape, 1), "date de faits", "dates de faits")
    years = plural(round(prior.years, 1), "an libre", "ans libres")
    people = plural(prior.people, "personne")
    return (
        f"{_said(drawn)} Rapproché de l’ensemble de la base ({people}), qui pèse ici autant que {facts} en "
        f"{years}. Ce n’est ni une attente ni un rang."
    )


def _said(found: Rate) -> str:
    rate_, low, high = (french_number(x, 2) for x in (found.rate, found.low, found.high))
    return f"{rate_} date de faits par année libre [{low} – {high}]."
