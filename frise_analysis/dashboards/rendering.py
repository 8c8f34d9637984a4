"""Writes the parts of the parcours screen as HTML. Every text is escaped by the template engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import jinja2

from frise_analysis.analysis.clocks import clocks_of
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.static_factors import ledger
from frise_analysis.analysis.summary import figures
from frise_analysis.analysis.synthesis import synthesis_sentences
from frise_analysis.analysis.trajectory import frame, offence_types
from frise_analysis.dashboards import panels
from frise_analysis.dashboards.twins import table_rows, tables, text_items
from frise_analysis.dates import full_date, plural
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import SENTENCES, Clock, CountUnit

HINT = "Cliquez sur un repère de la frise, ou sur une phrase plus bas : ce qui est enregistré s’écrit ici."
KEY = (
    "Trait : condamnation. Croix : manquement. Détention claire : la personne est dehors le jour. Mesure bordée de tirets : interrompue. Évènement de vie : rond plein, appui ; "
    "rond vide, difficulté ; carré, ni l’un ni l’autre. Bande grise : période non consolidée. "
    "Glissez sur la bande sous les années pour choisir une période."
)
CLOCK_WORDS = {
    Clock.CALENDAR: "· faits à leur date, par année et par âge",
    Clock.AGE: "· faits à l’âge de la personne",
    Clock.STREET: "· en temps libre : les jours de détention sont retirés",
}
#: Tabs, in order; those of ``LATER`` are written when they are opened.
TABS = (
    ("synthesis", "Synthèse écrite"),
    ("factors", "Facteurs statiques"),
    ("frequency", "Fréquence et désistance"),
    ("legal", "Repères légaux"),
    ("text", "Version texte de la frise"),
    ("table", "Voir le tableau"),
)
LATER = ("factors", "frequency", "legal", "table")
LEGAL_CAUTION = (
    "Calculs indicatifs, règles au {day}, d’après ce que le casier enregistré permet de savoir ; seule la juridiction décide. "
    "Ce qui manque est dit : aucun doute n’est tranché."
)
CHOICES = (("unit", "Ce qui est compté", tuple(CountUnit)), ("clock", "Horloge", tuple(Clock)))


@cache
def environment() -> jinja2.Environment:
    """The template engine, escaping everything."""
    return jinja2.Environment(loader=jinja2.PackageLoader("frise_analysis.dashboards", "pages"), autoescape=True)


def parts(path: PersonPath, *, heading: str, unit: CountUnit, clock: Clock) -> dict[str, str]:
    """The HTML of every part of the screen that depends on the person."""
    macros: Any = environment().get_template("parts.html").module
    return {
        "void": str(macros.void(path.void_convictions, path.with_void)).strip(),
        "person": str(macros.person(heading, figures(path))),
        "clock": CLOCK_WORDS[clock],
        "filters": str(macros.filters(_families(path, unit), _years(path, clock), unit.label)),
        "synthesis": str(macros.synthesis(synthesis_sentences(path))),
        "text": str(macros.text(text_items(path))),
        **dict.fromkeys(LATER, ""),
    }


def panel(name: str, store: Store, path: PersonPath, *, unit: CountUnit) -> str:
    """The HTML of a panel that is written when it is opened; ``KeyError`` where there is none of that name."""
    macros: Any = environment().get_template("parts.html").module
    written: dict[str, Callable[[], object]] = {
        "factors": lambda: macros.factors(ledger(path)),
        "frequency": lambda: macros.sections(panels.frequency(store, path), ""),
        "legal": lambda: macros.sections(panels.legal(store, path), LEGAL_CAUTION.format(day=full_date(path.as_of))),
        "table": lambda: macros.table(_tables(path, unit)),
    }
    return str(written[name]())


def no_parts(*, fictional: bool) -> dict[str, str]:
    """The same parts while nobody is chosen."""
    macros: Any = environment().get_template("parts.html").module
    empty = dict.fromkeys(("void", "clock", "filters", "synthesis", "text", *LATER), "")
    return {**empty, "person": str(macros.nobody(fictional))}


def shell(*, uid: str, view: dict[str, Any]) -> str:
    """The whole screen as HTML, its parts filled in."""
    return environment().get_template("shell.html").render(
        css=_style(), uid=uid, parts=view["parts"], person=view["person"], chosen=view["chosen"], choices=CHOICES, tabs=TABS, hint=HINT, key=KEY,
        limits=SENTENCES.record_limits,
    )  # fmt: skip


def first_paint(*, html: str, module: str, state: dict[str, Any]) -> str:
    """The screen with what it needs to draw itself before any kernel answers."""
    # `<` never stands in the JSON, so that no text of a record can close the script element.
    content = json.dumps(state, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    boot = f"{module}\nboot(document.currentScript ?? document.querySelector('script.fc-boot'));"
    return f'{html}<script type="application/json" class="fc-state">{content}</script><script type="module" class="fc-boot">{boot}</script>'


def barred_clocks(path: PersonPath) -> list[str]:
    """The clocks that cannot be read for this person."""
    return [clock.value for clock in Clock if clock not in clocks_of(path)]


def _families(path: PersonPath, unit: CountUnit) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in offence_types(path, unit=unit).to_dict("records")]


def _years(path: PersonPath, clock: Clock) -> list[dict[str, Any]]:
    """The years a period can start and end with, on the clock in use."""
    ends = frame(path, clock=clock)
    start, end = ends["start"], ends["end"]
    assert start is not None
    assert end is not None
    whole = range(int(start // 1), int(end // 1) + 1)
    labels = [_year_label(year, clock) for year in whole]
    return [
        {"start": max(year, start), "end": min(year + 1, end), "label": label}
        for year, label in zip(whole, labels, strict=True)
    ]


def _year_label(year: int, clock: Clock) -> str:
    if clock == Clock.CALENDAR:
        return str(year)
    return "avant" if year < 0 else plural(year, "an")


def _tables(path: PersonPath, unit: CountUnit) -> list[dict[str, Any]]:
    return [
        {"name": name, "title": title, "heads": list(table.columns), "rows": table_rows(table)}
        for name, (title, table) in tables(path, unit=unit).items()
    ]


@cache
def _style() -> str:
    return static_text("screen.css")


@cache
def static_text(*names: str) -> str:
    """Files of the screen, one after the other."""
    folder = resources.files("frise_analysis.dashboards") / "static"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
