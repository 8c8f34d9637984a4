"""A person's facts among recorded paths that began alike: quantiles of the count at each half-year at liberty.

The class is described, never the person: no rank in it is computed, and nothing is said of what follows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from frise_analysis.analysis.person_path import PersonPath, read_path
from frise_analysis.analysis.reference_sample import Chosen, Criteria, Integers, Sample, criteria, store_sample
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.words import lower_first
from frise_analysis.dates import DAYS_PER_YEAR, french_number
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import SENTENCES, CountUnit, OffenceFamily, Sex

#: No class of fewer people, and no point of the fan where fewer are still observed.
FEWEST_PEOPLE = 30
QUANTILES = {"low10": 0.10, "low25": 0.25, "median": 0.50, "high75": 0.75, "high90": 0.90}
CURVE_COLUMNS = ["street_years", *QUANTILES, "observed"]
STEP_YEARS = 0.5
CAUTION = "Ce n’est ni une prévision ni une norme : des parcours enregistrés dans cette base, de longueurs inégales."
NOT_FOR_CONVICTIONS = "Pas de comparaison en condamnations : comptez en infractions ou en dates de faits."
#: What people of one sex are called, and the pronoun for them; ``None``: people of either.
PEOPLE = {None: ("personnes", "elles"), Sex.FEMALE: ("femmes", "elles"), Sex.MALE: ("hommes", "eux")}


@dataclass(frozen=True)
class Fan:
    """``curve``: one row per half-year (``CURVE_COLUMNS``), empty where none is drawn; ``words`` say of whom, or why."""

    people: int
    words: str
    curve: pd.DataFrame


def class_of(sample: Sample, asked: Criteria, *, without: int, days: int = 0) -> tuple[Criteria, Chosen]:
    """The narrowest class with thirty people ``without`` one person, or that of everybody where none has as many.

    Those thirty are still observed half of ``days`` at liberty after their first facts: a fan that stops at once says nothing.
    """
    others = sample.keys != without
    long_enough = sample.street_days >= days / 2
    for kept in asked.widened():
        chosen = kept.among(sample) & others
        if (chosen & long_enough).sum() >= FEWEST_PEOPLE:
            break
    return kept, chosen


def curve(sample: Sample, chosen: Chosen, *, unit: CountUnit) -> pd.DataFrame:
    """One row per half-year at liberty since the first facts: quantiles of what is counted by then.

    Among the people still ``observed`` at that time, while they are thirty at least. Quantiles by linear interpolation
    (Hyndman & Fan 1996, type 7).
    """
    step = STEP_YEARS * DAYS_PER_YEAR
    lengths = sample.street_days[chosen]
    steps = int(lengths[FEWEST_PEOPLE - 1] // step) + 1
    observed = np.searchsorted(-lengths, -step * np.arange(steps), side="right")
    counts = _counts(sample, chosen, steps=steps, unit=unit)
    rows = [_quantiles(counts[:number, i]) for i, number in enumerate(observed)]
    found = pd.DataFrame(rows, columns=list(QUANTILES))
    return found.assign(street_years=STEP_YEARS * np.arange(steps), observed=observed)[CURVE_COLUMNS]


def within_years(found: pd.DataFrame, years: float) -> pd.DataFrame:
    """The curve up to a time at liberty, its last point between two half-years where one follows."""
    before = found[found["street_years"] <= years]
    if len(before) in {0, len(found)} or before["street_years"].iloc[-1] == years:
        return before
    drawn = ["street_years", *QUANTILES]
    last, following = (found.loc[found.index[len(before) - 1 + i], drawn].astype(float) for i in (0, 1))
    share = (years - last["street_years"]) / STEP_YEARS
    point = (last + share * (following - last)).to_dict() | {"observed": before["observed"].iloc[-1]}
    return pd.concat([before, pd.DataFrame([point])], ignore_index=True)


def _quantiles(counts: Integers) -> npt.NDArray[np.float64]:
    """Those of small whole numbers, from how many reach each: no sort."""
    ranks = (len(counts) - 1) * np.array(list(QUANTILES.values()))
    reached = np.cumsum(np.bincount(counts))
    below, above = (np.searchsorted(reached, rank, side="right") for rank in (np.floor(ranks), np.ceil(ranks)))
    found: npt.NDArray[np.float64] = below + (above - below) * (ranks - np.floor(ranks))
    return found


def _counts(sample: Sample, chosen: Chosen, *, steps: int, unit: CountUnit) -> Integers:
    """What each of the chosen has counted by each half-year: a row per person, a column per half-year."""
    own = chosen[sample.member]
    row = (np.cumsum(chosen) - 1)[sample.member[own]]
    column = np.ceil(sample.fact_days[own] / (STEP_YEARS * DAYS_PER_YEAR)).astype(np.int64)
    weight = sample.offences[own] if unit == CountUnit.OFFENCES else np.ones(len(row))
    inside = column < steps
    people = int(chosen.sum())
    cells = np.bincount(row[inside] * steps + column[inside], weight[inside], minlength=people * steps)
    return cells.astype(np.int32).reshape(people, steps).cumsum(axis=1)


def fan(store: Store, path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> Fan:
    """The fan of a person's class, without them, or the sentence that says why there is none."""
    if unit == CountUnit.CONVICTIONS:
        return _no_fan(NOT_FOR_CONVICTIONS)
    if path.first_facts is None:
        return _no_fan(f"{SENTENCES.nothing_recorded} Rien à comparer.")
    sample, asked = store_sample(store), criteria(path)
    kept, chosen = class_of(sample, asked, without=path.person.person_key, days=path.clock.days(path.end))
    people = int(chosen.sum())
    if people < FEWEST_PEOPLE:
        return _no_fan(too_few_words(people), people)
    words = " ".join([*class_words(kept, asked, people=people, unit=unit), *_read_words(sample), CAUTION])
    return Fan(people, words, curve(sample, chosen, unit=unit))


def _no_fan(words: str, people: int = 0) -> Fan:
    return Fan(people, words, pd.DataFrame(columns=CURVE_COLUMNS))


@question("eventail", "Évolution parmi des parcours comparables")
def reference_fan(
    store: Store, *, person_key: int, unit: CountUnit = CountUnit.OFFENCES, with_void: bool = False
) -> pd.DataFrame:
    """One row per half-year at liberty since the first facts: quantiles of what the people of the class have counted by then.

    ``street_years``; ``low10`` to ``high90`` among the ``observed`` people, thirty at least; ``class_words``: who they are;
    ``n`` people in the class, the person left out. One row without numbers says why there is no fan.
    """
    path = read_path(store, person_key=person_key, with_void=with_void)
    found = fan(store, path, unit=unit)
    rows = found.curve if len(found.curve) else pd.DataFrame([{}], columns=CURVE_COLUMNS, dtype=float)
    return rows.assign(class_words=found.words, n=found.people)


def class_words(kept: Criteria, asked: Criteria, *, people: int, unit: CountUnit) -> list[str]:
    """Sentences: who the people are, how the fan reads, what was left out or is not known."""
    noun, pronoun = PEOPLE[None if kept.sex is None else Sex(kept.sex)]
    counted = f"{unit.label} depuis les premiers faits, selon le temps libre écoulé"
    return [
        f"Parmi {french_number(people)} {noun} {_shared(kept)} : {counted}.",
        f"Bande bleue foncée : la moitié d’entre {pronoun} ; bleue claire : huit sur dix ; trait fin : la médiane.",
        *_left_out(kept, asked),
        *(["Âge aux premiers faits inconnu : il n’est pas un critère."] if asked.ages is None else []),
        *(["Sexe non précisé : il n’est pas un critère."] if asked.sex is None else []),
    ]


def _shared(kept: Criteria) -> str:
    facts = "dont les premiers faits enregistrés"
    family = None if kept.family is None else lower_first(OffenceFamily(kept.family).label)
    if kept.ages is None:
        return f"{facts} sont de la famille « {family} »" if family else "ayant des faits enregistrés"
    return f"{facts} datent {kept.ages.words}" + (f" ({family})" if family else "")


def _left_out(kept: Criteria, asked: Criteria) -> list[str]:
    """The sentence that says the class was widened, if it was."""
    age = "l’âge" if kept.ages is None else "l’âge, sauf la majorité,"
    changes = (
        ("la famille des premiers faits", kept.family != asked.family),
        (age, kept.ages != asked.ages),
        ("le sexe", kept.sex != asked.sex),
    )
    found = " ni ".join(words for words, changed in changes if changed).removesuffix(",")
    return (
        [
            f"Classe élargie, sans regarder {found}, pour réunir au moins {FEWEST_PEOPLE} personnes observées assez longtemps."
        ]
        if found
        else []
    )


def _read_words(sample: Sample) -> list[str]:
    return [] if sample.one_in == 1 else [f"La base est grande : une personne sur {sample.one_in} y est lue."]


def too_few_words(people: int) -> str:
    """Why there is no fan in a small store."""
    held = {0: "aucune autre personne", 1: "une seule autre personne"}.get(people, f"{people} autres personnes")
    return (
        f"Pas de comparaison : la base compte {held} ayant des faits enregistrés, il en faut au moins {FEWEST_PEOPLE}."
    )
