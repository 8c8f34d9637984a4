"""What the person may see beside the officer: no victim, no note, no hidden line (design.md, 4.9)."""

from __future__ import annotations

import json
import re

import pytest

from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.own_words import own_sentences
from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.words import words
from frise_analysis.dashboards.parcours_view import view_of
from frise_analysis.dashboards.state import Mode, ParcoursState
from frise_analysis.vocabulary import Clock, Lane

PEOPLE = """
persons
person_id | sex | birth_date | display_name
he        | M   | 1990-06-15 | DURAND Paul
she       | F   | 1992-03-01 |
they      | X   |            |
empty     | M   |            |

convictions
person_id | conviction_id | decision_date | court    | judgment_mode              | legal_recidivism_retained | void_date  | rehabilitation_date
he        | A             | 2012-05-01    | TC Arlac | contradictoire_a_signifier | true                      |            |
he        | V             | 2013-05-01    | TC Arlac |                            |                           | 2018-05-01 |
he        | R             | 2011-05-01    | TC Arlac |                            |                           |            | 2016-05-01
she       | S             | 2020-05-01    | TC Arlac |                            |                           |            |

offences
person_id | offence_id | conviction_id | offence_start_date | label                                      | family     | nature | intimate_partner | attempt
he        | a          | A             | 2011-12-01         | VIOLENCE SUR CONJOINT, VICTIME MME DUPONT  | violences  | delit  | true             |
he        | b          | A             | 2012-01-01         | VOL SUR PERSONNE VULNERABLE                | vols_recel | delit  |                  | true
he        | v          | V             | 2012-12-01         | VOL CACHE                                  | vols_recel |        |                  |
he        | r          | R             | 2010-12-01         | VOL EFFACE                                 | vols_recel |        |                  |
she       | s          | S             | 2019-12-01         | VOL                                        | vols_recel |        |                  |

measures
person_id | measure_id | measure_code | start_date | planned_end_date | end_date   | outcome
he        | M1         | SP           | 2012-06-01 | 2014-06-01       | 2014-06-01 | accomplie
he        | M2         | TIG          | 2014-07-01 |                  | 2014-09-01 | revoquee
she       | M3         | SP           | 2020-06-01 | 2025-06-01       |            |

obligations
measure_id | obligation_code     | start_date
M1         | interdiction_contact | 2012-06-01
M1         | indemnisation       | 2012-06-01

custody_periods
person_id | custody_id | start_date | end_date   | regime
he        | d          | 2014-09-01 | 2014-12-01 | detention

life_events
person_id | event_id | start_date | end_date   | domain | direction | label                | source
he        | told     | 2012-09-01 |            | work   | support   | Un travail au garage | person
he        | hard     | 2013-09-01 | 2013-12-01 | family | strain    | Une séparation       | person
he        | note     | 2013-01-01 |            | peers  | strain    | NOTE DU CPIP         | officer
he        | whose    | 2013-02-01 |            | peers  | strain    | SANS SOURCE          |
"""


@pytest.fixture
def made(people):
    return people(PEOPLE, "2024-09-30")


def told(path: PersonPath) -> list[str]:
    return [s.text for s in own_sentences(path)]


def test_what_is_taken_out(made) -> None:
    """Void lines, notes of the officer and events of unknown source leave; dates, families and judgments stay."""
    shown = interview_path(made.path("he", with_void=True))
    assert ["a", "b"] == [r.record_id for r in shown.lane(Lane.FACTS)]
    assert ["A"] == [r.record_id for r in shown.convictions]
    assert ["told", "hard"] == [r.record_id for r in shown.lane(Lane.LIFE_EVENTS)]
    assert ["violences", "vols_recel"] == [r.code for r in shown.lane(Lane.FACTS)]


def test_facts_keep_their_family_and_lose_their_label(made) -> None:
    """The legal label may name a victim: the family stands for it, said once."""
    shown = interview_path(made.path("he"))
    assert [
        "Le 1er décembre 2011, à 21 ans : Violences, menaces. Jugés le 1er mai 2012, 5 mois après.",
        "Le 1er janvier 2012, à 21 ans : Vols, recel. Jugés le 1er mai 2012, 4 mois après.",
    ] == [words(r, shown) for r in shown.lane(Lane.FACTS)]


@pytest.mark.parametrize("clock", Clock)
def test_nothing_hidden_reaches_the_page(made, clock: Clock) -> None:
    """Whatever was chosen before, nothing that the page is sent speaks of a victim, a note or a hidden line."""
    state = ParcoursState(person_key=made.key("he"), clock=clock, with_void=True, added=frozenset(Lane))
    sent = json.dumps(view_of(made.store, state.turn_to(Mode.INTERVIEW)), ensure_ascii=False).lower()
    hidden = ["conjoint", "dupont", "victime", "vulnerable", "sein du couple", "cache", "efface", "note du cpip", "sans source", "récidive", "signifier", "délit", "tentative", "interdiction", "indemnisation"]  # fmt: skip
    assert [] == [word for word in hidden if word in sent]
    assert "un travail au garage" in sent


def test_a_closed_interview_shows_nobody(made) -> None:
    """Nothing of the person is sent once the interview is over, and the way back names nobody."""
    state = ParcoursState(person_key=made.key("he")).turn_to(Mode.INTERVIEW).turn_to(Mode.CLOSED)
    view = view_of(made.store, state)
    sent = json.dumps(view, ensure_ascii=False)
    assert (None, None, []) == (view["person"], view["chart"], view["tabs"])
    assert not re.search(r"DURAND|garage|he\b.*1990|Violences", sent)
    assert state.turn_to(Mode.WORK).path(made.store) is not None


def test_another_person_ends_the_interview(made) -> None:
    """Choosing somebody else is the officer's work."""
    state = ParcoursState(person_key=made.key("he")).turn_to(Mode.INTERVIEW)
    assert Mode.WORK == state.choose(made.key("she")).mode


def test_street_time_is_left_to_the_officer(made) -> None:
    """In an interview the axis is the calendar or the age."""
    state = ParcoursState(person_key=made.key("he"), clock=Clock.STREET).turn_to(Mode.INTERVIEW)
    path = state.path(made.store)
    assert path is not None
    assert Clock.CALENDAR == state.clock_for(path)


EXPECTED = {
    "he": [
        "Vous avez raconté 2 moments de votre vie. Ce qui vous a aidé : « Un travail au garage ».",
        "Vous êtes allé au bout d’une mesure : sursis probatoire.",
        "Vous n’avez pas de mesure en cours.",
        "Le dossier contient des faits à 2 dates, entre 2011 et 2012.",
        "De quoi il s’agit : violences, menaces ; vols, recel.",
        "Entre deux faits, vous avez passé jusqu’à 31 jours en liberté, entre 2011 et 2012.",
        "Les derniers faits du dossier remontent à 12 ans 8 mois (le 1er janvier 2012). Des faits de moins de 12 mois peuvent manquer.",
        "Vous avez été en détention 91 jours, une fois, jusqu’en 2014.",
        "Une mesure a été arrêtée avant la fin : travail d’intérêt général.",
    ],
    "she": [
        "Vous n’avez encore rien raconté de votre vie ici. Vous pouvez l’ajouter.",
        "En ce moment : sursis probatoire depuis le 1er juin 2020 (fin prévue le 1er juin 2025).",
        "Le dossier contient des faits à une date, en 2019.",
        "De quoi il s’agit : vols, recel.",
        "Les derniers faits du dossier remontent à 4 ans 9 mois (le 1er décembre 2019). Des faits de moins de 12 mois peuvent manquer.",
    ],
    "empty": [
        "Vous n’avez encore rien raconté de votre vie ici. Vous pouvez l’ajouter.",
        "Vous n’avez pas de mesure en cours.",
        "Le dossier ne contient pas de faits.",
    ],
}


@pytest.mark.parametrize("person", EXPECTED)
def test_sentences(made, person: str) -> None:
    """Each sentence says what the rows say, the person's own events first."""
    assert EXPECTED[person] == told(made.path(person))


def test_every_sentence_is_plain(all_paths) -> None:
    """For every sample person: short sentences, no index, no word of the trade, no key that is not on the frise."""
    jargon = re.compile(r"non consolid|temps libre|récidive|taux|moyenne|intervalle|score|risque|victime|conjoint", re.IGNORECASE)  # fmt: skip
    for path in all_paths.values():
        marks = {f"{r.lane}:{r.record_id}" for r in interview_path(path).records}
        for sentence in own_sentences(path):
            assert not jargon.search(sentence.text)
            assert max(len(part.split()) for part in re.split(r"(?<=\.) ", sentence.text)) <= 45
            assert set(sentence.keys) <= marks
