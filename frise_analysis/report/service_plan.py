"""What the report of a service holds, in order: which questions, their tables, and the columns of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL, State
from frise_analysis.analysis.service import Breakdown
from frise_analysis.analysis.service.outcomes import End
from frise_analysis.analysis.words import upper_first
from frise_analysis.report.service_tables import NOT_APPLICABLE, Column, Kind

Shape = Callable[[pd.DataFrame], pd.DataFrame]
#: A year before, and the period before: what stands beside a number.
BEFORE = "Un an avant"
LOW, HIGH = "De (95\N{NO-BREAK SPACE}%)", "à (95\N{NO-BREAK SPACE}%)"


def _unchanged(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


@dataclass(frozen=True)
class Planned:
    """One table of the answer to a question: ``shape`` lays the published frame out, and computes nothing; ``reading`` is said under its chart."""

    name: str
    heading: str
    sheet: str
    columns: tuple[Column, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    shape: Shape = _unchanged
    reading: str = ""
    printed: bool = True


@dataclass(frozen=True)
class Planning:
    """One question, as ``frise table`` names it, and its tables."""

    question: str
    tables: tuple[Planned, ...]


def _label(head: str) -> Column:
    return Column(head, Kind.TEXT, "label", states=())


def _count(head: str, name: str, text: str = "text", state: str = "state", missing: str = NOT_APPLICABLE) -> Column:
    return Column(head, Kind.COUNT, name, text, (state,), missing)


def _share(head: str, name: str, *states: str) -> Column:
    return Column(head, Kind.SHARE, name, states=states, missing=NOT_APPLICABLE)


_QUARTILES = (
    Column("Premier quart (jours)", Kind.DAYS, "quarter"),
    Column("Médiane (jours)", Kind.DAYS, "median"),
    Column("Trois quarts (jours)", Kind.DAYS, "three_quarters"),
)
_CHANGE = Column("Écart", Kind.CHANGE, "change", "change_text", ("state", "state_before"))
_BEFORE = _count(BEFORE, "people_before", "text_before", "state_before")
_FIGURES = (
    _label("Chiffre"), _count("Nombre", "people"), _count("Un an avant, ou période d’avant", "people_before", "text_before", "state_before"),
    _CHANGE, Column("Ce qui est compté", Kind.TEXT, "definition", states=()),
)  # fmt: skip
_FLOWS = (
    Column("Mois", Kind.MONTH, "until", states=()), _count("Suivies à la fin du mois", "people"),
    _count("Entrées", "entries", "entries_text", "moves_state"), _count("Sorties", "exits", "exits_text", "moves_state"),
    Column("Entrées pour 100 années de suivi", Kind.RATE, "entry_rate", states=("moves_state",), missing=NOT_APPLICABLE),
    Column("Sorties pour 100 années de suivi", Kind.RATE, "exit_rate", states=("moves_state",), missing=NOT_APPLICABLE),
)  # fmt: skip
_LEGAL = (
    _label("Délai"), Column("Jours", Kind.DAYS, "limit_days", states=(), missing=NOT_APPLICABLE), _count("Mesures", "measures"),
    _count("Dans le délai", "within", "within_text", "within_state"),
    *(_share(head, name, "state", "within_state") for head, name in (("Part", "share"), (LOW, "low"), (HIGH, "high"))),
)  # fmt: skip
_OBLIGATIONS = (
    _label("Obligation"), _count("Personnes", "people"),
    _count("Avec un manquement qui peut la concerner", "breached", "breached_text", "breached_state"),
    *(_share(head, name, "state", "breached_state") for head, name in (("Part", "share"), (LOW, "low"), (HIGH, "high"))),
)  # fmt: skip
_CURVES = (
    _label("Mesure"), Column("Jours écoulés", Kind.DAYS, "days", states=()),
    Column("Part qui court encore", Kind.SHARE, "survival", states=()),
)  # fmt: skip
#: What the marks of the charts are.
_BARS = "Barre et nombre : personnes suivies le jour décrit ; trait : un an avant."
_DOTS = "Point et nombre : médiane ; ligne : du premier quart aux trois quarts."
_INTERVALS = "Point et nombre : part ; ligne : intervalle à 95 %."
_ENDS = [*(x.value for x in End), TOTAL]
_END_HEADS = {**{x.value: upper_first(x.label) for x in End}, TOTAL: "Ensemble"}


def ends_by_measure(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per measure, from one per measure and end: ``n_…``, its text and state, the share and its interval, for each end."""
    named = {
        "n": "measures", "text": "text", "state": "state", "share": "share", "low": "low", "high": "high",
    }  # fmt: skip
    found = frame[["measure_code", "label"]].drop_duplicates(ignore_index=True)
    for end in _ENDS:
        cells = frame[frame["end"] == end].set_index("measure_code")
        for name, column in named.items():
            found[f"{name}_{end}"] = found["measure_code"].map(cells[column])
        if cells.empty:
            # No measure has that end: the question has no row of it.
            found[f"n_{end}"], found[f"text_{end}"], found[f"state_{end}"] = 0, "0", State.SHOWN.value
    return found


_NUMBERS = (
    _label("Mesure"),
    *(_count(_END_HEADS[x], f"n_{x}", f"text_{x}", f"state_{x}") for x in _ENDS),
)  # fmt: skip


def _shares_of(end: End) -> tuple[Column, ...]:
    states = (f"state_{end.value}", f"state_{TOTAL}")
    parts = (("part", "share"), (LOW.lower(), "low"), (HIGH, "high"))
    return tuple(_share(f"{_END_HEADS[end.value]}, {head}", f"{name}_{end.value}", *states) for head, name in parts)


_END_SHARES = (_label("Mesure"), *_shares_of(End.ACHIEVED), *_shares_of(End.CUT_SHORT))
#: Ways of telling people apart, in order, and the name of their sheet.
FOLLOWED = {
    Breakdown.BRANCH: "Suivies par antenne",
    Breakdown.MEASURE: "Suivies par mesure",
    Breakdown.SETTING: "Suivies par milieu",
    Breakdown.PHASE: "Suivies par phase",
    Breakdown.OBLIGATION: "Suivies par obligation",
    Breakdown.AGE: "Suivies par âge",
    Breakdown.SEX: "Suivies par sexe",
    Breakdown.FAMILY: "Suivies par infraction",
}


def _followed(by: Breakdown, sheet: str) -> Planned:
    columns = (_label(upper_first(by.label)), _count("Personnes", "people"), _BEFORE, _CHANGE)
    return Planned(f"suivies-{by.value}", f"Par {by.label}", sheet, columns, {"by": by}, reading=_BARS)


def _single(planned: Planned) -> Planning:
    """A question with one table, which has its name."""
    return Planning(planned.name, (planned,))


_BY_MEASURE = (_label("Mesure"), _count("Mesures", "measures"), *_QUARTILES)
PLAN = (
    _single(Planned("service-chiffres-cles", "Chiffres clés", "Chiffres clés", _FIGURES)),
    Planning("service-personnes-suivies", tuple(_followed(by, sheet) for by, sheet in FOLLOWED.items())),
    _single(Planned("service-flux", "Mois par mois", "Entrées et sorties", _FLOWS)),
    _single(Planned("service-premier-entretien", "Par mesure", "Premier entretien", _BY_MEASURE, reading=_DOTS)),
    _single(Planned("service-delai-legal", "Par délai", "Délai légal", _LEGAL, reading=_INTERVALS)),
    _single(Planned("service-durees", "Par mesure", "Durée des mesures", _BY_MEASURE, reading=_DOTS)),
    _single(Planned("service-courbes", "Marches des courbes", "Courbes de durée", _CURVES, printed=False)),
    _single(Planned("service-fins-prevues", "Par mesure", "Fin et fin prévue", _BY_MEASURE, reading=_DOTS)),
    Planning(
        "service-issues",
        (
            Planned("service-issues", "Nombre de mesures finies", "Issue des mesures", _NUMBERS, shape=ends_by_measure),
            Planned(
                "service-issues-parts",
                "Parts et intervalles",
                "Issue, parts",
                _END_SHARES,
                shape=ends_by_measure,
                reading=_INTERVALS,
            ),
        ),
    ),
    _single(
        Planned(
            "service-manquements", "Par sorte", "Manquements", (_label("Manquement"), _count("Manquements", "breaches"))
        )
    ),
    _single(Planned("service-obligations", "Par obligation", "Obligations", _OBLIGATIONS, reading=_INTERVALS)),
)
