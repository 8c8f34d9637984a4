"""What a screening of dates may answer, and the sentence that every answer carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from frise_analysis.analysis.deadlines.rules import DeadlineRule
from frise_analysis.analysis.legal_clocks.answers import TO_VERIFY, sentences
from frise_analysis.dates import full_date, numeric_date
from frise_analysis.vocabulary import Labelled

NOTICE = "Date indicative, seule la fiche pénale fait foi."


class Scenario(Labelled):
    """What is assumed of the reductions of a sentence."""

    NONE = "sans_rp", "sans réduction de peine"
    KNOWN = "rp_connues", "avec les réductions connues"
    MOST = "rp_max", "avec les réductions les plus fortes que le texte permet"


class DeadlineAnswer(Labelled):
    """What one rule says of one person on a day; never what will be decided."""

    DUE = "due", "date atteinte (calcul)"
    COMING = "coming", "date à venir (calcul)"
    EXCLUDED = "excluded", "exclu (calcul)"
    UNDETERMINED = "undetermined", "indéterminé"
    NOT_CONCERNED = "not_concerned", "sans objet"


Dates = Mapping[Scenario, date]
_SCENARIOS = tuple(Scenario)


@dataclass(frozen=True)
class Finding:
    """What one rule says: its answer, its dates by scenario, what the records settled, what they cannot, what is missing."""

    rule: DeadlineRule
    answer: DeadlineAnswer
    dates: Dates = field(default_factory=dict)
    checked: str = ""
    excluded_by: str = ""
    unchecked: str = ""
    missing: str = ""
    assumption: str = ""
    record_id: str | None = None

    @property
    def day(self) -> date | None:
        """Its date with the reductions that are known."""
        return self.dates.get(Scenario.KNOWN)


def same_day(day: date) -> Dates:
    """A date that reductions do not move."""
    return dict.fromkeys(_SCENARIOS, day)


def dated(rule: DeadlineRule, dates: Dates, *, as_of: date, checked: str = "", unchecked: str = "") -> Finding:
    """A date, reached or to come on the day of the records."""
    answer = DeadlineAnswer.DUE if dates[Scenario.KNOWN] <= as_of else DeadlineAnswer.COMING
    return Finding(rule, answer, dates, checked, unchecked=unchecked)


def not_concerned(rule: DeadlineRule, why: str) -> Finding:
    """A rule that is not about this person on this day."""
    return Finding(rule, DeadlineAnswer.NOT_CONCERNED, checked=why)


def undetermined(rule: DeadlineRule, missing: str, *, checked: str = "") -> Finding:
    """A date that the records do not give, and what would."""
    return Finding(rule, DeadlineAnswer.UNDETERMINED, checked=checked, missing=missing)


def excluded(rule: DeadlineRule, why: str) -> Finding:
    """A rule that the law closes to this person, by what the records hold."""
    return Finding(rule, DeadlineAnswer.EXCLUDED, excluded_by=why)


def finding_words(found: Finding, *, on: date) -> str:
    """The finding in sentences: the date, the rule, what was and what was not checked, the day of the rules, the notice."""
    told = {
        "hypothèse": found.assumption,
        "vérifié": found.checked, "exclu par": found.excluded_by,
        "non vérifiable ici": found.unchecked, "ce qui trancherait": found.missing,
    }  # fmt: skip
    return sentences(
        f"{found.answer.label} : {full_date(found.day)}" if found.day else found.answer.label,
        _range(found.dates),
        f"{found.rule.id}, {found.rule.article} : {found.rule.words}",
        *(f"{name} : {text}" for name, text in told.items() if text),
        TO_VERIFY if found.rule.to_verify else "",
        f"règles au {numeric_date(on)}",
        NOTICE,
    )


def _range(dates: Dates) -> str:
    if len(set(dates.values())) < 2:
        return ""
    none = dates[Scenario.NONE] == dates[Scenario.KNOWN]
    shown = {x: day for x, day in dates.items() if not (none and x == Scenario.KNOWN)}
    told = " ; ".join(f"{x.label}, {full_date(day)}" for x, day in shown.items())
    return f"{told} ; aucune réduction n’est dans les enregistrements" if none else told
