"""Rehabilitation by the law alone: one small case per rule, and what stops its delay."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.registry import answer

CASES = """
convictions
person_id      | conviction_id | decision_date | final_date | record_entry_type | legal_recidivism_retained | void_date | rehabilitation_date | sentence_expired_date
fine           | A1 | 2015-06-01 | 2015-06-10 | | | | | 2016-02-29
day_fine       | A2 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
service        | A3 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
year           | A4 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
long           | A5 | 2010-06-01 | 2010-06-10 | | | | | 2013-03-10
too_long       | A6 | 2000-06-01 | 2000-06-10 | | | | | 2010-03-10
crime          | A7 | 2000-06-01 | 2000-06-10 | | | | | 2010-03-10
doubled        | A8 | 2015-06-01 | 2015-06-10 | | true | | | 2016-03-10
void           | A9 | 2010-06-01 | 2010-06-10 | | | 2015-06-10 | |
void_computed  | B1 | 2010-06-01 | 2010-06-10 | | | | |
probation      | B2 | 2015-06-01 | 2015-06-10 | | | | |
revoked        | B3 | 2015-06-01 | 2015-06-10 | | | | | 2018-03-10
no_end         | B4 | 2015-06-01 | 2015-06-10 | | | | |
no_sentence    | B5 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
no_final       | B6 | 2015-06-01 |            | | | | | 2016-03-10
no_length      | B7 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
waiver         | B8 | 2015-06-01 | 2015-06-10 | | | | |
settlement     | B9 | 2015-06-01 | 2015-06-10 | composition_penale | | | |
cut            | C1 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
cut            | C2 | 2018-06-01 | 2018-06-10 | | | | | 2019-03-10
last_day       | C3 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
last_day       | C4 | 2019-03-10 | 2019-03-20 | | | | | 2019-06-10
day_after      | C5 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
day_after      | C6 | 2019-03-11 | 2019-03-20 | | | | | 2019-06-10
petty_new      | C7 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
petty_new      | C8 | 2018-06-01 | 2018-06-10 | | | | | 2018-07-10
several_long   | D1 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
several_long   | D2 | 2018-06-01 | 2018-06-10 | | | | | 2022-03-10
interdiction   | D3 | 2015-06-01 | 2015-06-10 | | | | | 2016-03-10
differs        | D4 | 2021-06-01 | 2021-06-10 | | | | 2025-01-01 | 2022-03-10
rehabilitated  | D5 | 2005-06-01 | 2005-06-10 | | | | 2012-01-01 | 2006-03-10

offences
person_id      | conviction_id | offence_start_date | nature
no_end         | B4 | 2014-01-01 | delit
cut            | C1 | 2014-01-01 | delit
cut            | C2 | 2017-01-01 | delit
last_day       | C4 | 2018-01-01 | delit
day_after      | C6 | 2018-01-01 | delit
petty_new      | C8 | 2018-01-01 | contravention
several_long   | D2 | 2018-01-01 | delit

sentences
conviction_id | sentence_code | firm_days | suspended_days
A1 | amende | |
A2 | jours_amende | |
A3 | tig | |
A4 | emprisonnement | 365 |
A5 | emprisonnement | 730 |
A6 | emprisonnement | 4000 |
A7 | reclusion | 3650 |
A8 | emprisonnement | 180 |
A9 | sursis_simple | | 90
B1 | sursis_simple | | 90
B2 | sursis_probatoire | | 90
B3 | sursis_probatoire | | 90
B4 | amende | |
B6 | amende | |
B7 | emprisonnement | |
B8 | dispense_peine | |
C1 | emprisonnement | 180 |
C2 | emprisonnement | 180 |
C3 | amende | |
C4 | amende | |
C5 | amende | |
C6 | amende | |
C7 | amende | |
C8 | amende | |
D1 | emprisonnement | 365 |
D2 | emprisonnement | 1500 |
D3 | amende | |
D3 | interdiction | |
D4 | amende | |
D5 | amende | |

measures
person_id      | conviction_id | measure_code | start_date | planned_end_date | end_date | outcome
probation      | B2 | SP | 2015-07-01 | 2017-07-01 | 2017-07-01 | accomplie
revoked        | B3 | SP | 2015-07-01 | 2017-07-01 | 2017-01-01 | revoquee
"""

#: Conviction -> person, answer, rule, computed date, interrupted by, whether to verify.
EXPECTED = {
    "A1": ("fine", "reached", "H-FINE", "2019-02-28", None, False),
    "A2": ("day_fine", "reached", "H-FINE", "2019-03-10", None, False),
    "A3": ("service", "reached", "H-SHORT", "2021-03-10", None, False),
    "A4": ("year", "reached", "H-SHORT", "2021-03-10", None, False),
    "A5": ("long", "reached", "H-LONG", "2023-03-10", None, False),
    "A6": ("too_long", "not_by_law", None, None, None, False),
    "A7": ("crime", "not_by_law", None, None, None, False),
    "A8": ("doubled", "coming", "H-SHORT", "2026-03-10", None, False),
    "A9": ("void", "reached", "H-SHORT", "2020-06-10", None, False),
    "B1": ("void_computed", "reached", "H-SHORT", "2020-06-10", None, True),
    "B2": ("probation", "reached", "H-SHORT", "2022-07-01", None, False),
    "B3": ("revoked", "reached", "H-SHORT", "2023-03-10", None, False),
    "B4": ("no_end", "undetermined", "H-FINE", None, None, True),
    "B5": ("no_sentence", "undetermined", None, None, None, False),
    "B6": ("no_final", "undetermined", "H-FINE", None, None, False),
    "B7": ("no_length", "undetermined", None, None, None, False),
    "B8": ("waiver", "not_concerned", None, None, None, False),
    "B9": ("settlement", "not_concerned", None, None, None, False),
    "C1": ("cut", "interrupted", "H-SHORT", None, "C2", False),
    "C2": ("cut", "coming", "H-SEVERAL", "2029-03-10", None, True),
    "C3": ("last_day", "interrupted", "H-FINE", None, "C4", False),
    "C5": ("day_after", "reached", "H-FINE", "2019-03-10", None, False),
    "C7": ("petty_new", "reached", "H-FINE", "2019-03-10", None, False),
    "D1": ("several_long", "interrupted", "H-SHORT", None, "D2", False),
    "D2": ("several_long", "not_by_law", None, None, None, False),
    "D3": ("interdiction", "reached", "H-FINE", "2019-03-10", None, True),
    "D4": ("differs", "coming", "H-FINE", "2025-03-10", None, False),
}


@pytest.fixture(scope="module")
def store(people):
    return people(CASES).store


def row_of(store, conviction: str, **options: str) -> dict[str, object]:
    table = answer(store, "rehabilitation", person_id=EXPECTED[conviction][0], options=options)
    (row,) = table[table.conviction_id == conviction].to_dict("records")
    return row


@pytest.mark.parametrize("conviction", EXPECTED)
def test_rehabilitation(store, conviction: str) -> None:
    """Three, five or ten years from execution or from the void date, doubled in recidivism, cut by a new conviction."""
    row = row_of(store, conviction)
    told = [row["rule_id"], row["date"].isoformat() if isinstance(row["date"], date) else None, row["interrupted_by"]]
    said = [x if isinstance(x, str) else None for x in told]
    assert EXPECTED[conviction][1:] == (row["answer"], *said, row["to_verify"])


def test_rehabilitated_lines_are_not_recalled(store) -> None:
    """A conviction recorded as rehabilitated stands in no row (CP 133-11, 133-16)."""
    assert 0 == len(answer(store, "rehabilitation", person_id="rehabilitated"))


def test_earliest_date_is_given_where_the_end_is_not_known(store) -> None:
    """Without the day of payment the date is unknown, but cannot be before three years from the final day."""
    words = str(row_of(store, "B4")["words"])
    assert "Au plus tôt le 10 juin 2018." in words
    assert "Ce qui trancherait : la date d’exécution de la peine" in words


@pytest.mark.parametrize(
    ("conviction", "said"),
    [
        ("A8", "délais doublés"),
        ("C2", "la confusion n’est pas dans la base"),
        ("D3", "quarante ans si elle est définitive"),
        ("D4", "Le casier donne le 1er janvier 2025 : à rapprocher."),
        ("A1", "Le casier ne donne pas cette date : à rapprocher."),
    ],
)
def test_words(store, conviction: str, said: str) -> None:
    """What changes the date or its effects is told: recidivism, merged sentences, interdictions, what the record says."""
    assert said in str(row_of(store, conviction)["words"])


@pytest.mark.parametrize("conviction", EXPECTED)
def test_every_date_says_what_it_is(store, conviction: str) -> None:
    """A date says the day of its rules, that only a court decides, and shows what is to verify."""
    row = row_of(store, conviction)
    assert str(row["words"]).endswith("Règles au 31/01/2024. Calcul indicatif ; seule la juridiction décide.")
    assert bool(row["to_verify"]) == ("À vérifier." in str(row["words"]))


def test_doubling_came_in_2008(store) -> None:
    """The rules of a day are used as they stood that day: none doubles before 7 March 2008, and the answer says so."""
    row = row_of(store, "A8", rules_on="2008-03-06")
    assert ("undetermined", "la table n’a pas de règle H-DOUBLE en vigueur au 06/03/2008") == (
        row["answer"],
        row["missing"],
    )
