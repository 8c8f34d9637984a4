"""Seats, warm pages and what happens to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from frise_analysis.serving import sessions as module
from frise_analysis.serving.sessions import NoSeatLeft, Page, Sessions

pytestmark = pytest.mark.anyio


class Kernels(dict[str, dict[str, Any]]):
    """Kernels that start at once."""

    async def start_kernel(self, *, kernel_id: str, **asked: Any) -> None:
        self[kernel_id] = asked

    async def shutdown_kernel(self, kernel_id: str, **_: Any) -> None:
        del self[kernel_id]

    def get_kernel(self, kernel_id: str) -> dict[str, Any] | None:
        return self.get(kernel_id)


class LinkOfPage:
    over = False
    left = False

    def say_over(self, *, left: bool = False) -> None:
        self.over, self.left = True, left


async def render(notebook: Path, kernel_id: str, kernel: Any) -> AsyncIterator[tuple[str, None]]:
    yield f"<p>{notebook.stem}", None
    await kernel
    if notebook.stem == "panne":
        raise ValueError("Dupont-Secret")
    yield "</p>", None


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    store, notebook = tmp_path / "base.duckdb", tmp_path / "parcours.ipynb"
    store.write_text("1")
    notebook.write_text("{}")
    return store, notebook


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEAT_PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(module, "REFILL_DELAY_SECONDS", 0)


def made(store: Path, *, seats: int = 2, warm: int = 0) -> tuple[Sessions, Kernels]:
    kernels = Kernels()
    return Sessions(kernels, render, seats=seats, warm=warm, store=store), kernels


async def read(page: Page) -> str:
    return "".join([html async for html in page.read()])


async def test_each_page_has_its_own_kernel(files) -> None:
    """Two pages of one screen never share a kernel."""
    store, notebook = files
    sessions, kernels = made(store)
    pages = [await sessions.open_page(notebook) for _ in range(2)]
    assert [await read(page) for page in pages] == ["<p>parcours</p>"] * 2
    assert kernels.keys() == {page.kernel_id for page in pages}


async def test_a_seat_too_many_is_refused_and_a_closed_one_is_free(files) -> None:
    """Seats are counted in open pages; closing one lets another in."""
    store, notebook = files
    sessions, kernels = made(store, seats=1)
    page = await sessions.open_page(notebook)
    await read(page)
    with pytest.raises(NoSeatLeft):
        await sessions.open_page(notebook)
    await sessions.close(page.kernel_id)
    assert kernels == {}
    await read(await sessions.open_page(notebook))


async def test_a_page_being_left_gives_its_seat(files) -> None:
    """A reload finds a seat though the old page closes only when the new one answers; without a taker it is kept."""
    store, notebook = files
    sessions, _ = made(store, seats=1)
    old = await sessions.open_page(notebook)
    await read(old)
    sessions.leaving(old.kernel_id)
    assert sessions.is_open(old.kernel_id)
    await sessions.open_page(notebook)
    assert not sessions.is_open(old.kernel_id)


async def test_warm_pages_take_no_seat_and_are_taken_first(files) -> None:
    """A page prepared ahead is given at once, and another is prepared."""
    store, notebook = files
    sessions, kernels = made(store, seats=1, warm=1)
    await sessions.warm_up([notebook])
    (ready,) = kernels
    page = await sessions.open_page(notebook)
    assert page.kernel_id == ready
    await asyncio.sleep(0.05)
    assert len(kernels) == 2


async def test_who_leaves_closes_their_own_pages_only(files) -> None:
    """All the pages of a browser are closed and told why; those of others stay."""
    store, notebook = files
    sessions, kernels = made(store, seats=3)
    theirs = [await sessions.open_page(notebook, "une") for _ in range(2)]
    other = await sessions.open_page(notebook, "autre")
    for page in (*theirs, other):
        await read(page)
    link = LinkOfPage()
    sessions.connected(theirs[0].kernel_id, link)
    await sessions.close_all_of("une")
    assert (set(kernels), link.left) == ({other.kernel_id}, True)


@pytest.mark.parametrize("changed", [0, 1])
async def test_warm_pages_of_another_store_or_notebook_are_dropped(files, changed: int) -> None:
    """After a load, or a change of the notebook, a page prepared before is never shown and its kernel stops."""
    store, notebook = files
    sessions, kernels = made(store, warm=1)
    await sessions.warm_up([notebook])
    (old,) = kernels
    new = files[changed].with_suffix(".new")
    new.write_text("2")
    new.replace(files[changed])
    page = await sessions.open_page(notebook)
    assert page.kernel_id != old
    await asyncio.sleep(0.05)
    assert old not in kernels


async def test_a_broken_page_ends_with_a_sentence(files, caplog: pytest.LogCaptureFixture) -> None:
    """A page that cannot be written says what to do; neither it nor the log quotes the error's text."""
    store, notebook = files
    sessions, _ = made(store)
    page = await sessions.open_page(notebook.with_name("panne.ipynb"))
    html = await read(page)
    assert 'role="alert">Une partie de cette page' in html
    assert "Dupont-Secret" not in html + caplog.text
    assert "ValueError" in caplog.text


async def test_closing_says_so_to_the_page_once(files) -> None:
    """The links of a page are told that the session is over; closing twice is closing once."""
    store, notebook = files
    sessions, _ = made(store)
    page = await sessions.open_page(notebook)
    await read(page)
    link = LinkOfPage()
    sessions.connected(page.kernel_id, link)
    await sessions.close(page.kernel_id)
    await sessions.close(page.kernel_id)
    assert link.over


async def test_a_page_closed_while_its_kernel_starts_leaves_none(files) -> None:
    """A person who leaves at once must not leave a kernel nobody would stop."""
    store, notebook = files
    sessions, kernels = made(store)
    page = await sessions.open_page(notebook)
    await sessions.close(page.kernel_id)
    await read(page)
    assert kernels == {}


async def test_a_page_without_link_for_long_is_an_orphan(files, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that lost its link is waited for, then forgotten; one that has its link never is."""
    store, notebook = files
    sessions, _ = made(store)
    page = await sessions.open_page(notebook)
    assert not sessions.is_orphan(page.kernel_id)
    monkeypatch.setattr(module, "ORPHAN_SECONDS", -1)
    assert sessions.is_orphan(page.kernel_id)
    link = LinkOfPage()
    sessions.connected(page.kernel_id, link)
    assert not sessions.is_orphan(page.kernel_id)
    sessions.disconnected(page.kernel_id, link)
    assert sessions.is_orphan(page.kernel_id)
