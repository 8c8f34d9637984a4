"""Measures followed by the service, from the cases and the sentences, with their start, their end and their outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from frise_analysis.simulation.careers import EarlyRelease
from frise_analysis.simulation.convictions import ssj_end
from frise_analysis.simulation.draws import MISSING, NEVER, Array, Stream
from frise_analysis.simulation.frames import Frame, at, ordinal, stacked
from frise_analysis.simulation.lives import Lives
from frise_analysis.simulation.traits import ADULT_DAYS, REFORM_2020
from frise_analysis.vocabulary import (
    CustodyRegime,
    MeasureCode,
    MeasureOutcome,
    MeasurePhase,
    MeasureSetting,
    SentenceCode,
)

_PROBATION_CODE = {
    SentenceCode.SME: MeasureCode.SME,
    SentenceCode.CONTRAINTE_PENALE: MeasureCode.CPEN,
    SentenceCode.SURSIS_PROBATOIRE: MeasureCode.SP,
    SentenceCode.SURSIS_PROBATOIRE_RENFORCE: MeasureCode.SPR,
}
_KIND = {code: index for index, code in enumerate(MeasureCode)}


def all_measures(lives: Lives, decided: Frame, full: Frame, adjusted: Frame) -> Frame:
    """One row per measure that began before the horizon, by person and date.

    ``end`` is ``MISSING`` while it runs; ``kind`` is the position of the code in ``MeasureCode``; ``case`` its procedure.
    """
    parts = [
        _judicial_control(lives), _pretrial_detention(full), _probation(decided), _work(lives, decided),
        _courses(lives, decided), _home_detention(lives, decided), _adjusted(lives, adjusted), _released(lives, decided),
        _socio_judicial(lives, decided),
    ]  # fmt: skip
    frame = stacked(parts)
    # Minors are followed by the PJJ: the service only knows measures that begin after the eighteenth birthday.
    adult = frame["start"] >= lives.traits.birth[frame["row"]] + ADULT_DAYS
    frame = at(frame, np.flatnonzero(adult & (frame["start"] <= lives.horizon[frame["row"]])))
    frame = at(frame, np.lexsort((frame["case"], frame["start"], frame["row"])))
    frame["ordinal"] = ordinal(frame["row"])
    return _finish(lives, frame)


@dataclass(frozen=True)
class _Span:
    """Days of a measure; ``end`` is the planned or decided end, ``cut`` whether conduct put an end to it."""

    start: Array
    planned: Array
    end: Array
    cut: Array | None = None


def _measures(frame: Frame, kind: Array, span: _Span) -> Frame:
    return {
        "row": frame["row"],
        "case": frame["case"],
        "kind": kind,
        "start": span.start,
        "planned": span.planned,
        "end": span.end,
        "cut": np.zeros(len(span.start), dtype=bool) if span.cut is None else span.cut,
    }


def _same(code: MeasureCode, count: int) -> Array:
    return np.full(count, _KIND[code])


def _judicial_control(lives: Lives) -> Frame:
    cases = lives.careers.cases
    chosen = np.flatnonzero(cases["control"] == 1)
    frame = at(cases, chosen)
    draws = lives.draws.at(frame["row"])
    start = frame["opened"] + draws.whole(1, 30, Stream.MEASURE, frame["number"])
    tagged = draws.below(0.07, Stream.MEASURE_END, frame["number"])
    code = np.where(tagged, _KIND[MeasureCode.ARSE], _KIND[MeasureCode.CJ])
    span = _Span(start, np.full(len(start), MISSING), frame["due"])
    return _measures({**frame, "case": chosen}, code, span)


def _pretrial_detention(full: Frame) -> Frame:
    frame = at(full, np.flatnonzero(full["regime"] == CustodyRegime.DETENTION_PROVISOIRE.value))
    count = len(frame["row"])
    return _measures(frame, _same(MeasureCode.DP, count), _Span(frame["start"], np.full(count, MISSING), frame["end"]))


def _probation(decided: Frame) -> Frame:
    frame = at(decided, np.flatnonzero(decided["probation_start"] > MISSING))
    code = np.full(len(frame["row"]), _KIND[MeasureCode.SP])
    for sentence, measure in _PROBATION_CODE.items():
        code[frame["sentence_code"] == sentence.value] = _KIND[measure]
    planned = frame["probation_start"] + frame["probation_days"]
    revoked = frame["revoked"] > MISSING
    end = np.where(revoked, frame["revoked"], planned)
    return _measures(frame, code, _Span(frame["probation_start"], planned, end, revoked))


def _work(lives: Lives, decided: Frame) -> Frame:
    """Community service: to be done within eighteen months, usually sooner."""
    work = np.isin(decided["sentence_code"], (SentenceCode.TIG.value, SentenceCode.STIG.value))
    frame = at(decided, np.flatnonzero(work))
    draws = lives.draws.at(frame["row"])
    code = np.where(frame["sentence_code"] == SentenceCode.STIG.value, _KIND[MeasureCode.STIG], _KIND[MeasureCode.TIG])
    end = frame["final"] + draws.whole(150, 548, Stream.MEASURE_END, frame["number"])
    failed = draws.below(0.12, Stream.REVOKED, frame["number"])
    return _measures(frame, code, _Span(frame["final"], frame["final"] + 548, end, failed))


def _courses(lives: Lives, decided: Frame) -> Frame:
    frame = at(decided, np.flatnonzero(decided["sentence_code"] == SentenceCode.STAGE.value))
    draws = lives.draws.at(frame["row"])
    end = frame["final"] + draws.whole(40, 183, Stream.MEASURE_END, frame["number"])
    missed = draws.below(0.08, Stream.REVOKED, frame["number"])
    return _measures(
        frame, _same(MeasureCode.STAGE, len(end)), _Span(frame["final"], frame["final"] + 183, end, missed)
    )


def _home_detention(lives: Lives, decided: Frame) -> Frame:
    frame = at(decided, np.flatnonzero(decided["sentence_code"] == SentenceCode.DDSE.value))
    draws = lives.draws.at(frame["row"])
    start = frame["final"] + draws.whole(10, 90, Stream.EXECUTION_DELAY, frame["number"])
    end = start + frame["firm_days"]
    return _measures(frame, _same(MeasureCode.DDSE_P, len(end)), _Span(start, end, end))


def _adjusted(lives: Lives, adjusted: Frame) -> Frame:
    code = np.where(adjusted["start"] < REFORM_2020, _KIND[MeasureCode.PSE], _KIND[MeasureCode.DDSE_A])
    code = np.where(adjusted["regime"] == CustodyRegime.SEMI_LIBERTE.value, _KIND[MeasureCode.SL], code)
    code = np.where(adjusted["regime"] == CustodyRegime.PLACEMENT_EXTERIEUR.value, _KIND[MeasureCode.PE], code)
    planned = adjusted["start"] + np.maximum(lives.careers.cases["served_days"][adjusted["case"]], 15)
    return _measures(adjusted, code, _Span(adjusted["start"], planned, adjusted["end"], adjusted["cut"]))


def _released(lives: Lives, decided: Frame) -> Frame:
    """Parole and constrained release: from the release to the end of the sentence, unless withdrawn."""
    frame = at(decided, np.flatnonzero((decided["early"] > 0) & (decided["release"] > MISSING)))
    declared = lives.declared.execution
    parole = frame["early"] == EarlyRelease.PAROLE
    share = np.where(
        parole,
        declared.served_share - declared.parole_served_share,
        declared.served_share - declared.constrained_served_share,
    )
    planned = frame["release"] + np.maximum(frame["firm_days"] * share, 30).astype(np.int64)
    back = frame["returned"] > MISSING
    end = np.where(back, np.minimum(frame["returned"], planned), planned)
    code = np.where(parole, _KIND[MeasureCode.LC], _KIND[MeasureCode.LSC])
    return _measures(frame, code, _Span(frame["release"], planned, end, back))


def _socio_judicial(lives: Lives, decided: Frame) -> Frame:
    ends = ssj_end(lives.draws.at(decided["row"]), decided)
    rows = np.flatnonzero(ends > MISSING)
    frame, planned = at(decided, rows), ends[rows]
    return _measures(frame, _same(MeasureCode.SSJ, len(planned)), _Span(frame["release"], planned, planned))


def _finish(lives: Lives, frame: Frame) -> Frame:
    """Transfers, deaths, what still runs, and the outcome of what ended."""
    draws, event = lives.draws.at(frame["row"]), frame["ordinal"]
    moved = draws.below(lives.declared.follow_up.transferred_share, Stream.OUTCOME, event) & ~frame["cut"]
    moved &= frame["end"] > frame["start"] + 120
    left = frame["start"] + ((frame["end"] - frame["start"]) * draws.uniform(Stream.MEASURE_END, event)).astype(
        np.int64
    )
    end = np.where(moved, left, frame["end"])
    death = lives.traits.death[frame["row"]]
    died = death < end
    end = np.where(died, death, end)
    running = end > lives.extraction
    outcome = np.where(
        frame["cut"], _cut_outcome(frame["kind"], draws.uniform(Stream.OUTCOME, event)), MeasureOutcome.ACCOMPLIE.value
    )
    outcome = np.where(moved, MeasureOutcome.DESSAISISSEMENT.value, outcome)
    outcome = np.where(died, MeasureOutcome.DECES.value, outcome)
    return {
        **frame, "end": np.where(running, MISSING, end), "outcome": np.where(running, "", outcome).astype(object),
        "last": np.where(running, lives.extraction, end), "cut": frame["cut"] & ~running & ~died,
    }  # fmt: skip


def _cut_outcome(kind: Array, drawn: Array) -> Array:
    """What a measure cut short is called: adjustments are withdrawn, suspensions revoked, sometimes in part."""
    withdrawn = np.isin(
        kind,
        [
            _KIND[code]
            for code in (
                MeasureCode.PSE,
                MeasureCode.DDSE_A,
                MeasureCode.SL,
                MeasureCode.PE,
                MeasureCode.LC,
                MeasureCode.LSC,
            )
        ],
    )
    partly = np.isin(kind, [_KIND[code] for code in (MeasureCode.SP, MeasureCode.SME)]) & (drawn > 0.65)
    other = np.isin(kind, [_KIND[code] for code in (MeasureCode.TIG, MeasureCode.STAGE)])
    outcome = np.where(withdrawn, MeasureOutcome.RETIREE.value, MeasureOutcome.REVOQUEE.value)
    outcome = np.where(partly, MeasureOutcome.REVOQUEE_PARTIELLEMENT.value, outcome)
    return np.where(other, MeasureOutcome.AUTRE.value, outcome)


def measure_table(lives: Lives, decided: Frame, frame: Frame) -> Frame:
    """Measures as written."""
    rank = np.zeros(len(lives.careers.cases["row"]), dtype=np.int64)
    rank[decided["case"]] = decided["rank"]
    codes = np.array([code.value for code in MeasureCode], dtype=object)
    before = np.isin(frame["kind"], [_KIND[code] for code in (MeasureCode.CJ, MeasureCode.ARSE, MeasureCode.DP)])
    closed = np.isin(frame["kind"], [_KIND[code] for code in (MeasureCode.DP, MeasureCode.SL)])
    referral, interview = _first_steps(lives, frame)
    return {
        "row": frame["row"], "ordinal": frame["ordinal"], "rank": rank[frame["case"]], "measure_code": codes[frame["kind"]],
        "phase": np.where(before, MeasurePhase.PRE.value, MeasurePhase.POST.value).astype(object),
        "setting": np.where(closed, MeasureSetting.CLOSED.value, MeasureSetting.OPEN.value).astype(object),
        "referral_date": referral, "first_interview_date": interview, "start_date": frame["start"],
        "planned_end_date": frame["planned"], "end_date": frame["end"], "outcome": frame["outcome"],
    }  # fmt: skip


def _first_steps(lives: Lives, frame: Frame) -> tuple[Array, Array]:
    """Referral and first interview; ``MISSING`` when they had not happened at the end of the measure."""
    draws, event, declared = lives.draws.at(frame["row"]), frame["ordinal"], lives.declared.follow_up
    referral = frame["start"] + draws.exponential(declared.referral_mean_days, Stream.REFERRAL, event).astype(np.int64)
    wait = draws.lognormal(declared.interview_mean_days, 0.7, Stream.INTERVIEW, event)
    interview = referral + 1 + wait.astype(np.int64)
    return (
        np.where(referral <= frame["last"], referral, MISSING),
        np.where(interview <= frame["last"], interview, MISSING),
    )


def has_running_measure(lives: Lives, frame: Frame) -> Array:
    """For each person, whether a measure runs on the extraction date."""
    return np.bincount(frame["row"][frame["end"] == MISSING], minlength=len(lives.horizon)) > 0


def last_end(lives: Lives, frame: Frame) -> Array:
    """For each person, the day their last measure ended; very long ago where there is none."""
    last = np.full(len(lives.horizon), -NEVER)
    np.maximum.at(last, frame["row"], frame["last"])
    return last
