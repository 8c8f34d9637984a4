"""When a suspended conviction is *non avenue* (CP 132-35, 132-37, 132-39, 132-52)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from frise_analysis.analysis.legal_clocks.answers import NOTICE, TO_VERIFY, ClearanceAnswer, sentences
from frise_analysis.analysis.legal_clocks.dossier import (
    PROBATION_MEASURES,
    PROBATION_SENTENCES,
    Conviction,
    Dossier,
    read_dossier,
)
from frise_analysis.analysis.legal_clocks.rules import LegalRule, RuleBook, RuleNotInForce
from frise_analysis.analysis.person_path import Record
from frise_analysis.analysis.registry import question
from frise_analysis.dates import add_years, full_date, numeric_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import MeasureOutcome, OffenceNature, SentenceCode

COLUMNS = [
    "conviction_id", "answer", "answer_label", "rule_id", "article", "date", "recorded_date", "differs",
    "interrupted_by", "to_verify", "missing", "words",
]  # fmt: skip


@dataclass(frozen=True)
class Clearance:
    """What becomes of one conviction: an answer, its day and rule, what cut the delay short, what would settle a doubt.

    ``earliest`` is the day before which it cannot be, where ``day`` itself is not known.
    """

    answer: ClearanceAnswer
    day: date | None = None
    rule: LegalRule | None = None
    reason: str = ""
    missing: str = ""
    interrupted_by: str | None = None
    to_verify: bool = False
    earliest: date | None = None


def undetermined(missing: str, *, rule: LegalRule | None = None, interrupted_by: str | None = None) -> Clearance:
    """A date that the records do not give."""
    return Clearance(ClearanceAnswer.UNDETERMINED, rule=rule, missing=missing, interrupted_by=interrupted_by)


def dated(day: date, *, rule: LegalRule, as_of: date, reason: str = "", to_verify: bool = False) -> Clearance:
    """A date, past or to come on the day of the records."""
    answer = ClearanceAnswer.REACHED if day <= as_of else ClearanceAnswer.COMING
    return Clearance(answer, day, rule, reason or rule.words, to_verify=to_verify or rule.to_verify)


@question("non-avenu", "Dates auxquelles les condamnations avec sursis sont non avenues")
def void_dates(
    store: Store, *, person_key: int, rules_on: date | None = None, as_of: date | None = None
) -> pd.DataFrame:
    """One row per conviction with a suspended sentence: the computed ``date`` on which it is void, and its rule.

    ``answer`` is a ``ClearanceAnswer``; ``differs`` where the record gives another ``recorded_date`` (to be looked at, not
    an error); ``interrupted_by`` the later conviction that may have revoked; ``missing`` what would settle it.
    ``rules_on`` and ``as_of`` are the extraction date by default. Source: CP 132-35, 132-37, 132-39, 132-52.
    """
    dossier = read_dossier(store, person_key=person_key, as_of=as_of)
    return void_table(dossier, book=RuleBook(rules_on or store.info.extraction_date))


def void_table(dossier: Dossier, *, book: RuleBook) -> pd.DataFrame:
    """The rows of ``void_dates`` for what is read already."""
    rows = [_row(x, dossier, book=book) for x in dossier.convictions if x.suspended]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(conviction: Conviction, dossier: Dossier, *, book: RuleBook) -> tuple[object, ...]:
    found = void_date(conviction, dossier, book=book)
    return clearance_row(conviction, found, recorded=conviction.void_date, book=book)


def clearance_row(
    conviction: Conviction, found: Clearance, *, recorded: date | None, book: RuleBook
) -> tuple[object, ...]:
    """The cells of ``COLUMNS`` for one conviction."""
    contradicted = found.answer in {ClearanceAnswer.REVOKED, ClearanceAnswer.INTERRUPTED}
    differs = recorded is not None and (contradicted or found.day not in {None, recorded})
    rule_id, article = (found.rule.id, found.rule.article) if found.rule else (None, None)
    words = clearance_words(found, recorded=recorded, book=book)
    return (
        conviction.conviction_id, found.answer.value, found.answer.label, rule_id, article, found.day, recorded, differs,
        found.interrupted_by, found.to_verify, found.missing, words,
    )  # fmt: skip


def clearance_words(found: Clearance, *, recorded: date | None, book: RuleBook) -> str:
    """Sentences: the answer and its day, the rule, what is missing, what the record says beside it."""
    rule = f"{found.rule.id}, {found.rule.article} : {found.reason or found.rule.words}" if found.rule else found.reason
    day = f"{found.answer.label} : {full_date(found.day)}" if found.day else found.answer.label
    earliest = f"au plus tôt le {full_date(found.earliest)}" if found.earliest else ""
    missing = f"ce qui trancherait : {found.missing}" if found.missing else ""
    other = _recorded(found, recorded)
    verify = TO_VERIFY if found.to_verify else ""
    return sentences(day, earliest, rule, missing, other, verify, f"règles au {numeric_date(book.on)}", NOTICE)


def _recorded(found: Clearance, recorded: date | None) -> str:
    """What the record says beside the calculation: a remark on the data, not a fault."""
    if recorded is None:
        return "le casier ne donne pas cette date : à rapprocher" if found.answer == ClearanceAnswer.REACHED else ""
    return "" if recorded == found.day else f"le casier donne le {full_date(recorded)} : à rapprocher"


def void_date(conviction: Conviction, dossier: Dossier, *, book: RuleBook) -> Clearance:
    """When one conviction is void; ``not_concerned`` where nothing in it is suspended."""
    if not conviction.suspended:
        return Clearance(ClearanceAnswer.NOT_CONCERNED)
    try:
        return _mixed(conviction, _suspended(conviction, dossier, book=book), book=book)
    except RuleNotInForce as absent:
        return undetermined(str(absent))


def _mixed(conviction: Conviction, found: Clearance, *, book: RuleBook) -> Clearance:
    """A sentence suspended in part: the whole conviction is void on the same day."""
    firm = sum(x.firm_days or 0 for x in conviction.prison)
    if not firm or found.day is None or found.rule is None:
        return found
    return replace(found, reason=f"{found.rule.words} ; {book.rule('V-MIXED').words} (V-MIXED)")


def _suspended(conviction: Conviction, dossier: Dossier, *, book: RuleBook) -> Clearance:
    followed = [x for x in conviction.measures if x.code in PROBATION_MEASURES]
    codes = {x.sentence_code for x in conviction.suspended}
    if followed or codes & PROBATION_SENTENCES:
        return _probation(followed, dossier, book=book)
    if SentenceCode.SURSIS_SIMPLE in codes:
        return _simple(conviction, dossier, book=book)
    return undetermined("la sorte de sursis, simple ou probatoire")


def _probation(followed: list[Record], dossier: Dossier, *, book: RuleBook) -> Clearance:
    """From the measure followed last for this conviction: a total revocation keeps the sentence alive, a partial one does not."""
    rule = book.rule("V-PROBATION")
    if not followed:
        return undetermined("la mesure de sursis probatoire et la fin de son délai", rule=rule)
    measure = max(followed, key=lambda x: x.start_date)
    if measure.outcome == MeasureOutcome.REVOQUEE:
        return Clearance(ClearanceAnswer.REVOKED, rule=rule, reason="révocation totale enregistrée")
    day = _end_of_delay(measure)
    if day is None or (measure.end_date is None and day <= dossier.as_of):
        return undetermined("la fin du délai de probation et l’issue de la mesure", rule=rule)
    return dated(day, rule=rule, as_of=dossier.as_of, to_verify=measure.outcome != MeasureOutcome.ACCOMPLIE)


def _end_of_delay(measure: Record) -> date | None:
    """The end noted where it was carried through, else the end planned: the delay stops while the person is held (132-43)."""
    if measure.outcome == MeasureOutcome.ACCOMPLIE:
        return measure.end_date
    told = {None, MeasureOutcome.REVOQUEE_PARTIELLEMENT, MeasureOutcome.DESSAISISSEMENT}
    return measure.second_date if measure.outcome in told else None


def _simple(conviction: Conviction, dossier: Dossier, *, book: RuleBook) -> Clearance:
    petty = conviction.nature == OffenceNature.CONTRAVENTION
    rule = book.rule("V-CONTRAVENTION" if petty else "V-SIMPLE")
    if conviction.final_date is None:
        return undetermined("la date à laquelle la condamnation est définitive", rule=rule)
    day = add_years(conviction.final_date, rule.years or 0)
    breaker = next((x for x in dossier.after(conviction) if _may_revoke(x, since=conviction, until=day)), None)
    if breaker is not None and conviction.void_date is None:
        return undetermined(
            f"la décision du {full_date(breaker.decision_date)} a-t-elle révoqué le sursis en totalité ?",
            rule=rule,
            interrupted_by=breaker.conviction_id,
        )
    return dated(day, rule=rule, as_of=dossier.as_of)


def _may_revoke(later: Conviction, *, since: Conviction, until: date) -> bool:
    """A later sentence of firm prison, or not known, for facts that may be of the delay (CP 132-36)."""
    firm = any((x.firm_days or 0) > 0 or x.sentence_code == SentenceCode.RECLUSION for x in later.prison)
    if later.sentences and not firm:
        return False
    spans = [x.days for x in later.facts]
    return not spans or any(x is None or (x[1] >= since.decision_date and x[0] <= until) for x in spans)
