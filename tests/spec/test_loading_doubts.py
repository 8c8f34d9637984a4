"""What the load noticed of the rows it kept: told under the line it belongs to, once, and never of a hidden line."""

from __future__ import annotations

from frise_analysis.analysis.data_quality import data_quality
from frise_analysis.analysis.data_quality.answers import RULES, doubts
from frise_analysis.analysis.data_quality.loading import SAID_OF_SOME, TITLES
from frise_analysis.records.contract import TABLES
from frise_analysis.records.rules import checks_of
from frise_analysis.vocabulary import Severity

ERASED = """
persons
person_id | birth_date
p         | 1980-01-01
q         | 1980-01-01

convictions
person_id | conviction_id | decision_date | final_date | rehabilitation_date | legal_recidivism_retained | judgment_mode
p         | gone          | 2010-01-01    |            | 2020-01-01          |                           | mode-x
p         | kept          | 2015-01-01    | 2015-01-11 |                     | oui                       |
q         | only          | 2015-01-01    |            |                     |                           | mode-x

offences
person_id | offence_id | conviction_id | offence_start_date | max_sentence_years | nature | natinf_code
p         | o-gone     | gone          | 2009-01-01         |                    | delit  | A-1
p         | o-kept     | kept          | 2014-01-01         | 3                  | delit  |
q         | o-only     | only          | 2014-01-01         | 3                  | delit  | A-1

sentences
sentence_id | conviction_id | sentence_code
s-gone      | gone          | peine-x
s-only      | only          | peine-x

measures
person_id | measure_id | conviction_id | start_date | end_date   | outcome
p         | m-gone     | gone          | 2010-02-01 | 2011-02-01 |
q         | m-only     | only          | 2015-02-01 | 2016-02-01 |

obligations
measure_id | obligation_code | start_date
m-gone     | obligation-x    | 2009-01-01
m-only     | obligation-x    |

breaches
person_id | breach_id | measure_id | breach_date | consequence
p         | b-gone    | m-gone     | 2012-01-01  | suite-x
q         | b-only    | m-only     | 2015-05-01  | suite-x
"""


def test_rehabilitated_lines_are_never_told(people) -> None:
    """Neither a rule nor a warning of the load tells of a rehabilitated line; it still is a first term, silently."""
    made = people(ERASED)
    assert [] == [x.code for x in doubts(made.store, made.path("p", with_void=True))]


def test_warnings_of_the_load_are_told(people) -> None:
    """What the load noticed is told under the line it belongs to: its sentence, its column in French, its remedy."""
    made = people(ERASED)
    table = data_quality(made.store, person_key=made.key("q"))
    expected = [
        ("final_date_missing-only", "convictions:only"),
        ("measure_without_outcome-m-only", "measures:m-only"),
        ("natinf_shape-offences/natinf_code/o-only", "facts:o-only"),
        ("unknown_code-breaches/consequence/b-only", "breaches:b-only"),
        ("unknown_code-convictions/judgment_mode/only", "convictions:only"),
        ("unknown_code-obligations/obligation_code/1", ""),
        ("unknown_code-sentences/sentence_code/s-only", "convictions:only"),
    ]
    assert expected == list(zip(table["record_id"], table["about"], strict=True))
    told = (
        "Condamnation du 1er janvier 2015. La colonne « mode de jugement » contient un code inconnu ; il est gardé tel quel. "
        "Utilisez un code de docs/data-format.md, ou traduisez le vôtre dans une correspondance (mapping)."
    )
    assert told == table["words"].iloc[4]


WARNED = """
persons
person_id | birth_date | birth_year | sex
p         | 1980-01-01 | 1981       | autre

custody_periods
person_id | custody_id | regime       | start_date | end_date
p         | d1         | detention    | 2016-01-01 | 2016-06-01
p         | d2         | detention    | 2016-03-01 | 2016-04-01
p         | d3         | semi_liberte | 2016-05-01 | 2016-07-01

convictions
person_id | conviction_id | decision_date | final_date | sentence_expired_date
p         | c             | 1985-01-01    | 1985-01-11 | 2030-01-01

offences
person_id | offence_id | conviction_id | offence_start_date | offence_end_date | date_precision | max_sentence_years | nature
p         | o          | c             | 1984-01-01         | 1984-02-01       | day            | 150                | delit
"""


def test_a_warning_said_by_a_rule_is_not_told_twice(people) -> None:
    """Custody of the same regime that overlaps is told by the load's warning, of another regime by its rule alone."""
    made = people(WARNED)
    table = data_quality(made.store, person_key=made.key("p"))
    expected = {
        ("facts_in_childhood", "facts:o"),
        ("custody_regimes_overlap", "custody:d1 custody:d3"),
        ("custody_overlap", "custody:d2"),
        ("birth_year_differs", ""),
        ("unknown_code", ""),
        ("judgment_in_childhood", "convictions:c"),
        ("term_in_future", "convictions:c"),
        ("precision_inconsistent", "facts:o"),
        ("implausible_amount", "facts:o"),
    }
    assert expected == set(zip(table["code"], table["about"], strict=True))


def test_every_warning_of_the_load_has_a_place() -> None:
    """A warning about a row is told here, or is one that a rule of this package says."""
    warnings = {c.rule.id for t in TABLES for c in checks_of(t) if c.rule.severity == Severity.WARNING}
    said = {"facts_in_childhood", "facts_end_after_judgment", "final_before_decision", "death_before_facts", "breach_outside_measure"}  # fmt: skip
    assert warnings == TITLES.keys() | said
    assert SAID_OF_SOME.keys() <= TITLES.keys()


def test_no_rule_bears_the_name_of_a_warning_told_here() -> None:
    """A code is of one rule, so that identifiers stay unique."""
    assert set() == {rule.id for rule in RULES} & TITLES.keys()
