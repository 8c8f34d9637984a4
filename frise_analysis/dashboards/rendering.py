"""Writes the parts of the parcours screen as HTML. Every text is escaped by the template engine."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import Any, Protocol

import jinja2
import pandas as pd
from markupsafe import escape

from frise_analysis.analysis.clocks import clocks_of
from frise_analysis.analysis.own_words import own_sentences
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.static_factors import ledger
from frise_analysis.analysis.summary import figures
from frise_analysis.analysis.synthesis import synthesis_sentences
from frise_analysis.analysis.trajectory import frame, offence_types
from frise_analysis.analysis.typography import spaced_on_screen
from frise_analysis.charts.theme import FAMILY_MARKS, GLYPHS
from frise_analysis.dashboards import life_events, panels, quality, robustness
from frise_analysis.dashboards.panel import Panel
from frise_analysis.dashboards.state import Mode
from frise_analysis.dashboards.twins import table_rows, tables, text_items
from frise_analysis.dates import full_date, plural
from frise_analysis.report.content import Purpose
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import ADDED_LANES, SENTENCES, Clock, CountUnit, Lane, OffenceFamily

HINT = "Cliquez sur un repère de la frise, ou sur une phrase plus bas : ce qui est enregistré s’écrit ici."
KEY = (
    "Trait : condamnation. Croix : manquement. Détention claire : la personne est dehors le jour. Mesure bordée de tirets : interrompue. Évènement de vie : rond plein, appui ; "
    "rond vide, difficulté ; carré, ni appui ni difficulté. Bande grise : période non consolidée. "
    "Glissez sur la bande sous les années pour choisir une période."
)
ADDED_KEYS = {
    Lane.OBLIGATIONS: "Obligation : barre bordée d’un trait, en cours ; de tirets, finie.",
    Lane.LEGAL: "Repères légaux (calcul) : barre grise, délai de récidive légale après chaque condamnation, en tirets s’il est incertain ; "
    "losange plein, réhabilitation ; losange vide, condamnation non avenue ; rond, indéterminé.",
    Lane.LAWS: "Changement de loi : triangle, et trait sur toute la frise.",
    Lane.QUALITY: "À vérifier : carré plein, des enregistrements se contredisent ; carré vide, il manque quelque chose.",
}
NOTHING_THERE = "{lane} : rien qui se place à une date sur cette frise."
CLOCK_WORDS = {
    Clock.CALENDAR: "· faits à leur date, par année et par âge",
    Clock.AGE: "· faits à l’âge de la personne",
    Clock.STREET: "· en temps libre : les jours de détention sont retirés",
}
#: Tabs, in order; those of ``LATER`` are written when they are opened.
TABS = (
    ("own", "Votre parcours"),
    ("synthesis", "Synthèse écrite"),
    ("factors", "Facteurs statiques"),
    ("frequency", "Fréquence et désistance"),
    ("legal", "Repères légaux"),
    ("events", "Évènements de vie"),
    ("robustness", "Choix de comptage"),
    ("quality", "À vérifier"),
    ("text", "Version texte"),
    ("table", "Voir le tableau"),
)
LATER = ("factors", "frequency", "legal", "events", "robustness", "quality", "table")
#: What is open to whom.
MODE_TABS = {
    Mode.WORK: tuple(name for name, _ in TABS if name != "own"),
    Mode.INTERVIEW: ("own", "events", "text"),
    Mode.CLOSED: (),
}
#: Every part of the screen that depends on the person; one that is not written is empty.
PARTS = ("void", "person", "clock", "filters", "addedkey", "fanwords", *(name for name, _ in TABS))
PLAIN_CLOCK_WORDS = {Clock.CALENDAR: "· année par année", Clock.AGE: "· selon votre âge"}
LEGAL_CAUTION = (
    "Calculs indicatifs, règles au {day}, d’après ce que le casier enregistré permet de savoir ; seule la juridiction décide. "
    "Ce qui manque est dit : aucun doute n’est tranché."
)
#: Forms of document: value, name, what it is for.
FORMATS = (
    ("pdf", "Synthèse, PDF", "deux pages au plus, pour le dossier"),
    ("docx", "Synthèse, document à reprendre (DOCX)", "pour en tirer un rapport"),
    ("personne", "Page pour la personne, PDF", "en clair, à regarder ensemble"),
)
CHOICES = (("unit", "Ce qui est compté", tuple(CountUnit)), ("clock", "Horloge", tuple(Clock)))


@cache
def environment() -> jinja2.Environment:
    """The template engine, escaping everything."""
    loader = jinja2.PackageLoader("frise_analysis.dashboards", "pages")
    made = jinja2.Environment(loader=loader, autoescape=True, finalize=french_spaces)
    # What somebody typed goes back into its field as it was.
    made.filters["as_typed"] = lambda text: escape("" if text is None else text)
    return made


def french_spaces(value: object) -> object:
    """A text with the spaces that no line breaks at; anything else as it is."""
    return spaced_on_screen(value) if type(value) is str else value


def parts(
    path: PersonPath, *, heading: str, unit: CountUnit, clock: Clock, added: pd.DataFrame | None
) -> dict[str, str]:
    """The HTML of every part of the screen that depends on the person; ``added`` are the rows of the lanes asked for."""
    macros = _macros()
    return {
        **dict.fromkeys(PARTS, ""),
        "void": str(macros.void(path.void_convictions, path.with_void)).strip(),
        "person": str(macros.person(heading, figures(path))),
        "clock": CLOCK_WORDS[clock],
        "filters": str(macros.filters(_families(path, unit), _years(path, clock), unit.label)),
        "synthesis": str(macros.synthesis(synthesis_sentences(path))),
        "text": str(macros.text(text_items(path, added))),
    }


def added_key(added: pd.DataFrame | None, *, asked: Collection[Lane]) -> str:
    """What the marks of the lanes asked for mean; a lane without any says so."""
    shown = set() if added is None else set(added["lane"])
    said = (
        words if lane in shown else NOTHING_THERE.format(lane=lane.label)
        for lane, words in ADDED_KEYS.items()
        if lane in asked
    )
    return spaced_on_screen(" ".join(said))


def interview_parts(path: PersonPath, *, heading: str, clock: Clock) -> dict[str, str]:
    """The same beside the person: what is theirs to see, in words written for them."""
    macros = _macros()
    return {
        **dict.fromkeys(PARTS, ""),
        "person": str(macros.interview(heading)),
        "clock": PLAIN_CLOCK_WORDS[clock],
        "addedkey": str(macros.glyphs(_family_glyphs(path))),
        "own": str(macros.own(own_sentences(path))),
        "text": str(macros.text(text_items(path))),
    }


def _family_glyphs(path: PersonPath) -> list[dict[str, str]]:
    """The shape, colour and name of each family of the path: an interview has no bars to tell them."""
    present = {r.code for r in path.lane(Lane.FACTS)}
    marks = [(family, FAMILY_MARKS[family]) for family in OffenceFamily if family in present]
    return [{"glyph": GLYPHS[mark.shape], "colour": mark.colour, "label": family.label} for family, mark in marks]


def closed_parts() -> dict[str, str]:
    """Once an interview is closed: nothing of anybody, and the way back for the officer."""
    return {**dict.fromkeys(PARTS, ""), "person": str(_macros().closed())}


def no_parts(*, fictional: bool) -> dict[str, str]:
    """The same parts while nobody is chosen."""
    return {**dict.fromkeys(PARTS, ""), "person": str(_macros().nobody(fictional))}


def panel(name: str, store: Store, path: PersonPath, *, unit: CountUnit) -> Panel:
    """A panel that is written when it is opened; ``KeyError`` where there is none of that name."""
    return _WRITERS[name](store, path, unit=unit)


def _factors(_: Store, path: PersonPath, *, unit: CountUnit) -> Panel:  # noqa: ARG001 - every panel is asked alike
    return Panel(str(_macros().factors(ledger(path))))


def _frequency(store: Store, path: PersonPath, *, unit: CountUnit) -> Panel:  # noqa: ARG001
    return Panel(str(_macros().sections(panels.frequency(store, path), "")), panels.frequency_charts(path))


def _legal(store: Store, path: PersonPath, *, unit: CountUnit) -> Panel:  # noqa: ARG001
    return Panel(str(_macros().sections(panels.legal(store, path), LEGAL_CAUTION.format(day=full_date(path.as_of)))))


def _table(_: Store, path: PersonPath, *, unit: CountUnit) -> Panel:
    return Panel(str(_macros().table(_tables(path, unit))))


class _Writer(Protocol):
    def __call__(self, store: Store, path: PersonPath, /, *, unit: CountUnit) -> Panel: ...


_WRITERS: dict[str, _Writer] = {
    "factors": _factors, "frequency": _frequency, "legal": _legal, "events": life_events.write,
    "robustness": robustness.write, "quality": quality.write, "table": _table,
}  # fmt: skip


def _macros() -> Any:
    return environment().get_template("parts.html").module


def shell(*, uid: str, view: dict[str, Any]) -> str:
    """The whole screen as HTML, its parts filled in."""
    return environment().get_template("shell.html").render(
        css=_style(), uid=uid, view=view, parts=view["parts"], person=view["person"], choices=CHOICES, tabs=TABS,
        added=ADDED_LANES, hint=HINT, key=KEY, limits=SENTENCES.record_limits, purposes=tuple(Purpose), formats=FORMATS,
        closed=closed_parts()["person"], open=MODE_TABS[Mode(view["mode"])] or MODE_TABS[Mode.WORK],
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
    return "avant les faits" if year < 0 else plural(year, "an")


def _tables(path: PersonPath, unit: CountUnit) -> list[dict[str, Any]]:
    return [
        {"name": name, "title": title, "heads": list(table.columns), "rows": table_rows(table)}
        for name, (title, table) in tables(path, unit=unit).items()
    ]


@cache
def _style() -> str:
    return static_text("screen.css", "life_events.css", "robustness.css")


@cache
def static_text(*names: str) -> str:
    """Files of the screen, one after the other."""
    folder = resources.files("frise_analysis.dashboards") / "static"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
