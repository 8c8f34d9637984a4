"""When a sentence ends at law: executed or lapsed (CP 132-8 to 132-11, 133-2 to 133-4; CPP 733)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from frise_analysis.analysis.legal_clocks.answers import joined
from frise_analysis.analysis.legal_clocks.dossier import Conviction, Dossier
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.analysis.legal_clocks.void_dates import void_date
from frise_analysis.analysis.person_path import Sentence
from frise_analysis.dates import add_years, full_date
from frise_analysis.vocabulary import MeasureCode, MeasureOutcome, OffenceNature, SentenceCode

_LAPSE = {
    OffenceNature.CRIME: "P-CRIME",
    OffenceNature.DELIT: "P-DELIT",
    OffenceNature.CONTRAVENTION: "P-CONTRAVENTION",
}
#: Sentences whose execution is the end of a measure followed.
_FOLLOWED: dict[str, set[str]] = {
    SentenceCode.TIG: {MeasureCode.TIG},
    SentenceCode.STAGE: {MeasureCode.STAGE},
    SentenceCode.DDSE: {MeasureCode.DDSE_P},
    SentenceCode.JOURS_AMENDE: {MeasureCode.JA},
    SentenceCode.SANCTION_REPARATION: {MeasureCode.SR},
    SentenceCode.CONTRAINTE_PENALE: {MeasureCode.CPEN},
}


@dataclass(frozen=True)
class Term:
    """The day on which a sentence ends, or the days between which it does; ``latest`` is None where nothing bounds it."""

    earliest: date
    latest: date | None
    words: str = ""
    missing: str = ""
    to_verify: bool = False

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest


def expiry(conviction: Conviction, final: date, *, dossier: Dossier, book: RuleBook) -> Term:
    """When the sentence of a conviction that is final ends, from the best that the record holds.

    In this order: the day a suspended conviction is void; a parole that was not revoked; the date recorded; the
    measure that executed it; else bounds, from the day it is final to the day it lapses. ``RuleNotInForce`` where a rule fails.
    """
    known = _void(conviction, dossier, book=book) or _parole(conviction, book=book) or _recorded(conviction, book=book)
    if known is not None:
        return _not_before(final, known)
    return _latest_of([_of_sentence(x, conviction, final=final, book=book) for x in conviction.main_sentences], final)


def _not_before(final: date, term: Term) -> Term:
    """A sentence served before it was final ends, for these delays, when it is final."""
    latest = None if term.latest is None else max(final, term.latest)
    return Term(max(final, term.earliest), latest, term.words, term.missing, term.to_verify)


def _on(day: date, words: str, *, to_verify: bool = False) -> Term:
    return Term(day, day, f"{words} : {full_date(day)}", to_verify=to_verify)


def _void(conviction: Conviction, dossier: Dossier, *, book: RuleBook) -> Term | None:
    if not conviction.suspended:
        return None
    if conviction.void_date is not None:
        return _on(conviction.void_date, book.rule("T-VOID").words)
    found = void_date(conviction, dossier, book=book)
    return None if found.day is None else _on(found.day, book.rule("T-VOID").words, to_verify=found.to_verify)


def _parole(conviction: Conviction, *, book: RuleBook) -> Term | None:
    """A parole carried through ends the sentence on the day it began; one that runs, if it is not revoked."""
    paroles = [x for x in conviction.measures if x.code == MeasureCode.LC]
    last = max(paroles, key=lambda x: x.start_date, default=None)
    if last is None or last.outcome not in {None, MeasureOutcome.ACCOMPLIE}:
        return None
    rule = book.rule("T-PAROLE")
    if last.outcome == MeasureOutcome.ACCOMPLIE:
        return _on(last.start_date, f"{rule.words} ({rule.article})")
    recorded = conviction.expired_date
    latest = None if recorded is None else max(recorded, last.start_date)
    return Term(last.start_date, latest, rule.words, "l’issue de la libération conditionnelle")


def _recorded(conviction: Conviction, *, book: RuleBook) -> Term | None:
    if conviction.expired_date is None:
        return None
    return _on(conviction.expired_date, book.rule("T-RECORDED").words)


def _of_sentence(sentence: Sentence, conviction: Conviction, *, final: date, book: RuleBook) -> Term:
    """One sentence whose end is not recorded: the measure that executed it, else from final to lapse."""
    if sentence.sentence_code == SentenceCode.DISPENSE:
        return _on(final, "aucune peine à exécuter")
    done = [
        x.end_date
        for x in conviction.measures
        if x.code in _FOLLOWED.get(sentence.sentence_code, set())
        and x.outcome == MeasureOutcome.ACCOMPLIE
        and x.end_date
    ]
    if done:
        return _on(max(done), book.rule("T-MEASURE").words, to_verify=True)
    return _lapse(sentence, conviction, final=final, book=book)


def _lapse(sentence: Sentence, conviction: Conviction, *, final: date, book: RuleBook) -> Term:
    """Executed or lapsed, at the latest the whole firm part after the day of lapse; a suspended part has no such bound."""
    missing = "la date d’exécution de la peine (fiche pénale, greffe ou casier)"
    nature = conviction.nature
    if nature is None or conviction.suspended:
        return Term(final, None, "", joined([missing, "" if nature else "la nature des infractions"]))
    last = add_years(final, book.delay(_LAPSE[nature])) + timedelta(days=sentence.firm_days or 0)
    return Term(final, last, f"{book.rule('T-LAPSE').words} ({full_date(last)})", missing, to_verify=True)


def _latest_of(terms: list[Term], final: date) -> Term:
    """The end of the sentence that ends last."""
    if not terms:
        return Term(final, None, "", "la peine prononcée et la date de son exécution")
    bounds = [x.latest for x in terms if x.latest is not None]
    return Term(
        max(x.earliest for x in terms),
        max(bounds) if len(bounds) == len(terms) else None,
        joined(x.words for x in terms),
        joined(x.missing for x in terms),
        any(x.to_verify for x in terms),
    )


def end_of(conviction: Conviction, *, dossier: Dossier, book: RuleBook) -> Term | None:
    """The same for any conviction; None where it is not known to be final."""
    if conviction.final_date is None:
        return None
    return expiry(conviction, conviction.final_date, dossier=dossier, book=book)
