"""Merge categories that hold too few people, in an order declared beforehand, so that fewer cells need hiding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from frise_analysis.analysis.disclosure.counts import TOTAL, Counts
from frise_analysis.analysis.disclosure.threshold import THRESHOLD, checked_threshold


@dataclass(frozen=True)
class RollUp:
    """Categories of a dimension that may be merged ``into`` another.

    ``whole`` (bands of age): all together, as soon as one of them is too small. Otherwise (« Autres »): only those too small, joined by the next
    of the list, in its order, while all of them together still are.
    """

    dimension: str
    into: str
    labels: tuple[str, ...]
    whole: bool = False


def merged_labels(sizes: Mapping[str, int], rollup: RollUp, *, k: int = THRESHOLD) -> dict[str, str]:
    """New label of each category that is merged, from the number of people of every category; empty where none needs it."""
    present = [x for x in rollup.labels if x in sizes and x != rollup.into]
    small = [x for x in present if 0 < sizes[x] < checked_threshold(k)]
    people = sizes.get(rollup.into, 0) + sum(sizes[x] for x in small)
    if not small and not 0 < people < k:
        return {}
    if rollup.whole:
        return dict.fromkeys(present, rollup.into)
    merged = list(small)
    for label in (x for x in present if x not in small):
        if people >= k:
            break
        merged.append(label)
        people += sizes[label]
    return dict.fromkeys(merged, rollup.into)


def rolled_up(counts: Counts, rollups: Sequence[RollUp], *, k: int = THRESHOLD) -> Counts:
    """The same people with small categories merged, one roll-up after the other; margins are counted anew.

    A median cannot be merged: it is missing where categories were. Counting people again under ``merged_labels`` gives it.
    """
    for rollup in rollups:
        counts = _merged(counts, rollup, merged_labels(_sizes(counts, rollup.dimension), rollup, k=k))
    return counts


def _sizes(counts: Counts, dimension: str) -> dict[str, int]:
    axis = counts.dimensions.index(dimension)
    cube = counts.cube(counts.count)
    margin = cube[tuple(slice(None) if x == axis else -1 for x in range(cube.ndim))]
    return {label: int(n) for label, n in zip(counts.labels[axis], margin, strict=True) if label != TOTAL}


def _merged(counts: Counts, rollup: RollUp, labels: Mapping[str, str]) -> Counts:
    if not labels:
        return counts
    names, cells = list(counts.dimensions), counts.cells.copy()
    cells[rollup.dimension] = cells[rollup.dimension].astype(str).replace(dict(labels))
    grouped = cells.groupby(names, sort=False)
    alone = (grouped.size() == 1).to_numpy()
    rows = grouped[[counts.count, *counts.other_counts]].sum()
    for name in counts.measures:
        rows[name] = grouped[name].first().where(alone)
    return replace(counts, cells=rows.reset_index(), impossible=_still_impossible(counts, rollup, labels))


def _still_impossible(counts: Counts, rollup: RollUp, labels: Mapping[str, str]) -> frozenset[tuple[str, ...]]:
    """Crossings of which every merged part was impossible."""
    axis = counts.dimensions.index(rollup.dimension)
    crossings = counts.crossings()
    inner = crossings[(crossings != TOTAL).all(axis=1)].itertuples(index=False, name=None)

    def renamed(cell: tuple[str, ...]) -> tuple[str, ...]:
        return (*cell[:axis], labels.get(cell[axis], cell[axis]), *cell[axis + 1 :])

    can = {renamed(cell) for cell in inner if cell not in counts.impossible}
    return frozenset(renamed(cell) for cell in counts.impossible) - can
