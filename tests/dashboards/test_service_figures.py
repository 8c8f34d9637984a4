"""What the figures of the service say and draw, whatever there is to count."""

from __future__ import annotations

import pandas as pd
import pytest

from frise_analysis.analysis.disclosure import State
from frise_analysis.charts.service_quartiles import DAYS, MONTHS
from frise_analysis.dashboards.service.caseload_figures import FEWEST_OFFICERS
from frise_analysis.dashboards.service.drawn import NONE, NOTHING, with_bars, with_quartiles
from frise_analysis.dashboards.service.figures import Figure, Group, panel_of
from frise_analysis.dashboards.service.hidden_cells import hidden_note
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.dashboards.service.tabs import TABS, write


def bars(values: list[int | None], before: list[int | None]) -> pd.DataFrame:
    labels = [f"Ligne {n}" for n in range(len(values))]
    told = {"label": labels, "value": values, "before": before, "text": "", "words": ""}
    return pd.DataFrame(told).astype({"value": object, "before": object})


@pytest.mark.parametrize("rows", [bars([], []), bars([0, 0], [0, 0]), bars([0], [None])])
def test_nobody_is_a_sentence(rows: pd.DataFrame) -> None:
    """Bars of nobody are not drawn: the sentence says that there is nothing, not that it is hidden."""
    figure = with_bars(Figure("n", "t"), rows)
    assert (None, (NONE,)) == (figure.chart, figure.words)


def test_hidden_numbers_are_another_sentence() -> None:
    """Where numbers are hidden, the sentence says that there are too few."""
    figure = with_bars(Figure("n", "t", note="2 cases masquées."), bars([None, None], [None, None]))
    assert (None, (NOTHING,)) == (figure.chart, figure.words)


def test_a_row_without_number_is_named_under_the_bars() -> None:
    """A row that has neither number nor tick is named under the chart; one of last year alone keeps its tick."""
    figure = with_bars(Figure("n", "t"), bars([12, None, None, 0], [None, 15, 0, 0]))
    assert "Sans nombre à montrer : ligne 2." == figure.note
    assert ["Ligne 0", "Ligne 1", "Ligne 3"] == [x["label"] for x in figure.chart["datasets"]["bars"]]


@pytest.mark.parametrize(
    ("states", "note"),
    [
        ([State.SHOWN], ""),
        ([State.SMALL, State.SHOWN], "1 case masquée : moins de 11 personnes."),
        ([State.COMPLEMENTARY] * 2, "2 cases masquées, pour qu’aucune différence n’en redonne une."),
        ([State.SMALL, State.COMPLEMENTARY], "2 cases masquées : 1 de moins de 11 personnes, 1 pour qu’aucune différence n’en redonne une."),
    ],
)  # fmt: skip
def test_what_is_hidden_is_told_once(states: list[State], note: str) -> None:
    """How many cells are hidden and why; nothing where nothing is."""
    assert note == hidden_note(pd.Series([x.value for x in states]))


@pytest.mark.parametrize("tab", TABS)
def test_nothing_is_drawn_of_an_empty_store(people, tab: str) -> None:
    """Without measures no chart holds its place: each figure is a sentence over an empty table, and no sentence says that something is hidden."""
    found = write(people("persons\nperson_id\nP1").store, ServiceState(role="direction"), tab)
    assert ({}, False) == (found.charts, NOTHING in found.html)
    assert "masqué" not in found.html.split("<pre")[0].split("fs-method")[0]


@pytest.mark.parametrize(("unit", "text"), [(DAYS, "84 jours"), (MONTHS, "2 mois")])
def test_a_delay_is_said_in_the_unit_of_its_axis(unit: str, text: str) -> None:
    """What stands beside an axis in days is in days."""
    rows = pd.DataFrame({"label": ["Libération"], "quarter": [29.0], "median": [84.0], "three_quarters": [90.0]})
    (row,) = with_quartiles(Figure("n", "t"), rows, unit=unit).chart["datasets"]["quartiles"]
    assert (text, True) == (row["text"], row["words"].startswith(f"Libération : {text} (de 29 jours à "))


def test_delays_that_are_all_the_same_are_a_sentence() -> None:
    """Where every median and quartile is the same day, a sentence says it; a chart would be dots on one line."""
    rows = pd.DataFrame(
        {
            "label": ["a", "b", "c"],
            "quarter": [0.0, 0.0, None],
            "median": [0.0, 0.0, None],
            "three_quarters": [0.0, 0.0, None],
        }
    )
    figure = with_quartiles(Figure("n", "t"), rows)
    assert (None, ("Médiane et quartiles de chaque ligne qui a assez de personnes : 0 jour.",)) == (
        figure.chart,
        figure.words,
    )


def page_of(figure: Figure) -> str:
    return panel_of([Group("Groupe", figures=(figure,))]).html


def test_a_list_names_each_cell() -> None:
    """On a phone each row of a list is a card: its cells carry the name of their column, and a screen reader still finds a table."""
    rows = pd.DataFrame({"Date": ["1er octobre"], "Objet": ["fin"]})
    html = page_of(Figure("n", "t", rows, wide=True, open=True))
    assert ("fs-cards" in html, 'role="cell" data-head="Objet">fin' in html) == (True, True)
    assert "fs-cards" not in page_of(Figure("n", "t", rows))


def test_a_list_leaves_out_what_no_row_says() -> None:
    """A column of a list that is blank in every row is in the file, not on the page."""
    rows = pd.DataFrame({"Date": ["1er octobre", "2 octobre"], "Objet": ["fin", ""], "À relire": ["", ""]})
    html = page_of(Figure("n", "t", rows, long=True))
    assert ("Objet</th>" in html, "À relire" in html) == (True, False)


def test_an_empty_list_is_closed(people, monkeypatch) -> None:
    """A list of nothing is a sentence: its empty table waits to be asked for."""
    monkeypatch.delenv("FRISE_ROLE", raising=False)
    html = write(people("persons\nperson_id\nP1").store, ServiceState(role="encadrement:A-1"), "deadlines").html
    assert ("Aucune date." in html, '<details data-kept="echeances-a-venir-table" open' in html) == (True, False)


def test_a_list_says_how_many(sample_store, monkeypatch) -> None:
    """A list of dates says how many it holds, open or not."""
    monkeypatch.delenv("FRISE_ROLE", raising=False)
    found = write(sample_store, ServiceState(role="encadrement:A-1"), "deadlines")
    assert f"{len(found.tables['echeances-a-venir'])} dates." in found.html


def test_a_mean_that_is_not_shown_says_why(sample_store, monkeypatch) -> None:
    """No cell of the people per officer is empty for a branch: under three officers, it says so."""
    monkeypatch.delenv("FRISE_ROLE", raising=False)
    table = write(sample_store, ServiceState(role="direction"), "caseload").tables["service-charge-antennes"]
    told = table.set_index("Antenne")["Personnes par agent"]
    assert ("", f"moins de {FEWEST_OFFICERS} agents") == (told["Ensemble"], told["Antenne de Montorge"])
    assert "" not in told.drop("Ensemble").tolist()


def test_a_method_is_french_before_its_queries(sample_store) -> None:
    """The method is told in French first; the query that counts is under it, said for what it is."""
    html = write(sample_store, ServiceState(), "overview").html
    first = html[html.index("fs-method") :]
    assert first.index("Source") < first.index("pour le vérifier (SQL)") < first.index("<pre")
