"""French figures published elsewhere, beside which a service may read its own: never the same people, nor the same thing counted."""

from __future__ import annotations

from importlib import resources

import pandas as pd

from frise_analysis.analysis.registry import question
from frise_analysis.store.engine import Store

FIGURE_COLUMNS = ["label", "population", "year", "horizon_months", "share", "source", "difference"]
CAUTION = (
    "Ces chiffres ne sont ni une norme ni un objectif. Ici : mesures du service, faits enregistrés et déjà jugés, depuis le début ou la fin d’une mesure, hors période "
    "non consolidée, faits et détentions connus de cette base seule."
)


@question("service-chiffres-publies", "Chiffres français publiés, et pourquoi ils diffèrent de ceux du service")
def published_figures(store: Store) -> pd.DataFrame:
    """One row per published figure, by horizon: ``share`` (0 to 1) of a ``population`` of a ``year`` within ``horizon_months``.

    ``label``: what is counted, in the words of the source; ``source``; ``difference``: a French sentence on why it is not to be read as the store's own.
    The store changes nothing of them.
    """
    del store
    return read_figures()[FIGURE_COLUMNS]


def read_figures() -> pd.DataFrame:
    """One row per figure of ``published_figures.csv``, with ``indicator``, its name in the list of reference figures."""
    with (resources.files(__package__) / "published_figures.csv").open(encoding="utf-8") as file:
        table = pd.read_csv(file, dtype={"year": str})
    ordered = table.sort_values(["horizon_months", "population"], kind="stable", ignore_index=True)
    return ordered.assign(share=ordered["value"] / 100)
