"""The dates on which somebody has something to do, in their order: a list of work, by pseudonym, and the ordinance of 2020 read again."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from frise_analysis.analysis.deadlines.answers import NOTICE
from frise_analysis.analysis.deadlines.ordinance import FIRST_DAY, ordinance_2020
from frise_analysis.analysis.deadlines.ordinance import NOTICE as PAST_NOTICE
from frise_analysis.analysis.deadlines.work_list import deadlines
from frise_analysis.analysis.service import Methodology, ServiceFilters, people_keys
from frise_analysis.dashboards.service.figures import Choice, Figure, Group
from frise_analysis.dashboards.service.state import WEEKS, ServiceState
from frise_analysis.dates import full_date, plural
from frise_analysis.store.engine import Store

ORDER = "L’ordre est celui des dates, puis des règles : il ne classe personne et ne dit rien de ses chances."
LIST_METHOD = Methodology(
    "Échéances",
    "Dates que les règles en vigueur ce jour-là ouvrent, calculées sur les enregistrements ; chaque ligne dit ce qui est vérifié et ce qui ne peut pas l’être. "
    "Une personne dont les enregistrements ne disent pas quelle peine elle exécute n’est pas dans la liste.",
    "Personnes détenues, condamnées libres ou suivies sous une mesure à date d’examen ; avec des filtres, celles qu’ils gardent ce jour-là.",
    "une ligne : une personne et une règle",
    "Condamnations, peines, détentions et mesures enregistrées ; règles de docs/deadlines.md.",
    ("queries/deadline_held", "queries/deadline_unexecuted", "queries/deadline_running_measures"),
)
PAST_METHOD = Methodology(
    "Ordonnance du 25 mars 2020",
    "Conditions réunies si la fin de peine sans réduction les remplit, non réunies si même la fin avec toutes les réductions ne les remplit pas, indéterminé entre les deux.",
    "Personnes détenues ce jour-là pour l’exécution d’une peine, d’après les enregistrements connus alors.",
    "une ligne : une personne et un article",
    "Condamnations, peines et détentions enregistrées ; règles de docs/deadlines.md.",
    ("queries/deadline_held",),
)


def groups(store: Store, state: ServiceState) -> Iterator[Group]:
    """Dates to come, dates passed and still open, and the screen of the past behind a button."""
    found = _kept(store, state.filters, deadlines(store, as_of=state.filters.day(store), weeks=state.weeks))
    coming, passed = found[found["days_left"] >= 0], found[found["days_left"] < 0]
    weeks = Choice("weeks", "Jusqu’à", tuple((str(x), plural(x, "semaine")) for x in WEEKS), str(state.weeks))
    lists = (
        _list("echeances-a-venir", f"Dates à venir, {plural(state.weeks, 'semaine')}", coming, opened=True),
        _list("echeances-atteintes", "Dates atteintes, toujours ouvertes", passed, opened=False),
    )
    yield Group("Échéances d’aménagement", f"{NOTICE} {ORDER}", lists, choice=weeks)
    title = f"Écran historique : ordonnance du 25 mars 2020, situation au {full_date(FIRST_DAY)}"
    yield Group(title, PAST_NOTICE, (_ordinance(store),), closed=True)


def _kept(store: Store, filters: ServiceFilters, found: pd.DataFrame) -> pd.DataFrame:
    """The people whom the filters keep that day; all of them where nothing but a day is chosen."""
    unfiltered = ServiceFilters(as_of=filters.as_of, months=filters.months)
    if filters == unfiltered:
        return found
    return found[found["person_key"].isin(people_keys(store, filters)["followed"])]


def _list(name: str, title: str, found: pd.DataFrame, *, opened: bool) -> Figure:
    twin = pd.DataFrame(
        {
            "Date": found["date"],
            "Dans": [_left(x) for x in found["days_left"]],
            "Personne": found["person_id"],
            "Règle": [
                f"{article} (règle {rule})" for rule, article in zip(found["rule_id"], found["article"], strict=True)
            ],
            "Objet": found["title"],
            "Vérifié": found["checked"],
            "Ne peut pas être vérifié ici": found["unchecked"],
            "Hypothèse": found["assumption"],
            "Règle à relire": found["to_verify"].map({True: "oui", False: ""}),
            "En toutes lettres": found["words"],
        }
    )
    words = (f"{plural(len(found), 'date')}." if len(found) else "Aucune date.",)
    return Figure(name, title, twin, words=words, wide=True, long=True, open=opened and len(found) > 0, told=LIST_METHOD, aside=("En toutes lettres",))  # fmt: skip


def _left(days: int) -> str:
    if days == 0:
        return "le jour même"
    return plural(days, "jour") if days > 0 else f"passée de {plural(-days, 'jour')}"


def _ordinance(store: Store) -> Figure:
    found = ordinance_2020(store)
    twin = pd.DataFrame(
        {
            "Personne": found["person_id"],
            "Article": found["article"],
            "Objet": found["title"],
            "Réponse": found["answer_label"],
            "Exclu par": found["excluded_by"],
            "Vérifié": found["checked"],
            "Ne peut pas être vérifié ici": found["unchecked"],
            "Ce qui trancherait": found["missing"],
            "En toutes lettres": found["words"],
        }
    )
    return Figure(
        "ordonnance-2020", "Personnes détenues et articles 27 à 29", twin, wide=True, long=True, open=len(found) > 0, told=PAST_METHOD,
        words=() if len(found) else ("Aucune personne détenue ce jour-là.",), aside=("En toutes lettres",),
    )  # fmt: skip
