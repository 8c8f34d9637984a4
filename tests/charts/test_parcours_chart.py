"""The linked chart of the parcours: its structure, its words, its data, its picture."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import altair as alt
import pytest
import vl_convert
from PIL import Image

from frise_analysis.analysis.desistance import cumulative_facts, fact_intervals
from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.trajectory import offence_types, trajectory
from frise_analysis.charts import parcours
from frise_analysis.charts.parcours import (
    DATA_SETS,
    NARROW,
    PLAIN_DATA_SETS,
    PLAIN_LANES,
    WIDE,
    filled,
    parcours_data,
    parcours_specification,
    plain_specification,
)
from frise_analysis.charts.theme import FRENCH_NUMBERS
from frise_analysis.dashboards.frames import parcours_frames
from frise_analysis.vocabulary import Clock, CountUnit, Lane

#: People of the samples with no, one, about ten and about sixty facts.
WHO = {"none": "P-0058", "one": "P-0012", "dozen": "P-0271", "sixty": "P-0120"}
LAYOUTS = (WIDE, NARROW)
PICTURES = [
    *((who, WIDE, CountUnit.OFFENCES, Clock.CALENDAR) for who in WHO),
    *(("dozen", WIDE, unit, clock) for unit, clock in ((CountUnit.FACT_DATES, Clock.AGE), (CountUnit.CONVICTIONS, Clock.STREET))),
    *((who, NARROW, CountUnit.OFFENCES, Clock.CALENDAR) for who in ("none", "sixty")),
]  # fmt: skip
#: Words that an English chart would show; none of them is French.
ENGLISH = re.compile(
    r"\b(the|and|of|with|from|to|by|year|years|month|months|day|days|count|offences?|facts|convictions?|family|date of|rate|"
    r"interval|open|free|time|age at|street|calendar|undefined|null|NaN|true|false)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def path_of(samples):
    return cache(lambda who: samples.path(WHO[who]))


@pytest.fixture(scope="module")
def content(path_of):
    @cache
    def of(who: str, unit: CountUnit = CountUnit.OFFENCES, clock: Clock = Clock.CALENDAR) -> dict[str, Any]:
        return parcours_data(parcours_frames(path_of(who), unit=unit, clock=clock))

    return of


def nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for child in value:
            yield from nodes(child)


def visible_texts(spec: dict[str, Any]) -> set[str]:
    """Titles, texts written as such, descriptions, and the words quoted in the expressions of labels."""
    found = set()
    for node in nodes({k: v for k, v in spec.items() if k not in {"datasets", "config"}}):
        for key in ("title", "text", "subtitle", "description", "labelExpr"):
            if isinstance(node.get(key), str):
                found |= (
                    set(re.findall(r"'([^']*)'", re.sub(r"== '[^']*'", "", node[key])))
                    if key == "labelExpr"
                    else {node[key]}
                )
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_specification_follows_the_schema(content, layout: str) -> None:
    """The chart with its data is valid Vega-Lite, and comes back the same from its JSON."""
    spec = filled(layout, content("dozen"))
    chart = alt.VConcatChart.from_dict(json.loads(json.dumps(spec)))
    assert spec["vconcat"][0]["height"] == chart.to_dict()["vconcat"][0]["height"]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_filling_changes_nothing_but_data(content, layout: str, who: str) -> None:
    """Between two people, only data, the values of three parameters and the height of the frise differ."""
    spec, bare = filled(layout, content(who)), parcours_specification(layout)
    assert content(who)["data"] == spec.pop("datasets")
    for parameter, empty in zip(spec["params"], bare["params"], strict=True):
        if parameter["name"] in content(who)["parameters"]:
            parameter["value"] = empty.get("value")
    spec["vconcat"][0]["height"] = bare["vconcat"][0]["height"]
    assert {k: v for k, v in bare.items() if k != "datasets"} == spec


@pytest.mark.parametrize("layout", LAYOUTS)
def test_filling_keeps_the_prepared_chart(content, layout: str) -> None:
    """The prepared chart is never filled itself: no one's records stay in it."""
    before = json.dumps(parcours_specification(layout))
    filled(layout, content("dozen"))
    assert before == json.dumps(parcours_specification(layout))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_specification_carries_no_data(layout: str) -> None:
    """The prepared chart names its data sets and holds none: it is the same for everybody."""
    spec = parcours_specification(layout)
    named = {node["data"]["name"] for node in nodes(spec) if "data" in node}
    assert set(DATA_SETS) == named
    assert not any("values" in node.get("data", {}) for node in nodes(spec))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("unit", CountUnit)
@pytest.mark.parametrize("clock", Clock)
def test_every_data_set_is_given(content, who: str, unit: CountUnit, clock: Clock) -> None:
    """Whoever, whatever the unit and the clock, each data set is there, in plain JSON without missing numbers."""
    found = content(who, unit, clock)
    assert list(DATA_SETS) == list(found["data"])
    assert found == json.loads(json.dumps(found, allow_nan=False))
    assert all(found["data"][name] for name in ("lanes", "frame", "notes"))


@pytest.mark.parametrize("unit", CountUnit)
@pytest.mark.parametrize("clock", Clock)
def test_no_data_set_is_forgotten(content, unit: CountUnit, clock: Clock) -> None:
    """For somebody with a dozen facts, none is empty, but for the fan that nobody asked for."""
    assert ["fan"] == [name for name, rows in content("dozen", unit, clock)["data"].items() if not rows]


def plain(path: Any) -> dict[str, Any]:
    frames = parcours_frames(interview_path(path), unit=CountUnit.OFFENCES, clock=Clock.CALENDAR)
    return parcours_data(replace(frames, plain=True))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_interview_reads_only_its_data_sets(layout: str) -> None:
    """The chart of an interview names the data sets that it is given, and no other."""
    named = {node["data"]["name"] for node in nodes(plain_specification(layout)) if "data" in node}
    assert set(PLAIN_DATA_SETS) == named


@pytest.mark.parametrize("who", WHO)
def test_interview_begins_with_the_person_s_own_events(path_of, who: str) -> None:
    """Beside the person the lanes begin with what they told, and each mark stays within its lane."""
    data = plain(path_of(who))["data"]
    lanes = {lane["label"]: lane for lane in data["lanes"]}
    order = [lane for lane in PLAIN_LANES if lane.label in lanes]
    assert [lane.label for lane in order] == list(lanes)
    for mark in data["marks"]:
        lane = lanes[Lane(mark["lane"]).label]
        assert lane["top"] < mark["y"] < lane["bottom"]
        assert lane["top_n"] < mark["yn"] < lane["bottom_n"]
    facts = lanes[Lane.FACTS.label]
    assert all(facts["top"] < row["y"] < facts["bottom"] for row in data["stretches"])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("who", ["none", "dozen", "sixty"])
def test_picture_of_an_interview(path_of, layout: str, who: str) -> None:
    """It draws without a warning, larger than on a desk."""
    content = plain(path_of(who))
    spec = {**plain_specification(layout), "datasets": content["data"], "background": "white"}
    spec["vconcat"] = [{**spec["vconcat"][0], "height": content["heights"][layout]}, *spec["vconcat"][1:]]
    image = Image.open(io.BytesIO(vl_convert.vegalite_to_png(spec, format_locale=FRENCH_NUMBERS))).convert("L")
    assert sum(count for count, shade in image.getcolors() if shade < 140) > 300
    assert content["heights"][layout] > 0


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_fields_read_are_fields_given(content, who: str, layout: str) -> None:
    """Each field that a layer encodes is in the rows of its data set."""
    data = content(who)["data"]
    for node in nodes(parcours_specification(layout)):
        name = node.get("data", {}).get("name")
        if name and data[name] and "encoding" in node:
            made = {t["as"] for t in node.get("transform", []) if isinstance(t.get("as"), str)}
            aggregated = any("aggregate" in t for t in node.get("transform", []))
            fields = {c["field"] for c in node["encoding"].values() if isinstance(c, dict) and "field" in c}
            assert aggregated or fields <= made | set(data[name][0])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_words_of_the_chart_are_french(layout: str) -> None:
    """No English word stands in a title, a label or a description."""
    texts = visible_texts(parcours_specification(layout))
    assert {"Nature des infractions", "Évolution", "Intervalles entre les faits", "en cours", " mois"} <= texts
    assert [] == [text for text in texts if ENGLISH.search(text)]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("unit", CountUnit)
def test_words_of_the_data_are_french(content, who: str, unit: CountUnit) -> None:
    """Nor in what the marks say."""
    shown = ("words", "label", "label_n", "family_label", "unconsolidated_words", "types", "rate", "intervals")
    texts = {
        row[k]
        for rows in content(who, unit)["data"].values()
        for row in rows
        for k in shown
        if isinstance(row.get(k), str)
    }
    assert [] == [text for text in texts if ENGLISH.search(text)]


@pytest.mark.parametrize("unit", CountUnit)
@pytest.mark.parametrize("who", WHO)
def test_marks_are_the_rows_of_the_tables(path_of, content, who: str, unit: CountUnit) -> None:
    """As many marks as records, as many bars and steps as rows of their tables."""
    path, data = path_of(who), content(who, unit)["data"]
    table = trajectory(path)
    assert [f"{row.lane}:{row.record_id}" for row in table.itertuples()] == [mark["key"] for mark in data["marks"]]
    assert len(cumulative_facts(path, unit=unit)) == len(data["steps"])
    assert len(fact_intervals(path)) == len(data["intervals"])
    counted = {(x["family"], x["unit_key"]) for x in data["offences"] if x["unit_key"] is not None}
    assert offence_types(path, unit=unit)["count"].sum() == len(counted)


@pytest.mark.parametrize("who", ["one", "dozen", "sixty"])
@pytest.mark.parametrize("unit", CountUnit)
def test_steps_lead_to_marks(content, who: str, unit: CountUnit) -> None:
    """A dot of the cumulative chart is a record of the frise; the end of observation has no dot."""
    data = content(who, unit)["data"]
    keys = [row["key"] for row in data["steps"]]
    assert {mark["key"] for mark in data["marks"]} >= set(keys[:-1])
    assert "" == keys[-1]


@pytest.mark.parametrize("clock", Clock)
@pytest.mark.parametrize("who", WHO)
def test_everything_stands_on_the_axis(content, who: str, clock: Clock) -> None:
    """No mark stands before the start of the axis or after the end of observation; each is within its lane."""
    data = content(who, CountUnit.OFFENCES, clock)["data"]
    (frame,) = data["frame"]
    lanes = {lane["label"]: lane for lane in data["lanes"]}
    for mark in data["marks"]:
        assert frame["start"] <= mark["x"] <= mark["x_end"] <= frame["end"] + 1e-9
        lane = lanes[Lane(mark["lane"]).label]
        assert lane["top"] < mark["y"] < lane["bottom"]
        assert lane["top_n"] < mark["yn"] < lane["bottom_n"]


@pytest.mark.parametrize("who", WHO)
def test_first_words_of_singular(content, who: str) -> None:
    """One thing counted is in the singular."""
    for unit in CountUnit:
        assert not any(re.search(rf"\b1 {unit.label}", row["words"]) for row in content(who, unit)["data"]["steps"])


@pytest.mark.parametrize(("who", "layout", "unit", "clock"), PICTURES)
def test_picture_is_drawn(content, who: str, layout: str, unit: CountUnit, clock: Clock) -> None:
    """The chart draws without a warning and its picture is not blank."""
    spec = filled(layout, content(who, unit, clock))
    png = vl_convert.vegalite_to_png({**spec, "background": "white"}, format_locale=FRENCH_NUMBERS)
    image = Image.open(io.BytesIO(png)).convert("L")
    dark = sum(count for count, shade in image.getcolors() if shade < 140)
    assert image.width >= 300
    assert dark > 500


def test_description_leads_to_the_text() -> None:
    """The chart describes itself and says where the same is in words."""
    assert "texte" in parcours_specification(WIDE)["description"] == parcours.DESCRIPTION
