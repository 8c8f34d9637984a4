"""The widget of the service answers the messages of its page; a message that fails leaves the screen as it was."""

from __future__ import annotations

import base64
import copy
import io
import zipfile
from typing import Any

import pytest

from frise_analysis.analysis.disclosure.filter_guard import TOO_CLOSE
from frise_analysis.analysis.service import ServiceFilters, headline, sentence
from frise_analysis.dashboards.service import Service, open_service, reports
from frise_analysis.dashboards.service.caseload_figures import first_role
from frise_analysis.dashboards.service.filter_bar import choices, month_ends
from frise_analysis.dashboards.service.screen import FAILED, REPLACED
from frise_analysis.dashboards.service.state import WEEKS, ServiceState
from frise_analysis.dashboards.service.tabs import TABS
from frise_analysis.dashboards.service.views_answered import MASKED_ROW


class Page:
    """A screen and what it sends to its page."""

    def __init__(self, screen: Service) -> None:
        self.screen, self.sent = screen, []
        screen.send = lambda content, buffers=None: self.sent.append(content)

    def say(self, message: Any) -> list[Any]:
        self.sent.clear()
        self.screen._receive(self.screen, message, [])
        return list(self.sent)

    def snapshot(self) -> tuple[Any, ...]:
        screen = self.screen
        tables = {tab: sorted(x.tables) for tab, x in screen._written.items()}
        return copy.deepcopy((screen.view, screen.state, screen._turn, screen.shell, tables))


@pytest.fixture
def page(sample_store) -> Page:
    return Page(Service(sample_store))


@pytest.fixture(scope="module")
def steady(sample_store) -> Page:
    """One screen for messages that change nothing, as each of its tests says."""
    return Page(Service(sample_store))


def asked(query: str, **more: Any) -> dict[str, Any]:
    return {"do": "filters", "query": query, "tab": "overview", "asked": 1, **more}


def test_opens_on_everybody(page: Page, sample_store) -> None:
    """Nothing is chosen: the sentence says so, the address is empty, the first tab is written with the page."""
    assert ("", "overview") == (page.screen.view["query"], page.screen.view["panel"]["panel"])
    assert sentence(sample_store, ServiceFilters()) == page.screen.view["parts"]["sentence"]
    assert page.screen.view["panel"]["html"] in page.screen.shell


def test_filters(page: Page, sample_store) -> None:
    """Filters change the sentence, the tiles, the lists and the address, together with the tab that is open."""
    assert [] == page.say(asked("mesure=SP&mois=6", tab="flows", asked=4))
    view = page.screen.view
    assert ("mois=6&mesure=SP", 4, 2, "flows") == (view["query"], view["asked"], view["turn"], view["panel"]["panel"])
    assert ("SP", "6", "") == tuple(view["chosen"][x] for x in ("mesure", "mois", "sexe"))
    assert "sursis probatoire" in view["parts"]["sentence"]
    text = headline(sample_store, filters=ServiceFilters("mesure=SP&mois=6"))["text"].iloc[0]
    assert f">{text}<" in view["parts"]["tiles"]


def test_address_is_read_back(page: Page) -> None:
    """The address that the page keeps gives the same view again."""
    page.say(asked("sexe=M&mesure=SP"))
    kept = page.screen.view
    page.say(asked(""))
    page.say(asked(kept["query"]))
    same = ("query", "chosen", "parts", "panel")
    assert {x: kept[x] for x in same} == {x: page.screen.view[x] for x in same}


@pytest.mark.parametrize(
    "query",
    ["mesure=<script>alert(1)</script>", "inconnu=1", "mesure=SP&mesure=TIG", "au=2999-01-31", "au=2024-08-14", "mois=7", "x" * 700, "antenne=Z-9"],
)  # fmt: skip
def test_hostile_address_is_refused_in_a_sentence(steady: Page, query: str) -> None:
    """An address that cannot be is a sentence, without its value; the screen stays, and says what it shows."""
    before = steady.snapshot()
    (answer,) = steady.say(asked(query, asked=9))
    assert (before, steady.screen.view["query"], 9) == (steady.snapshot(), answer["query"], answer["asked"])
    assert answer["refused"].endswith(".")
    assert not any(x in answer["refused"] for x in ("<", "Z-9", "2999", "Traceback"))


def test_few_people_are_refused(steady: Page) -> None:
    """A selection of a few people, or that differs from another by a few, is refused: the sentence never says which."""
    before = steady.snapshot()
    assert [TOO_CLOSE] == [x["refused"] for x in steady.say(asked("mesure=LC"))]
    assert before == steady.snapshot()


@pytest.mark.parametrize("tab", TABS)
def test_panel(steady: Page, tab: str) -> None:
    """Each tab is written when it is opened: figures with a heading, a table or a sentence, and the charts they hold a place for."""
    (answer,) = steady.say({"do": "panel", "name": tab})
    assert (tab, steady.screen.view["turn"]) == (answer["panel"], answer["turn"])
    assert "fs-figure" in answer["html"]
    assert [] == [x for x in answer["charts"] if f'data-chart="{x}"' not in answer["html"]]
    assert answer["html"].count("data-chart=") == len(answer["charts"])


@pytest.mark.parametrize("tab", ["overview", "flows", "outcomes", "comparison"])
def test_methods_are_told(steady: Page, tab: str) -> None:
    """Every published question says how it is made, its query included."""
    (answer,) = steady.say({"do": "panel", "name": tab})
    figures = answer["html"].count('<section class="fc-card')
    told = answer["html"].count("<dt>Définition</dt>")
    assert figures - told == (1 if tab == "outcomes" else 0), "the figures of others have sources, no query"
    assert "select" in answer["html"]


@pytest.mark.parametrize(("tab", "name"), [("overview", "suivies-measure"), ("flows", "service-durees"), ("deadlines", "echeances-par-regle")])  # fmt: skip
def test_csv(steady: Page, tab: str, name: str) -> None:
    """The file holds the table of the figure, its day in its name."""
    (answer,) = steady.say({"do": "csv", "tab": tab, "name": name})
    assert f"{name}-2024-09-30.csv" == answer["name"]
    head, *rows = answer["csv"].splitlines()
    assert ";" in head
    assert rows


def test_csv_hides_what_the_page_hides(steady: Page) -> None:
    """What is under eleven people in the page is so in the file."""
    (answer,) = steady.say({"do": "csv", "tab": "overview", "name": "suivies-measure"})
    assert "Peine de stage;moins de 11;moins de 11;non comparable" in answer["csv"]


def test_weeks(page: Page, monkeypatch) -> None:
    """Looking further shows as many dates or more, and is kept."""
    monkeypatch.delenv("FRISE_ROLE", raising=False)
    page.say({"do": "role", "value": "encadrement:A-1", "tab": "deadlines"})
    near = len(page.screen._written["deadlines"].tables["echeances-a-venir"])
    (answer,) = page.say({"do": "weeks", "value": str(WEEKS[-1]), "tab": "deadlines"})
    assert near < len(page.screen._written["deadlines"].tables["echeances-a-venir"])
    assert f"{WEEKS[-1]} semaines" in answer["html"]
    assert WEEKS[-1] == page.screen.state.weeks


def test_role(page: Page, monkeypatch) -> None:
    """On fictional people a role may be tried; the session's own, where it has one, cannot be changed."""
    monkeypatch.delenv("FRISE_ROLE", raising=False)
    (head,) = page.say({"do": "panel", "name": "caseload"})
    assert ("Personnes suivies par antenne" in head["html"], "CPIP-01</th>" in head["html"]) == (True, False)
    (manager,) = page.say({"do": "role", "value": "encadrement:A-1", "tab": "caseload"})
    assert "CPIP-01</th>" in manager["html"]
    (officer,) = page.say({"do": "role", "value": "cpip:CPIP-01", "tab": "caseload"})
    assert ("CPIP-01</th>" in officer["html"], "CPIP-02</th>" in officer["html"]) == (True, False)
    before = page.snapshot()
    monkeypatch.setenv("FRISE_ROLE", "cpip:CPIP-02")
    (refused,) = page.say({"do": "role", "value": "direction", "tab": "caseload"})
    assert ("fixé à l’ouverture" in refused["refused"], before) == (True, page.snapshot())


def test_without_role_real_people_stay_hidden(people, monkeypatch) -> None:
    """On real records nobody is shown before the session says who asks: a sentence says what to do."""
    monkeypatch.delenv("FRISE_ROLE", raising=False)
    store = people("measures\nperson_id | measure_code | start_date\nP1 | SP | 2023-01-01", fictional=False).store
    assert "" == first_role(store)
    (answer,) = Page(Service(store)).say({"do": "panel", "name": "caseload"})
    assert "Ouvrez la session avec ce rôle" in answer["html"]
    assert "data-choice" not in answer["html"]


@pytest.mark.parametrize(("form", "starts"), [("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_report(page: Page, form: str, starts: bytes) -> None:
    """The report comes as a file, for the period asked."""
    (answer,) = page.say({"do": "report", "format": form, "months": 6})
    made = base64.b64decode(answer["file"])
    assert (True, True) == (made.startswith(starts), answer["name"].endswith(f".{form}"))
    if form == "xlsx":
        assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None
    assert 12 == page.screen.state.filters.months, "the period of a report is not that of the screen"


def test_report_button_waits_for_the_report(sample_store, monkeypatch) -> None:
    """Where no report can be made, its button is hidden."""
    button = 'data-document aria-haspopup="dialog" {}>'
    assert button.format("") in Service(sample_store).shell
    monkeypatch.setattr(reports, "MODULE", "frise_analysis.report.nothing")
    assert button.format("hidden") in Service(sample_store).shell


@pytest.mark.parametrize(
    "message",
    [
        None, 3, [], {}, {"do": "nothing"}, {"do": "_init"}, {"do": "filters"}, {"do": "filters", "query": 3}, {"do": "filters", "query": "a" * 9000},
        {"do": "filters", "query": "", "tab": "none"}, {"do": "filters", "query": "", "tab": []}, {"do": "panel"}, {"do": "panel", "name": "none"},
        {"do": "panel", "name": {}}, {"do": "csv", "tab": "overview", "name": "none"}, {"do": "csv", "tab": "overview", "name": ["a"]}, {"do": "csv", "name": "x"},
        {"do": "weeks", "value": 8, "tab": "deadlines"}, {"do": "weeks", "value": "5", "tab": "deadlines"}, {"do": "weeks", "value": "8"},
        {"do": "role", "value": 1, "tab": "caseload"}, {"do": "report"}, {"do": "report", "format": "exe", "months": 12}, {"do": "report", "format": ["pdf"]},
    ],
)  # fmt: skip
def test_malformed_message_changes_nothing(steady: Page, message: Any) -> None:
    """Whatever is sent, the answer is one sentence, and the screen is as it was."""
    before = steady.snapshot()
    (answer,) = steady.say(message)
    assert (FAILED, before) == (answer["notice"], steady.snapshot())


@pytest.mark.parametrize("months", [7, "douze", [], {"a": 1}])
def test_report_of_no_period_is_refused(steady: Page, months: Any) -> None:
    """A period that is not offered is a sentence."""
    before = steady.snapshot()
    (answer,) = steady.say({"do": "report", "format": "pdf", "months": months})
    assert ("mois" in answer["refused"], before) == (True, steady.snapshot())


@pytest.mark.parametrize("number", [None, "1", 1.5, True, [1]])
def test_what_was_asked_is_a_number(steady: Page, number: Any) -> None:
    """A count that is not one is never taken for an answer to the page."""
    (answer,) = steady.say(asked("inconnu=1", asked=number))
    assert 0 == answer["asked"]


def test_everybody_may_always_be_asked(people) -> None:
    """« Tout voir » is never refused, however few people there are."""
    page = Page(Service(people("measures\nperson_id | measure_code | start_date\nP1 | SP | 2023-01-01").store))
    assert [] == page.say(asked(""))
    assert 2 == page.screen.view["turn"]


def test_a_new_load_is_told(steady: Page, monkeypatch) -> None:
    """The page is told that the data were replaced; nothing else."""
    assert [] == steady.say({"do": "watch"})
    monkeypatch.setattr(type(steady.screen.store), "replaced", lambda _: True)
    assert [{"notice": REPLACED}] == steady.say({"do": "watch"})


def test_first_paint_carries_the_page_once(steady: Page) -> None:
    """The page sent before any kernel answers holds the text of the first tab once, its charts, and no closing script."""
    bundle = steady.screen._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    html = data["text/html"]
    assert 1 == html.count('class="fs-tiles"')
    assert '"suivies-measure"' in html
    assert 2 == html.count("</script>")


def test_lists_of_the_bar(sample_store) -> None:
    """Every word of the address has its list; branches and measures are by name, never by number."""
    found = {x.word: x for x in choices(sample_store)}
    assert {"antenne", "mesure", "milieu", "phase", "sexe", "age", "famille", "obligation", "mois", "au"} == set(found)
    for word in ("antenne", "mesure"):
        names = [label for value, label in found[word].options if value]
        assert sorted(names) == names
    assert month_ends(sample_store.info.extraction_date)[0].isoformat() == "2024-08-31"


def test_state_is_immutable() -> None:
    """Each action gives another state; a number of weeks that is not offered is none."""
    state = ServiceState()
    assert (26, 8) == (state.looking("26").weeks, state.weeks)
    with pytest.raises(KeyError):
        state.looking("7")


def test_empty_store(people) -> None:
    """A store without measures opens, every tab of it, and says that there is nothing."""
    page = Page(Service(people("persons\nperson_id\nP1").store))
    for tab in TABS:
        (answer,) = page.say({"do": "panel", "name": tab})
        assert tab == answer["panel"]


def test_open_service(sample_file, monkeypatch) -> None:
    """``open_service`` takes a store, or the one in use."""
    assert open_service(sample_file).view["query"] == ""
    monkeypatch.setenv("FRISE_STORE", str(sample_file))
    assert open_service().view["query"] == ""


def test_a_masked_row_is_not_shown_as_a_view(page: Page) -> None:
    """A year before the extraction, the table of phases masks a row because few people are in both: its filter would give its number."""
    assert [] == page.say(asked("au=2023-09-30"))
    (answer,) = page.say(asked("au=2023-09-30&phase=pre"))
    assert MASKED_ROW == answer["refused"]
    assert "au=2023-09-30" == page.screen.view["query"]
