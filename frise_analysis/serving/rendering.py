"""A notebook turned into a page: run cell by cell, an error becoming a sentence."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError
from nbconvert.preprocessors import ClearOutputPreprocessor
from voila.notebook_renderer import NotebookRenderer

log = logging.getLogger("frise.serving")
#: Errors whose text was written to be read by the person; any other text may hold a value of the records.
SPEAKING_ERRORS = frozenset({"StoreUnusable", "UnreadableInput"})
UNFORESEEN = (
    "Une partie de cette page n’a pas pu être préparée. Rechargez la page ; si cela se reproduit, notez l’heure "
    "et le nom de l’écran, puis transmettez-les à la personne qui administre Frise."
)


class ScreenRenderer(NotebookRenderer):  # type: ignore[misc]
    """Voilà's renderer with errors told in French and logged without any value."""

    async def _jinja_cell_generator(self, nb: Any, kernel_id: str) -> AsyncIterator[Any]:
        del kernel_id
        nb = _cleared(nb)
        for position, cell in enumerate(nb.cells):
            failed = await self._run(cell, position)
            yield cell
            if failed:
                break
        await self._cleanup_resources()

    async def _run(self, cell: Any, position: int) -> bool:
        try:
            await self.executor.execute_cell(cell, None, position, store_history=False)
        except Exception as error:  # noqa: BLE001 - whatever a cell raises is told, and its text never logged
            name = error.ename if isinstance(error, CellExecutionError) else type(error).__name__
            log.error(  # noqa: TRY400 - a traceback quotes values
                "%s, cellule %d : %s", self.notebook_path, position + 1, name
            )
            cell.outputs = [_told(error)]
            return True
        return False


def _cleared(nb: Any) -> Any:
    clear: Any = ClearOutputPreprocessor
    return clear().preprocess(nb, {})[0]


def _told(error: Exception) -> Any:
    new_output: Any = nbformat.v4.new_output
    return new_output("error", ename="", evalue=sentence_of(error), traceback=[])


def sentence_of(error: Exception) -> str:
    """What the person reads instead of a traceback."""
    if isinstance(error, CellExecutionError) and error.ename in SPEAKING_ERRORS:
        return str(error.evalue)
    return UNFORESEEN
