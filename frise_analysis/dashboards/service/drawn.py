"""A figure with its picture: rows that show something are drawn, the others are named under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any

import pandas as pd

from frise_analysis.analysis.words import lower_first
from frise_analysis.charts.service_bars import bars_specification
from frise_analysis.charts.service_quartiles import AXIS, DAYS, quartiles_specification
from frise_analysis.charts.service_shares import shares_specification
from frise_analysis.dashboards.service.figures import Figure
from frise_analysis.dashboards.service.number_words import IN_DAYS, range_words, share_words

NOTHING = "Trop peu de personnes pour montrer un nombre."
NONE = "Aucun enregistrement à compter avec ces filtres."
RANGE_WORDS = "Point : médiane ; trait : du premier au troisième quartile."
SAME = "Médiane et quartiles de chaque ligne qui a assez de personnes : {words}."
SHARE_WORDS = "Point : part ; trait : intervalle à 95 %."


def with_bars(figure: Figure, found: pd.DataFrame) -> Figure:
    """Bars: rows of ``label``, ``value``, ``before`` (missing where hidden), ``text``, ``words``.

    A row without number is drawn for the tick of the year before alone; where nobody is counted on either day, nothing is.
    """
    before = found["before"].astype(float).fillna(0) > 0
    shown = found["value"].notna() | before
    if not (before | (found["value"].astype(float).fillna(0) > 0)).any():
        shown = shown & False
    return _with(figure, found, shown, draw=bars_specification)


def with_quartiles(figure: Figure, found: pd.DataFrame, *, unit: str = DAYS) -> Figure:
    """Medians and quartiles: rows of ``label``, the quartiles in days, ``text``."""
    rows = found.to_dict("records")
    ends = found[["quarter", "median", "three_quarters"]].astype(float).dropna().to_numpy()
    if ends.size and ends.min() == ends.max():
        # A column of dots under one another is no picture.
        return figure.saying(SAME.format(words=range_words(float(ends.min()))))
    # Where the axis is in days, « 2 mois » for 84 of them would be read as an error.
    in_days = inf if unit == DAYS else IN_DAYS
    told = found.assign(
        text=[range_words(x["median"], in_days=in_days) for x in rows],
        words=[
            f"{x['label']} : {range_words(x['median'], x['quarter'], x['three_quarters'], in_days=in_days)}"
            for x in rows
        ],
    )
    drawn = _with(figure, told, told["median"].notna(), draw=lambda x, title: quartiles_specification(x, title=title, unit=unit), say=RANGE_WORDS)  # fmt: skip
    return replace(drawn, height=drawn.height + AXIS)


def with_shares(figure: Figure, found: pd.DataFrame) -> Figure:
    """Shares with their interval: rows of ``label``, ``share``, ``low``, ``high``."""
    rows = found.to_dict("records")
    told = found.assign(
        text=[share_words(x["share"]) for x in rows],
        words=[f"{x['label']} : {share_words(x['share'], x['low'], x['high'])}" for x in rows],
    )
    drawn = _with(figure, told, told["share"].notna(), draw=shares_specification, say=SHARE_WORDS)
    return replace(drawn, height=drawn.height + AXIS)


def _with(
    figure: Figure, found: pd.DataFrame, shown: pd.Series, *, draw: Callable[..., dict[str, Any]], say: str = ""
) -> Figure:
    rows = found[shown.astype(bool)]
    if rows.empty:
        return replace(figure, words=(*figure.words, NOTHING if figure.note else NONE))
    left = [lower_first(str(x)) for x in found.loc[~shown.astype(bool), "label"]]
    # Some names hold a comma.
    note = f"{figure.note} Sans nombre à montrer : {' ; '.join(left)}.".strip() if left else figure.note
    words = (*figure.words, say) if say else figure.words
    chart = draw(rows, title=figure.title)
    return replace(figure, words=words, note=note, chart=chart, height=chart["height"])
