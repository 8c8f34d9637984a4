"""Takes the pictures of docs/images from a running server of the fictional samples.

.venv/bin/frise serve --token images &
.venv/bin/python tools/pictures.py http://127.0.0.1:8866 images
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SIZES = {"1366": {"width": 1366, "height": 768}, "390": {"width": 390, "height": 844}}
#: Telling people of data/samples: none, one, twelve and sixty offences.
PEOPLE = {"sans-fait": "P-0058", "un-fait": "P-0012", "douze-faits": "P-0271", "soixante-faits": "P-0120"}

#: Tabs of the service screen.
TABS = {"vue": "Vue d’ensemble", "flux": "Flux et délais", "antennes": "Comparaison"}
PANELS = {
    "frequence": "Fréquence",
    "evenements": "Évènements",
    "comptage": "Choix de comptage",
    "verifier": "À vérifier",
}


def choose(page: Page, person: str) -> None:
    """Search for a person and wait for their chart."""
    page.fill(".fc-search", person)
    page.wait_for_selector(".fc-results [data-index]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".fc-root[data-person='{person}']")
    page.wait_for_timeout(400)


def take(browser: Browser, address: str, token: str) -> None:
    """The home page, each person, then the service, at both sizes."""
    for size, viewport in SIZES.items():
        page = browser.new_context(viewport=viewport, locale="fr-FR").new_page()
        page.goto(f"{address}/?token={token}")
        page.screenshot(path=IMAGES / f"accueil-{size}.png", full_page=True)
        page.goto(f"{address}/parcours")
        page.wait_for_selector(".fc-root[data-alive=true]")
        for name, person in PEOPLE.items():
            choose(page, person)
            page.screenshot(path=IMAGES / f"parcours-{name}-{size}.png", full_page=True)
        choose(page, "P-0271")
        take_tools(page, size)
        take_service(page, address, size)


def take_service(page: Page, address: str, size: str) -> None:
    """The service screen, one tab after the other."""
    page.goto(f"{address}/service")
    for name, tab in TABS.items():
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(2500)
        page.screenshot(path=IMAGES / f"service-{name}-{size}.png", full_page=True)


def take_tools(page: Page, size: str) -> None:
    """The panels, the lanes that may be added, and the interview, for one person."""
    for name, tab in PANELS.items():
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(1500)
        page.locator(".fc-twins").screenshot(path=IMAGES / f"panneau-{name}-{size}.png")
    page.locator(".fc-add summary").click()
    for box in page.locator(".fc-add input").all():
        box.check()
        page.wait_for_timeout(500)
    page.locator(".fc-add summary").click()
    page.locator(".fc-frise").screenshot(path=IMAGES / f"parcours-pistes-{size}.png")
    page.get_by_role("button", name="Mode entretien").click()
    page.wait_for_timeout(1000)
    page.screenshot(path=IMAGES / f"entretien-{size}.png", full_page=True)


def main() -> None:
    """Take every picture."""
    address, token = sys.argv[1:3]
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        take(browser, address, token)
        browser.close()


if __name__ == "__main__":
    main()
