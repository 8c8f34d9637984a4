"""The panel of the choices of counting: its boxes, its cells, what the browser is told, text of records as data."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from frise_analysis.analysis.robustness import INDICATORS, robustness
from frise_analysis.dashboards import robustness as panel_of_robustness
from frise_analysis.dashboards.rendering import static_text
from frise_analysis.dashboards.robustness import AS_IT_IS, combination_values, indicator_rows, moved_words, write
from frise_analysis.vocabulary import CountUnit

HOSTILE = "</script><img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """Tags with their attributes, in order, and the values that the script reads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self) -> dict[str, dict[str, object]]:
        (content,) = self.marked("data-robust-values")
        return json.loads(content or "")

    def marked(self, name: str) -> list[str | None]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


@pytest.fixture(scope="module")
def panel(samples):
    return lambda who, unit=CountUnit.OFFENCES: write(samples.store, samples.path(who), unit=unit)


def test_panel_holds_what_the_browser_needs(samples, panel) -> None:
    """A box per choice, a cell per indicator, a sentence that is read out, a place for the chart, every combination's values."""
    page = Page(panel("P-0333").html)
    assert ["judgment", "road", "same_day", "void"] == page.marked("data-robust")
    assert list(INDICATORS) == page.marked("data-robust-cell")
    assert (["status"], ["robustness"]) == (
        [x for x in page.marked("role") if x != "region"],
        page.marked("data-chart"),
    )
    assert page.values() == combination_values(robustness(samples.path("P-0333")))
    assert ["robustness"] == list(panel("P-0333").charts)


def test_values_of_a_combination(samples) -> None:
    """Words of each indicator, those that move, and the sentence; on the screen as it is, nothing moves."""
    values = combination_values(robustness(samples.path("P-0333")))
    assert 16 == len(values)
    assert ([], AS_IT_IS) == (values[""]["moved"], values[""]["told"])
    assert (["count"], "1 indicateur sur 8 bouge.") == (values["same_day"]["moved"], values["same_day"]["told"])
    assert "4 dates de faits" == values["same_day"]["cells"]["count"]


def test_rows_begin_with_the_screen(samples) -> None:
    """One row per indicator: what the screen shows, and from where to where it goes."""
    rows = indicator_rows(robustness(samples.path("P-0333")))
    assert {"indicator": "count", "label": "Nombre compté", "words": "7 infractions", "spread": "de 1 à 8"} == rows[0]
    assert list(INDICATORS) == [row["indicator"] for row in rows]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "Aucun des 8 indicateurs ne bouge."),
        (1, "1 indicateur sur 8 bouge."),
        (2, "2 indicateurs sur 8 bougent."),
        (8, "8 indicateurs sur 8 bougent."),
    ],
)
def test_moved_words(number: int, expected: str) -> None:
    """None, one, several."""
    assert expected == moved_words(number)


def test_nothing_to_choose(panel) -> None:
    """Without facts there is neither box nor chart, and it is said."""
    found = panel("P-0058")
    assert ({}, []) == (found.charts, Page(found.html).marked("data-robust"))
    assert "Aucun fait enregistré." in found.html


def test_facts_not_judged_are_told(panel) -> None:
    """They have no date of judgment: how many leave with that choice is written; nothing where there is none."""
    assert "ne sont pas encore jugés ne sont pas comptés (2)" in panel("P-0333").html
    assert "ne sont pas encore jugés" not in panel("P-0012").html


@pytest.mark.parametrize("unit", CountUnit)
def test_unit_is_said(panel, unit: CountUnit) -> None:
    """The panel says what the screen counts, and each unit has its panel."""
    assert f"L’écran compte ici en {unit.label}." in panel("P-0271", unit).html


@pytest.mark.parametrize("who", ["P-0271", "P-0058"])
def test_panel_can_be_read_by_all(panel, who: str) -> None:
    """Headings start at the third level, tables have a caption and scoped heads, a region that scrolls has a name, boxes have labels."""
    html = panel(who).html
    page = Page(html)
    assert ["h3"] == [tag for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(x.get("scope") in {"col", "row"} for tag, x in page.tags if tag == "th")
    assert all(x.get("aria-label") and x.get("tabindex") == "0" for tag, x in page.tags if x.get("role") == "region")
    assert html.count("<input") == len(
        re.findall(r'<label><input type="checkbox" data-robust="\w+"> [^<]+</label>', html)
    )
    assert html.count("<table") == html.count("<caption")


def test_text_of_records_is_data(samples, monkeypatch) -> None:
    """A text that would close the script or open a tag stays text, in the cells and in the values."""
    hostile = robustness(samples.path("P-0271")).assign(words=HOSTILE)
    monkeypatch.setattr(panel_of_robustness, "robustness", lambda path, unit: hostile)
    found = write(samples.store, samples.path("P-0271"), unit=CountUnit.OFFENCES)
    page = Page(found.html)
    assert [] == [tag for tag, _ in page.tags if tag in {"img", "script"}]
    assert HOSTILE == page.values()[""]["cells"]["maximum"]


def test_script_reads_what_is_written(panel) -> None:
    """The script looks for the attributes that the panel has, and for the parameter that the chart has."""
    script, found = static_text("robustness.js"), panel("P-0271")
    assert "panel.dataset.robustValues" in script
    written = set(re.findall(r"data-robust[a-z-]*|fc-robust[a-z-]*", found.html))
    assert set(re.findall(r"\[(data-robust[a-z-]*)\]|\.(fc-robust[a-z-]*)", script)) <= {
        pair for name in written for pair in ((name, ""), ("", name))
    }
    named = re.findall(r'signal\("(\w+)"', script)
    assert named == [x["name"] for x in found.charts["robustness"]["params"]]
