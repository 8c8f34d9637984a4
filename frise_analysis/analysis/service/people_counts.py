"""Different people in groups of rows, counted in one pass whatever the groups."""

from __future__ import annotations

import numpy as np
import pandas as pd

from frise_analysis.analysis.survival.followed import Integers


def distinct_by_group(person: pd.Series | Integers, codes: Integers, *, number: int) -> Integers:
    """How many different people in each of ``number`` groups of rows; ``codes``: the group of each row, from 0.

    ``person``: ``person_key``, small whole numbers. One place is kept per group and person: for tens of groups, not for hundreds.
    """
    keys = np.asarray(person)
    seen = np.zeros((number, int(keys.max(initial=0)) + 1), dtype=bool)
    seen[codes, keys] = True
    return np.asarray(np.count_nonzero(seen, axis=1), dtype=np.int64)


def coded(column: pd.Series) -> tuple[Integers, list[str | None]]:
    """Place of the category of each row, and the categories, the first for a missing one."""
    kinds = column.astype("category").cat
    return kinds.codes.to_numpy().astype(np.int64) + 1, [None, *map(str, kinds.categories)]
