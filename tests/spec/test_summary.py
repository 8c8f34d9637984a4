"""The figures that open the screen: a headline and the words under it."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.summary import figures, summary

PEOPLE = """
persons
person_id | birth_date | birth_year | death_date
nobody    |            |            |
judged    |            |            |
one       | 1990-06-15 |            |
two       | 1990-06-15 |            |
year_only |            | 1997       |
infant    |            | 2020       |
rough     | 1990-06-15 |            |
held      |            |            |
released  |            |            |
home      |            |            |
dead      |            |            | 2023-01-01
followed  |            |            |
year      |            |            |
away      |            |            |
inside    |            |            |

convictions
person_id | conviction_id | decision_date
judged    | J             | 2015-01-01
one       | A             | 2020-01-01
two       | B             | 2020-01-01
two       | C             | 2021-01-01

offences
person_id | conviction_id | offence_start_date | date_precision
one       | A             | 2019-06-15         |
two       | B             | 2019-06-14         |
two       | C             | 2020-06-15         |
year_only |               | 2020-03-01         |
infant    |               | 2020-03-01         |
rough     |               | 2018-01-01         | year
rough     |               | 2021-06-01         | month
held      |               | 2023-06-01         |
released  |               | 2015-01-01         |
dead      |               | 2022-01-01         |
year      |               | 2014-01-01         | year
away      |               | 2021-10-01         |
inside    |               | 2021-01-31         |

custody_periods
person_id | start_date | end_date   | regime
held      | 2023-07-01 | 2023-07-02 | detention
held      | 2024-01-01 |            | detention
released  | 2016-01-01 | 2016-01-02 | detention
home      | 2016-01-01 | 2016-02-01 | ddse
dead      | 2022-12-01 |            | detention
away      | 2023-06-30 | 2023-12-01 | detention
inside    | 2023-01-01 |            | detention

measures
person_id | start_date | end_date   | outcome
followed  | 2015-01-01 | 2016-01-01 | accomplie
followed  | 2016-01-01 | 2017-01-01 | accomplie
followed  | 2017-01-01 | 2018-01-01 | revoquee
followed  | 2018-01-01 | 2019-01-01 | dessaisissement
followed  | 2019-01-01 |            |
one       | 2019-01-01 | 2020-01-01 | accomplie
released  | 2017-01-01 |            | revoquee
"""

FACTS, SINCE, LONGEST, CUSTODY, MEASURES = range(5)
EXPECTED = [
    ("nobody", FACTS, "0 infraction", "0 condamnation. Aucun fait enregistré."),
    ("judged", FACTS, "0 infraction", "1 condamnation. Aucun fait enregistré."),
    ("one", FACTS, "1 infraction", "1 condamnation ; faits en 2019, à 29 ans"),
    ("two", FACTS, "2 infractions", "2 condamnations ; faits de 2019 à 2020, de 28 à 30 ans"),
    ("year_only", FACTS, "1 infraction", "0 condamnation ; faits en 2020, à 22 ou 23 ans"),
    ("infant", FACTS, "1 infraction", "0 condamnation ; faits en 2020, à 0 an"),
    ("rough", FACTS, "2 infractions", "0 condamnation ; faits de 2018 à 2021, de 27 ou 28 à 30 ou 31 ans"),
    ("nobody", SINCE, "—", "pas de faits enregistrés dont mesurer l’ancienneté"),
    ("two", SINCE, "3 ans 7 mois", "depuis les derniers faits enregistrés, dont 12 mois non consolidés"),
    ("held", SINCE, "7 mois en liberté", "depuis les derniers faits enregistrés, période non consolidée (12 mois)"),
    ("rough", SINCE, "Environ 2 ans 7 mois", "depuis les derniers faits enregistrés, dont 12 mois non consolidés"),
    ("dead", SINCE, "11 mois en liberté", "depuis les derniers faits enregistrés, période non consolidée (12 mois)"),
    ("year", SINCE, "Environ 10 ans", "depuis les derniers faits enregistrés, dont 12 mois non consolidés"),
    ("away", SINCE, "1 an 10 mois en liberté", "depuis les derniers faits enregistrés, dont 6 mois non consolidés"),
    (
        "inside",
        SINCE,
        "1 an 11 mois en liberté",
        "depuis les derniers faits enregistrés, sans temps libre dans la période non consolidée",
    ),
    ("one", LONGEST, "—", "pas d’intervalle entre deux dates de faits"),
    ("two", LONGEST, "1 an", "plus longue période libre entre deux faits enregistrés, de 2019 à 2020"),
    (
        "rough",
        LONGEST,
        "Environ 3 ans 5 mois",
        "plus longue période libre entre deux faits enregistrés, de 2018 à 2021",
    ),
    ("nobody", CUSTODY, "0 jour en détention", "aucune période enregistrée"),
    ("home", CUSTODY, "0 jour en détention", "aucune période enregistrée qui retire du temps libre"),
    ("released", CUSTODY, "1 jour en détention", "1 période, en 2016"),
    ("held", CUSTODY, "31 jours en détention", "2 périodes, en cours"),
    ("dead", CUSTODY, "31 jours en détention", "1 période, en 2023"),
    ("nobody", MEASURES, "0 mesure accomplie", "0 interrompue, 0 en cours"),
    ("one", MEASURES, "1 mesure accomplie", "0 interrompue, 0 en cours"),
    ("released", MEASURES, "0 mesure accomplie", "0 interrompue, 1 en cours"),
    ("followed", MEASURES, "2 mesures accomplies", "1 interrompue, 1 en cours, 1 autre fin"),
]


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


@pytest.mark.parametrize(("person", "figure", "headline", "words"), EXPECTED)
def test_figures(path, person: str, figure: int, headline: str, words: str) -> None:
    """Each figure says what the records say, in the singular below two, no more precisely than they do."""
    found = figures(path(person))[figure]
    assert (headline, words) == (found.headline, found.words)


def test_table_of_the_figures(path) -> None:
    """The table is the five figures, one per row."""
    table = summary(path("followed"))
    assert (["headline", "words"], 5) == (list(table.columns), len(table))
