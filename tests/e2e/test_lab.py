"""The same notebook in JupyterLab, where there is no page of ours around it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lab(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on the project's notebooks, its settings in an empty folder."""
    home = tmp_path_factory.mktemp("lab")
    environment = {**os.environ, "FRISE_STORE": str(sample_file), "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home)}
    command = [Path(sys.executable).with_name("jupyter"), "lab", "--no-browser", "--allow-root", "--port", "0"]
    command += [
        "--IdentityProvider.token=lab",
        f"--ServerApp.root_dir={ROOT / 'notebooks'}",
        "--ServerApp.port_retries=0",
    ]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        yield _address(process)
        process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if "http://127.0.0.1:" in line:
            return line[line.index("http://127.0.0.1:") :].split("/lab", maxsplit=1)[0].strip()
    raise AssertionError("JupyterLab did not start")


def run_until_started(page: Page, cell: Locator) -> None:
    """Run the cell; JupyterLab forgets the keys pressed while it still takes its place."""
    for _ in range(5):
        cell.click()
        page.keyboard.press("Shift+Enter")
        try:
            expect(cell.locator(".jp-InputPrompt").first).not_to_have_text("[ ]:", timeout=4_000)
        except AssertionError:
            continue
        return
    raise AssertionError("JupyterLab did not run the cell")


def test_the_notebook_runs_in_jupyterlab(page: Page, lab: str) -> None:
    """Run cell by cell in JupyterLab, the notebook shows the screen, drawn without the network."""
    page.goto(f"{lab}/lab/tree/parcours.ipynb?token=lab")
    cell = page.locator(".jp-CodeCell").first
    cell.wait_for(timeout=60_000)
    expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible(timeout=60_000)
    run_until_started(page, cell)
    page.wait_for_selector(".fc-root[data-alive=true] .fc-chart svg", timeout=60_000)
    expect(page.locator(".fc-figures dt").first).to_be_visible()
