"""Each page has its kernel, and gives it back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from frise_analysis.serving.kernels import PING_MILLISECONDS

ALIVE = "document.documentElement.dataset.frisealive"
TOY_NOTEBOOKS = Path(__file__).parent / "notebooks"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


def becomes(check: Callable[[], object]) -> bool:
    for _ in range(150):
        if check():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="session")
def narrow(serve, toy_store: Path):
    """A server with one seat and nothing prepared ahead."""
    return serve(toy_store, TOY_NOTEBOOKS, "--max-sessions", "1", "--warm", "0", "--name", "frise.example")


@pytest.fixture(scope="session")
def impatient(serve, toy_store: Path):
    """A server that takes an unused session back after two seconds."""
    return serve(toy_store, TOY_NOTEBOOKS, "--idle-minutes", "0.04", "--warm", "0")


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_function(ALIVE)
    return page


def test_closing_the_page_stops_its_kernel(browser: Browser, narrow) -> None:
    """The kernel of a page that is closed is gone at once."""
    context = browser.new_context()
    opened(context.new_page(), narrow.screen("essai"))
    assert len(narrow.kernels()) == 1
    context.pages[0].close(run_before_unload=True)
    assert becomes(lambda: narrow.kernels() == set())
    context.close()


def test_reloading_frees_the_old_kernel(page: Page, narrow) -> None:
    """A reload takes a new kernel and gives the old one back, even when there is only one seat."""
    opened(page, narrow.screen("essai"))
    before = narrow.kernels()
    opened(page, narrow.screen("essai"))
    assert becomes(lambda: len(narrow.kernels()) == 1)
    assert before != narrow.kernels()


def test_no_seat_left_is_said_politely(page: Page, second_page: Page, narrow) -> None:
    """One page more than the seats answers 503 in French; closing one makes room."""
    opened(page, narrow.screen("essai"))
    answer = second_page.goto(narrow.screen("essai"))
    assert answer is not None
    assert answer.status == 503
    expect(second_page.get_by_role("main")).to_contain_text(
        "Toutes les places sont prises, réessayez dans quelques minutes"
    )
    page.goto("about:blank")
    assert becomes(lambda: narrow.kernels() == set())
    opened(second_page, narrow.screen("essai"))


def test_an_unused_session_ends_and_says_so(page: Page, impatient) -> None:
    """After the time allowed the kernel is taken back, the page says why, and one button opens it again."""
    opened(page, impatient.screen("essai"))
    expect(page.get_by_text("La session s’est terminée faute d’activité")).to_be_visible(timeout=15_000)
    assert becomes(lambda: impatient.kernels() == set())
    page.get_by_role("button", name="Rouvrir la page").click()
    expect(page.get_by_role("button", name="Compter : 0")).to_be_visible()


def test_a_dead_kernel_is_told(page: Page, narrow) -> None:
    """A kernel killed from outside (memory, administrator) is said in French, with a button."""
    opened(page, narrow.screen("essai"))
    for kernel in narrow.kernels():
        os.kill(kernel, signal.SIGKILL)
    expect(page.get_by_text("La session s’est interrompue")).to_be_visible(timeout=20_000)


def test_warm_pages_are_renewed_when_the_store_changes(page: Page, serve, tmp_path_factory, toy_store: Path) -> None:
    """After a load, no page shows the old data: neither its frame nor a page prepared before."""
    store = tmp_path_factory.mktemp("remplacee") / "base.duckdb"
    shutil.copy(toy_store, store)
    address = serve(store, TOY_NOTEBOOKS)
    new = store.with_name("neuve.duckdb")
    shutil.copy(toy_store, new)
    _rename_service(new)
    new.replace(store)
    opened(page, address.screen("essai"))
    expect(page.get_by_role("banner")).to_contain_text("SPIP voisin")


def _rename_service(store: Path) -> None:
    import duckdb

    with duckdb.connect(str(store)) as connection:
        connection.execute("update meta set value = 'SPIP voisin' where key = 'service'")


def test_nothing_survives_the_server(toy_store: Path) -> None:
    """When the server is killed outright, the process that forks and all the kernels end too."""
    frise = Path(sys.executable).with_name("frise")
    command = [str(frise), "serve", "--store", str(toy_store), "--notebooks", str(TOY_NOTEBOOKS), "--port", "18866"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "prête" in process.stdout.readline()
        family = psutil.Process(process.pid).children(recursive=True)
        assert len(family) >= 2
        process.kill()
        process.wait()
    assert becomes(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in family))


def test_a_page_left_alone_is_still_there(page: Page, server) -> None:
    """Longer than between two pings, nobody touches anything: the link holds, and no notice is shown."""
    page.goto(server.screen("essai"))
    page.wait_for_function(ALIVE)
    page.wait_for_timeout(PING_MILLISECONDS + 4000)
    assert page.locator("#frise-interrompue").is_hidden()
