"""Published French figures carried by the package are those of the list of reference figures, each with its limits."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from frise_analysis.analysis.service.published_figures import CAUTION, FIGURE_COLUMNS, published_figures, read_figures

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "data" / "french_reference_figures.csv"


def reference_rows() -> set[tuple[str, str, float]]:
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return {
            (x["indicator"], x["year"], float(x["value"])) for x in csv.DictReader(file) if x["unit"].startswith("%")
        }


def test_values_are_those_of_the_list() -> None:
    """Indicator, year and value of each figure stand together in the list of reference figures."""
    if not REFERENCE.is_file() and os.environ.get("CI") != "true":
        pytest.skip(f"no list of reference figures at {REFERENCE}")
    carried = {(x["indicator"], x["year"], float(x["value"])) for x in read_figures().to_dict("records")}
    assert set() == carried - reference_rows()


@pytest.mark.parametrize(
    ("population", "horizon", "value"),
    [
        ("sortants de prison de 2016", 12, 0.31),
        ("sortants de prison de 2016", 24, 0.454),
        ("personnes condamnées en 2004", 12, 0.14),
        ("personnes condamnées en 2004", 96, 0.45),
    ],
)
def test_known_figures(sample_store, population: str, horizon: int, value: float) -> None:
    """Infostat Justice 183: 31 % within a year of release; the Ministry: 45.4 % in two; Infostat Justice 127: 14 % and 45 % of new convictions."""
    found = published_figures(sample_store)
    mine = found[(found["population"] == population) & (found["horizon_months"] == horizon)]
    assert pytest.approx(value) in mine["share"].tolist()


def test_each_figure_says_whose_it_is_and_why_it_differs(sample_store) -> None:
    """Columns declared; every figure has its population, year, source, and a sentence of its own on why it is another thing."""
    found = published_figures(sample_store)
    assert FIGURE_COLUMNS == list(found.columns)
    assert found.notna().all(axis=None)
    assert found["share"].between(0, 1).all()
    assert found["horizon_months"].is_monotonic_increasing
    assert all(x.endswith(".") and len(x) > 40 for x in found["difference"])
    assert "non consolidée" in CAUTION


def test_words_of_recidivism_are_those_of_the_source(sample_store) -> None:
    """New facts, new convictions and legal recidivism are never one word: no figure is of « récidive légale »."""
    found = published_figures(sample_store)
    assert not found["label"].str.contains("légale").any()
    assert 3 == found["label"].str.split(",").str[0].nunique()
