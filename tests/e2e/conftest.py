"""A server as a person starts it, and a browser that fails the test if anything leaves the machine."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import duckdb
import psutil
import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from frise_analysis.store.engine import SCHEMA_VERSION

HERE = Path(__file__).parent
TOY_NOTEBOOKS = HERE / "notebooks"
TOKEN = "cle-d-essai"  # noqa: S105 - the key of a server that lives as long as the tests
META = {
    "schema_version": SCHEMA_VERSION,
    "source": "Jeu d’essai",
    "service": "SPIP d’essai",
    "extraction_date": "2024-09-30",
    "fictional": "true",
    "loaded_at": "2024-10-01T09:30:00",
    "load_id": "essai",
    "nomenclature": "1",
}


class Address(str):  # noqa: SLOT000 - it carries its process
    """The address of a server, key included: what the person is told to open."""

    process: psutil.Process

    @classmethod
    def of(cls, line: str, pid: int) -> Self:
        """The address in the line that says the server is ready."""
        address = cls(line.split(" : ", 1)[1].strip())
        address.process = psutil.Process(pid)
        return address

    @property
    def origin(self) -> str:
        """``http://127.0.0.1:8866``."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self))

    def screen(self, name: str, **parameters: str) -> str:
        """The address of one screen, key included."""
        asked = "".join(f"&{key}={value}" for key, value in parameters.items())
        return f"{self.origin}/{name}?token={TOKEN}{asked}"

    def kernels(self) -> set[int]:
        """The kernels running now: the children of the process that forks them."""
        zygotes = [child for child in self.process.children() if any("zygote" in word for word in child.cmdline())]
        return {kernel.pid for zygote in zygotes for kernel in zygote.children()}


def write_store(path: Path, **changed: str) -> Path:
    """The smallest store that opens: it only says what it is."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table meta (key varchar, value varchar)")
        connection.executemany("insert into meta values (?, ?)", [*{**META, **changed}.items()])
    return path


@pytest.fixture(scope="session")
def toy_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without records."""
    return write_store(tmp_path_factory.mktemp("store") / "essai.duckdb")


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., Address]]:
    """Start ``frise serve`` on a store, once for the same question; its address with the key."""
    running: dict[tuple[Any, ...], tuple[subprocess.Popen[str], Address]] = {}

    def started(store: Path, notebooks: Path | None = None, *options: str) -> Address:
        key = (store, notebooks, *options)
        if key not in running:
            running[key] = _start(store, notebooks, options)
        return running[key][1]

    yield started
    for process, _ in running.values():
        _stop(process)


def _start(store: Path, notebooks: Path | None, options: tuple[str, ...]) -> tuple[subprocess.Popen[str], Address]:
    frise = Path(sys.executable).with_name("frise")
    command = [str(frise), "serve", "--store", str(store), "--token", TOKEN, "--port", str(_free_port()), *options]
    command += ["--notebooks", str(notebooks)] if notebooks else []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "FRISE_DEBUG": "1"})
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "Frise CPIP est prête" in line, line
    return process, Address.of(line, process.pid)


def _stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    if process.stdout:
        process.stdout.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(serve: Callable[..., Address], toy_store: Path) -> Address:
    """A server of the toy notebooks."""
    return serve(toy_store, TOY_NOTEBOOKS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the machine."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of an office screen; the test fails if it asks anything outside the machine."""
    yield from _guarded(browser, viewport={"width": 1366, "height": 768})


@pytest.fixture
def second_page(browser: Browser) -> Iterator[Page]:
    """Another person's page."""
    yield from _guarded(browser, viewport={"width": 1366, "height": 768})


@pytest.fixture
def phone_page(browser: Browser) -> Iterator[Page]:
    """A page of a telephone; the test fails if it asks anything outside the machine."""
    yield from _guarded(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


def _guarded(browser: Browser, **options: Any) -> Iterator[Page]:
    outside: list[str] = []

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).hostname in {"127.0.0.1", None}:
            route.fallback()
        else:
            outside.append(route.request.url)
            route.abort()

    context = browser.new_context(locale="fr-FR", **options)
    context.route("**/*", guard)
    yield context.new_page()
    context.close()
    assert outside == []
