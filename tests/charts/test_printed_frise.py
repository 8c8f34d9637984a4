"""The frise on paper: valid, still, complete, and of the same size whatever machine draws it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache

import altair as alt
import pytest

from frise_analysis.analysis.interview import interview_path
from frise_analysis.charts.parcours import parcours_data
from frise_analysis.charts.printed import LEFT, PLOT_WIDTH, RIGHT, printed_frise
from frise_analysis.dashboards.frames import parcours_frames
from frise_analysis.report.picture import svg
from frise_analysis.vocabulary import Clock, CountUnit, Lane, OffenceFamily

WHO = {"none": "P-0058", "one": "P-0012", "dozen": "P-0271", "sixty": "P-0120"}


@pytest.fixture(scope="module")
def spec(samples):
    @cache
    def of(who: str, clock: Clock = Clock.CALENDAR):
        return printed_frise(
            parcours_data(parcours_frames(samples.path(WHO[who]), unit=CountUnit.OFFENCES, clock=clock))
        )

    return of


@pytest.mark.parametrize("who", WHO)
def test_valid(spec, who: str) -> None:
    """The specification follows the schema of Vega-Lite."""
    alt.LayerChart.from_dict(spec(who), validate=True)


@pytest.mark.parametrize("who", WHO)
def test_nothing_to_point_at(spec, who: str) -> None:
    """No selection, no tooltip, and none of the sentences that only a pointer shows."""
    text = json.dumps(spec(who), ensure_ascii=False)
    assert [] == [x for x in ("select", "tooltip", "cursor", '"words"', '"param":') if x in text]


@pytest.mark.parametrize("who", ["one", "dozen", "sixty"])
def test_every_record_keeps_its_place_in_time(spec, samples, who: str) -> None:
    """As many marks as records, each inside the axis; the families shown, each once, in the legend."""
    sets, path = spec(who)["datasets"], samples.path(WHO[who])
    start, end = sets["frame"][0]["start"], sets["frame"][0]["end"]
    assert len(path.records) == len(sets["marks"])
    assert all(start <= mark["x"] <= end for mark in sets["marks"])
    families = {record.code for record in path.lane(Lane.FACTS)}
    assert [f.label for f in OffenceFamily if f in families] == [entry["label"] for entry in sets["legend"]]


@pytest.mark.parametrize("who", WHO)
def test_size_is_given(spec, who: str) -> None:
    """The picture is as wide as its plot and the room given to the names: no typeface is measured."""
    width = re.match(r'<svg[^>]* width="(\d+)"', svg(spec(who)))
    assert LEFT + PLOT_WIDTH + RIGHT == int(width.group(1))


@pytest.mark.parametrize("clock", Clock)
def test_every_clock_is_drawn(spec, clock: Clock) -> None:
    """Calendar, age and street time, with the names of the lanes."""
    drawn = svg(spec("dozen", clock))
    assert all(f">{lane.label}<" in drawn for lane in (Lane.FACTS, Lane.MEASURES, Lane.LIFE_EVENTS))


def test_words_without_room_are_not_there(spec) -> None:
    """A stretch too short for its words is not written at all: text that is not seen would still be read aloud or copied."""
    drawn, shown = svg(spec("sixty")), spec("sixty")["datasets"]["stretches"]
    assert drawn.count("sans fait enregistré") == len(shown)
    assert 'opacity="0"' not in drawn.split("sans fait enregistré")[0].rsplit("<text", 1)[-1]


def test_lanes_keep_their_order(samples) -> None:
    """The lanes of an interview stay in the order of the interview."""
    path = interview_path(samples.path(WHO["dozen"]))
    content = parcours_data(parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR))
    shown = {**content, "data": {**content["data"], "lanes": content["data"]["lanes"][::-1]}}
    names = [lane["label"] for lane in content["data"]["lanes"]]
    assert names[::-1] == [lane["label"] for lane in printed_frise(shown)["datasets"]["lanes"]]


def test_no_code_beside_the_person(people) -> None:
    """On the interview and on the person's page a name without room is cut; an officer reads the code of the measure."""
    path = people(NARROW_BAR, "2024-09-30").path("P")
    content = parcours_data(replace(parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR), plain=True))
    known = parcours_data(parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR))
    labels = [
        mark["label_n"]
        for shown in (content, known)
        for mark in shown["data"]["marks"]
        if mark["lane"] == Lane.MEASURES
    ]
    assert (True, "ARSE") == (labels[0].startswith("Assignation"), labels[1])
    printed = [
        [m["label"] for m in printed_frise(content, plain=plain)["datasets"]["marks"] if m["lane"] == Lane.MEASURES]
        for plain in (True, False)
    ]
    assert (True, ["ARSE"]) == (printed[0][0].startswith("Assignation"), printed[1])


NARROW_BAR = """
persons
person_id
P

offences
person_id | offence_id | offence_start_date | family
P         | a          | 2010-01-01         | route

measures
person_id | measure_id | measure_code | start_date | end_date   | outcome
P         | M          | ARSE         | 2017-06-01 | 2017-07-01 | accomplie
"""


def test_the_screen_is_left_as_it_is(spec) -> None:
    """Making the printed chart changes nothing of the one on the screen."""
    from frise_analysis.charts.parcours import WIDE, parcours_specification

    before = json.dumps(parcours_specification(WIDE))
    spec("one", Clock.AGE)
    assert before == json.dumps(parcours_specification(WIDE))
