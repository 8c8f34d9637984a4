"""The ordinance of 25 March 2020 (n° 2020-303), a screen of the past for training: who was in its conditions on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pandas as pd

from frise_analysis.analysis.deadlines.answers import Scenario
from frise_analysis.analysis.deadlines.exclusions import excluding
from frise_analysis.analysis.deadlines.execution import Execution, read_execution
from frise_analysis.analysis.deadlines.rules import DeadlineBook, DeadlineRule, deadline_rules
from frise_analysis.analysis.deadlines.sentence_clock import SentenceClock
from frise_analysis.analysis.deadlines.situations import Situation, read_situations
from frise_analysis.analysis.deadlines.stay_rules import LIFE
from frise_analysis.analysis.legal_clocks.answers import TO_VERIFY, joined, sentences
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.analysis.registry import QuestionRefused
from frise_analysis.dates import full_date, months_in_words, numeric_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Labelled

COLUMNS = [
    "person_key", "person_id", "rule_id", "article", "title", "answer", "answer_label", "end_sans_rp", "end_rp_max",
    "assumption", "checked", "excluded_by", "unchecked", "missing", "to_verify", "words",
]  # fmt: skip
NOTICE = "Relecture d’un texte passé, pour la formation ; calcul indicatif, seule la fiche pénale fait foi."
FIRST_DAY = date(2020, 3, 27)
_LAST_KEY = 2**31 - 1


class OrdinanceAnswer(Labelled):
    """Whether somebody was in the conditions of one article; only a judge or a prosecutor decided."""

    MET = "met", "conditions réunies (calcul)"
    NOT_MET = "not_met", "conditions non réunies (calcul)"
    EXCLUDED = "excluded", "exclu (calcul)"
    UNDETERMINED = "undetermined", "indéterminé"


Outcome = tuple[OrdinanceAnswer, str, str]


def ordinance_2020(store: Store, *, as_of: date = FIRST_DAY, people: Sequence[int] | None = None) -> pd.DataFrame:
    """One row per person in prison under a sentence that day and article (27, 28, 29), in order of person.

    ``as_of`` is a day from 27 March to 10 August 2020 (``QuestionRefused`` otherwise), the first by default; the records
    are read as known that day. ``end_sans_rp`` and ``end_rp_max`` bound the end of the sentence by the reductions
    nobody recorded: an answer that they would change is undetermined. Other columns as for ``echeances-personne``.
    ``people``: keys of those alone who are read. Who may see it is said by ``followed_ordinance``.
    """
    book = DeadlineBook(as_of)
    rules = book.of_kind("ordinance")
    if not rules:
        raise QuestionRefused(_outside(as_of))
    among = None if people is None else list(people)
    held = store.rows("deadline_held", as_of=as_of, first=0, last=_LAST_KEY, keys=among)
    situations = read_situations(store, keys=[int(str(x["person_key"])) for x in held], as_of=as_of)
    return pd.DataFrame([y for x in situations for y in _rows(x, rules, book)], columns=COLUMNS)


def _outside(day: date) -> str:
    spans = [(x.valid_from, x.valid_to) for x in deadline_rules() if x.kind == "ordinance"]
    first, last = min(x for x, _ in spans), max(x for _, x in spans if x)
    return (
        f"L’ordonnance du 25 mars 2020 n’était pas en vigueur le {full_date(day)}. Donnez un jour du {full_date(first)} au "
        f"{full_date(last)} : --option as_of={first.isoformat()}"
    )


def _rows(situation: Situation, rules: tuple[DeadlineRule, ...], book: DeadlineBook) -> Iterator[tuple[object, ...]]:
    assert situation.held is not None
    execution = read_execution(situation, situation.held, book=RuleBook(book.on))
    ends = execution.clock.ends() if execution.clock else {}
    for rule in rules:
        against, clear, doubts = excluding(rule, execution.convictions)
        against = joined([LIFE if execution.life else "", against])
        answer, checked, missing = _outcome(rule, execution, against, book.on)
        told = execution.assumption, joined([checked, clear]), against, joined([rule.unchecked, doubts]), missing
        yield (
            situation.person_key, situation.person_id, rule.id, rule.article, rule.title, answer.value, answer.label,
            ends.get(Scenario.NONE), ends.get(Scenario.MOST),
            *told, rule.to_verify, _words(rule, answer, told, book.on),
        )  # fmt: skip


def _outcome(rule: DeadlineRule, execution: Execution, against: str, day: date) -> Outcome:
    if against:
        return OrdinanceAnswer.EXCLUDED, "", ""
    if execution.clock is None:
        return OrdinanceAnswer.UNDETERMINED, "", execution.missing
    return _CONDITIONS[rule.id](rule, execution.clock, day)


def _held(_: DeadlineRule, __: SentenceClock, day: date) -> Outcome:
    return OrdinanceAnswer.MET, f"écroué le {full_date(day)} pour l’exécution d’une peine", ""


def _left(rule: DeadlineRule, clock: SentenceClock, day: date) -> Outcome:
    """So many months or fewer left: sure where no reduction would change it."""
    if rule.total_months and not clock.length.within(rule.total_months):
        return OrdinanceAnswer.NOT_MET, f"plus de {months_in_words(rule.total_months)} au total", ""
    opens = clock.left(rule.months or 0)
    said = f"{months_in_words(rule.months or 0)} au plus à subir"
    if opens[Scenario.NONE] <= day:
        return OrdinanceAnswer.MET, f"{said}, même sans réduction de peine", ""
    if opens[Scenario.MOST] > day:
        return (
            OrdinanceAnswer.NOT_MET,
            f"plus de {months_in_words(rule.months or 0)} à subir, même avec toutes les réductions",
            "",
        )
    return OrdinanceAnswer.UNDETERMINED, "", "les réductions de peine accordées ce jour-là"


_CONDITIONS: dict[str, Callable[[DeadlineRule, SentenceClock, date], Outcome]] = {
    "O27": _held,
    "O28": _left,
    "O29": _left,
}


def _words(rule: DeadlineRule, answer: OrdinanceAnswer, told: tuple[str, ...], day: date) -> str:
    names = ("hypothèse", "vérifié", "exclu par", "non vérifiable ici", "ce qui trancherait")
    return sentences(
        answer.label,
        f"{rule.id}, {rule.article} : {rule.words}",
        *(f"{name} : {text}" for name, text in zip(names, told, strict=True) if text),
        TO_VERIFY if rule.to_verify else "",
        f"au {numeric_date(day)}",
        NOTICE,
    )
