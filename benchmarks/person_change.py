"""Another person chosen, until the charts are painted: Frise, Panel and Dash with the same people and the same chart.

Frise's own time is split by the clocks of the messages: on the way in, in the kernel, on the way out, drawing in the page.
Its page also writes the text version, the filters and the figures, which the peers do not have.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from browser import FreshPage, opened_browser
from contenders import FRISE, Running, dash, frise, panel, settle, started
from figures import Aim, Asked, Report, Table, median, number, p95, ratio, run_script
from playwright.sync_api import Browser, Page
from stores import sample_store, some_people

PEOPLE = 100
WANTED_MS = 150
LONGEST_SECONDS = 60
TAP = Path(__file__).with_name("socket-tap.js").read_text(encoding="utf-8")
#: Each chooses a person and returns the milliseconds until the frame that shows them.
CHOOSE = {
    FRISE: "key => benchChange(key)",
    "Panel": """key => {
      const began = performance.now();
      [...Bokeh.documents[0]._all_models.values()].find((model) => model.title === "person").value = key;
      return bench.person(`Person ${key}`).then((end) => ({ whole: end - began }));
    }""",
    "Dash": """key => {
      const began = performance.now();
      dash_clientside.set_props("person", { value: key });
      return bench.person(`Person ${key}`).then((end) => ({ whole: end - began }));
    }""",
}
PARTS = {
    "in": "on the way to the kernel",
    "kernel": "kernel: store, analysis, text, data sets",
    "out": "on the way back",
    "drawing": "page: text and charts drawn",
}

Changes = list[dict[str, float]]


def changes(browser: Browser, server: Running, keys: Sequence[int]) -> Changes:
    """What each change of person took, in a page that has already changed once."""
    with FreshPage(browser, TAP) as fresh:
        fresh.page.goto(server.url, wait_until="commit")
        fresh.page.evaluate("selector => bench.chart(selector)", server.contender.chart)
        if server.contender.alive:
            fresh.page.wait_for_selector(server.contender.alive, state="attached")
        settle([server], patience=5)
        return _one_after_the_other(fresh.page, server.name, keys)


def _one_after_the_other(page: Page, name: str, keys: Sequence[int]) -> Changes:
    deadline = time.monotonic() + LONGEST_SECONDS
    found: Changes = []
    for key in keys:
        if time.monotonic() < deadline:
            found.append(page.evaluate(CHOOSE[name], key))
            page.wait_for_timeout(30)
    return found[1:]


def measure(asked: Asked) -> Report:
    """The same people in each contender, on each size of store."""
    found: dict[int, dict[str, Changes]] = {}
    for size in asked.sizes():
        keys = some_people(size, 1 + (10 if asked.quick else PEOPLE))
        found[size] = _on_one_store(sample_store(size), keys)
    tables = [_compared(size, each) for size, each in found.items()]
    return Report([*tables, _split(found)], [_aim(size, each[FRISE]) for size, each in found.items()])


def _on_one_store(store: Path, keys: Sequence[int]) -> dict[str, Changes]:
    found = {}
    with ExitStack() as stack:
        browser = stack.enter_context(opened_browser())
        for contender in (frise("--warm", "0"), panel(), dash()):
            with started(contender, store) as server:
                found[server.name] = changes(browser, server, keys)
    return found


def _wholes(found: Changes) -> list[float]:
    return [each["whole"] for each in found]


def _compared(size: int, found: dict[str, Changes]) -> Table:
    heads = ("contender", "median ms", "p95 ms", "of Panel", "of Dash", "people")
    rows = [_row(name, _wholes(each), found) for name, each in found.items()]
    return Table(f"Change of person to painted charts, {size:,} people", heads, rows)


def _row(name: str, wholes: list[float], found: dict[str, Changes]) -> tuple[str, ...]:
    ratios = (ratio(median(wholes), median(_wholes(found[peer]))) for peer in ("Panel", "Dash"))
    return (name, number(median(wholes)), number(p95(wholes)), *ratios, str(len(wholes)))


def _split(found: dict[int, dict[str, Changes]]) -> Table:
    heads = ("Frise's time, median / p95 ms", *(f"{size:,} people" for size in found))
    rows = [(words, *(_middle(each[FRISE], part) for each in found.values())) for part, words in PARTS.items()]
    return Table("Where Frise's time goes", heads, rows)


def _middle(found: Changes, part: str) -> str:
    values = [each[part] for each in found]
    return f"{number(median(values))} / {number(p95(values))}"


def _aim(size: int, found: Changes) -> Aim:
    slowest = p95(_wholes(found))
    slow: list[Any] = [each for each in found if each["whole"] >= slowest] or found
    parts = ", ".join(f"{words} {number(median([each[part] for each in slow]))} ms" for part, words in PARTS.items())
    reached = slowest <= WANTED_MS
    reason = "" if reached else f"in the slowest: {parts}"
    return Aim(
        f"change of person, {size:,} people: p95 at most {WANTED_MS} ms", f"{number(slowest)} ms", reached, reason
    )


if __name__ == "__main__":
    run_script(__doc__, measure)
