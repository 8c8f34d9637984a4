"""How many people a service follows, who came and who left, beside the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, State
from frise_analysis.analysis.disclosure.nested import Beside, Face
from frise_analysis.analysis.disclosure.published import HIDDEN
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.service.breakdowns import Breakdown, category_labels
from frise_analysis.analysis.service.flow_tables import Cell, Flow, protected_flows
from frise_analysis.analysis.service.methodology import MEASURES, SMALL, Methodology, declare
from frise_analysis.analysis.service.nested_views import protected_table
from frise_analysis.analysis.service.overlapping import (
    PEOPLE_COLUMNS,
    Overlap,
    covering_face,
    publish_covering,
    publish_separate,
    separate_face,
)
from frise_analysis.analysis.service.prepared import Selection, prepared
from frise_analysis.analysis.service.selection import EVERYBODY, ServiceFilters, months_before
from frise_analysis.dates import french_number, full_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import MeasurePhase, MeasureSetting

FOLLOWED_COLUMNS = [
    "by", "category", "label", "people", "people_before", "change", "state", "state_before", "text", "text_before",
    "change_text", "definition",
]  # fmt: skip
HEADLINE_COLUMNS = [
    "figure", "label", "people", "people_before", "change", "state", "state_before", "text", "text_before", "change_text",
    "definition",
]  # fmt: skip
_VALUES = HEADLINE_COLUMNS[2:10]
_MASKED: Cell = (None, State.COMPLEMENTARY, HIDDEN)


@question("service-personnes-suivies", "Personnes suivies un jour donné et un an avant, par catégorie")
def followed_people(
    store: Store, *, filters: ServiceFilters = EVERYBODY, by: Breakdown = Breakdown.MEASURE, k: int = THRESHOLD
) -> pd.DataFrame:
    """One row per category of ``by``, the total last: people followed on the day and a year before, published.

    ``people``, ``people_before``: missing where hidden, as ``state`` and ``state_before`` say; ``text``, ``text_before``: what
    is written; ``change``: from a year before, missing under ``k`` either way; ``definition``: a French sentence.
    A person is counted once in each row, and may be in several: rows add up to the total or more, by obligation to anything.
    """
    chosen = prepared(store, filters, k=k)
    now, before = (_cells(_followed(chosen, by, day, k)) for day in (chosen.day, chosen.year_before))
    labels, words = category_labels(store, by), _definition(chosen, by)
    rows = [(by.value, x, labels[x], *_compared(_cell(now, x), _cell(before, x), k), words) for x in labels if x in {*now, *before}]  # fmt: skip
    return _typed(pd.DataFrame(rows, columns=FOLLOWED_COLUMNS))


def _followed(chosen: Selection, by: Breakdown, day: date, k: int) -> pd.DataFrame:
    def publish(wanted: ServiceFilters, beside: Sequence[Beside]) -> tuple[pd.DataFrame, Face]:
        table = _overlap(prepared(chosen.store, wanted, k=k), by, day)
        if by is Breakdown.OBLIGATION:
            published = publish_separate(table, beside=beside, k=k)
            return published, separate_face(table, published)
        published = publish_covering(table, beside=beside, k=k)
        return published, covering_face(table, published)

    name = ("followed", by, day, k)
    return protected_table(chosen.store, chosen.filters, name=name, publish=publish, over_period=False)


def _overlap(chosen: Selection, by: Breakdown, day: date) -> Overlap:
    if by is Breakdown.OBLIGATION:
        rows = chosen.rows("service_followed_obligations", day=day)
        return Overlap(rows, _total(chosen, rows, day))
    rows = chosen.rows("service_followed", day=day, by=by.value)
    return Overlap(rows, _first(rows, "total"), _first(rows, "shared"))


def _total(chosen: Selection, rows: pd.DataFrame, day: date) -> int:
    """People followed, obligations or not: where the base has none, no row says it."""
    return _first(rows if len(rows) else chosen.rows("service_followed", day=day, by="sex"), "total")


def _first(rows: pd.DataFrame, name: str) -> int:
    return int(rows[name].iloc[0]) if len(rows) else 0


def _cells(published: pd.DataFrame) -> dict[str, Cell]:
    """People, state and text of each row."""
    rows = published[PEOPLE_COLUMNS].itertuples(index=False, name=None)
    return {x: (None if pd.isna(people) else int(people), state, text) for x, people, state, text in rows}


def _cell(published: Mapping[str, Cell], category: str) -> Cell:
    """One row; a category without anybody that day is shown as nobody, or hidden with a withheld table."""
    if category in published:
        return published[category]
    rows = [state for x, (_, state, _) in published.items() if x != TOTAL]
    return _MASKED if rows and all(x is State.COMPLEMENTARY for x in rows) else (0, State.SHOWN, "0")


def _compared(now: Cell, before: Cell, k: int) -> tuple[object, ...]:
    change, told = _change(now[0], before[0], k)
    return now[0], before[0], change, now[1].value, before[1].value, now[2], before[2], told


def _change(now: int | None, before: int | None, k: int) -> tuple[int | None, str]:
    """The difference and its words; the words alone where it is of fewer than ``k`` people."""
    if now is None or before is None:
        return None, "non comparable"
    difference = now - before
    if 0 < abs(difference) < k:
        return None, f"écart de moins de {k}"
    sign = {1: "+", -1: "−"}.get((difference > 0) - (difference < 0), "")
    return difference, f"{sign}{french_number(abs(difference))}" if difference else "stable"


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(dict.fromkeys(["people", "people_before", "change"], "Int64"))


def _definition(chosen: Selection, by: Breakdown) -> str:
    return (
        f"Personnes dont une mesure court le {full_date(chosen.day)}, par {by.label}, à côté du {full_date(chosen.year_before)}. "
        "Une personne est comptée une fois par ligne ; avec plusieurs mesures, elle peut être dans plusieurs lignes."
    )


@question("service-chiffres-cles", "Chiffres clés : personnes suivies, entrées, sorties")
def headline(store: Store, *, filters: ServiceFilters = EVERYBODY, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per figure: people followed, those who came and left over the period, open and closed setting, before and after judgment.

    ``people_before``: a year before; for those who came and left, over the period before. Columns as ``followed_people``.
    """
    chosen = prepared(store, filters, k=k)
    flows = _period_flows(chosen, k)
    stock = followed_people(store, filters=filters, by=Breakdown.PHASE, k=k)
    setting = followed_people(store, filters=filters, by=Breakdown.SETTING, k=k)
    rows = [
        _row("followed", "Personnes suivies", _shown(stock, TOTAL), _followed_words(chosen)),
        _row("came", "Entrées", _compared(flows[1].entries, flows[0].entries, k), _came_words(chosen)),
        _row("left", "Sorties", _compared(flows[1].exits, flows[0].exits, k), _left_words(chosen)),
        *(_row(x.value, f"En {x.label}", _shown(setting, x.value), _under(chosen, x.label)) for x in MeasureSetting),
        *(_row(x.value, f"En {x.label}", _shown(stock, x.value), _under(chosen, x.label)) for x in MeasurePhase),
    ]
    return _typed(pd.DataFrame(rows, columns=HEADLINE_COLUMNS))


def _period_flows(chosen: Selection, k: int) -> Sequence[Flow]:
    def days(wanted: Selection) -> list[date]:
        return [months_before(wanted.day, n * wanted.filters.months) for n in (2, 1, 0)]

    return protected_flows(chosen, days, name="period", k=k)


def _row(figure: str, label: str, values: tuple[object, ...], definition: str) -> tuple[object, ...]:
    return figure, label, *values, definition


def _shown(table: pd.DataFrame, category: str) -> tuple[object, ...]:
    rows = table[table["category"] == category]
    if rows.empty:
        return _compared((0, State.SHOWN, "0"), (0, State.SHOWN, "0"), 1)
    return tuple(None if pd.isna(x) else x for x in rows.iloc[0][_VALUES])


def _followed_words(chosen: Selection) -> str:
    return f"Personnes dont une mesure au moins a commencé et n’est pas finie le {full_date(chosen.day)} ; en face, un an avant."


def _came_words(chosen: Selection) -> str:
    return (
        f"Personnes qui n’étaient pas suivies le {full_date(chosen.since)} et l’ont été ensuite, jusqu’au {full_date(chosen.day)}, "
        "même si elles ne le sont plus ; chacune compte une fois. En face, la période d’avant, de même longueur."
    )


def _left_words(chosen: Selection) -> str:
    return (
        f"Personnes suivies après le {full_date(chosen.since)} qui ne le sont plus le {full_date(chosen.day)} ; chacune compte une fois. "
        "En face, la période d’avant, de même longueur."
    )


def _under(chosen: Selection, words: str) -> str:
    return f"Personnes suivies le {full_date(chosen.day)} pour une mesure en {words} ; en face, un an avant."


declare(
    {
        "service-personnes-suivies": Methodology(
            "Personnes suivies",
            "Une personne est suivie un jour si une mesure retenue a commencé ce jour ou avant, et finit après lui ou court encore. Le jour de la fin n’est "
            "plus un jour suivi ; le décès finit toute mesure.",
            "Personnes ayant une mesure retenue par les filtres. Une personne peut être dans plusieurs lignes, une seule fois dans chacune et dans l’ensemble.",
            "personnes",
            f"{MEASURES} {SMALL}",
            ("prepare/service_selection", "queries/service_followed", "queries/service_followed_obligations"),
        ),
        "service-chiffres-cles": Methodology(
            "Chiffres clés",
            "Entrée : personne non suivie au début de la période et suivie ensuite. Sortie : personne suivie pendant la période, et plus à la fin. Suivies à la "
            "fin = suivies au début + entrées − sorties. Un changement d’antenne n’est une entrée ou une sortie que vu d’une antenne.",
            "Personnes ayant une mesure retenue par les filtres ; une personne revenue compte une fois.",
            "personnes",
            f"{MEASURES} {SMALL}",
            (
                "prepare/service_selection",
                "prepare/service_spells",
                "queries/service_flows",
                "queries/service_followed",
            ),
        ),
    }
)
