"""The catalogue of labels, and what must agree with it elsewhere: SQL, colours, shapes."""

from __future__ import annotations

import re

import pytest

from frise_analysis import vocabulary as v
from frise_analysis.charts import theme
from frise_analysis.store.loading import views

CATALOGUES = [x for x in vars(v).values() if isinstance(x, type) and issubclass(x, v.Labelled) and x is not v.Labelled]


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, ground: str = "#ffffff") -> float:
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_regimes_of_the_view_are_those_of_the_catalogue() -> None:
    """SQL and Python take the same regimes out of street time."""
    (listed,) = [re.search(r"regime in \(([^)]*)\)", view) for view in views() if "view custody_union" in view]
    assert v.REGIMES_WITHOUT_STREET_TIME == set(re.findall(r"'(\w+)'", listed[1]))


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda x: x.__name__)
def test_labels_say_something_once(catalogue: type[v.Labelled]) -> None:
    """Each code has a label, and no two codes of one catalogue share it."""
    labels = [code.label for code in catalogue]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_families_are_told_apart() -> None:
    """Every family has a mark; no two share both colour and shape; eight colours at most."""
    marks = [theme.FAMILY_MARKS[family] for family in v.OffenceFamily]
    assert len(set(marks)) == len(marks)
    assert len({mark.colour for mark in marks}) <= 8


@pytest.mark.parametrize("family", v.OffenceFamily)
def test_marks_stand_out(family: v.OffenceFamily) -> None:
    """The colour of a mark has 3:1 on white (WCAG 1.4.11)."""
    assert contrast(theme.FAMILY_MARKS[family].colour) >= 3


@pytest.mark.parametrize("ground", ["#ffffff", theme.BAND, "#f1f5f8"])
@pytest.mark.parametrize("colour", [theme.INK, theme.QUIET, theme.ACCENT, theme.LIFE])
def test_text_is_readable(colour: str, ground: str) -> None:
    """The colours of text have 4.5:1 on each ground it stands on (WCAG 1.4.3)."""
    assert contrast(colour, ground) >= 4.5


def test_old_measures_have_a_successor_of_today() -> None:
    """A measure of before 24 March 2020 leads to one that is not itself replaced."""
    assert set() == set(v.MEASURE_SUCCESSOR.values()) & set(v.MEASURE_SUCCESSOR)


@pytest.mark.parametrize("unit", v.CountUnit)
def test_units_have_a_singular(unit: v.CountUnit) -> None:
    """One thing counted is said in the singular."""
    assert unit.label.startswith(v.ONE_COUNTED[unit].split()[0])
