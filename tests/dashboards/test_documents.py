"""The documents of one person as the screen asks for them: whose they are, what they count, what stays on the screen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from report_documents import MADE_ON, read

from frise_analysis.dashboards import documents
from frise_analysis.dashboards.panels import Landmark, Line, Section
from frise_analysis.report.content import Purpose


def pairs(number: int) -> list[Line]:
    return [
        Line(f"Condamnation du 1er mai 20{i:02}, puis faits du 2 mai 20{i:02}.", landmark=Landmark.PAIR)
        for i in range(number)
    ]


OPENING, COUNTED = (
    Line("Retenue pour 7 condamnations.", ("convictions:1",)),
    Line("Conditions réunies (calcul) : 80 paires."),
)
DECISIONS = [Line("Décision du 1er mai 2010. Pas de plein droit.", landmark=Landmark.DECISION)] * 3
HALTED = Line("Délai interrompu par une condamnation suivante (calcul) : 18 décisions.", ("convictions:1",))
CASES = [
    ("none", [OPENING, COUNTED], ["P : retenue", "P : conditions"]),
    ("one", [OPENING, COUNTED, *pairs(1)], ["P : retenue", "P : conditions", "P : condamnation"]),
    ("two", [OPENING, COUNTED, *pairs(2)], ["P : retenue", "P : conditions", "P : condamnation", "P : 1 autre repère à l’écran."]),
    ("listed", [OPENING, COUNTED, *pairs(12), Line("Les 12 premières sur 80.", unlisted=68)],
     ["P : retenue", "P : conditions", "P : condamnation", "P : 79 autres repères à l’écran."]),
    ("many", [*pairs(12), Line("Les 12 premières sur 1\u202f274.", unlisted=1262)], ["P : condamnation", "P : 1\u202f273 autres repères à l’écran."]),
    ("decisions", [*DECISIONS, HALTED], ["P : décision", "P : décision", "P : délai interrompu", "P : 1 autre repère à l’écran."]),
    ("concerned", [Line("Aucune condamnation concernée.")], ["P : aucune"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_landmarks_left_to_the_screen(samples, monkeypatch, lines: list[Line], expected: list[str]) -> None:
    """What sums up is said whole and is no landmark; what is left out is counted from all there are, listed or not."""
    monkeypatch.setattr(documents, "legal", lambda *_: (Section("P", tuple(lines)),))
    found = documents._landmarks(samples.store, samples.path("P-0012"))
    assert len(expected) == len(found)
    assert all(text.startswith(start) for text, start in zip(found, expected, strict=True))


def test_landmarks_of_the_panel(samples) -> None:
    """The panel's own sentences are known: of its 80 pairs, one is printed and the others are counted."""
    found = documents._landmarks(samples.store, samples.path("P-0120"))
    assert "Récidive légale : 79 autres repères à l’écran." in found
    assert [] == [text for text in found if "premières sur" in text]


@pytest.mark.parametrize(("name", "expected"), [("Jean NOM", "JeanNOM"), ("", "P-0271")])
def test_own_page_names_and_does_not_describe(samples, name: str, expected: str) -> None:
    """Under the title stands the name alone, or the pseudonym where none is given."""
    request = documents.Request("personne", Purpose.INTERVIEW, MADE_ON, name)
    text = read(documents.document(samples.store, samples.path("P-0271"), request)).text
    assert text.startswith(f"Votreparcours{expected}Données")
    assert "homme" not in text
