"""The screen of the service as a director uses it, in a real browser with the network cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

TABS = ("Vue d’ensemble", "Flux et délais", "Issues", "Comparaison", "Échéances", "Charge")
READY = "document.querySelector('.fs-shown').getAttribute('aria-busy') !== 'true' && document.querySelector('[role=tabpanel]:not([hidden])').children.length > 0"


@pytest.fixture(scope="session")
def samples(serve: Callable[..., Any], sample_file: Path) -> Any:
    """A server of the sample people."""
    return serve(sample_file)


def opened(page: Page, server: Any, query: str = "") -> Page:
    page.goto(server.screen("service") + (f"#{query}" if query else ""))
    page.wait_for_selector(".fs-root[data-alive=true]")
    settled(page)
    return page


def settled(page: Page) -> None:
    """The figures are those asked for, and their charts are drawn."""
    page.wait_for_function(READY)
    expect(page.locator("[data-working]")).to_have_text("")
    for host in shown(page, "[data-chart]").all():
        expect(host.locator("svg")).to_have_count(1)


def shown(page: Page, selector: str) -> Locator:
    return page.locator(f"[role=tabpanel]:not([hidden]) {selector}")


def choose(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).select_option(value)


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    settled(page)


def fragment(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:3]}" for v in found]


def test_the_first_screen_says_whom_it_counts(page: Page, samples: Any) -> None:
    """The sentence first, then seven figures each beside last year's, then the breakdowns; drawn once, nothing left over."""
    opened(page, samples)
    expect(page.locator("h2").first).to_contain_text("Personnes suivies au 30 septembre 2024")
    assert [7, 7, 7, 1, 0] == [
        page.locator(x).count() for x in (".fs-tile dt", ".fs-before", ".fs-tile details", ".fs-tiles", ".frise-first-paint .fc-root")
    ]  # fmt: skip
    assert 8 == shown(page, ".fs-figure svg.marks").count()


def test_a_definition_is_one_click_away(page: Page, samples: Any) -> None:
    """The definition of a figure opens under it."""
    opened(page, samples)
    page.locator(".fs-tile summary").first.click()
    expect(page.get_by_text("Personnes dont une mesure au moins a commencé")).to_be_visible()


def test_a_definition_is_closed_by_keyboard(page: Page, samples: Any) -> None:
    """One definition at a time lies over the page; Escape takes it away and leaves the focus on its button."""
    opened(page, samples)
    for number in (0, 1):
        page.locator(".fs-tile summary").nth(number).press("Enter")
    expect(page.locator(".fs-tile details[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".fs-tile details[open]")).to_have_count(0)
    expect(page.locator(".fs-tile summary").nth(1)).to_be_focused()


def test_a_filter_in_use_is_seen(page: Page, samples: Any) -> None:
    """The lists that choose something are marked; none is when everybody is shown."""
    opened(page, samples)
    expect(page.locator(".fs-set")).to_have_count(0)
    choose(page, "Phase", "post")
    expect(page.locator(".fs-set")).to_have_attribute("name", "phase")
    page.get_by_role("button", name="Tout voir").click()
    expect(page.locator(".fs-set")).to_have_count(0)


@pytest.mark.parametrize("name", ["Issues", "Échéances"])
def test_lists_are_read_on_a_phone(phone_page: Page, samples: Any, name: str) -> None:
    """A list is read down the screen, never across: no row is wider than its place."""
    opened(phone_page, samples)
    tab(phone_page, name)
    wide = "(all) => all.filter((x) => x.scrollWidth > x.clientWidth + 1).length"
    lists = shown(phone_page, ".fs-cards .fc-scroll")
    assert (True, 0) == (lists.count() > 0, lists.evaluate_all(wide))


def test_what_is_open_is_printed(page: Page, samples: Any) -> None:
    """On paper the open tab alone, its list whole and no wider than the sheet; lists to choose from are left out."""
    opened(page, samples)
    tab(page, "Échéances")
    page.emulate_media(media="print")
    expect(shown(page, "table").first).to_be_visible()
    expect(page.locator(".fs-filters")).to_be_hidden()
    cut = "(x) => x.scrollHeight > x.clientHeight + 1"
    assert not shown(page, ".fc-scroll").first.evaluate(cut)
    expect(page.get_by_role("heading", name="Par mesure")).to_be_hidden()
    page.set_viewport_size({"width": 720, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_filters_by_mouse(page: Page, samples: Any) -> None:
    """Filters combine, change the sentence and the address, and « Tout voir » takes them away."""
    opened(page, samples)
    choose(page, "Mesure", "SP")
    expect(page.locator("h2").first).to_contain_text("sursis probatoire")
    choose(page, "Antenne", "A-1")
    expect(page.locator("h2").first).to_contain_text("siège de Valclair")
    assert "#antenne=A-1&mesure=SP" == fragment(page)
    page.get_by_role("button", name="Tout voir").click()
    settled(page)
    assert ("", "") == (page.get_by_label("Mesure", exact=True).input_value(), fragment(page))


def test_filters_by_keyboard(page: Page, samples: Any) -> None:
    """Arrows in a list choose; the focus stays on it while the figures change."""
    opened(page, samples)
    page.get_by_label("Sexe", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("h2").first).to_contain_text("Femmes suivies")
    settled(page)
    expect(page.get_by_label("Sexe", exact=True)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("h2").first).to_contain_text("Hommes suivis")


def test_work_is_told_and_figures_stay(page: Page, samples: Any) -> None:
    """While figures are computed, the page says so and keeps the ones before."""
    opened(page, samples)
    page.evaluate(
        """() => { globalThis.told = []; new MutationObserver(() => told.push([document.querySelector('[data-working]').textContent, document.querySelectorAll('.fs-number').length]))
        .observe(document.querySelector('.fs-shown'), { attributes: true, attributeFilter: ['aria-busy'] }); }"""
    )
    choose(page, "Mesure", "SP")
    expect(page.locator("h2").first).to_contain_text("sursis probatoire")
    settled(page)
    assert ["Calcul…", 7] == page.evaluate("told[0]")


def test_the_address_is_a_bookmark(page: Page, samples: Any, second_page: Page) -> None:
    """The address of a view opens it again, the key is not in it, and another list is not needed."""
    opened(page, samples)
    choose(page, "Phase", "post")
    choose(page, "Période", "6")
    page.wait_for_function("location.hash.includes('mois=6') && location.hash.includes('phase=post')")
    settled(page)
    assert "token" not in page.url
    page.reload()
    page.wait_for_selector(".fs-root[data-alive=true]")
    expect(page.locator("h2").first).to_contain_text("en post-sentenciel")
    expect(page.get_by_label("Période", exact=True)).to_have_value("6")
    opened(second_page, samples, fragment(page)[1:])
    expect(second_page.locator("h2").first).to_contain_text("sur six mois")


def test_a_hostile_address_is_a_sentence(page: Page, samples: Any) -> None:
    """What an address holds is never written in the page; everybody is shown, and the address says so."""
    opened(page, samples, "mesure=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(page.get_by_role("alert").filter(has_text="Le filtre « mesure »")).to_be_visible()
    assert ("", 0) == (fragment(page), page.locator("img").count())


def test_too_few_people_is_a_sentence(page: Page, samples: Any) -> None:
    """A choice that would show a few people is refused: the lists and the figures go back to what they were."""
    opened(page, samples)
    before = page.locator(".fs-number").all_inner_texts()
    choose(page, "Mesure", "LC")
    expect(page.get_by_role("alert").filter(has_text="diffèrent trop peu")).to_be_visible()
    expect(page.get_by_label("Mesure", exact=True)).to_have_value("")
    assert before == page.locator(".fs-number").all_inner_texts()


def test_the_last_choice_wins(page: Page, samples: Any) -> None:
    """Several choices in a row, and a change of mind while they are computed: the page ends on the last one."""
    opened(page, samples)
    choose(page, "Mesure", "SP")
    page.wait_for_function("document.querySelector('[data-working]').textContent !== ''")
    choose(page, "Sexe", "M")
    choose(page, "Milieu", "open")
    page.get_by_role("button", name="Tout voir").click()
    choose(page, "Phase", "post")
    page.wait_for_function("location.hash === '#phase=post'")
    settled(page)
    assert ["", "", "", "post"] == [
        page.get_by_label(x, exact=True).input_value() for x in ("Mesure", "Sexe", "Milieu", "Phase")
    ]
    assert "#phase=post" == fragment(page)


def test_tabs_by_keyboard(page: Page, samples: Any) -> None:
    """Arrows go round the tabs; each is written when it is opened."""
    opened(page, samples)
    page.get_by_role("tab", name=TABS[0]).focus()
    for name in (*TABS[1:], TABS[0]):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name=name)).to_be_focused()
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        settled(page)
        assert shown(page, ".fs-figure").count() > 0


@pytest.mark.parametrize("name", TABS)
def test_each_tab_is_accessible(page: Page, phone_page: Page, samples: Any, name: str) -> None:
    """Axe finds nothing at either width, everything open; nothing is wider than the screen."""
    for one in (page, phone_page):
        opened(one, samples)
        tab(one, name)
        one.evaluate(
            "document.querySelectorAll('[role=tabpanel]:not([hidden]) details').forEach((x) => (x.open = true))"
        )
        assert ([], True) == (violations(one), one.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_table_is_a_file(page: Page, samples: Any, tmp_path: Path) -> None:
    """The table under a chart is shown, then saved as CSV."""
    opened(page, samples)
    figure = shown(page, ".fs-figure").filter(has=page.get_by_role("heading", name="Par mesure", exact=True))
    figure.get_by_text("Tableau").first.click()
    with page.expect_download() as download:
        figure.get_by_role("button", name=re.compile("Télécharger")).click()
    assert "suivies-measure-2024-09-30.csv" == download.value.suggested_filename
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Mesure;Au 30 septembre 2024;Au 30 septembre 2023;Écart" == text.splitlines()[0]


def test_the_method_is_told(page: Page, samples: Any) -> None:
    """Definition, population, unit, source, and the query itself."""
    opened(page, samples)
    figure = shown(page, ".fs-figure").first
    figure.get_by_text("Méthode").first.click()
    for term in ("Définition", "Population", "Unité", "Source"):
        expect(figure.locator(".fs-method dt", has_text=term)).to_be_visible()
    expect(figure.locator("pre").first).to_contain_text("select")


def test_what_is_open_stays_open(page: Page, samples: Any) -> None:
    """A table that was opened is still open once the figures have changed."""
    opened(page, samples)
    shown(page, "details[data-kept=suivies-measure-table] > summary").click()
    choose(page, "Phase", "post")
    expect(page.locator("h2").first).to_contain_text("en post-sentenciel")
    settled(page)
    expect(shown(page, "details[data-kept=suivies-measure-table]")).to_have_attribute("open", "")


def test_no_few_people_in_the_page(page: Page, samples: Any) -> None:
    """No table of people holds a number from one to ten, and neither do the charts or the tiles."""
    opened(page, samples)
    few = re.compile(r"^([1-9]|10)$")
    cells = shown(page, "td").all_text_contents()
    drawn = shown(page, "svg.marks text").all_text_contents()
    tiles = page.locator(".fs-number").all_inner_texts()
    assert [] == [x for x in (*cells, *drawn, *tiles) if few.match(x.strip())]
    assert "moins de 11" in cells


def test_dates_look_further(page: Page, samples: Any) -> None:
    """The list of dates looks as far as it is asked; the focus stays on the choice."""
    opened(page, samples)
    tab(page, "Échéances")
    weeks = shown(page, "select[data-choice=weeks]")
    weeks.focus()
    page.keyboard.press("End")
    expect(shown(page, ".fs-figure h4").first).to_have_text("Dates à venir, 26 semaines")
    settled(page)
    expect(weeks).to_have_value("26")
    expect(weeks).to_be_focused()


def test_the_past_is_behind_its_date(page: Page, samples: Any) -> None:
    """The screen of the ordinance of 2020 is closed, says its date, and opens."""
    opened(page, samples)
    tab(page, "Échéances")
    past = shown(page, ".fs-closed")
    expect(past.locator("table")).to_be_hidden()
    past.get_by_text("ordonnance du 25 mars 2020, situation au 27 mars 2020").click()
    expect(past.locator("table")).to_be_visible()


def test_a_report_is_saved(page: Page, samples: Any) -> None:
    """The dialog asks for a period and a form, then saves the file."""
    opened(page, samples)
    page.get_by_role("button", name="Rapport").click()
    page.get_by_label("Classeur (XLSX)").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger", exact=True).click()
    assert download.value.suggested_filename.endswith(".xlsx")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_filters_are_folded_on_a_phone(phone_page: Page, samples: Any) -> None:
    """On a phone the filters open when they are asked for, and say how many are chosen."""
    opened(phone_page, samples)
    expect(phone_page.get_by_label("Mesure", exact=True)).to_be_hidden()
    phone_page.locator(".fs-filters > summary").click()
    choose(phone_page, "Mesure", "SP")
    expect(phone_page.locator("[data-count]")).to_have_text("(1)")
