"""Who may come in, for how long, and what is written about it: never a key, never an address."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from http import HTTPStatus
from typing import Any

from jupyter_server.auth import User
from tornado.httputil import HTTPServerRequest
from tornado.web import Application, HTTPError, RequestHandler
from traitlets import Dict
from voila.voila_identity_provider import VoilaIdentityProvider

log = logging.getLogger("frise.serving")
#: A cookie found in a copied profile opens nothing the next day.
COOKIE_DAYS = 0.5
FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 5.0
FORGET_SECONDS = 600.0
#: Addresses remembered at most; beyond, the oldest is forgotten.
ADDRESSES = 1000
BRIEFLY = {
    HTTPStatus.FORBIDDEN: "Accès refusé.",
    HTTPStatus.NOT_FOUND: "Introuvable.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Cette adresse ne répond pas à cette demande.",
}


class Patience:
    """How long an address waits before its next key is looked at: twice as long after each wrong one, up to a bound."""

    def __init__(self) -> None:
        self._wrong: dict[str, tuple[int, float]] = {}

    def wait(self, address: str) -> float:
        """Seconds to wait; none for an address that has not been wrong lately."""
        times, last = self._wrong.get(address, (0, 0.0))
        if not times or time.monotonic() - last > FORGET_SECONDS:
            return 0.0
        return float(min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(times - 1, 10)))

    def note(self, address: str, *, right: bool) -> None:
        """Remember a wrong key; the right one clears the past."""
        times, _ = self._wrong.pop(address, (0, 0.0))
        if right:
            return
        self._wrong[address] = (times + 1, time.monotonic())
        if len(self._wrong) > ADDRESSES:
            del self._wrong[next(iter(self._wrong))]


class KeyProvider(VoilaIdentityProvider):  # type: ignore[misc]
    """One key for the whole server, given at its start; a session ends with the browser, or when the person leaves."""

    # Another site cannot have the browser use the session. « Strict » would lose it between the address of the start,
    # opened from a message, and the page it leads to.
    cookie_options = Dict({"samesite": "Lax", "expires_days": None})
    get_secure_cookie_kwargs = Dict({"max_age_days": COOKIE_DAYS})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._patience = Patience()
        self._gone: set[str] = set()

    async def get_user_token(self, handler: RequestHandler) -> User | None:
        """Let in whoever gives the key in the address or in a header."""
        given = self.get_token(handler)
        if not given or not await self._is_key(handler, given):
            return None
        return self.get_user_cookie(handler) or self.generate_anonymous_user(handler)  # type: ignore[no-any-return]

    async def user_who_typed(self, handler: RequestHandler) -> User | None:
        """Let in whoever typed the key."""
        if not await self._is_key(handler, handler.get_argument("password", default="")):
            return None
        return self.generate_anonymous_user(handler)  # type: ignore[no-any-return]

    def user_from_cookie(self, cookie_value: str) -> User | None:
        """The person of a cookie, unless they have left: a copy of it is worth nothing then."""
        user = super().user_from_cookie(cookie_value)
        return None if user is None or user.username in self._gone else user

    def leave(self, handler: RequestHandler, user: User) -> None:
        """End the session of this browser."""
        self._gone.add(user.username)
        self.clear_login_cookie(handler)

    async def _is_key(self, handler: RequestHandler, given: str) -> bool:
        address = str(handler.request.remote_ip)
        await asyncio.sleep(self._patience.wait(address))
        right = secrets.compare_digest(given.encode(), self.token.encode())
        self._patience.note(address, right=right)
        if not right:
            log.warning("Une clé d’accès a été refusée.")
        return right


class QuietErrors(RequestHandler):
    """A request whose parameters are never written: neither in the log nor in another address."""

    def __init__(self, application: Application, request: HTTPServerRequest, **kwargs: Any) -> None:
        # Whatever quotes the address afterwards, a library's log or the way to the login page, quotes it without them.
        request.uri = request.path
        super().__init__(application, request, **kwargs)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Write the kind of error and which page; a refusal is not an error of ours."""
        del tb
        if not isinstance(value, HTTPError):
            log.error("%s, %s : %s", type(self).__name__, self.request.method, typ.__name__)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say briefly what happened, to a script or to whoever typed the address of a file."""
        del kwargs
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(BRIEFLY.get(HTTPStatus(status_code), "Frise n’a pas pu répondre.") + "\n")


def log_request(handler: RequestHandler) -> None:
    """Write nothing: a list of requests would be a list of who looked at whom, and errors are already told."""
    del handler
