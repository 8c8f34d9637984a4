"""Which sentences a stay in prison executes, and its clock.

The records do not link a stay to a conviction. The firm sentences that are not known to be over are taken when there is one
way to take them; else the answer says what would settle it, and ``executing`` lets the service name the convictions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from frise_analysis.analysis.deadlines.firm_sentences import is_firm, is_over, total_of
from frise_analysis.analysis.deadlines.sentence_clock import SentenceClock
from frise_analysis.analysis.deadlines.situations import EXECUTING, Situation, Stay
from frise_analysis.analysis.legal_clocks.answers import joined
from frise_analysis.analysis.legal_clocks.dossier import Conviction
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.analysis.street_time import Span, merge_spans
from frise_analysis.dates import full_date, period, plural
from frise_analysis.vocabulary import CustodyRegime, MeasureCode

_ONE_DAY = timedelta(days=1)
#: Deducted like pre-trial detention (CPP 716-4, 142-11).
_PRETRIAL_MEASURES = frozenset({MeasureCode.DP, MeasureCode.ARSE, MeasureCode.ARSEM})


@dataclass(frozen=True)
class Execution:
    """What a stay executes on a day: its convictions, its clock where nothing is missing, and on what it rests."""

    convictions: tuple[Conviction, ...] = ()
    clock: SentenceClock | None = None
    life: bool = False
    missing: str = ""
    assumption: str = ""
    unchecked: str = ""

    @property
    def recidivism(self) -> bool:
        """Whether a court retained legal recidivism in one of them."""
        return any(x.retained for x in self.convictions)


def read_execution(
    situation: Situation, stay: Stay, *, book: RuleBook, executing: tuple[str, ...] = (), remission_days: int = 0
) -> Execution:
    """The execution under way in a stay that runs; ``executing`` are the convictions it executes, where the service knows."""
    chain = continuous(situation.stays, stay)
    since = _executing_since(chain)
    chosen, assumption, missing = _chosen(situation, since, book=book, executing=executing)
    firm = total_of(chosen)
    missing = joined([missing, firm.missing, *_not_final(chosen)])
    if missing or firm.life or not chosen:
        return Execution(chosen, None, firm.life, missing or ("" if chosen else _NO_SENTENCE), assumption)
    start = max(since, min(x.final_date for x in chosen if x.final_date))
    later = _freed_from(situation, chosen, since=start)
    spans = _linked(chosen) if later > start else (*_linked(chosen), *_before(chain, start))
    clock = SentenceClock(later, firm.length, _days(spans, until=later), chain[0].start_date, remission_days)
    return Execution(
        chosen,
        clock,
        assumption=joined([assumption, _counted(clock)]),
        unchecked=_loose(situation, chosen, spans, chain),
    )


_NO_SENTENCE = "la condamnation exécutée : aucune peine ferme en cours n’est enregistrée"


def continuous(stays: Iterable[Stay], last: Stay) -> tuple[Stay, ...]:
    """Periods that follow one another without a day at liberty up to ``last``, in order: one committal (*écrou*)."""
    chain = [last]
    for stay in sorted((x for x in stays if x != last), key=lambda x: x.start_date, reverse=True):
        first = chain[-1].start_date
        if stay.start_date <= first and (stay.end_date is None or stay.end_date >= first - _ONE_DAY):
            chain.append(stay)
    return tuple(reversed(chain))


def _executing_since(chain: tuple[Stay, ...]) -> date:
    """The first day under a sentence, without a period of another regime since."""
    since = chain[-1].start_date
    for stay in reversed(chain):
        if stay.regime not in EXECUTING:
            break
        since = stay.start_date
    return since


def _chosen(
    situation: Situation, since: date, *, book: RuleBook, executing: tuple[str, ...]
) -> tuple[tuple[Conviction, ...], str, str]:
    """Convictions taken to be executed, the assumption made, what is missing where there is more than one way."""
    dossier = situation.dossier
    if executing:
        named = tuple(x for x in dossier.convictions if x.conviction_id in executing)
        return named, "condamnations indiquées par le service", "" if len(named) == len(executing) else _UNKNOWN
    lines = tuple(x for x in dossier.convictions if is_firm(x) and not is_over(x, dossier, by=since, book=book))
    inside = tuple(x for x in lines if x.decision_date >= since)
    before = tuple(x for x in lines if x.decision_date < since)
    entered_by_judgment = any(x.decision_date == since for x in inside)
    if len(lines) <= 1 or not before:
        return lines, _ASSUMPTION if lines else "", ""
    if len(before) == 1 and not entered_by_judgment:
        return lines, _ASSUMPTION, ""
    days = ", ".join(full_date(x.decision_date) for x in lines)
    return (), "", f"quelles peines sont exécutées, parmi celles des {days}"


_ASSUMPTION = "peines fermes dont l’exécution n’est pas enregistrée, tenues pour exécutées à la suite et sans confusion"
_UNKNOWN = "une des condamnations indiquées n’est pas au dossier de cette personne"


def _not_final(chosen: tuple[Conviction, ...]) -> list[str]:
    return [
        f"le jour où la condamnation du {full_date(x.decision_date)} est définitive"
        for x in chosen
        if x.final_date is None
    ]


def _freed_from(situation: Situation, chosen: tuple[Conviction, ...], *, since: date) -> date:
    """The start, moved to the end recorded of another firm sentence that was served before within the same stay."""
    ends = [
        x.expired_date
        for x in situation.dossier.convictions
        if x not in chosen and x.expired_date and x.expired_date <= situation.as_of and is_firm(x)
    ]
    return max([since, *ends])


def _before(chain: tuple[Stay, ...], start: date) -> list[Span]:
    """Days in custody of the same committal before the title was final: pre-trial detention."""
    since = _executing_since(chain)
    return [(x.start_date, max(since, x.end_date or since)) for x in chain if x.regime not in EXECUTING] + [
        (since, start)
    ]


def _linked(chosen: tuple[Conviction, ...]) -> list[Span]:
    """Pre-trial measures linked to these convictions and over."""
    found = [y for x in chosen for y in x.measures if y.code in _PRETRIAL_MEASURES]
    return [(x.start_date, x.end_date) for x in found if x.end_date]


def _days(spans: Iterable[Span], *, until: date) -> int:
    return sum((min(end, until) - start).days for start, end in merge_spans(spans) if start < until)


def _counted(clock: SentenceClock) -> str:
    pretrial = f", {plural(clock.pretrial_days, 'jour')} de détention provisoire déduits" if clock.pretrial_days else ""
    return f"{clock.length.words} à compter du {full_date(clock.start)}{pretrial}"


def _loose(situation: Situation, chosen: tuple[Conviction, ...], spans: Iterable[Span], chain: tuple[Stay, ...]) -> str:
    """Pre-trial detention between the first facts and the last decision that no record links to a conviction."""
    first = min((y.start_date for x in chosen for y in x.facts), default=None)
    last = max(x.decision_date for x in chosen)
    merged = merge_spans(spans)
    return joined(
        f"l’imputation de la détention provisoire {_during(x)}"
        for x in situation.stays
        if x.regime == CustodyRegime.DETENTION_PROVISOIRE
        and x not in chain
        and (first is None or x.start_date >= first)
        and x.start_date <= last
        and not any(start <= x.start_date < end for start, end in merged)
    )


def _during(stay: Stay) -> str:
    return period(stay.start_date, stay.end_date)
