"""The dates of the people whom somebody follows, and the ordinance of 2020 read again of them: nobody else is read, whatever is asked.

Somebody follows the people under a measure that runs on the day: an officer their own, a manager those of their branch. Everybody else has
the numbers of ``dates_by_rule``.
"""

from __future__ import annotations

import os
from datetime import date

import pandas as pd

from frise_analysis.analysis.deadlines.ordinance import FIRST_DAY, ordinance_2020
from frise_analysis.analysis.deadlines.work_list import DatesAsked, deadlines_among
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.roles import Role, RoleKind, RoleRefused, role_for
from frise_analysis.store.engine import Store

#: Who sees a row about somebody.
FOLLOWING = frozenset({RoleKind.OFFICER, RoleKind.MANAGER})
NOT_FOLLOWED = (
    "Cette liste porte sur des personnes : chaque agent y voit celles qu’il suit, l’encadrement celles de son antenne. "
    "Ouvrez la session avec ce rôle, ou demandez les nombres par règle."
)


@question("echeances", "Dates d’aménagement atteintes ou proches, des personnes suivies par un agent ou une antenne")
def followed_deadlines(  # noqa: PLR0913 -- each is an option of the question
    store: Store,
    *,
    role: str = "",
    as_of: date | None = None,
    weeks: int = 8,
    rule: str | None = None,
    passed: bool = True,
) -> pd.DataFrame:
    """One row per person followed and rule, with the columns of ``work_list.deadlines``: its dates, for who asks.

    ``role`` is that of a demonstration, as for ``service-charge``. ``RoleRefused`` unless for an officer or a manager of a branch.
    """
    asking = role_for(store, environ=os.environ, chosen=role)
    return followed_deadlines_of(store, role=asking, asked=DatesAsked(as_of, weeks, rule, passed))


def followed_deadlines_of(store: Store, *, role: Role, asked: DatesAsked) -> pd.DataFrame:
    """The same for a role already read."""
    people = followed_keys(store, role=role, day=asked.as_of or store.info.extraction_date)
    return deadlines_among(store, people, asked)


@question("ordonnance-covid", "Ordonnance du 25 mars 2020 : qui, parmi les personnes suivies, en réunissait les conditions un jour donné")  # fmt: skip
def followed_ordinance(store: Store, *, role: str = "", as_of: date = FIRST_DAY) -> pd.DataFrame:
    """One row per person followed that day who was in prison, and article, with the columns of ``ordinance.ordinance_2020``.

    ``RoleRefused`` unless for an officer or a manager of a branch; ``QuestionRefused`` for a day when the ordinance was not in force.
    """
    return followed_ordinance_of(store, role=role_for(store, environ=os.environ, chosen=role), as_of=as_of)


def followed_ordinance_of(store: Store, *, role: Role, as_of: date = FIRST_DAY) -> pd.DataFrame:
    """The same for a role already read."""
    return ordinance_2020(store, as_of=as_of, people=followed_keys(store, role=role, day=as_of))


def followed_keys(store: Store, *, role: Role, day: date) -> list[int]:
    """Keys of the people whom the role follows that day, in order; ``RoleRefused`` where it follows nobody by nature."""
    if role.kind not in FOLLOWING:
        raise RoleRefused(NOT_FOLLOWED)
    rows = store.rows("service_caseload_work", officer_id=role.officer_id, branch_id=role.branch_id, as_of=day)
    return sorted({int(str(x["person_key"])) for x in rows})
