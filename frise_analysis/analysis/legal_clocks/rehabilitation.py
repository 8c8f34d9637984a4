"""When a conviction is rehabilitated by the law alone (CP 133-12 to 133-17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from frise_analysis.analysis.legal_clocks.answers import ClearanceAnswer, joined
from frise_analysis.analysis.legal_clocks.dossier import Conviction, Dossier, read_dossier
from frise_analysis.analysis.legal_clocks.expiry import Term, end_of
from frise_analysis.analysis.legal_clocks.rules import LegalRule, RuleBook, RuleNotInForce, entry_kinds
from frise_analysis.analysis.legal_clocks.void_dates import (
    COLUMNS,
    Clearance,
    clearance_row,
    dated,
    undetermined,
    void_date,
)
from frise_analysis.analysis.registry import question
from frise_analysis.dates import add_years, full_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import OffenceNature, SentenceCode

#: A year of sentence may be written 360, 365 or 366 days: the bounds leave room for the longest.
ONE_YEAR, FIVE_YEARS, TEN_YEARS = 366, 1827, 3653
_FINES = frozenset({SentenceCode.AMENDE, SentenceCode.JOURS_AMENDE})
#: Lines without a sentence to be rehabilitated from.
_NO_SENTENCE = frozenset({"irresponsabilite_penale", "ajournement", "composition_penale"})


@dataclass(frozen=True)
class Delay:
    """The delay of one conviction: its rule, its years once doubled, where it starts, what makes it doubtful."""

    rule: LegalRule
    years: int
    start: Term
    notes: str = ""
    to_verify: bool = False

    @property
    def earliest(self) -> date:
        """The day before which it cannot have run."""
        return add_years(self.start.earliest, self.years)


@question("rehabilitation", "Réhabilitation de plein droit : dates calculées")
def rehabilitations(
    store: Store, *, person_key: int, rules_on: date | None = None, as_of: date | None = None
) -> pd.DataFrame:
    """One row per line of the record: the computed ``date`` of rehabilitation by the law alone, and its rule.

    The columns are those of ``void_dates``; ``interrupted_by`` is the later conviction that falls in the delay. Lines
    recorded as rehabilitated are not read (CP 133-16): ``recorded_date`` is only ever one to come.
    ``rules_on`` and ``as_of`` are the extraction date by default. Source: CP 133-13 to 133-16.
    """
    dossier = read_dossier(store, person_key=person_key, as_of=as_of)
    return rehabilitation_table(dossier, book=RuleBook(rules_on or store.info.extraction_date))


def rehabilitation_table(dossier: Dossier, *, book: RuleBook) -> pd.DataFrame:
    """The rows of ``rehabilitations`` for what is read already."""
    found = clearances(dossier, book=book)
    rows = [
        clearance_row(x, found[x.conviction_id], recorded=x.rehabilitation_date, book=book) for x in dossier.convictions
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def clearances(dossier: Dossier, *, book: RuleBook) -> dict[str, Clearance]:
    """Each conviction's rehabilitation; an earlier one still alive when a later is decided makes them several."""
    found: dict[str, Clearance] = {}
    for conviction in dossier.convictions:
        alive = [x for x in dossier.convictions if _alive(x, found, on=conviction.decision_date)]
        try:
            found[conviction.conviction_id] = _clearance(conviction, alive, dossier, book=book)
        except RuleNotInForce as absent:
            found[conviction.conviction_id] = undetermined(str(absent))
    return found


def _alive(conviction: Conviction, found: dict[str, Clearance], *, on: date) -> bool:
    """Whether an earlier conviction to prison is not known to be rehabilitated on a day."""
    known = found.get(conviction.conviction_id)
    return known is not None and bool(conviction.prison) and not (known.day is not None and known.day < on)


def _clearance(conviction: Conviction, alive: list[Conviction], dossier: Dossier, *, book: RuleBook) -> Clearance:
    entry = entry_kinds().get(conviction.entry_type)
    if conviction.entry_type in _NO_SENTENCE:
        return Clearance(ClearanceAnswer.NOT_CONCERNED, reason=entry.words if entry else "")
    if not conviction.sentences:
        return undetermined("la peine prononcée")
    if all(x.sentence_code in {SentenceCode.DISPENSE, SentenceCode.MESURE_EDUCATIVE} for x in conviction.sentences):
        return Clearance(ClearanceAnswer.NOT_CONCERNED, reason="aucune peine prononcée")
    rule = _rule(conviction, alive, book=book)
    if isinstance(rule, Clearance):
        return rule
    start = _start(conviction, dossier, book=book)
    if start is None:
        return undetermined("la date à laquelle la condamnation est définitive", rule=rule)
    return _run(conviction, _delay(conviction, rule, start, alive, book=book), dossier)


def _rule(conviction: Conviction, alive: list[Conviction], *, book: RuleBook) -> LegalRule | Clearance:
    """The line of CP 133-13 that its sentences call, or the answer where none does."""
    if not conviction.prison:
        fine = all(x.sentence_code in _FINES for x in conviction.main_sentences)
        return book.rule("H-FINE" if fine else "H-SHORT")
    lengths = [prison_days(x) for x in (conviction, *alive)]
    if any(x is None for x in lengths):
        return undetermined("la durée de l’emprisonnement prononcé")
    own, total = lengths[0] or 0, sum(x or 0 for x in lengths)
    if alive:
        return book.rule("H-SEVERAL") if total <= FIVE_YEARS else _beyond("condamnations multiples de plus de cinq ans")
    if any(x.sentence_code == SentenceCode.RECLUSION for x in conviction.prison) or own > TEN_YEARS:
        return _beyond("réclusion criminelle ou plus de dix ans d’emprisonnement")
    return book.rule("H-SHORT" if own <= ONE_YEAR else "H-LONG")


def _beyond(reason: str) -> Clearance:
    words = f"{reason} : hors des cas de CP 133-13 ; la réhabilitation judiciaire reste possible (CPP 782 et suivants)"
    return Clearance(ClearanceAnswer.NOT_BY_LAW, reason=words)


def prison_days(conviction: Conviction) -> int | None:
    """Days of prison pronounced, suspended or not; None where one sentence has no length."""
    days = [(x.firm_days or 0) + (x.suspended_days or 0) for x in conviction.prison]
    return sum(days) if all(days) else None


def _start(conviction: Conviction, dossier: Dossier, *, book: RuleBook) -> Term | None:
    """The day it is void where it is suspended (CP 133-13, last paragraph), else the end of the sentence; None: not final."""
    if conviction.suspended and conviction.void_date is None:
        book.rule("H-VOID-START")
        found = void_date(conviction, dossier, book=book)
        if found.day is None and found.answer != ClearanceAnswer.REVOKED:
            final = conviction.final_date
            return None if final is None else Term(final, None, missing=found.missing)
    return end_of(conviction, dossier=dossier, book=book)


def _delay(conviction: Conviction, rule: LegalRule, start: Term, alive: list[Conviction], *, book: RuleBook) -> Delay:
    years, notes = rule.years or 0, _notes(conviction, alive)
    verify = bool(notes) or rule.to_verify or start.to_verify
    if not conviction.retained:
        return Delay(rule, years, start, notes, verify)
    words = f"{book.rule('H-DOUBLE').words} (H-DOUBLE)"
    return Delay(rule, 2 * years, start, joined([words, notes]), verify)


def _notes(conviction: Conviction, alive: list[Conviction]) -> str:
    """What the records do not tell and that would change the date or its effects."""
    codes = {x.sentence_code for x in conviction.sentences}
    return joined(
        [
            "peines confondues : elles comptent pour une seule (CP 133-15) ; la confusion n’est pas dans la base"
            if alive
            else "",
            "suivi socio-judiciaire : sans effet avant la fin de la mesure (CP 133-16)"
            if SentenceCode.SSJ in codes
            else "",
            "interdiction : sans effet avant quarante ans si elle est définitive (CP 133-16)"
            if SentenceCode.INTERDICTION in codes
            else "",
        ]
    )


def _run(conviction: Conviction, delay: Delay, dossier: Dossier) -> Clearance:
    """The delay against the convictions decided later: surely in it, perhaps, or not."""
    later = list(_new_sentences(conviction, dossier))
    cut = next((x for x in later if x.decision_date <= delay.earliest), None)
    if cut is not None:
        return _interrupted(cut, delay)
    if not delay.start.exact:
        found = undetermined(delay.start.missing or "la date d’exécution de la peine", rule=delay.rule)
        return replace(found, reason=_reason(delay), earliest=delay.earliest, to_verify=delay.to_verify)
    return dated(delay.earliest, rule=delay.rule, as_of=dossier.as_of, reason=_reason(delay), to_verify=delay.to_verify)


def _reason(delay: Delay) -> str:
    return joined([delay.rule.words, delay.start.words, delay.notes])


def _interrupted(cut: Conviction, delay: Delay) -> Clearance:
    words = f"condamnation du {full_date(cut.decision_date)} dans le délai ; la suite dépend de l’ensemble des condamnations"
    unsure = cut.nature is None
    return Clearance(
        ClearanceAnswer.INTERRUPTED,
        rule=delay.rule,
        reason=joined([delay.rule.words, words, delay.notes]),
        missing="la nature de la nouvelle peine" if unsure else "",
        interrupted_by=cut.conviction_id,
        to_verify=delay.to_verify or unsure,
    )


def _new_sentences(conviction: Conviction, dossier: Dossier) -> Iterable[Conviction]:
    """Later convictions that may be to a criminal or correctional sentence: those for contraventions alone are not."""
    for later in dossier.after(conviction):
        entry = entry_kinds().get(later.entry_type)
        if later.nature != OffenceNature.CONTRAVENTION and (entry is None or entry.first_term != "no"):
            yield later
