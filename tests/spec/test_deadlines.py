"""Dates of adjustment: each rule on its day, the day before and the day after; what excludes; what the records cannot settle."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from frise_analysis.analysis.deadlines.eligibility import COLUMNS, eligibility
from frise_analysis.analysis.deadlines.rules import DeadlineBook, deadline_rules
from frise_analysis.analysis.deadlines.work_list import COLUMNS as LISTED
from frise_analysis.analysis.deadlines.work_list import deadlines
from frise_analysis.analysis.legal_clocks.rules import RuleNotInForce
from frise_analysis.analysis.registry import QuestionRefused, answer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "deadlines.md"
EXTRACTION = "2024-12-31"
D = date.fromisoformat
CASES = """
persons
person_id    | birth_date | birth_year | death_date
year         | 1990-01-01 | |
old          | 1954-06-15 | |
old_year     | | 1950 |
young_year   | | 1990 |
dead         | 1990-01-01 | | 2024-05-01

convictions
person_id    | conviction_id | decision_date | final_date | legal_recidivism_retained | sentence_expired_date
year         | A1 | 2024-01-10 | 2024-01-10 | |
six_years    | A2 | 2020-06-01 | 2020-06-01 | |
twelve_years | A3 | 2015-06-01 | 2015-06-01 | |
short        | A4 | 2024-09-02 | 2024-09-02 | |
two_years    | A5 | 2024-01-10 | 2024-01-10 | |
over_two     | A6 | 2024-01-10 | 2024-01-10 | |
five_years   | A7 | 2022-01-10 | 2022-01-10 | |
over_five    | A8 | 2022-01-10 | 2022-01-10 | |
forty        | B1 | 2004-01-01 | 2004-01-01 | |
forty        | B2 | 2005-01-01 | 2005-02-01 | |
forty_again  | B3 | 2004-01-01 | 2004-01-01 | true |
forty_again  | B4 | 2005-01-01 | 2005-02-01 | |
life         | B5 | 2004-01-01 | 2004-01-01 | |
no_length    | B6 | 2004-01-01 | 2004-01-01 | |
couple       | C1 | 2024-01-10 | 2024-01-10 | |
crime        | C2 | 2024-01-10 | 2024-01-10 | |
terror       | C3 | 2024-01-10 | 2024-01-10 | |
child        | C4 | 2024-01-10 | 2024-01-10 | |
official     | C5 | 2024-01-10 | 2024-01-10 | |
outrage      | C6 | 2024-01-10 | 2024-01-10 | |
pretrial     | D1 | 2024-01-10 | 2024-01-10 | |
appeal_days  | D2 | 2024-01-10 | 2024-01-20 | |
linked       | D3 | 2024-01-10 | 2024-01-10 | |
loose        | D4 | 2024-01-10 | 2024-01-10 | |
several      | D5 | 2019-01-10 | 2019-01-10 | |
several      | D6 | 2020-01-10 | 2020-01-10 | |
then_new     | D7 | 2023-06-01 | 2023-06-01 | |
then_new     | D8 | 2024-03-01 | 2024-03-11 | |
judged_in    | D9 | 2019-06-01 | 2019-06-01 | |
judged_in    | E1 | 2024-01-10 | 2024-01-10 | |
not_final    | E2 | 2024-01-10 | | |
no_line      | E3 | 2024-01-10 | 2024-01-10 | |
revoked      | E4 | 2022-01-10 | 2022-01-10 | |
part_revoked | E5 | 2022-01-10 | 2022-01-10 | |
after_first  | E6 | 2023-01-10 | 2023-01-10 | | 2024-03-10
after_first  | E7 | 2023-06-10 | 2023-06-10 | |
lapsed       | E8 | 2010-01-10 | 2010-01-10 | |
lapsed       | E9 | 2024-01-10 | 2024-01-10 | |
free         | F1 | 2023-03-15 | 2023-03-25 | |
free_long    | F2 | 2023-03-15 | 2023-03-25 | |
free_half    | F3 | 2023-03-15 | 2023-03-25 | |
free_half    | F4 | 2023-09-15 | 2023-09-25 | |
free_old     | E0 | 2021-06-15 | 2021-06-25 | |
free_served  | F5 | 2023-03-15 | 2023-03-25 | |
free_ab      | F6 | 2023-03-15 | 2023-03-25 | |
free_tagged  | F7 | 2023-03-15 | 2023-03-25 | |
tagged_now   | F8 | 2023-03-15 | 2023-03-25 | |
probation    | G1 | 2023-06-01 | 2023-06-10 | |
short_delay  | G2 | 2023-06-01 | 2023-06-10 | |
no_final     | G3 | 2023-06-01 | | |
home         | G4 | 2024-06-01 | 2024-06-10 | |
home_open    | G5 | 2024-06-01 | 2024-06-10 | |
strict       | G6 | 2023-06-01 | 2023-06-10 | |
dead         | G7 | 2024-01-10 | 2024-01-10 | |
moved        | H1 | 2024-01-10 | 2024-01-10 | |
old          | H2 | 2024-01-10 | 2024-01-10 | |
old_year     | H3 | 2024-01-10 | 2024-01-10 | |
young_year   | H4 | 2024-01-10 | 2024-01-10 | |

sentences
conviction_id | sentence_code | firm_days | suspended_days | ab_initio
A1 | emprisonnement | 365 | |
A2 | emprisonnement | 2190 | |
A3 | reclusion | 4380 | |
A4 | emprisonnement | 180 | |
A5 | emprisonnement | 730 | |
A6 | emprisonnement | 760 | |
A7 | emprisonnement | 1825 | |
A8 | emprisonnement | 1855 | |
B1 | reclusion | 10950 | |
B2 | reclusion | 3650 | |
B3 | reclusion | 10950 | |
B4 | reclusion | 3650 | |
B5 | reclusion | 15000 | |
B6 | reclusion | | |
C1 | emprisonnement | 365 | |
C2 | emprisonnement | 365 | |
C3 | emprisonnement | 365 | |
C4 | emprisonnement | 365 | |
C5 | emprisonnement | 365 | |
C6 | emprisonnement | 365 | |
D1 | emprisonnement | 365 | |
D2 | emprisonnement | 365 | |
D3 | emprisonnement | 365 | |
D4 | emprisonnement | 365 | |
D5 | emprisonnement | 180 | |
D6 | emprisonnement | 365 | |
D7 | emprisonnement | 365 | |
D8 | emprisonnement | 180 | |
D9 | emprisonnement | 180 | |
E1 | emprisonnement | 365 | |
E2 | emprisonnement | 365 | |
E4 | sursis_probatoire | | 365 |
E5 | sursis_probatoire | | 365 |
E6 | emprisonnement | 365 | |
E7 | emprisonnement | 365 | |
E8 | emprisonnement | 180 | |
E9 | emprisonnement | 365 | |
F1 | emprisonnement | 365 | |
F2 | emprisonnement | 396 | |
F3 | emprisonnement | 90 | |
F4 | emprisonnement | 90 | |
E0 | emprisonnement | 180 | |
F5 | emprisonnement | 180 | |
F6 | emprisonnement | 180 | | true
F7 | emprisonnement | 180 | |
F8 | emprisonnement | 180 | |
G1 | sursis_probatoire | | 180 |
G2 | sursis_probatoire | | 180 |
G3 | sursis_probatoire | | 180 |
G4 | ddse | 120 | |
G5 | ddse | 120 | |
G6 | sursis_probatoire_renforce | | 180 |
G7 | emprisonnement | 365 | |
H1 | emprisonnement | 365 | |
H2 | emprisonnement | 365 | |
H3 | emprisonnement | 365 | |
H4 | emprisonnement | 365 | |

offences
person_id | conviction_id | offence_start_date | natinf_code | label | nature | intimate_partner
year      | A1 | 2023-06-01 | 7151  | VOL | delit | false
couple    | C1 | 2023-06-01 | 7151  | VOL | delit | true
crime     | C2 | 2023-06-01 |       | FAIT ANCIEN | crime | false
terror    | C3 | 2023-06-01 | 7325  | APOLOGIE PUBLIQUE D'UN ACTE DE TERRORISME | delit | false
child     | C4 | 2023-06-01 | 20724 | VIOLENCE SUR UN MINEUR DE 15 ANS SANS INCAPACITE | delit | false
official  | C5 | 2023-06-01 | 20727 | VIOLENCE SUR UNE PERSONNE DEPOSITAIRE DE L'AUTORITE PUBLIQUE SANS INCAPACITE | delit | false
outrage   | C6 | 2023-06-01 | 7886  | OUTRAGE A UNE PERSONNE DEPOSITAIRE DE L'AUTORITE PUBLIQUE | delit | false
loose     | D4 | 2023-01-01 | 7151  | VOL | delit | false
lapsed    | E8 | 2009-01-01 | 7151  | VOL | delit | false
free_half | F3 | 2022-01-01 | 7151  | VOL | delit | false
free_long | F2 | 2022-01-01 | 7151  | VOL | delit | false

custody_periods
person_id    | start_date | end_date | regime
year         | 2024-01-10 | | detention
six_years    | 2020-06-01 | | detention
twelve_years | 2015-06-01 | | detention
short        | 2024-09-02 | | detention
two_years    | 2024-01-10 | | detention
over_two     | 2024-01-10 | | detention
five_years   | 2022-01-10 | | detention
over_five    | 2022-01-10 | | detention
forty        | 2004-01-01 | | detention
forty_again  | 2004-01-01 | | detention
life         | 2004-01-01 | | detention
no_length    | 2004-01-01 | | detention
couple       | 2024-01-10 | | detention
crime        | 2024-01-10 | | detention
terror       | 2024-01-10 | | detention
child        | 2024-01-10 | | detention
official     | 2024-01-10 | | detention
outrage      | 2024-01-10 | | detention
pretrial     | 2023-11-11 | 2024-01-10 | detention_provisoire
pretrial     | 2024-01-10 | | detention
appeal_days  | 2024-01-10 | | detention
linked       | 2024-01-10 | | detention
loose        | 2023-06-01 | 2023-07-01 | detention_provisoire
loose        | 2024-01-10 | | detention
several      | 2024-01-10 | | detention
then_new     | 2024-01-10 | | detention
judged_in    | 2024-01-10 | | detention
not_final    | 2024-01-10 | | detention
no_line      | 2024-01-10 | | detention
revoked      | 2024-01-10 | | detention
part_revoked | 2024-01-10 | | detention
after_first  | 2023-04-01 | | detention
lapsed       | 2024-01-10 | | detention
free_served  | 2023-04-01 | 2023-06-01 | detention
tagged_now   | 2024-06-01 | | ddse
only_charged | 2024-06-01 | | detention_provisoire
dead         | 2024-01-10 | | detention
moved        | 2024-01-10 | 2024-05-01 | semi_liberte
moved        | 2024-05-02 | | detention
old          | 2024-01-10 | | detention
old_year     | 2024-01-10 | | detention
young_year   | 2024-01-10 | | detention

measures
person_id    | measure_id | conviction_id | measure_code | start_date | planned_end_date | end_date | outcome
linked       | M1 | D3 | DP  | 2023-01-01 | | 2023-03-02 | accomplie
revoked      | M2 | E4 | SP  | 2022-01-10 | | 2023-12-01 | revoquee
part_revoked | M3 | E5 | SP  | 2022-01-10 | | 2023-12-01 | revoquee_partiellement
free_tagged  | M4 | F7 | DDSE-A | 2023-06-01 | | 2023-11-01 | accomplie
probation    | M5 | G1 | SP  | 2023-06-10 | 2025-06-10 | |
short_delay  | M6 | G2 | SP  | 2023-06-10 | 2024-06-10 | |
no_final     | M7 | G3 | SP  | 2023-06-10 | 2025-06-10 | |
home         | M8 | G4 | DDSE-P | 2024-07-01 | 2024-10-31 | |
home_open    | M9 | G5 | DDSE-P | 2024-07-01 | | |
strict       | N1 | G6 | SPR | 2023-06-20 | 2026-06-20 | |
"""


def rows(people, person: str, **options) -> dict[str, dict]:
    """The rows of one person by rule; the first where a rule has several."""
    return _rows(people(CASES, EXTRACTION), person, **options)


@cache
def _rows(built, person: str, **options) -> dict[str, dict]:
    table = eligibility(built.store, person_key=built.key(person), **options)
    assert list(table.columns) == COLUMNS
    return {x["rule_id"]: x for x in reversed(table.to_dict("records"))}


def day_of(people, person: str, rule: str, **options) -> date | None:
    return rows(people, person, **options)[rule]["date_rp_connues"]


DATED = [
    ("year", "FIN", "2025-01-10"),
    ("year", "E1", "2024-07-11"),  # 366 days: 183 served on 11 July
    ("year", "E6", "2024-09-10"),  # 244 served, 122 left
    ("year", "E7", "2024-10-10"),
    ("six_years", "E1", "2023-06-02"),
    ("six_years", "E8", "2024-06-01"),
    ("six_years", "E11", "2022-06-02"),  # a year before the half, sooner than two years left
    ("twelve_years", "E5", "2024-06-01"),  # three years left
    ("two_years", "E7", "2025-10-10"),
    ("five_years", "E6", "2025-05-12"),  # 1,826 days: 1,218 served, 608 left
    ("over_five", "E8", "2025-06-01"),
    ("over_two", "E11", "2024-01-25"),  # twenty-five months: a year before the half, sooner than two years left
    ("free", "E10", "2023-03-25"),
    ("free", "E13-1", "2024-03-25"),
    ("free", "E13-3", "2026-03-25"),
    ("free_old", "E13-1", "2022-06-25"),
    ("free_old", "E13-3", "2024-06-25"),
    ("free_half", "E12", "2023-09-25"),
    ("probation", "E14", "2024-06-10"),
    ("home", "E15", "2024-08-31"),  # 122 days: 61
    ("home_open", "E15", "2024-09-01"),  # four months from 1 July: 123 days, 62
    ("strict", "E14", "2024-06-10"),
    ("strict", "E16-SPR", "2025-06-20"),
    ("six_years", "E16-RP", "2025-06-01"),
    ("six_years", "E16-LC", "2025-06-02"),
]


@pytest.mark.parametrize(("person", "rule", "day"), DATED)
def test_date_of_a_rule(people, person: str, rule: str, day: str) -> None:
    """Each rule gives its day."""
    assert D(day) == day_of(people, person, rule)


BOUNDARIES = [x for x in DATED if x[2] <= EXTRACTION and not x[1].startswith(("E16", "E10", "E12"))]


@pytest.mark.parametrize(("person", "rule", "day"), BOUNDARIES)
def test_answer_around_the_day(people, person: str, rule: str, day: str) -> None:
    """To come the day before; reached on the day and the day after."""
    asked = [D(day) + timedelta(days=x) for x in (-1, 0, 1)]
    assert ["coming", "due", "due"] == [rows(people, person, as_of=x)[rule]["answer"] for x in asked]


@pytest.mark.parametrize(
    ("person", "rule", "day"),
    [("short", "E11", "2024-09-02"), ("short", "E12", "2024-09-02"), ("year", "E11", "2024-01-10"), ("year", "E5", "2024-01-10"), ("free", "E10", "2023-03-25")],
)  # fmt: skip
def test_open_from_the_first_day(people, person: str, rule: str, day: str) -> None:
    """Where the length alone decides, the date is the first day: of the sentence in prison, of the final judgment at liberty."""
    found = rows(people, person, as_of=D(day))[rule]
    assert (D(day), "due") == (found["date_rp_connues"], found["answer"])
    before = rows(people, person, as_of=D(day) - timedelta(days=1))[rule]
    assert "not_concerned" == before["answer"]


@pytest.mark.parametrize(
    ("person", "rule", "answered"),
    [
        ("five_years", "E6", "coming"),
        ("over_five", "E6", "not_concerned"),
        ("five_years", "E8", "not_concerned"),
        ("over_five", "E8", "coming"),
        ("two_years", "E7", "coming"),
        ("over_two", "E7", "not_concerned"),
        ("short", "E12", "due"),
        ("year", "E12", "not_concerned"),
        ("free", "E10", "due"),
        ("free_long", "E10", "not_concerned"),
        ("free_long", "E13-1", "not_concerned"),
        ("free_half", "E12", "due"),
        ("free", "E12", "not_concerned"),
    ],
)
def test_length_on_each_side_of_a_threshold(people, person: str, rule: str, answered: str) -> None:
    """Two, five years, one year, six months exactly are within; a month more is not."""
    assert answered == rows(people, person)[rule]["answer"]


def test_yearly_reviews(people) -> None:
    """E16: the next anniversary, the day itself included; none for parole before the half."""
    days = ("2023-06-01", "2023-06-02", "2024-06-02", "2024-06-03")
    assert [None, D("2024-06-02"), D("2024-06-02"), D("2025-06-02")] == [
        rows(people, "six_years", as_of=D(x))["E16-LC"]["date_rp_connues"] for x in days
    ]
    asked = ("2024-05-31", "2024-06-01", "2024-06-02")
    found = [rows(people, "six_years", as_of=D(x))["E16-RP"] for x in asked]
    assert [D("2024-06-01"), D("2024-06-01"), D("2025-06-01")] == [x["date_rp_connues"] for x in found]
    assert ["coming", "due", "coming"] == [x["answer"] for x in found]
    reviews = [rows(people, "strict", as_of=D(x))["E16-SPR"] for x in ("2024-06-19", "2024-06-20", "2024-06-21")]
    assert [D("2024-06-20"), D("2024-06-20"), D("2025-06-20")] == [x["date_rp_connues"] for x in reviews]
    assert "not_concerned" == rows(people, "year")["E16-RP"]["answer"]


@pytest.mark.parametrize(("person", "day"), [("forty", "2019-01-01"), ("forty_again", "2024-01-01")])
def test_cap_of_the_minimum_term(people, person: str, day: str) -> None:
    """E1: fifteen years, twenty where a court retained recidivism in one of the convictions."""
    found = rows(people, person)["E1"]
    assert D(day) == found["date_rp_connues"]
    assert ("récidive légale retenue" in found["checked"]) == (person == "forty_again")


def test_life_has_no_date(people) -> None:
    """A life sentence is excluded from every rule about a length; E2 asks the sentence sheet."""
    found = rows(people, "life")
    assert {"excluded"} == {found[x]["answer"] for x in ("FIN", "E1", "E3", "E6", "E7", "E8", "E11", "E12")}
    assert "peine à perpétuité" == found["E1"]["excluded_by"]
    assert ("undetermined", True) == (found["E2"]["answer"], "18 ans" in found["E2"]["missing"])
    assert "not_concerned" == rows(people, "year")["E2"]["answer"]


def test_reclusion_without_a_length(people) -> None:
    """A réclusion whose length is not recorded is perhaps for life: undetermined, and it says so."""
    found = rows(people, "no_length")["E1"]
    assert ("undetermined", True) == (found["answer"], "perpétuité ?" in found["missing"])


@pytest.mark.parametrize(
    ("person", "rule", "why"),
    [
        ("couple", "E7", "faits au sein du couple (CP 132-80)"),
        ("crime", "E7", "crime"),
        ("terror", "E7", "terrorisme (CP 421-1 et suivants)"),
        ("child", "E7", "atteinte à la personne d’un mineur de quinze ans"),
        ("official", "E7", "atteinte à une personne dépositaire de l’autorité publique"),
        ("terror", "E11", "terrorisme (CP 421-1 et suivants)"),
        ("crime", "E3", "crime"),
        ("child", "E3", "délit sur un mineur"),
    ],
)
def test_exclusions(people, person: str, rule: str, why: str) -> None:
    """What the records show against a rule excludes, and is named; no date is given."""
    found = rows(people, person)[rule]
    assert ("excluded", why, None) == (found["answer"], found["excluded_by"], found["date_rp_connues"])


@pytest.mark.parametrize(("person", "rule"), [("outrage", "E7"), ("couple", "E6"), ("couple", "E1"), ("crime", "E1")])
def test_what_does_not_exclude(people, person: str, rule: str) -> None:
    """Outrage is not an offence against the person; E1 and E6 have none of the exclusions of E7."""
    assert "excluded" != rows(people, person)[rule]["answer"]


def test_what_is_not_known_is_said(people) -> None:
    """Without articles, labels or flags a check is not made: it is told among what cannot be checked."""
    told = rows(people, "two_years")["E7"]["unchecked"]
    assert "les infractions de la condamnation A5" in told
    assert "rien de tel dans les enregistrements" in rows(people, "year")["E7"]["checked"]
    assert "hébergement" in told


@pytest.mark.parametrize(
    ("person", "end"),
    [
        ("year", "2025-01-10"),
        ("pretrial", "2024-11-09"),  # sixty days before: 11 November, a holiday after a Sunday
        ("appeal_days", "2025-01-10"),
        ("linked", "2024-11-09"),
        ("loose", "2025-01-10"),
        ("then_new", "2025-07-10"),
        ("revoked", "2025-01-10"),
        ("after_first", "2025-03-10"),
        ("lapsed", "2025-01-10"),
        ("moved", "2025-01-10"),
    ],
)
def test_end_of_sentence(people, person: str, end: str) -> None:
    """Pre-trial days are deducted, sentences that follow are added, a lapsed one is not, what is revoked is served."""
    assert D(end) == day_of(people, person, "FIN")


def test_pretrial_that_nothing_links(people) -> None:
    """Pre-trial detention between the facts and the judgment that no record links is not deducted, and is told."""
    assert (
        "l’imputation de la détention provisoire du 1er juin 2023 au 1er juillet 2023"
        in rows(people, "loose")["E1"]["unchecked"]
    )
    assert "60 jours de détention provisoire déduits" in rows(people, "pretrial")["E1"]["assumption"]


@pytest.mark.parametrize(
    ("person", "missing"),
    [
        ("several", "quelles peines sont exécutées, parmi celles des 10 janvier 2019, 10 janvier 2020"),
        ("judged_in", "quelles peines sont exécutées, parmi celles des 1er juin 2019, 10 janvier 2024"),
        ("not_final", "le jour où la condamnation du 10 janvier 2024 est définitive"),
        ("no_line", "la condamnation exécutée : aucune peine ferme en cours n’est enregistrée"),
        ("part_revoked", "la durée révoquée du sursis du 10 janvier 2022"),
    ],
)
def test_more_than_one_way_is_undetermined(people, person: str, missing: str) -> None:
    """Custody has no link to a conviction: where there is more than one way to read it, nothing is dated."""
    found = rows(people, person)["E1"]
    assert ("undetermined", missing, None) == (found["answer"], found["missing"], found["date_rp_connues"])


def test_service_may_name_what_is_executed(people) -> None:
    """``executing`` settles which convictions a stay executes; one that is not there is told."""
    assert D("2025-01-10") == day_of(people, "several", "FIN", executing=("D6",))
    assert D("2025-07-10") == day_of(people, "several", "FIN", executing=("D5", "D6"))
    assert "undetermined" == rows(people, "several", executing=("A1",))["E1"]["answer"]


def test_known_reductions_are_an_argument(people) -> None:
    """No reduction is in the records; those that are given move the second date, not the first."""
    silent = rows(people, "year")["FIN"]
    assert silent["date_sans_rp"] == silent["date_rp_connues"]
    assert "aucune réduction n’est dans les enregistrements" in silent["words"]
    told = rows(people, "year", remission_days=40)["FIN"]
    assert (D("2025-01-10"), D("2024-11-30")) == (told["date_sans_rp"], told["date_rp_connues"])
    assert D("2024-07-10") == told["date_rp_max"]


def test_conditions_without_a_date(people) -> None:
    """E3, E4 and E9 say what was checked and what cannot be."""
    parent = rows(people, "year")["E3"]
    assert ("undetermined", "quatre ans au plus au total ou à subir") == (
        parent["answer"],
        parent["checked"].split(" ; ")[0],
    )
    assert "enfant de moins de dix ans" in parent["unchecked"]
    asked = [rows(people, "six_years", as_of=D(x))["E3"]["answer"] for x in ("2022-05-31", "2022-06-01")]
    assert ["not_concerned", "undetermined"] == asked
    found = rows(people, "free")["E9"]
    assert ("undetermined", True) == (found["answer"], "si la personnalité le permet" in found["checked"])
    assert "aménagement de principe" in rows(people, "free_half")["E9"]["checked"]


@pytest.mark.parametrize(
    ("person", "as_of", "answered"),
    [
        ("old", "2024-06-14", "not_concerned"),
        ("old", "2024-06-15", "undetermined"),
        ("old", "2024-06-16", "undetermined"),
        ("old_year", "2024-06-15", "undetermined"),
        ("young_year", "2024-06-15", "not_concerned"),
        ("free", "2024-06-15", "not_concerned"),
        ("year", "2024-06-15", "not_concerned"),
    ],
)
def test_over_seventy(people, person: str, as_of: str, answered: str) -> None:
    """E4: from the seventieth birthday in prison; the rest cannot be checked."""
    assert answered == rows(people, person, as_of=D(as_of))["E4"]["answer"]


def test_at_liberty(people) -> None:
    """A stay since the decision makes execution doubtful; adjusted at judgment or since, nothing is to be executed."""
    doubt = rows(people, "free_served")["E10"]
    assert ("undetermined", "la peine du 15 mars 2023 a-t-elle été exécutée ?") == (doubt["answer"], doubt["missing"])
    for person in ("free_ab", "free_tagged", "tagged_now", "year", "only_charged"):
        assert "not_concerned" == rows(people, person)["E10"]["answer"]
    assert "not_concerned" == rows(people, "only_charged")["E1"]["answer"]


def test_probation(people) -> None:
    """E14: none where the probation ends within the year; undetermined without the final day."""
    assert "not_concerned" == rows(people, "short_delay")["E14"]["answer"]
    found = rows(people, "no_final")["E14"]
    assert ("undetermined", "M7") == (found["answer"], found["record_id"])


def test_every_answer_explains_itself(people) -> None:
    """Each row has an article and its notice; an exclusion says by what, a doubt what is missing."""
    for person in ("year", "life", "several", "free", "strict", "child", "only_charged"):
        for row in rows(people, person).values():
            assert row["article"]
            assert row["words"].endswith("Date indicative, seule la fiche pénale fait foi.")
            assert bool(row["excluded_by"]) == (row["answer"] == "excluded")
            assert bool(row["missing"]) == (row["answer"] == "undetermined")
            assert (row["date_rp_connues"] is not None) == (row["answer"] in {"due", "coming"})
            assert ("À vérifier" in row["words"]) == row["to_verify"]


def test_rules_of_the_day(people) -> None:
    """A rule is shown only on the days it holds: LSC by right since 1 January 2023, one year at liberty since 24 March 2020."""
    assert "E7" not in rows(people, "five_years", as_of=D("2022-12-31"))
    assert "E7" in rows(people, "five_years", as_of=D("2023-01-01"))
    assert [24, 12] == [DeadlineBook(D(x)).rule("E10").total_months for x in ("2020-03-23", "2020-03-24")]
    with pytest.raises(RuleNotInForce, match="31/12/2022"):
        DeadlineBook(D("2022-12-31")).rule("E7")


def test_rules_carry_their_source() -> None:
    """Each row of the table has an article, words, a source, a confidence; two rows of a rule never hold on one day."""
    table = deadline_rules()
    for row in table:
        assert all((row.article, row.words, row.title, row.source))
        assert row.confidence in {"A", "B", "M"}
        others = [x for x in table if x.id == row.id and x is not row]
        assert [] == [x for x in others if x.valid_from <= row.valid_from <= (x.valid_to or date.max)]


@pytest.mark.parametrize("rule", sorted({x.id for x in deadline_rules()}))
def test_page_lists_every_rule(rule: str) -> None:
    """docs/deadlines.md says each rule, with its words."""
    page = PAGE.read_text(encoding="utf-8")
    for row in deadline_rules():
        assert row.id != rule or (f"| {rule} | {row.article} |" in page and f"| {row.words} |" in page)


@pytest.mark.parametrize("year", [1985, 1996, 2006, 2010, 2016, 2021, 2024])
def test_any_day_of_the_past_is_answered(samples, year: int) -> None:
    """The rules of a past day are those of the table that day; whoever is asked about, there is an answer or none, never an error."""
    for person in [*samples.ids()[::80], "P-0199"]:
        table = eligibility(samples.store, person_key=samples.key(person), as_of=date(year, 6, 1))
        assert {"due", "coming", "excluded", "undetermined", "not_concerned"} >= set(table["answer"])


SUMS = """
convictions
person_id  | conviction_id | decision_date | final_date
five_years | A1 | 2022-03-10 | 2022-03-10
five_years | A2 | 2022-03-10 | 2022-03-10
two_years  | A3 | 2023-03-10 | 2023-03-10
two_years  | A4 | 2023-03-10 | 2023-03-10
six_months | A5 | 2023-09-10 | 2023-09-10
six_months | A6 | 2023-09-10 | 2023-09-10
free       | A7 | 2023-03-05 | 2023-03-15
free       | A8 | 2023-03-05 | 2023-03-15
free_half  | A9 | 2023-09-05 | 2023-09-15
free_half  | B1 | 2023-09-05 | 2023-09-15
may        | B2 | 2022-05-31 | 2022-05-31

sentences
conviction_id | sentence_code | firm_days
A1 | emprisonnement | 1795
A2 | emprisonnement | 30
A3 | emprisonnement | 700
A4 | emprisonnement | 30
A5 | emprisonnement | 152
A6 | emprisonnement | 30
A7 | emprisonnement | 335
A8 | emprisonnement | 30
A9 | emprisonnement | 152
B1 | emprisonnement | 30
B2 | emprisonnement | 730

offences
person_id | conviction_id | offence_start_date | natinf_code | label | nature | intimate_partner
two_years | A3 | 2022-06-01 | 7151 | VOL | delit | false
two_years | A4 | 2022-06-01 | 7151 | VOL | delit | false

custody_periods
person_id  | start_date | end_date | regime
five_years | 2022-03-10 | | detention
two_years  | 2023-03-10 | | detention
six_months | 2023-09-10 | | detention
may        | 2022-05-31 | | detention
"""


@pytest.mark.parametrize(
    ("person", "rule", "as_of", "answered"),
    [
        ("five_years", "E6", "2024-01-01", "coming"),
        ("five_years", "E8", "2024-01-01", "not_concerned"),
        ("two_years", "E7", "2024-01-01", "coming"),
        ("two_years", "E11", "2023-03-10", "due"),
        ("six_months", "E12", "2023-09-10", "due"),
        ("free", "E10", "2024-01-01", "due"),
        ("free", "E13-1", "2024-01-01", "coming"),
        ("free_half", "E12", "2024-01-01", "due"),
    ],
)
def test_total_does_not_depend_on_the_day_it_runs_from(
    people, person: str, rule: str, as_of: str, answered: str
) -> None:
    """Eleven months and one month are a year though a February lies between: a threshold is about what was pronounced."""
    assert answered == _rows(people(SUMS, EXTRACTION), person, as_of=D(as_of))[rule]["answer"]


def test_three_months_left_at_the_end_of_a_month(people) -> None:
    """E7: an end on 31 May 2024 has three months left from 1 March; from 29 February they end on 29 May."""
    asked = [_rows(people(SUMS, EXTRACTION), "may", as_of=D(x))["E7"] for x in ("2024-02-29", "2024-03-01")]
    assert [("coming", D("2024-03-01")), ("due", D("2024-03-01"))] == [
        (x["answer"], x["date_rp_connues"]) for x in asked
    ]


HIDDEN = """
convictions
person_id     | conviction_id | decision_date | final_date | void_date | rehabilitation_date
void          | A1 | 2019-01-10 | 2019-01-10 | 2024-03-10 |
void          | A2 | 2024-01-10 | 2024-01-10 | |
rehabilitated | A3 | 2019-01-10 | 2019-01-10 | | 2024-03-10
rehabilitated | A4 | 2024-01-10 | 2024-01-10 | |
both_shown    | A5 | 2019-01-10 | 2019-01-10 | |
both_shown    | A6 | 2024-01-10 | 2024-01-10 | |

sentences
conviction_id | sentence_code | firm_days | suspended_days
A1 | sursis_probatoire | 60 | 120
A2 | emprisonnement | 365 |
A3 | emprisonnement | 180 |
A4 | emprisonnement | 365 |
A5 | emprisonnement | 180 |
A6 | emprisonnement | 365 |

custody_periods
person_id     | start_date | end_date | regime
void          | 2024-01-10 | | detention
rehabilitated | 2024-01-10 | | detention
both_shown    | 2024-01-10 | | detention
"""


@pytest.mark.parametrize(
    ("person", "as_of", "answered"),
    [
        ("void", "2024-12-31", "coming"),
        ("void", "2024-03-09", "undetermined"),
        ("rehabilitated", "2024-12-31", "coming"),
        ("rehabilitated", "2024-03-09", "coming"),
        ("both_shown", "2024-12-31", "undetermined"),
    ],
)
def test_hidden_convictions_are_not_read(people, person: str, as_of: str, answered: str) -> None:
    """A rehabilitated conviction is never read, whatever the day; a void one not from the day it is void."""
    assert answered == _rows(people(HIDDEN, EXTRACTION), person, as_of=D(as_of))["FIN"]["answer"]


def listed(people, **options) -> list[tuple[str, str]]:
    table = deadlines(people(CASES, EXTRACTION).store, **options)
    assert list(table.columns) == LISTED
    return list(zip(table["person_id"], table["rule_id"], strict=True))


def test_list_is_in_order_of_date(people) -> None:
    """The list is sorted by date, then by rule; it holds dates passed and those of the next weeks, and no more."""
    table = deadlines(people(CASES, EXTRACTION).store, as_of=D("2024-07-01"), weeks=2)
    assert list(table["date"]) == sorted(table["date"])
    assert table["date"].max() <= D("2024-07-15")
    assert [(x - D("2024-07-01")).days for x in table["date"]] == list(table["days_left"])
    assert {"due", "coming"} >= set(table["answer"])


@pytest.mark.parametrize(
    ("as_of", "weeks", "there"),
    [("2024-06-26", 2, False), ("2024-06-27", 2, True), ("2024-07-11", 0, True), ("2024-07-12", 2, False)],
)
def test_window_of_the_list(people, as_of: str, weeks: int, there: bool) -> None:
    """A date is listed from so many weeks before it to the day itself; after it, as passed."""
    assert there == (("year", "E1") in listed(people, as_of=D(as_of), weeks=weeks, rule="E1", passed=False))
    assert (there or as_of > "2024-07-11") == (("year", "E1") in listed(people, as_of=D(as_of), weeks=weeks, rule="E1"))


def test_list_of_one_rule(people) -> None:
    """``rule`` keeps one rule or its parts; people whom the records exclude, settle not, or who died are not listed."""
    assert {"E13-1", "E13-3"} == {x for _, x in listed(people, rule="E13")}
    assert {("free", "E13-1"), ("free_half", "E13-1"), ("free_old", "E13-1")} == set(listed(people, rule="E13-1"))
    found = {x for x, _ in listed(people, rule="E7", weeks=60)}
    assert {"year", "two_years", "outrage"} <= found
    assert set() == found & {"couple", "crime", "terror", "child", "official", "several", "dead", "life", "over_two"}
    assert {("probation", "E14"), ("strict", "E14")} == set(listed(people, rule="E14"))


def test_list_says_the_same_as_the_person(people) -> None:
    """Each line of the list is the row of that person and rule."""
    built = people(CASES, EXTRACTION)
    for line in deadlines(built.store, weeks=30).to_dict("records"):
        table = eligibility(built.store, person_key=line["person_key"])
        own_id = "" if pd.isna(line["record_id"]) else line["record_id"]
        own = table[(table["rule_id"] == line["rule_id"]) & (table["record_id"].fillna("") == own_id)]
        assert [line["words"]] == list(own["words"])


@pytest.mark.parametrize(
    ("options", "said"), [({"weeks": -1}, "semaines"), ({"rule": "E99"}, "Aucune règle"), ({"rule": "E2"}, "Règles")]
)
def test_list_refuses_in_french(people, options: dict, said: str) -> None:
    """A negative number of weeks, a rule that has no date: a sentence that says what to give."""
    with pytest.raises(QuestionRefused, match=said):
        deadlines(people(CASES, EXTRACTION).store, **options)


def test_unknown_person(people) -> None:
    """A key that is not there is not answered."""
    with pytest.raises(KeyError):
        eligibility(people(CASES, EXTRACTION).store, person_key=10_000)


def test_command_line_names(people, monkeypatch) -> None:
    """Both tables are questions of the command line, options as text; who may ask for the list is in ``test_deadlines_followed``."""
    monkeypatch.delenv("FRISE_ROLE", raising=False)
    built = people(CASES, EXTRACTION)
    table = answer(built.store, "echeances-personne", person_id="several", options={"executing": "D5,D6"})
    assert D("2025-07-10") == table.loc[0, "date_rp_connues"]
    asked = {"rule": "E10", "weeks": "0", "passed": "oui"}
    assert ["free", "free_half", "free_old"] == sorted(x for x, _ in listed(people, rule="E10", weeks=0))
    listed_by_name = answer(built.store, "echeances", options={**asked, "role": "cpip:CPIP-01"})
    assert (LISTED, 0) == (list(listed_by_name.columns), len(listed_by_name))


def test_no_name_is_shown(sample_store) -> None:
    """The list names people by their pseudonym only."""
    found = deadlines(sample_store, weeks=52)
    assert len(found) > 0
    assert found["person_id"].str.match(r"P-\d{4}$").all()
