"""The files anybody may have, with or without the key: they hold nothing of the store."""

from __future__ import annotations

from http import HTTPStatus

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import FileFindHandler
from jupyterlab_server.themes_handler import ThemesHandler
from tornado import web
from voila.static_file_handler import MultiStaticFileHandler

from frise_analysis.serving.access import QuietErrors
from frise_analysis.serving.assets import static_file

A_YEAR = 365 * 24 * 3600


class StaticHandler(QuietErrors, web.StaticFileHandler):
    """Style and scripts, kept for ever by the browser: their address changes with their content."""

    def initialize(self) -> None:  # type: ignore[override]
        """Files are found by name, not by folder."""
        super().initialize(path="/")

    @allow_unauthenticated
    async def get(self, version: str, name: str) -> None:  # type: ignore[override]
        """Send a file whatever its version: an old page asks for an old one."""
        del version
        found = static_file(name)
        if found is None:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        await super().get(str(found))

    def set_extra_headers(self, path: str) -> None:
        """Never asked again."""
        del path
        self.set_header("Cache-Control", f"public, max-age={A_YEAR}, immutable")


class VoilaStaticHandler(QuietErrors, MultiStaticFileHandler):  # type: ignore[misc]
    """Voilà's own scripts."""


class ExtensionHandler(QuietErrors, FileFindHandler):
    """The scripts of other widget libraries."""


class ThemeHandler(QuietErrors, ThemesHandler):
    """The style of other widget libraries."""
