"""What a person sees in the browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

ALIVE = "document.documentElement.dataset.frisealive"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_function(ALIVE)
    return page


def violations(page: Page) -> list[str]:
    return [f"{found['id']}: {found['help']}" for found in Axe().run(page).response["violations"]]


def test_home_names_the_screens_the_data_and_the_principle(page: Page, server) -> None:
    """The home page leads to each screen, says what the data are, and that nobody is scored."""
    page.goto(server)
    main = page.get_by_role("main")
    assert main.get_by_role("listitem").get_by_role("link").all_inner_texts() == ["Essai", "Classique", "Panne"]
    for words in ("SPIP d’essai", "30 septembre 2024", "Données fictives", "1er octobre 2024 à 09 h 30"):
        expect(main).to_contain_text(words)
    expect(main).to_contain_text("Aucun score, aucune prédiction, aucun classement.")


def test_the_key_leaves_the_address(page: Page, server) -> None:
    """Once it has opened the session, the key is neither in the address bar nor in the history."""
    page.goto(server)
    assert f"{server.origin}/" == page.url


def test_a_widget_comes_alive_and_speaks_to_python(page: Page, server) -> None:
    """A change made in the page reaches the kernel, and the kernel's answer reaches the page."""
    opened(page, server.screen("essai"))
    page.get_by_role("button", name="Compter : 0").click()
    expect(page.get_by_text("Double : 2")).to_be_visible()


FORBIDDEN = """(sent) => new Promise((resolve) => {
  const { kernelId } = JSON.parse(document.getElementById("frise-session").textContent);
  const socket = new WebSocket(`ws://${location.host}/api/kernels/${kernelId}/channels?session_id=pirate`);
  const received = [];
  const say = ([channel, msg_type, content]) => socket.send(JSON.stringify({
    header: { msg_id: msg_type, msg_type, session: "pirate", username: "", version: "5.3", date: new Date().toISOString() },
    parent_header: {}, metadata: {}, content, channel, buffers: [],
  }));
  socket.onopen = () => sent.forEach(say);
  socket.onmessage = (event) => {
    const { header, parent_header } = JSON.parse(event.data);
    if (sent.some(([, type]) => type === parent_header.msg_id)) received.push(header.msg_type);
    if (header.msg_type === "kernel_info_reply" && parent_header.msg_id === "kernel_info_request") resolve([...new Set(received)]);
  };
})"""


def test_a_page_can_neither_run_code_nor_stop_its_kernel(page: Page, server) -> None:
    """A link answers what widgets ask; what would run, interrupt or stop is as if it had not been sent."""
    opened(page, server.screen("essai"))
    refused = [["control", "shutdown_request", {"restart": False}], ["control", "interrupt_request", {}]]
    refused += [["shell", "execute_request", {"code": "1/0"}], ["shell", "shutdown_request", {"restart": False}]]
    received = page.evaluate(FORBIDDEN, [*refused, ["shell", "kernel_info_request", {}]])
    assert set(received) <= {"status", "kernel_info_reply"}
    page.get_by_role("button", name="Compter : 0").click()
    expect(page.get_by_text("Double : 2")).to_be_visible()


def test_the_first_paint_gives_way_to_the_widget(page: Page, server) -> None:
    """The picture sent with the page is removed when its widget says it has painted; its scripts have run."""
    opened(page, server.screen("essai"))
    expect(page.get_by_text("Image du compteur")).to_have_count(0)
    assert page.evaluate("window.scriptOfFirstPaint")


def test_the_first_paint_stays_when_widgets_cannot_live(page: Page, server) -> None:
    """Without its scripts the page still shows its content, and says in French that it is a fixed picture."""
    page.clock.install()
    page.route("**/frise.js", lambda route: route.abort())
    page.goto(server.screen("essai"))
    page.clock.fast_forward(31_000)
    expect(page.get_by_text("Image du compteur")).to_be_visible()
    expect(page.get_by_text("image fixe")).to_be_visible()


def test_the_chart_library_is_there_before_the_widgets(page: Page, server) -> None:
    """``globalThis.friseVega`` is a promise of vega-embed, served from the machine."""
    opened(page, server.screen("essai"))
    assert page.evaluate("friseVega.then((library) => typeof library.vegaEmbed)") == "function"


def test_widgets_of_other_libraries_live_too(page: Page, server) -> None:
    """A page with ordinary ipywidgets loads JupyterLab's machinery, from the machine, and works."""
    opened(page, server.screen("classique"))
    page.get_by_role("slider").press("ArrowRight")
    expect(page.get_by_text("Choisi : 4")).to_be_visible()


def test_parameters_of_the_address_are_ignored_and_forgotten(page: Page, server) -> None:
    """The number of a person in an address would stay in the history: it leaves the address and reaches no cell."""
    opened(page, server.screen("essai", personne="P-1"))
    assert f"{server.origin}/essai" == page.url
    expect(page.get_by_role("main")).to_contain_text("Paramètres : aucun")
    assert [word for word in ("cle-d-essai", "P-1") if word in page.content()] == []


def test_printed_text_is_data(page: Page, server) -> None:
    """What a cell prints is shown as text: a tag in it is not run."""
    opened(page, server.screen("essai"))
    expect(page.get_by_role("main")).to_contain_text("<script>window.pirate = true</script>")
    assert page.evaluate("window.pirate === undefined")


def test_an_error_is_a_sentence(page: Page, server) -> None:
    """A failing cell shows what to do, keeps what came before, and quotes neither code nor value."""
    opened(page, server.screen("panne"))
    expect(page.get_by_text("Avant la panne")).to_be_visible()
    expect(page.get_by_role("alert").first).to_contain_text("Rechargez la page")
    assert [word for word in ("Traceback", "ValueError", "Dupont-Secret") if word in page.content()] == []


def test_an_unknown_address_is_told_in_french(page: Page, server) -> None:
    """A wrong address answers 404 with a way back."""
    page.goto(server)
    answer = page.goto(f"{server.origin}/inconnue")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="Page introuvable")).to_be_visible()


def test_the_notebook_address_of_voila_leads_to_the_screen(page: Page, server) -> None:
    """Links written for Voilà keep working."""
    opened(page, f"{server.origin}/voila/render/essai.ipynb?token=cle-d-essai")
    assert f"{server.origin}/essai" == page.url


@pytest.mark.parametrize("name", ["", "essai", "panne", "inconnue"])
def test_pages_are_accessible(page: Page, server, name: str) -> None:
    """Axe finds nothing on the home page, a screen, a failing screen and an error page."""
    page.goto(server.screen(name))
    page.wait_for_load_state("load")
    assert violations(page) == []


def test_the_login_page_is_accessible(page: Page, server) -> None:
    """Axe finds nothing on the page that asks for the key, even after a wrong one."""
    page.goto(server.origin)
    page.get_by_label("Clé d’accès").fill("mauvaise")
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_text("Cette clé n’est pas la bonne")).to_be_visible()
    assert violations(page) == []


def test_the_key_opens_the_login_page(page: Page, server) -> None:
    """Typing the key leads to the page that was asked."""
    page.goto(f"{server.origin}/essai")
    page.get_by_label("Clé d’accès").fill("cle-d-essai")
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_function(ALIVE)
    assert f"{server.origin}/essai" == page.url


def test_the_keyboard_skips_to_the_content(page: Page, server) -> None:
    """The first stop of the keyboard is « Aller au contenu », and it goes there."""
    page.goto(server)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_leaving_closes_every_page_of_the_browser(page: Page, server) -> None:
    """« Quitter » stops the kernels of the browser, empties its other tabs, and says how to come back."""
    page.goto(server)
    before = server.kernels()
    opened(page, f"{server.origin}/essai")
    other = opened(page.context.new_page(), f"{server.origin}/essai")
    page.get_by_role("button", name="Quitter").click()
    for tab in (page, other):
        expect(tab.get_by_role("heading", name="Vous êtes sorti")).to_be_visible()
        expect(tab.get_by_role("main")).to_contain_text("Pour revenir")
    assert violations(page) == []
    assert [cookie for cookie in page.context.cookies() if cookie["name"].startswith("username")] == []
    page.goto(f"{server.origin}/essai")
    expect(page.get_by_label("Clé d’accès")).to_be_visible()
    assert len(server.kernels() - before) <= 2


def test_the_session_ends_with_the_browser(page: Page, server) -> None:
    """The cookie that opens the pages is not kept on the machine, and no script can read it."""
    page.goto(server)
    (cookie,) = (cookie for cookie in page.context.cookies() if cookie["name"].startswith("username"))
    assert (cookie["expires"], cookie["httpOnly"], cookie["sameSite"]) == (-1, True, "Lax")


@pytest.mark.parametrize("name", ["", "essai"])
def test_the_top_of_a_telephone_takes_two_lines(phone_page: Page, server, name: str) -> None:
    """The brand, the menu and the way out; then the service and its date."""
    phone_page.goto(server.screen(name))
    lines = phone_page.evaluate(
        """[...document.querySelectorAll(".frise-marque, .frise-menu a, .frise-source, .frise-quitter")]
            .map((part) => part.getBoundingClientRect()).map((box) => (box.top + box.bottom) / 2)"""
    )
    assert len({round(line / 12) for line in lines}) == 2
    assert phone_page.locator(".frise-entete").bounding_box()["height"] < 80


@pytest.mark.parametrize("name", ["", "essai"])
def test_a_telephone_needs_no_sideways_scroll(phone_page: Page, server, name: str) -> None:
    """Pages fit a width of 390 points, also for axe."""
    phone_page.goto(server.screen(name))
    assert phone_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(phone_page) == []
