"""Who came and who left between two days, as tables that add up: followed or not at the beginning, followed or not at the end."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL, Counts, Published, State, publish
from frise_analysis.analysis.disclosure.nested import Beside, Face, few_apart
from frise_analysis.analysis.disclosure.published import cell_text
from frise_analysis.analysis.service.nested_views import protected_table
from frise_analysis.analysis.service.prepared import Selection, prepared
from frise_analysis.analysis.service.selection import ServiceFilters

Cell = tuple[int | None, State, str]
_BEFORE, _LATER, _CAME, _GONE = "before", "later", "came", "gone"
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

    def masked(self, figures: AbstractSet[str]) -> Flow:
        """The same without the people at either end that are among ``figures``, nor the moves where any is."""
        kept = replace(
            self,
            before=_MASKED if _BEFORE in figures else self.before,
            later=_MASKED if _LATER in figures else self.later,
        )
        return kept.hidden() if figures else kept

    @property
    def shows_moves(self) -> bool:
        """Whether entries and exits are both shown."""
        return self.entries[1] is State.SHOWN and self.exits[1] is State.SHOWN


def read_flows(chosen: Selection, days: Sequence[date]) -> pd.DataFrame:
    """One row per time between two following days, as ``service_flows.sql`` says."""
    chosen.followed_spells()
    return chosen.rows("service_flows", days=list(days))


def protected_flows(chosen: Selection, days: Callable[[Selection], Sequence[date]], *, name: str, k: int) -> list[Flow]:
    """What may be shown of the times between the ``days`` of these filters, beside the same times with fewer of them."""

    def publish_beside(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[list[Flow], Face]:
        selection = prepared(chosen.store, wanted, k=k)
        rows = read_flows(selection, days(selection))
        own = Face(_numbers(rows), frozenset())
        told = {cell for other in beside for cell in few_apart(own, other, k=k)}
        flows = [
            x.masked({figure for until, figure in told if until == x.until.isoformat()})
            for x in published_flows(rows, k=k)
        ]
        return flows, replace(own, hidden=frozenset(told | _hidden(flows)))

    return protected_table(
        chosen.store, chosen.filters, name=("flows", name, k), publish=publish_beside, over_period=False
    )


def _numbers(rows: pd.DataFrame) -> dict[tuple[str, ...], int]:
    """People at both ends and both moves of each time, by its last day."""
    moves = {
        _BEFORE: rows["people_before"],
        _LATER: rows["people_after"],
        _CAME: rows["came"] + rows["passed"],
        _GONE: rows["gone"] + rows["passed"],
    }
    days = pd.to_datetime(rows["until"]).dt.date
    return {
        (day.isoformat(), figure): int(n)
        for figure, numbers in moves.items()
        for day, n in zip(days, numbers, strict=True)
    }


def _hidden(flows: Sequence[Flow]) -> set[tuple[str, ...]]:
    shown = {_BEFORE: "before", _LATER: "later", _CAME: "entries", _GONE: "exits"}
    return {
        (x.until.isoformat(), figure)
        for x in flows
        for figure, name in shown.items()
        if getattr(x, name)[1] is not State.SHOWN
    }


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
