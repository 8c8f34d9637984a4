"""What the role of the session may see of the work: a head of service sees branches, a manager a branch, an officer their own list."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.service import Breakdown
from frise_analysis.analysis.service.breakdowns import category_labels
from frise_analysis.analysis.service.caseload import FEWEST_OFFICERS, balance_of, caseload_of, ending_of, waiting_of
from frise_analysis.analysis.service.roles import (
    NO_ROLE,
    Role,
    RoleKind,
    RoleRefused,
    read_role,
    role_for,
    role_of_session,
)
from frise_analysis.dashboards.service.drawn import with_bars
from frise_analysis.dashboards.service.figures import Choice, Figure, Group
from frise_analysis.dashboards.service.hidden_cells import hidden_note, shown_or_text
from frise_analysis.dashboards.service.number_words import paired
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.dates import plural
from frise_analysis.store.engine import Store

FILTERS = "Seule la date des filtres compte ici ; les listes suivent les dates et ne classent personne."
DEMONSTRATION = "Rôle (démonstration)"
DIRECTOR = "direction"


def first_role(store: Store) -> str:
    """The role a demonstration opens with: none where the session has its own, or one that cannot be read, or on real records.

    A role that cannot be read is told by the tabs that depend on it: the others are of everybody.
    """
    try:
        own = role_of_session(os.environ)
    except RoleRefused:
        return ""
    return DIRECTOR if store.info.fictional and own == NO_ROLE else ""


def role_shown(store: Store, state: ServiceState) -> Role:
    """Who asks: the session, or on fictional people the role that is tried; ``RoleRefused`` where it cannot be."""
    return role_for(store, environ=os.environ, chosen=state.role)


def groups(store: Store, state: ServiceState) -> Iterator[Group]:
    """The figures of the role; a sentence where there is none."""
    choice = role_choice(store, state)
    try:
        role = role_shown(store, state)
        figures = tuple(_FIGURES[role.kind](store, state, role))
    except RoleRefused as refused:
        figures = (Figure("charge", "Charge", refusal=str(refused)),)
    yield Group("Charge", FILTERS, figures, choice=choice)


def role_choice(store: Store, state: ServiceState) -> Choice | None:
    """On fictional people, roles may be tried, an officer from their branch; elsewhere the session says it."""
    if first_role(store) != DIRECTOR:
        return None
    branches = {x: label for x, label in category_labels(store, Breakdown.BRANCH).items() if x not in {"", TOTAL}}
    managers = [(f"encadrement:{x}", f"encadrement, {label}") for x, label in branches.items()]
    found = dict([(DIRECTOR, "direction"), *managers, *_officers(store, read_role(state.role))])
    return Choice("role", DEMONSTRATION, tuple(found.items()), state.role)


def _officers(store: Store, role: Role) -> list[tuple[str, str]]:
    """The officers of the branch that is shown, or the one shown: a service may have hundreds."""
    if role.kind is RoleKind.OFFICER:
        return [(f"cpip:{role.officer_id}", f"CPIP {role.officer_id}")]
    if role.kind is not RoleKind.MANAGER:
        return []
    return [(f"cpip:{x}", f"CPIP {x}") for x in caseload_of(store, role=role)["officer_id"] if x]


def _direction(store: Store, state: ServiceState, role: Role) -> Iterator[Figure]:
    found = balance_of(store, role=role, as_of=state.filters.day(store))
    twin = {
        "Antenne": found["label"],
        "Personnes": shown_or_text(found["people"], found["text"]),
        "Personnes par agent": shown_or_text(found["people_per_officer"], _why_no_mean(found)),
    }
    bare = Figure("service-charge-antennes", "Personnes suivies par antenne", pd.DataFrame(twin), method="service-charge-antennes", note=hidden_note(found["state"]), open=True)  # fmt: skip
    rows = found[found["category"] != TOTAL]
    told = rows.assign(value=rows["people"], before=None, words=paired(rows["label"], rows["text"]))
    yield with_bars(bare, told)


def _why_no_mean(found: pd.DataFrame) -> pd.Series:
    """What stands in the place of a mean: an empty cell would look like an error."""
    few = pd.Series(f"moins de {FEWEST_OFFICERS} agents", index=found.index)
    return few.mask(found["people"].isna(), "masqué").mask(found["category"] == TOTAL, "")


def _own(store: Store, state: ServiceState, role: Role) -> Iterator[Figure]:
    day = state.filters.day(store)
    found = caseload_of(store, role=role, as_of=day)
    named = found["officer_id"].where(found["officer_id"].astype(bool), "agent non indiqué")
    twin = pd.DataFrame({"Agent": named, "Personnes": found["people"], "Mesures": found["measures"]})
    yield Figure("service-charge", "Personnes suivies", twin, method="service-charge", wide=True, open=True)
    yield _list("service-sans-entretien", "Sans premier entretien, délai légal passé", waiting_of(store, role=role, as_of=day))  # fmt: skip
    ending = ending_of(store, role=role, as_of=day, weeks=state.weeks)
    yield _list("service-fins-proches", f"Fins prévues, {plural(state.weeks, 'semaine')}", ending)


_HEADS = {
    "person_id": "Personne", "label": "Mesure", "referral_date": "Saisine", "limit_date": "Fin du délai", "rule": "Délai",
    "planned_end_date": "Fin prévue", "officer_id": "Agent",
}  # fmt: skip


def _list(name: str, title: str, found: pd.DataFrame) -> Figure:
    twin = found[[x for x in _HEADS if x in found]].rename(columns=_HEADS)
    return Figure(
        name, title, twin, words=() if len(found) else ("Aucune mesure.",), method=name, wide=True, open=len(found) > 0
    )


def _none(store: Store, state: ServiceState, role: Role) -> Iterator[Figure]:
    """No role: the refusal says what to do."""
    yield from _own(store, state, role)


_FIGURES = {RoleKind.DIRECTOR: _direction, RoleKind.MANAGER: _own, RoleKind.OFFICER: _own, RoleKind.NONE: _none}


def checked_role(store: Store, chosen: str) -> str:
    """A role that may be shown here; ``RoleRefused`` otherwise."""
    role_for(store, environ=os.environ, chosen=chosen)
    return chosen if read_role(chosen) != NO_ROLE else ""
