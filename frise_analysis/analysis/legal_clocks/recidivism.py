"""The question of legal recidivism: every conviction beside every facts judged later, and what the law calls their link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from frise_analysis.analysis.legal_clocks.answers import NOTICE, TO_VERIFY, PairAnswer, sentences
from frise_analysis.analysis.legal_clocks.dossier import Conviction, Dossier, Facts, read_dossier
from frise_analysis.analysis.legal_clocks.pairs import Finding, Window, classify
from frise_analysis.analysis.legal_clocks.rules import LegalRule, RuleBook
from frise_analysis.analysis.registry import question
from frise_analysis.dates import full_date, numeric_date
from frise_analysis.store.engine import Store

COLUMNS = [
    "first_conviction_id", "second_offence_id", "answer", "answer_label", "rule_id", "article", "window_start",
    "window_end", "window_latest", "retained", "first_void", "to_verify", "missing", "words",
]  # fmt: skip


@question("recidive", "Récidive légale : conditions réunies entre deux termes")
def recidivism_pairs(
    store: Store, *, person_key: int, rules_on: date | None = None, as_of: date | None = None
) -> pd.DataFrame:
    """One row per pair of a conviction (first term) and facts judged later or not yet judged (second term).

    ``answer`` is a ``PairAnswer``, by ``rule_id`` and ``article``. ``window_start`` to ``window_end``: the days in which
    facts meet the delay for sure; ``window_latest``: the last day on which they may (null: no end, or none known).
    ``retained``: the record says that the court retained recidivism for the second facts; ``first_void``: the first
    conviction is void on the day. ``to_verify``: rests on what was not read in the law. ``missing``: what would settle it.
    ``rules_on`` and ``as_of`` are the extraction date by default. Sources: CP 132-2, 132-8 to 132-11, 132-16 ff.
    """
    dossier = read_dossier(store, person_key=person_key, as_of=as_of)
    return pair_table(dossier, book=RuleBook(rules_on or store.info.extraction_date))


def pair_table(dossier: Dossier, *, book: RuleBook) -> pd.DataFrame:
    """The rows of ``recidivism_pairs`` for what is read already."""
    rows = [_row(*pair, dossier, book=book) for pair in pairs_of(dossier)]
    return pd.DataFrame(rows, columns=COLUMNS)


def pairs_of(dossier: Dossier) -> Iterator[tuple[Conviction, Facts]]:
    """Each conviction with the facts judged after it, or not judged yet."""
    turns = [(second, _turn(second.judged_date, second.conviction_id)) for second in dossier.facts]
    for first in dossier.convictions:
        decided = _turn(first.decision_date, first.conviction_id)
        yield from ((first, second) for second, judged in turns if judged > decided)


def _turn(day: date | None, conviction_id: str | None) -> tuple[date, str]:
    """Decisions of one day stand in the order of their identifiers, so that a pair is asked once; what is not judged comes last."""
    return (day, conviction_id or "") if day else (date.max, "\U0010ffff")


def _row(first: Conviction, second: Facts, dossier: Dossier, *, book: RuleBook) -> tuple[object, ...]:
    found = classify(first, second, dossier=dossier, book=book)
    judged = dossier.conviction(second.conviction_id)
    retained = judged is not None and judged.retained
    rule_id, article = (found.rule.id, found.rule.article) if found.rule else (None, None)
    window = found.window or Window(None, None, None)  # type: ignore[arg-type]
    return (
        first.conviction_id, second.offence_id, found.answer.value, label(found, book=book, retained=retained),
        rule_id, article, window.start, window.end, window.latest, retained,
        first.void_date is not None and first.void_date <= dossier.as_of,
        found.to_verify, found.missing, explanation(found, book=book, retained=retained),
    )  # fmt: skip


def label(found: Finding, *, book: RuleBook, retained: bool) -> str:
    """A few words: what the court retained where the record says so, else what is computed and by the rules of which day."""
    if retained and found.answer == PairAnswer.RECIDIVE:
        return "récidive légale retenue"
    return f"{found.answer.label}, règles au {numeric_date(book.on)}"


def explanation(found: Finding, *, book: RuleBook, retained: bool) -> str:
    """Sentences: the rule and its article, the delay, what is missing, what is to verify, what the record says."""
    named = rule_words(found.rule, found.reason) if found.rule else found.reason
    missing = (
        f"indéterminé ; ce qui trancherait : {found.missing}"
        if found.missing and found.answer == PairAnswer.UNDETERMINED
        else ""
    )
    said = (
        "le casier dit la récidive légale retenue pour ces faits, sans dire avec quel premier terme" if retained else ""
    )
    verify = TO_VERIFY if found.to_verify else ""
    delay = delay_words(found.window) if found.window else ""
    return sentences(named, delay, missing, said, verify, f"règles au {numeric_date(book.on)}", NOTICE)


def rule_words(rule: LegalRule, reason: str = "") -> str:
    """A rule by its name and article, then what was reasoned, else what it says."""
    return f"{rule.id}, art. {rule.article.removeprefix('CP ')} : {reason or rule.words}"


def delay_words(window: Window) -> str:
    """The days of a delay, as far as they are known."""
    if window.end is None:
        return f"sans limite de délai depuis le {full_date(window.start)}"
    bounds = f"délai du {full_date(window.start)} au {full_date(window.end)}"
    if window.latest is None:
        return f"{bounds} au moins"
    return bounds if window.latest == window.end else f"{bounds} au moins, au plus tard au {full_date(window.latest)}"
