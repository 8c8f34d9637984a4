"""What each figure of a service counts, in words, and the questions to the store behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Methodology:
    """How a figure is made. ``query``: names of the files of ``store/sql`` that answer it, which a screen may show."""

    title: str
    definition: str
    population: str
    unit: str
    source: str
    query: tuple[str, ...]


MEASURES = "Mesures enregistrées par le service (measures), fins et décès connus à la date choisie."
SMALL = "Les cases de moins de onze personnes sont masquées, avec celles qui les redonneraient (docs/disclosure.md)."
_methods: dict[str, Methodology] = {}


def declare(methods: Mapping[str, Methodology]) -> None:
    """Make methodologies known by the name of their question."""
    _methods.update(methods)


def methodology(name: str) -> Methodology:
    """How the figure of that question is made; ``KeyError`` where there is none."""
    return _methods[name]


def methodologies() -> Mapping[str, Methodology]:
    """Every methodology, by the name of its question."""
    return dict(_methods)
