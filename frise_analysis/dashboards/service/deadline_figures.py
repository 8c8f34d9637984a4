"""The dates on which somebody has something to do: those of the people whom the role follows, in their order, or how many people by rule.

Filters of the page do not cut a list of people: what they keep would be told of each of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from frise_analysis.analysis.deadlines.answers import NOTICE
from frise_analysis.analysis.deadlines.dates_by_rule import people_by_answer, people_by_rule
from frise_analysis.analysis.deadlines.followed import FOLLOWING, followed_deadlines_of, followed_ordinance_of
from frise_analysis.analysis.deadlines.ordinance import FIRST_DAY
from frise_analysis.analysis.deadlines.ordinance import NOTICE as PAST_NOTICE
from frise_analysis.analysis.deadlines.work_list import DatesAsked
from frise_analysis.analysis.service import Methodology
from frise_analysis.analysis.service.methodology import SMALL
from frise_analysis.analysis.service.roles import Role, RoleKind, RoleRefused
from frise_analysis.dashboards.service.caseload_figures import role_choice, role_shown
from frise_analysis.dashboards.service.figures import Choice, Figure, Group
from frise_analysis.dashboards.service.hidden_cells import hidden_note, shown_or_text
from frise_analysis.dashboards.service.state import WEEKS, ServiceState
from frise_analysis.dates import full_date, plural
from frise_analysis.store.engine import Store

ORDER = "L’ordre est celui des dates, puis des règles : il ne classe personne et ne dit rien de ses chances."
ONLY = "Seuls le jour et le nombre de semaines changent ce qui est montré ici : les autres filtres de la page n’y font rien."
WHOSE = {
    RoleKind.OFFICER: "Cette liste est celle des personnes que suit cet agent : celles qui ont une mesure en cours, confiée à lui, ce jour-là.",
    RoleKind.MANAGER: "Cette liste est celle des personnes que suit cette antenne : celles qui y ont une mesure en cours ce jour-là.",
}
NUMBERS = "Chaque agent voit la liste des personnes qu’il suit, l’encadrement celle de son antenne ; la direction voit des nombres, sans liste."
#: The numbers of the whole service are counted record by record: some ten seconds for as many people.
MOST_READ = 100_000
TOO_MANY = (
    "Ces nombres se comptent dossier par dossier : au-delà de 100\u202f000 personnes dans la base, l’écran attendrait trop longtemps. "
    "Demandez-les par la commande « frise table echeances-par-regle », ou ouvrez la session d’une antenne."
)
_FOLLOWED = "Seules y sont les personnes que l’agent, ou l’antenne, suit ce jour-là."
_SOURCE = "Condamnations, peines, détentions et mesures enregistrées ; règles de docs/deadlines.md."
_DATED = ("queries/deadline_held", "queries/deadline_unexecuted", "queries/deadline_running_measures")
LIST_METHOD = Methodology(
    "Échéances",
    "Dates que les règles en vigueur ce jour-là ouvrent, calculées sur les enregistrements ; chaque ligne dit ce qui est vérifié et ce qui ne peut pas l’être. "
    "Une personne dont les enregistrements ne disent pas quelle peine elle exécute n’est pas dans la liste.",
    f"Personnes détenues, condamnées libres ou suivies sous une mesure à date d’examen. {_FOLLOWED}",
    "une ligne : une personne et une règle",
    _SOURCE,
    (*_DATED, "queries/service_caseload_work"),
)
RULE_METHOD = Methodology(
    "Échéances par règle",
    "Personnes dont la date de la règle tombe du jour choisi à la fin des semaines choisies ; une date déjà atteinte n’est pas comptée. Une personne compte une fois par règle, "
    "et dans chaque règle qui lui donne une date : les lignes ne s’additionnent pas. Un nombre est masqué quand il diffère de moins de onze personnes de celui d’un plus grand nombre de semaines.",
    "Personnes détenues, condamnées libres ou suivies sous une mesure à date d’examen, de tout le service.",
    "personnes",
    f"{_SOURCE} {SMALL}",
    _DATED,
)
_ANSWERS = "Conditions réunies si la fin de peine sans réduction les remplit, non réunies si même la fin avec toutes les réductions ne les remplit pas, indéterminé entre les deux."
PAST_METHOD = Methodology(
    "Ordonnance du 25 mars 2020",
    _ANSWERS,
    f"Personnes détenues ce jour-là pour l’exécution d’une peine, d’après les enregistrements connus alors. {_FOLLOWED}",
    "une ligne : une personne et un article",
    "Condamnations, peines et détentions enregistrées ; règles de docs/deadlines.md.",
    ("queries/deadline_held", "queries/service_caseload_work"),
)
ANSWER_METHOD = Methodology(
    "Ordonnance du 25 mars 2020, nombres",
    f"{_ANSWERS} Les réponses aux trois articles sont croisées avant de masquer : ce qui exclut de l’un exclut souvent d’un autre.",
    "Personnes détenues ce jour-là pour l’exécution d’une peine, d’après les enregistrements connus alors, de tout le service.",
    "personnes",
    f"Condamnations, peines et détentions enregistrées ; règles de docs/deadlines.md. {SMALL}",
    ("queries/deadline_held",),
)


def groups(store: Store, state: ServiceState) -> Iterator[Group]:
    """Who sees what, then the dates and the screen of the past: lists of the people followed, or numbers; a sentence where the role cannot be."""
    choice = role_choice(store, state)
    try:
        role = role_shown(store, state)
    except RoleRefused as refused:
        yield Group("Échéances d’aménagement", "", (Figure("echeances", "Échéances", refusal=str(refused)),), choice=choice)  # fmt: skip
        return
    listed = role.kind in FOLLOWING
    yield Group("Qui voit ces dates", f"{WHOSE.get(role.kind, NUMBERS)} {ONLY}", choice=choice)
    weeks = Choice("weeks", "Jusqu’à", tuple((str(x), plural(x, "semaine")) for x in WEEKS), str(state.weeks))
    if not listed and _persons(store) > MOST_READ:
        yield Group("Échéances d’aménagement", NOTICE, (Figure("echeances", "Échéances", refusal=TOO_MANY),))
        return
    figures = tuple(_lists(store, state, role)) if listed else (_numbers(store, state),)
    yield Group("Échéances d’aménagement", f"{NOTICE} {ORDER}" if listed else NOTICE, figures, choice=weeks)
    past = _ordinance(store, role) if listed else _ordinance_numbers(store)
    title = f"Écran historique : ordonnance du 25 mars 2020, situation au {full_date(FIRST_DAY)}"
    yield Group(title, PAST_NOTICE, (past,), closed=True)


def _persons(store: Store) -> int:
    """People that the load read."""
    return next((int(str(x["rows_loaded"])) for x in store.rows("load_counts") if x["table_name"] == "persons"), 0)


def _lists(store: Store, state: ServiceState, role: Role) -> Iterator[Figure]:
    """Dates to come, then dates passed and still open."""
    asked = DatesAsked(state.filters.day(store), state.weeks)
    found = followed_deadlines_of(store, role=role, asked=asked)
    coming, passed = found[found["days_left"] >= 0], found[found["days_left"] < 0]
    yield _list("echeances-a-venir", _coming(state), coming, opened=True)
    yield _list("echeances-atteintes", "Dates atteintes, toujours ouvertes", passed, opened=False)


def _coming(state: ServiceState) -> str:
    return f"Dates à venir, {plural(state.weeks, 'semaine')}"


def _numbers(store: Store, state: ServiceState) -> Figure:
    found = people_by_rule(store, as_of=state.filters.day(store), weeks=state.weeks)
    rules = [f"{article} (règle {rule})" for rule, article in zip(found["rule_id"], found["article"], strict=True)]
    twin = pd.DataFrame(
        {"Objet": found["title"], "Règle": rules, "Personnes": shown_or_text(found["people"], found["text"])}
    )
    return Figure("echeances-par-regle", _coming(state), twin, note=hidden_note(found["state"]), wide=True, open=True, told=RULE_METHOD)  # fmt: skip


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


def _ordinance(store: Store, role: Role) -> Figure:
    found = followed_ordinance_of(store, role=role)
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
        words=() if len(found) else ("Aucune personne suivie n’était détenue ce jour-là.",), aside=("En toutes lettres",),
    )  # fmt: skip


def _ordinance_numbers(store: Store) -> Figure:
    found = people_by_answer(store)
    twin = pd.DataFrame(
        {
            "Article": found["article"],
            "Objet": found["title"],
            "Réponse": found["answer_label"],
            "Personnes": shown_or_text(found["people"], found["text"]),
        }
    )
    return Figure(
        "ordonnance-2020-nombres", "Personnes détenues, par article et par réponse", twin, note=hidden_note(found["state"]), wide=True, open=len(found) > 0,
        told=ANSWER_METHOD, words=() if len(found) else ("Aucune personne détenue ce jour-là.",),
    )  # fmt: skip
