"""Custody periods: full custody from the careers, then adjusted sentences served at liberty, without any overlap."""

from __future__ import annotations

import numpy as np

from frise_analysis.simulation.careers import Stay
from frise_analysis.simulation.draws import MISSING, NEVER, Array, Stream
from frise_analysis.simulation.frames import Frame, at, next_day, person_day, stacked
from frise_analysis.simulation.lives import Lives
from frise_analysis.vocabulary import CustodyRegime

_ADJUSTED = np.array(
    [CustodyRegime.DDSE.value, CustodyRegime.SEMI_LIBERTE.value, CustodyRegime.PLACEMENT_EXTERIEUR.value], dtype=object
)


def full_custody(lives: Lives) -> Frame:
    """One row per stay in full custody that began before the horizon; ``end`` is ``MISSING`` while it runs."""
    stays = lives.careers.stays
    stays = at(stays, np.flatnonzero(stays["start"] <= lives.horizon[stays["row"]]))
    regime = np.where(
        stays["reason"] == Stay.PRETRIAL, CustodyRegime.DETENTION_PROVISOIRE.value, CustodyRegime.DETENTION.value
    )
    return {
        "row": stays["row"], "case": stays["case"], "start": stays["start"], "end": stays["end"],
        "regime": regime.astype(object), "cut": np.zeros(len(regime), dtype=bool),
    }  # fmt: skip


def adjusted_custody(lives: Lives, full: Frame) -> Frame:
    """One row per sentence served under home detention, day release or outside placement.

    A stay in full custody postpones its start or cuts it short (``cut``); one that nothing is left of is not served.
    """
    cases = lives.careers.cases
    chosen = np.flatnonzero(cases["adjusted"] == 1)
    row, number = cases["row"][chosen], cases["number"][chosen]
    draws = lives.draws.at(row)
    start = cases["judged"][chosen] + draws.whole(60, 210, Stream.EXECUTION_DELAY, number)
    keys = np.sort(person_day(full["row"], full["start"]))
    ends = np.sort(person_day(full["row"], full["end"]))
    # Held on the planned day when more stays have begun than have ended.
    held = np.searchsorted(keys, person_day(row, start), side="right") - np.searchsorted(
        ends, person_day(row, start), side="left"
    )
    start = np.where(held > 0, next_day(row, start - 1, ends, NEVER) + 1, start)
    end = start + np.maximum(cases["served_days"][chosen], 15)
    barrier = next_day(row, start - 1, keys, NEVER) - 1
    frame = {
        "row": row, "case": chosen, "start": start, "end": np.minimum(end, barrier),
        "regime": _ADJUSTED[draws.pick(np.array([0.76, 0.92, 1.0]), Stream.MEASURE, number)], "cut": barrier < end,
    }  # fmt: skip
    kept = (frame["end"] > frame["start"] + 7) & (frame["start"] <= lives.horizon[row])
    return _without_overlap(at(frame, np.flatnonzero(kept)))


def _without_overlap(frame: Frame) -> Frame:
    """Leave aside a period that begins before the end of an earlier one of the same person."""
    frame = at(frame, np.lexsort((frame["start"], frame["row"])))
    ends = np.maximum.accumulate(person_day(frame["row"], frame["end"])) if len(frame["row"]) else frame["row"]
    before = np.r_[-1, ends[:-1]][: len(ends)]
    return at(frame, np.flatnonzero(person_day(frame["row"], frame["start"]) > before))


def custody_table(lives: Lives, full: Frame, adjusted: Frame) -> Frame:
    """Custody periods as written: sorted by person and date, open while they run at the horizon."""
    frame = stacked([full, adjusted])
    frame = at(frame, np.lexsort((frame["start"], frame["row"])))
    return {
        "row": frame["row"],
        "start_date": frame["start"],
        "end_date": ended(frame["end"], lives, frame["row"]),
        "regime": frame["regime"],
    }


def ended(end: Array, lives: Lives, row: Array) -> Array:
    """End as observed: the day of death cuts it, and it is ``MISSING`` when it lies after the extraction."""
    cut = np.minimum(end, lives.traits.death[row])
    return np.where(cut <= lives.extraction, cut, MISSING)
