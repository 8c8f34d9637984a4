"""The panel of life events: what is typed is kept, undone, exported; nothing typed does anything but be shown."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hostile_bundle import HOSTILE

from frise_analysis.analysis.aligned_facts import aligned_facts
from frise_analysis.analysis.interview import interview_path
from frise_analysis.dashboards import life_events
from frise_analysis.dashboards.life_event_page import CHART, DIRECTIONS, SOURCES
from frise_analysis.dashboards.life_events import MEANWHILE, act, write
from frise_analysis.dashboards.rendering import static_text
from frise_analysis.store.event_journal import Entry
from frise_analysis.vocabulary import CountUnit, EventSource, LifeDirection

PEOPLE = """
persons
person_id | birth_date
P         | 1990-01-01
bare      |

offences
person_id | offence_id | offence_start_date
P         | f0         | 2010-01-01
P         | f1         | 2015-01-01
P         | f2         | 2016-01-01
P         | f3         | 2018-01-01
P         | f4         | 2019-04-01
bare      | b          | 2020-01-01

life_events
person_id | event_id | start_date | end_date   | domain | direction | label       | source
P         | E1       | 2019-03-12 | 2019-03-12 | work   | strain    | Licencié    | officer
P         | E2       | 2020-05-01 |            | family | support   | Vie commune | person
"""
#: As the form sends it.
FIELDS = {
    "label": "Perte du logement", "domain": "housing", "direction": "strain", "start": "03/2019", "end": "en cours", "source": "person",
}  # fmt: skip
TEXTS = (
    *HOSTILE[:6],
    "-1+1",
    "@SUM(A1)",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    "' or 1=1 --",
    "</textarea><b>x</b>",
    "x\t=1+1",
)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(life_events, "_today", lambda: date(2024, 6, 15))


@pytest.fixture(scope="module")
def loaded(people):
    return people(PEOPLE)


@pytest.fixture
def made(loaded):
    """The people, nothing being entered on them yet."""
    for left in loaded.store.path.parent.glob(f"{loaded.store.declared.path.name}*"):
        left.unlink()
    return loaded


def spaced(html: str) -> str:
    """The same with ordinary spaces: those of French typography are tested where they are set."""
    return re.sub("[\u00a0\u202f]", " ", html)


class Page:
    """The panel as the page shows it after each message."""

    def __init__(self, made, person: str = "P") -> None:
        self.made, self.person = made, person
        self.html = spaced(write(made.store, self.path, unit=CountUnit.OFFENCES).html)

    @property
    def path(self):
        return self.made.path(self.person)

    def say(self, action: str, event: str = "", **fields: str) -> life_events.Outcome:
        given = {**FIELDS, **fields} if action in {"add", "change"} else fields
        outcome = act(self.made.store, self.path, {"do": "life", "action": action, "event": event, "fields": given})
        self.html = spaced(outcome.html)
        return outcome

    @property
    def shown(self) -> list[str]:
        """Names of the events of the list."""
        return [x.record.label for x in life_events.listed_events(self.made.store, self.path).events]


def kept_of(text: str) -> str:
    """What is kept of a text of the form: one line, without controls of order."""
    return " ".join(re.sub("[\u202a-\u202e]", "", text).split())


class Elements(HTMLParser):
    """The elements of a panel with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def where(self, attribute: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.elements if attribute in attributes]


@pytest.fixture
def page(made) -> Page:
    return Page(made)


def test_panel_shows_what_is_recorded(page: Page) -> None:
    """Every event with its origin, buttons named by it, and the sentence that says what the panel is for."""
    found = Elements(page.html)
    assert "À remplir avec la personne" in page.html
    assert ["E2", "E1"] == [x["data-event"] for x in found.where("data-life") if x["data-life"] == "edit"]
    assert {"Modifier : Licencié", "Retirer : Licencié"} <= {x.get("aria-label") for x in found.named("button")}
    assert 2 == page.html.count(">importé, ")
    assert [] == [x for x in found.where("data-life") if x["data-life"] in {"undo", "cancel"}]


def test_adding_writes_and_says_it(page: Page) -> None:
    """The event is kept and on the frise; what was done is said, with how to undo it, where the focus goes."""
    outcome = page.say("add")
    assert (True, "« Perte du logement » est enregistré. Vous pouvez annuler cette action.") == (
        outcome.changed,
        outcome.said,
    )
    assert "ajouté ici, dit par la personne" in outcome.html
    assert "depuis mars 2019" in outcome.html
    assert ["Perte du logement"] == [r.label for r in page.path.lane("life_events") if r.record_id.startswith("saisi-")]
    (focused,) = Elements(outcome.html).where("data-life-focus")
    assert ("status", "-1") == (focused["role"], focused["tabindex"])


def test_adding_starts_a_new_form(page: Page) -> None:
    """After an event is kept, the form is empty again."""
    form = {x["name"]: x.get("value") for x in Elements(page.say("add").html).named("input") if x["type"] == "text"}
    assert {"label": "", "start": "", "end": ""} == form


def test_after_the_extraction(page: Page) -> None:
    """An event later than the extraction is kept, listed as such, and not on the frise."""
    outcome = page.say("add", start="01/03/2024", label="Stage")
    assert "n’est pas encore sur la frise" in outcome.said
    assert 1 == outcome.html.count("après l’extraction : pas encore sur la frise")
    assert ["Stage", "Vie commune", "Licencié"] == page.shown
    assert 2 == len(page.path.lane("life_events"))


def test_tomorrow_is_refused(page: Page) -> None:
    """What has not happened yet is not entered."""
    assert not page.say("add", start="16/06/2024").changed
    assert page.say("add", start="15/06/2024").changed


def test_errors_stand_beside_their_fields(page: Page) -> None:
    """Each wrong field names its sentence, keeps what was typed, and the first has the focus; nothing is written."""
    outcome = page.say("add", domain="", start="31/02/2019", end="hier", label="Un texte")
    found = Elements(outcome.html)
    ids = {x["id"] for x in found.where("id")}
    wrong = [x for x in found.where("aria-invalid") if x["aria-invalid"] == "true"]
    assert ["domain", "start", "end"] == [x["name"] for x in wrong]
    assert all(f"fc-life-{x['name']}-error" in x["aria-describedby"].split() for x in wrong)
    assert {y for x in found.where("aria-describedby") for y in x["aria-describedby"].split()} <= ids
    assert ["domain"] == [x["name"] for x in found.where("data-life-focus")]
    typed = {x["name"]: x["value"] for x in found.named("input") if x["type"] == "text"}
    assert {"label": "Un texte", "start": "31/02/2019", "end": "hier"} == typed
    assert (False, "Rien n’est encore enregistré : 3 réponses à revoir.") == (outcome.changed, outcome.said)
    assert ["Vie commune", "Licencié"] == page.shown


def test_wrong_choice_has_its_error(page: Page) -> None:
    """A choice that was not made is told at its group, whose first answer has the focus."""
    found = Elements(page.say("add", direction="").html)
    (group,) = [x for x in found.named("fieldset") if "aria-describedby" in x]
    assert "fc-life-direction-error" == group["aria-describedby"]
    assert [("direction", "support")] == [(x["name"], x["value"]) for x in found.where("data-life-focus")]


def test_every_field_has_a_label(page: Page) -> None:
    """Text fields and lists have a label of their own; choices stand in a group with its name; no identifier is used twice."""
    found = Elements(page.html)
    fields = [x for tag in ("input", "select") for x in found.named(tag) if x.get("type") != "radio"]
    assert {x["id"] for x in fields} == {x["for"] for x in found.named("label") if "for" in x}
    ids = [x["id"] for x in found.where("id")]
    assert len(ids) == len(set(ids))
    assert len(found.named("fieldset")) == len(found.named("legend")) == 2
    assert [CountUnit.OFFENCES, "h3"] == [CountUnit.OFFENCES, *{tag for tag, _ in found.elements if re.fullmatch(r"h\d", tag)}]  # fmt: skip


def test_choices_are_those_of_the_vocabulary() -> None:
    """The form offers each way an event may go and each source, and no other."""
    assert set(LifeDirection) == {x for x, _ in DIRECTIONS}
    assert set(EventSource) == {x for x, _ in SOURCES}


@pytest.mark.parametrize("event", ["E1", "own"])
def test_changing_an_event(page: Page, event: str) -> None:
    """Editing fills the form with the event; saving changes it, imported or not; undoing brings it back."""
    page.say("add")
    own = next(r.record_id for r in page.path.lane("life_events") if r.record_id.startswith("saisi-"))
    event = own if event == "own" else event
    outcome = page.say("edit", event)
    form = next(iter(Elements(outcome.html).named("form")))
    assert (False, "change", event) == (outcome.changed, form["data-action"], form["data-event"])
    before = page.shown
    changed = page.say("change", event, label="Autre chose", start="2017", end="")
    assert (True, True) == (changed.changed, "Autre chose" in page.shown)
    assert ("importé, modifié ici" in changed.html) is (event == "E1")
    page.say("undo")
    assert before == page.shown


def test_editing_gives_back_what_was_typed(page: Page) -> None:
    """An event read again in the form is the same, dates as precise as they were."""
    page.say("add", start="avril 2018", end="2019")
    own = page.path.lane("life_events")[0].record_id
    found = Elements(page.say("edit", own).html)
    typed = {x["name"]: x["value"] for x in found.named("input") if x["type"] == "text"}
    chosen = {x["name"]: x["value"] for x in found.named("input") if "checked" in x}
    assert {"label": "Perte du logement", "start": "04/2018", "end": "2019"} == typed
    assert {"direction": "strain", "source": "person"} == chosen
    assert ["housing"] == [x["value"] for x in found.named("option") if "selected" in x]


def test_leaving_a_change(page: Page) -> None:
    """Leaving changes nothing and gives an empty form."""
    page.say("edit", "E1")
    outcome = page.say("cancel")
    assert (False, ["Vie commune", "Licencié"], "add") == (
        outcome.changed,
        page.shown,
        Elements(outcome.html).named("form")[0]["data-action"],
    )


def test_removing_and_undoing(page: Page) -> None:
    """An imported event leaves the frise and the list, is counted as such, and comes back."""
    outcome = page.say("remove", "E1")
    assert ("« Licencié » est retiré. Vous pouvez annuler cette action.", ["Vie commune"]) == (outcome.said, page.shown)
    assert "1 évènement importé retiré ici" in outcome.html
    assert ["E2"] == [r.record_id for r in page.path.lane("life_events")]
    last = next(x for x in Elements(outcome.html).where("data-life") if x["data-life"] == "undo")["data-event"]
    undone = page.say("undo", last)
    assert (True, "Action annulée : retrait de « Licencié ».") == (undone.changed, undone.said)
    assert ["Vie commune", "Licencié"] == page.shown
    assert (False, "Il n’y a plus rien à annuler.") == ((x := page.say("undo")).changed, x.said)


def test_last_action_is_told_beside_its_button(page: Page) -> None:
    """Before it is undone, the last action is told: it may be a colleague's."""
    page.say("add")
    html = page.html
    assert re.search(r"Dernière action : ajout de « Perte du logement », le \d", html)
    assert re.search(r'data-life="undo"[^>]*aria-describedby="fc-life-last"', html)


@pytest.mark.parametrize("action", ["change", "remove", "edit"])
def test_an_event_that_is_not_there(page: Page, action: str) -> None:
    """An event that somebody removed meanwhile, or that never was, is told; nothing is written."""
    page.say("remove", "E1")
    for event in ("E1", "E404"):
        outcome = page.say(action, event)
        assert (False, MEANWHILE) == (outcome.changed, outcome.said)
    assert ["Vie commune"] == page.shown


def test_an_action_that_is_not_the_last(page: Page) -> None:
    """An undo asked on a page written before somebody else acted undoes nothing."""
    page.say("add")
    page.made.store.declared.add("P", Entry(date(2020, 1, 1), "work", "D’un collègue"))
    assert (False, MEANWHILE) == ((x := page.say("undo", "1")).changed, x.said)
    assert "D’un collègue" in page.shown


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({"action": "drop"}, KeyError),
        ({}, KeyError),
        ({"action": "remove", "event": 7}, TypeError),
        ({"action": "add", "fields": {"label": ["x"]}}, TypeError),
        ({"action": "add", "fields": "label"}, TypeError),
    ],
)
def test_what_a_page_never_sends(page: Page, message: dict, error: type[Exception]) -> None:
    """A message that no page of ours sends is refused, and changes nothing."""
    with pytest.raises(error):
        act(page.made.store, page.path, message)
    assert ["Vie commune", "Licencié"] == page.shown


def test_adding_never_changes(page: Page) -> None:
    """Adding is adding, whatever event the message names."""
    page.say("add", "E1")
    assert ["Vie commune", "Licencié", "Perte du logement"] == page.shown


@pytest.mark.parametrize("text", TEXTS, ids=lambda x: x[:12])
def test_no_text_makes_an_element(page: Page, text: str) -> None:
    """A hostile label is shown as it is, in the list, the form and what is said; it makes no element and closes no attribute."""
    added = page.say("add", label=text)
    assert added.changed
    own = next(r for r in page.path.lane("life_events") if r.record_id.startswith("saisi-"))
    refused = act(page.made.store, page.path, {"action": "add", "event": "", "fields": dict.fromkeys(FIELDS, text)})
    for html in (
        added.html,
        page.say("edit", own.record_id).html,
        page.say("remove", own.record_id).html,
        refused.html,
    ):
        found = Elements(html)
        assert set() == {tag for tag, _ in found.elements} & {"script", "img", "b", "i", "svg", "textarea", "iframe"}
        assert not any(name.startswith("on") for _, attributes in found.elements for name in attributes)
    shown = " ".join("".join(Elements(added.html).text).split())
    assert kept_of(text) in shown
    names = [x["name"] for x in added.charts[CHART]["datasets"]["events"]]
    assert any(kept_of(text) in name for name in names), "the chart is given the text as it is, as data"


@pytest.mark.parametrize("text", TEXTS, ids=lambda x: x[:12])
def test_export_runs_no_formula(page: Page, text: str) -> None:
    """The file has every event of the list; no cell begins like a formula."""
    page.say("add", label=text)
    outcome = page.say("export")
    rows = list(csv.reader(io.StringIO(outcome.csv), delimiter=";"))
    assert (False, 4, "evenements-de-vie.csv") == (outcome.changed, len(rows), outcome.name)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\N{FULLWIDTH EQUALS SIGN}")) for row in rows for cell in row)  # fmt: skip
    assert kept_of(text) in [
        x.strip("\u2068\u2069") for row in rows for cell in row for x in (cell, cell.removeprefix("'"))
    ]


@pytest.mark.parametrize(
    ("action", "event", "editing"),
    [
        ("export", "", "E1"),
        ("remove", "E2", "E1"),
        ("remove", "E1", ""),
        ("undo", "", "E1"),
        ("remove", "gone", ""),
        ("change", "gone", ""),
    ],
)
def test_what_is_being_typed_is_kept(page: Page, action: str, event: str, editing: str) -> None:
    """Whatever button is pressed while something is typed, none of it is lost; what was changing an event that left adds one."""
    page.say("add")
    message = {"action": action, "event": event, "editing": "E1", "fields": {**FIELDS, "label": "À moitié"}}
    found = Elements(act(page.made.store, page.path, message).html)
    assert "À moitié" in [x.get("value") for x in found.named("input")]
    form = found.named("form")[0]
    assert (editing, "change" if editing else "add") == (form["data-event"], form["data-action"])


def test_file_that_is_held_while_something_is_typed(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writing that fails is told, and keeps what was typed."""
    page.made.store.declared.add("P", Entry(date(2020, 1, 1), "work", "Avant"))
    monkeypatch.setattr("frise_analysis.store.event_file.PATIENCE", 0.05)
    with closing(sqlite3.connect(page.made.store.declared.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        outcome = page.say("add", label="À moitié")
    assert (False, True) == (outcome.changed, "Recommencez dans un instant." in outcome.said)
    assert "À moitié" in [x.get("value") for x in Elements(outcome.html).named("input")]


def test_beside_the_person_no_note_shows(page: Page) -> None:
    """In the interview mode, what the officer noted is nowhere: not in the list, the last action, what is said, nor the file."""
    store = page.made.store
    note = {**FIELDS, "label": "NOTE", "source": "officer"}

    def say(action: str, event: str = "", fields: dict[str, str] | None = None) -> life_events.Outcome:
        return act(store, interview_path(page.path), {"action": action, "event": event, "fields": fields or {}})

    page.say("add", **note)
    seen = [write(store, interview_path(page.path), unit=CountUnit.OFFENCES).html, say("export").csv]
    assert all("Vie commune" in x and "NOTE" not in x and "Licencié" not in x for x in seen)
    assert MEANWHILE == say("edit", "E1").said
    say("add", fields={**note, "label": "Dit ici"})
    assert [("Dit ici", "person"), ("NOTE", "officer")] == sorted(
        (x.label, x.source) for x in store.declared.of("P").events
    )
    assert "Dernière action : retrait d’un évènement, le " in say("remove", "E2").html
    last = str(store.declared.of("P").last.action_id)
    assert "Action annulée : retrait de « Vie commune »." == say("undo", last).said


OFFICER_ACTS = {
    "adds a note": [("add", "", {"label": "NOTE", "source": "officer"})],
    "removes a note": [("remove", "E1", {})],
    "changes a note": [("change", "E1", {"label": "NOTE", "source": "officer"})],
    "makes a note of what was told": [("change", "E2", {"label": "NOTE", "source": "officer"})],
    "tells a note as the person’s": [("change", "E1", {"label": "Licencié", "source": "person"})],
    "removes a note entered here": [("add", "", {"label": "NOTE", "source": "officer"}), ("remove", "own", {})],
    "tells a note entered here": [
        ("add", "", {"label": "NOTE", "source": "officer"}),
        ("change", "own", {"source": "person"}),
    ],
}


@pytest.mark.parametrize("name", OFFICER_ACTS)
def test_beside_the_person_the_officer_did_nothing(page: Page, name: str) -> None:
    """What the officer did is neither told, nor counted, nor undone in an interview, whatever number the page sends."""
    for action, event, fields in OFFICER_ACTS[name]:
        own = next((x.event_id for x in page.made.store.declared.of("P").events), "")
        assert page.say(action, own if event == "own" else event, **({**FIELDS, **fields} if fields else {})).changed
    before = page.made.store.declared.of("P")
    html = write(page.made.store, interview_path(page.path), unit=CountUnit.OFFENCES).html
    assert [] == re.findall(r"Dernière action|retirés? ici|NOTE", html)
    assert [] == [x for x in Elements(html).where("data-life") if x["data-life"] == "undo"]
    for number in (str(before.last.action_id), "", "1", "abc", "9" * 5000):
        message = {"action": "undo", "event": number, "fields": {}}
        assert (False, MEANWHILE) == ((x := act(page.made.store, interview_path(page.path), message)).changed, x.said)
    assert before == page.made.store.declared.of("P")


def test_an_event_that_left_the_extraction_is_nobodys(page: Page) -> None:
    """Nobody knows any more who told it: what was done to it is not told beside the person."""
    page.made.store.declared.remove("P", "E404")
    assert "Dernière action" not in write(page.made.store, interview_path(page.path), unit=CountUnit.OFFENCES).html


def test_beside_the_person_what_was_told_is_undone(page: Page) -> None:
    """What the person told, changed or took away can be taken back in the interview: only the action that is shown."""
    for action, event in (("add", ""), ("change", "E2"), ("remove", "E2")):
        before = page.shown
        message = {"action": action, "event": event, "fields": FIELDS if action != "remove" else {}}
        told = act(page.made.store, interview_path(page.path), message)
        (number,) = (x["data-event"] for x in Elements(told.html).where("data-life") if x["data-life"] == "undo")
        assert not act(
            page.made.store, interview_path(page.path), {"action": "undo", "event": "", "fields": {}}
        ).changed
        assert act(
            page.made.store, interview_path(page.path), {"action": "undo", "event": number, "fields": {}}
        ).changed
        assert before == page.shown


def test_only_the_events_that_are_drawn_are_measured(people, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many events there are, those of the view are measured against the facts and no other."""
    born = {"person_id": "P", "birth_date": "1990-01-01"}
    days = [date(2010, 1, 1) + timedelta(30 * n) for n in range(40)]
    facts = [{"person_id": "P", "offence_id": f"f{n}", "offence_start_date": x.isoformat()} for n, x in enumerate(days)]
    told = [
        {"person_id": "P", "event_id": f"e{n}", "start_date": x.isoformat(), "domain": "work", "label": f"e{n}"}
        for n, x in enumerate(days)
    ]
    held = [
        {
            "person_id": "P",
            "custody_id": "c",
            "start_date": days[-1].isoformat(),
            "end_date": "2013-06-01",
            "regime": "detention",
        }
    ]
    made = people({"persons": [born], "offences": facts, "life_events": told, "custody_periods": held})
    counted: list[int] = []

    def measured(path):
        counted.append(len(path.lane("life_events")))
        return aligned_facts(path)

    monkeypatch.setattr("frise_analysis.dashboards.life_event_page.aligned_facts", measured)
    panel = write(made.store, made.path("P"), unit=CountUnit.OFFENCES)
    assert ([12], [f"e{n}" for n in range(38, 26, -1)]) == (
        counted,
        [x["name"][:3] for x in panel.charts[CHART]["datasets"]["events"]],
    )
    assert "Les 12 évènements les plus récents sont montrés, sur 39." in spaced(panel.html)
    assert "1 évènement en détention, sans jour libre autour : sans place ici." in spaced(panel.html)


def test_coincidences_ring_their_events(page: Page) -> None:
    """Each sentence rings the events that it counts; an event known to the month is not counted among exact days."""
    page.say("add")
    found = Elements(page.html)
    links = [json.loads(x["data-keys"]) for x in found.where("data-keys")]
    assert ["life_events:E1"] in links
    assert "1 évènement (travail et formation, difficulté) : sur 4 dates de faits" in page.html
    assert "1 évènement sans jour précis : hors de cette comparaison." in page.html
    assert "logement, difficulté) : " not in page.html


def test_too_few_facts_say_so(made) -> None:
    """Under four dates of facts nothing is compared."""
    page = Page(made, "bare")
    page.say("add", start="01/03/2020")
    assert "On ne peut pas conclure." in page.html


def test_aligned_view(page: Page) -> None:
    """The chart has its place and its data; each line under it rings an event and its facts, which are on the frise."""
    panel = write(page.made.store, page.path, unit=CountUnit.FACT_DATES)
    (plot,) = Elements(panel.html).where("data-chart")
    assert CHART == plot["data-chart"]
    assert {CHART} == set(panel.charts)
    marks = {f"{r.lane}:{r.record_id}" for r in page.path.records}
    keys = [json.loads(x["data-keys"]) for x in Elements(panel.html).where("data-keys")]
    assert {x for group in keys for x in group} <= marks
    assert ["life_events:E1", "facts:f4"] in keys


def test_no_more_than_twelve_lines(page: Page) -> None:
    """Where there are more events than lines, it is said."""
    for year in range(2000, 2012):
        page.say("add", start=str(year).replace("20", "01/20", 1))
    assert "Les 12 évènements les plus récents sont montrés, sur 14." in page.html
    assert 12 == len(write(page.made.store, page.path, unit=CountUnit.OFFENCES).charts[CHART]["datasets"]["events"])


def test_rough_dates_are_told(page: Page) -> None:
    """An event known to the year has no place in the view, and it is said."""
    page.say("add", start="2019")
    assert "1 évènement à l’année près, ou moins précis : sans place ici." in page.html


def test_person_without_events(made) -> None:
    """Without an event there is no chart and no coincidence, and the form is there."""
    panel = write(made.store, made.path("bare"), unit=CountUnit.OFFENCES)
    assert ({}, True, False) == (panel.charts, 'class="fc-life"' in panel.html, "Coïncidences" in panel.html)
    assert "Aucun évènement de vie pour l’instant." in panel.html


def test_unusable_file_leaves_the_panel_readable(page: Page) -> None:
    """A broken file is said in the panel: imported events are there, nothing can be entered, nothing fails."""
    page.made.store.declared.path.write_text("non" * 4000, encoding="utf-8")
    panel = write(page.made.store, page.path, unit=CountUnit.OFFENCES)
    assert ("Saisie impossible" in panel.html, "abîmé" in panel.html, "Vie commune" in panel.html) == (True, True, True)
    assert [] == [x for x in Elements(panel.html).elements if x[0] == "form" or "data-life" in x[1]]
    outcome = page.say("add")
    assert (False, True) == (outcome.changed, "abîmé" in outcome.said)


def test_no_causal_word(page: Page) -> None:
    """Nothing in the panel says that one thing leads to another."""
    page.say("add")
    text = re.sub(r"<[^>]+>", " ", page.html).replace("Une coïncidence ne dit pas ce qui mène à quoi.", "")
    assert [] == re.findall(
        r"caus|effet|provoqu|entraîn|expliqu|mène|à cause|grâce|risque|dangereu", text, re.IGNORECASE
    )


def test_every_sample_person(samples) -> None:
    """None, one, twelve or sixty facts, approximate dates, custody: the panel is written, and nothing of the machine shows."""
    for person in ("P-0012", "P-0058", "P-0120", "P-0199", "P-0271", "P-0333", "P-0404"):
        panel = write(samples.store, samples.path(person), unit=CountUnit.OFFENCES)
        text = " ".join(Elements(panel.html).text)
        assert [] == re.findall(r"\bNone\b|\bnan\b|NaT|\{\{|[a-z]+_[a-z_]+", text)


def test_script_is_one_name() -> None:
    """The program is joined to others in one module: it imports and exports nothing, and gives one name."""
    script = static_text("life_events.js")
    assert [] == re.findall(r"^\s*(?:import|export)\b", script, re.MULTILINE)
    assert ["const lifeEvents = {"] == re.findall(r"^(?:const|let|var|class|function|async).*", script, re.MULTILINE)
