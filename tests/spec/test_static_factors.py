"""The ledger of static factors: one line per fact, its definition, and the records behind it."""

from __future__ import annotations

import pytest

from frise_analysis.analysis.static_factors import static_factors

PEOPLE = """
persons
person_id | birth_date
nobody    |
P         | 1990-06-15
home      |
tie       |
five      |

convictions
person_id | conviction_id | decision_date | record_entry_type   | legal_recidivism_retained
P         | C1            | 2011-01-01    | condamnation        |
P         | C2            | 2013-01-01    | condamnation        | 1
P         | C3            | 2014-01-01    | composition_penale  |

offences
person_id | offence_id | conviction_id | offence_start_date | family     | intimate_partner | date_precision
P         | F1         | C1            | 2010-01-01         | route      | |
P         | F2         | C2            | 2012-01-01         | violences  | 1 |
P         | F3         | C2            | 2012-01-01         | route      | |
P         | F4         | C3            | 2013-06-01         | vols_recel | |
home      | H1         |               | 2020-01-01         | route      |                  |
tie       | T1         |               | 2019-01-01         | route      |                  | year
tie       | T2         |               | 2020-01-01         | violences  |                  |
tie       | T3         |               | 2021-07-10         | vols_recel |                  |
five      | V1         |               | 2020-01-31         | route      |                  |
five      | V2         |               | 2020-02-01         | route      |                  |
five      | V3         |               | 2020-03-01         | route      |                  |
five      | V4         |               | 2020-04-01         | route      |                  |
five      | V5         |               | 2021-01-01         | route      |                  | year

custody_periods
person_id | custody_id | start_date | end_date   | regime
P         | D1         | 2012-02-01 | 2012-03-02 | detention
P         | D2         | 2015-01-01 | 2015-02-01 | semi_liberte
home      | D3         | 2020-02-01 | 2020-03-01 | ddse
tie       | D4         | 2022-01-01 | 2022-10-20 | detention

measures
person_id | measure_id | measure_code | start_date | end_date   | outcome
P         | M1         | SP           | 2013-02-01 | 2014-02-01 | revoquee
P         | M2         | TIG          | 2014-02-01 | 2015-02-01 | accomplie
P         | M3         | SP           | 2015-02-01 | 2017-02-01 | autre

breaches
person_id | breach_id | measure_id | breach_date | kind                | consequence
P         | B1        | M1         | 2014-01-15  | absence_convocation | revocation_totale
P         | B2        | M3         | 2016-01-15  | absence_convocation | revocation_partielle
P         | B3        | M3         | 2016-02-15  | absence_convocation | rappel
"""

EXPECTED = [
    ("Âge aux premiers faits enregistrés", "19 ans", "facts:F1"),
    ("Condamnations", "2 condamnations", "convictions:C1 convictions:C2"),
    ("Autres mentions du casier", "1 mention", "convictions:C3"),
    ("Infractions", "4 infractions", "facts:F1 facts:F2 facts:F3 facts:F4"),
    ("Dates de faits", "3 dates de faits", "facts:F1 facts:F2 facts:F3 facts:F4"),
    (
        "Familles d’infractions",
        "3 familles ; la plus fréquente : Circulation routière (50 %)",
        "facts:F1 facts:F2 facts:F3 facts:F4",
    ),
    ("Rythme en temps libre", "On ne peut pas conclure.", "facts:F1 facts:F2 facts:F3 facts:F4"),
    ("Intervalles entre les faits", "2 ans, 1 an 4 mois", "facts:F1 facts:F2 facts:F3 facts:F4"),
    ("Plus long intervalle", "2 ans", "facts:F1 facts:F2 facts:F3"),
    ("Temps libre depuis les derniers faits", "10 ans 7 mois", "facts:F4"),
    ("Détention", "1 période, 30 jours", "custody:D1"),
    ("Manquements", "3 manquements", "breaches:B1 breaches:B2 breaches:B3"),
    ("Révocations et retraits", "2 décisions", "measures:M1 breaches:B2"),
    ("Mesures accomplies", "1 mesure accomplie", "measures:M2"),
    ("Faits violents", "1 infraction", "facts:F2"),
    ("Faits au sein du couple", "1 infraction", "facts:F2"),
    ("Récidive légale retenue", "1 condamnation", "convictions:C2"),
]


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


@pytest.mark.parametrize("number", range(len(EXPECTED)), ids=[row[0] for row in EXPECTED])
def test_each_line(path, number: int) -> None:
    """Each line gives its value and the records it was counted on."""
    row = static_factors(path("P")).iloc[number]
    assert EXPECTED[number] == (row["name"], row["value"], row["records"])


def test_same_lines_for_everybody(path) -> None:
    """Nothing recorded leaves every line, each said to be so, with no record behind."""
    table = static_factors(path("nobody"))
    assert [row[0] for row in EXPECTED] == list(table["name"])
    assert {""} == set(table["records"])
    assert not table["value"].str.contains("[1-9]").any()


OTHERS = [
    ("nobody", "Détention", "aucune enregistrée"),
    ("nobody", "Familles d’infractions", "aucune enregistrée"),
    ("nobody", "Âge aux premiers faits enregistrés", "aucun fait enregistré"),
    ("home", "Détention", "aucune qui retire du temps libre"),
    ("home", "Familles d’infractions", "1 famille : Circulation routière"),
    ("tie", "Familles d’infractions", "3 familles ; trois familles à égalité (33 % chacune)"),
    ("tie", "Rythme en temps libre", "On ne peut pas conclure."),
    ("tie", "Intervalles entre les faits", "environ 1 an, 1 an 6 mois"),
    ("tie", "Plus long intervalle", "1 an 6 mois"),
    ("tie", "Temps libre depuis les derniers faits", "1 an 9 mois en liberté"),
    ("five", "Rythme en temps libre", "1,00 date de faits par année libre [0,27 – 2,56]"),
    ("five", "Temps libre depuis les derniers faits", "environ 3 ans"),
]


@pytest.mark.parametrize(("person", "name", "value"), OTHERS)
def test_other_records(path, person: str, name: str, value: str) -> None:
    """None, ties, few dates, approximate ones, detention since: each in its own words, those of the rest of the screen."""
    table = static_factors(path(person)).set_index("name")
    assert value == table.loc[name, "value"]


def test_every_line_is_defined(path) -> None:
    """A line says what it counts and where that comes from; none is added to another."""
    table = static_factors(path("P"))
    assert (table["definition"].str.endswith(".") & table["source"].ne("")).all()
    assert ["name", "value", "definition", "source", "records"] == list(table.columns)


def test_records_exist(some_paths) -> None:
    """Whatever the person, the records behind a line are records of that person."""
    for path in some_paths:
        known = {f"{r.lane}:{r.record_id}" for r in path.records}
        assert set(" ".join(static_factors(path)["records"]).split()) <= known
