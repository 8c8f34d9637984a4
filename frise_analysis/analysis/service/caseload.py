"""What an officer, or the manager of a branch, has to do; and how people are shared out between branches.

Only an officer and their manager see what is about one officer. Lists are in the order of dates: nothing in them ranks people or officers.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.breakdowns import NOT_SAID, Breakdown, category_labels
from frise_analysis.analysis.service.first_interviews import LIMITS, delay_rule
from frise_analysis.analysis.service.methodology import MEASURES, SMALL, Methodology, declare
from frise_analysis.analysis.service.overlapping import Overlap, publish_covering
from frise_analysis.analysis.service.roles import Role, RoleKind, RoleRefused, role_for
from frise_analysis.analysis.service.selection import FilterRefused, ServiceFilters
from frise_analysis.analysis.words import label_of, upper_first
from frise_analysis.dates import full_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import MeasureCode

#: Officers of a branch under which people per officer would be the caseload of one of them, or nearly.
FEWEST_OFFICERS = 3
MOST_WEEKS = 104
CASELOAD_COLUMNS = ["officer_id", "people", "measures"]
BALANCE_COLUMNS = ["category", "label", "people", "people_per_officer", "state", "text"]
_WORK = ["person_id", "measure_id", "label", "officer_id"]
WAITING_COLUMNS = [*_WORK, "referral_date", "limit_date", "rule"]
ENDING_COLUMNS = [*_WORK, "planned_end_date"]
NOT_YOURS = (
    "Ce tableau porte sur les personnes suivies par un agent : seuls cet agent et l’encadrement de son antenne le voient. "
    "Ouvrez la session avec ce rôle, ou demandez la répartition par antenne."
)
NOT_A_HEAD = "La répartition entre antennes est réservée à la direction. Ouvrez la session avec ce rôle."


@question("service-charge", "Personnes suivies par agent, pour lui-même ou l’encadrement de son antenne")
def caseload(store: Store, *, role: str = "", as_of: date | None = None) -> pd.DataFrame:
    """One row per officer, by identifier: ``people`` under at least one running measure, and ``measures``; an empty identifier where none is named.

    An officer sees one row, their own; a manager those of the measures of their branch. ``RoleRefused`` for anybody else.
    """
    return caseload_of(store, role=_asking(store, role), as_of=as_of)


def caseload_of(store: Store, *, role: Role, as_of: date | None = None) -> pd.DataFrame:
    """The same for a role already read."""
    whose, day = _whose(role), _day(store, as_of)
    return store.query("service_caseload", **whose, as_of=day)[CASELOAD_COLUMNS]


@question("service-charge-antennes", "Personnes suivies par antenne, et par agent en moyenne, pour la direction")
def branch_balance(store: Store, *, role: str = "", as_of: date | None = None, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per branch, by name, the total last: ``people`` under a running measure, published, and ``people_per_officer``.

    The mean is missing where people are hidden and under ``FEWEST_OFFICERS`` officers. The day is the last of a month or the extraction.
    ``RoleRefused`` unless the head of the service asks.
    """
    return balance_of(store, role=_asking(store, role), as_of=as_of, k=k)


def balance_of(store: Store, *, role: Role, as_of: date | None = None, k: int = THRESHOLD) -> pd.DataFrame:
    """The same for a role already read."""
    if role.kind is not RoleKind.DIRECTOR:
        raise RoleRefused(NOT_A_HEAD)
    # Two days next to each other would tell who came and left: days are those of published figures.
    day = ServiceFilters(as_of=as_of).day(store)
    rows = store.query("service_caseload_branches", as_of=day)
    whole = [int(rows[x].iloc[0]) if len(rows) else 0 for x in ("total", "shared")]
    table = publish_covering(Overlap(rows, *whole), k=k)
    officers = table["category"].map(dict(zip(rows["category"], rows["officers"], strict=True)))
    enough = officers.where(officers >= FEWEST_OFFICERS)
    labels = category_labels(store, Breakdown.BRANCH)
    mean = (table["people"].astype(float) / enough.astype(float)).round()
    told = table.assign(label=table["category"].map(labels), people_per_officer=mean)
    order = told["label"].where(told["category"] != TOTAL, "\U0010ffff").sort_values(kind="stable").index
    return told.loc[order, BALANCE_COLUMNS].reset_index(drop=True)


@question("service-sans-entretien", "Mesures en cours sans premier entretien, délai légal passé")
def without_first_interview(store: Store, *, role: str = "", as_of: date | None = None) -> pd.DataFrame:
    """One row per running measure without first interview whose legal delay is over, by end of the delay.

    ``person_id``, ``measure_id``, ``label`` of the measure, ``officer_id``, ``referral_date``, ``limit_date``, ``rule``. Measures for which no
    delay is determined (``delay_rule``) or whose referral is not dated are left out. ``RoleRefused`` unless for an officer or their manager.
    """
    return waiting_of(store, role=_asking(store, role), as_of=as_of)


def waiting_of(store: Store, *, role: Role, as_of: date | None = None) -> pd.DataFrame:
    """The same for a role already read."""
    day = _day(store, as_of)
    work = [x for x in _work(store, role, day) if x["first_interview_date"] is None]
    late = [x for x in map(_with_limit, work) if isinstance(x["limit_date"], date) and x["limit_date"] < day]
    found = pd.DataFrame(late, columns=WAITING_COLUMNS)
    return found.sort_values(["limit_date", "person_id", "measure_id"], ignore_index=True)


def _with_limit(row: Mapping[str, object]) -> dict[str, object]:
    keys = ("measure_code", "phase", "setting", "custody")
    rule = delay_rule(**{x: row[x] for x in keys})  # type: ignore[arg-type]
    days, referral = LIMITS.get(rule), row["referral_date"]
    limit = referral + timedelta(days=days) if days is not None and isinstance(referral, date) else None
    return {**row, "limit_date": limit, "rule": rule.label}


@question("service-fins-proches", "Mesures en cours dont la fin prévue est proche")
def ending_soon(store: Store, *, role: str = "", as_of: date | None = None, weeks: int = 8) -> pd.DataFrame:
    """One row per running measure whose planned end is within ``weeks`` after the day, that day included, by date of end.

    ``person_id``, ``measure_id``, ``label`` of the measure, ``officer_id``, ``planned_end_date``. ``RoleRefused`` unless for an officer or their
    manager; ``FilterRefused`` where ``weeks`` is not from 1 to ``MOST_WEEKS``.
    """
    return ending_of(store, role=_asking(store, role), as_of=as_of, weeks=weeks)


def ending_of(store: Store, *, role: Role, as_of: date | None = None, weeks: int = 8) -> pd.DataFrame:
    """The same for a role already read."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise FilterRefused(f"Le nombre de semaines doit être entre 1 et {MOST_WEEKS}.")
    day = _day(store, as_of)
    last = day + timedelta(weeks=weeks)
    rows = [x for x in _work(store, role, day) if isinstance(end := x["planned_end_date"], date) and day <= end <= last]
    found = pd.DataFrame(rows, columns=ENDING_COLUMNS)
    return found.sort_values(["planned_end_date", "person_id", "measure_id"], ignore_index=True)


def _asking(store: Store, chosen: str) -> Role:
    return role_for(store, environ=os.environ, chosen=chosen)


def _whose(role: Role) -> dict[str, object]:
    """The officer or the branch that the role may see: one of them, never neither."""
    if role.kind not in {RoleKind.OFFICER, RoleKind.MANAGER}:
        raise RoleRefused(NOT_YOURS)
    return {"officer_id": role.officer_id, "branch_id": role.branch_id}


def _day(store: Store, as_of: date | None) -> date:
    extraction = store.info.extraction_date
    if as_of is not None and as_of > extraction:
        raise FilterRefused(
            f"La base s’arrête au {full_date(extraction)} : choisissez une date qui ne soit pas postérieure."
        )
    return as_of or extraction


def _work(store: Store, role: Role, day: date) -> list[dict[str, object]]:
    rows = store.rows("service_caseload_work", **_whose(role), as_of=day)
    return [{**x, "label": upper_first(label_of(MeasureCode, str(x["measure_code"]))) or NOT_SAID} for x in rows]


_FEW = "Chaque agent voit les siennes, l’encadrement celles de son antenne ; les listes suivent les dates et ne classent personne."
_LISTED = "Mesures qui courent le jour choisi, lignes non avenues et réhabilitées exclues."
declare(
    {
        "service-charge": Methodology(
            "Personnes suivies par agent", f"Personnes ayant une mesure en cours confiée à l’agent. {_FEW}", _LISTED, "personnes", MEASURES,
            ("queries/service_caseload",),
        ),
        "service-charge-antennes": Methodology(
            "Personnes suivies par antenne",
            f"Personnes ayant une mesure en cours dans l’antenne ; moyenne par agent ayant au moins une mesure, à l’unité, à partir de {FEWEST_OFFICERS} agents.",
            _LISTED, "personnes", f"{MEASURES} {SMALL}", ("queries/service_caseload_branches",),
        ),
        "service-sans-entretien": Methodology(
            "Sans premier entretien",
            "Mesures saisies, sans premier entretien enregistré, dont le délai légal (service-delai-legal) est passé. Les enregistrements ne contiennent que le premier "
            f"entretien et les manquements : « sans contact » ne peut pas être dit. {_FEW}",
            _LISTED, "mesures", MEASURES, ("queries/service_caseload_work",),
        ),
        "service-fins-proches": Methodology(
            "Fins prévues proches", f"Mesures dont la fin prévue tombe dans les semaines choisies, le jour compris. {_FEW}", _LISTED, "mesures", MEASURES,
            ("queries/service_caseload_work",),
        ),
    }
)  # fmt: skip
