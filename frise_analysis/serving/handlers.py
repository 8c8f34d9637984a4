"""The pages and addresses of the server. Every one asks for the key, but the page that takes it and the way out."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado import web
from tornado.iostream import StreamClosedError

from frise_analysis.serving.access import QuietErrors
from frise_analysis.serving.pages import frame
from frise_analysis.serving.sessions import NoSeatLeft

#: Nothing is fetched from elsewhere. Vega compiles its expressions, and widget modules come as blobs.
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
MESSAGES = {
    HTTPStatus.FORBIDDEN: ("Accès refusé", "Ouvrez l’adresse complète donnée au démarrage de Frise."),
    HTTPStatus.NOT_FOUND: ("Page introuvable", "Cette adresse ne correspond à aucun écran."),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Toutes les places sont prises",
        "Toutes les places sont prises, réessayez dans quelques minutes. Fermer un onglet inutilisé libère une place.",
    ),
}
HOW_TO_LEAVE = "Le bouton « Quitter », en haut de la page, ferme vos écrans et votre accès."
UNFORESEEN = ("La page n’a pas pu s’ouvrir", "Réessayez ; si cela se reproduit, prévenez l’administrateur de Frise.")


class FrisePage(QuietErrors, JupyterHandler):
    """A page in French, with the frame every page has."""

    @property
    def content_security_policy(self) -> str:
        """What the browser may load."""
        return CONTENT_POLICY

    async def prepare(self) -> None:  # type: ignore[override]
        """Take everything out of the address: neither the key nor the number of a person may stay in the history."""
        await _maybe(super().prepare())
        if self.current_user and self.request.method == "GET" and self.request.query and not self._finished:
            self.redirect(self.request.path)

    def set_default_headers(self) -> None:
        """Nothing of a page is kept by the browser."""
        super().set_default_headers()
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "same-origin")

    def write_page(self, name: str, **values: Any) -> None:
        """Write one of the templates in the frame."""
        template = self.settings["voila_jinja2_env"].get_template(name)
        self.finish(template.render(frise=self.frame(), **values))

    def frame(self) -> dict[str, Any]:
        """The values of the frame; nothing of the store is shown to somebody without the key."""
        options = self.settings["frise"].options
        known = frame(options.notebooks, options.store, base_url=self.base_url)
        return {**known, "inside": True} if self.current_user else {**known, "screens": [], "data": None}

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say in French what happened."""
        del kwargs
        title, sentence = MESSAGES.get(HTTPStatus(status_code), UNFORESEEN)
        self.write_page("message.html", title=title, sentence=sentence, again=self.request.path)


class HomeHandler(FrisePage):
    """``/``: what Frise is, its screens, its data."""

    @web.authenticated
    def get(self) -> None:
        """Write the home page."""
        self.write_page("home.html")


class ScreenHandler(FrisePage):
    """``/parcours``: one screen, sent while it is prepared."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Open a session and send its page as it comes."""
        frise = self.settings["frise"]
        notebook = frise.options.notebooks / f"{name}.ipynb"
        if not notebook.is_file():
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        try:
            page = await frise.sessions.open_page(notebook, self.current_user.username)
        except NoSeatLeft:
            self.set_header("Retry-After", "120")
            raise web.HTTPError(HTTPStatus.SERVICE_UNAVAILABLE) from None
        # The page's script sends it back when it gives its session up.
        self.xsrf_token  # noqa: B018
        await self._send(page)

    async def _send(self, page: Any) -> None:
        try:
            async for html in page.read():
                self.write(html)
                await self.flush()
        except StreamClosedError:
            await self.settings["frise"].sessions.close(page.kernel_id)


class NotebookAddressHandler(FrisePage):
    """Voilà's own address of a notebook leads to the screen."""

    @web.authenticated
    def get(self, name: str) -> None:
        """Redirect."""
        self.redirect(f"{self.base_url}{name}")


class MissingHandler(FrisePage):
    """Any other address."""

    @web.authenticated
    def get(self) -> None:
        """Say that there is nothing here."""
        raise web.HTTPError(HTTPStatus.NOT_FOUND)


class LoginHandler(FrisePage, LoginFormHandler):
    """The page that takes the key."""

    @allow_unauthenticated
    async def post(self) -> None:
        """Look at the key, later and later after wrong ones, then lead to the page that was asked."""
        user = self.current_user = await self.identity_provider.user_who_typed(self)  # type: ignore[attr-defined]
        if user is None:
            self.set_status(HTTPStatus.UNAUTHORIZED)
            self._render({})
            return
        self.identity_provider.set_login_cookie(self, user)
        following = self.get_argument("next", default=self.base_url)
        self._redirect_safe(following)  # type: ignore[no-untyped-call]

    def _render(self, message: dict[str, str] | None = None) -> None:
        following = urlencode({"next": self.get_argument("next", default=self.base_url)})
        self.write_page(
            "login.html",
            refused=message is not None,
            action=f"{self.base_url}login?{following}",
            xsrf=self.xsrf_form_html(),
        )


class LogoutHandler(FrisePage):
    """The way out: the « Quitter » button of every page."""

    @allow_unauthenticated
    def get(self) -> None:
        """Say whether the person is out."""
        if self.current_user:
            self.write_page("message.html", title="Quitter Frise CPIP", sentence=HOW_TO_LEAVE, again="")
        else:
            self.write_page("left.html")

    @allow_unauthenticated
    async def post(self) -> None:
        """Close the pages of this browser, end its session, then say so at an address that can be reloaded."""
        user = self.current_user
        if user:
            self.identity_provider.leave(self, user)  # type: ignore[attr-defined]
            await self.settings["frise"].sessions.close_all_of(user.username)
        self.redirect(self.request.path, status=HTTPStatus.SEE_OTHER)

    def check_xsrf_cookie(self) -> None:
        """Need no secret: pages are written ahead, and a form of another site comes without the cookie (SameSite)."""


class SessionHandler(QuietErrors, APIHandler):
    """``/seance/<kernel>``: a page says that it is used, or that it is closed."""

    @web.authenticated
    def post(self, kernel_id: str) -> None:
        """The person is using the page: its session is not idle."""
        if not self.settings["frise"].sessions.is_open(kernel_id) or kernel_id not in self.kernel_manager:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        kernel: Any = self.kernel_manager.get_kernel(kernel_id)
        kernel.last_activity = datetime.now(UTC)
        self.set_status(HTTPStatus.NO_CONTENT)

    @web.authenticated
    def put(self, kernel_id: str) -> None:
        """The person may be leaving the page: its seat can be given if another page asks for it now."""
        self.settings["frise"].sessions.leaving(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)

    @web.authenticated
    async def delete(self, kernel_id: str) -> None:
        """The page is closed: give its seat and its memory back at once."""
        await self.settings["frise"].sessions.close(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)


class VoilaCloseHandler(SessionHandler):
    """The address Voilà's own script gives a kernel back to."""

    @web.authenticated
    async def post(self, kernel_id: str) -> None:
        """Same as closing the page."""
        await self.settings["frise"].sessions.close(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)


class KernelModelHandler(QuietErrors, KernelHandler):
    """What JupyterLab's machinery asks of a kernel."""


async def _maybe(outcome: Any) -> None:
    if outcome is not None:
        await outcome
