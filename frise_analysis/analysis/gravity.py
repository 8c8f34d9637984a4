"""What the law allowed for the facts of each date, over time: the maximum provided, else their nature; never a weight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import pandas as pd

from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.words import label_of
from frise_analysis.dates import DAYS_PER_YEAR, known_date, months_in_words
from frise_analysis.vocabulary import Lane, OffenceNature

#: How the contract writes life imprisonment, in years.
LIFE = 99
#: CP 111-1, from the gravest.
NATURES = (OffenceNature.CRIME, OffenceNature.DELIT, OffenceNature.CONTRAVENTION)


@question("gravite", "Peine encourue, date par date")
def gravity(path: PersonPath) -> pd.DataFrame:
    """One row per date of facts: the longest sentence provided for an offence of that day, and the gravest nature.

    ``max_years`` as the record or the NATINF code gives it (99: life; none where it is not known), without récidive nor
    other aggravation; ``unknown``: offences of that day without one; ``record_ids`` in order.
    """
    columns = ["date", "street_years", "max_years", "nature", "unknown", "record_ids", "words"]
    days = groupby(path.lane(Lane.FACTS), key=lambda r: r.start_date)
    return pd.DataFrame([_row(path, day, tuple(records)) for day, records in days], columns=columns)


def _row(path: PersonPath, day: date, records: Sequence[Record]) -> tuple[object, ...]:
    known = [r.amount for r in records if r.amount is not None]
    longest, nature = max(known, default=None), gravest(records)
    unknown, ids = len(records) - len(known), " ".join(r.record_id for r in records)
    when = known_date(day, path.precision(day))
    told = f"{when} : {words(longest, nature, number=len(records), unknown=unknown)}"
    return day, path.clock.days(day) / DAYS_PER_YEAR, longest, nature, unknown, ids, told


def gravest(records: Sequence[Record]) -> str | None:
    """Crime before délit before contravention; none where no nature is known."""
    found = {r.detail for r in records}
    return next((nature.value for nature in NATURES if nature in found), None)


def words(longest: float | None, nature: str | None, *, number: int, unknown: int) -> str:
    """``délit, 5 ans encourus``."""
    kind = label_of(OffenceNature, nature) or "nature inconnue"
    rest = f" (maximum inconnu pour {unknown} sur {number})" if longest is not None and unknown else ""
    return f"{kind}, {_maximum(longest)}{rest}"


def _maximum(years: float | None) -> str:
    if years is None:
        return "maximum encouru inconnu"
    if years >= LIFE:
        return "réclusion à perpétuité encourue"
    if not years:
        return "pas de privation de liberté encourue"
    months = round(12 * years)
    return f"{months_in_words(months)} {'encouru' if months in {1, 12} else 'encourus'}"
