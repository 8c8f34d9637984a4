"""Memory that open sessions cost, with one and with five open, the screen being shown and at rest.

Own memory (USS) is what a process shares with nobody; proportional memory (PSS) adds its part of what is shared. A session
that has a process of its own (Frise, Voilà) is measured by that process. What every contender can be compared by is the
growth of the whole, server and children, in PSS: Panel and Dash keep all their sessions inside the server.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any

import psutil
from browser import FreshPage, opened_browser
from contenders import FRISE, Contender, Running, dash, frise, panel, settle, started, voila
from figures import Aim, Asked, Report, Table, median, number, ratio, run_script
from playwright.sync_api import Browser
from stores import sample_store

SESSIONS = (1, 5)
WANTED_MB = 120
PEERS = ("Panel", "Voilà")
#: A growth smaller than this is noise: nothing is divided by it.
SMALLEST_MB = 1.0


@dataclass(frozen=True)
class Held:
    """Megabytes while some sessions are open: of the whole, and the median of the sessions' own processes."""

    whole: float
    own: float | None = None
    proportional: float | None = None


def contenders() -> Iterator[Contender]:
    """Without warm pages or kernels, which would be counted as sessions."""
    yield frise("--warm", "0")
    yield frise("--warm", "0", "--no-fork", name="Frise --no-fork")
    yield from (voila(), panel(), dash())


def measured(browser: Browser, contender: Contender) -> dict[int, Held]:
    """Open sessions one after the other; weigh before the first, after it and after the last."""
    with started(contender, sample_store(500)) as server, ExitStack() as pages:
        settle([server])
        before = {process.pid for process in server.processes()}
        found = {0: _weighed(server, before)}
        for number_open in range(1, SESSIONS[-1] + 1):
            _open(pages.enter_context(FreshPage(browser)), server)
            if number_open in SESSIONS:
                found[number_open] = _weighed(server, before)
        return found


def _open(fresh: FreshPage, server: Running) -> None:
    fresh.page.goto(server.url, wait_until="commit")
    fresh.page.evaluate("selector => bench.chart(selector)", server.contender.chart)
    if server.contender.alive:
        fresh.page.wait_for_selector(server.contender.alive, state="attached")


def _weighed(server: Running, before: set[int]) -> Held:
    settle([server])
    time.sleep(1)
    weights = {process.pid: memory for process in server.processes() if (memory := _memory(process))}
    sessions = [memory for pid, memory in weights.items() if pid not in before]
    whole = sum(memory.pss for memory in weights.values()) / 1e6
    if not sessions:
        return Held(whole)
    own, proportional = ([getattr(memory, kind) / 1e6 for memory in sessions] for kind in ("uss", "pss"))
    return Held(whole, own=median(own), proportional=median(proportional))


def _memory(process: psutil.Process) -> Any | None:
    with suppress(psutil.Error):
        return process.memory_full_info()
    return None


def measure(asked: Asked) -> Report:
    """Each contender in turn, alone."""
    del asked
    with opened_browser() as browser:
        found = {contender.name: measured(browser, contender) for contender in contenders()}
    note = (
        "Panel and Dash hold every session in the one process of the server: nothing is loaded again for the next one, and one "
        "session's work or failure is everybody's. Frise and Voilà give each session a process."
    )
    heads = (
        "contender",
        *(f"{n} open: a session's own process, USS / PSS MB" for n in SESSIONS),
        "whole, none open, PSS MB",
    )
    heads = (*heads, "first session adds", "each further session adds", *(f"of {peer}" for peer in PEERS))
    rows = [_row(name, held, found) for name, held in found.items()]
    return Report([Table("Memory of open sessions", heads, rows, note)], [_aim(n, found[FRISE]) for n in SESSIONS])


def _row(name: str, held: dict[int, Held], found: dict[str, dict[int, Held]]) -> tuple[str, ...]:
    further = _further(held)
    ratios = (_of(further, _further(found[peer])) for peer in PEERS)
    whole = (number(held[0].whole), number(held[1].whole - held[0].whole), number(further))
    return (name, *(_own(held[n]) for n in SESSIONS), *whole, *ratios)


def _own(held: Held) -> str:
    return "–" if held.own is None or held.proportional is None else f"{number(held.own)} / {number(held.proportional)}"


def _further(held: dict[int, Held]) -> float:
    first, last = SESSIONS
    return (held[last].whole - held[first].whole) / (last - first)


def _of(value: float, reference: float) -> str:
    return ratio(value, reference) if reference >= SMALLEST_MB else "–"


def _aim(sessions: int, held: dict[int, Held]) -> Aim:
    own = held[sessions].own
    if own is None:
        return Aim(
            f"a session's own memory, {sessions} open: under {WANTED_MB} MB", "no process of its own was found", False
        )
    reason = (
        f"{number(own)} MB of it shared with nobody; the first session adds {number(held[1].whole - held[0].whole)} MB"
    )
    wanted = f"a session's own memory, {sessions} open: under {WANTED_MB} MB"
    return Aim(wanted, f"{number(own)} MB", own < WANTED_MB, "" if own < WANTED_MB else reason)


if __name__ == "__main__":
    run_script(__doc__, measure)
