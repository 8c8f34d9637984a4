"""The server: Voilà over the project's notebooks, with our pages, our kernels and no access to the network."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from copy import deepcopy
from functools import cache, partial
from pathlib import Path
from typing import Any

import click
from jupyter_server.utils import url_path_join
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_static_paths
from voila.utils import get_page_config, get_voila_labextensions_path

from frise_analysis.dates import plural
from frise_analysis.serving import files, handlers
from frise_analysis.serving.access import KeyProvider, log_request
from frise_analysis.serving.assets import STATIC_PREFIX, TEMPLATES
from frise_analysis.serving.journal import keep_journal
from frise_analysis.serving.kernels import (
    PING_MILLISECONDS,
    FriseKernelManager,
    FriseKernelSocket,
    FriseKernelSpecManager,
)
from frise_analysis.serving.leftovers import claim_folder, remove_leftovers
from frise_analysis.serving.messages import WidgetMessages
from frise_analysis.serving.options import ServeOptions
from frise_analysis.serving.pages import frame
from frise_analysis.serving.rendering import ScreenRenderer
from frise_analysis.serving.screens import find_screens
from frise_analysis.serving.sessions import Sessions
from frise_analysis.store.location import STORE_VARIABLE

KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
#: The parts of JupyterLab a page with other libraries' widgets needs; every other installed extension stays out.
LAB_EXTENSIONS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]
PORT_TRIES = 20


class NoPortLeft(Exception):
    """No port can be listened on: a sentence that says why and what to do."""


class FriseServer(Voila):  # type: ignore[misc]
    """Voilà with our own pages and sessions. ``options`` says what to serve."""

    name = "voila"
    options: ServeOptions
    sessions: Sessions

    def prepare(self, options: ServeOptions) -> None:
        """Set everything up from ``options`` alone: no configuration file of the machine changes it."""
        self.options = options
        self.update_config(_configuration(options))
        self.set_trait("config_file_paths", [])
        self.initialize(argv=[])
        keep_journal(self.log)
        remove_leftovers(Path(self.connection_dir_root))
        self.identity_provider_class = KeyProvider

    def setup_template_dirs(self) -> None:
        """Our templates, from the package; Voilà's own scripts for the widgets of other libraries."""
        self.template_paths = [str(TEMPLATES)]
        self.static_paths = collect_static_paths(["voila", "nbconvert"], "base")

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, with compression, our sessions, and only this machine's names when it is local."""
        claim_folder(Path(self.connection_dir))
        os.environ.update(self._kernel_variables())
        settings = super().init_settings()
        self.identity_provider.login_handler_class = handlers.LoginHandler
        self.identity_provider.logout_handler_class = handlers.LogoutHandler
        self.sessions = Sessions(
            self.kernel_manager,
            self.render,
            seats=self.options.max_sessions,
            warm=self.options.warm,
            store=self.options.store,
        )
        self.kernel_manager.sessions = self.sessions
        return {
            **settings,
            "frise": self,
            "compress_response": True,
            # Any other name was made to point here by somebody else.
            "allow_remote_access": not self.options.is_local,
            "local_hostnames": ["localhost", *self.options.names],
            "log_function": log_request,
            # Jupyter's default is longer than tornado accepts, which says so for every page.
            "ws_ping_interval": PING_MILLISECONDS,
            "ws_ping_timeout": PING_MILLISECONDS,
        }

    def _kernel_variables(self) -> dict[str, str]:
        return {
            STORE_VARIABLE: str(self.options.store),
            # A kernel neither reads nor writes the home folder of whoever started the server.
            "IPYTHONDIR": str(Path(self.connection_dir) / "ipython"),
            # The page already knows what it has just sent.
            "JUPYTER_WIDGETS_ECHO": "0",
        }

    def init_handlers(self) -> list[Any]:
        """Every address the server answers: nothing else of Voilà or Jupyter is exposed."""
        at = partial(url_path_join, self.base_url)
        labextensions = get_voila_labextensions_path()
        return [
            *self.identity_provider.get_handlers(),
            (at("/"), handlers.HomeHandler),
            (at(rf"/{STATIC_PREFIX}/([\w.-]+)/([\w.-]+)"), files.StaticHandler),
            (at(rf"/seance/{KERNEL}"), handlers.SessionHandler),
            (at(rf"/api/kernels/{KERNEL}"), handlers.KernelModelHandler),
            (at(rf"/api/kernels/{KERNEL}/channels"), FriseKernelSocket),
            (at(rf"/voila/api/shutdown/{KERNEL}"), handlers.VoilaCloseHandler),
            (at(r"/voila/static/(.*)"), files.VoilaStaticHandler, {"paths": self.static_paths}),
            (at(r"/voila/labextensions/(.*)"), files.ExtensionHandler, {"path": labextensions}),
            (at(r"/voila/api/themes/(.*)"), files.ThemeHandler, self._themes(labextensions)),
            (at(r"/voila/render/([\w-]+)\.ipynb"), handlers.NotebookAddressHandler),
            (at(r"/([\w-]+)"), handlers.ScreenHandler),
            (r".*", handlers.MissingHandler),
        ]

    def _themes(self, labextensions: list[str]) -> dict[str, Any]:
        return {"themes_url": "/voila/api/themes", "path": self.themes_dir, "labextensions_path": labextensions}

    async def render(self, notebook: Path, kernel_id: str, kernel: Any) -> AsyncIterator[tuple[str, Any]]:
        """The page of a notebook, piece by piece; ``kernel`` is awaited once its head has been sent."""
        renderer = ScreenRenderer(
            voila_configuration=self.voila_configuration,
            traitlet_config=self.config,
            notebook_path=notebook.name,
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config=self._page_config(notebook),
        )
        await renderer.initialize()
        async for piece in renderer.generate_content_generator(kernel_id, kernel):
            yield piece

    def _page_config(self, notebook: Path) -> dict[str, Any]:
        known = frame(self.options.notebooks, self.options.store, base_url=self.base_url)
        screen = next(screen for screen in known["screens"] if screen.path == notebook)
        page = {"title": screen.title, "name": screen.name, "idle_ms": int(self.options.idle_minutes * 60_000)}
        return {"frise": {**known, **page, "inside": True}, "lab": deepcopy(self._lab_config())}

    @cache  # noqa: B019 - there is one server per process
    def _lab_config(self) -> dict[str, Any]:
        found: dict[str, Any] = get_page_config(
            base_url=self.base_url,
            settings=self.app.settings,
            log=self.log,
            voila_configuration=self.voila_configuration,
        )
        # Without an address of MathJax, which is outside the machine, its extension must not even be tried.
        disabled = [*found.get("disabledExtensions", ()), "@jupyterlab/mathjax2-extension"]
        return {**found, "fullMathjaxUrl": "", "mathjaxConfig": "", "disabledExtensions": disabled}

    def listen(self) -> None:
        """Open the port, say where to go, and serve until told to stop."""
        self.port = self._bind()
        asyncio.get_event_loop().run_until_complete(self._serve())
        self.stop()

    def _bind(self) -> int:
        for port in range(self.options.port, self.options.port + PORT_TRIES):
            try:
                # Only a relay on this machine is believed when it says that the person came by HTTPS.
                self.app.listen(port, self.options.host, xheaders=self.options.is_local)
            except OSError as refusal:
                _explain(refusal, port)
            else:
                return port
        raise NoPortLeft(
            f"Aucun port libre entre {self.options.port} et {self.options.port + PORT_TRIES - 1}. "
            "Choisissez-en un autre : frise serve --port 9000"
        )

    def _shown_host(self) -> str:
        return self.options.host if self.options.host not in {"0.0.0.0", "::"} else "127.0.0.1"  # noqa: S104

    async def _serve(self) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await self._warm_up()
        # One line alone on the standard output: a script can wait for it.
        click.echo(f"Frise CPIP est prête : http://{self._shown_host()}:{self.port}/?token={self.options.token}")
        sys.stdout.flush()
        await stop.wait()
        click.echo("Arrêt de Frise CPIP : fermeture des sessions…", err=True)

    async def _warm_up(self) -> None:
        screens = find_screens(self.options.notebooks)
        if self.options.warm and screens:
            click.echo(f"Préchauffage : {plural(len(screens), 'écran')} à préparer…", err=True)
            await self.sessions.warm_up([screen.path for screen in screens])

    def stop(self) -> None:
        """Close the kernels and leave nothing behind."""
        asyncio.get_event_loop().run_until_complete(self.kernel_manager.shutdown_all(now=True))
        shutil.rmtree(self.connection_dir, ignore_errors=True)


def _explain(refusal: OSError, port: int) -> None:
    if refusal.errno == errno.EADDRINUSE:
        click.echo(f"Le port {port} est déjà pris : essai du suivant.", err=True)
    elif refusal.errno == errno.EACCES:
        click.echo(f"Le port {port} est réservé : essai du suivant.", err=True)
    else:
        raise NoPortLeft(f"L’adresse ne peut pas être ouverte ({refusal.strerror}). Vérifiez --host.") from None


def _configuration(options: ServeOptions) -> Config:
    idle_seconds = max(1, round(options.idle_minutes * 60))
    return Config(
        {
            "Application": {"log_level": "ERROR"},
            "FriseServer": {
                "root_dir": str(options.notebooks),
                "token": options.token,
                "open_browser": False,
                "kernel_websocket_connection_class": WidgetMessages,
            },
            "VoilaConfiguration": {
                "template": "frise",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "extension_allowlist": LAB_EXTENSIONS,
                "multi_kernel_manager_class": FriseKernelManager,
                "kernel_spec_manager_class": FriseKernelSpecManager,
            },
            "FriseKernelManager": {
                "cull_idle_timeout": idle_seconds,
                "cull_interval": max(1, min(15, idle_seconds // 4)),
                # A page left open overnight must not keep a seat; it is told, and reopens with one button.
                "cull_connected": True,
            },
            "FriseKernelSpecManager": {"fork": options.fork},
            # Sockets in a private folder: the records never travel over a port of the machine.
            "KernelManager": {"transport": "ipc"},
        }
    )
