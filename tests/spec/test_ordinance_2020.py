"""The ordinance of 25 March 2020, read again on a day of its validity: who was in its conditions, and what excluded."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.deadlines.ordinance import COLUMNS, ordinance_2020
from frise_analysis.analysis.registry import QuestionRefused

D = date.fromisoformat
CASES = """
convictions
person_id | conviction_id | decision_date | final_date | sentence_expired_date
plain     | A1 | 2020-01-15 | 2020-01-15 |
long      | A2 | 2014-06-15 | 2014-06-15 |
five      | A3 | 2015-06-15 | 2015-06-15 |
between   | A4 | 2020-01-15 | 2020-01-15 |
far       | A5 | 2020-01-15 | 2020-01-15 |
crime     | B1 | 2020-01-15 | 2020-01-15 |
terror    | B2 | 2020-01-15 | 2020-01-15 |
couple    | B3 | 2020-01-15 | 2020-01-15 |
child     | B4 | 2020-01-15 | 2020-01-15 |
life      | B5 | 2000-01-15 | 2000-01-15 |
several   | B6 | 2018-01-15 | 2018-01-15 |
several   | B7 | 2019-01-15 | 2019-01-15 |
freed     | B8 | 2020-01-15 | 2020-01-15 | 2020-06-01
later     | B9 | 2020-06-15 | 2020-06-15 |

sentences
conviction_id | sentence_code | firm_days
A1 | emprisonnement | 152
A2 | emprisonnement | 2191
A3 | emprisonnement | 1826
A4 | emprisonnement | 274
A5 | emprisonnement | 1826
B1 | reclusion | 365
B2 | emprisonnement | 152
B3 | emprisonnement | 152
B4 | emprisonnement | 152
B5 | reclusion | 15000
B6 | emprisonnement | 152
B7 | emprisonnement | 152
B8 | emprisonnement | 152
B9 | emprisonnement | 152

offences
person_id | conviction_id | offence_start_date | natinf_code | label | nature | intimate_partner
plain     | A1 | 2019-06-01 | 7151  | VOL | delit | false
terror    | B2 | 2019-06-01 | 7325  | APOLOGIE PUBLIQUE D'UN ACTE DE TERRORISME | delit | false
couple    | B3 | 2019-06-01 | 7151  | VOL | delit | true
child     | B4 | 2019-06-01 | 20724 | VIOLENCE SUR UN MINEUR DE 15 ANS SANS INCAPACITE | delit | false

custody_periods
person_id | start_date | end_date | regime
plain     | 2020-01-15 | | detention
long      | 2014-06-15 | | detention
five      | 2015-06-15 | | detention
between   | 2020-01-15 | | detention
far       | 2020-01-15 | | detention
crime     | 2020-01-15 | | detention
terror    | 2020-01-15 | | detention
couple    | 2020-01-15 | | detention
child     | 2020-01-15 | | detention
life      | 2000-01-15 | | detention
several   | 2020-01-15 | | detention
freed     | 2020-01-15 | 2020-06-01 | detention
later     | 2020-06-15 | | detention
tagged    | 2020-01-15 | | ddse
charged   | 2020-01-15 | | detention_provisoire
"""


@pytest.fixture(scope="module")
def store(people):
    return people(CASES, "2020-12-31").store


def rows(store, person: str, as_of: str = "2020-04-15") -> dict[str, dict]:
    table = ordinance_2020(store, as_of=D(as_of))
    assert list(table.columns) == COLUMNS
    return {x["rule_id"]: x for x in table.to_dict("records") if x["person_id"] == person}


def answers(store, person: str, as_of: str = "2020-04-15") -> list[str]:
    return [x["answer"] for x in rows(store, person, as_of).values()]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("plain", ["met", "met", "met"]),
        ("long", ["met", "not_met", "met"]),  # two months left, but six years in all
        ("five", ["met", "met", "met"]),  # five years exactly, two months left
        ("between", ["met", "undetermined", "met"]),  # six months left without reductions; fewer with
        ("far", ["met", "not_met", "not_met"]),
        ("crime", ["excluded", "excluded", "excluded"]),
        ("terror", ["excluded", "excluded", "met"]),
        ("couple", ["excluded", "excluded", "met"]),
        ("child", ["met", "excluded", "met"]),
        ("life", ["excluded", "excluded", "excluded"]),
        ("several", ["undetermined", "undetermined", "undetermined"]),
        ("freed", ["met", "met", "met"]),
    ],
)
def test_conditions_on_a_day(store, person: str, expected: list[str]) -> None:
    """Articles 27, 28 and 29 of each person in prison on 15 April 2020, records read as known that day."""
    assert expected == answers(store, person)


@pytest.mark.parametrize("person", ["later", "tagged", "charged"])
def test_who_was_not_in_prison_under_a_sentence(store, person: str) -> None:
    """Nothing is said of who was elsewhere, not sentenced, or came later."""
    assert {} == rows(store, person)


@pytest.mark.parametrize(
    ("day", "expected"), [("2020-04-14", "undetermined"), ("2020-04-15", "met"), ("2020-04-16", "met")]
)
def test_two_months_left_to_the_day(store, day: str, expected: str) -> None:
    """Article 28: the end on 15 June is two months away on 15 April; the day before, reductions decide."""
    assert expected == rows(store, "plain", day)["O28"]["answer"]


@pytest.mark.parametrize(("day", "expected"), [("2020-04-14", "undetermined"), ("2020-04-15", "met")])
def test_six_months_left_to_the_day(store, day: str, expected: str) -> None:
    """Article 29: the end on 15 October is six months away on 15 April."""
    assert expected == rows(store, "between", day)["O29"]["answer"]


@pytest.mark.parametrize("day", ["2020-03-26", "2020-08-11", "2024-01-01"])
def test_refused_outside_its_validity(store, day: str) -> None:
    """Before 27 March and after 10 August 2020 the question is refused, with the days that can be."""
    with pytest.raises(QuestionRefused, match="du 27 mars 2020 au 10 août 2020 : --option as_of=2020-03-27"):
        ordinance_2020(store, as_of=D(day))


@pytest.mark.parametrize("day", ["2020-03-27", "2020-08-10"])
def test_first_and_last_day(store, day: str) -> None:
    """Both ends of the validity are inside it."""
    assert 3 == len(rows(store, "far", day))


def test_first_day_by_default(store) -> None:
    """Without a day, the first on which the ordinance held."""
    assert ordinance_2020(store).equals(ordinance_2020(store, as_of=D("2020-03-27")))


def test_after_the_confinement_a_decree_is_needed(store) -> None:
    """From 11 May 2020 article 28 needed a decree: it is told, and to be checked."""
    before, after = (rows(store, "plain", x)["O28"] for x in ("2020-05-10", "2020-05-11"))
    assert (False, True) == (before["to_verify"], after["to_verify"])
    assert "décret applicable" in after["unchecked"]
    assert "À vérifier." in after["words"]


def test_what_was_and_was_not_checked(store) -> None:
    """An answer names what the records were searched for and what they cannot say."""
    found = rows(store, "plain")["O28"]
    assert "rien de tel dans les enregistrements : crime, terrorisme" in found["checked"]
    assert "hébergement" in found["unchecked"]
    assert "les infractions de la condamnation A5" in rows(store, "far")["O27"]["unchecked"]
    assert "peines fermes dont l’exécution n’est pas enregistrée" in found["assumption"]
    assert found["words"].endswith("seule la fiche pénale fait foi.")
    assert "" == rows(store, "several")["O27"]["checked"]
    assert "peine à perpétuité ; crime" == rows(store, "life")["O28"]["excluded_by"]


def test_bounds_of_the_end(store) -> None:
    """The end is given without reductions and with the most that the former credit allowed."""
    found = rows(store, "between")["O28"]
    assert (D("2020-10-15"), D("2020-06-14")) == (
        found["end_sans_rp"],
        found["end_rp_max"],
    )  # 60 + 63 days less at most


def test_on_the_samples(sample_store) -> None:
    """The teaching store has people in each situation, three lines each."""
    table = ordinance_2020(sample_store, as_of=D("2020-04-15"))
    assert {3} == set(table.groupby("person_key").size())
    assert {"met", "not_met", "excluded", "undetermined"} == set(table["answer"])


ENDS = """
convictions
person_id | conviction_id | decision_date | final_date
august    | A1 | 2019-08-31 | 2019-08-31

sentences
conviction_id | sentence_code | firm_days
A1 | emprisonnement | 365

custody_periods
person_id | start_date | end_date | regime
august    | 2019-08-31 | | detention
"""


@pytest.mark.parametrize(
    ("day", "expected"), [("2020-06-29", "undetermined"), ("2020-06-30", "undetermined"), ("2020-07-01", "met")]
)
def test_two_months_left_are_counted_forward(people, day: str, expected: str) -> None:
    """From 30 June two months end on 30 August: an end on 31 August has no more than two months left from 1 July."""
    assert expected == rows(people(ENDS, "2020-12-31").store, "august", day)["O28"]["answer"]
