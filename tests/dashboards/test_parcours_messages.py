"""The parcours widget answers the messages of its page; a message that fails leaves the screen as it was."""

from __future__ import annotations

import base64
import copy
import json
import re
import shutil
from typing import Any

import pytest

from frise_analysis.charts.parcours import PLAIN_DATA_SETS
from frise_analysis.dashboards.parcours import FAILED, REPLACED, Parcours, open_parcours
from frise_analysis.dashboards.state import ParcoursState
from frise_analysis.vocabulary import ADDED_LANES, Clock, Lane


class Page:
    """A screen and what it sends to its page."""

    def __init__(self, screen: Parcours) -> None:
        self.screen, self.sent = screen, []
        screen.send = lambda content, buffers=None: self.sent.append(content)

    def say(self, message: Any) -> list[Any]:
        self.sent.clear()
        self.screen._receive(self.screen, message, [])
        return list(self.sent)

    def snapshot(self) -> tuple[Any, ...]:
        return copy.deepcopy((self.screen.view, self.screen.state, self.screen._turn, self.screen.shell))


@pytest.fixture
def page(sample_store) -> Page:
    return Page(Parcours(sample_store))


def chart_words(page: Page) -> str:
    return " ".join(mark["words"] for mark in page.screen.view["chart"]["data"]["marks"])


def test_search_answers_with_its_turn(page: Page) -> None:
    """The people found come with the turn of the question, so that a late answer is known as such."""
    (answer,) = page.say({"do": "search", "text": "p-0271", "turn": 7})
    assert (7, ["P-0271"]) == (answer["turn"], [x["person_id"] for x in answer["people"]])


def test_recents_are_those_the_store_holds(page: Page, samples) -> None:
    """The people consulted before, as the page remembers them, if the store has them."""
    (answer,) = page.say({"do": "recents", "people": [samples.key("P-0120"), 10_000_000], "turn": 1})
    assert ["P-0120"] == [x["person_id"] for x in answer["people"]]


def test_choose(page: Page, samples) -> None:
    """Choosing a person shows their path, and counts one more turn."""
    before = page.screen.view["turn"]
    assert [] == page.say({"do": "choose", "person": samples.key("P-0120"), "asked": 12.5})
    assert ("P-0120", before + 1) == (page.screen.view["person"], page.screen.view["turn"])
    assert "P-0120" in page.screen.view["parts"]["person"]


@pytest.mark.parametrize("unit", ["offences", "fact_dates", "convictions"])
def test_unit(page: Page, unit: str) -> None:
    """The unit of count changes what is counted, and is said."""
    page.say({"do": "unit", "value": unit})
    assert unit == page.screen.view["chosen"][0]
    (notes,) = page.screen.view["chart"]["data"]["notes"]
    assert notes["types"].startswith(page.screen.state.unit.label)


@pytest.mark.parametrize(("clock", "words"), [("calendar", "année"), ("age", "l’âge"), ("street", "temps libre")])
def test_clock(page: Page, clock: str, words: str) -> None:
    """The clock changes the axis, and is said."""
    page.say({"do": "clock", "value": clock})
    assert (clock, clock) == (page.screen.view["chosen"][1], page.screen.view["chart"]["parameters"]["clock"])
    assert words in page.screen.view["parts"]["clock"]


def test_void(page: Page, samples) -> None:
    """Void convictions appear when they are asked for and only then; the next person hides them again."""
    page.say({"do": "choose", "person": samples.key("P-0333")})
    seen = []
    for message in ({"do": "void", "value": True}, {"do": "void", "value": False}, {"do": "void", "value": True}):
        page.say(message)
        seen.append("non avenue" in chart_words(page))
    page.say({"do": "choose", "person": samples.key("P-0333")})
    assert [True, False, True, False] == [*seen, "non avenue" in chart_words(page)]


@pytest.mark.parametrize("lane", ADDED_LANES)
@pytest.mark.parametrize("clock", Clock)
def test_lane(page: Page, samples, lane: Lane, clock: Clock) -> None:
    """A lane that is asked for is drawn, told in the text version and explained; taken away, all three go."""
    page.say({"do": "choose", "person": samples.key("P-0120")})
    page.say({"do": "clock", "value": clock.value})
    bare = page.screen.view
    page.say({"do": "lane", "name": lane.value, "value": True})
    view = page.screen.view
    marks = [mark for mark in view["chart"]["data"]["marks"] if mark["lane"] == lane.value]
    assert len(marks) > 0 == sum(mark["lane"] == lane.value for mark in bare["chart"]["data"]["marks"])
    assert len(marks) == view["parts"]["text"].count("<li>") - bare["parts"]["text"].count("<li>")
    assert ([lane.value], "") == (view["added"], bare["parts"]["addedkey"])
    assert lane.label.split()[0][:8] in view["parts"]["addedkey"]
    (frame,) = view["chart"]["data"]["frame"]
    assert all(frame["start"] <= mark["x"] <= mark["x_end"] <= frame["end"] + 1e-9 for mark in marks)
    page.say({"do": "lane", "name": lane.value, "value": False})
    assert bare["chart"] == page.screen.view["chart"]


def test_interview_and_back(page: Page, samples) -> None:
    """Beside the person, only what is theirs to open is answered; closed, nothing; then the work as it was left."""
    page.say({"do": "choose", "person": samples.key("P-0271")})
    before = page.screen.view
    page.say({"do": "mode", "value": "interview"})
    assert ["own", "events", "text"] == page.screen.view["tabs"]
    assert [{"notice": FAILED}] == page.say({"do": "panel", "name": "legal"})
    assert set(page.screen.view["chart"]["data"]) == set(PLAIN_DATA_SETS)
    page.say({"do": "mode", "value": "closed"})
    assert (None, None) == (page.screen.view["person"], page.screen.view["chart"])
    page.say({"do": "mode", "value": "work"})
    assert {**before, "turn": 0} == {**page.screen.view, "turn": 0}


@pytest.mark.parametrize("mode", ["interview", "closed"])
@pytest.mark.parametrize(
    "message",
    [
        {"do": "search", "text": "p-00", "turn": 1}, {"do": "recents", "people": [1, 2, 3], "turn": 1}, {"do": "choose", "person": 3},
        {"do": "csv", "name": "trajectory"}, {"do": "document", "format": "pdf", "purpose": "entretien"}, {"do": "void", "value": True},
        {"do": "lane", "name": "legal", "value": True}, {"do": "fan", "value": True},
    ],
    ids=lambda x: x["do"],
)  # fmt: skip
def test_what_is_the_officer_s_is_refused_beside_the_person(
    page: Page, samples, mode: str, message: dict[str, Any]
) -> None:
    """No other name, no file, no choice of the work: refused with a sentence, and the state stays."""
    page.say({"do": "choose", "person": samples.key("P-0333")})
    page.say({"do": "mode", "value": mode})
    before = page.snapshot()
    assert [{"notice": FAILED}] == page.say(message)
    assert before == page.snapshot()


@pytest.mark.parametrize("mode", ["work", "interview", "closed"])
def test_a_screen_shown_again_is_one_person(page: Page, mode: str) -> None:
    """The page of a widget shown after a choice is of that person and of that mode: words and drawing alike."""
    page.screen.choose("P-0271")
    page.say({"do": "mode", "value": mode})
    html = page.screen._repr_mimebundle_()[0]["text/html"]
    shown = html[: html.index('<script type="application/json"')]
    assert f'data-mode="{mode}"' in shown
    assert ("GUERMAZI" in shown, "CORBELIN" in shown) == (False, mode != "closed")
    assert ("Facteurs statiques" in shown, "Il a été condamné" in shown)[1] == (mode == "work")


@pytest.mark.parametrize(("form", "opening"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("personne", b"%PDF-")])
def test_document(page: Page, samples, form: str, opening: bytes) -> None:
    """Each form comes as a file named by the pseudonym, whole."""
    page.say({"do": "choose", "person": samples.key("P-0271")})
    (answer,) = page.say({"do": "document", "format": form, "purpose": "entretien"})
    assert base64.b64decode(answer["file"]).startswith(opening)
    assert re.fullmatch(r"(synthese|page)-P-0271-\d{4}-\d\d-\d\d\.(pdf|docx)", answer["name"])


def test_no_document_beside_the_person(page: Page, samples) -> None:
    """While somebody else looks at the screen, or once it is closed, no file leaves."""
    page.say({"do": "choose", "person": samples.key("P-0271")})
    for mode in ("interview", "closed"):
        page.say({"do": "mode", "value": mode})
        assert [{"notice": FAILED}] == page.say({"do": "document", "format": "pdf", "purpose": "entretien"})


def told(**fields: str) -> dict[str, Any]:
    given = {
        "label": "Un travail",
        "domain": "work",
        "direction": "support",
        "start": "03/2016",
        "end": "",
        "source": "person",
    }
    return {"do": "life", "action": "add", "event": "", "fields": {**given, **fields}}


@pytest.fixture
def desk(sample_file, tmp_path) -> Page:
    """A screen on a store of its own: what is entered there stays there."""
    own = tmp_path / "frise.duckdb"
    shutil.copy(sample_file, own)
    page = Page(open_parcours(own))
    page.screen.choose("P-0271")
    return page


def test_life_event_on_the_frise_and_back(desk: Page) -> None:
    """What is told is drawn at once, its panel comes with the view; undone, the frise is as it was."""
    before = desk.screen.view
    assert [] == desk.say(told())
    assert ("events", True) == (desk.screen.view["panel"]["panel"], "Un travail" in chart_words(desk))
    desk.say({"do": "life", "action": "undo", "event": "", "fields": {}})
    assert before["chart"] == desk.screen.view["chart"]


def test_life_event_refused_changes_nothing(desk: Page) -> None:
    """An answer that cannot be read comes back in the panel; the view stays."""
    before = desk.snapshot()
    (answer,) = desk.say(told(start="hier"))
    assert ("events", True) == (answer["panel"], "À revoir" in answer["html"])
    assert before == desk.snapshot()


def test_life_events_in_an_interview_stay_those_of_the_person(desk: Page) -> None:
    """What the officer notes is kept, and is not shown beside the person."""
    desk.say(told(label="Note du bureau", source="officer"))
    desk.say({"do": "mode", "value": "interview"})
    assert "Note du bureau" not in json.dumps(desk.screen.view, ensure_ascii=False)
    desk.say(told(label="Un stage"))
    assert "Un stage" in chart_words(desk)
    assert "Note du bureau" not in json.dumps(desk.screen.view, ensure_ascii=False)


@pytest.mark.parametrize("name", ["trajectory", "offence_types", "cumulative_facts", "fact_intervals"])
def test_csv(page: Page, name: str) -> None:
    """Each table comes as a file of its name, with French heads."""
    (answer,) = page.say({"do": "csv", "name": name})
    head, *rows = answer["csv"].splitlines()
    assert (f"{name}.csv", True) == (answer["name"], len(rows) > 0)
    assert not set(head.split(";")) & {"lane", "count", "date", "from_date", "family_label"}


def test_table_comes_with_the_turn_of_the_view(page: Page) -> None:
    """The tables are those of the view on screen."""
    (answer,) = page.say({"do": "panel", "name": "table"})
    assert page.screen.view["turn"] == answer["turn"]
    assert 4 == answer["html"].count("<table>")


def test_table_twin_says_what_the_chart_shows(page: Page) -> None:
    """As many rows in the tables as marks, steps and intervals in the chart."""
    (answer,) = page.say({"do": "panel", "name": "table"})
    data = page.screen.view["chart"]["data"]
    rows = [part.count("<tr>") - 1 for part in answer["html"].split("<table>")[1:]]
    families = {row["family"] for row in data["offences"]}
    assert [len(data["marks"]), len(families), len(data["steps"]), len(data["intervals"])] == rows
    assert len(data["marks"]) == page.screen.view["parts"]["text"].count("<li>")


def test_watch_tells_of_new_data(people, tmp_path) -> None:
    """Nothing while the store is the one opened; a sentence once another took its place."""
    made = people({"persons": [{"person_id": "W"}]})
    file = tmp_path / "frise.duckdb"
    file.write_bytes(made.store.path.read_bytes())
    page = Page(open_parcours(file))
    assert [] == page.say({"do": "watch"})
    other = tmp_path / "new.duckdb"
    other.write_bytes(file.read_bytes())
    other.replace(file)
    assert [{"notice": REPLACED}] == page.say({"do": "watch"})
    page.screen.store.close()


def test_vega_is_sent_to_a_notebook(page: Page) -> None:
    """A notebook asks for the drawing library; it exports what the page needs."""
    (answer,) = page.say({"do": "vega"})
    assert "export" in answer["vega"][-2000:]


@pytest.mark.parametrize(
    "message",
    [
        None, "search", 3, [], {}, {"do": None}, {"do": "inconnu"}, {"do": []}, {"do": {}}, {"do": "__init__"}, {"do": "_receive"},
        {"do": "search"}, {"do": "search", "text": "p"}, {"do": "recents"}, {"do": "recents", "people": 3, "turn": 1},
        {"do": "choose"}, {"do": "choose", "person": None}, {"do": "choose", "person": "P-0001"}, {"do": "choose", "person": True},
        {"do": "choose", "person": 0}, {"do": "choose", "person": -1}, {"do": "choose", "person": 10**30},
        {"do": "choose", "person": 1.5}, {"do": "choose", "person": float("nan")}, {"do": "choose", "person": 999_999},
        {"do": "unit"}, {"do": "unit", "value": "kilos"}, {"do": "unit", "value": None}, {"do": "clock", "value": "lune"},
        {"do": "clock", "value": ["age"]}, {"do": "void"}, {"do": "void", "value": "non"}, {"do": "csv"}, {"do": "csv", "name": "persons"},
        {"do": "csv", "name": []}, {"do": "csv", "name": "../../etc/passwd"}, {"do": "lane"}, {"do": "lane", "name": "facts", "value": True},
        {"do": "lane", "name": "legal", "value": 1}, {"do": "fan", "value": "oui"}, {"do": "mode", "value": "patron"},
        {"do": "life"}, {"do": "life", "action": "erase"}, {"do": "life", "action": "add", "fields": {"label": 3}}, {"do": "document"},
        {"do": "document", "format": "exe", "purpose": "entretien"}, {"do": "document", "format": "pdf", "purpose": ""},
        {"do": "panel", "name": "own"}, {"do": "panel", "name": "persons"}, {"do": "panel"},
    ],
    ids=repr,
)  # fmt: skip
def test_a_message_that_cannot_be_answered(page: Page, message: Any) -> None:
    """A message that is unknown or malformed is answered with a sentence; nothing on the screen changes."""
    before = page.snapshot()
    assert [{"notice": FAILED}] == page.say(message)
    assert before == page.snapshot()


def test_the_screen_goes_on_after_a_failure(page: Page, samples) -> None:
    """After a choice that failed, the next one works, and the tables are still those of the view."""
    page.say({"do": "choose", "person": 999_999})
    (answer,) = page.say({"do": "panel", "name": "table"})
    assert page.screen.view["turn"] == answer["turn"]
    assert [] == page.say({"do": "unit", "value": "convictions"})
    page.say({"do": "choose", "person": samples.key("P-0012")})
    assert "P-0012" == page.screen.view["person"]


def test_choose_by_pseudonym(page: Page) -> None:
    """In a notebook a person is chosen by pseudonym; one that the store has not is an error."""
    page.screen.choose("P-0404")
    assert "P-0404" == page.screen.view["person"]
    with pytest.raises(KeyError):
        page.screen.choose("P-9999")
    assert "P-0404" == page.screen.view["person"]


def test_fictional_store_opens_on_somebody(page: Page) -> None:
    """On fictional people the screen opens on a path worth reading."""
    assert page.screen.view["person"] is not None


@pytest.fixture
def real(people) -> Page:
    made = people(
        "persons\nperson_id | display_name\nR-1 | DUPONT Anne\n\noffences\nperson_id | offence_start_date\nR-1 | 2020-01-01",
        fictional=False,
    )
    return Page(Parcours(made.store))


def test_real_store_opens_on_nobody(real: Page) -> None:
    """On a store that is not said to be fictional, each consultation is a choice: the screen opens on nobody."""
    view = real.screen.view
    assert (None, None) == (view["person"], view["chart"])
    assert "Choisissez une personne" in view["parts"]["person"]
    assert not any(word in real.screen.shell for word in ("R-1", "DUPONT"))


def test_nobody_has_no_table(real: Page) -> None:
    """While nobody is chosen, tables have nothing to give; a choice of unit waits for the person."""
    assert [] == real.say({"do": "panel", "name": "table"}) + real.say({"do": "csv", "name": "trajectory"})
    real.say({"do": "unit", "value": "convictions"})
    assert (None, "convictions") == (real.screen.view["person"], real.screen.view["chosen"][0])


def test_no_age_clock_without_birth(real: Page) -> None:
    """The clock that cannot be read for this person is barred, and the calendar shown in its place."""
    real.say({"do": "clock", "value": "age"})
    real.say({"do": "choose", "person": 1})
    assert (["age"], "calendar") == (real.screen.view["barred"], real.screen.view["chosen"][1])


def test_a_state_may_be_given(samples) -> None:
    """A screen may open on a state: a person, a unit, a clock."""
    screen = Parcours(samples.store, ParcoursState(person_key=samples.key("P-0199")))
    assert "P-0199" == screen.view["person"]
