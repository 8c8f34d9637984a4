"""How many kinds of offences a record holds, beside the most it could hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.trajectory import offence_types
from frise_analysis.dates import french_number, plural
from frise_analysis.vocabulary import ONE_COUNTED, SENTENCES, CountUnit, OffenceFamily

#: Under this number, what is counted is too few for a diversity.
FEWEST_COUNTED = 4
NUMBERS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix"}


@dataclass(frozen=True)
class Diversity:
    """Chance that two offences drawn with replacement differ (``value``), its largest value for as many, and without replacement."""

    count: int
    families: int
    value: float
    largest: float
    unbiased: float | None
    main_share: float


def diversity(counts: Sequence[int], *, kinds: int = len(OffenceFamily)) -> Diversity | None:
    """Gini-Simpson (Simpson 1949; in criminology Sullivan et al. 2006); none where nothing is counted.

    ``largest`` is that of ``count`` things spread as evenly as whole numbers can over ``kinds`` kinds: 1 - 1/n where n < K.
    """
    total = sum(counts)
    if not total:
        return None
    value = 1 - sum(n * n for n in counts) / total**2
    unbiased = 1 - sum(n * (n - 1) for n in counts) / (total * (total - 1)) if total > 1 else None
    return Diversity(total, sum(n > 0 for n in counts), value, _largest(total, kinds), unbiased, max(counts) / total)


def _largest(total: int, kinds: int) -> float:
    each, more = divmod(total, kinds)
    return 1 - (more * (each + 1) ** 2 + (kinds - more) * each**2) / total**2


@question("diversite", "Diversité des infractions")
def offence_diversity(path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> pd.DataFrame:
    """One row: ``diversity`` of families, its ``largest`` value for that ``count``, ``unbiased`` form, share of the main family.

    Nothing of these under four. Families that tie for the first place are all in ``main_family``. ``unclassified``: how many of the count are in the last family, which gathers the rest.
    A date or a conviction counts once in each of its families. Empty where nothing is counted.
    """
    columns = ["count", "families", "diversity", "largest", "unbiased", "main_family", "main_share", "unclassified", "words"]  # fmt: skip
    table = offence_types(path, unit=unit)
    found = diversity(table["count"].tolist())
    if found is None:
        return pd.DataFrame(columns=columns)
    rest = int(table.loc[table["family"] == OffenceFamily.AUTRE, "count"].sum())
    main, enough = " ; ".join(leading(table)), found.count >= FEWEST_COUNTED
    values = (found.value, found.largest, found.unbiased, main, found.main_share) if enough else (None,) * 5
    row = (found.count, found.families, *values, rest, words(found, most_frequent(table), unit=unit, rest=rest))
    return pd.DataFrame([row], columns=columns)


def leading(table: pd.DataFrame) -> list[str]:
    """The most frequent family of a table of ``offence_types``, or those that tie."""
    return [str(name) for name in table["family_label"][table["count"] == table["count"].max()]]


def most_frequent(table: pd.DataFrame) -> str:
    """``la plus fréquente : Vols, recel (40 %)``; ``trois familles à égalité (25 % chacune)`` where no one comes first."""
    first = leading(table)
    share = f"{round(100 * int(table['count'].max()) / int(table['count'].sum()))} %"
    if len(first) == 1:
        return f"la plus fréquente : {first[0]} ({share})"
    return f"{NUMBERS.get(len(first), str(len(first)))} familles à égalité ({share} chacune)"


def words(found: Diversity, main: str, *, unit: CountUnit, rest: int) -> str:
    """The same as a sentence."""
    counted = plural(found.count, ONE_COUNTED[unit], unit.label)
    held = f"{counted} dans {plural(found.families, 'famille')}"
    if found.count < FEWEST_COUNTED:
        return f"{held}. {SENTENCES.cannot_conclude}"
    value, largest = (french_number(x, 2) for x in (found.value, found.largest))
    doubt = f" Dont {rest} en « {OffenceFamily.AUTRE.label} », qui peuvent différer entre elles." if rest > 1 else ""
    return f"{held} ; {main}. Diversité {value}, sur {largest} au plus pour ce nombre.{doubt}"
