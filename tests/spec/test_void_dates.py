"""When a suspended conviction is void: one small case per rule, and what stands in its way."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.registry import answer

CASES = """
convictions
person_id       | conviction_id | decision_date | final_date | void_date
simple          | A1 | 2015-06-01 | 2015-06-10 |
simple_coming   | A2 | 2021-06-01 | 2021-06-10 |
simple_agrees   | A3 | 2015-06-01 | 2015-06-10 | 2020-06-10
simple_differs  | A4 | 2015-06-01 | 2015-06-10 | 2020-06-01
simple_not_final| A5 | 2015-06-01 |            |
maybe_revoked   | A6 | 2015-06-01 | 2015-06-10 |
maybe_revoked   | A6b| 2018-06-01 | 2018-06-10 |
record_settles  | A7 | 2015-06-01 | 2015-06-10 | 2020-06-10
record_settles  | A7b| 2018-06-01 | 2018-06-10 |
later_fine      | A8 | 2015-06-01 | 2015-06-10 |
later_fine      | A8b| 2018-06-01 | 2018-06-10 |
later_facts     | A9 | 2015-06-01 | 2015-06-10 |
later_facts     | A9b| 2022-06-01 | 2022-06-10 |
petty           | B1 | 2015-06-01 | 2015-06-10 |
probation       | B2 | 2015-06-01 | 2015-06-10 |
probation_runs  | B3 | 2022-06-01 | 2022-06-10 |
probation_over  | B4 | 2018-06-01 | 2018-06-10 |
revoked         | B5 | 2015-06-01 | 2015-06-10 |
revoked_but     | B6 | 2015-06-01 | 2015-06-10 | 2018-01-01
partly_revoked  | B7 | 2015-06-01 | 2015-06-10 |
mixed           | B8 | 2015-06-01 | 2015-06-10 |
no_measure      | B9 | 2015-06-01 | 2015-06-10 |
which_kind      | C1 | 2015-06-01 | 2015-06-10 |
firm            | C2 | 2015-06-01 | 2015-06-10 |
followed        | C3 | 2015-06-01 | 2015-06-10 |

offences
person_id       | conviction_id | offence_start_date | nature
simple          | A1 | 2014-01-01 | delit
maybe_revoked   | A6 | 2014-01-01 | delit
maybe_revoked   | A6b| 2018-01-01 | delit
record_settles  | A7 | 2014-01-01 | delit
record_settles  | A7b| 2018-01-01 | delit
later_fine      | A8b| 2018-01-01 | delit
later_facts     | A9b| 2021-01-01 | delit
petty           | B1 | 2014-01-01 | contravention

sentences
conviction_id | sentence_code | firm_days | suspended_days
A1 | sursis_simple | | 90
A2 | sursis_simple | | 90
A3 | sursis_simple | | 90
A4 | sursis_simple | | 90
A5 | sursis_simple | | 90
A6 | sursis_simple | | 90
A6b| emprisonnement | 30 |
A7 | sursis_simple | | 90
A7b| emprisonnement | 30 |
A8 | sursis_simple | | 90
A8b| amende | |
A9 | sursis_simple | | 90
A9b| emprisonnement | 30 |
B1 | sursis_simple | |
B2 | sursis_probatoire | | 90
B3 | sursis_probatoire | | 90
B4 | sursis_probatoire | | 90
B5 | sursis_probatoire | | 90
B6 | sursis_probatoire | | 90
B7 | sme | | 90
B8 | sursis_probatoire | 60 | 120
B9 | sursis_probatoire | | 90
C1 | emprisonnement | | 90
C2 | emprisonnement | 90 |
C3 | emprisonnement | | 90

measures
person_id       | conviction_id | measure_code | start_date | planned_end_date | end_date | outcome
probation       | B2 | SP  | 2015-07-01 | 2017-07-01 | 2017-07-01 | accomplie
probation_runs  | B3 | SP  | 2022-07-01 | 2024-07-01 |            |
probation_over  | B4 | SP  | 2018-07-01 | 2020-07-01 |            |
revoked         | B5 | SP  | 2015-07-01 | 2017-07-01 | 2016-07-01 | revoquee
revoked_but     | B6 | SP  | 2015-07-01 | 2017-07-01 | 2016-07-01 | revoquee
partly_revoked  | B7 | SME | 2015-07-01 | 2017-07-01 | 2016-07-01 | revoquee_partiellement
mixed           | B8 | SP  | 2015-07-01 | 2018-07-01 | 2018-07-01 | accomplie
followed        | C3 | SP  | 2015-07-01 | 2017-07-01 | 2017-07-01 | accomplie
"""

#: Person -> answer, rule, computed date, whether the record differs.
EXPECTED = {
    "simple": ("reached", "V-SIMPLE", "2020-06-10", False),
    "simple_coming": ("coming", "V-SIMPLE", "2026-06-10", False),
    "simple_agrees": ("reached", "V-SIMPLE", "2020-06-10", False),
    "simple_differs": ("reached", "V-SIMPLE", "2020-06-10", True),
    "simple_not_final": ("undetermined", "V-SIMPLE", None, False),
    "maybe_revoked": ("undetermined", "V-SIMPLE", None, False),
    "record_settles": ("reached", "V-SIMPLE", "2020-06-10", False),
    "later_fine": ("reached", "V-SIMPLE", "2020-06-10", False),
    "later_facts": ("reached", "V-SIMPLE", "2020-06-10", False),
    "petty": ("reached", "V-CONTRAVENTION", "2017-06-10", False),
    "probation": ("reached", "V-PROBATION", "2017-07-01", False),
    "probation_runs": ("coming", "V-PROBATION", "2024-07-01", False),
    "probation_over": ("undetermined", "V-PROBATION", None, False),
    "revoked": ("revoked", "V-PROBATION", None, False),
    "revoked_but": ("revoked", "V-PROBATION", None, True),
    "partly_revoked": ("reached", "V-PROBATION", "2017-07-01", False),
    "mixed": ("reached", "V-PROBATION", "2018-07-01", False),
    "no_measure": ("undetermined", "V-PROBATION", None, False),
    "which_kind": ("undetermined", None, None, False),
    "followed": ("reached", "V-PROBATION", "2017-07-01", False),
}


@pytest.fixture(scope="module")
def store(people):
    return people(CASES).store


def first(store, person: str, **options: str) -> dict[str, object]:
    """The row of the first conviction of a case."""
    return answer(store, "non-avenu", person_id=person, options=options).to_dict("records")[0]


@pytest.mark.parametrize("person", EXPECTED)
def test_void_dates(store, person: str) -> None:
    """The date is counted from the day the sentence is final, or is the end of the probation; a doubt stays one."""
    row = first(store, person)
    day = row["date"].isoformat() if isinstance(row["date"], date) else None
    rule = row["rule_id"] if isinstance(row["rule_id"], str) else None
    assert EXPECTED[person] == (row["answer"], rule, day, row["differs"])


def test_nothing_suspended_has_no_row(store) -> None:
    """A firm sentence is never void."""
    assert 0 == len(answer(store, "non-avenu", person_id="firm"))


def test_conviction_that_may_have_revoked_is_named(store) -> None:
    """Since 2015 only the court revokes: the later firm sentence is named, and the question asked."""
    row = first(store, "maybe_revoked")
    assert ("A6b", True) == (row["interrupted_by"], "a-t-elle révoqué le sursis en totalité" in str(row["missing"]))


def test_mixed_sentence_is_void_as_a_whole(store) -> None:
    """A sentence suspended in part: the whole conviction is void on the same day (132-39, 132-52)."""
    assert "la condamnation est non avenue dans tous ses éléments" in str(first(store, "mixed")["words"])


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("simple", "Le casier ne donne pas cette date : à rapprocher."),
        ("simple_differs", "Le casier donne le 1er juin 2020 : à rapprocher."),
        ("revoked_but", "Le casier donne le 1er janvier 2018 : à rapprocher."),
    ],
)
def test_record_is_compared_as_a_remark(store, person: str, said: str) -> None:
    """What the record says otherwise is a remark on the data, not an error."""
    assert said in str(first(store, person)["words"])


def test_agreement_is_silent(store) -> None:
    """Where the record gives the computed date there is nothing to say."""
    assert "casier" not in str(first(store, "simple_agrees")["words"])


@pytest.mark.parametrize("person", EXPECTED)
def test_every_date_says_what_it_is(store, person: str) -> None:
    """A date says the day of its rules, that only a court decides, and shows what is to verify."""
    row = first(store, person)
    words = str(row["words"])
    assert words.endswith("Règles au 31/01/2024. Calcul indicatif ; seule la juridiction décide.")
    assert bool(row["to_verify"]) == ("À vérifier." in words)


def test_rules_out_of_force_are_not_used(store) -> None:
    """Before the Code of 1994 no date is computed, and the answer says why."""
    row = first(store, "simple", rules_on="1990-01-01")
    expected = ("undetermined", "la table n’a pas de règle V-SIMPLE en vigueur au 01/01/1990")
    assert expected == (row["answer"], row["missing"])
