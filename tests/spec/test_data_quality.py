"""What a record says twice differently, or does not say: one row per doubt, with the records concerned."""

from __future__ import annotations

import re
from datetime import date, timedelta
from statistics import median

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.clocks import clocks_of, decimal_year, position
from frise_analysis.analysis.data_quality import data_quality, quality_marks
from frise_analysis.analysis.data_quality.answers import COLUMNS, MARK_COLUMNS, RULES, doubts
from frise_analysis.analysis.data_quality.custody import custody_regimes_overlap
from frise_analysis.analysis.data_quality.doubts import Reading
from frise_analysis.analysis.data_quality.facts import facts_in_custody
from frise_analysis.analysis.person_path import Person, PersonPath, Record
from frise_analysis.vocabulary import REGIMES_WITHOUT_STREET_TIME, Clock, CustodyRegime

PEOPLE = """
persons
person_id    | birth_date | birth_year | death_date
clean        | 1980-01-01 |            |
born-after   | 2016-01-01 |            |
child        | 2005-06-01 |            |
child-year   |            | 2005       |
dead         | 1980-01-01 |            | 2020-01-01
late-end     | 1980-01-01 |            |
held         | 1980-01-01 |            |
arrested     | 1980-01-01 |            |
open         | 1980-01-01 |            |
vague        | 1980-01-01 |            |
nowhere      | 1980-01-01 |            |
unknown-max  | 1980-01-01 |            |
early-final  | 1980-01-01 |            |
first-term   | 1980-01-01 |            |
second-term  | 1980-01-01 |            |
void-date    | 1980-01-01 |            |
empty        | 1980-01-01 |            |
not-final    | 1980-01-01 |            |
firm         | 1980-01-01 |            |
firm-done    | 1980-01-01 |            |
firm-adapted | 1980-01-01 |            |
firm-before  | 1980-01-01 |            |
unborn       |            |            |
two-regimes  | 1980-01-01 |            |
unreleased   | 1980-01-01 |            |
unreleased-2 | 1980-01-01 |            |
early        | 1980-01-01 |            |
outside      | 1980-01-01 |            |
revoked      | 1980-01-01 |            |
unrevoked    | 1980-01-01 |            |
obliged      | 1980-01-01 |            |
overdue      | 1980-01-01 |            |
unended      | 1980-01-01 |            |

convictions
person_id    | conviction_id | decision_date | final_date | record_entry_type | legal_recidivism_retained | void_date
clean        | c-clean       | 2015-06-01    | 2015-06-11 |                   |                           |
clean        | c-recent      | 2023-12-01    |            |                   |                           |
late-end     | c-late        | 2015-06-01    | 2015-06-11 |                   |                           |
early-final  | c-early       | 2015-06-01    | 2015-05-31 |                   |                           |
first-term   | c-first       | 2015-06-01    | 2015-06-11 |                   | oui                       |
second-term  | c-second-1    | 2012-06-01    | 2012-06-11 |                   |                           |
second-term  | c-second-2    | 2015-06-01    | 2015-06-11 |                   | oui                       |
void-date    | c-void        | 2015-06-01    | 2015-06-11 |                   |                           | 2019-01-01
empty        | c-empty       | 2015-06-01    | 2015-06-11 |                   |                           |
empty        | c-other       | 2015-06-01    | 2015-06-11 | autre             |                           |
not-final    | c-not-final   | 2015-06-01    |            |                   |                           |
firm         | c-firm        | 2015-06-01    | 2015-06-11 |                   |                           |
firm-done    | c-firm-done   | 2015-06-01    | 2015-06-11 |                   |                           |
firm-adapted | c-firm-adapt  | 2015-06-01    | 2015-06-11 |                   |                           |
firm-before  | c-firm-before | 2015-06-01    | 2015-06-11 |                   |                           |
early        | c-measure     | 2015-06-01    | 2015-06-11 |                   |                           |

offences
person_id    | offence_id | conviction_id | offence_start_date | offence_end_date | date_precision | label | nature        | max_sentence_years
clean        | o-clean    | c-clean       | 2015-01-01         |                  |                | VOL   | delit         | 3
clean        | o-recent   | c-recent      | 2023-06-01         |                  |                | VOL   | delit         | 3
clean        | o-minor    |               | 2023-06-01         |                  |                | VOL   | contravention |
born-after   | o-born     |               | 2023-06-01         |                  |                | VOL   | delit         | 3
born-after   | o-before   |               | 2015-06-01         |                  | year           | VOL   | delit         | 3
child        | o-child    |               | 2015-05-31         |                  |                | VOL   | delit         | 3
child        | o-grown    |               | 2015-06-01         |                  | month          | VOL   | delit         | 3
child-year   | o-child-y  |               | 2014-12-31         |                  |                | VOL   | delit         | 3
dead         | o-alive    |               | 2020-01-01         |                  |                | VOL   | delit         | 3
dead         | o-dead     |               | 2020-01-02         |                  |                | VOL   | delit         | 3
late-end     | o-late     | c-late        | 2015-01-01         | 2015-07-01       |                | VOL   | delit         | 3
held         | o-held     |               | 2023-04-02         |                  |                | VOL   | delit         | 3
held         | o-held-m   |               | 2023-05-01         |                  | month          | VOL   | delit         | 3
arrested     | o-arrest   |               | 2023-04-01         |                  |                | VOL   | delit         | 3
arrested     | o-release  |               | 2023-06-15         |                  |                | VOL   | delit         | 3
arrested     | o-month    |               | 2023-06-01         |                  | month          | VOL   | delit         | 3
arrested     | o-outside  |               | 2023-08-02         |                  |                | VOL   | delit         | 3
open         | o-open     |               | 2023-01-30         |                  |                | VOL   | delit         | 3
open         | o-zone     |               | 2023-01-31         |                  |                | VOL   | delit         | 3
vague        | o-month-v  |               | 2023-06-01         |                  | month          | VOL   | delit         | 3
vague        | o-year-v   |               | 2023-01-01         |                  | year           | VOL   | delit         | 3
vague        | o-vague    |               | 2023-06-01         |                  | unknown        | VOL   | delit         | 3
nowhere      | o-nowhere  |               | 2023-06-01         |                  |                | XYZ   | delit         | 3
unknown-max  | o-max-1    |               | 2023-06-01         |                  |                | VOL   | delit         |
unknown-max  | o-max-2    |               | 2023-07-01         |                  |                | VOL   |               |
unknown-max  | o-max-3    |               | 2023-08-01         |                  |                | VOL   | delit         | 3
early-final  | o-early    | c-early       | 2015-01-01         |                  |                | VOL   | delit         | 3
first-term   | o-first    | c-first       | 2015-01-01         |                  |                | VOL   | delit         | 3
second-term  | o-second-1 | c-second-1    | 2012-01-01         |                  |                | VOL   | delit         | 3
second-term  | o-second-2 | c-second-2    | 2015-01-01         |                  |                | VOL   | delit         | 3
void-date    | o-void     | c-void        | 2015-01-01         |                  |                | VOL   | delit         | 3
not-final    | o-final    | c-not-final   | 2015-01-01         |                  |                | VOL   | delit         | 3
firm         | o-firm     | c-firm        | 2015-01-01         |                  |                | VOL   | delit         | 3
firm-done    | o-done     | c-firm-done   | 2015-01-01         |                  |                | VOL   | delit         | 3
firm-adapted | o-adapt    | c-firm-adapt  | 2015-01-01         |                  |                | VOL   | delit         | 3
firm-before  | o-before-f | c-firm-before | 2015-01-01         |                  |                | VOL   | delit         | 3
unborn       | o-unborn   |               | 2023-06-01         |                  |                | VOL   | delit         | 3
early        | o-measure  | c-measure     | 2015-01-01         |                  |                | VOL   | delit         | 3

sentences
conviction_id | sentence_code  | firm_days | suspended_days
c-void        | sursis_simple  |           | 90
c-firm        | emprisonnement | 90        |
c-firm-done   | emprisonnement | 90        |
c-firm-adapt  | emprisonnement | 90        |
c-firm-before | emprisonnement | 90        |
c-recent      | emprisonnement | 90        |

custody_periods
person_id    | custody_id | regime               | start_date | end_date
clean        | d-clean    | detention            | 2016-01-01 | 2016-02-01
clean        | d-next     | semi_liberte         | 2016-02-01 | 2016-03-01
held         | d-held     | detention            | 2023-04-01 | 2023-06-15
arrested     | d-arrested | detention            | 2023-04-01 | 2023-06-15
arrested     | d-tagged   | ddse                 | 2023-08-01 | 2023-08-31
firm-done    | d-done     | ddse                 | 2022-01-01 | 2022-02-01
firm-before  | d-before   | detention_provisoire | 2015-02-01 | 2015-05-02
firm         | d-too-few  | detention_provisoire | 2015-02-01 | 2015-05-01
two-regimes  | d-first    | detention            | 2016-01-01 | 2016-06-01
two-regimes  | d-second   | semi_liberte         | 2016-05-31 | 2016-08-01
unreleased   | d-endless  | detention            | 2016-01-01 |
unreleased   | d-later    | detention            | 2018-01-01 | 2018-02-01
unreleased-2 | d-endless2 | detention            | 2016-01-01 |

measures
person_id    | measure_id | conviction_id | measure_code | phase | setting | start_date | planned_end_date | end_date   | outcome
clean        | m-clean    | c-clean       | SP           | post  | open    | 2015-06-01 | 2017-06-01       | 2017-06-01 | accomplie
clean        | m-running  |               | SP           | post  | open    | 2023-06-01 | 2024-01-31       |            |
clean        | m-enquiry  |               | ESR          | pre   | open    | 2015-02-01 |                  | 2015-03-01 |
firm-adapted | m-adapted  | c-firm-adapt  | DDSE-A       | post  | open    | 2015-09-01 |                  | 2015-12-01 | accomplie
unreleased-2 | m-free     |               | SP           | post  | open    | 2016-06-01 | 2018-06-01       | 2018-06-01 | accomplie
unreleased-2 | m-closed   |               | DP           | pre   | closed  | 2016-02-01 |                  | 2016-03-01 | accomplie
early        | m-early    | c-measure     | SP           | post  | open    | 2015-05-31 |                  | 2017-05-31 | accomplie
early        | m-pre      | c-measure     | CJ           | pre   | open    | 2015-02-01 |                  | 2015-06-01 | accomplie
outside      | m-outside  |               | SP           | post  | open    | 2015-06-01 |                  | 2017-06-01 | accomplie
revoked      | m-revoked  |               | SP           | post  | open    | 2015-06-01 |                  | 2017-06-01 | revoquee
revoked      | m-partly   |               | SP           | post  | open    | 2015-06-01 |                  | 2017-06-01 | revoquee
unrevoked    | m-kept     |               | SP           | post  | open    | 2015-06-01 |                  | 2017-06-01 | accomplie
obliged      | m-obliged  |               | SP           | post  | open    | 2015-06-01 |                  | 2017-06-01 | accomplie
overdue      | m-overdue  |               | SP           | post  | open    | 2021-06-01 | 2024-01-30       |            |
unended      | m-unended  |               | SP           | post  | open    | 2015-06-01 |                  | 2017-06-01 |

obligations
measure_id | obligation_code | start_date | end_date
m-clean    | soins           |            |
m-obliged  | soins           | 2015-05-31 | 2017-06-01
m-obliged  | travail_formation | 2015-06-01 | 2017-06-02
m-obliged  | interdiction_contact | 2015-06-01 | 2017-06-01

breaches
person_id | breach_id   | measure_id | breach_date | consequence
outside   | b-before    | m-outside  | 2015-05-31  | rappel
outside   | b-first-day | m-outside  | 2015-06-01  | rappel
outside   | b-last-day  | m-outside  | 2017-06-01  | rappel
outside   | b-after     | m-outside  | 2017-06-02  | rappel
outside   | b-free      |            | 2020-06-02  | revocation_totale
revoked   | b-total     | m-revoked  | 2017-05-01  | revocation_totale
revoked   | b-part      | m-partly   | 2017-05-01  | revocation_partielle
unrevoked | b-unrevoked | m-kept     | 2017-05-01  | revocation_totale
"""

#: person, then rule and records of each doubt, in order.
EXPECTED = {
    "clean": [],
    "born-after": [
        ("facts_before_birth", "facts:o-before"),
        ("facts_in_childhood", "facts:o-born"),
        ("offence_not_judged", "facts:o-before"),
        ("facts_approximate", "facts:o-before"),
    ],
    "child": [
        ("facts_in_childhood", "facts:o-child"),
        ("offence_not_judged", "facts:o-child"),
        ("offence_not_judged", "facts:o-grown"),
        ("facts_approximate", "facts:o-grown"),
    ],
    "child-year": [
        ("facts_in_childhood", "facts:o-child-y"),
        ("offence_not_judged", "facts:o-child-y"),
        ("birth_date_missing", ""),
    ],
    "dead": [("facts_after_death", "facts:o-dead")],
    "late-end": [("facts_end_after_judgment", "facts:o-late convictions:c-late")],
    "held": [
        ("facts_in_custody", "facts:o-held custody:d-held"),
        ("facts_in_custody", "facts:o-held-m custody:d-held"),
        ("facts_approximate", "facts:o-held-m"),
    ],
    "arrested": [("facts_approximate", "facts:o-month")],
    "open": [("offence_not_judged", "facts:o-open")],
    "vague": [
        ("facts_approximate", "facts:o-year-v"),
        ("facts_approximate", "facts:o-month-v"),
        ("facts_approximate", "facts:o-vague"),
    ],
    "nowhere": [("offence_unclassified", "facts:o-nowhere")],
    "unknown-max": [("max_sentence_unknown", "facts:o-max-1 facts:o-max-2")],
    "early-final": [("final_before_decision", "convictions:c-early")],
    "first-term": [("recidivism_without_conviction", "convictions:c-first")],
    "second-term": [],
    "void-date": [("void_date_differs", "convictions:c-void")],
    "empty": [("conviction_without_offence", "convictions:c-empty")],
    "not-final": [("final_date_missing", "convictions:c-not-final")],
    "firm": [("firm_sentence_without_custody", "convictions:c-firm")],
    "firm-done": [],
    "firm-adapted": [],
    "firm-before": [],
    "unborn": [("birth_date_missing", "")],
    "two-regimes": [("custody_regimes_overlap", "custody:d-first custody:d-second")],
    "unreleased": [("custody_without_end", "custody:d-endless custody:d-later")],
    "unreleased-2": [("custody_without_end", "custody:d-endless2 measures:m-free")],
    "early": [("measure_before_conviction", "measures:m-early convictions:c-measure")],
    "outside": [
        ("breach_outside_measure", "breaches:b-before measures:m-outside"),
        ("breach_outside_measure", "breaches:b-after measures:m-outside"),
    ],
    "revoked": [("revocation_without_breach", "measures:m-partly")],
    "unrevoked": [("revocation_not_in_measure", "breaches:b-unrevoked measures:m-kept")],
    "obliged": [("obligation_outside_measure", "measures:m-obliged")] * 2,
    "overdue": [("measure_past_end", "measures:m-overdue")],
    "unended": [("measure_without_outcome", "measures:m-unended")],
}
ENGLISH = re.compile(
    r"\b(?:the|of|and|date of|missing|gap|unknown|null|None|nan|NaT|day|year|measure|breach)\b|[a-z]+_[a-z_]+"
)


@pytest.fixture(scope="module")
def found(people):
    def ask(person: str, **options) -> pd.DataFrame:
        made = people(PEOPLE)
        return data_quality(made.store, person_key=made.key(person), **{"with_void": True, **options})

    return ask


@pytest.mark.parametrize("person", EXPECTED)
def test_doubts_of_each_person(found, person: str) -> None:
    """Each rule finds what it is about, contradictions before gaps, and nothing at the limits."""
    table = found(person)
    assert EXPECTED[person] == list(zip(table["code"], table["about"], strict=True))


def test_every_rule_has_its_case() -> None:
    """No rule is written that a loadable bundle cannot make speak."""
    assert {rule.id for rule in RULES} == {code for rows in EXPECTED.values() for code, _ in rows}


@pytest.mark.parametrize("person", EXPECTED)
def test_words_are_whole_french_sentences(found, person: str) -> None:
    """What is wrong, where, and what would settle it: sentences, in French, accusing nobody."""
    for row in found(person).to_dict("records"):
        assert row["words"].endswith(row["settled_by"])
        assert row["settled_by"].endswith(".")
        assert [] == ENGLISH.findall(row["words"] + row["title"])
        assert 3 <= len(row["title"].split()) <= 5
        assert [] == re.findall(r"erreur|faute|menti|délinquant|risque|oubli", row["words"].lower())


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("held", ("« Vol », le 2 avril 2023 : la personne est alors en détention d’après l’écrou (Détention du 1er avril 2023 au 15 juin 2023). "
         "C’est possible, mais les deux dates sont à rapprocher. Le jugement et la fiche pénale le diraient.")),
        ("void-date", ("Condamnation du 1er juin 2015 : le casier la dit non avenue le 1er janvier 2019 ; le calcul donne le 11 juin 2020. "
         "Le greffe ou le service du casier judiciaire le dirait.")),
        ("firm", ("Condamnation du 1er juin 2015 : 3 mois d’emprisonnement ferme, et aucune détention ni aucun aménagement enregistrés ensuite. "
         "La peine a pu être exécutée ailleurs, confondue ou convertie. La fiche pénale ou le service de l’exécution des peines le dirait.")),
        ("unreleased-2", ("Détention depuis le 1er janvier 2016, sans date de fin, alors que commence ensuite : sursis probatoire du 1er juin 2016 "
         "au 1er juin 2018. Une sortie a pu ne pas être enregistrée. La fiche pénale ou le greffe de l’établissement le dirait.")),
        ("obliged", ("Obligation « Soins » : le 31 mai 2015 est en dehors de la mesure (Sursis probatoire du 1er juin 2015 au 1er juin 2017). "
         "L’agent qui tient la mesure le dirait.")),
        ("unknown-max", "La peine encourue n’est pas connue pour 2 infractions sur 3, hors contraventions. Le code NATINF ou l’article du jugement la donnerait."),
        ("unrevoked", ("Manquement le 1er mai 2017 : la suite est une révocation totale de la mesure « Sursis probatoire », mais son issue est « accomplie ». "
         "La décision du juge de l’application des peines le dirait.")),
    ],
)  # fmt: skip
def test_words(found, person: str, words: str) -> None:
    """The sentences of a few doubts, read as they are shown."""
    assert words == found(person)["words"].iloc[0]


@pytest.mark.parametrize(
    ("person", "days"),
    [
        ("vague", (date(2023, 1, 1), date(2023, 12, 31))),
        ("two-regimes", (date(2016, 5, 31), date(2016, 6, 1))),
        ("unreleased", (date(2018, 1, 1), date(2018, 1, 1))),
        ("overdue", (date(2024, 1, 30), date(2024, 1, 31))),
        ("early", (date(2015, 5, 31), date(2015, 6, 1))),
        ("unknown-max", (None, None)),
    ],
)
def test_a_doubt_lies_on_its_days(found, person: str, days: tuple[date | None, date | None]) -> None:
    """The days of a doubt: those on which two records disagree, all those a date may stand for, none where it is of the whole."""
    row = found(person).iloc[0]
    assert days == (row["start_date"], row["end_date"])


def test_marks_stand_between_the_first_record_and_the_end(people) -> None:
    """Marks are cut at the ends of the frise; a doubt without a day, or before the first record, is told and not drawn."""
    made = people(PEOPLE)
    told = {p: quality_marks(made.store, made.path(p)) for p in ("vague", "unknown-max", "obliged", "overdue")}
    years = told["vague"].iloc[0]
    assert (decimal_year(date(2023, 1, 1)), decimal_year(date(2023, 12, 31))) == (years["x"], years["x_end"])
    assert [0, 1, 1] == [len(told[p]) for p in ("unknown-max", "obliged", "overdue")]
    assert MARK_COLUMNS == list(told["unknown-max"].columns)
    assert "m-obliged/travail_formation/2015-06-01/2017-06-02" in told["obliged"]["record_id"].iloc[0]


def test_marks_are_cut_at_the_extraction(people) -> None:
    """A date known to the year may stand for days that are not over yet: the mark stops where the frise does."""
    made = people(
        "offences\nperson_id | offence_start_date | date_precision\np | 2024-01-01 | year", extraction="2024-01-31"
    )
    marks = quality_marks(made.store, made.path("p"))
    assert decimal_year(date(2024, 1, 31)) == marks["x_end"].iloc[0]


CASIER_ONLY = """
persons
person_id | birth_date
p         | 1980-01-01

convictions
person_id | conviction_id | decision_date | final_date
p         | c             | 2015-06-01    | 2015-06-11

offences
person_id | conviction_id | offence_start_date | max_sentence_years
p         | c             | 2015-01-01         | 3

sentences
conviction_id | sentence_code  | firm_days
c             | emprisonnement | 90
"""


def test_a_base_without_custody_misses_none(people) -> None:
    """Where the service has only criminal records, no firm sentence is said to lack its custody."""
    made = people(CASIER_ONLY)
    assert () == doubts(made.store, made.path("p"))


def test_void_convictions_are_told_only_when_shown(found) -> None:
    """Nothing is said of a void conviction, nor of its facts, unless it is asked for."""
    assert [] == list(found("void-date", with_void=False)["code"])


def test_an_earlier_day_doubts_what_it_knew(found) -> None:
    """Asked for an earlier day: no breach to come, no release to come, a conviction too recent to be final."""
    assert ["breach_outside_measure"] == list(found("outside", as_of=date(2016, 1, 1))["code"])
    assert [] == list(found("not-final", as_of=date(2015, 8, 1))["code"])


def test_doubts_of_sample_people(sample_store, some_paths) -> None:
    """Whoever it is: unique identifiers, records that are on the frise, days in order, French sentences."""
    for path in some_paths:
        found = doubts(sample_store, path)
        marks = {f"{r.lane}:{r.record_id}" for r in path.records}
        assert len(found) == len({x.record_id for x in found})
        assert [] == [key for x in found for key in x.keys if key not in marks]
        assert [] == [x for x in found if list(x.days) != sorted(x.days)]
        assert [] == [x.words for x in found if not x.words.endswith(".") or ENGLISH.search(x.words)]


@pytest.mark.parametrize("clock", Clock)
def test_marks_of_sample_people(sample_store, some_paths, clock: Clock) -> None:
    """On every clock, a mark is a doubt that has a day, on the frise, its end after its start."""
    for path in some_paths:
        if clock in clocks_of(path):
            marks = quality_marks(sample_store, path, clock=clock)
            place, first = position(path, clock), min((r.start_date for r in path.records), default=path.end)
            assert {x.record_id for x in doubts(sample_store, path) if x.days} == set(marks["record_id"])
            assert bool((marks["x"] <= marks["x_end"]).all())
            assert all(place(first) <= x <= place(path.end) for x in [*marks["x"], *marks["x_end"]])


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))
SPANS = st.tuples(DAYS, DAYS, st.sampled_from(list(CustodyRegime))).filter(lambda x: x[0] <= x[1])


def _path(*records: Record) -> Reading:
    return Reading(PersonPath(Person(1, "p"), date(2024, 1, 31), tuple(sorted(records, key=lambda r: r.start_date))))


@given(spans=st.lists(SPANS, max_size=4), day=DAYS)
def test_facts_in_custody_day_by_day(spans: list[tuple[date, date, CustodyRegime]], day: date) -> None:
    """Facts are doubted where their day is one of custody that is neither its first nor its last, in a closed regime."""
    custody = [Record("custody", f"d{i}", *x[:2], code=x[2]) for i, x in enumerate(spans)]
    inside = any(
        day in {start + timedelta(days=n) for n in range(1, (end - start).days)}
        for start, end, regime in spans
        if regime in REGIMES_WITHOUT_STREET_TIME
    )
    assert inside == bool(list(facts_in_custody(_path(*custody, Record("facts", "o", day)))))


@given(spans=st.lists(SPANS, max_size=4))
def test_custody_regimes_overlap_day_by_day(spans: list[tuple[date, date, CustodyRegime]]) -> None:
    """Two regimes are doubted where a period's first day is of an earlier one of another regime, the day of release aside."""
    spans = sorted(spans, key=lambda x: x[0])
    custody = [Record("custody", f"d{i}", *x[:2], code=x[2]) for i, x in enumerate(spans)]
    expected = [
        f"d{i}"
        for i, (start, _, regime) in enumerate(spans)
        if any(regime != other and start < end for _, end, other in spans[:i])
    ]
    assert expected == [x.record_id for x in custody_regimes_overlap(_path(*custody))]


def test_useful_and_not_noise(sample_store, some_paths) -> None:
    """On the sample people, whose records are clean, there is little to tell: half of them have fewer than six doubts."""
    assert median(len(doubts(sample_store, path)) for path in some_paths) < 6


def test_columns(found) -> None:
    """The columns are the same whatever is found."""
    assert [COLUMNS] * 2 == [list(found(person).columns) for person in ("clean", "child")]
