"""The tab of dates follows the role: a list of the people followed, or numbers that may be published; filters of the page cut neither."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from frise_analysis.analysis.deadlines.followed import followed_keys
from frise_analysis.analysis.service.roles import Role, RoleKind
from frise_analysis.dashboards.service import Service, deadline_figures
from frise_analysis.dashboards.service.caseload_figures import first_role
from frise_analysis.dashboards.service.deadline_figures import NUMBERS, ONLY, WHOSE
from frise_analysis.dashboards.service.filter_bar import choices
from frise_analysis.dashboards.service.tabs import TABS

LISTS = ("echeances-a-venir", "echeances-atteintes", "ordonnance-2020")
NUMBERED = {"echeances-par-regle", "ordonnance-2020-nombres"}
PSEUDONYM = re.compile(r"P-\d{4}")
OFFICER = "cpip:CPIP-01"


def plain(html: str) -> str:
    """The same text, its spaces that do not break made ordinary."""
    return html.replace("\u202f", " ").replace("\xa0", " ")


class Page:
    """A screen and what it sends to its page."""

    def __init__(self, store: Any) -> None:
        self.screen, self.sent = Service(store), []
        self.screen.send = lambda content, buffers=None: self.sent.append(content)

    def say(self, **message: Any) -> list[Any]:
        self.sent.clear()
        self.screen._receive(self.screen, message, [])
        return list(self.sent)

    def dates(self) -> str:
        (answer,) = self.say(do="panel", name="deadlines")
        return plain(answer["html"])

    @property
    def tables(self) -> dict[str, Any]:
        return self.screen._written["deadlines"].tables

    @property
    def people(self) -> set[str]:
        return {x for name in LISTS if name in self.tables for x in self.tables[name]["Personne"]}


@pytest.fixture(autouse=True)
def without_role(monkeypatch: pytest.MonkeyPatch) -> None:
    """No role of the session but in the tests that give one."""
    monkeypatch.delenv("FRISE_ROLE", raising=False)


def followed(store: Any, role: Role) -> set[str]:
    keys = [x for day in ("2024-09-30", "2020-03-27") for x in followed_keys(store, role=role, day=day)]
    return {x["person_id"] for x in store.rows("deadline_persons", keys=keys, first=min(keys), last=max(keys))}


ROLES = {
    OFFICER: Role(RoleKind.OFFICER, officer_id="CPIP-01"),
    "encadrement:A-1": Role(RoleKind.MANAGER, branch_id="A-1"),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_list_is_of_the_people_followed(sample_store, monkeypatch, role: str) -> None:
    """An officer has rows of their own people only, a manager of those of the branch: the page says so."""
    monkeypatch.setenv("FRISE_ROLE", role)
    page = Page(sample_store)
    html = page.dates()
    assert set(LISTS) == set(page.tables)
    assert 10 < len(page.people) < 200
    assert page.people <= followed(sample_store, ROLES[role])
    assert (True, True, False) == (WHOSE[ROLES[role].kind] in html, ONLY in html, 'data-choice="role"' in html)


def test_filters_do_not_cut_the_list(sample_store, monkeypatch) -> None:
    """Whatever the page keeps, the list is the same: no filter says anything of a person of it. Another day or other weeks change it."""
    monkeypatch.setenv("FRISE_ROLE", OFFICER)
    page = Page(sample_store)
    page.dates()
    before = {name: page.tables[name].to_csv() for name in LISTS}
    asked = [f"{x.word}={x.options[1][0]}" for x in choices(sample_store) if x.word != "au"] + ["sexe=M", "mesure=SP"]
    answered = [x for x in asked if page.say(do="filters", query=x, tab="deadlines", asked=1) == []]
    assert len(answered) > 5
    for query in answered:
        page.say(do="filters", query=query, tab="deadlines", asked=1)
        assert before == {name: page.tables[name].to_csv() for name in LISTS}
    page.say(do="filters", query="au=2024-08-31", tab="deadlines", asked=1)
    assert before[LISTS[0]] != page.tables[LISTS[0]].to_csv()


@pytest.mark.parametrize("session", ["", "direction"])
@pytest.mark.parametrize("fictional", [True, False])
def test_others_have_numbers(people, monkeypatch, session: str, fictional: bool) -> None:
    """The head of the service, and who has no role, have numbers and a sentence that says who sees the list."""
    if session:
        monkeypatch.setenv("FRISE_ROLE", session)
    page = Page(people("measures\nperson_id | measure_code | start_date\nQ1 | SP | 2023-01-01", fictional=fictional).store)  # fmt: skip
    html = page.dates()
    assert (NUMBERED, set()) == (set(page.tables), page.people)
    assert (True, True) == (NUMBERS in html, ONLY in html)
    assert (fictional and not session) == ('data-choice="role"' in html)


@pytest.mark.parametrize("session", ["", "direction"])
def test_nobody_is_named_to_the_head_of_the_service(sample_store, monkeypatch, session: str) -> None:
    """No pseudonym in anything that is sent, of any tab, file or number of weeks."""
    if session:
        monkeypatch.setenv("FRISE_ROLE", session)
    page = Page(sample_store)
    sent = [page.screen.view]
    for query in ("", "mesure=SP", "antenne=A-1"):
        sent += page.say(do="filters", query=query, tab="deadlines", asked=1)
        sent += [page.screen.view, *(y for x in TABS for y in page.say(do="panel", name=x))]
        sent += [y for x in (*NUMBERED, *LISTS) for y in page.say(do="csv", tab="deadlines", name=x)]
        sent += [y for x in ("4", "26") for y in page.say(do="weeks", value=x, tab="deadlines")]
    assert [] == PSEUDONYM.findall(json.dumps(sent, default=str))
    assert len(NUMBERED) * 3 == sum("csv" in x for x in sent)


def test_small_numbers_are_hidden(sample_store) -> None:
    """A number under eleven is a sentence on the page and in the file, and a note says how many are hidden."""
    page = Page(sample_store)
    html = page.dates()
    shown = [x for x in page.tables["echeances-par-regle"]["Personnes"] if not isinstance(x, str)]
    assert [] == [x for x in shown if 0 < x < 11]
    assert max(shown) > 11
    (file,) = page.say(do="csv", tab="deadlines", name="echeances-par-regle")
    assert ("moins de 11" in file["csv"], "cases masquées" in html) == (True, True)
    assert "Définition" in html


def test_the_list_follows_the_role_that_is_tried(sample_store) -> None:
    """On fictional people the tab is written again for the role chosen on it, and « Charge » shows the same one."""
    page = Page(sample_store)
    assert 'data-choice="role"' in page.dates()
    (manager,) = page.say(do="role", value="encadrement:A-1", tab="deadlines")
    assert ("deadlines", WHOSE[RoleKind.MANAGER] in plain(manager["html"])) == (manager["panel"], True)
    branch = page.people
    (officer,) = page.say(do="role", value=OFFICER, tab="deadlines")
    own = page.people
    assert 0 < len(own) < len(branch)
    assert {*PSEUDONYM.findall(officer["html"])} <= own
    (caseload,) = page.say(do="panel", name="caseload")
    assert ("CPIP-01</th>" in caseload["html"], "CPIP-02</th>" in caseload["html"]) == (True, False)
    (head,) = page.say(do="role", value="direction", tab="deadlines")
    assert (set(), []) == (page.people, PSEUDONYM.findall(head["html"]))


@pytest.mark.parametrize("session", ["chef", "cpip:", "cpip:O\n1", "x" * 300])
def test_a_role_that_cannot_be_read_is_a_sentence(sample_store, monkeypatch, session: str) -> None:
    """The screen opens; the tabs that depend on the role say which roles there are, and show nobody."""
    monkeypatch.setenv("FRISE_ROLE", session)
    assert "" == first_role(sample_store)
    page = Page(sample_store)
    html = page.dates()
    (caseload,) = page.say(do="panel", name="caseload")
    for text in (html, caseload["html"]):
        assert ("Rôles possibles" in text, "chef" in text, PSEUDONYM.findall(text)) == (True, False, [])
        assert "data-choice" not in text
    before = page.screen.state
    (refused,) = page.say(do="role", value="direction", tab="deadlines")
    assert ("Rôles possibles" in refused["refused"], before) == (True, page.screen.state)


def test_a_very_large_service_is_not_read_record_by_record_on_the_screen(
    sample_store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The head of the service is told how to ask; an officer still has their list."""
    monkeypatch.setattr(deadline_figures, "MOST_READ", 474)
    assert "frise table echeances-par-regle" in Page(sample_store).dates()
    page = Page(sample_store)
    page.say(do="role", tab="deadlines", value=OFFICER)
    assert page.people
