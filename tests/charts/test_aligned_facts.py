"""The chart of facts around life events: its structure, its data, its words, its picture."""

from __future__ import annotations

import io
import json

import altair as alt
import pandas as pd
import pytest
import vl_convert
from PIL import Image

from frise_analysis.analysis.aligned_facts import aligned_events, aligned_facts
from frise_analysis.charts.aligned_facts import (
    DATA_SETS,
    DESCRIPTION,
    MOST_EVENTS,
    aligned_chart,
    aligned_specification,
)
from frise_analysis.charts.theme import FRENCH_NUMBERS

#: None, one, about ten and about sixty facts.
WHO = ("P-0058", "P-0012", "P-0271", "P-0120")


@pytest.fixture(scope="module")
def made(samples):
    found = {}
    for who in WHO:
        path = samples.path(who)
        events, facts = aligned_events(path), aligned_facts(path)
        found[who] = events, facts, aligned_specification(events, facts)
    return found


@pytest.mark.parametrize("who", WHO)
def test_specification_follows_the_schema(made, who: str) -> None:
    """The chart with its data is valid Vega-Lite, plain JSON, and names the data sets it is given."""
    spec = made[who][2]
    assert spec == json.loads(json.dumps(spec, allow_nan=False))
    assert "container" == alt.LayerChart.from_dict(spec).to_dict()["width"] == spec["width"]
    assert set(DATA_SETS) == set(spec["datasets"]) == {layer["data"]["name"] for layer in spec["layer"]}


def test_prepared_chart_holds_nobody(made) -> None:
    """What is kept between two people has no data; filling it does not change it."""
    assert "datasets" not in aligned_chart().to_dict()
    again = aligned_specification(*made["P-0120"][:2])
    assert again == made["P-0120"][2]
    assert again["datasets"]["facts"] is not made["P-0120"][2]["datasets"]["facts"]


@pytest.mark.parametrize("who", WHO)
def test_dots_are_the_rows_of_the_table(made, who: str) -> None:
    """A dot for each row of the table about an event that is drawn, within the axis; a line for each event."""
    events, facts, spec = made[who]
    shown = set(events["event_id"].head(MOST_EVENTS))
    assert facts["event_id"].isin(shown).sum() == len(spec["datasets"]["facts"])
    assert min(MOST_EVENTS, len(events)) == len(spec["datasets"]["events"])
    assert all(-12 <= x["months"] <= 12 for x in spec["datasets"]["facts"])
    assert list(facts["words"][facts["event_id"].isin(shown)]) == [x["words"] for x in spec["datasets"]["facts"]]


def rows(count: int) -> pd.DataFrame:
    edges = {"observed_from": -365, "judged_until": 365, "observed_until": 365}
    head = {"label": "Emploi", "direction": "support", "direction_label": "appui", "when": "en mars 2019", **edges}
    return pd.DataFrame([{"event_id": f"E{n}", **head} for n in range(count)])


def test_latest_twelve_are_drawn() -> None:
    """Events of the same name and date keep a line each; a thirteenth has none, nor its facts."""
    facts = pd.DataFrame(
        [{"event_id": f"E{n}", "offset_days": n, "approximate": n > 5, "words": ""} for n in range(14)]
    )
    data = aligned_specification(rows(14), facts)["datasets"]
    assert list(range(12)) == [x["rank"] for x in data["events"]] == [x["rank"] for x in data["facts"]]
    assert [True] * 6 + [False] * 6 == [x["known"] for x in data["facts"]]


def test_months_are_of_mean_length() -> None:
    """The event is at 0; a year of free days is at twelve months."""
    facts = pd.DataFrame(
        [{"event_id": "E0", "offset_days": d, "approximate": False, "words": ""} for d in (-365, 0, 73)]
    )
    assert [-12, 0, 2.4] == [x["months"] for x in aligned_specification(rows(1), facts)["datasets"]["facts"]]


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ((-365, 365, 365), []),
        ((-73, 365, 365), [(-12, -2.4)]),
        ((-365, -73, 146), [(-2.4, 4.8), (4.8, 12)]),
        ((-365, 146, -73), [(-2.4, 4.8), (4.8, 12)]),
        ((-365, -365, 0), [(-12, 0), (0, 12)]),
    ],
)
def test_bands_where_nothing_can_be_read(edges: tuple[int, int, int], expected: list[tuple[float, float]]) -> None:
    """Grey before the birth, over what is not judged yet and after the last day; nowhere else."""
    table = rows(1).assign(observed_from=edges[0], judged_until=edges[1], observed_until=edges[2])
    facts = pd.DataFrame(columns=["event_id", "offset_days", "approximate", "words"])
    bands = aligned_specification(table, facts)["datasets"]["bands"]
    assert expected == [(x["from"], x["to"]) for x in bands]


def test_chart_is_described_in_french() -> None:
    """The chart says what it shows and where the same is in words; its axis reads both ways."""
    spec = aligned_chart().to_dict()
    assert DESCRIPTION == spec["description"]
    assert "liste" in DESCRIPTION
    axis = json.dumps(spec, ensure_ascii=False)
    assert all(word in axis for word in ("évènement", " mois", "temps libre"))


@pytest.mark.parametrize("width", [300, 800])
@pytest.mark.parametrize("who", ["P-0271", "P-0120"])
def test_picture_is_drawn(made, who: str, width: int) -> None:
    """The chart draws at a telephone's width and at a screen's, no wider, and is not blank."""
    spec = {**made[who][2], "width": width, "background": "white"}
    png = vl_convert.vegalite_to_png(spec, format_locale=FRENCH_NUMBERS)
    image = Image.open(io.BytesIO(png)).convert("L")
    assert width == image.width
    assert sum(count for count, shade in image.getcolors() if shade < 140) > 300
