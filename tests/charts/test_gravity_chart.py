"""What the law provided, date by date, as a picture."""

from __future__ import annotations

import io
import json
from math import sqrt

import altair as alt
import pytest
import vl_convert
from PIL import Image

from frise_analysis.analysis.gravity import gravity
from frise_analysis.charts.gravity import DATA_SETS, TOP, UNKNOWN, gravity_specification
from frise_analysis.dashboards.panels import frequency_charts

PEOPLE = """
persons
person_id
P

offences
person_id | offence_start_date | family  | nature        | max_sentence_years
P         | 2010-01-01         | homicide_vie | crime    | 99
P         | 2011-01-01         | vols_recel   | delit    | 3
P         | 2011-01-01         | route        | delit    | 1
P         | 2012-01-01         | route        | contravention | 0
P         | 2013-01-01         | route        | delit    |
"""


def test_each_date_stands_at_its_longest_sentence(people) -> None:
    """Life above every term, none at zero, what is not known under it: never mistaken for none."""
    spec = gravity_specification(gravity(people(PEOPLE).path("P")), end_years=14, pending_years=1)
    points = spec["datasets"]["points"]
    assert [sqrt(TOP), sqrt(3), 0.0] == [x["height"] for x in points[:3]]
    assert points[3]["height"] in {UNKNOWN} | {sqrt(x) for x in range(1, 11)}
    assert [x["height"] > UNKNOWN for x in points] == [x["known"] for x in points]
    assert [{"from": 13.0, "to": 14.0}] == spec["datasets"]["zone"]


@pytest.mark.parametrize("person", ["P-0012", "P-0271", "P-0120", "P-0404"])
def test_picture(samples, person: str) -> None:
    """It follows the schema, comes back from its JSON, and is drawn with one point for each row of its table."""
    path = samples.path(person)
    (spec,) = frequency_charts(path).values()
    assert set(DATA_SETS) == set(spec["datasets"])
    assert len(gravity(path)) == len(spec["datasets"]["points"])
    alt.LayerChart.from_dict(json.loads(json.dumps(spec, allow_nan=False)))
    png = vl_convert.vegalite_to_png({**spec, "width": 600, "background": "white"})
    image = Image.open(io.BytesIO(png)).convert("L")
    assert sum(count for count, shade in image.getcolors() if shade < 140) > 150


def test_nobody_has_no_chart(samples) -> None:
    """Without facts there is nothing to draw."""
    assert {} == frequency_charts(samples.path("P-0058"))
