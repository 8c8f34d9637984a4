"""New recorded facts after a measure begins or ends, beside published French figures, which count something else."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.service.new_facts import facts_after_end, facts_after_start, horizon_words
from frise_analysis.analysis.service.published_figures import CAUTION, published_figures
from frise_analysis.charts.service_curves import HEIGHT, MOST, curves_specification
from frise_analysis.dashboards.service.drawn import NONE
from frise_analysis.dashboards.service.figures import Figure, Group
from frise_analysis.dashboards.service.hidden_cells import hidden_note, share_columns, shown_or_text
from frise_analysis.dashboards.service.number_words import share_words
from frise_analysis.dashboards.service.state import ServiceState
from frise_analysis.store.engine import Store

READING = "Losange : chiffre français publié, sur d’autres personnes et compté autrement (tableau plus bas)."
NOTHING = "Trop peu de personnes observées pour montrer une courbe."
RESULT = {
    "start": ("service-nouveaux-faits", "Après le début de la mesure"),
    "end": ("service-faits-fin", "Après la fin de la mesure"),
}


def groups(store: Store, state: ServiceState) -> Iterator[Group]:
    """The curves, then the published figures and why they differ."""
    published = published_figures(store)
    start, end = facts_after_start(store, filters=state.filters), facts_after_end(store, filters=state.filters)
    curves = (_curves("start", start, published), _curves("end", end, published))
    yield Group("Nouveaux faits enregistrés", horizon_words(store, filters=state.filters), curves)
    yield Group("Chiffres français publiés", CAUTION, (_published(published),))


def _curves(origin: str, found: pd.DataFrame, published: pd.DataFrame) -> Figure:
    name, title = RESULT[origin]
    twin = {
        "Mesure": found["label"],
        "Mesures suivies": found["measures"].astype(object),
        "Mois": found["month"],
        "Part": shown_or_text(found["share"].map(share_words).replace("", pd.NA), found["text"]),
        **{head: values for head, values in share_columns(found).items() if head != "Part (%)"},
    }
    bare = Figure(name, title, pd.DataFrame(twin), method=name, note=hidden_note(found["state"]))
    drawn = _drawn(found)
    if drawn.empty:
        return bare.saying(NOTHING if bare.note else NONE)
    words = [
        f"{x['label']}, {x['month']} mois : {share_words(x['share'], x['low'], x['high'])}"
        for x in drawn.to_dict("records")
    ]
    lines = drawn.rename(columns={"month": "months"}).assign(words=words)
    marks = _marks(published, farthest=int(drawn["month"].max()))
    return bare.saying(READING).drawn(curves_specification(lines, title=title, marks=marks, steps=False), height=HEIGHT)


def _drawn(found: pd.DataFrame) -> pd.DataFrame:
    """The months shown of the groups that have two at least: everybody first, then as many groups as can be told apart."""
    shown = found[found["share"].notna()]
    several = shown.groupby("category", sort=False)["month"].transform("size") > 1
    kept = shown[several]
    names = [x for x in dict.fromkeys(kept["category"]) if x != TOTAL]
    order = [x for x in (TOTAL, *names) if x in set(kept["category"])][:MOST]
    return pd.concat([kept[kept["category"] == x] for x in order]) if order else kept


def _marks(published: pd.DataFrame, *, farthest: int) -> pd.DataFrame:
    near = published[published["horizon_months"] <= farthest]
    words = [
        f"Publié : {x['label']}, {x['population']}, {x['horizon_months']} mois : {share_words(x['share'])} ({x['source']})"
        for x in near.to_dict("records")
    ]
    return near.rename(columns={"horizon_months": "months"}).assign(words=words)


def _published(published: pd.DataFrame) -> Figure:
    twin = {
        "Ce qui est compté": published["label"],
        "Population": published["population"],
        "Année": published["year"],
        "Mois": published["horizon_months"],
        "Part (%)": (100 * published["share"]).round(1),
        "Source": published["source"],
        "Pourquoi il diffère": published["difference"],
    }
    return Figure(
        "chiffres-publies", "Ce qu’ils comptent, et pourquoi ils diffèrent", pd.DataFrame(twin), wide=True, open=True
    )
