"""What a table hides, in one sentence, and its cells: the number where it is shown, else the words in its place."""

from __future__ import annotations

import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, State
from frise_analysis.dates import french_number, plural

_QUARTILES = {"quarter": "Premier quartile (jours)", "median": "Médiane (jours)", "three_quarters": "Troisième quartile (jours)"}  # fmt: skip
_SHARES = {"share": "Part (%)", "low": "Borne basse (%)", "high": "Borne haute (%)"}


def hidden_note(*states: pd.Series) -> str:
    """How many cells are hidden, and why; nothing where none is."""
    found = pd.concat(states).astype(str)
    small, more = (int((found == x).sum()) for x in (State.SMALL, State.COMPLEMENTARY))
    if not small + more:
        return ""
    cells = plural(small + more, "case masquée", "cases masquées")
    if not more:
        return f"{cells} : moins de {THRESHOLD} personnes."
    if not small:
        return f"{cells}, pour qu’aucune différence n’en redonne une."
    return f"{cells} : {french_number(small)} de moins de {THRESHOLD} personnes, {french_number(more)} pour qu’aucune différence n’en redonne une."


def shown_or_text(values: pd.Series, texts: pd.Series) -> pd.Series:
    """The number where it is shown, the words written in its place where it is not."""
    pairs = zip(values.tolist(), texts.tolist(), strict=True)
    return pd.Series([text if pd.isna(value) else value for value, text in pairs], index=values.index, dtype=object)


def quartile_columns(found: pd.DataFrame) -> pd.DataFrame:
    """The twin of medians by measure: ``label``, ``measures``, ``text``, and the quartiles in days."""
    twin = pd.DataFrame({"Mesure": found["label"], "Mesures": shown_or_text(found["measures"], found["text"])})
    return twin.assign(**{head: found[column] for column, head in _QUARTILES.items()})


def share_columns(found: pd.DataFrame) -> dict[str, pd.Series]:
    """A share and its interval as columns of a twin, in hundredths."""
    return {head: (100 * found[column]).round(1) for column, head in _SHARES.items()}
