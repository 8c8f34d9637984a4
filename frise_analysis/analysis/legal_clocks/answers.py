"""What a legal clock may answer, and the sentence that every answer carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from frise_analysis.vocabulary import Labelled

NOTICE = "Calcul indicatif ; seule la juridiction décide."
TO_VERIFY = "À vérifier."


class PairAnswer(Labelled):
    """What links a first conviction and later facts (CP 132-2, 132-8 to 132-11, 132-16-7)."""

    RECIDIVE = "recidive_possible", "conditions réunies (calcul)"
    REITERATION = "reiteration", "réitération (calcul)"
    CONCOURS = "concours", "concours d’infractions (calcul)"
    NONE = "none", "ni récidive ni réitération (calcul)"
    UNDETERMINED = "undetermined", "indéterminé"


class ClearanceAnswer(Labelled):
    """What becomes of a conviction with time (CP 132-35, 132-52, 133-13)."""

    REACHED = "reached", "date atteinte (calcul)"
    COMING = "coming", "date à venir (calcul)"
    REVOKED = "revoked", "sursis révoqué"
    INTERRUPTED = "interrupted", "délai interrompu (calcul)"
    NOT_BY_LAW = "not_by_law", "pas de plein droit (calcul)"
    NOT_CONCERNED = "not_concerned", "sans objet"
    UNDETERMINED = "undetermined", "indéterminé"


@dataclass(frozen=True)
class Verdict:
    """Yes, no, or unknown (``None``) and then what would settle it."""

    value: bool | None
    missing: str = ""
    to_verify: bool = False
    words: str = ""


YES, NO = Verdict(value=True), Verdict(value=False)


def unknown(missing: str, *, to_verify: bool = False) -> Verdict:
    """A condition that the records do not settle."""
    return Verdict(value=None, missing=missing, to_verify=to_verify)


def is_true(*, known: bool) -> Verdict:
    """A condition that the records settle."""
    return YES if known else NO


def all_of(*verdicts: Verdict) -> Verdict:
    """Kleene's conjunction: one no is a no; else one unknown is unknown, and says all that is missing."""
    if any(x.value is False for x in verdicts):
        return NO
    verify = any(x.to_verify for x in verdicts)
    words = " ; ".join(x.words for x in verdicts if x.words)
    if all(x.value for x in verdicts):
        return Verdict(value=True, to_verify=verify, words=words)
    return Verdict(value=None, missing=joined(x.missing for x in verdicts), to_verify=verify, words=words)


def any_of(*verdicts: Verdict) -> Verdict:
    """Kleene's disjunction: one yes is a yes, the surest first; else one unknown is unknown, and says all that is missing."""
    met = [x for x in verdicts if x.value]
    if met:
        return min(met, key=lambda x: x.to_verify)
    doubts = [x for x in verdicts if x.value is None]
    if not doubts:
        return NO
    return Verdict(None, joined(x.missing for x in doubts), any(x.to_verify for x in doubts))


def joined(parts: Iterable[str]) -> str:
    """Parts that say something, each once, in their order."""
    return " ; ".join(dict.fromkeys(x for part in parts for x in part.split(" ; ") if x))


def sentences(*parts: str) -> str:
    """Parts as sentences: a capital, a full stop unless they ask, a blank between."""
    said = [x.strip() for x in parts if x.strip()]
    return " ".join(f"{x[:1].upper()}{x[1:]}{'' if x.endswith(('.', '?')) else '.'}" for x in said)
