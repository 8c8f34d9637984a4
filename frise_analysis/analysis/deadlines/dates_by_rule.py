"""How many people have a date near, by rule, and how many were in the conditions of the ordinance of 2020: numbers that may be published.

A rule is a table of its own: of the people whom it may concern, those whose date falls within the weeks, and the others. Rules share people
and no total of them is shown: nothing can be subtracted from one rule to the next. The weeks that may be asked are few and each is within the next:
a number is hidden where it would differ by a few people from that of a longer time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import product

import pandas as pd

from frise_analysis.analysis.deadlines.answers import DeadlineAnswer
from frise_analysis.analysis.deadlines.ordinance import OrdinanceAnswer, ordinance_2020
from frise_analysis.analysis.deadlines.rules import DeadlineBook
from frise_analysis.analysis.deadlines.work_list import Found, dated_rules, every_finding
from frise_analysis.analysis.disclosure import THRESHOLD, TOTAL, Counts, Published, State, publish
from frise_analysis.analysis.disclosure.published import cell_text
from frise_analysis.analysis.registry import QuestionRefused, question
from frise_analysis.analysis.service.overlapping import Overlap, publish_separate
from frise_analysis.analysis.service.selection import ServiceFilters
from frise_analysis.store.engine import Store

#: Weeks that may be asked, each within the next.
WINDOWS = (4, 8, 13, 26)
RULE_COLUMNS = ["rule_id", "article", "title", "people", "state", "text"]
ANSWER_COLUMNS = ["rule_id", "article", "title", "answer", "answer_label", "people", "state", "text"]


@question("echeances-par-regle", "Nombre de personnes dont une date d’aménagement tombe dans les semaines qui viennent, par règle")  # fmt: skip
def people_by_rule(store: Store, *, as_of: date | None = None, weeks: int = 8, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per rule in force that gives a date, in the order of the table of rules: ``people`` with such a date, published.

    A date is from the day to so many ``weeks`` later, both included; one already passed is not in it. Somebody counts once in a rule, and in each
    rule that gives one. ``people`` is missing where ``state`` says hidden; ``text`` is what is written. ``QuestionRefused`` where ``weeks`` is not one of
    ``WINDOWS``, ``FilterRefused`` where the day is neither the extraction nor the last of a month.
    """
    if weeks not in WINDOWS:
        raise QuestionRefused(f"Le nombre de semaines est un de {', '.join(map(str, WINDOWS))}.")
    day = ServiceFilters(as_of=as_of).day(store)
    soonest = _soonest_dates(store, day)
    rows = [
        (rule.id, rule.article, rule.title, *_at(weeks, soonest[soonest["rule_id"] == rule.id], day=day, k=k))
        for rule in dated_rules(DeadlineBook(day))
    ]
    return pd.DataFrame(rows, columns=RULE_COLUMNS).astype({"people": "Int64"})


@lru_cache(maxsize=2)
def _soonest_dates(store: Store, day: date) -> pd.DataFrame:
    """One row per person whom a rule may concern and rule: the soonest ``date`` that is not passed, if any. Read once for every number of weeks."""
    rows = [_dated(x, day) for x in every_finding(store, book=DeadlineBook(day)) if _concerns(x)]
    found = pd.DataFrame(rows, columns=["person_key", "rule_id", "date"]).astype({"date": "datetime64[s]"})
    return found.groupby(["person_key", "rule_id"], as_index=False).agg({"date": "min"})


def _concerns(found: Found) -> bool:
    """A measure that a rule is about concerns it even where it ends before its date: who has no date is then among few others."""
    finding = found[2]
    return finding.answer is not DeadlineAnswer.NOT_CONCERNED or finding.rule.kind == "measure"


def _dated(found: Found, day: date) -> tuple[int, str, date | None]:
    person_key, _, finding = found
    near = finding.answer in {DeadlineAnswer.DUE, DeadlineAnswer.COMING} and finding.day and finding.day >= day
    return person_key, finding.rule.id, finding.day if near else None


def _at(weeks: int, concerned: pd.DataFrame, *, day: date, k: int) -> tuple[int | None, State, str]:
    """Number, state and text of one rule for so many weeks."""
    ends = [pd.Timestamp(day + timedelta(weeks=x)) for x in WINDOWS]
    numbers = [int((concerned["date"] <= end).sum()) for end in ends]
    place = WINDOWS.index(weeks)
    state = nested_states(numbers, len(concerned), k=k)[place]
    number = numbers[place]
    return number if state is State.SHOWN else None, state, cell_text(number, state, k)


def nested_states(numbers: Sequence[int], whole: int, *, k: int = THRESHOLD) -> list[State]:
    """What is shown of numbers of people each within the next, and within ``whole`` which is never shown.

    Each is published with its complement; then, from the widest, one that differs by fewer than ``k`` people from the last one shown is
    hidden: a difference of two that are shown is nobody, or ``k`` people at least.
    """
    states, wider = [], None
    for number in reversed(numbers):
        state = _alone(number, whole, k)
        if state is State.SHOWN and wider is not None and 0 < wider - number < k:
            state = State.COMPLEMENTARY
        wider = number if state is State.SHOWN else wider
        states.append(state)
    return states[::-1]


def _alone(number: int, whole: int, k: int) -> State:
    if 0 < number < k:
        return State.SMALL
    one = pd.DataFrame({"category": ["avec"], "people": [number]})
    return State(publish_separate(Overlap(one, whole), k=k)["state"].iloc[0])


@question("ordonnance-covid-nombres", "Ordonnance du 25 mars 2020 : nombre de personnes détenues par article et par réponse")  # fmt: skip
def people_by_answer(store: Store, *, k: int = THRESHOLD) -> pd.DataFrame:
    """One row per article (27, 28, 29) and answer on the first day of the ordinance: ``people`` in prison under a sentence, published.

    The articles are crossed before anything is hidden, since what excludes from one excludes from another; only their margins are shown.
    Columns as for ``people_by_rule``, with ``answer`` and ``answer_label``. No row where nobody was in prison.
    """
    found = _ordinance(store)
    if found.empty:
        return pd.DataFrame(columns=ANSWER_COLUMNS)
    answers = found.set_index(["person_key", "rule_id"])["answer"].astype(str).unstack()  # noqa: PD010 -- one answer each
    published = publish(_crossed(answers), k=k)
    titles = found.drop_duplicates("rule_id").set_index("rule_id")
    rows = [
        (rule, *titles.loc[rule, ["article", "title"]], x.value, x.label, *_margin(published, rule, x))
        for rule, x in product(published.dimensions, OrdinanceAnswer)
    ]
    return pd.DataFrame(rows, columns=ANSWER_COLUMNS).astype({"people": "Int64"})


@lru_cache(maxsize=2)
def _ordinance(store: Store) -> pd.DataFrame:
    return ordinance_2020(store)[["person_key", "rule_id", "article", "title", "answer"]]


def _crossed(answers: pd.DataFrame) -> Counts:
    """People by their answers to all the articles together; every crossing is there, even of nobody."""
    counted = answers.value_counts()
    every = list(product([x.value for x in OrdinanceAnswer], repeat=answers.shape[1]))
    cells = pd.DataFrame(every, columns=list(answers.columns))
    return Counts(cells.assign(people=[int(counted.get(x, 0)) for x in every]), tuple(answers.columns))


def _margin(published: Published, rule: str, answer: OrdinanceAnswer) -> Iterable[object]:
    """Number, state and text of one answer to one article, whatever the answers to the others."""
    cells, others = published.cells, [x for x in published.dimensions if x != rule]
    one = cells[(cells[rule] == answer.value) & (cells[others] == TOTAL).all(axis=1)]
    return one[["people", "state", "text"]].iloc[0]
