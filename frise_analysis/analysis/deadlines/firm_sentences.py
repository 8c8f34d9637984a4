"""The firm part of a conviction, and whether it is known to be executed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce

from frise_analysis.analysis.deadlines.sentence_clock import Quantum, quantum_of
from frise_analysis.analysis.legal_clocks.answers import joined
from frise_analysis.analysis.legal_clocks.dossier import PROBATION_MEASURES, Conviction, Dossier
from frise_analysis.analysis.legal_clocks.expiry import end_of
from frise_analysis.analysis.legal_clocks.rules import RuleBook, RuleNotInForce
from frise_analysis.analysis.person_path import Sentence
from frise_analysis.dates import full_date
from frise_analysis.vocabulary import CONVICTION_ENTRIES, MeasureCode, MeasureOutcome, SentenceCode

#: The longest sentence that is not for life is thirty years (CP 131-1), written in days of any convention.
LONGEST_DAYS = 10_960
_FIRM = frozenset({SentenceCode.EMPRISONNEMENT, SentenceCode.RECLUSION})
#: Measures under which a sentence of prison is executed, or that take its place.
EXECUTION_MEASURES = frozenset(
    {
        MeasureCode.DDSE_A, MeasureCode.PSE, MeasureCode.SL, MeasureCode.PE, MeasureCode.LC, MeasureCode.LSC,
        MeasureCode.CONV,
    }
)  # fmt: skip


@dataclass(frozen=True)
class FirmPart:
    """What is to be served of one conviction or several; ``missing`` says what is not known of it."""

    length: Quantum
    life: bool = False
    missing: str = ""

    def __add__(self, other: FirmPart) -> FirmPart:
        return FirmPart(self.length + other.length, self.life or other.life, joined([self.missing, other.missing]))


NOTHING_FIRM = FirmPart(Quantum())


def firm_part(conviction: Conviction) -> FirmPart:
    """The firm part of a conviction, a suspension revoked in whole included."""
    return pronounced_part(conviction) + _revoked(conviction)


def pronounced_part(conviction: Conviction) -> FirmPart:
    """The firm part that the judgment itself pronounced."""
    return reduce(FirmPart.__add__, (_of_sentence(x, conviction) for x in conviction.prison), NOTHING_FIRM)


def total_of(convictions: tuple[Conviction, ...]) -> FirmPart:
    """Several convictions one after the other: merging them (*confusion*) is not in the records."""
    return reduce(FirmPart.__add__, (firm_part(x) for x in convictions), NOTHING_FIRM)


def is_firm(conviction: Conviction) -> bool:
    """Whether a line of the record is a conviction with something to be served."""
    part = firm_part(conviction)
    return conviction.entry_type in CONVICTION_ENTRIES and (part != NOTHING_FIRM)


def _of_sentence(sentence: Sentence, conviction: Conviction) -> FirmPart:
    days = sentence.firm_days or 0
    if sentence.sentence_code == SentenceCode.RECLUSION and days > LONGEST_DAYS:
        return FirmPart(Quantum(), life=True)
    if sentence.sentence_code in _FIRM and not days:
        whether = " (perpétuité ?)" if sentence.sentence_code == SentenceCode.RECLUSION else ""
        return FirmPart(
            Quantum(), missing=f"la durée de la peine ferme du {full_date(conviction.decision_date)}{whether}"
        )
    return FirmPart(quantum_of(days)) if days else NOTHING_FIRM


def _revoked(conviction: Conviction) -> FirmPart:
    outcomes = {x.outcome for x in conviction.measures if x.code in PROBATION_MEASURES}
    if MeasureOutcome.REVOQUEE in outcomes:
        days = sum(x.suspended_days or 0 for x in conviction.suspended)
        return FirmPart(quantum_of(days)) if days else NOTHING_FIRM
    if MeasureOutcome.REVOQUEE_PARTIELLEMENT in outcomes:
        said = f"la durée révoquée du sursis du {full_date(conviction.decision_date)}"
        return FirmPart(Quantum(), missing=said)
    return NOTHING_FIRM


def is_over(conviction: Conviction, dossier: Dossier, *, by: date, book: RuleBook) -> bool:
    """Whether its firm part is known to be executed, replaced or lapsed on a day, from the best that the record holds."""
    if conviction.void_date is not None and conviction.void_date <= dossier.as_of:
        return True
    if conviction.expired_date is not None or _carried_through(conviction):
        return True
    try:
        term = end_of(conviction, dossier=dossier, book=book)
    except RuleNotInForce:
        return False
    return term is not None and term.latest is not None and term.latest < by


def is_adjusted(conviction: Conviction) -> bool:
    """Whether it is, or was, executed outside prison: adjusted at judgment, or by a measure that is linked to it."""
    return any(x.ab_initio for x in conviction.prison) or any(x.code in EXECUTION_MEASURES for x in conviction.measures)


def _carried_through(conviction: Conviction) -> bool:
    return any(x.code in EXECUTION_MEASURES and x.outcome == MeasureOutcome.ACCOMPLIE for x in conviction.measures)
