"""The shape of the code, read from its syntax trees: docs/architecture.md made checkable."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "frise_analysis"
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

LEAVES = {"vocabulary", "dates"}
#: What each part of the package may import from the package, itself aside.
ALLOWED = {
    "vocabulary": set(),
    "dates": {"vocabulary"},
    "nomenclature": LEAVES,
    "records": LEAVES | {"nomenclature"},
    "store": LEAVES | {"nomenclature", "records"},
    "analysis": LEAVES | {"nomenclature", "records", "store"},
    "charts": LEAVES,
    "report": LEAVES | {"nomenclature", "records", "store", "analysis"},
    "dashboards": LEAVES | {"nomenclature", "records", "store", "analysis", "charts", "report"},
    "simulation": LEAVES | {"nomenclature", "records.contract"},
}
#: The outer ring imports what it likes.
OUTER = {"serving", "commands", "cli", "__init__", "__main__", "locale", "crash_log", "diagnosis"}
#: The only places where the name of a person may be read: the screen, the store under it, its contract, its simulation.
#: A kernel has a ``display_name`` too: it is not of a person.
MAY_READ_NAMES = ("records", "store", "simulation", "dashboards/parcours", "dashboards/people", "serving/kernels")
LONGEST_BODY = 40


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def inside(name: str, allowed: set[str]) -> bool:
    return any(name == x or name.startswith(f"{x}.") for x in allowed)


def wrong_imports(path: Path) -> list[str]:
    own = part(path)
    if own in OUTER:
        return []
    names = [x.removeprefix("frise_analysis.") for x in imported(tree(path)) if x.startswith("frise_analysis.")]
    return [f"{relative(path)} -> {x}" for x in names if not inside(x, ALLOWED[own] | {own})]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (x for x in ast.walk(tree(path)) if isinstance(x, ast.FunctionDef | ast.AsyncFunctionDef))


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def public_definitions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (
        x
        for x in tree(path).body
        if isinstance(x, ast.FunctionDef | ast.AsyncFunctionDef) and not x.name.startswith("_")
    )


def test_imports_follow_one_arrow() -> None:
    """A part of the package imports only the parts on its left."""
    expected: list[str] = []
    assert [x for path in MODULES for x in wrong_imports(path)] == expected


def test_every_part_has_its_place() -> None:
    """A new part of the package is given its place in the arrow before it is used."""
    assert {part(path) for path in MODULES} <= ALLOWED.keys() | OUTER


@pytest.mark.parametrize("library", ["duckdb"])
def test_only_the_store_speaks_to_the_engine(library: str) -> None:
    """``duckdb`` is imported under ``store/`` and nowhere else."""
    users = {part(path) for path in MODULES if any(inside(x, {library}) for x in imported(tree(path)))}
    assert users <= {"store"}


def test_names_of_people_are_read_in_one_place() -> None:
    """``display_name`` is written only in the contract, the store, the simulation and the parcours screen."""
    files = [x for x in PACKAGE.rglob("*") if x.suffix in {".py", ".sql"} and "__pycache__" not in x.parts]
    readers = [relative(x) for x in files if "display_name" in x.read_text(encoding="utf-8")]
    assert [x for x in readers if not x.startswith(MAY_READ_NAMES)] == []


def test_only_the_parcours_screen_finds_people_by_name() -> None:
    """The search by name belongs to the parcours screen: no other module imports it."""
    people = {"frise_analysis.dashboards.people"}
    users = [relative(x) for x in MODULES if any(inside(name, people) for name in imported(tree(x)))]
    assert [x for x in users if not x.startswith("dashboards/parcours")] == []


def test_function_bodies_are_short() -> None:
    """No function body is longer than forty lines."""
    long = [
        f"{relative(p)}:{f.name} {body_lines(f)}" for p in MODULES for f in functions(p) if body_lines(f) > LONGEST_BODY
    ]
    assert long == []


def test_public_functions_say_what_they_do() -> None:
    """Every public function of a module has a docstring."""
    silent = [f"{relative(p)}:{f.name}" for p in MODULES for f in public_definitions(p) if not ast.get_docstring(f)]
    assert silent == []


def test_no_drawer_for_everything() -> None:
    """A module is named by what it holds."""
    assert [relative(x) for x in MODULES if x.stem in {"utils", "util", "helpers", "common", "misc"}] == []


def code_of(notebook: Path) -> list[dict[str, object]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [x for x in cells if x["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda x: x.stem)
def test_notebooks_define_nothing(notebook: Path) -> None:
    """A notebook calls the package: neither function nor class is defined in it."""
    sources = ["".join(cell["source"]) for cell in code_of(notebook)]  # type: ignore[arg-type]
    defined = [x for s in sources for x in ast.walk(ast.parse(s)) if isinstance(x, ast.FunctionDef | ast.ClassDef)]
    assert defined == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda x: x.stem)
def test_notebooks_carry_no_output(notebook: Path) -> None:
    """A notebook is committed without outputs: they may show records."""
    assert [x for x in code_of(notebook) if x["outputs"] or x["execution_count"]] == []
