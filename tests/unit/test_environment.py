"""The files that build the environment say the same thing."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-bench.lock")
BUILT_WITH = (
    *LOCKS,
    "requirements-build.lock",
    "pyproject.toml",
    "environment.yml",
    "Makefile",
    "tools/environment.sh",
    ".ci/run",
)


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned(lock: str) -> dict[tuple[str, str], str]:
    """Version of each package under each marker."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    found = [Requirement(x) for x in lines if x and not x.startswith("#")]
    return {(canonicalize_name(x.name), str(x.marker or "")): next(iter(x.specifier)).version for x in found}


def test_conda_lists_what_the_project_needs() -> None:
    """``environment.yml`` asks for the project's own requirements, word for word, then for the project."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    quoted = re.findall(r'^      - "(.+)"$', text, flags=re.MULTILINE)
    assert (quoted, text.endswith("      - --editable .\n")) == (project()["dependencies"], True)


def test_conda_and_project_want_the_same_python() -> None:
    """Both name the same oldest Python."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert f"  - python{project()['requires-python']}\n" in text


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned(lock: str) -> None:
    """Each library that the project asks for has its version in each lock, within what it asks."""
    versions = {}
    for (name, _), version in pinned(lock).items():
        versions.setdefault(name, []).append(version)
    wanted = [Requirement(x) for x in project()["dependencies"]]
    assert [
        str(x) for x in wanted if not any(x.specifier.contains(n) for n in versions.get(canonicalize_name(x.name), []))
    ] == []


@pytest.mark.parametrize(("small", "large"), [LOCKS[:2], LOCKS[1:]])
def test_locks_agree(small: str, large: str) -> None:
    """What is run is what is tested, and what is tested is what is measured."""
    names, versions = {x for x, _ in pinned(small)}, {(name, x) for (name, _), x in pinned(large).items()}
    assert names <= {x for x, _ in pinned(large)}
    assert [(n, x) for (n, _), x in pinned(small).items() if (n, x) not in versions] == []


@pytest.mark.parametrize("name", BUILT_WITH)
def test_no_address_of_a_registry(name: str) -> None:
    """Packages come from where this machine takes them: no file names an address."""
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links", (ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", [".ci/run", "tools/environment.sh", "tools/browser.sh"])
def test_scripts_can_be_run(name: str) -> None:
    """Scripts are executable, and a plain shell reads them."""
    assert os.access(ROOT / name, os.X_OK)
    subprocess.run(["sh", "-n", ROOT / name], check=True)


@pytest.mark.parametrize("target", ["run", "test", "check", "test-long", "bench", "lock"])
def test_make_knows_its_targets(target: str) -> None:
    """Every target that the documentation names is there."""
    found = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
