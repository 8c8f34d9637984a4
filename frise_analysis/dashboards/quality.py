"""The panel of what is to be checked in a record: contradictions, then gaps, each with what would settle it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from frise_analysis.analysis.data_quality.answers import doubts
from frise_analysis.analysis.data_quality.doubts import Doubt, DoubtState
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.dashboards.panel import Panel
from frise_analysis.dates import plural
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import CountUnit

#: Doubts of one rule are shown one by one up to this number; the others are one click away.
MOST_SHOWN = 6
CAUTION = (
    "Un dossier réunit plusieurs sources, tenues pour d’autres usages : leurs écarts sont ordinaires. Ils ne disent rien de la "
    "personne, ni de qui a saisi. Chaque ligne montre sur la frise les enregistrements concernés, et dit ce qui trancherait."
)
NO_CONTRADICTION = "Aucune contradiction relevée"
_HEADINGS = {DoubtState.CONTRADICTION: "Contradictions", DoubtState.GAP: "Manques"}


@dataclass(frozen=True)
class Group:
    """The doubts that one rule raises: those shown, and those one click away."""

    title: str
    settled_by: str
    shown: tuple[Doubt, ...]
    further: tuple[Doubt, ...] = ()

    @property
    def more(self) -> str:
        """How many are one click away."""
        return plural(len(self.further), "autre")


@dataclass(frozen=True)
class Part:
    """The contradictions, or the gaps."""

    heading: str
    groups: tuple[Group, ...]

    @property
    def number(self) -> int:
        """How many doubts."""
        return sum(len(group.shown) + len(group.further) for group in self.groups)


def write(store: Store, path: PersonPath, *, unit: CountUnit) -> Panel:  # noqa: ARG001 -- every panel is written this way
    """The panel of one person. Nothing in it is counted under a unit: a doubt is about records."""
    from frise_analysis.dashboards.rendering import environment  # noqa: PLC0415 -- the page of panels imports this one

    found = doubts(store, path)
    page = environment().get_template("quality.html")
    return Panel(page.render(caution=CAUTION, sentence=counted(found), parts=parts(found)))


def counted(found: Iterable[Doubt]) -> str:
    """One sentence: how many contradictions, how many gaps."""
    states = [doubt.state for doubt in found]
    contradictions, gaps = states.count(DoubtState.CONTRADICTION), states.count(DoubtState.GAP)
    first = plural(contradictions, "contradiction relevée", "contradictions relevées")
    return f"{first if contradictions else NO_CONTRADICTION} ; {plural(gaps, 'manque') if gaps else 'aucun manque'}."


def parts(found: Iterable[Doubt]) -> tuple[Part, ...]:
    """The lists to show, contradictions first; none where there is nothing to say."""
    by_state = {state: [doubt for doubt in found if doubt.state == state] for state in _HEADINGS}
    return tuple(Part(_HEADINGS[state], groups(x)) for state, x in by_state.items() if x)


def groups(found: Iterable[Doubt]) -> tuple[Group, ...]:
    """Doubts by rule, in the order in which they come; what settles them is said once where it is the same."""
    return tuple(
        Group(same[0].title, same[0].settled_by, tuple(same[:MOST_SHOWN]), tuple(same[MOST_SHOWN:]))
        for same in (list(x) for _, x in groupby(found, key=lambda doubt: (doubt.code, doubt.settled_by)))
    )
