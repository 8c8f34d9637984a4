"""The panels written when they are opened: factors, frequency, legal clocks."""

from __future__ import annotations

import re

import pytest

from frise_analysis.dashboards import panels, rendering
from frise_analysis.vocabulary import CountUnit

PEOPLE = ("P-0012", "P-0058", "P-0120", "P-0271", "P-0333", "P-0404")


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("name", rendering.LATER)
def test_every_panel_is_written_for_everybody(samples, person: str, name: str) -> None:
    """None, one, twelve or sixty offences: each panel says something, and nothing of the machine shows through."""
    html = rendering.panel(name, samples.store, samples.path(person), unit=CountUnit.OFFENCES).html
    text = re.sub(r"<[^>]+>|data-keys=\"[^\"]*\"", " ", html)
    assert [] == re.findall(r"\bNone\b|\bnan\b|NaT|[a-z]+_[a-z_]+|\b[HV]-[A-Z]{2,}", text)
    assert len(text.split()) > 5


@pytest.mark.parametrize("person", PEOPLE)
def test_each_line_points_to_records_on_the_frise(samples, person: str) -> None:
    """A sentence rings marks that are there: never a hidden line."""
    path = samples.path(person)
    marks = {f"{r.lane}:{r.record_id}" for r in path.records}
    sections = [*panels.frequency(samples.store, path), *panels.legal(samples.store, path)]
    keys = [key for section in sections for line in section.lines for key in line.keys]
    assert [] == [key for key in keys if key not in marks]


def test_legal_words_say_they_are_computed(samples) -> None:
    """The panel says once that its dates are computed, on which day's rules, and that the court decides."""
    html = rendering.panel("legal", samples.store, samples.path("P-0271"), unit=CountUnit.OFFENCES).html
    assert 1 == html.count("règles au 30 septembre 2024")
    assert "seule la juridiction décide" in html


def test_factors_are_not_added_up(samples) -> None:
    """The ledger has no total, and says that it is not a scale."""
    html = rendering.panel("factors", samples.store, samples.path("P-0120"), unit=CountUnit.OFFENCES).html
    assert "total" not in html.lower()
    assert "ce n’est pas une échelle" in html
