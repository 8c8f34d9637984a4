"""What an officer does with the parcours beyond reading it, by mouse and by keyboard, in a real browser with the network cut."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

VIEW = "document.querySelector('.fc-root').friseScreen.chart.view"
LANES = {
    "obligations": "obligations_0_marks",
    "legal": "windows_0_marks",
    "laws": "laws_0_marks",
    "quality": "quality_0_marks",
}


@pytest.fixture(scope="session")
def desk(serve: Callable[..., Any], sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server of the sample people, on a store of its own: what is entered there stays there."""
    own = tmp_path_factory.mktemp("desk") / "frise.duckdb"
    shutil.copy(sample_file, own)
    return serve(own)


def opened(page: Page, server: Any, person: str) -> Page:
    page.goto(server.screen("parcours"))
    page.wait_for_selector(".fc-root[data-alive=true]")
    page.locator(".fc-search").fill(person)
    page.wait_for_selector(".fc-results [data-index]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".fc-root[data-person='{person}']")
    page.wait_for_function(f"{VIEW} && document.querySelector('.fc-chart svg')")
    return page


def tab(page: Page, name: str) -> Locator:
    """The panel of a tab, once it is written."""
    page.get_by_role("tab", name=name).click()
    panel = page.get_by_role("tabpanel", name=name)
    expect(panel.locator("> *").first).to_be_attached()
    return panel


def marks(page: Page, layer: str) -> int:
    return page.locator(f".fc-chart svg .{layer} path").count()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:3]}" for v in found]


def shown_text(page: Page) -> str:
    return str(page.evaluate("document.body.innerText"))


@pytest.mark.parametrize("lane", LANES)
def test_a_lane_is_added_by_keyboard(page: Page, desk: Any, lane: str) -> None:
    """The list opens with Enter, each lane is a box: Space draws the lane, Space again takes it away."""
    opened(page, desk, "P-0120")
    before = marks(page, LANES[lane])
    page.locator(".fc-add summary").focus()
    page.keyboard.press("Enter")
    page.locator(f"[data-lane={lane}]").focus()
    page.keyboard.press("Space")
    expect(page.locator(f".fc-chart svg .{LANES[lane]} path").first).to_be_attached()
    expect(page.locator(f"[data-lane={lane}]")).to_be_checked()
    page.locator(f"[data-lane={lane}]").press("Space")
    expect(page.locator(f".fc-chart svg .{LANES[lane]} path")).to_have_count(before)
    assert 0 == before


def test_a_mark_of_an_added_lane_is_read(page: Page, desk: Any) -> None:
    """A legal window says its rule, its days and that it is computed; the text version says the same."""
    opened(page, desk, "P-0271")
    page.locator(".fc-add summary").click()
    page.locator("[data-lane=legal]").check()
    first = page.locator(".fc-chart svg .windows_0_marks path").first
    expect(first).to_be_attached()
    first.click(force=True)
    expect(page.locator(".fc-reading")).to_contain_text("Calcul indicatif")
    words = page.locator(".fc-reading").inner_text()
    expect(tab(page, "Version texte")).to_contain_text(words)


def test_comparable_paths_are_shown_when_asked(page: Page, desk: Any) -> None:
    """The fan comes with its class, its number and what it is not; it goes when it is no longer wanted."""
    opened(page, desk, "P-0271")
    page.locator(".fc-add summary").click()
    box = page.get_by_label("Parcours comparables")
    box.check()
    told = page.locator("[data-part=fanwords]")
    expect(told).to_contain_text("hommes")
    expect(told).to_contain_text("ni une prévision ni une norme")
    box.uncheck()
    expect(told).to_be_empty()


def test_an_interview_leaves_no_trace(page: Page, desk: Any) -> None:
    """One switch: the person's own events first, nobody else to be found; closed, nothing of the path is left on the page."""
    opened(page, desk, "P-0271")
    name = page.locator(".fc-who").inner_text().split(" · ")[1]
    labels = page.locator(".fc-chart svg [aria-label]").evaluate_all(
        "all => all.map((x) => x.getAttribute('aria-label'))"
    )
    page.get_by_role("button", name="Mode entretien").click()
    page.wait_for_selector(".fc-root[data-mode=interview]")
    expect(page.locator(".fc-who")).to_be_focused()
    assert ["Votre parcours", "Évènements de vie", "Version texte"] == page.get_by_role("tab").all_inner_texts()
    expect(page.get_by_role("combobox", name="Personne suivie")).to_be_hidden()
    assert "P-0271" not in shown_text(page)
    assert "récidive" not in shown_text(page).lower()
    page.locator(".fc-chart svg .facts_0_marks path").first.click(force=True)
    page.locator(".fc-chart svg .facts_0_marks path").first.hover(force=True)
    page.get_by_role("button", name="Terminer l’entretien").press("Enter")
    page.wait_for_selector(".fc-root[data-mode=closed]")
    expect(page.get_by_role("button", name="Reprendre le dossier")).to_be_focused()
    left = page.evaluate(
        "document.querySelector('.fc-root').outerHTML + [...document.querySelectorAll('#vg-tooltip-element')].map((x) => x.outerHTML)"
    )
    assert [] == [x for x in (name, "P-0271", *labels) if x and x in left]
    page.keyboard.press("Enter")
    page.wait_for_selector(".fc-root[data-person='P-0271'][data-mode=work]")
    expect(page.locator(".fc-chart svg")).to_be_visible()


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        field = page.locator(f"form.fc-life [name={name}]")
        if name in {"direction", "source"}:
            page.locator(f"form.fc-life [name={name}][value={value}]").check()
        elif name == "domain":
            field.select_option(value)
        else:
            field.fill(value)


def test_an_event_is_told_and_taken_back_by_keyboard(page: Page, desk: Any) -> None:
    """What the person tells is on the frise at once; the last action can be undone; a new visit finds what was kept."""
    opened(page, desk, "P-0012")
    panel = tab(page, "Évènements de vie")
    before = marks(page, "life_events_0_marks")
    page.locator("#fc-life-label").focus()
    page.keyboard.type("Un logement à lui")
    page.keyboard.press("Tab")
    page.keyboard.type("log")
    fill(page, direction="support", start="03/2016", end="en cours")
    page.locator("#fc-life-end").press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("est enregistré")
    expect(page.locator(".fc-chart svg .life_events_0_marks path")).to_have_count(before + 1)
    page.reload()
    opened(page, desk, "P-0012")
    panel = tab(page, "Évènements de vie")
    expect(panel.get_by_role("rowheader", name="Un logement à lui")).to_be_visible()
    page.get_by_role("button", name="Annuler la dernière action").press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("Action annulée")
    expect(page.locator(".fc-chart svg .life_events_0_marks path")).to_have_count(before)


def test_a_wrong_answer_is_told_beside_its_field(page: Page, desk: Any) -> None:
    """What cannot be read is said beside the field, which takes the focus; what was typed is still there."""
    opened(page, desk, "P-0012")
    panel = tab(page, "Évènements de vie")
    fill(page, label="Un travail", domain="work", start="le 31/02/2019")
    page.locator("#fc-life-start").press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("à revoir")
    field = page.locator("#fc-life-start")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert ("Un travail", "le 31/02/2019") == (page.locator("#fc-life-label").input_value(), field.input_value())


def test_events_are_told_in_an_interview(page: Page, desk: Any) -> None:
    """The form is open beside the person, and shows only what they told."""
    opened(page, desk, "P-0271")
    page.get_by_role("button", name="Mode entretien").click()
    page.wait_for_selector(".fc-root[data-mode=interview]")
    panel = tab(page, "Évènements de vie")
    expect(panel).not_to_contain_text("noté par le CPIP")
    fill(page, label="<b>Un stage</b>", domain="work", direction="support", start="2020")
    page.get_by_role("button", name="Enregistrer").click()
    expect(panel.get_by_role("status")).to_contain_text("est enregistré")
    assert "interview" == page.locator(".fc-root").get_attribute("data-mode")
    expect(panel.get_by_role("rowheader", name="<b>Un stage</b>")).to_be_visible()
    assert 0 == panel.locator("b").count()
    page.get_by_role("button", name="Annuler la dernière action").click()
    expect(panel.get_by_role("status")).to_contain_text("Action annulée")


def test_events_are_exported(page: Page, desk: Any) -> None:
    """The list leaves as a file for a spreadsheet."""
    opened(page, desk, "P-0271")
    tab(page, "Évènements de vie")
    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter (CSV)").click()
    assert "Vie de couple" in Path(download.value.path()).read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("form", "opening"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("personne", b"%PDF-")])
def test_a_document_is_asked_by_keyboard(page: Page, desk: Any, form: str, opening: bytes) -> None:
    """Why, in which form, Enter: the file comes, the dialog closes and the focus is where it was."""
    opened(page, desk, "P-0271")
    page.get_by_role("button", name="Document…").press("Enter")
    dialog = page.get_by_role("dialog", name="Document")
    dialog.get_by_label("Motif").select_option("rapport")
    dialog.locator(f"[value={form}]").check()
    with page.expect_download() as download:
        dialog.locator(f"[value={form}]").press("Enter")
    assert Path(download.value.path()).read_bytes().startswith(opening)
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Document…")).to_be_focused()


def test_the_dialog_is_left_with_escape(page: Page, desk: Any) -> None:
    """Nothing is made when nothing is asked; the dialog has no accessibility fault."""
    opened(page, desk, "P-0271")
    page.get_by_role("button", name="Document…").click()
    assert [] == violations(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Document")).to_be_hidden()


def test_choices_of_counting_move_the_figures(page: Page, desk: Any) -> None:
    """Boxes ticked together by keyboard: the cells, the marks and the sentence follow, without a question to the server."""
    opened(page, desk, "P-0271")
    panel = tab(page, "Choix de comptage")
    expect(panel.locator("svg")).to_be_visible()
    first = panel.locator("[data-robust-cell]").first
    before = first.inner_text()
    panel.get_by_label("Sans les infractions routières").press("Space")
    panel.get_by_label("Réunir les faits d’un même jour").press("Space")
    expect(first).not_to_have_text(before)
    expect(panel.get_by_role("status")).to_contain_text("sur 8")
    chosen = panel.locator("[data-chart=robustness]").evaluate("host => host.friseView.signal('combination')")
    assert {"road", "merged"} >= set(chosen.split()) or 2 == len(chosen.split())


def test_a_doubt_rings_its_records(page: Page, desk: Any) -> None:
    """Each doubt shows on the frise which records it is about."""
    opened(page, desk, "P-0271")
    panel = tab(page, "À vérifier")
    panel.locator("[data-keys]").first.click()
    expect(page.locator(".fc-chart svg .halo_0_marks path").first).to_be_attached()
    assert page.locator(".fc-chart svg .halo_0_marks path").count() == len(page.evaluate(f"{VIEW}.signal('chosen')"))


TABS = ("Évènements de vie", "Choix de comptage", "À vérifier")


@pytest.mark.parametrize("person", ["P-0058", "P-0012", "P-0271", "P-0120"])
def test_nothing_to_object_to(page: Page, desk: Any, person: str) -> None:
    """No accessibility fault, nothing wider than the page: each new panel, every lane shown, then the interview."""
    opened(page, desk, person)
    page.locator(".fc-add summary").click()
    for lane in LANES:
        page.locator(f"[data-lane={lane}]").check()
    found = violations(page)
    for name in TABS:
        tab(page, name)
        found += violations(page)
    page.get_by_role("button", name="Mode entretien").click()
    page.wait_for_selector(".fc-root[data-mode=interview]")
    found += violations(page)
    tab(page, "Évènements de vie")
    assert ([], True) == (found + violations(page), fits(page))


def test_on_a_telephone(phone_page: Page, desk: Any) -> None:
    """The same holds in the hand: lanes, panels and interview fit, and nothing is out of reach."""
    page = opened(phone_page, desk, "P-0271")
    page.locator(".fc-add summary").tap()
    for lane in LANES:
        page.locator(f"[data-lane={lane}]").check()
    found = violations(page)
    for name in TABS:
        tab(page, name)
        assert fits(page)
        found += violations(page)
    page.get_by_role("button", name="Mode entretien").tap()
    page.wait_for_selector(".fc-root[data-mode=interview]")
    assert ([], True) == (found + violations(page), fits(page))


def interview(page: Page) -> None:
    page.get_by_role("button", name="Mode entretien").click()
    page.wait_for_selector(".fc-root[data-mode=interview]")


def test_an_interview_is_closed_without_an_answer(page: Page, desk: Any) -> None:
    """Network gone or session over, « Terminer » still takes everything away at once."""
    opened(page, desk, "P-0271")
    name = page.locator(".fc-who").inner_text().split(" · ")[1]
    interview(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Terminer l’entretien").click()
    page.wait_for_selector(".fc-root[data-mode=closed]")
    assert name not in shown_text(page)
    page.context.set_offline(False)


def test_a_session_that_ends_takes_the_interview_away(page: Page, desk: Any) -> None:
    """The notice of a lost session stands on an empty page, not on somebody's path."""
    opened(page, desk, "P-0271")
    name = page.locator(".fc-who").inner_text().split(" · ")[1]
    interview(page)
    page.evaluate("document.dispatchEvent(new CustomEvent('frise:over'))")
    page.wait_for_selector(".fc-root[data-mode=closed]")
    assert name not in shown_text(page)


def test_a_page_opened_again_in_an_interview_shows_nobody(page: Page, desk: Any) -> None:
    """After F5 nobody's path, no search, no list of people; the officer takes up the work with one button."""
    opened(page, desk, "P-0271")
    interview(page)
    page.reload()
    page.wait_for_selector(".fc-root[data-alive=true]")
    expect(page.get_by_role("button", name="Reprendre le dossier")).to_be_visible()
    expect(page.locator(".fc-bar")).to_be_hidden()
    assert 0 == page.locator(".fc-chart svg").count()
    page.get_by_role("button", name="Reprendre le dossier").click()
    page.wait_for_selector(".fc-root[data-mode=work]")
    page.reload()
    page.wait_for_selector(".fc-root[data-alive=true]")
    expect(page.locator(".fc-bar")).to_be_visible()


def test_what_is_begun_is_kept(page: Page, desk: Any) -> None:
    """A draft and the boxes ticked outlive a change of unit, clock or lane; the focus stays on the box that was ticked."""
    opened(page, desk, "P-0333")
    tab(page, "Évènements de vie")
    page.locator("#fc-life-label").fill("Brouillon")
    page.locator("[data-choice=unit][value=fact_dates]").check(force=True)
    page.wait_for_function("document.querySelector('.fc-root').friseScreen.view.chosen[0] === 'fact_dates'")
    assert "Brouillon" == page.locator("#fc-life-label").input_value()
    page.locator("#fc-life-label").fill("")
    panel = tab(page, "Choix de comptage")
    panel.get_by_label("Sans les infractions routières").check()
    page.locator("[data-choice=clock][value=age]").check(force=True)
    page.wait_for_function("document.querySelector('.fc-root').friseScreen.view.chosen[1] === 'age'")
    expect(panel.locator("svg")).to_be_visible()
    expect(panel.get_by_label("Sans les infractions routières")).to_be_checked()
    void = page.locator("[data-choice=void]")
    void.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-choice=void]")).to_be_checked()
    expect(page.locator("[data-choice=void]")).to_be_focused()


def test_the_error_stands_under_its_field(page: Page, desk: Any) -> None:
    """Each sentence is inside the cell of its field: under it, in its column."""
    opened(page, desk, "P-0012")
    tab(page, "Évènements de vie")
    fill(page, label="Un travail", domain="work", start="12/3/19", end="x")
    page.locator("#fc-life-start").press("Enter")
    for name in ("start", "end"):
        field, error = (
            page.locator(f"#fc-life-{name}").bounding_box(),
            page.locator(f"#fc-life-{name}-error").bounding_box(),
        )
        assert field is not None
        assert error is not None
        assert field["x"] <= error["x"] < field["x"] + field["width"]
        assert field["y"] < error["y"] < field["y"] + 110
