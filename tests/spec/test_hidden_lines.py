"""Lines that must not be recalled: rehabilitated ones never appear, void ones only when they are asked for."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.summary import figures
from frise_analysis.analysis.words import words
from frise_analysis.vocabulary import Lane

PEOPLE = """
convictions
person_id | conviction_id | decision_date | void_date  | rehabilitation_date
P         | kept          | 2015-01-01    |            |
P         | void          | 2016-01-01    | 2021-01-01 |
P         | erased        | 2017-01-01    |            | 2022-01-01
P         | both          | 2018-01-01    | 2021-01-01 | 2022-01-01
P         | planned       | 2019-01-01    |            | 2030-01-01

offences
person_id | offence_id | conviction_id | offence_start_date
P         | o-kept     | kept          | 2014-06-01
P         | o-void     | void          | 2015-06-01
P         | o-erased   | erased        | 2016-06-01
P         | o-both     | both          | 2017-06-01
P         | o-planned  | planned       | 2018-06-01
P         | o-open     |               | 2023-06-01

sentences
sentence_id | conviction_id | sentence_code | hours
s1          | erased        | tig           | 111
s2          | void          | tig           | 222

measures
person_id | measure_id | conviction_id | start_date | end_date
P         | m-kept     | kept          | 2015-02-01 | 2016-02-01
P         | m-void     | void          | 2016-02-01 | 2017-02-01
P         | m-erased   | erased        | 2017-02-01 | 2018-02-01
P         | m-free     |               | 2020-02-01 | 2020-03-01

obligations
measure_id | obligation_code
m-erased   | injonction_soins

breaches
person_id | breach_id | measure_id | breach_date
P         | b-void    | m-void     | 2016-03-01
P         | b-erased  | m-erased   | 2017-03-01
P         | b-free    |            | 2020-03-01
"""
ERASED = {"erased", "both", "o-erased", "o-both", "m-erased", "b-erased"}
VOID = {"void", "o-void"}
SHOWN = {"kept", "o-kept", "planned", "o-planned", "o-open", "m-kept", "m-void", "m-free", "b-void", "b-free"}


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


@pytest.mark.parametrize(("with_void", "expected"), [(False, SHOWN), (True, SHOWN | VOID)])
def test_what_is_shown(path, with_void: bool, expected: set[str]) -> None:
    """A measure of a void conviction stays: the follow-up took place. All that hangs on a rehabilitated one goes."""
    assert expected == {r.record_id for r in path("P", with_void=with_void).records}


@pytest.mark.parametrize("as_of", [date(2018, 6, 1), date(2021, 12, 31), date(2024, 1, 31), date(2026, 1, 1)])
@pytest.mark.parametrize("with_void", [False, True])
def test_erased_for_any_day(path, as_of: date, with_void: bool) -> None:
    """What is rehabilitated at the extraction is not recalled by asking for an earlier day."""
    assert set() == ERASED & {r.record_id for r in path("P", as_of=as_of, with_void=with_void).all_records}


def test_rehabilitation_to_come_hides_nothing(path) -> None:
    """A conviction whose rehabilitation is still to come is there, until that day."""
    found = [{r.record_id for r in path("P", as_of=day).records} for day in (date(2029, 12, 31), date(2030, 1, 1))]
    assert [True, False] == ["planned" in ids for ids in found]


def test_void_from_its_day_on(path) -> None:
    """A conviction is void from its date on; the number of void ones is told whether they are shown or not."""
    days = [date(2020, 12, 31), date(2021, 1, 1)]
    assert [0, 1] == [path("P", as_of=day).void_convictions for day in days]
    assert 1 == path("P", with_void=True).void_convictions


@pytest.mark.parametrize(("with_void", "expected"), [(False, (3, 2)), (True, (4, 3))])
def test_counts_leave_void_lines_out(path, with_void: bool, expected: tuple[int, int]) -> None:
    """Void convictions and their facts are counted only when they are shown."""
    found = path("P", with_void=with_void)
    assert expected == (len(found.lane(Lane.FACTS)), len(found.lane(Lane.CONVICTIONS)))
    assert f"{expected[0]} infractions" == figures(found)[0].headline


def test_words_do_not_tell_what_is_hidden(path) -> None:
    """Neither the sentence nor the obligations of a rehabilitated conviction are written anywhere."""
    shown = path("P", with_void=True)
    told = " ".join(words(r, shown) for r in shown.records)
    assert (True, False, False) == ("222 heures" in told, "111 heures" in told, "injonction de soins" in told)


def test_void_lines_say_so(path) -> None:
    """When they are shown, a void conviction and its facts say that they are."""
    shown = path("P", with_void=True)
    assert VOID == {r.record_id for r in shown.records if "non avenue" in words(r, shown)}


def test_sql_view_leaves_the_same_out(people) -> None:
    """The view of dates of facts leaves rehabilitated ones out and marks those of void convictions only."""
    store = people(PEOPLE).store
    found = store._connection.execute("select year(fact_date), only_void from fact_dates order by 1").fetchall()
    assert [(2014, False), (2015, True), (2018, False), (2023, False)] == found


LATER = """
convictions
person_id | conviction_id | decision_date | final_date
P         | C             | 2022-03-01    | 2022-03-11

offences
person_id | conviction_id | offence_start_date | offence_end_date | date_precision
P         | C             | 2020-01-01         | 2020-12-31       | period

custody_periods
person_id | start_date | end_date
P         | 2021-01-01 | 2021-06-01

measures
person_id | start_date | end_date   | outcome
P         | 2021-07-01 | 2022-01-01 | accomplie
"""


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2019, 12, 31), []),
        (date(2020, 6, 1), [("facts", date(2020, 6, 1), None, None)]),
        (date(2021, 2, 1), [("facts", date(2020, 12, 31), None, None), ("custody", None, None, None)]),
        (
            date(2021, 8, 1),
            [
                ("facts", date(2020, 12, 31), None, None),
                ("custody", date(2021, 6, 1), None, None),
                ("measures", None, None, None),
            ],
        ),
        (
            date(2022, 3, 2),
            [
                ("facts", date(2020, 12, 31), "C", None),
                ("custody", date(2021, 6, 1), None, None),
                ("measures", date(2022, 1, 1), None, "accomplie"),
                ("convictions", None, None, None),
            ],
        ),
    ],
)
def test_an_earlier_day_knows_nothing_of_later_ones(people, as_of: date, expected: list[tuple]) -> None:
    """Asked for an earlier day, the path is as it stood: later records, judgments, releases and outcomes are not there."""
    records = people(LATER).path("P", as_of=as_of).all_records
    assert expected == [(r.lane, r.end_date, r.parent_id, r.outcome) for r in records]
    assert all(r.second_date is None or r.second_date <= as_of for r in records)
