"""E9, adjustment at judgment: each judgment by itself, from the firm part that it pronounced (CP 132-19, 132-25)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from frise_analysis.analysis.deadlines.answers import DeadlineAnswer, Finding, excluded, not_concerned, undetermined
from frise_analysis.analysis.deadlines.firm_sentences import NOTHING_FIRM, pronounced_part
from frise_analysis.analysis.deadlines.judgment_law import doubt, versions
from frise_analysis.analysis.deadlines.rules import DeadlineRule
from frise_analysis.analysis.deadlines.sentence_clock import Quantum
from frise_analysis.analysis.legal_clocks.answers import joined
from frise_analysis.analysis.legal_clocks.dossier import Conviction
from frise_analysis.dates import months_in_words

_FORBIDDEN = "un mois ferme au plus : le texte ne permet pas de prononcer cette peine"


def judgment_findings(rule: DeadlineRule, lines: Iterable[Conviction], *, as_of: date) -> Iterator[Finding]:
    """What the rule says of each judgment; the records say whether the sentence was adjusted, never why it was not."""
    for line in lines:
        found = _of_judgment(rule, line, as_of)
        told = "" if found.answer == DeadlineAnswer.NOT_CONCERNED else rule.unchecked
        yield replace(found, record_id=line.conviction_id, unchecked=told)


def _of_judgment(rule: DeadlineRule, line: Conviction, as_of: date) -> Finding:
    part = pronounced_part(line)
    if part.missing:
        return undetermined(rule, part.missing)
    if part.life or part == NOTHING_FIRM:
        return not_concerned(
            rule, "peine à perpétuité" if part.life else "peine ferme venue de la révocation d’un sursis"
        )
    found = [_of_length(x, part.length) for x in versions(rule, line, as_of=as_of)]
    if len({(x.answer, x.checked, x.excluded_by) for x in found}) > 1:
        return undetermined(rule, doubt(line), checked=f"{part.length.words} fermes au jugement")
    # Two versions that agree: the one to verify, since the answer may rest on it.
    return max(found, key=lambda x: x.rule.to_verify)


def _of_length(rule: DeadlineRule, length: Quantum) -> Finding:
    """What one version says of a firm part: closed up to ``days``, the rule up to ``months``, possible up to the total."""
    if rule.days is not None and not length.months and length.days <= rule.days:
        return excluded(rule, _FORBIDDEN)
    if not length.within(rule.total_months or 0):
        return not_concerned(rule, f"plus de {months_in_words(rule.total_months or 0)} fermes au jugement")
    ruled = rule.months is not None and length.within(rule.months)
    half = "aménagement de principe" if ruled else "aménagement si la personnalité le permet"
    checked = joined([f"{length.words} fermes au jugement", half, "pas d’aménagement enregistré dès le jugement"])
    return undetermined(rule, "les motifs du jugement", checked=checked)
