"""Published examples of tables that give back what they hide: the audit finds it, and ``publish`` does not repeat it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from frise_analysis.analysis.disclosure import TOTAL, Counts, State, Zeros, audit, publication, publish
from frise_analysis.analysis.disclosure.attack import Knowledge, sums

#: Fischetti and Salazar-González, « Solving the Cell Suppression Problem on Tabular Data with Linear Constraints », Management Science 47
#: (2001): amounts by activity (rows) and region (columns), totals last. Hidden: II and III in A and C.
AMOUNTS = np.array([[20, 50, 10, 80], [8, 19, 22, 49], [17, 32, 12, 61], [45, 101, 44, 190]], dtype=float)
#: Ø. Langsrud, « The problem of singletons and zeros », vignette of the R package easySdcTable (Statistics Norway): counts by row and
#: column, where 1 to 3 are hidden and zeros shown, « it is easy to reveal » that the cells of the first row hold 1.
SINGLETONS = {"data1a": ([0, 1, 7, 1, 0], [2, 0, 0, 2, 8]), "data1b": ([1, 1, 7, 1, 0], [1, 0, 0, 2, 8])}
#: easySdcTable, introduction: the table z2w, people by region (A to K) and kind of support.
SUPPORT = [
    (11, 11, 55, 36), (7, 1, 29, 18), (5, 8, 35, 25), (13, 2, 17, 13), (9, 14, 63, 52), (12, 9, 24, 22),
    (6, 4, 22, 8), (9, 3, 38, 15), (3, 0, 9, 2), (9, 0, 32, 20), (4, 2, 18, 11),
]  # fmt: skip


def counts_of(rows) -> Counts:
    cells = [(f"r{i}", f"c{j}", n) for i, row in enumerate(rows) for j, n in enumerate(row)]
    return Counts(pd.DataFrame(cells, columns=["row", "column", "people"]), ("row", "column"))


def test_interval_of_a_sensitive_amount() -> None:
    """Activity II in region C, 22, is known to lie between 5 and 30, its companions between 0 and 25, 0 and 25, 4 and 29 (by hand too)."""
    hidden = np.zeros(AMOUNTS.shape, dtype=bool)
    hidden[1:3, [0, 2]] = True
    low, high = np.where(hidden, 0, AMOUNTS).ravel(), np.where(hidden, 1000, AMOUNTS).ravel()
    found = Knowledge(low, high, sums(AMOUNTS.shape)).bounds(np.flatnonzero(hidden))
    assert [[0, 5, 0, 4], [25, 30, 25, 29]] == [x.tolist() for x in found]


@pytest.mark.parametrize("name", SINGLETONS)
def test_singletons_are_given_back(name: str) -> None:
    """Hiding 1 to 3 and nothing else gives back the ones of the first row; ``publish`` leaves three values to each at its floor."""
    counts = counts_of(SINGLETONS[name])
    people = counts.cube("people").ravel()
    states = [State.SMALL if 0 < x < 4 else State.SHOWN for x in people]
    naive = audit(publication._written(counts, states, k=4, zeros=Zeros.SHOWN))
    first = naive[(naive["row"] == "r0") & (naive["column"] != TOTAL)]
    assert {(1, 1)} == set(zip(first["low"], first["high"], strict=True))
    published = publish(counts, k=5)
    small = audit(published).query("state == 'hidden_small'")
    assert (small["high"] - small["low"] >= 2).all()


def test_a_published_table_keeps_its_totals() -> None:
    """Norway's table under a threshold of 5: every total stays shown, no small cell under four values, few cells hidden."""
    published = publish(counts_of(SUPPORT), k=5)
    cells = published.cells
    assert cells[(cells["row"] == TOTAL) | (cells["column"] == TOTAL)]["people"].notna().all()
    small = audit(published).query("state == 'hidden_small'")
    assert 8 == len(small)
    assert (small["high"] - small["low"] >= 3).all()
    assert (cells["state"] == State.COMPLEMENTARY).sum() <= 2 * len(small)
