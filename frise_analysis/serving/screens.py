"""The screens there are: one notebook each, which says its own title and the question it answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Screen:
    """One screen, as the menu and the home page show it."""

    name: str
    title: str
    question: str
    order: int
    path: Path


def find_screens(notebooks: Path) -> list[Screen]:
    """The notebooks of the folder in their order; one without ``frise`` metadata takes its file name as title."""
    screens = [_read_screen(path) for path in sorted(notebooks.glob("*.ipynb"))]
    return sorted(screens, key=lambda screen: (screen.order, screen.title))


def _read_screen(path: Path) -> Screen:
    said = _metadata(path)
    return Screen(
        name=path.stem,
        title=str(said.get("title", path.stem.replace("_", " ").capitalize())),
        question=str(said.get("question", "")),
        order=int(said.get("order", 99)),
        path=path,
    )


def _metadata(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["metadata"]["frise"]
    except (ValueError, KeyError, OSError):
        # A notebook being written, or not one of ours, still opens: only its card is plainer.
        return {}
    return found if isinstance(found, dict) else {}
