"""Places of the records on the frise: no mark covers another while there is room."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.charts.lanes import LONGEST_LABEL, STYLES, Plot, lay_out, pack
from frise_analysis.vocabulary import Lane

SPANS = st.lists(
    st.tuples(st.integers(0, 100), st.integers(1, 30)).map(lambda x: (float(x[0]), float(x[0] + x[1]))), max_size=30
)
ROW = st.fixed_dictionaries(
    {
        "lane": st.sampled_from([lane.value for lane in Lane]),
        "x": st.floats(2000, 2020),
        "title": st.text(min_size=1, max_size=60),
        "code": st.just("SP"),
        "length": st.floats(0, 5),
    }
).map(lambda row: {**row, "x_end": row["x"] + row["length"]})
ROWS = st.lists(ROW, max_size=25)
PLOT = Plot(2000, 2025, 1080)


@given(SPANS)
def test_rows_hold_spans_apart(spans) -> None:
    """Two spans of one row never overlap."""
    rows = pack(spans)
    for row in set(rows):
        taken = sorted(span for span, at in zip(spans, rows, strict=True) if at == row)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(taken))


@given(SPANS)
def test_first_free_row_is_taken(spans) -> None:
    """A span is never put below a row that was free: the frise is no higher than it must be."""
    rows = pack(spans)
    for i, (span, row) in enumerate(zip(spans, rows, strict=True)):
        before = list(zip(spans[:i], rows[:i], strict=True))
        for above in range(row):
            assert any(at == above and span[0] < other[1] and other[0] < span[1] for other, at in before)


@given(SPANS, st.integers(1, 4))
def test_no_more_rows_than_allowed(spans, most: int) -> None:
    """Beyond the rows allowed, the last one takes the overflow."""
    assert all(0 <= row < most for row in pack(spans, most=most))


@given(ROWS, st.sampled_from([PLOT, Plot(2000, 2025, 320, 16)]))
def test_each_record_stands_in_its_lane(rows, plot: Plot) -> None:
    """A record stands between the top and the bottom of its lane; lanes follow each other without a gap."""
    layout = lay_out(rows, plot)
    lanes = {name: (top, bottom) for name, top, bottom in layout.lanes}
    for row, place in zip(rows, layout.places, strict=True):
        top, bottom = lanes[Lane(row["lane"]).label]
        assert top + plot.heading < place.y < bottom
    edges = [0, *(bottom for _, _, bottom in layout.lanes)]
    assert edges[:-1] == [top for _, top, _ in layout.lanes]
    assert layout.height == edges[-1]


@given(ROWS)
def test_labels_are_cut_and_only_where_shown(rows) -> None:
    """Measures and life events carry a label, cut with an ellipsis; other marks have none."""
    for row, place in zip(rows, lay_out(rows, PLOT).places, strict=True):
        assert (place.label != "") <= STYLES[row["lane"]].labelled
        assert len(place.label) <= LONGEST_LABEL
        assert place.label in {row["title"], row["code"], ""} or place.label.endswith("…")


@given(ROWS, st.sampled_from([PLOT, Plot(2000, 2025, 320, 16)]))
def test_no_code_stands_for_a_name_beside_the_person(rows, plot: Plot) -> None:
    """Where codes are not known to the reader, a name without room is cut, and begins as it is."""
    named = [{**row, "title": f"Nom{row['title']}"} for row in rows]
    for row, place in zip(named, lay_out(named, replace(plot, coded=False)).places, strict=True):
        assert row["title"].startswith(place.label.removesuffix("…").rstrip())
        assert place.label != row["code"]


@pytest.mark.parametrize(("coded", "expected"), [(True, "SP"), (False, "Sursis avec mise à l’épreuve…")])
def test_a_long_name_in_a_narrow_plot(coded: bool, expected: str) -> None:
    """An officer reads the code; anybody else the name, cut to its room."""
    row = {
        "lane": "measures",
        "x": 2010,
        "x_end": 2011,
        "title": "Sursis avec mise à l’épreuve et beaucoup de suite",
        "code": "SP",
    }
    assert expected == lay_out([row], Plot(2000, 2025, 320, coded=coded)).places[0].label


@pytest.mark.parametrize(
    ("lanes", "expected"),
    [
        ([], ["Faits"]),
        (["custody"], ["Faits", "Détention"]),
        (["life_events", "facts"], ["Faits", "Évènements de vie"]),
    ],
)
def test_empty_lanes_are_left_out(lanes: list[str], expected: list[str]) -> None:
    """The lane of facts is always drawn, others only when they hold something, from top to bottom."""
    rows = [{"lane": lane, "x": 2001, "x_end": 2002, "title": "x", "code": "y"} for lane in lanes]
    assert expected == [name for name, _, _ in lay_out(rows, PLOT).lanes]


def test_a_path_of_one_day_has_a_place() -> None:
    """A plot without width in time does not divide by zero."""
    rows = [{"lane": "facts", "x": 2001, "x_end": 2001, "title": "x", "code": "y"}]
    assert 1 == len(lay_out(rows, Plot(2001, 2001, 1080)).places)
