"""Run every benchmark and write the page of results, ``benchmarks/README.md``, between its two marks.

    python benchmarks/run.py --date 2026-11-30            # all of them, some twenty minutes
    python benchmarks/run.py --date 2026-11-30 --large    # also with 1,000,000 people
    python benchmarks/run.py --quick                      # a trial: prints, and leaves the page as it is
    python benchmarks/run.py --date 2026-11-30 --only opening,memory

What was not run keeps no place in the page: results of different days are not mixed.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from figures import Aim, Report, aims_table, markdown, read_report, written
from machine import described
from stores import BUILD, plain_copy, sample_store

HERE = Path(__file__).parent
PAGE = HERE / "README.md"
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
#: Those that hand back a report, then those that print their own lines.
REPORTING = ("queries", "service", "charts", "opening", "person_change", "memory")
PRINTING = ("load", "samples")
LIMIT_SECONDS = {False: 600, True: 3600}


def ran(name: str, asked: argparse.Namespace) -> str:
    """Run one benchmark in a process of its own; its part of the page."""
    kept = BUILD / "results" / f"{name}.json"
    kept.unlink(missing_ok=True)
    options = _options(name, asked, kept)
    print(f"== {name}", flush=True)
    began = time.monotonic()
    output, failure = _output([sys.executable, str(HERE / f"{name}.py"), *options], LIMIT_SECONDS[asked.large])
    print(output, flush=True)
    heading = f"### {name}.py\n\nRan for {time.monotonic() - began:.0f} s."
    if failure:
        return f"{heading} **It did not finish: {failure}.**\n"
    body = written(Report(read_report(kept).tables)) if kept.is_file() else f"```\n{output.strip()}\n```\n"
    return f"{heading}\n\n{body}"


def page_with(results: str, page: str) -> str:
    """The page with new results between its marks."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{results.strip()}\n\n{END}{after}"


def _options(name: str, asked: argparse.Namespace, kept: Path) -> list[str]:
    if name in REPORTING:
        flags = [flag for flag, wanted in (("--quick", asked.quick), ("--large", asked.large)) if wanted]
        return [*flags, "--json", str(kept)]
    if asked.quick:
        return {"load": ["--rows", "20000"], "samples": ["500"]}[name]
    return []


def _output(command: list[str], limit: float) -> tuple[str, str]:
    """What a program printed, and why it did not finish if it did not; its own servers end with it."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        output, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate()
        return output, f"stopped after {limit:.0f} s"
    except KeyboardInterrupt:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate()
        raise
    return output, f"exit code {process.returncode}" if process.returncode else ""


def _make_stores(asked: argparse.Namespace) -> None:
    """Before anything is timed."""
    sizes = (500,) if asked.quick else (500, 50_000, 1_000_000) if asked.large else (500, 50_000)
    for size in sizes:
        plain_copy(sample_store(size))


def _aims(names: list[str]) -> list[Aim]:
    files = [BUILD / "results" / f"{name}.json" for name in names]
    return [aim for file in files if file.is_file() for aim in read_report(file).aims]


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--date", help="day of the run, written in the page (needed unless --quick)")
    parser.add_argument("--quick", action="store_true", help="a trial: few measures, the page is left as it is")
    parser.add_argument("--large", action="store_true", help="also with 1,000,000 people")
    parser.add_argument("--only", default=",".join((*REPORTING, *PRINTING)), help="names, separated by commas")
    asked = parser.parse_args()
    if not asked.quick and not re.fullmatch(r"\d{4}-\d\d-\d\d", asked.date or ""):
        parser.error("--date YYYY-MM-DD is needed: results are of a day.")
    if unknown := set(asked.only.split(",")) - {*REPORTING, *PRINTING}:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    return asked


def main() -> None:
    """Run what was asked; write the page unless it is a trial."""
    asked = _parsed()
    names = asked.only.split(",")
    machine = markdown(described(asked.date or "trial"))
    _make_stores(asked)
    parts = [ran(name, asked) for name in names]
    aims = markdown(aims_table(_aims(names)))
    results = "\n".join((machine, aims, *parts))
    if asked.quick:
        print(results)
    else:
        PAGE.write_text(page_with(results, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
