"""Who came and who left between two days, as tables that add up: followed or not at the beginning, followed or not at the end."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL, Counts, Published, State, publish
from frise_analysis.analysis.disclosure.published import cell_text
from frise_analysis.analysis.service.prepared import Selection

Cell = tuple[int | None, State, str]
_YES, _NO = "suivies", "non suivies"
_MASKED: Cell = (None, State.COMPLEMENTARY, "masqué")


@dataclass(frozen=True)
class Flow:
    """What may be shown of the people followed after one day and until another. Each cell: people, state, text."""

    after: date
    until: date
    before: Cell
    later: Cell
    entries: Cell
    exits: Cell
    person_days: int | None

    def hidden(self) -> Flow:
        """The same with nothing said of who came and left."""
        return replace(self, entries=_MASKED, exits=_MASKED, person_days=None)

    @property
    def shows_moves(self) -> bool:
        """Whether entries and exits are both shown."""
        return self.entries[1] is State.SHOWN and self.exits[1] is State.SHOWN


def read_flows(chosen: Selection, days: Sequence[date]) -> pd.DataFrame:
    """One row per time between two following days, as ``service_flows.sql`` says."""
    chosen.followed_spells()
    return chosen.rows("service_flows", days=list(days))


def published_flows(rows: pd.DataFrame, *, k: int) -> list[Flow]:
    """What may be shown of each time, in order.

    Each is a table of two by two whose margins are the people followed at both ends, the entries and the exits, bound by
    later = before + entries - exits. Where the table may not show one of the four, entries and exits are hidden together: the number of
    people followed, shown by itself where it is large enough, then gives neither back.
    """
    return [_published(row, k) for row in rows.astype(object).to_dict("records")]


def _published(row: Mapping[Hashable, object], k: int) -> Flow:
    came, gone, passed, before, later = (
        int(str(row[x])) for x in ("came", "gone", "passed", "people_before", "people_after")
    )
    entries, exits = _moves(came, gone, passed, before, k)
    days = [pd.Timestamp(str(row[x])).date() for x in ("after", "until")]
    flow = Flow(days[0], days[1], _stock(before, k), _stock(later, k), entries, exits, int(str(row["person_days"])))
    return flow if flow.shows_moves else flow.hidden()


@lru_cache(maxsize=512)
def _moves(came: int, gone: int, passed: int, before: int, k: int) -> tuple[Cell, Cell]:
    """Entries and exits, both hidden unless the table shows its four margins. A page asks the same months again: answers are kept."""
    margins = (before, before - gone + came, came + passed, gone + passed)
    if any(0 < n < k for n in margins):
        return _MASKED, _MASKED
    inner = [(_YES, _YES, before - gone), (_YES, _NO, gone), (_NO, _YES, came), (_NO, _NO, passed)]
    published = publish(Counts(pd.DataFrame(inner, columns=["before", "later", "people"]), ("before", "later")), k=k)
    found = [_cell(published, *x) for x in ((_NO, TOTAL), (TOTAL, _NO), (_YES, TOTAL), (TOTAL, _YES))]
    return (found[0], found[1]) if all(x[1] is State.SHOWN for x in found) else (_MASKED, _MASKED)


def _stock(people: int, k: int) -> Cell:
    state = State.SMALL if 0 < people < k else State.SHOWN
    return (people if state is State.SHOWN else None), state, cell_text(people, state, k)


def _cell(published: Published, before: str, later: str) -> Cell:
    """People followed before or later, or not: a margin. A table withheld hides it as any other."""
    cells = published.cells
    row = cells[(cells["before"] == before) & (cells["later"] == later)].iloc[0]
    people = row["people"]
    return (None if pd.isna(people) else int(people)), State(row["state"]), str(row["text"])
