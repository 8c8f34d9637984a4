"""The servers that are measured: Frise and its peers, each started and stopped in the same way."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from stores import BUILD

PEERS = Path(__file__).parent / "peers"
TOKEN = "cle-des-mesures"  # noqa: S105 - the key of a server that lives as long as the measures
ANY_CHART = "svg.marks"
PATIENCE_SECONDS = 90.0
FRISE = "Frise"


@dataclass(frozen=True)
class Contender:
    """How one contender is started, and what of its page is the chart and the sign that it answers.

    ``alive`` is empty where the chart itself is drawn by the living page.
    """

    name: str
    command: Callable[[int], list[str]]
    path: str = "/"
    chart: str = ANY_CHART
    alive: str = ""
    answers: bool = True


@dataclass(frozen=True)
class Running:
    """A contender that has started."""

    contender: Contender
    port: int
    process: psutil.Process

    @property
    def name(self) -> str:
        """What it is called in the tables."""
        return self.contender.name

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"http://127.0.0.1:{self.port}{self.contender.path}"

    def processes(self) -> list[psutil.Process]:
        """The server and all it has started."""
        return [self.process, *self.process.children(recursive=True)]


def frise(*options: str, name: str = FRISE) -> Contender:
    """``frise serve`` as anybody starts it."""

    def command(port: int) -> list[str]:
        return [_program("frise"), "serve", "--store", os.environ["FRISE_STORE"], "--port", str(port), *options]

    path = f"/parcours?token={TOKEN}"
    return Contender(name, command, path=path, chart=".fc-chart svg", alive=".fc-root[data-alive=true]")


def voila(*options: str, name: str = "Voilà") -> Contender:
    """Voilà with the same chart as an Altair widget, its library inside it."""
    notebook = str(PEERS / "plain_voila.ipynb")

    def command(port: int) -> list[str]:
        return [_program("voila"), notebook, "--no-browser", "--Voila.ip=127.0.0.1", f"--port={port}", *options]

    return Contender(name, command)


def preheated() -> Contender:
    """The same with a kernel prepared ahead."""
    return voila("--preheat_kernel=True", name="Voilà, preheated")


def panel() -> Contender:
    """Panel with the same specification in its Vega pane, its scripts served by itself."""

    def command(port: int) -> list[str]:
        origin = f"127.0.0.1:{port}"
        serve = ["serve", str(PEERS / "panel_app.py"), "--address", "127.0.0.1", "--port", str(port)]
        return [_program("panel"), *serve, "--allow-websocket-origin", origin]

    return Contender("Panel", command, path="/panel_app")


def dash() -> Contender:
    """Dash with the same specification in dash-vega-components."""
    return Contender("Dash", lambda port: [sys.executable, str(PEERS / "dash_app.py"), str(port)])


def static_page(folder: Path) -> Contender:
    """A page that needs nothing but itself."""
    words = [sys.executable, str(PEERS / "static_page.py")]
    return Contender("static page", lambda port: [*words, str(port), str(folder)], answers=False)


@contextmanager
def started(contender: Contender, store: Path) -> Iterator[Running]:
    """The contender serving this store, until the end of the block."""
    port = _free_port()
    log = BUILD / "logs" / f"{contender.name}.log".replace(" ", "-").replace(",", "")
    log.parent.mkdir(parents=True, exist_ok=True)
    os.environ["FRISE_STORE"] = str(store)
    with log.open("w") as out, tempfile.TemporaryDirectory(prefix="frise-bench-") as home:
        process = subprocess.Popen(
            contender.command(port), stdout=out, stderr=out, env=_environment(store, home), start_new_session=True
        )
        try:
            _wait_until_ready(process, contender, port, log)
            yield Running(contender, port, psutil.Process(process.pid))
        finally:
            _stop(process)


def settle(servers: list[Running], *, patience: float = 20.0) -> None:
    """Wait until the servers have nothing left to do: their warm pages and kernels are ready again."""
    deadline = time.monotonic() + patience
    spent = _spent(servers)
    while time.monotonic() < deadline:
        time.sleep(0.5)
        spent, before = _spent(servers), spent
        if abs(spent - before) < 0.02:
            return


def chromium() -> str:
    """The browser of the machine."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("This benchmark needs Chromium: install it, then start again.")
    return found


def _environment(store: Path, home: str) -> dict[str, str]:
    paths = {"PYTHONPATH": str(PEERS), "FRISE_STORE": str(store), "FRISE_TOKEN": TOKEN}
    return {**os.environ, **paths, "JUPYTER_CONFIG_DIR": home, "IPYTHONDIR": home, "PYTHONUNBUFFERED": "1"}


def _program(name: str) -> str:
    found = Path(sys.executable).with_name(name)
    if not found.is_file():
        raise SystemExit(f"{name} is not installed beside {sys.executable}: install requirements-bench.lock.")
    return str(found)


def _wait_until_ready(process: subprocess.Popen[bytes], contender: Contender, port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _listens(port):
        if process.poll() is not None or time.monotonic() > deadline:
            tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise SystemExit(f"{contender.name} did not start:\n{tail}")
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _spent(servers: list[Running]) -> float:
    return sum(_processor_seconds(process) for server in servers for process in server.processes())


def _processor_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and the group that it leads."""
    for asked in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, asked)
            process.wait(15)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return
