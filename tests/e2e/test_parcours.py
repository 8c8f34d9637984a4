"""The parcours screen as an officer uses it, in a real browser with the network cut."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hostile_bundle import HOSTILE, write_hostile_bundle
from playwright.sync_api import Locator, Page, expect

#: The layer of each lane, and how the words of a mark to click begin: custody and measures share a layer.
LAYERS = {
    "facts": ("facts_0_marks", ""), "convictions": ("convictions_0_marks", ""), "custody": ("spans_0_marks", "Détention du"),
    "measures": ("spans_0_marks", "Sursis"), "breaches": ("breaches_0_marks", ""), "life_events": ("life_events_0_marks", ""),
}  # fmt: skip
#: Characters that only set the direction of what follows.
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
VIEW = "document.querySelector('.fc-root').friseScreen.chart.view"


def loaded(bundle: Path, store: Path) -> Path:
    frise = Path(sys.executable).with_name("frise")
    subprocess.run([frise, "load", bundle, "--store", store], check=False, capture_output=True)
    return store


@pytest.fixture(scope="session")
def samples(serve: Callable[..., Any], sample_file: Path) -> Any:
    """A server of the sample people."""
    return serve(sample_file)


@pytest.fixture(scope="session")
def hostile(serve: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server of people whose every text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    return serve(loaded(write_hostile_bundle(folder / "bundle"), folder / "h.duckdb"))


def opened(page: Page, server: Any) -> Page:
    page.goto(server.screen("parcours"))
    page.wait_for_selector(".fc-root[data-alive=true]")
    return page


def choose(page: Page, person: str) -> None:
    """Type the pseudonym and press Enter, as at a keyboard."""
    page.locator(".fc-search").fill(person)
    page.wait_for_selector(".fc-results [data-index]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".fc-root[data-person='{person}']")
    page.wait_for_function(f"{VIEW} && document.querySelector('.fc-chart svg')")


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def signal(page: Page, name: str) -> Any:
    return page.evaluate(f"{VIEW}.signal('{name}')")


def marks(page: Page, part: str, beginning: str = "") -> list[tuple[float, float]]:
    """Where the marks of one layer stand on the screen, those whose words begin so."""
    script = """([part, beginning]) => [...document.querySelectorAll(`.fc-chart svg .${part} path`)]
        .filter((mark) => (mark.getAttribute("aria-label") || "").startsWith(beginning))
        .map((mark) => { const box = mark.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })"""
    return [tuple(point) for point in page.evaluate(script, [part, beginning])]


def overview(page: Page) -> dict[str, float]:
    return dict(page.locator(".fc-chart svg .overview_group").first.bounding_box() or {})


def reading(page: Page) -> Locator:
    return page.locator(".fc-reading")


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:3]}" for v in found]


def test_the_first_screen_says_what_happened(page: Page, samples: Any) -> None:
    """A fictional store opens on somebody: figures in words first, then the frise, then the limits of the record."""
    opened(page, samples)
    assert 5 == page.locator(".fc-figures dt").count()
    expect(page.locator(".fc-chart svg")).to_be_visible()
    expect(page.get_by_text("Aucun score, aucune prédiction").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_is_drawn_once(page: Page, samples: Any) -> None:
    """The screen sent with the page becomes the live one: one chart, one search field, nothing left over."""
    opened(page, samples)
    assert [1, 1, 0] == [
        page.locator(s).count() for s in (".fc-chart svg", ".fc-search", ".frise-first-paint .fc-root")
    ]


def test_a_person_is_chosen_by_keyboard_alone(page: Page, samples: Any) -> None:
    """Tab to the field, type, arrows, Enter: the list is a combobox that a screen reader can follow."""
    opened(page, samples)
    field = page.get_by_role("combobox", name="Personne suivie")
    field.focus()
    page.keyboard.type("p-004")
    page.wait_for_selector(".fc-results [data-index='2']")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == page.locator(
        "[role=option][aria-selected=true]"
    ).get_attribute("id")
    wanted = page.locator("[role=option][aria-selected=true] strong").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector(f".fc-root[data-person='{wanted}']")
    expect(page.locator(".fc-who")).to_contain_text(wanted)
    expect(field).to_be_focused()


def test_a_search_without_result_says_so(page: Page, samples: Any) -> None:
    """Nobody found is a sentence, and Escape closes it."""
    opened(page, samples)
    page.locator(".fc-search").fill("zzzz")
    expect(page.get_by_text("Personne ne correspond.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".fc-results")).to_be_hidden()


def test_the_last_consulted_are_at_hand(page: Page, samples: Any) -> None:
    """People consulted come back under « Précédents », last first, and survive a reload of the page."""
    opened(page, samples)
    for person in ("P-0003", "P-0007"):
        choose(page, person)
    page.reload()
    page.wait_for_selector(".fc-root[data-alive=true]")
    page.get_by_role("button", name="Précédents").click()
    page.wait_for_selector(".fc-results [data-index='1']")
    assert ["P-0007", "P-0003"] == [
        t for t in page.locator(".fc-results strong").all_inner_texts() if t in {"P-0003", "P-0007"}
    ]


def test_the_brush_chooses_a_period(page: Page, samples: Any) -> None:
    """Dragging on the strip narrows the frise, fills the year fields, and « Tout voir » undoes it."""
    opened(page, samples)
    strip = overview(page)
    whole = page.evaluate(f"{VIEW}.scale('frise_x').domain()")
    page.mouse.move(strip["x"] + strip["width"] * 0.2, strip["y"] + 13)
    page.mouse.down()
    page.mouse.move(strip["x"] + strip["width"] * 0.6, strip["y"] + 13, steps=6)
    page.mouse.up()
    page.wait_for_function(f"{VIEW}.signal('period').start")
    shown = page.evaluate(f"{VIEW}.scale('frise_x').domain()")
    assert shown[0] > whole[0]
    assert shown[1] < whole[1]
    assert page.locator("[data-filter=from]").evaluate("e => e.selectedIndex") > 0
    page.get_by_role("button", name="Tout voir").click()
    page.wait_for_function(f"!{VIEW}.signal('period').start")
    assert whole == page.evaluate(f"{VIEW}.scale('frise_x').domain()")


def test_the_period_is_chosen_by_keyboard(page: Page, samples: Any) -> None:
    """The year fields do what the brush does: the bars count only what lies between them."""
    opened(page, samples)
    before = page.evaluate(f"{VIEW}.scale('frise_x').domain()")
    page.locator("[data-filter=to]").select_option(index=2)
    page.wait_for_function(f"{VIEW}.signal('period').start")
    shown = page.evaluate(f"{VIEW}.scale('frise_x').domain()")
    inside = page.evaluate(f"{VIEW}.data('offences').filter((o) => o.x >= {shown[0]} && o.x <= {shown[1]}).length")
    numbers = [int(t or 0) for t in page.locator(".fc-chart svg .types_layer_2_marks text").all_text_contents()]
    assert shown[1] < before[1]
    assert inside == sum(numbers)


def test_a_click_on_a_family_shows_it_alone(page: Page, samples: Any) -> None:
    """A click on a bar's mark dims the other families on the frise; the list says which; the list does the same."""
    opened(page, samples)
    page.locator(".fc-under").scroll_into_view_if_needed()
    page.mouse.click(*marks(page, "bars_0_marks")[0])
    page.wait_for_function(f"{VIEW}.signal('family').family")
    assert [page.locator("[data-filter=family]").input_value()] == signal(page, "family")["family"]
    page.locator("[data-filter=family]").select_option("")
    page.wait_for_function(f"!{VIEW}.signal('family').family")
    page.locator("[data-filter=family]").select_option(index=1)
    page.wait_for_function(f"{VIEW}.signal('family').family")


@pytest.mark.parametrize("lane", ["facts", "convictions", "custody", "measures", "breaches", "life_events"])
def test_a_click_on_a_mark_reads_its_record(page: Page, samples: Any, lane: str) -> None:
    """Whatever the lane, a click writes the record in words, marks it in the list and rings it on the frise."""
    opened(page, samples)
    choose(page, "P-0271")
    page.locator(".fc-frise").scroll_into_view_if_needed()
    tab(page, "Version texte")
    page.locator(".fc-frise").scroll_into_view_if_needed()
    page.mouse.click(*marks(page, *LAYERS[lane])[0])
    expect(page.locator(".fc-text [aria-current=true]")).to_have_count(1)
    assert signal(page, "chosen")[0].startswith(f"{lane}:")
    assert reading(page).inner_text() in page.locator(".fc-text [aria-current=true]").inner_text()


def test_a_line_of_the_text_reads_the_record(page: Page, samples: Any) -> None:
    """The list is buttons: by keyboard too, a line rings its mark."""
    opened(page, samples)
    tab(page, "Version texte")
    line = page.locator(".fc-text button").nth(2)
    line.focus()
    page.keyboard.press("Enter")
    assert [line.get_attribute("data-key")] == signal(page, "chosen")


def test_a_sentence_of_the_synthesis_rings_its_records(page: Page, samples: Any) -> None:
    """By keyboard or pointer, a sentence rings on the frise every record it was made from."""
    opened(page, samples)
    choose(page, "P-0271")
    sentence = page.get_by_role("button", name="407 jours de détention")
    sentence.focus()
    page.keyboard.press("Enter")
    assert json.loads(sentence.get_attribute("data-keys") or "") == signal(page, "chosen")
    assert 3 == page.evaluate(f"{VIEW}.data('marks').filter((m) => {VIEW}.signal('chosen').includes(m.key)).length")
    expect(sentence).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize(("clock", "label"), [("age", "âge"), ("street", "temps libre"), ("calendar", "calendrier")])
def test_the_clock_changes_the_axis(page: Page, samples: Any, clock: str, label: str) -> None:
    """Calendar, age and street time are one click or arrow away, and the title says which is read."""
    opened(page, samples)
    choose(page, "P-0271")
    page.get_by_role("radio", name=label).check(force=True)
    page.wait_for_function(f"{VIEW}.signal('clock') === '{clock}'")
    low, high = page.evaluate(f"{VIEW}.scale('frise_x').domain()")
    assert {"calendar": low > 1900, "age": 5 < high < 110, "street": low < 1}[clock]


def test_the_unit_of_count_is_always_visible(page: Page, samples: Any) -> None:
    """Infractions, dates of facts, condamnations: the choice changes the bars and the curve, and both say it."""
    opened(page, samples)
    choose(page, "P-0271")
    page.get_by_role("radio", name="condamnations").check(force=True)
    page.wait_for_function(f"{VIEW}.data('notes')[0].types.startsWith('condamnations')")
    keys = page.evaluate(f"new Set({VIEW}.data('offences').map((o) => o.unit_key)).size")
    assert keys <= page.evaluate(f"{VIEW}.data('offences').length")


def test_the_table_says_what_the_chart_shows(page: Page, samples: Any) -> None:
    """The tab, by arrow key, holds a table for each chart; each can be taken away as CSV."""
    opened(page, samples)
    page.get_by_role("tab", name="Version texte").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".fc-table")
    assert 4 == page.locator(".fc-table table caption").count()
    drawn = page.evaluate(f"{VIEW}.data('marks').length")
    assert drawn == page.locator(".fc-table").first.locator("tbody tr").count()
    with page.expect_download() as download:
        page.locator("[data-csv=trajectory]").click()
    assert drawn + 1 == len(Path(download.value.path()).read_text(encoding="utf-8-sig").strip().split("\n"))


@pytest.mark.parametrize("person", ["H-0", "H-1", "H-60"])
def test_hostile_text_stays_text(page: Page, hostile: Any, person: str) -> None:
    """Scripts, formulas, templates, right-to-left and 10,000 characters are shown as words, and the page holds its width."""
    opened(page, hostile)
    choose(page, person)
    page.get_by_role("tab", name="Voir le tableau").click()
    page.wait_for_selector(".fc-table")
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert 0 == page.locator(".fc-root script, .fc-root img, .fc-root iframe, header i, .fc-text svg").count()


def test_hostile_text_is_read_in_full(page: Page, hostile: Any) -> None:
    """Nothing of a record is lost on the way: the list holds the very text of the file."""
    opened(page, hostile)
    choose(page, "H-60")
    # The page keeps French punctuation on the line of its word, and a text from turning the sentence around it.
    text = (page.locator(".fc-text").text_content() or "").replace("\N{NO-BREAK SPACE}", " ").translate(TURNING)
    assert [] == [t[:40] for t in HOSTILE[:6] if t.translate(TURNING) not in text]


@pytest.mark.parametrize("person", ["H-0", "H-1", "H-60"])
def test_no_axe_violation(page: Page, hostile: Any, person: str) -> None:
    """axe-core finds nothing, whatever the record holds, in text and in table."""
    opened(page, hostile)
    choose(page, person)
    for name in ("Synthèse", "Facteurs", "Fréquence", "Repères", "Version texte", "Voir le tableau"):
        tab(page, name)
        page.wait_for_selector("[role=tabpanel]:not([hidden]) > *")
        assert [] == violations(page)


def test_a_phone_shows_one_column(phone_page: Page, samples: Any) -> None:
    """On a telephone the charts stand under each other, within the width, and axe-core finds nothing."""
    opened(phone_page, samples)
    expect(phone_page.locator(".fc-chart")).to_have_attribute("data-layout", "narrow")
    assert phone_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [] == violations(phone_page)


def test_new_data_are_offered(page: Page, serve: Callable[..., Any], tmp_path: Path) -> None:
    """After a load the open page keeps working on what it holds and offers to reload; the reloaded page has the new data."""
    bundle = write_hostile_bundle(tmp_path / "bundle")
    store = loaded(bundle, tmp_path / "store.duckdb")
    opened(page, serve(store))
    persons = bundle / "persons.csv"
    persons.write_text(persons.read_text(encoding="utf-8") + "H-NEW,Nouvelle Personne,F,1990-01-01\n", encoding="utf-8")
    loaded(bundle, store)
    choose(page, "H-1")
    page.evaluate("document.querySelector('.fc-root').friseScreen.channel.send({do: 'watch'})")
    page.get_by_role("button", name="Recharger la page").click()
    page.wait_for_load_state()
    page.wait_for_selector(".fc-root[data-alive=true]")
    choose(page, "H-NEW")
    expect(page.locator(".fc-who")).to_contain_text("Nouvelle Personne")
