"""Who asks: an officer, the manager of a branch, the head of the service, or nobody that was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from frise_analysis.analysis.registry import QuestionRefused
from frise_analysis.store.engine import Store

#: The variable of the session in which whoever starts it says for whom.
VARIABLE = "FRISE_ROLE"
_LONGEST = 100
EXPECTED = "Rôles possibles : « cpip:IDENTIFIANT », « encadrement:ANTENNE », « direction »."


class RoleRefused(QuestionRefused):
    """What a role may not see, or a role that cannot be: a sentence that says why, never the value."""


class RoleKind(StrEnum):
    """What somebody does in the service."""

    OFFICER = "officer"
    MANAGER = "manager"
    DIRECTOR = "director"
    NONE = "none"


@dataclass(frozen=True)
class Role:
    """Who asks: ``officer_id`` of an officer, ``branch_id`` of a manager, nothing else otherwise."""

    kind: RoleKind = RoleKind.NONE
    officer_id: str | None = None
    branch_id: str | None = None

    def __post_init__(self) -> None:
        """An officer without identifier would see everybody's list."""
        named = (self.officer_id is not None, self.branch_id is not None)
        if named != (self.kind is RoleKind.OFFICER, self.kind is RoleKind.MANAGER) or "" in {
            self.officer_id,
            self.branch_id,
        }:
            raise RoleRefused(f"Le rôle est incomplet. {EXPECTED}")


NO_ROLE = Role()


def read_role(text: str) -> Role:
    """The role written as ``cpip:…``, ``encadrement:…`` or ``direction``; none where it is empty; ``RoleRefused`` otherwise."""
    word, _, name = (x.strip() for x in text.strip().partition(":"))
    if len(text) > _LONGEST or not text.isprintable():
        raise RoleRefused(f"Le rôle de la session ne peut pas être lu. {EXPECTED}")
    if word == "cpip" and name:
        return Role(RoleKind.OFFICER, officer_id=name)
    if word == "encadrement" and name:
        return Role(RoleKind.MANAGER, branch_id=name)
    if text.strip() == "direction":
        return Role(RoleKind.DIRECTOR)
    if text.strip():
        raise RoleRefused(f"Le rôle de la session n’existe pas. {EXPECTED}")
    return NO_ROLE


def role_of_session(environ: Mapping[str, str]) -> Role:
    """The role that the session was started with, none where it has none; ``RoleRefused`` where it cannot be read."""
    return read_role(environ.get(VARIABLE, ""))


def role_for(store: Store, *, environ: Mapping[str, str], chosen: str = "") -> Role:
    """The role of the session; on fictional people, without one, the ``chosen`` role of a demonstration.

    ``RoleRefused`` where another role than that of the session is chosen, or any on real records: who asks is said by
    whoever starts the session, never by who asks.
    """
    own, wanted = role_of_session(environ), read_role(chosen)
    if wanted in {NO_ROLE, own}:
        return own
    if own != NO_ROLE:
        raise RoleRefused("Le rôle est fixé à l’ouverture de la session : un autre ne peut pas être choisi.")
    if not store.info.fictional:
        raise RoleRefused(
            "Sur de vraies données, le rôle est fixé à l’ouverture de la session. Demandez à l’administrateur de l’indiquer."
        )
    return wanted
