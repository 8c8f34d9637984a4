"""Obligations and breaches of the measures."""

from __future__ import annotations

import numpy as np

from frise_analysis.simulation.declared_tables import DRUGS, ORDER, PERSONS, PROPERTY, ROAD, offence_mix
from frise_analysis.simulation.draws import MISSING, NEVER, Array, Draws, Stream
from frise_analysis.simulation.frames import Frame, at, next_day, ordinal, person_day, stacked
from frise_analysis.simulation.lives import Lives
from frise_analysis.vocabulary import BreachConsequence, BreachKind, MeasureCode, MeasureOutcome, ObligationCode

#: Share of the measures that carry an obligation, by group of offences (road, drugs, property, persons, order). Assumptions.
OBLIGATION_SHARES = {
    ObligationCode.TRAVAIL: (0.30, 0.55, 0.60, 0.35, 0.45),
    ObligationCode.RESIDENCE: (0.25, 0.35, 0.35, 0.30, 0.30),
    ObligationCode.SOINS: (0.60, 0.55, 0.25, 0.65, 0.35),
    ObligationCode.INDEMNISATION: (0.05, 0.02, 0.55, 0.45, 0.20),
    ObligationCode.TRESOR: (0.15, 0.15, 0.10, 0.08, 0.10),
    ObligationCode.CONDUITE: (0.20, 0.03, 0.01, 0.01, 0.02),
    ObligationCode.PERMIS: (0.30, 0.02, 0.00, 0.00, 0.00),
    ObligationCode.PARAITRE: (0.00, 0.10, 0.15, 0.35, 0.15),
    ObligationCode.DEBITS_BOISSONS: (0.04, 0.01, 0.01, 0.03, 0.03),
    ObligationCode.FREQUENTATION: (0.00, 0.10, 0.10, 0.03, 0.05),
    ObligationCode.CONTACT: (0.01, 0.05, 0.15, 0.55, 0.15),
    ObligationCode.ARME: (0.00, 0.08, 0.05, 0.30, 0.25),
    ObligationCode.STAGE: (0.20, 0.08, 0.06, 0.20, 0.12),
    ObligationCode.EVICTION: (0.00, 0.00, 0.00, 0.10, 0.00),
    ObligationCode.BAR: (0.00, 0.00, 0.00, 0.02, 0.00),
    ObligationCode.PRISE_EN_CHARGE: (0.03, 0.05, 0.05, 0.06, 0.05),
}
_WITH_OBLIGATIONS = {
    MeasureCode.CJ, MeasureCode.ARSE, MeasureCode.SP, MeasureCode.SPR, MeasureCode.SME, MeasureCode.CPEN, MeasureCode.LC,
    MeasureCode.SSJ, MeasureCode.DDSE_A, MeasureCode.PSE, MeasureCode.SL, MeasureCode.PE,
}  # fmt: skip
_BREACH_KINDS = np.array(
    [BreachKind.ABSENCE, BreachKind.JUSTIFICATIFS, BreachKind.SOINS, BreachKind.INDEMNISATION, BreachKind.CONTACT,
     BreachKind.PARAITRE, BreachKind.AUTRE], dtype=object)  # fmt: skip
_BREACH_CUMULATIVE = np.array([0.52, 0.68, 0.82, 0.90, 0.95, 0.97, 1.0])
#: A breach of these kinds breaks an obligation that the measure carries.
_BROKEN_OBLIGATION = {
    BreachKind.SOINS: ObligationCode.SOINS,
    BreachKind.INDEMNISATION: ObligationCode.INDEMNISATION,
    BreachKind.CONTACT: ObligationCode.CONTACT,
    BreachKind.PARAITRE: ObligationCode.PARAITRE,
}
_CONSEQUENCES = np.array(
    [BreachConsequence.AUCUNE, BreachConsequence.RAPPEL, BreachConsequence.RAPPORT, BreachConsequence.MODIFICATION,
     BreachConsequence.PROLONGATION], dtype=object)  # fmt: skip
_CONSEQUENCE_CUMULATIVE = np.array([0.22, 0.66, 0.91, 0.96, 1.0])
_TIMED = (MeasureCode.PSE, MeasureCode.DDSE_A, MeasureCode.DDSE_P, MeasureCode.SL, MeasureCode.ARSE)
_WORKED = (MeasureCode.TIG, MeasureCode.STIG)
#: Most ordinary breaches of one measure.
SLOTS = 6


def obligation_table(lives: Lives, frame: Frame) -> Frame:
    """One row per obligation of a measure; ``measure`` is the number of the measure within the person."""
    measure, code = np.nonzero(_carried(lives, frame))
    codes = np.array([item.value for item in OBLIGATION_SHARES], dtype=object)
    return {
        "row": frame["row"][measure], "measure": frame["ordinal"][measure], "obligation_code": codes[code],
        "start_date": frame["start"][measure], "end_date": frame["end"][measure],
    }  # fmt: skip


def _carried(lives: Lives, frame: Frame) -> Array:
    """Whether each measure (row) carries each obligation of ``OBLIGATION_SHARES`` (column)."""
    kinds = np.array([code in _WITH_OBLIGATIONS for code in MeasureCode])
    group = offence_mix().group[lives.careers.cases["offence"][frame["case"]]]
    assert {ROAD, DRUGS, PROPERTY, PERSONS, ORDER} == set(range(5))
    shares = np.array(list(OBLIGATION_SHARES.values()))[:, group].T
    wide = Draws(lives.draws.base[frame["row"]][:, None])
    event = frame["ordinal"][:, None] * 64 + np.arange(len(OBLIGATION_SHARES))
    return wide.below(np.where(kinds[frame["kind"]][:, None], shares, 0.0), Stream.OBLIGATION, event)


def breach_table(lives: Lives, frame: Frame) -> Frame:
    """Breaches as written, by person and date; every one falls within its measure."""
    parts = stacked([_ordinary(lives, frame), _new_facts(lives, frame), _final(frame)])
    parts = at(parts, np.lexsort((parts["measure"], parts["breach_date"], parts["row"])))
    return {**parts, "ordinal": ordinal(parts["row"])}


def _breaches(frame: Frame, rows: Array, day: Array, kind: Array, consequence: Array) -> Frame:
    return {
        "row": frame["row"][rows], "measure": frame["ordinal"][rows], "breach_date": day,
        "kind": kind.astype(object), "consequence": consequence.astype(object),
    }  # fmt: skip


def _ordinary(lives: Lives, frame: Frame) -> Frame:
    length = frame["last"] - frame["start"] - 20
    share = np.clip(length / 365.25 * lives.declared.follow_up.yearly_breaches / SLOTS, 0, 0.9)
    share = np.where(np.array([code == MeasureCode.DP for code in MeasureCode])[frame["kind"]], 0, share)
    wide = Draws(lives.draws.base[frame["row"]][:, None])
    rows, slot = np.nonzero(
        wide.below(share[:, None], Stream.BREACHES, frame["ordinal"][:, None] * 8 + np.arange(SLOTS))
    )
    draws, event = lives.draws.at(frame["row"][rows]), frame["ordinal"][rows] * 8 + slot
    day = frame["start"][rows] + 20 + (length[rows] * draws.uniform(Stream.BREACH_DATE, event)).astype(np.int64)
    drawn = _BREACH_KINDS[draws.pick(_BREACH_CUMULATIVE, Stream.BREACH_KIND, event)]
    kind = _possible(drawn, _carried(lives, at(frame, rows)))
    timed = np.isin(frame["kind"][rows], [list(MeasureCode).index(code) for code in _TIMED])
    worked = np.isin(frame["kind"][rows], [list(MeasureCode).index(code) for code in _WORKED])
    kind = np.where(timed, BreachKind.HORAIRES.value, np.where(worked, BreachKind.TRAVAIL.value, kind))
    return _breaches(
        frame, rows, day, kind, _CONSEQUENCES[draws.pick(_CONSEQUENCE_CUMULATIVE, Stream.BREACH_CONSEQUENCE, event)]
    )


def _possible(kind: Array, carried: Array) -> Array:
    """The kind drawn; a missed appointment where the measure does not carry the obligation that it would break."""
    columns = list(OBLIGATION_SHARES)
    for breach, obligation in _BROKEN_OBLIGATION.items():
        kind = np.where((kind == breach) & ~carried[:, columns.index(obligation)], BreachKind.ABSENCE, kind)
    return kind


def _new_facts(lives: Lives, frame: Frame) -> Frame:
    """New facts committed during the measure and known to the service before its end, six times out of ten."""
    facts = lives.careers.facts
    keys = np.sort(person_day(facts["row"], facts["day"]))
    draws = lives.draws.at(frame["row"])
    first = next_day(frame["row"], frame["start"], keys, NEVER)
    day = first + draws.whole(3, 90, Stream.BREACH_DATE, frame["ordinal"] * 8 + 7)
    told = draws.below(0.6, Stream.BREACHES, frame["ordinal"] * 8 + 7) & (day <= frame["last"])
    rows = np.flatnonzero(told)
    count = len(rows)
    return _breaches(
        frame,
        rows,
        day[rows],
        np.full(count, BreachKind.NOUVEAUX_FAITS.value),
        np.full(count, BreachConsequence.RAPPORT.value),
    )


def _final(frame: Frame) -> Frame:
    """The breach that cut a measure short, on the day it ended."""
    rows = np.flatnonzero(frame["cut"] & (frame["end"] > MISSING))
    outcome = frame["outcome"][rows]
    consequence = np.where(
        outcome == MeasureOutcome.RETIREE.value, BreachConsequence.RETRAIT.value, BreachConsequence.RAPPORT.value
    )
    consequence = np.where(
        outcome == MeasureOutcome.REVOQUEE.value, BreachConsequence.REVOCATION_TOTALE.value, consequence
    )
    partly = outcome == MeasureOutcome.REVOQUEE_PARTIELLEMENT.value
    consequence = np.where(partly, BreachConsequence.REVOCATION_PARTIELLE.value, consequence)
    return _breaches(frame, rows, frame["end"][rows], np.full(len(rows), BreachKind.ABSENCE.value), consequence)
