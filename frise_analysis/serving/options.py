"""What ``frise serve`` was asked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path


def new_token() -> str:
    """A key nobody can guess."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class ServeOptions:
    """What ``frise serve`` was asked; paths are absolute."""

    store: Path
    notebooks: Path
    host: str = "127.0.0.1"
    port: int = 8866
    token: str = field(default_factory=new_token, repr=False)
    max_sessions: int = 12
    idle_minutes: float = 30
    warm: int = 1
    fork: bool = True
    names: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in {"127.0.0.1", "::1", "localhost"}
