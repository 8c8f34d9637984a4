"""The charts of the service: valid Vega-Lite with their data, French words, a picture, nothing kept from one table to the next."""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert
from PIL import Image

from frise_analysis.analysis.funnel import funnel_limits
from frise_analysis.charts.service_bars import LINE, ROW, bars_specification
from frise_analysis.charts.service_curves import MOST, curves_specification
from frise_analysis.charts.service_flows import ENTRIES, EXITS, moves_specification, stock_specification
from frise_analysis.charts.service_funnel import MOST_NAMED, funnel_specification
from frise_analysis.charts.service_quartiles import DAYS, MONTHS, quartiles_specification
from frise_analysis.charts.service_shares import shares_specification
from frise_analysis.charts.theme import FRENCH_NUMBERS

LATEST = vl_convert.get_vegalite_versions()[-1]
BARS = pd.DataFrame(
    {
        "label": ["Sursis probatoire", "Peine de stage", "Libération sous contrainte, avec un nom fort long"],
        "value": [120, None, 15],
        "before": [90, None, None],
        "text": ["120", "moins de 11", "15"],
        "words": ["a", "b", "c"],
    }
)
QUARTILES = pd.DataFrame(
    {
        "label": ["Sursis probatoire", "Semi-liberté"], "quarter": [20.0, None], "median": [27.0, None], "three_quarters": [46.0, None],
        "text": ["27 jours", "moins de 11"], "words": ["a", "b"],
    }
)  # fmt: skip
SHARES = pd.DataFrame(
    {"label": ["Soins", "Permis"], "share": [0.7, None], "low": [0.6, None], "high": [0.8, None], "text": ["70 %", "masqué"], "words": ["a", "b"]}
)  # fmt: skip
STOCK = pd.DataFrame({"month": ["janv. 2024", "févr. 2024"], "value": [100, None], "words": ["a", "b"]})
MOVES = pd.DataFrame(
    {"month": ["janv. 2024"] * 2, "kind": [ENTRIES, EXITS], "value": [20, 12], "words": ["20 entrées", "12 sorties"]}
)
CURVES = pd.DataFrame(
    {"label": ["Ensemble"] * 2 + ["Semi-liberté"] * 2, "months": [0.0, 6.0] * 2, "share": [1.0, 0.6, 1.0, 0.3], "words": list("abcd")}
)  # fmt: skip
MARKS = pd.DataFrame({"months": [12], "share": [0.31], "label": ["Publié"], "words": ["Publié : 31 %"]})
UNITS = pd.DataFrame(
    {
        "unit": ["Antenne A", "Antenne B"],
        "people": [50, 80],
        "share": [0.46, 0.41],
        "adjusted": [0.44, 0.43],
        "words": ["a", "b"],
    }
)
LIMITS = funnel_limits(range(40, 91, 5), target=0.45)

DRAWN: dict[str, Callable[[], dict[str, Any]]] = {
    "bars": lambda: bars_specification(BARS, title="Par mesure"),
    "quartiles": lambda: quartiles_specification(QUARTILES, title="Délais", unit=DAYS),
    "durations": lambda: quartiles_specification(QUARTILES, title="Durées", unit=MONTHS),
    "shares": lambda: shares_specification(SHARES, title="Parts"),
    "stock": lambda: stock_specification(STOCK),
    "moves": lambda: moves_specification(MOVES),
    "curves": lambda: curves_specification(CURVES, title="Courbes", marks=MARKS),
    "lines": lambda: curves_specification(CURVES, title="Courbes", steps=False),
    "funnel": lambda: funnel_specification(UNITS, LIMITS, title="Antennes"),
}
EMPTY: dict[str, Callable[[], dict[str, Any]]] = {
    "bars": lambda: bars_specification(BARS.iloc[:0], title="Par mesure"),
    "quartiles": lambda: quartiles_specification(QUARTILES.iloc[:0], title="Délais"),
    "shares": lambda: shares_specification(SHARES.iloc[:0], title="Parts"),
    "stock": lambda: stock_specification(STOCK.iloc[:0]),
    "moves": lambda: moves_specification(MOVES.iloc[:0]),
    "curves": lambda: curves_specification(CURVES.iloc[:0], title="Courbes"),
    "funnel": lambda: funnel_specification(UNITS.iloc[:0], LIMITS.iloc[:0], title="Antennes"),
}
EACH = pytest.mark.parametrize("name", DRAWN)


def svg(spec: dict[str, Any], *, width: int = 600) -> str:
    return vl_convert.vegalite_to_svg({**spec, "width": width}, vl_version=LATEST, format_locale=FRENCH_NUMBERS)


def picture(spec: dict[str, Any], *, width: int = 600) -> Image.Image:
    whole = {**spec, "width": width, "background": "white"}
    drawn = vl_convert.vegalite_to_png(whole, vl_version=LATEST, format_locale=FRENCH_NUMBERS)
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def colours(image: Image.Image) -> set[tuple[int, int, int]]:
    """Colours of areas: anti-aliased edges are of few pixels each."""
    found = image.getcolors(maxcolors=image.width * image.height) or []
    return {colour for count, colour in found if count > 40}


@EACH
def test_specification_follows_the_schema(name: str) -> None:
    """Each chart with its data is valid Vega-Lite, and comes back the same from its JSON."""
    spec = DRAWN[name]()
    kind = alt.LayerChart if "layer" in spec else alt.Chart
    assert spec == kind.from_dict(json.loads(json.dumps(spec, allow_nan=False))).to_dict()


@EACH
def test_fits_the_page(name: str) -> None:
    """As wide as its place, told to a screen reader in a sentence that names the table."""
    spec = DRAWN[name]()
    assert "container" == spec["width"]
    assert spec["description"].endswith("Le tableau dit la même chose.")


@EACH
def test_prepared_charts_keep_nothing(name: str) -> None:
    """Filling works on a copy: what is changed in one chart is not in the next."""
    first, again = DRAWN[name](), DRAWN[name]()
    first["datasets"].clear()
    first.pop("width")
    assert again == DRAWN[name]()


@EACH
def test_picture_has_something_in_it(name: str) -> None:
    """Each chart draws marks, wide and as narrow as a phone."""
    for width in (280, 900):
        assert len(colours(picture(DRAWN[name](), width=width))) > 1


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_is_drawn_of_nothing(name: str) -> None:
    """A table without rows gives a chart without marks, and no error."""
    assert "svg" in svg(EMPTY[name]())


def test_bars_are_told_in_words_where_hidden() -> None:
    """A number that is hidden has its words, no bar and no tick; names are in the order of the table."""
    drawn = svg(bars_specification(BARS, title="Par mesure"))
    assert drawn.index("Sursis probatoire") < drawn.index("Peine de stage") < drawn.index("Libération sous")
    assert "moins de 11" in drawn
    assert 2 == drawn.count('aria-roledescription="bar"')
    assert 1 == drawn.count('aria-roledescription="tick"')


def test_a_row_has_the_same_height_whatever_the_rows() -> None:
    """Twice as many rows are twice as high: bars keep their size."""
    assert [ROW, 2 * ROW] == [bars_specification(BARS.iloc[:n], title="")["height"] for n in (1, 2)]


OVER, UNDER = "Prise en charge\N{NO-BREAK SPACE}: sociale, sanitaire ou", "éducative, le plus long des noms"
LONG = f"{OVER} {UNDER}".replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "draw",
    [
        lambda: bars_specification(BARS.iloc[:2].assign(label=["Soins", LONG]), title=""),
        lambda: quartiles_specification(QUARTILES.assign(label=["Soins", LONG]), title=""),
        lambda: shares_specification(SHARES.assign(label=["Soins", LONG]), title=""),
    ],
)
def test_a_long_name_is_on_two_lines(draw: Callable[[], dict[str, Any]]) -> None:
    """A name too long for a phone stands on two lines, whole; its row is higher by one line, the others are not."""
    spec = draw()
    drawn = svg(spec, width=300)
    assert 2 * ROW + LINE == spec["height"]
    (rows,) = spec["datasets"].values()
    assert [ROW / 2, ROW + LINE + ROW / 2] == [x["row"] for x in rows]
    assert [("", "Soins"), (OVER, UNDER)] == [(x["over"], x["name"]) for x in rows]
    assert [1, 1, 0] == [drawn.count(f">{x}<") for x in (OVER, UNDER, LONG)]


@pytest.mark.parametrize("long", [False, True])
def test_rows_are_where_they_are_placed(*, long: bool) -> None:
    """Bars stand one row apart, whatever the width and the names; nothing is kept over the first."""
    labels = [LONG, "Soins", "Permis"] if long else ["Stage", "Soins", "Permis"]
    spec = bars_specification(BARS.assign(label=labels, value=[120, 30, 15]), title="")
    for width in (280, 900):
        drawn = svg(spec, width=width)
        tops = [
            float(y) for y in re.findall(r'role="graphics-symbol" aria-roledescription="bar" d="M0,([\d.]+)h', drawn)
        ]
        assert [ROW, ROW] == [b - a for a, b in itertools.pairwise(tops)]
        height = float(re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', drawn)[0])
        assert 0 <= height - spec["height"] <= 10


def test_a_name_without_spaces_is_cut() -> None:
    """Two hundred letters take two lines, no more, each cut where it would leave its place."""
    drawn = svg(bars_specification(BARS.iloc[:1].assign(label="N" * 200), title=""), width=300)
    assert (2, 0, 0) == (drawn.count("N…<"), drawn.count("N" * 60), drawn.count("N N"))


def test_months_and_days() -> None:
    """The axis says its unit; the same days are fewer months."""
    days, months = (svg(quartiles_specification(QUARTILES, title="", unit=x)) for x in (DAYS, MONTHS))
    assert (">jours<" in days, ">mois<" in months) == (True, True)


def test_shares_run_from_none_to_all() -> None:
    """Shares are read in per cent, with the French space."""
    drawn = svg(shares_specification(SHARES, title="Parts"))
    assert ["0 %", "100 %"] == [x for x in ("0 %", "100 %") if x in drawn]


def test_moves_say_which_is_which() -> None:
    """Entries and exits are told apart by a key and by place, not by colour alone."""
    drawn = svg(moves_specification(MOVES))
    assert [True, True] == [f">{x}<" in drawn for x in (ENTRIES, EXITS)]


def test_curves_are_told_apart_without_colour() -> None:
    """Each curve has its own dash and one line of the key; at most eight colours with the ink of the dots."""
    many = pd.concat([CURVES.iloc[:2].assign(label=f"Mesure {n}") for n in range(MOST)], ignore_index=True)
    drawn = svg(curves_specification(many, title="Courbes"), width=900)
    assert [1] * MOST == [drawn.count(f">Mesure {n}<") for n in range(MOST)]
    scale = next(x["encoding"]["strokeDash"]["scale"]["range"] for x in curves_specification(many, title="")["layer"] if "strokeDash" in x["encoding"])  # fmt: skip
    assert MOST == len({tuple(x) for x in scale})


def test_published_figures_are_diamonds() -> None:
    """What others published has another shape than what the service counts."""
    (layer,) = [x for x in curves_specification(CURVES, title="", marks=MARKS)["layer"] if x["data"]["name"] == "marks"]
    assert "diamond" == layer["mark"]["shape"]
    assert 1 == len(curves_specification(CURVES, title="", marks=MARKS)["datasets"]["marks"])


def test_funnel_shows_crude_and_adjusted_shares() -> None:
    """Each branch stands twice: full where its case mix is that of the whole, hollow as it is; its name is over both."""
    spec = funnel_specification(UNITS, LIMITS, title="Antennes")
    assert [(0.46, 0.44), (0.41, 0.43)] == [(x["share"], x["adjusted"]) for x in spec["datasets"]["units"]]
    fields = [layer["encoding"]["y"]["field"] for layer in spec["layer"] if layer["mark"]["type"] in {"point", "text"}]
    assert ["share", "adjusted", "top", "top"] == fields
    assert [0.46, 0.43] == [x["top"] for x in spec["datasets"]["units"]]


def test_funnel_names_its_branches() -> None:
    """Each branch is named beside its point, on the side where there is room."""
    spec = funnel_specification(UNITS, LIMITS, title="Antennes")
    assert [False, True] == [x["on_right"] for x in spec["datasets"]["units"]]
    assert [1, 1] == [svg(spec).count(f">{x}<") for x in UNITS["unit"]]


def test_a_long_name_leaves_the_funnel_its_room() -> None:
    """A name of two hundred letters is cut: the points stay apart."""
    drawn = svg(funnel_specification(UNITS.assign(unit=["N" * 200, "Antenne B"]), LIMITS, title="Antennes"))
    assert (1, 0) == (drawn.count("N…<"), drawn.count("N" * 30))
    named = svg(funnel_specification(UNITS.assign(unit=["Antenne de Saint-Aubrac", "B"]), LIMITS, title=""))
    assert ">Antenne de Saint-Aubrac<" in named


@pytest.mark.parametrize(
    ("longest", "months"), [(9.0, [0, 3, 6, 9]), (24.0, [0, 6, 12, 18, 24]), (48.0, [0, 12, 24, 36, 48])]
)
def test_months_are_read_as_years_are(longest: float, months: list[int]) -> None:
    """An axis of months is marked by quarters, half-years or years."""
    drawn = svg(curves_specification(CURVES.assign(months=[0.0, longest] * 2), title="Courbes"))
    assert months == [int(x) for x in re.findall(r">(\d+)</text>", drawn)]


def test_many_branches_are_named_in_the_table_alone() -> None:
    """Names that would cover one another are left to the tooltip and the table; none is singled out."""
    many = pd.concat([UNITS.iloc[:1].assign(unit=f"Antenne {n}", people=40 + n) for n in range(MOST_NAMED + 1)])
    assert {""} == {x["name"] for x in funnel_specification(many, LIMITS, title="")["datasets"]["units"]}


def test_thousands_are_french() -> None:
    """Numbers of an axis are grouped with the narrow space."""
    drawn = svg(stock_specification(STOCK.assign(value=[18000, 20000])))
    assert ">20\N{NARROW NO-BREAK SPACE}000<" in drawn
