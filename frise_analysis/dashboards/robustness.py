"""The panel of the choices of counting: boxes to tick, and what a few indicators become. The browser alone changes it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from frise_analysis.analysis.counting_choices import choices_of
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.robustness import INDICATORS, moved, robustness, spread_words
from frise_analysis.charts.robustness import robustness_specification
from frise_analysis.dashboards.panel import Panel
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import SENTENCES, CountUnit, Lane

AS_IT_IS = "Aucun choix coché : les deux colonnes disent ce que montre l’écran."


def write(store: Store, path: PersonPath, *, unit: CountUnit) -> Panel:  # noqa: ARG001 -- every panel is written this way
    """The panel of one person, counted under one unit."""
    from frise_analysis.dashboards.rendering import environment  # noqa: PLC0415 -- the page of panels imports this one

    page = environment().get_template("robustness.html")
    if path.first_facts is None:
        return Panel(page.render(nothing=SENTENCES.nothing_recorded))
    table = robustness(path, unit=unit)
    html = page.render(
        unit=unit.label,
        choices=choices_of(path, unit=unit),
        waiting=sum(record.second_date is None for record in path.lane(Lane.FACTS)),
        told=AS_IT_IS,
        rows=indicator_rows(table),
        values=combination_values(table),
    )
    return Panel(html, {"robustness": robustness_specification(table)})


def indicator_rows(table: pd.DataFrame) -> list[dict[str, str]]:
    """One row per indicator: its name, its words on the screen, and from where to where it goes."""
    return [
        {
            "indicator": str(code),
            "label": str(rows["indicator_label"].iloc[0]),
            "words": str(rows["words"].iloc[0]),
            "spread": spread_words(rows),
        }
        for code, rows in table.groupby("indicator", sort=False)
    ]


def combination_values(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """By combination of choices: the words of each indicator, those that say something else than the screen, and the sentence."""
    found = table.assign(moved=moved(table)).groupby("choices", sort=False)
    return {str(choices): _values(rows, screen=not choices) for choices, rows in found}


def _values(rows: pd.DataFrame, *, screen: bool) -> dict[str, Any]:
    codes = rows.loc[rows["moved"], "indicator"].tolist()
    told = AS_IT_IS if screen else moved_words(len(codes))
    return {"cells": dict(zip(rows["indicator"], rows["words"], strict=True)), "moved": codes, "told": told}


def moved_words(number: int) -> str:
    """How many indicators say something else than the screen."""
    if not number:
        return f"Aucun des {len(INDICATORS)} indicateurs ne bouge."
    return f"{number} {'indicateur' if number == 1 else 'indicateurs'} sur {len(INDICATORS)} {'bouge' if number == 1 else 'bougent'}."
