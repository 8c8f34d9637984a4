"""One thing looked at, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing is. Only ``WRONG`` makes ``frise doctor`` end with code 1."""

    FINE = "ok"
    WARNING = "attention"
    WRONG = "erreur"


@dataclass(frozen=True)
class Finding:
    """``value`` is what was found; ``remedy`` is empty where there is nothing to do. Neither names a person."""

    subject: str
    value: str
    state: State = State.FINE
    remedy: str = ""
