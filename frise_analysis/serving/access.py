"""Who may come in, and what is written about it: never a key, never the parameters of an address."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from jupyter_server.auth import User
from tornado.web import HTTPError, RequestHandler
from traitlets import Dict
from voila.voila_identity_provider import VoilaIdentityProvider

log = logging.getLogger("frise.serving")
SERVER_FAULT = 500


class KeyProvider(VoilaIdentityProvider):  # type: ignore[misc]
    """One key for the whole server, given at its start."""

    # Another site cannot have the browser use the session.
    cookie_options = Dict({"samesite": "Lax"})

    def process_login_form(self, handler: RequestHandler) -> User | None:
        """Let in whoever typed the key."""
        typed = handler.get_argument("password", default="")
        if not secrets.compare_digest(typed.encode(), self.token.encode()):
            return None
        return self.generate_anonymous_user(handler)  # type: ignore[no-any-return]


class QuietErrors(RequestHandler):
    """A failing request is logged without its parameters, which may name a person."""

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Write the kind of error and the address alone; a refusal is not an error of ours."""
        del tb
        if not isinstance(value, HTTPError):
            log.error("%s %s : %s", self.request.method, self.request.path, typ.__name__)


def log_request(handler: RequestHandler) -> None:
    """Write only what failed on our side: a list of requests would be a list of who looked at whom."""
    if handler.get_status() >= SERVER_FAULT and not isinstance(handler, QuietErrors):
        log.error("%s %s : %d", handler.request.method, handler.request.path, handler.get_status())
