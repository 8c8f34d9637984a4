"""Records told beside the person: everyday words, what was decided and not what it led to; the officer's words stay as they are."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.own_words import own_sentences
from frise_analysis.analysis.person_path import Sentence
from frise_analysis.analysis.plain_words import sentence
from frise_analysis.analysis.words import title, words
from frise_analysis.vocabulary import Lane

PEOPLE = """
persons
person_id | birth_date
P         | 1990-06-15

convictions
person_id | conviction_id | decision_date | final_date | court             | record_entry_type
P         | A             | 2012-05-03    | 2012-05-13 | Tribunal de Valmer| condamnation
P         | B             | 2013-05-03    |            |                   | ordonnance_penale
P         | C             | 2007-05-03    |            |                   | mesure_educative
P         | D             | 2014-05-03    |            |                   | composition_penale
P         | E             | 2015-05-03    |            |                   | inconnue_du_service

offences
person_id | offence_id | conviction_id | offence_start_date | family
P         | a1         | A             | 2011-12-01         | violences
P         | a2         | A             | 2011-12-02         | violences
P         | b1         | B             | 2012-12-02         | route

sentences
conviction_id | sentence_code     | firm_days | suspended_days | amount_eur
A             | sursis_probatoire |           | 120            |
A             | amende            |           |                | 300
C             | mesure_educative  |           |                |

measures
person_id | measure_id | measure_code | setting | start_date | planned_end_date | end_date   | outcome
P         | done       | SP           | open    | 2012-06-01 |                  | 2014-06-01 | accomplie
P         | cut        | SME          | open    | 2014-07-01 |                  | 2014-09-01 | revoquee_partiellement
P         | other      | TIG          |         | 2015-07-01 |                  | 2015-09-01 | dessaisissement
P         | unsaid     | TIG          |         | 2016-07-01 |                  | 2016-09-01 |
P         | before     | DP           | closed  | 2017-07-01 |                  | 2017-09-01 | accomplie
P         | now        | SP           | open    | 2020-06-01 | 2025-06-01       |            |

obligations
measure_id | obligation_code | start_date
done       | soins           | 2012-06-01

breaches
person_id | breach_id | measure_id | breach_date | kind                | consequence
P         | absent    | done       | 2013-01-20  | absence_convocation | rapport_jap
P         | facts     | done       | 2013-02-20  | nouveaux_faits      | revocation_totale
P         | vague     |            | 2013-03-20  | autre               | rappel

life_events
person_id | event_id | start_date | domain | direction | label  | source
P         | helped   | 2015-06-15 | work   | support   | Permis | person
P         | hard     | 2015-06-16 | family | strain    | Départ | person
P         | neither  | 2015-06-17 | family | neutral   | Trajet | person
"""
EXPECTED = [
    ("A", "Jugement du 3 mai 2012, Tribunal de Valmer, pour 2 faits. Peines : emprisonnement avec sursis et un suivi, 4 mois ; amende, 300 €."),
    ("B", "Jugement sans audience du 3 mai 2013, pour 1 fait."),
    ("C", "Décision éducative, quand vous étiez mineur(e), du 3 mai 2007. Mesure : accompagnement éducatif."),
    ("D", "Accord proposé par le procureur, sans procès, du 3 mai 2014."),
    ("E", "Inconnue_du_service du 3 mai 2015."),
    ("done", "Sursis probatoire du 1er juin 2012 au 1er juin 2014. Menée à son terme."),
    ("cut", "Sursis avec mise à l’épreuve du 1er juillet 2014 au 1er septembre 2014. Arrêtée avant la fin."),
    ("other", "Travail d’intérêt général du 1er juillet 2015 au 1er septembre 2015. Terminée autrement."),
    ("unsaid", "Travail d’intérêt général du 1er juillet 2016 au 1er septembre 2016. Terminée."),
    ("before", "Détention provisoire du 1er juillet 2017 au 1er septembre 2017. Terminée."),
    ("now", "Sursis probatoire depuis le 1er juin 2020. En cours, fin prévue le 1er juin 2025."),
    ("absent", "Manquement le 20 janvier 2013, pendant la mesure « sursis probatoire » : absence à une convocation."),
    ("facts", "Un manquement a été signalé le 20 février 2013, pendant la mesure « sursis probatoire »."),
    ("vague", "Un manquement a été signalé le 20 mars 2013."),
    ("helped", "Permis depuis le 15 juin 2015, à 25 ans (travail et formation, appui)."),
    ("hard", "Départ depuis le 16 juin 2015, à 25 ans (famille et couple, difficulté)."),
    ("neither", "Trajet depuis le 17 juin 2015, à 25 ans (famille et couple)."),
]  # fmt: skip


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE, "2024-09-30").path("P")


@pytest.mark.parametrize(("record_id", "expected"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_words_beside_the_person(path, record_id: str, expected: str) -> None:
    """What it is, when, and how it ended: no consequence, no report, no setting, no obligation, no final date."""
    shown = interview_path(path)
    assert expected == words(next(r for r in shown.records if r.record_id == record_id), shown)


def test_words_of_the_officer_stay(path) -> None:
    """The same records keep the officer's words on the officer's screen, the records themselves untouched."""
    told = [words(r, path) for r in path.lane(Lane.BREACHES)]
    assert (
        "Manquement le 20 février 2013 pendant la mesure « Sursis probatoire » : nouveaux faits signalés. Suite : révocation totale."
        in told
    )
    cut = next(r for r in path.records if r.record_id == "cut")
    assert "milieu ouvert. Issue : révoquée partiellement" in words(cut, path)


def test_new_facts_are_not_a_title_either(path) -> None:
    """Facts that were reported and not judged have no name on a mark or in a list."""
    breaches = interview_path(path).lane(Lane.BREACHES)
    assert ["Absence à une convocation", "Autre manquement", "Autre manquement"] == [title(r) for r in breaches]
    assert [None, None, None] == [r.outcome for r in breaches]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Sentence("C", "emprisonnement", firm_days=180), "emprisonnement, 6 mois ferme"),
        (Sentence("C", "sursis_simple", suspended_days=60), "emprisonnement avec sursis, 2 mois"),
        (Sentence("C", "sme", firm_days=90, suspended_days=60), "emprisonnement avec sursis et un suivi, 3 mois ferme et 2 mois avec sursis"),
        (Sentence("C", "emprisonnement", suspended_days=60, ab_initio=True), "emprisonnement, 2 mois avec sursis"),
        (Sentence("C", "ddse", firm_days=90), "bracelet électronique à la maison, 3 mois ferme"),
        (Sentence("C", "peine_nouvelle"), "peine_nouvelle"),
    ],
)  # fmt: skip
def test_a_sentence_in_everyday_words(given: Sentence, expected: str) -> None:
    """« Ferme » and « avec sursis » are what everybody says; each is said once."""
    assert expected == sentence(given)


FACTS = """
persons
person_id
P

convictions
person_id | conviction_id | decision_date
P         | A             | 2012-05-03

offences
person_id | offence_id | conviction_id | offence_start_date | date_precision
"""


@pytest.mark.parametrize(
    ("judged", "pending", "expected"),
    [
        (2, 0, None),
        (0, 1, "Ce fait n’est pas encore jugé : rien n’est décidé."),
        (0, 2, "Ces faits ne sont pas encore jugés : rien n’est décidé."),
        (1, 1, "Un de ces faits n’est pas encore jugé : rien n’est décidé."),
        (1, 2, "2 de ces faits ne sont pas encore jugés : rien n’est décidé."),
    ],
)
def test_facts_not_yet_judged(people, judged: int, pending: int, expected: str | None) -> None:
    """What no court has judged is never told as a plain fact; its records are those that are open."""
    rows = [f"P | j{i} | A | 2010-01-0{i + 1} |" for i in range(judged)] + [
        f"P | o{i} | | 2011-01-0{i + 1} |" for i in range(pending)
    ]
    sentences = own_sentences(people(FACTS + "\n".join(rows), "2024-09-30").path("P"))
    topics = [s.topic for s in sentences]
    found = [s for s in sentences if s.topic == "à juger"]
    assert ([] if expected is None else [expected]) == [s.text for s in found]
    if found:
        assert topics.index("nature") + 1 == topics.index("à juger")
        assert {f"facts:o{i}" for i in range(pending)} == set(found[0].keys)


@pytest.mark.parametrize(("precision", "expected"), [("day", "jusqu’à 4 ans en"), ("year", "jusqu’à environ 4 ans en")])
def test_time_between_approximate_dates(people, precision: str, expected: str) -> None:
    """A time between dates of which one is approximate is approximate."""
    rows = f"P | a | A | 2006-01-01 | {precision}\nP | b | A | 2010-01-01 | day"
    told = [s.text for s in own_sentences(people(FACTS + rows, "2024-09-30").path("P")) if s.topic == "intervalle"]
    assert [True] == [expected in text for text in told]
