"""First opening in a browser, the server being warm: time until the first chart is painted and until the page answers.

Each contender shows the same chart of the same person; each opening is in a browser context that has never seen it; the
network is cut. Contenders take turns, so that a slower moment of the machine is shared.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser import FreshPage, opened_browser
from contenders import FRISE, Contender, Running, dash, frise, panel, preheated, settle, started, static_page, voila
from figures import Aim, Asked, Report, Table, median, number, p95, ratio, run_script
from playwright.sync_api import Browser
from stores import sample_store

OPENINGS = 7
#: A slow machine keeps fewer openings rather than a whole morning.
LONGEST_SECONDS = 270
PEER, LIMIT = "Panel", "static page"
#: When each step of Frise's own page was done, in milliseconds since the navigation.
STEPS = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const vega = performance.getEntriesByType("resource").find((r) => r.name.includes("vega"));
  const marks = Object.fromEntries(performance.getEntriesByType("mark").map((m) => [m.name, m.startTime]));
  return {
    "key taken, redirected": page.redirectEnd, "first byte of the page": page.responseStart, "whole page": page.responseEnd,
    "drawing library arrived": vega ? vega.responseEnd : 0, "page read": page.domInteractive,
    "page's own script started": marks["frise:read"] || 0,
  };
}"""
WEIGHT = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0) / 1e6"""


@dataclass
class Openings:
    """What was seen of one contender: milliseconds, and what its last page was like."""

    painted: list[float] = field(default_factory=list)
    alive: list[float] = field(default_factory=list)
    steps: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    marks: int = 0
    megabytes: float = 0.0
    outside: set[str] = field(default_factory=set)


def open_once(browser: Browser, server: Running, seen: Openings) -> None:
    """Open the page in a fresh context, and add what it took."""
    with FreshPage(browser) as fresh:
        fresh.page.goto(server.url, wait_until="commit")
        painted = float(fresh.page.evaluate("selector => bench.chart(selector)", server.contender.chart))
        seen.painted.append(painted)
        seen.alive.append(_alive(fresh, server.contender, painted))
        fresh.page.wait_for_timeout(300)
        seen.marks = int(fresh.page.evaluate("selector => bench.marks(selector)", server.contender.chart))
        seen.megabytes = float(fresh.page.evaluate(WEIGHT))
        seen.outside |= fresh.outside
        for step, moment in _steps(fresh, server.name).items():
            seen.steps[step].append(moment)


def _alive(fresh: FreshPage, contender: Contender, painted: float) -> float:
    if not contender.alive:
        return painted
    return float(fresh.page.evaluate("selector => bench.painted(() => bench.find(selector))", contender.alive))


def _steps(fresh: FreshPage, name: str) -> dict[str, float]:
    return dict(fresh.page.evaluate(STEPS)) if name == FRISE else {}


def measure(asked: Asked) -> Report:
    """Open each contender in turn, one time more than is kept: the first one warms the server."""
    seen: dict[str, Openings] = {}
    store = sample_store(500)
    with tempfile.TemporaryDirectory(prefix="frise-bench-") as folder, ExitStack() as stack:
        servers = [stack.enter_context(started(each, store)) for each in _contenders(Path(folder))]
        browser = stack.enter_context(opened_browser())
        deadline = time.monotonic() + LONGEST_SECONDS
        for turn in range(1 + (2 if asked.quick else OPENINGS)):
            if turn < 2 or time.monotonic() < deadline:
                _take_turns(browser, servers, seen if turn else {})
    return _report(seen, {each.name: each.contender for each in servers})


def _take_turns(browser: Browser, servers: list[Running], seen: dict[str, Openings]) -> None:
    for server in servers:
        settle(servers, patience=10)
        open_once(browser, server, seen.setdefault(server.name, Openings()))


def _contenders(folder: Path) -> Iterator[Contender]:
    yield from (frise(), panel(), dash(), preheated(), voila(name="Voilà, cold"), static_page(folder))


def _report(seen: dict[str, Openings], contenders: dict[str, Contender]) -> Report:
    rows = [_row(name, found, seen, contenders[name]) for name, found in seen.items()]
    heads = ("contender", "chart painted, median ms", "p95", f"of {PEER}", f"of {LIMIT}", "answers, median ms")
    heads = (*heads, "elements drawn", "MB received", "asked outside")
    note = (
        f"{len(seen[FRISE].painted)} fresh contexts each. « Answers »: the page's widgets are bound to their process."
    )
    return Report([Table("First opening, warm server", heads, rows, note), _steps_table(seen[FRISE])], [_aim(seen)])


def _row(name: str, found: Openings, seen: dict[str, Openings], contender: Contender) -> tuple[str, ...]:
    middle = median(found.painted)
    ratios = (ratio(middle, median(seen[other].painted)) for other in (PEER, LIMIT))
    answers = number(median(found.alive)) if contender.answers else "–"
    page = (str(found.marks), number(found.megabytes), ", ".join(sorted(found.outside)) or "nothing")
    return (name, number(middle), number(p95(found.painted)), *ratios, answers, *page)


def _steps_table(found: Openings) -> Table:
    moments: dict[str, Any] = {**found.steps, "chart painted": found.painted, "page answers": found.alive}
    ordered = sorted(((median(values), step) for step, values in moments.items()))
    rows = [(step, number(moment)) for moment, step in ordered]
    return Table("Frise: when each step of the opening is done", ("step", "median ms since the navigation"), rows)


def _aim(seen: dict[str, Openings]) -> Aim:
    ours, theirs = median(seen[FRISE].painted), median(seen[PEER].painted)
    ordered = sorted((median(values), step) for step, values in seen[FRISE].steps.items())
    reason = ", ".join(f"{step} at {number(moment)} ms" for moment, step in ordered)
    measured = f"{number(ours)} ms against {number(theirs)} ms"
    return Aim(
        f"first chart seen no later than {PEER}'s, warm", measured, ours <= theirs, "" if ours <= theirs else reason
    )


if __name__ == "__main__":
    run_script(__doc__, measure)
