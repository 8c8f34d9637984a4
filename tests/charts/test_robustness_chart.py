"""The chart of the choices of counting, and the fan behind the step curve: structure, data, words, picture."""

from __future__ import annotations

import copy
import io
import json

import altair as alt
import pandas as pd
import pytest
import vl_convert
from PIL import Image

from frise_analysis.analysis.reference_class import QUANTILES, fan
from frise_analysis.analysis.robustness import robustness
from frise_analysis.charts.desistance import cumulative_chart
from frise_analysis.charts.parcours import WIDE, filled, parcours_data
from frise_analysis.charts.robustness import DATA_SET, places, robustness_specification
from frise_analysis.charts.theme import FRENCH_NUMBERS
from frise_analysis.dashboards.frames import parcours_frames
from frise_analysis.vocabulary import Clock, CountUnit

LATEST = vl_convert.get_vegalite_versions()[-1]


@pytest.fixture(scope="module")
def table(samples):
    return robustness(samples.path("P-0333"))


@pytest.fixture(scope="module")
def steps(samples):
    """The step curve alone, of one person, with the given fan."""

    def spec(who: str, *, with_fan: bool) -> dict[str, object]:
        path = samples.path(who)
        curve = fan(samples.store, path).curve if with_fan else None
        content = parcours_data(parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR, fan=curve))
        whole = filled(WIDE, content)
        part = next(x for row in whole["vconcat"] for x in row.get("hconcat", []) if x.get("name") == "steps")
        return {
            "config": whole["config"],
            "params": whole["params"],
            "datasets": whole["datasets"],
            **copy.deepcopy(part),
        }

    return spec


def picture(spec: dict[str, object]) -> Image.Image:
    drawn = vl_convert.vegalite_to_png({**spec, "background": "white"}, vl_version=LATEST, format_locale=FRENCH_NUMBERS)
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def test_specification_follows_the_schema(table) -> None:
    """The chart with its data is valid Vega-Lite, and comes back the same from its JSON."""
    spec = robustness_specification(table)
    assert spec == alt.LayerChart.from_dict(json.loads(json.dumps(spec, allow_nan=False))).to_dict()


def test_prepared_chart_keeps_nothing(table) -> None:
    """Filling works on a copy: no one's words stay in the prepared chart."""
    robustness_specification(table)["layer"].clear()
    assert [] == robustness_specification(table.iloc[:0])["datasets"][DATA_SET]
    assert robustness_specification(table)["layer"]


def test_rows_are_those_of_the_table(table) -> None:
    """A row for each combination and indicator, with its words and its place."""
    rows = robustness_specification(table)["datasets"][DATA_SET]
    assert table["words"].tolist() == [row["words"] for row in rows]
    assert table["choices"].tolist() == [row["choices"] for row in rows]
    assert table["value"].isna().tolist() == [row["place"] is None for row in rows]


def test_places_by_hand() -> None:
    """From the smallest of its indicator to the largest; the middle where all are one; none without a value."""
    given = pd.DataFrame({"indicator": list("aaaabbc"), "value": [1.0, 5.0, 2.0, None, 3.0, 3.0, None]})
    expected = [0.0, 1.0, 0.25, None, 0.5, 0.5, None]
    assert expected == [None if pd.isna(x) else x for x in places(given)]


@pytest.mark.parametrize("combination", ["judgment road", "void"])
def test_choice_moves_the_picture(table, combination: str) -> None:
    """The parameter alone changes what is drawn."""
    spec = robustness_specification(table) | {"width": 400}
    before = picture(spec)
    spec["params"][0]["value"] = combination
    assert "combination" == spec["params"][0]["name"]
    assert before.tobytes() != picture(spec).tobytes()


@pytest.mark.parametrize("who", ["P-0058", "P-0012", "P-0271", "P-0120"])
def test_without_fan_nothing_changes(steps, who: str) -> None:
    """An empty fan draws the very picture of a chart that has none, scales included."""
    spec = steps(who, with_fan=False)
    bare = copy.deepcopy(spec)
    bare["layer"] = [x for x in bare["layer"] if x["data"]["name"] != "fan"]
    for layer in bare["layer"]:
        layer.get("encoding", {}).get("y", {}).get("scale", {}).pop("domainMax", None)
    assert picture(bare).tobytes() == picture(spec).tobytes()


def test_fan_stands_behind_the_curve(steps) -> None:
    """Bands and median come before the person's own line, and no reader is told of them as marks."""
    layers = steps("P-0120", with_fan=True)["layer"]
    names = [layer["data"]["name"] for layer in layers]
    assert ["zone", "fan", "fan", "fan", "steps"] == names[:5]
    assert all(layer["mark"]["clip"] and layer["mark"]["aria"] is False for layer in layers[1:4])


def test_fan_is_cut_to_the_person(samples) -> None:
    """It goes as far as the person's own years, the last point between two half-years."""
    path = samples.path("P-0012")
    curve = fan(samples.store, path).curve
    frames = parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR, fan=curve)
    assert frames.cumulative["street_years"].iloc[-1] == frames.fan["street_years"].iloc[-1]
    assert ["street_years", *QUANTILES] == list(frames.fan.columns)
    assert len(frames.fan) < len(curve)


def test_high_fan_does_not_flatten_the_curve(steps) -> None:
    """The count goes up to the person's own and the median, with a margin: bands above are cut, not the curve made small."""
    spec = steps("P-0271", with_fan=True)
    low = copy.deepcopy(spec)
    high = copy.deepcopy(spec)
    for row in high["datasets"]["fan"]:
        row["high75"] = row["high90"] = 10_000
    axis = [_labels(x) for x in (low, high)]
    assert axis[0]
    assert axis[0] == axis[1]


def _labels(spec: dict[str, object]) -> list[str]:
    svg = vl_convert.vegalite_to_svg(spec, vl_version=LATEST, format_locale=FRENCH_NUMBERS)
    return [x.split("<")[0] for x in svg.split('">')[1:] if x.split("<")[0].strip().isdigit()]


def test_prepared_curve_names_its_data() -> None:
    """The chart holds no data of anybody."""
    spec = cumulative_chart(width=200).to_dict()
    assert {"zone", "fan", "steps", "mean", "notes"} == {layer["data"]["name"] for layer in spec["layer"]}
