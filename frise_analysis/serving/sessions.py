"""Pages and their kernels: one each, prepared ahead when possible, never more than the seats there are."""

from __future__ import annotations

import asyncio
import logging
import os
import time
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from frise_analysis.serving.rendering import UNFORESEEN

log = logging.getLogger("frise.serving")
#: How long a page may stay without its link to the kernel before the kernel is taken back.
ORPHAN_SECONDS = 45.0
#: The same, when somebody else is waiting for the seat. A page that changes links needs less.
AWAITED_ORPHAN_SECONDS = 2.0
#: A reload asks for a new kernel while the old one is being closed: wait a little before saying there is no seat.
SEAT_PATIENCE_SECONDS = 3.0
#: A page that was being left this recently gives its seat to whoever asks for one.
LEAVING_SECONDS = 5.0
#: A warm page is prepared after the page just opened has had the processor to itself.
REFILL_DELAY_SECONDS = 1.0


class NoSeatLeft(Exception):
    """As many pages are open as the server accepts."""


class Link(Protocol):
    """A page's connection to its kernel."""

    def say_over(self, *, left: bool = False) -> None:
        """Tell the page that its session has ended; ``left``: because the person has left Frise."""


@dataclass(eq=False)
class Page:
    """A page being written, read by the browser as it comes."""

    kernel_id: str
    version: object
    broken: bool = False
    _chunks: list[str] = field(default_factory=list)
    _done: bool = False
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    async def write(self, chunks: AsyncIterator[tuple[str, Any]]) -> None:
        """Take the page from its renderer; a failure ends it with a sentence."""
        try:
            async for html, _ in chunks:
                self._add(html)
        except Exception as error:  # noqa: BLE001 - whatever happens, the page must end
            log.error(  # noqa: TRY400 - a traceback quotes values
                "page interrompue : %s", type(error).__name__
            )
            self.broken = True
            self._add(f'<p class="frise-erreur" role="alert">{UNFORESEEN}</p></main></body></html>')
        self._done = True
        self._more.set()

    async def read(self) -> AsyncIterator[str]:
        """What is written so far, then what comes."""
        sent = 0
        while not (self._done and sent == len(self._chunks)):
            await self._more.wait()
            self._more.clear()
            ready, sent = "".join(self._chunks[sent:]), len(self._chunks)
            if ready:
                yield ready
            if self._done:
                self._more.set()

    def _add(self, html: str) -> None:
        self._chunks.append(html)
        self._more.set()


@dataclass
class Session:
    """An open page: whose it is, its links, and since when it has had none."""

    owner: str = ""
    links: set[Link] = field(default_factory=set)
    alone_since: float = field(default_factory=time.monotonic)
    leaving_since: float = float("-inf")
    was_linked: bool = False

    def can_be_given(self, now: float) -> bool:
        """Whether its seat may go to somebody who is waiting for one."""
        alone = self.was_linked and not self.links and now - self.alone_since > AWAITED_ORPHAN_SECONDS
        return alone or now - self.leaving_since < LEAVING_SECONDS


class Sessions:
    """The open pages and the warm ones.

    ``render`` makes the chunks of a page from ``(screen, kernel_id, kernel)``; ``kernels`` starts and stops kernels.
    """

    def __init__(self, kernels: Any, render: Callable[..., Any], *, seats: int, warm: int, store: Path) -> None:
        self._kernels = kernels
        self._render = render
        self._seats = seats
        self._warm_wanted = warm
        self._store = store
        self._open: dict[str, Session] = {}
        self._warm: dict[Path, list[Page]] = defaultdict(list)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def open_page(self, notebook: Path, owner: str = "") -> Page:
        """A page of this notebook with a kernel of its own; ``NoSeatLeft`` when every seat is taken."""
        await self._wait_for_seat()
        page = self._take_warm(notebook) or self._prepare(notebook)
        self._open[page.kernel_id] = Session(owner)
        self._later(self.keep_warm(notebook, delay=REFILL_DELAY_SECONDS))
        return page

    async def close_all_of(self, owner: str) -> None:
        """Close every page of somebody who leaves."""
        theirs = [kernel_id for kernel_id, session in self._open.items() if session.owner == owner]
        await asyncio.gather(*(self.close(kernel_id, left=True) for kernel_id in theirs))

    async def close(self, kernel_id: str, *, left: bool = False) -> None:
        """Free a seat: tell the page, stop its kernel."""
        session = self._open.pop(kernel_id, None)
        for link in tuple(session.links) if session else ():
            link.say_over(left=left)
        if session:
            await self._stop(kernel_id)

    async def keep_warm(self, notebook: Path, *, delay: float = 0) -> None:
        """Prepare as many pages of this notebook as were asked, after dropping those whose data are old."""
        await asyncio.sleep(delay)
        await self._drop_stale(notebook)
        for _ in range(self._warm_wanted - len(self._warm[notebook])):
            self._warm[notebook].append(self._prepare(notebook))

    async def warm_up(self, notebooks: list[Path]) -> None:
        """Prepare the warm pages of these notebooks and wait until they are written."""
        for notebook in notebooks:
            await self.keep_warm(notebook)
        await asyncio.gather(*self._tasks)

    def is_open(self, kernel_id: str) -> bool:
        """Whether the kernel belongs to an open page."""
        return kernel_id in self._open

    def is_orphan(self, kernel_id: str) -> bool:
        """Whether the page of this kernel is gone without having said so (browser killed, machine asleep)."""
        session = self._open[kernel_id]
        return not session.links and time.monotonic() - session.alone_since > ORPHAN_SECONDS

    def connected(self, kernel_id: str, link: Link) -> None:
        """The page has opened its link."""
        if kernel_id in self._open:
            self._open[kernel_id].links.add(link)
            self._open[kernel_id].was_linked = True

    def disconnected(self, kernel_id: str, link: Link) -> None:
        """The page has lost its link, perhaps only for a moment."""
        if kernel_id in self._open:
            self._open[kernel_id].links.discard(link)
            self._open[kernel_id].alone_since = time.monotonic()

    def leaving(self, kernel_id: str) -> None:
        """The person has asked for another page in this one's place, or only started a download."""
        if kernel_id in self._open:
            self._open[kernel_id].leaving_since = time.monotonic()

    def _take_warm(self, notebook: Path) -> Page | None:
        version = self._version(notebook)
        for page in tuple(self._warm[notebook]):
            if page.version == version and not page.broken:
                self._warm[notebook].remove(page)
                return page
        return None

    async def _drop_stale(self, notebook: Path) -> None:
        version = self._version(notebook)
        for page in [page for page in self._warm[notebook] if page.version != version or page.broken]:
            self._warm[notebook].remove(page)
            await self._stop(page.kernel_id)

    def _prepare(self, notebook: Path) -> Page:
        page = Page(str(uuid.uuid4()), self._version(notebook))
        self._later(page.write(self._render(notebook, page.kernel_id, self._start(page.kernel_id))))
        return page

    async def _start(self, kernel_id: str) -> Any:
        env = dict(os.environ)
        await self._kernels.start_kernel(kernel_id=kernel_id, kernel_name="python3", path="", env=env)
        if not self._is_wanted(kernel_id):
            # The person left while the kernel was starting: nobody else would stop it.
            await self._stop(kernel_id)
        return self._kernels.get_kernel(kernel_id)

    async def _stop(self, kernel_id: str) -> None:
        if kernel_id in self._kernels:
            await self._kernels.shutdown_kernel(kernel_id, now=True)

    def _is_wanted(self, kernel_id: str) -> bool:
        return kernel_id in self._open or any(
            page.kernel_id == kernel_id for pages in self._warm.values() for page in pages
        )

    async def _wait_for_seat(self) -> None:
        deadline = time.monotonic() + SEAT_PATIENCE_SECONDS
        while len(self._open) >= self._seats:
            if time.monotonic() > deadline:
                raise NoSeatLeft
            await asyncio.sleep(0.1)
            await self._close_one_left()

    async def _close_one_left(self) -> None:
        now = time.monotonic()
        left = [kernel_id for kernel_id, session in self._open.items() if session.can_be_given(now)]
        if left:
            await self.close(left[0])

    def _version(self, notebook: Path) -> object:
        return _identity(self._store), _identity(notebook)

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
