"""The written synthesis: records in, sentences out, each with the records it was made from."""

from __future__ import annotations

import re

import pytest

from frise_analysis.analysis.summary import figures
from frise_analysis.analysis.synthesis import synthesis_sentences

PEOPLE = """
persons
person_id | sex | birth_date
nobody    | M   |
once      | F   | 1990-06-15
unknown   | X   |
often     | M   | 1990-06-15
vague     | F   |
followed  | M   |

convictions
person_id | conviction_id | decision_date | record_entry_type        | legal_recidivism_retained
once      | A             | 2020-03-02    |                          |
unknown   | U             | 2020-03-02    | ordonnance_penale        |
often     | B             | 2013-01-01    | condamnation             |
often     | C             | 2015-01-01    | condamnation             | true
often     | D             | 2016-01-01    | composition_penale       |
often     | E             | 2017-01-01    | condamnation             | true

offences
person_id | conviction_id | offence_start_date | date_precision | family     | intimate_partner
once      | A             | 2019-06-15         |                | route      | false
unknown   | U             | 2019-06-15         |                | route      |
often     | B             | 2012-01-01         |                | vols_recel |
often     | C             | 2014-01-01         |                | vols_recel | true
often     | C             | 2014-01-01         |                | violences  | true
often     | D             | 2015-06-01         |                | route      |
often     | E             | 2016-01-01         |                | stupefiants |
often     | E             | 2016-03-01         |                | vols_recel |
often     |               | 2024-02-01         |                | degradations |
vague     |               | 2018-01-01         | year           | route      |
vague     |               | 2021-06-01         | month          | route      |
vague     |               | 2021-06-01         | month          | route      |
held      |               | 2021-09-30         |                | route      |

custody_periods
person_id | start_date | end_date   | regime
often     | 2017-01-01 | 2018-01-01 | detention
followed  | 2024-01-01 |            | detention
held      | 2022-01-01 | 2023-01-01 | detention

measures
person_id | measure_id | measure_code | start_date | end_date   | outcome
followed  | M1         | SP           | 2015-01-01 | 2016-01-01 | accomplie
followed  | M2         | SP           | 2016-01-01 | 2017-01-01 | accomplie
followed  | M3         | TIG          | 2017-01-01 | 2018-01-01 | revoquee
followed  | M4         | DP           | 2018-01-01 | 2018-03-01 | accomplie
followed  | M5         | SSJ          | 2019-01-01 |            |

breaches
person_id | breach_date | kind
followed  | 2017-02-01  | absence_convocation
followed  | 2017-03-01  | absence_convocation
followed  | 2017-04-01  | travail_non_execute

life_events
person_id | start_date | domain | direction
followed  | 2015-01-01 | work   | support
followed  | 2016-01-01 | work   | neutral
"""

EXPECTED = {
    "nobody": ["Aucun fait enregistré.", "Aucune condamnation enregistrée.", "Aucune mesure en cours."],
    "once": [
        "1 infraction enregistrée, en 2019.",
        "Elle a été condamnée une fois, le 2 mars 2020.",
        "1 date de faits ; il en faut 5 pour parler d’un rythme. On ne peut pas conclure.",
        (
            "Derniers faits enregistrés : le 15 juin 2019, il y a 5 ans 3 mois au 30 septembre 2024. "
            "Des faits des 12 derniers mois peuvent ne pas être jugés encore."
        ),
        "Aucune mesure en cours.",
    ],
    "often": [
        "7 infractions enregistrées, à 6 dates, de 2012 à 2024.",
        "Il a été condamné 3 fois, la dernière le 1er janvier 2017 ; la récidive légale a été retenue 2 fois.",
        "Au casier aussi, sans être des condamnations : composition pénale (1).",
        "5 familles : vols, recel (3) ; circulation routière (1) ; dégradations (1) ; autres familles (2).",
        "2 infractions enregistrées au sein du couple.",
        (
            "En 11 ans 9 mois de liberté après les premiers faits, 5 autres dates de faits : 0,43 par an en moyenne "
            "(entre 0,14 et 0,99)."
        ),
        "Plus longue période libre sans fait enregistré : 6 ans 11 mois, entre le 1er mars 2016 et le 1er février 2024.",
        (
            "Derniers faits enregistrés : le 1er février 2024, il y a 7 mois au 30 septembre 2024. "
            "Des faits des 12 derniers mois peuvent ne pas être jugés encore."
        ),
        "365 jours de détention en 1 période, la dernière finie le 1er janvier 2018.",
        "Aucune mesure en cours.",
        "À garder en tête : 1 infraction pas encore jugée.",
    ],
    "followed": [
        "Aucun fait enregistré.",
        "Aucune condamnation enregistrée.",
        "273 jours de détention en 1 période, en cours.",
        "2 mesures accomplies : sursis probatoire (2).",
        "1 mesure interrompue : travail d’intérêt général.",
        "3 manquements signalés : absence à une convocation (2) et travail non exécuté.",
        "En cours : suivi socio-judiciaire depuis le 1er janvier 2019.",
        "2 évènements de vie notés, dont 1 appui.",
    ],
}


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE, "2024-09-30").path


@pytest.mark.parametrize("person", EXPECTED)
def test_sentences(path, person: str) -> None:
    """Each sentence says what the rows say, in the grammar of none, one and many, and of F and M."""
    assert EXPECTED[person] == [s.text for s in synthesis_sentences(path(person))]


def test_unknown_sex_is_the_person(path) -> None:
    """Nobody is given a sex that the record does not: « La personne » carries the agreement."""
    texts = [s.text for s in synthesis_sentences(path("unknown"))]
    assert "La personne a été condamnée une fois, le 2 mars 2020." in texts


def test_dates_are_no_more_precise_than_the_record(path) -> None:
    """A date known to the year or the month is written so, inside a sentence too."""
    texts = " ".join(s.text for s in synthesis_sentences(path("vague")))
    assert "entre l’année 2018 et juin 2021" in texts
    assert "Derniers faits enregistrés : juin 2021," in texts
    assert "libre sans fait enregistré : environ 3 ans 5 mois, entre" in texts
    assert "il y a environ 3 ans 3 mois au 30 septembre 2024." in texts
    assert "À garder en tête : 2 dates de faits approximatives et 3 infractions pas encore jugées." in texts


def test_time_at_liberty_beside_the_calendar(path) -> None:
    """Where a detention falls after the last facts, the value of the screen is said beside the calendar."""
    texts = " ".join(s.text for s in synthesis_sentences(path("held")))
    assert "il y a 3 ans, dont 2 ans en liberté, au 30 septembre 2024." in texts


def test_each_key_is_a_record_of_the_path(all_paths) -> None:
    """A sentence can be traced: each key it carries names a record that is on the frise."""
    for path in all_paths.values():
        marks = {f"{r.lane}:{r.record_id}" for r in path.records}
        assert [] == [k for s in synthesis_sentences(path) for k in s.keys if k not in marks]


def test_no_sentence_contradicts_the_headline(all_paths) -> None:
    """The first number of the synthesis is that of the screen, and a count never exceeds the records it points to."""
    for path in all_paths.values():
        first = synthesis_sentences(path)[0]
        assert len(first.keys) == int(figures(path)[0].headline.split()[0].replace("\u202f", ""))


def test_sentences_are_short_enough_to_read(all_paths) -> None:
    """Reading level: no sentence over 45 words, none with a word of the forbidden vocabulary."""
    forbidden = re.compile(r"délinquant|dangereu|risque|score|probabilité", re.IGNORECASE)
    texts = [
        s.text
        for one in all_paths.values()
        for s in synthesis_sentences(one)
        if s.topic not in {"manquements", "réussites"}
    ]
    sentences = [part for text in texts for part in re.split(r"(?<=\.) ", text)]
    assert [] == [s for s in sentences if len(s.split()) > 45 or forbidden.search(s)]
