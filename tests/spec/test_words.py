"""Records in plain French: what is read on a mark, in the text and in the table."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.lengths import calendar_words, quantum
from frise_analysis.analysis.person_path import Sentence
from frise_analysis.analysis.words import isolated, sentence_case, sentence_words, words

PEOPLE = """
persons
person_id | birth_date | birth_year
P         | 1996-06-15 |
Y         |            | 1997
N         |            |

convictions
person_id | conviction_id | decision_date | final_date | court                            | judgment_mode  | record_entry_type | legal_recidivism_retained
P         | A             | 2020-03-01    | 2020-03-11 | Tribunal correctionnel de Valcl. | contradictoire |                   | oui
P         | B             | 2021-03-01    | 2021-03-01 |                                  | crpc           | ordonnance_penale |
P         | C             | 2022-03-01    |            |                                  |                |                   |

offences
person_id | offence_id | conviction_id | offence_start_date | offence_end_date | date_precision | label           | nature        | family      | attempt | intimate_partner
P         | day        | A             | 2019-03-12         |                  | day            | VOL EN REUNION  | delit         | vols_recel  | oui     |
P         | month      | A             | 2019-06-01         |                  | month          | Violences       | delit         | violences   |         | oui
P         | soon       | A             | 2020-02-01         |                  | month          | VOL             |               | vols_recel  |         |
P         | year       | B             | 2019-01-01         |                  | year           | VOL             |               | vols_recel  |         |
P         | unknown    | B             | 2019-01-01         |                  | unknown        | VOL             |               | vols_recel  |         |
P         | strange    | B             | 2019-01-01         |                  | vers la mi-19  | VOL             |               | vols_recel  |         |
P         | period     | B             | 2018-05-02         | 2019-06-04       | period         | VOL             | contravention | vols_recel  |         |
P         | open       |               | 2023-12-01         |                  |                | VOL             | crime         | vols_recel  |         |
Y         | o-y        |               | 2020-03-12         |                  |                | VOL             |               | vols_recel  |         |
Y         | o-y-year   |               | 2020-01-01         |                  | year           | VOL             |               | vols_recel  |         |
N         | o-n        |               | 2020-03-12         |                  |                | VOL             |               | vols_recel  |         |

sentences
conviction_id | sentence_code     | firm_days | suspended_days | hours | amount_eur | ab_initio
A             | emprisonnement    | 180       | 120            |       |            | oui
A             | amende            |           |                |       | 1500       |
B             | tig               |           |                | 1     |            |

custody_periods
person_id | custody_id | start_date | end_date   | regime
P         | d1         | 2020-04-01 | 2020-04-02 | detention_provisoire
P         | d2         | 2024-01-01 |            | semi_liberte

measures
person_id | measure_id | measure_code | setting | start_date | planned_end_date | end_date   | outcome
P         | m1         | SP           | open    | 2020-04-02 | 2022-04-02       | 2021-01-01 | revoquee
P         | m2         | TIG          |         | 2023-04-02 | 2024-10-02       |            |
P         | m3         | MAISON       |         | 2023-04-02 |                  | 2023-05-02 |

obligations
measure_id | obligation_code | start_date
m1         | soins           | 2020-04-02
m1         | soins           | 2020-05-02
m1         | travail_formation | 2020-04-02

breaches
person_id | breach_id | measure_id | breach_date | kind                | consequence
P         | b1        | m1         | 2020-06-01  | absence_convocation | rapport_jap
P         | b2        |            | 2020-06-02  | autre               |

life_events
person_id | event_id | start_date | end_date   | domain | direction | label             | source
P         | v1       | 2019-06-15 | 2019-06-15 | work   | support   | Permis de conduire| person
P         | v3       | 2019-06-15 |            | work   | support   | Premier emploi    | person
P         | v2       | 2019-06-14 | 2020-01-01 | peers  |           |                   |
"""

EXPECTED = [
    ("P", "day", "Le 12 mars 2019, à 22 ans : Vol en réunion. Vols, recel (délit, tentative). Jugés le 1er mars 2020, 11 mois après."),
    ("P", "month", "En juin 2019, à 22 ou 23 ans : Violences. Violences, menaces (délit, au sein du couple). Jugés le 1er mars 2020, environ 9 mois après."),
    ("P", "soon", "En février 2020, à 23 ans : Vol. Vols, recel. Jugés le 1er mars 2020."),
    ("P", "year", "Courant 2019, à 22 ou 23 ans : Vol. Vols, recel. Jugés le 1er mars 2021."),
    ("P", "unknown", "Vers 2019 (date incertaine) : Vol. Vols, recel. Jugés le 1er mars 2021."),
    ("P", "strange", "Vers 2019 (date incertaine) : Vol. Vols, recel. Jugés le 1er mars 2021."),
    ("P", "period", "Du 2 mai 2018 au 4 juin 2019, à 21 ans : Vol. Vols, recel (contravention). Jugés le 1er mars 2021, 1 an 8 mois après."),
    ("P", "open", "Le 1er décembre 2023, à 27 ans : Vol. Vols, recel (crime). Pas encore jugés."),
    ("Y", "o-y", "Le 12 mars 2020, à 22 ou 23 ans : Vol. Vols, recel. Pas encore jugés."),
    ("Y", "o-y-year", "Courant 2020, à 22 ou 23 ans : Vol. Vols, recel. Pas encore jugés."),
    ("N", "o-n", "Le 12 mars 2020 : Vol. Vols, recel. Pas encore jugés."),
    ("P", "A", ("Condamnation du 1er mars 2020, Tribunal correctionnel de Valcl., contradictoire, pour 3 infractions. "
     "Peines : emprisonnement, 6 mois ferme et 4 mois avec sursis, aménagé dès le jugement ; amende, 1 500 €. "
     "Définitive le 11 mars 2020. Récidive légale retenue par la juridiction.")),
    ("P", "B", ("Ordonnance pénale du 1er mars 2021, reconnaissance préalable de culpabilité, pour 4 infractions. "
     "Peine : travail d’intérêt général, 1 heure. Définitive le jour même.")),
    ("P", "C", "Condamnation du 1er mars 2022."),
    ("P", "d1", "Détention provisoire du 1er avril 2020 au 2 avril 2020, 1 jour."),
    ("P", "d2", "Semi-liberté depuis le 1er janvier 2024, 30 jours (en cours)."),
    ("P", "m1", "Sursis probatoire du 2 avril 2020 au 1er janvier 2021, milieu ouvert. Issue : révoquée. Obligations : soins, travail ou formation."),
    ("P", "m2", "Travail d’intérêt général depuis le 2 avril 2023. En cours, fin prévue le 2 octobre 2024."),
    ("P", "m3", "MAISON du 2 avril 2023 au 2 mai 2023."),
    ("P", "b1", "Manquement le 1er juin 2020 pendant la mesure « Sursis probatoire » : absence à une convocation. Suite : rapport au juge."),
    ("P", "b2", "Manquement le 2 juin 2020 : autre manquement."),
    ("P", "v1", "Permis de conduire le 15 juin 2019, à 23 ans (travail et formation, appui). Dit par la personne."),
    ("P", "v3", "Premier emploi depuis le 15 juin 2019, à 23 ans (travail et formation, appui). Dit par la personne."),
    ("P", "v2", "Entourage du 14 juin 2019 au 1er janvier 2020, à 22 ans (entourage)."),
]  # fmt: skip


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


@pytest.mark.parametrize(("person", "record_id", "expected"), EXPECTED, ids=[row[1] for row in EXPECTED])
def test_words_of_a_record(path, person: str, record_id: str, expected: str) -> None:
    """The whole record as sentences, no more precise than it is; a code that is not known is shown as it is."""
    found = path(person)
    record = next(r for r in found.records if r.record_id == record_id)
    assert expected.replace("\N{NARROW NO-BREAK SPACE}", " ") == words(record, found).replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, "1 jour"), (10, "10 jours"), (30, "1 mois"), (45, "45 jours"), (60, "2 mois"), (61, "2 mois"), (75, "75 jours"),
        (90, "3 mois"), (91, "3 mois"), (100, "100 jours"), (360, "12 mois"), (365, "1 an"), (366, "1 an"), (400, "400 jours"),
        (540, "1 an 6 mois"), (548, "1 an 6 mois"), (1080, "3 ans"), (1096, "3 ans"), (1461, "4 ans"), (7305, "20 ans"),
    ],
)  # fmt: skip
def test_length_of_a_sentence(days: int, expected: str) -> None:
    """Months and years where the days come out whole, by 30 or by the calendar; else days: a sentence is never rounded."""
    assert expected == quantum(days)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (Sentence("C", "stage"), "peine de stage"),
        (Sentence("C", "tig", hours=105), "travail d’intérêt général, 105 heures"),
        (Sentence("C", "peine_nouvelle", firm_days=30), "peine_nouvelle, 1 mois ferme"),
        (Sentence("C", "sursis_simple", suspended_days=60), "emprisonnement avec sursis simple, 2 mois avec sursis"),
    ],
)
def test_words_of_a_sentence(sentence: Sentence, expected: str) -> None:
    """A sentence says its kind and its quantities, as far as they are recorded."""
    assert expected == sentence_words(sentence)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-01-01", "2020-01-01", "0 jour"),
        ("2020-01-01", "2020-01-02", "1 jour"),
        ("2020-01-01", "2020-02-29", "59 jours"),
        ("2020-01-01", "2020-03-01", "2 mois"),
        ("2020-01-01", "2021-01-01", "1 an"),
        ("2020-01-01", "2021-02-01", "1 an 1 mois"),
        ("2018-03-15", "2021-03-14", "2 ans 11 mois"),
    ],
)
def test_time_by_the_calendar(start: str, end: str, expected: str) -> None:
    """Years and months by the calendar; days alone under two months."""
    from datetime import date

    assert expected == calendar_words(date.fromisoformat(start), date.fromisoformat(end))


def test_right_to_left_text_is_isolated() -> None:
    """A label written from right to left cannot reorder the sentence around it; any other label is left as it is."""
    assert "\u2068مرحبا (2)\u2069" == isolated("مرحبا (2)")
    assert ("abc", "\u2068مرحبا fin\u2069") == (isolated("\u202eabc"), isolated("\u2069مرحبا\u2069\u200f fin"))
    assert "Vol à l’étalage (2)" == isolated("Vol à l’étalage (2)")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("USAGE ILLICITE DE STUPEFIANTS", "Usage illicite de stupéfiants"),
        ("VOL EN REUNION PAR DEUX", "VOL EN REUNION PAR DEUX"),
        ("vol en reunion", "vol en reunion"),
        ("Violences (ITT 10 jours)", "Violences (ITT 10 jours)"),
    ],
)
def test_case_of_a_label(label: str, expected: str) -> None:
    """An official label is written as French is; any other text, in capitals or not, is as the record gives it."""
    assert expected == sentence_case(label)
