"""A table of numbers that grows: rows are added in batches and changed in place."""

from __future__ import annotations

import numpy as np

from frise_analysis.simulation.draws import Array


class Ledger:
    """Columns of whole numbers with a default each; a row is named by its position."""

    def __init__(self, **defaults: int) -> None:
        self._defaults = defaults
        self._size = 0
        self._columns = {name: np.full(1024, value, dtype=np.int64) for name, value in defaults.items()}

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, name: str) -> Array:
        """One column, as a view that can be written to."""
        return self._columns[name][: self._size]

    def append(self, **values: Array) -> Array:
        """Add rows (columns left out take their default) and return their positions."""
        count = len(next(iter(values.values())))
        positions = np.arange(self._size, self._size + count)
        self._reserve(self._size + count)
        self._size += count
        for name, column in values.items():
            self._columns[name][positions] = column
        return positions

    def _reserve(self, size: int) -> None:
        for name, column in self._columns.items():
            if size > len(column):
                larger = np.full(max(size, 2 * len(column)), self._defaults[name], dtype=np.int64)
                larger[: self._size] = column[: self._size]
                self._columns[name] = larger

    def columns(self) -> dict[str, Array]:
        """All columns, as copies."""
        return {name: self[name].copy() for name in self._columns}
