"""Text of records is data: whatever it holds, it is shown as it is, and does nothing."""

from __future__ import annotations

import csv
import html
import io
import json
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_bundle import HOSTILE

from frise_analysis.analysis.table_text import csv_text
from frise_analysis.dashboards import rendering
from frise_analysis.dashboards.parcours import SCRIPT, Parcours
from frise_analysis.dashboards.people import search
from frise_analysis.dashboards.state import ParcoursState
from frise_analysis.dashboards.twins import tables
from frise_analysis.vocabulary import Clock, CountUnit

TEXTS = (
    *HOSTILE,
    "-1+1",
    "@SUM(A1)",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    "</textarea><b>gras</b>",
    "&lt;déjà échappé&gt;",
    "' or 1=1 --",
)


def all_panels(store, path) -> str:
    return "".join(rendering.panel(name, store, path, unit=CountUnit.OFFENCES).html for name in rendering.LATER)


NAME = "NOMPROPRE <i>Jean</i>"


def hostile_rows(number: int, text: str) -> dict[str, list[dict[str, object]]]:
    """One person with every free field of every table set to one text; codes that are not known are kept as they are."""
    p, c, m = f"H{number:02}", f"C{number}", f"M{number}"
    own = {"person_id": p}
    day = {"start_date": "2015-01-01"}
    return {
        "persons": [{**own, "display_name": NAME, "sex": text, "birth_year": 1980}],
        "convictions": [
            {**own, "conviction_id": c, "decision_date": "2016-01-01", "court": text, "judgment_mode": text, "record_entry_type": text}
        ],
        "offences": [
            {**own, "conviction_id": c, "offence_start_date": "2015-01-01", "label": text, "nature": text, "family": text, "date_precision": text, "natinf_code": text}
        ],
        "sentences": [{"conviction_id": c, "sentence_code": text, "hours": 10}],
        "custody_periods": [{**own, **day, "regime": text}],
        "measures": [{**own, **day, "measure_id": m, "conviction_id": c, "measure_code": text, "setting": text, "end_date": "2016-01-01", "outcome": text}],
        "obligations": [{"measure_id": m, "obligation_code": text}],
        "breaches": [{**own, "measure_id": m, "breach_date": "2015-06-01", "kind": text, "consequence": text}],
        "life_events": [{**own, **day, "domain": text, "direction": text, "label": text, "source": text}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def hostile(people):
    rows: dict[str, list[dict[str, object]]] = {}
    for number, text in enumerate(TEXTS):
        for name, found in hostile_rows(number, text).items():
            rows.setdefault(name, []).extend(found)
    for name, key in (("convictions", "conviction_id"), ("measures", "measure_id")):
        assert len({row[key] for row in rows[name]}) == len(TEXTS)
    return people(rows)


class Elements(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def screen(hostile, number: int) -> Parcours:
    return Parcours(hostile.store, ParcoursState(person_key=hostile.key(f"H{number:02}")))


NUMBERS = pytest.mark.parametrize("number", range(len(TEXTS)), ids=lambda n: TEXTS[n][:12])


@NUMBERS
def test_no_text_makes_an_element(hostile, number: int) -> None:
    """The page holds only the elements that its templates write, with the attributes they write."""
    made = screen(hostile, number)
    page = made.shell + all_panels(hostile.store, made.state.path(hostile.store))
    elements = Elements(page).elements
    assert set() == {tag for tag, _ in elements} & {"script", "img", "b", "i", "textarea", "iframe", "object"}
    assert not any(name.startswith("on") for _, names in elements for name in names)


@NUMBERS
def test_text_is_shown_as_it_is(hostile, number: int) -> None:
    """What the record says is read in the text of the page, whole, whatever it is."""
    shown = " ".join("".join(Elements(screen(hostile, number).shell).text).split())
    wanted = " ".join(TEXTS[number].split())
    assert wanted.lower() in shown.lower()


@NUMBERS
@pytest.mark.parametrize("clock", Clock)
def test_first_paint_holds_its_script(hostile, number: int, clock: Clock) -> None:
    """No text can close the element that holds the data of the page, which comes back the same."""
    made = Parcours(hostile.store, ParcoursState(person_key=hostile.key(f"H{number:02}"), clock=clock))
    state = {"specs": made.specs, "view": made.view, "french": made.french}
    page = rendering.first_paint(html="", module=SCRIPT, state=state)
    start = page.index(">") + 1
    content = page[start : page.index("</script>", start)]
    assert "<" not in content
    assert state == json.loads(content)


def test_first_paint_closes_each_script_once(hostile) -> None:
    """The page opens and closes two scripts: the data and the program."""
    data, _ = screen(hostile, 0)._repr_mimebundle_()
    page = data["text/html"]
    assert [2, 2] == [page.count(x) for x in ("<script type=", "</script>")]


@NUMBERS
def test_tables_run_no_formula(hostile, number: int) -> None:
    """No cell of a downloaded table begins like a formula, and its text is otherwise the same."""
    path = hostile.path(f"H{number:02}")
    for _, table in tables(path, unit=CountUnit.OFFENCES).values():
        cells = [cell for row in csv.reader(io.StringIO(csv_text(table)), delimiter=";") for cell in row]
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}")) for cell in cells)
        assert not any(cell.startswith("-") and not cell[1:].replace(",", "").isdigit() for cell in cells)


@NUMBERS
def test_name_is_only_in_the_heading_and_in_search(hostile, number: int) -> None:
    """The name is read once, in the heading; neither the chart, the text, the tables nor the files hold it."""
    made = screen(hostile, number)
    view = {**made.view, "parts": {k: x for k, x in made.view["parts"].items() if k != "person"}}
    path = made.state.path(hostile.store)
    files = "".join(csv_text(table) for _, table in tables(path, unit=CountUnit.OFFENCES).values())
    elsewhere = json.dumps(view) + json.dumps(made.specs) + all_panels(hostile.store, path) + files
    assert (1, 0) == (made.view["parts"]["person"].count("NOMPROPRE"), elsewhere.count("NOMPROPRE"))
    assert html.escape(NAME) in made.view["parts"]["person"]


def test_search_gives_plain_text(hostile) -> None:
    """Names found are plain text: the page writes them as such."""
    assert len(TEXTS) >= 12 == sum(row["words"].startswith(NAME) for row in search(hostile.store, "nompropre"))


@NUMBERS
def test_a_hostile_search_finds_nobody(hostile, number: int) -> None:
    """A search is data too."""
    assert all(row["person_id"].startswith("H") for row in search(hostile.store, TEXTS[number]))


def test_first_paint_of_nobody(people) -> None:
    """A page without a person holds no chart data and no record."""
    made = people({"persons": [{"person_id": "R", "display_name": NAME}]}, fictional=False)
    data, _ = Parcours(made.store)._repr_mimebundle_()
    assert "NOMPROPRE" not in json.dumps(data)
