"""Legal recidivism between two terms: one small case per rule and per trap. Indicative: only a court decides."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.registry import answer

#: One person per case. First term final on 10 June 2015 unless said; its sentence recorded as executed on 10 March 2016.
CASES = """
persons
person_id        | birth_date
minor            | 2000-01-01

convictions
person_id        | conviction_id | decision_date | final_date | judgment_mode | record_entry_type | legal_recidivism_retained | void_date  | rehabilitation_date | sentence_expired_date
crime_long_ago   | A1 | 1996-06-01 | 1996-06-11 | | | | | | 2000-03-10
ten_ten_in       | A2 | 2005-06-01 | 2005-06-10 | | | | | | 2006-03-10
ten_ten_out      | A3 | 2005-06-01 | 2005-06-10 | | | | | | 2006-03-10
ten_five_in      | A4 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
ten_five_out     | A5 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
ten_one_year     | A6 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
same_in          | A7 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
same_out         | A8 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
assimilated      | A9 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
not_assimilated  | B1 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
fifth_class      | B2 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
fifth_class_out  | B3 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
fifth_other      | B4 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
same_day         | B5 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
same_day         | B5b| 2016-06-01 | 2016-06-10 | | | | | |
before_judgment  | B6 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
before_final     | B7 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
on_final         | B8 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
final_at_once    | B9 | 2015-06-10 | 2015-06-10 | | | | | | 2016-03-10
road_then_death  | C1 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
death_then_road  | C2 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
road_then_road   | C3 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
parole           | C4 | 2012-06-01 | 2012-06-10 | | | | | | 2016-03-10
parole_revoked   | C5 | 2012-06-01 | 2012-06-10 | | | | | | 2016-03-10
parole_running   | C6 | 2012-06-01 | 2012-06-10 | | | | | |
mixed            | C7 | 2012-06-01 | 2012-06-10 | | | | | |
void_first       | C8 | 2009-06-01 | 2009-06-10 | | | | 2014-06-10 | |
unknown_day      | C9 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
year_across      | D1 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
year_after       | D2 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
straddling       | D3 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
by_default       | D4 | 2015-06-01 |            | par_defaut | | | | |
no_final         | D5 | 2015-06-01 |            | contradictoire | | | | |
rehabilitated    | D6 | 2005-06-01 | 2005-06-10 | | | | | 2016-01-01 | 2006-03-10
no_maximum       | D7 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
no_nature        | D8 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
no_sentence      | D9 | 2015-06-01 | 2015-06-10 | | | | | |
no_sentence_soon | E1 | 2015-06-01 | 2015-06-10 | | | | | |
lapsed_fine      | E2 | 2000-06-01 | 2000-06-10 | | | | | |
unpaid_fine      | E3 | 2015-06-01 | 2015-06-10 | | | | | |
settlement       | E4 | 2015-06-01 | 2015-06-10 | | composition_penale | | | |
foreign          | E5 | 2015-06-01 | 2015-06-10 | | condamnation_etrangere | | | | 2016-03-10
educative        | E6 | 2015-06-01 | 2015-06-10 | | mesure_educative | | | | 2016-03-10
receiving        | E7 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
receiving_what   | E8 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
minor            | E9 | 2016-06-01 | 2016-06-10 | | | | | | 2016-08-10
retained         | F1 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
retained         | F1b| 2018-06-01 | 2018-06-10 | | | true | | |
speeding         | F2 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
leap             | F3 | 2015-06-01 | 2015-06-10 | | | | | | 2016-02-29
no_facts         | F4 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
violent_theft    | F5 | 2015-06-01 | 2015-06-10 | | | | | | 2016-03-10
service_done     | F6 | 2015-06-01 | 2015-06-10 | | | | | |
service_late     | F7 | 2015-06-01 | 2015-06-10 | | | | | |
waived           | F8 | 2015-06-01 | 2015-06-10 | | | | | |

offences
person_id        | offence_id | conviction_id | offence_start_date | offence_end_date | date_precision | natinf_code | label | nature | contravention_class | max_sentence_years
crime_long_ago   | a1 | A1 | 1995-01-01 | | | 5169 | MEURTRE | crime | | 30
crime_long_ago   | z1 |    | 2023-01-01 | | | 1115 | VIOL | crime | | 15
ten_ten_in       | a2 | A2 | 2004-01-01 | | | 183 | AIDE A L'USAGE DE STUPEFIANTS | delit | | 10
ten_ten_in       | z2 |    | 2016-03-10 | | | 7168 | ASSOCIATION DE MALFAITEURS | delit | | 10
ten_ten_out      | a3 | A3 | 2004-01-01 | | | 183 | AIDE A L'USAGE DE STUPEFIANTS | delit | | 10
ten_ten_out      | z3 |    | 2016-03-11 | | | 7168 | ASSOCIATION DE MALFAITEURS | delit | | 10
ten_five_in      | a4 | A4 | 2014-01-01 | | | 183 | AIDE A L'USAGE DE STUPEFIANTS | delit | | 10
ten_five_in      | z4 |    | 2021-03-10 | | | 33 | DENONCIATION CALOMNIEUSE | delit | | 5
ten_five_out     | a5 | A5 | 2014-01-01 | | | 183 | AIDE A L'USAGE DE STUPEFIANTS | delit | | 10
ten_five_out     | z5 |    | 2021-03-11 | | | 33 | DENONCIATION CALOMNIEUSE | delit | | 5
ten_one_year     | a6 | A6 | 2014-01-01 | | | 183 | AIDE A L'USAGE DE STUPEFIANTS | delit | | 10
ten_one_year     | z6 |    | 2017-01-01 | | | 60 | NON REPRESENTATION D'ENFANT | delit | | 1
same_in          | a7 | A7 | 2014-01-01 | | | 33 | DENONCIATION CALOMNIEUSE | delit | | 5
same_in          | z7 |    | 2021-03-10 | | | 33 | DENONCIATION CALOMNIEUSE | delit | | 5
same_out         | a8 | A8 | 2014-01-01 | | | 33 | DENONCIATION CALOMNIEUSE | delit | | 5
same_out         | z8 |    | 2021-03-11 | | | 33 | DENONCIATION CALOMNIEUSE | delit | | 5
assimilated      | a9 | A9 | 2014-01-01 | | | 7151 | VOL | delit | | 3
assimilated      | z9 |    | 2017-01-01 | | | 58 | ABUS DE CONFIANCE | delit | | 5
not_assimilated  | b1 | B1 | 2014-01-01 | | | 7151 | VOL | delit | | 3
not_assimilated  | y1 |    | 2017-01-01 | | | 33 | DENONCIATION CALOMNIEUSE | delit | | 5
fifth_class      | b2 | B2 | 2014-01-01 | | | 23 | VIOLENCE | contravention | 5 |
fifth_class      | y2 |    | 2017-03-10 | | | 23 | VIOLENCE | contravention | 5 |
fifth_class_out  | b3 | B3 | 2014-01-01 | | | 23 | VIOLENCE | contravention | 5 |
fifth_class_out  | y3 |    | 2017-03-11 | | | 23 | VIOLENCE | contravention | 5 |
fifth_other      | b4 | B4 | 2014-01-01 | | | 23 | VIOLENCE | contravention | 5 |
fifth_other      | y4 |    | 2016-06-10 | | | 7905 | DEGRADATION LEGERE | contravention | 5 |
same_day         | b5 | B5 | 2014-01-01 | | | 7151 | VOL | delit | | 3
same_day         | y5 | B5b| 2014-01-01 | | | 7151 | VOL | delit | | 3
before_judgment  | b6 | B6 | 2014-01-01 | | | 7151 | VOL | delit | | 3
before_judgment  | y6 |    | 2015-01-01 | | | 7151 | VOL | delit | | 3
before_final     | b7 | B7 | 2014-01-01 | | | 7151 | VOL | delit | | 3
before_final     | y7 |    | 2015-06-09 | | | 7151 | VOL | delit | | 3
on_final         | b8 | B8 | 2014-01-01 | | | 7151 | VOL | delit | | 3
on_final         | y8 |    | 2015-06-10 | | | 7151 | VOL | delit | | 3
final_at_once    | b9 | B9 | 2014-01-01 | | | 7151 | VOL | delit | | 3
final_at_once    | y9 |    | 2015-06-10 | | | 7151 | VOL | delit | | 3
road_then_death  | c1 | C1 | 2014-01-01 | | | 1247 | CONDUITE EN ETAT ALCOOLIQUE | delit | | 2
road_then_death  | x1 |    | 2017-01-01 | | | 224 | HOMICIDE INVOLONTAIRE PAR CONDUCTEUR | delit | | 5
death_then_road  | c2 | C2 | 2014-01-01 | | | 224 | HOMICIDE INVOLONTAIRE PAR CONDUCTEUR | delit | | 5
death_then_road  | x2 |    | 2017-01-01 | | | 1247 | CONDUITE EN ETAT ALCOOLIQUE | delit | | 2
road_then_road   | c3 | C3 | 2014-01-01 | | | 50 | REFUS D'OBTEMPERER | delit | | 2
road_then_road   | x3 |    | 2017-01-01 | | | 1247 | CONDUITE EN ETAT ALCOOLIQUE | delit | | 2
parole           | c4 | C4 | 2011-01-01 | | | 7151 | VOL | delit | | 3
parole           | x4 |    | 2019-06-02 | | | 7151 | VOL | delit | | 3
parole_revoked   | c5 | C5 | 2011-01-01 | | | 7151 | VOL | delit | | 3
parole_revoked   | x5 |    | 2019-06-02 | | | 7151 | VOL | delit | | 3
parole_running   | c6 | C6 | 2011-01-01 | | | 7151 | VOL | delit | | 3
parole_running   | x6 |    | 2019-06-02 | | | 7151 | VOL | delit | | 3
mixed            | c7 | C7 | 2011-01-01 | | | 7151 | VOL | delit | | 3
mixed            | x7 |    | 2020-03-01 | | | 7151 | VOL | delit | | 3
void_first       | c8 | C8 | 2008-01-01 | | | 7151 | VOL | delit | | 3
void_first       | x8 |    | 2019-06-10 | | | 7151 | VOL | delit | | 3
unknown_day      | c9 | C9 | 2014-01-01 | | | 7151 | VOL | delit | | 3
unknown_day      | x9 |    | 2017-01-01 | | unknown | 7151 | VOL | delit | | 3
year_across      | d1 | D1 | 2014-01-01 | | | 7151 | VOL | delit | | 3
year_across      | w1 |    | 2015-01-01 | | year | 7151 | VOL | delit | | 3
year_after       | d2 | D2 | 2014-01-01 | | | 7151 | VOL | delit | | 3
year_after       | w2 |    | 2016-01-01 | | year | 7151 | VOL | delit | | 3
straddling       | d3 | D3 | 2014-01-01 | | | 7151 | VOL | delit | | 3
straddling       | w3 |    | 2015-05-01 | 2015-07-01 | period | 7151 | VOL | delit | | 3
by_default       | d4 | D4 | 2014-01-01 | | | 7151 | VOL | delit | | 3
by_default       | w4 |    | 2017-01-01 | | | 7151 | VOL | delit | | 3
no_final         | d5 | D5 | 2014-01-01 | | | 7151 | VOL | delit | | 3
no_final         | w5 |    | 2017-01-01 | | | 7151 | VOL | delit | | 3
rehabilitated    | d6 | D6 | 2004-01-01 | | | 7151 | VOL | delit | | 3
rehabilitated    | w6 |    | 2009-01-01 | | | 7151 | VOL | delit | | 3
no_maximum       | d7 | D7 | 2014-01-01 | | | 180 | USAGE DE STUPEFIANTS | delit | |
no_maximum       | w7 |    | 2017-01-01 | | | 33 | DENONCIATION CALOMNIEUSE | delit | | 5
no_nature        | d8 | D8 | 2014-01-01 | | | | FAITS SANS NATURE | | | 3
no_nature        | w8 |    | 2017-01-01 | | | | FAITS SANS NATURE | delit | | 3
no_sentence      | d9 | D9 | 2014-01-01 | | | 7151 | VOL | delit | | 3
no_sentence      | w9 |    | 2020-06-11 | | | 7151 | VOL | delit | | 3
no_sentence_soon | e1 | E1 | 2014-01-01 | | | 7151 | VOL | delit | | 3
no_sentence_soon | v1 |    | 2020-06-10 | | | 7151 | VOL | delit | | 3
lapsed_fine      | e2 | E2 | 1999-01-01 | | | 7151 | VOL | delit | | 3
lapsed_fine      | v2 |    | 2011-06-11 | | | 7151 | VOL | delit | | 3
unpaid_fine      | e3 | E3 | 2014-01-01 | | | 7151 | VOL | delit | | 3
unpaid_fine      | v3 |    | 2023-01-01 | | | 7151 | VOL | delit | | 3
settlement       | e4 | E4 | 2014-01-01 | | | 7151 | VOL | delit | | 3
settlement       | v4 |    | 2017-01-01 | | | 7151 | VOL | delit | | 3
foreign          | e5 | E5 | 2014-01-01 | | | 7151 | VOL | delit | | 3
foreign          | v5 |    | 2017-01-01 | | | 7151 | VOL | delit | | 3
educative        | e6 | E6 | 2014-01-01 | | | 7151 | VOL | delit | | 3
educative        | v6 |    | 2017-01-01 | | | 7151 | VOL | delit | | 3
receiving        | e7 | E7 | 2014-01-01 | | | 7151 | VOL | delit | | 3
receiving        | v7 |    | 2017-01-01 | | | 7215 | RECEL DE BIEN PROVENANT D'UN VOL | delit | | 5
receiving_what   | e8 | E8 | 2014-01-01 | | | 7151 | VOL | delit | | 3
receiving_what   | v8 |    | 2017-01-01 | | | 12307 | RECEL HABITUEL DE BIENS PROVENANT D'UN DELIT | delit | | 9
minor            | e9 | E9 | 2016-01-01 | | | 183 | AIDE A L'USAGE DE STUPEFIANTS | delit | | 10
minor            | v9 |    | 2019-01-01 | | | 33 | DENONCIATION CALOMNIEUSE | delit | | 5
retained         | f1 | F1 | 2014-01-01 | | | 7151 | VOL | delit | | 3
retained         | u1 | F1b| 2017-01-01 | | | 7151 | VOL | delit | | 3
speeding         | f2 | F2 | 2014-01-01 | | | | EXCES DE VITESSE | contravention | 5 |
speeding         | u2 |    | 2019-03-10 | | | | EXCES DE VITESSE | contravention | 5 |
leap             | f3 | F3 | 2014-01-01 | | | 7151 | VOL | delit | | 3
leap             | u3 |    | 2021-03-01 | | | 7151 | VOL | delit | | 3
no_facts         | u4 |    | 2017-01-01 | | | 7151 | VOL | delit | | 3
violent_theft    | f5 | F5 | 2014-01-01 | | | 28153 | VOL AVEC VIOLENCE | delit | | 10
violent_theft    | u5 |    | 2017-01-01 | | | 7145 | VIOLENCE AVEC ARME | delit | | 3
service_done | f6 | F6 | 2014-01-01 | | | 7151 | VOL | delit | | 3
service_done | u6 |    | 2021-03-10 | | | 7151 | VOL | delit | | 3
service_late | f7 | F7 | 2014-01-01 | | | 7151 | VOL | delit | | 3
service_late | u7 |    | 2021-03-11 | | | 7151 | VOL | delit | | 3
waived | f8 | F8 | 2014-01-01 | | | 7151 | VOL | delit | | 3
waived | u8 |    | 2020-06-11 | | | 7151 | VOL | delit | | 3

sentences
conviction_id | sentence_code | firm_days | suspended_days
C4 | emprisonnement | 1000 |
C5 | emprisonnement | 1000 |
C6 | emprisonnement | 1000 |
C7 | sursis_probatoire | 180 | 180
C8 | sursis_simple | | 90
E2 | amende | |
E3 | amende | |
F6 | tig | |
F7 | tig | |
F8 | dispense_peine | |

measures
person_id      | conviction_id | measure_code | start_date | end_date   | outcome
parole         | C4 | LC | 2014-06-01 | 2016-03-10 | accomplie
parole_revoked | C5 | LC | 2014-06-01 | 2015-03-10 | revoquee
parole_running | C6 | LC | 2014-06-01 |            |
mixed          | C7 | SP | 2013-03-01 | 2015-03-01 | accomplie
service_done   | F6 | TIG | 2015-09-01 | 2016-03-10 | accomplie
service_late   | F7 | TIG | 2015-09-01 | 2016-03-10 | accomplie
"""

#: Person -> answer, rule, whether something is to verify.
EXPECTED = {
    "crime_long_ago": ("recidive_possible", "R1", False),
    "ten_ten_in": ("recidive_possible", "R2", False),
    "ten_ten_out": ("reiteration", "REITERATION", False),
    "ten_five_in": ("recidive_possible", "R3", False),
    "ten_five_out": ("reiteration", "REITERATION", False),
    "ten_one_year": ("reiteration", "REITERATION", False),
    "same_in": ("recidive_possible", "R4", False),
    "same_out": ("reiteration", "REITERATION", False),
    "assimilated": ("recidive_possible", "R4", False),
    "not_assimilated": ("reiteration", "REITERATION", False),
    "fifth_class": ("undetermined", "R5", False),
    "fifth_class_out": ("none", None, False),
    "fifth_other": ("none", None, False),
    "same_day": ("concours", "CONCOURS", False),
    "before_judgment": ("concours", "CONCOURS", False),
    "before_final": ("concours", "CONCOURS", False),
    "on_final": ("recidive_possible", "R4", False),
    "final_at_once": ("undetermined", None, False),
    "road_then_death": ("reiteration", "REITERATION", False),
    "death_then_road": ("recidive_possible", "R4", False),
    "road_then_road": ("recidive_possible", "R4", False),
    "parole": ("reiteration", "REITERATION", False),
    "parole_revoked": ("recidive_possible", "R4", False),
    "parole_running": ("undetermined", "R4", False),
    "mixed": ("recidive_possible", "R4", False),
    "void_first": ("recidive_possible", "R4", False),
    "unknown_day": ("undetermined", None, False),
    "year_across": ("undetermined", None, False),
    "year_after": ("recidive_possible", "R4", False),
    "straddling": ("undetermined", None, False),
    "by_default": ("concours", "CONCOURS", True),
    "no_final": ("undetermined", None, False),
    "no_maximum": ("undetermined", "R3", False),
    "no_nature": ("undetermined", "R4", False),
    "no_sentence": ("undetermined", "R4", False),
    "no_sentence_soon": ("recidive_possible", "R4", False),
    "lapsed_fine": ("reiteration", "REITERATION", True),
    "unpaid_fine": ("undetermined", "R4", True),
    "settlement": ("none", None, True),
    "foreign": ("undetermined", None, True),
    "educative": ("none", None, True),
    "receiving": ("recidive_possible", "R4", True),
    "receiving_what": ("undetermined", "R4", True),
    "minor": ("undetermined", "R3", True),
    "retained": ("recidive_possible", "R4", False),
    "speeding": ("none", None, False),
    "leap": ("reiteration", "REITERATION", False),
    "no_facts": ("undetermined", None, False),
    "violent_theft": ("recidive_possible", "R3", False),
    "service_done": ("recidive_possible", "R4", True),
    "service_late": ("reiteration", "REITERATION", True),
    "waived": ("reiteration", "REITERATION", False),
}


@pytest.fixture(scope="module")
def store(people):
    return people(CASES).store


def pair(store, person: str, **options: str) -> dict[str, object]:
    """The one pair of a case."""
    table = answer(store, "recidive", person_id=person, options=options)
    (row,) = table.to_dict("records")
    return row


@pytest.mark.parametrize("person", EXPECTED)
def test_pairs(store, person: str) -> None:
    """Each rule, its first day out, and each trap of the order of dates has its answer."""
    found = pair(store, person)
    rule = found["rule_id"] if isinstance(found["rule_id"], str) else None
    assert EXPECTED[person] == (found["answer"], rule, found["to_verify"])


def test_rehabilitated_conviction_is_no_first_term(store) -> None:
    """Only courts may still use a rehabilitated conviction (CP 133-16): it stands in no pair."""
    assert 0 == len(answer(store, "recidive", person_id="rehabilitated"))


@pytest.mark.parametrize(
    ("person", "start", "end", "latest"),
    [
        ("crime_long_ago", "1996-06-11", None, None),
        ("ten_ten_in", "2005-06-10", "2016-03-10", "2016-03-10"),
        ("same_in", "2015-06-10", "2021-03-10", "2021-03-10"),
        ("parole", "2012-06-10", "2019-06-01", "2019-06-01"),
        ("parole_revoked", "2012-06-10", "2021-03-10", "2021-03-10"),
        ("mixed", "2012-06-10", "2020-03-01", "2020-03-01"),
        ("void_first", "2009-06-10", "2019-06-10", "2019-06-10"),
        ("no_sentence", "2015-06-10", "2020-06-10", None),
        ("unpaid_fine", "2015-06-10", "2020-06-10", "2026-06-10"),
        ("leap", "2015-06-10", "2021-02-28", "2021-02-28"),
    ],
)
def test_windows(store, person: str, start: str, end: str | None, latest: str | None) -> None:
    """The window runs from the final day to the end of the delay, day for day; a parole carried through shortens it."""
    found = pair(store, person)
    window = [found[x] for x in ("window_start", "window_end", "window_latest")]
    assert [start, end, latest] == [x.isoformat() if isinstance(x, date) else None for x in window]


@pytest.mark.parametrize("person", EXPECTED)
def test_every_answer_says_what_it_is(store, person: str) -> None:
    """An answer says the date of the rules, that only a court decides, and shows what is to verify and what is missing."""
    found = pair(store, person)
    words = str(found["words"])
    assert words.endswith("Règles au 31/01/2024. Calcul indicatif ; seule la juridiction décide.")
    assert bool(found["to_verify"]) == ("À vérifier." in words)
    assert bool(found["missing"]) == (found["answer"] == "undetermined") == ("ce qui trancherait" in words)


def test_words_of_a_rule(store) -> None:
    """The explanation names the rule, its article and its window."""
    words = str(pair(store, "same_in")["words"])
    assert words.startswith("R4, art. 132-10 : même délit ou délit assimilé")
    assert "Délai du 10 juin 2015 au 10 mars 2021." in words


def test_retained_only_where_the_record_says_so(store) -> None:
    """« Récidive légale retenue » is what a court wrote; what is computed says so, and by the rules of which day."""
    labels = {x: pair(store, x)["answer_label"] for x in ("retained", "same_in")}
    expected = {"retained": "récidive légale retenue", "same_in": "conditions réunies (calcul), règles au 31/01/2024"}
    assert expected == labels
    assert (True, False) == (pair(store, "retained")["retained"], pair(store, "same_in")["retained"])


def test_void_first_term_is_told(store) -> None:
    """A void suspended sentence is still a possible first term; the row says that it is void, so that a screen can hide it."""
    assert [True, False] == [pair(store, x)["first_void"] for x in ("void_first", "same_in")]


def test_rules_out_of_force_are_not_used(store) -> None:
    """Before the Code of 1994 the table has no rule, and the answer says so."""
    found = pair(store, "same_in", rules_on="1990-01-01")
    assert "undetermined" == found["answer"]
    assert "la table n’a pas de règle CONCOURS en vigueur au 01/01/1990" == found["missing"]


def test_road_after_the_law_of_2025_is_to_verify(store) -> None:
    """How 132-16-2 reads since 11 July 2025 was not read: the answer stays, and is to verify."""
    found = pair(store, "death_then_road", rules_on="2025-07-11")
    assert ("recidive_possible", True) == (found["answer"], found["to_verify"])


def test_what_is_known_later_is_not_known_yet(store) -> None:
    """On a day before the first conviction is final, it is not final; facts of later days are not there."""
    assert 0 == len(answer(store, "recidive", person_id="same_in", options={"as_of": "2020-01-01"}))
