"""What links one conviction and later facts: concours, récidive, réitération or nothing (CP 132-2, 132-8 to 132-11, 132-16-7).

Conditions and dates only. What a court would then do of the sentence is never computed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from frise_analysis.analysis.legal_clocks.answers import PairAnswer, Verdict, joined, unknown
from frise_analysis.analysis.legal_clocks.dossier import Conviction, Dossier, Facts
from frise_analysis.analysis.legal_clocks.expiry import Term, expiry
from frise_analysis.analysis.legal_clocks.matching import CONDITIONS, matches
from frise_analysis.analysis.legal_clocks.rules import UNREAD, LegalRule, RuleBook, RuleNotInForce, entry_kinds
from frise_analysis.dates import add_years
from frise_analysis.vocabulary import JudgmentMode, OffenceNature


@dataclass(frozen=True)
class Window:
    """Days in which new facts meet the delay of a rule: sure up to ``end``, possible up to ``latest``; None: no end."""

    start: date
    end: date | None
    latest: date | None


@dataclass(frozen=True)
class Finding:
    """The answer for one pair, the rule it comes from, what was reasoned, and what would settle a doubt."""

    answer: PairAnswer
    rule: LegalRule | None = None
    window: Window | None = None
    reason: str = ""
    missing: str = ""
    to_verify: bool = False


def doubt(missing: str, *, reason: str = "") -> Finding:
    """A pair that the records do not settle; what rests on an unread reason is to verify."""
    return Finding(PairAnswer.UNDETERMINED, reason=reason, missing=missing, to_verify=bool(reason))


def classify(first: Conviction, second: Facts, *, dossier: Dossier, book: RuleBook) -> Finding:
    """The link between a conviction and facts that it does not punish, by the rules of one day."""
    try:
        return _order(first, second, book=book) or _after(first, second, dossier=dossier, book=book)
    except RuleNotInForce as absent:
        return doubt(str(absent))


def _order(first: Conviction, second: Facts, *, book: RuleBook) -> Finding | None:
    """What the order of dates settles; None where the facts are after a conviction known to be final."""
    rule, days = book.rule("CONCOURS"), second.days
    if days is not None and days[1] < (first.final_date or first.decision_date):
        return Finding(PairAnswer.CONCOURS, rule, reason="faits antérieurs à la condamnation définitive")
    if first.final_date is None:
        return _not_final(first, rule)
    if days is None:
        return doubt("la date des faits")
    return (
        None
        if _surely_after(first.final_date, days[0], first)
        else doubt("l’ordre des faits et de la décision définitive")
    )


def _surely_after(final: date, day: date, first: Conviction) -> bool:
    """Facts of the very day of a decision final at once may be of before it."""
    return day > final or (day == final and final != first.decision_date)


def _not_final(first: Conviction, rule: LegalRule) -> Finding:
    if first.judgment_mode == JudgmentMode.PAR_DEFAUT:
        reason = "condamnation par défaut dont aucune date définitive n’est enregistrée : non signifiée, elle n’est pas définitive"
        return Finding(PairAnswer.CONCOURS, rule, reason=reason, to_verify=True)
    return doubt("la date à laquelle la première condamnation est définitive")


def _after(first: Conviction, second: Facts, *, dossier: Dossier, book: RuleBook) -> Finding:
    answered = _no_first_term(first)
    if answered is not None:
        return answered
    assert first.final_date is not None, "an undated conviction was answered before"
    term = expiry(first, first.final_date, dossier=dossier, book=book)
    found = [x for y in first.facts for x in _under_rules(y, second, first.final_date, term, book=book)]
    return _best(found) or _outside(first, found, book=book)


def barred(first: Conviction, *, book: RuleBook) -> Finding | None:
    """What keeps a conviction from being read as a first term, whatever comes second; None where nothing does."""
    return _not_final(first, book.rule("CONCOURS")) if first.final_date is None else _no_first_term(first)


def _no_first_term(first: Conviction) -> Finding | None:
    entry = entry_kinds().get(first.entry_type)
    if entry is None or entry.first_term == "unsure":
        return doubt("ce que vaut cette mention du casier comme premier terme", reason=entry.words if entry else "")
    if entry.first_term == "no":
        return Finding(PairAnswer.NONE, reason=entry.words, to_verify=entry.confidence == UNREAD)
    return None if first.facts else doubt("les infractions de la première condamnation")


def _under_rules(y: Facts, second: Facts, final: date, term: Term, *, book: RuleBook) -> list[Finding]:
    return [_under(book.rule(x), matches(x, y, second, book=book), (final, term), second) for x in CONDITIONS]


def _under(rule: LegalRule, condition: Verdict, span: tuple[date, Term], second: Facts) -> Finding:
    """The answer of one rule for one offence of the first conviction."""
    if condition.value is False:
        return Finding(PairAnswer.NONE, rule)
    window, term = window_of(rule, *span), span[1]
    timing = _within(window, second, term)
    verify = rule.to_verify or condition.to_verify or timing.to_verify
    if timing.value is False:
        return Finding(PairAnswer.NONE, rule, window, term.words, to_verify=verify)
    reason = joined([rule.words, condition.words, "" if rule.years is None else term.words])
    answer = PairAnswer.RECIDIVE if condition.value and timing.value else PairAnswer.UNDETERMINED
    return Finding(answer, rule, window, reason, joined([condition.missing, timing.missing]), verify)


def window_of(rule: LegalRule, final: date, term: Term) -> Window:
    """From the day the conviction is final to the end of the delay after its sentence; without end where the rule has no delay."""
    if rule.years is None:
        return Window(final, None, None)
    latest = None if term.latest is None else add_years(term.latest, rule.years)
    return Window(final, add_years(term.earliest, rule.years), latest)


def _within(window: Window, second: Facts, term: Term) -> Verdict:
    """Whether the facts are of the delay, its last day included; a doubtful end of sentence leaves a doubt only between its bounds."""
    days = second.days
    assert days is not None, "undated facts were answered before"
    if window.end is None or days[1] <= window.end:
        # Sure from the earliest end: it does not rest on what bounds the latest one.
        return Verdict(value=True, to_verify=term.exact and term.to_verify and window.end is not None)
    if window.latest is not None and days[0] > window.latest:
        return Verdict(value=False, to_verify=term.to_verify)
    return unknown(term.missing if not term.exact else "la date exacte des faits", to_verify=term.to_verify)


def _best(found: list[Finding]) -> Finding | None:
    """A rule that is met, else a doubt; those that rest on nothing to verify come first, then in the order of the rules."""
    for answer in (PairAnswer.RECIDIVE, PairAnswer.UNDETERMINED):
        kept = [x for x in found if x.answer == answer]
        if kept:
            best = min(kept, key=lambda x: (x.to_verify, x.rule.id if x.rule else ""))
            return replace(best, missing=joined(x.missing for x in kept)) if answer == PairAnswer.UNDETERMINED else best
    return None


def _outside(first: Conviction, found: list[Finding], *, book: RuleBook) -> Finding:
    """No rule is met: réitération after a crime or a délit, nothing after contraventions alone."""
    missed = min((x for x in found if x.window), key=lambda x: x.rule.id if x.rule else "", default=None)
    window, late = _missed(missed)
    verify = any(x.to_verify for x in found)
    if first.nature is None:
        return doubt("la nature des infractions de la première condamnation")
    if first.nature == OffenceNature.CONTRAVENTION:
        return Finding(
            PairAnswer.NONE, None, window, late or "première condamnation pour contravention", to_verify=verify
        )
    rule = book.rule("REITERATION")
    return Finding(PairAnswer.REITERATION, rule, window, joined([late, rule.words]), to_verify=verify)


def _missed(finding: Finding | None) -> tuple[Window | None, str]:
    if finding is None or finding.rule is None:
        return None, ""
    return finding.window, joined([f"{finding.rule.id} : hors délai", finding.reason])
