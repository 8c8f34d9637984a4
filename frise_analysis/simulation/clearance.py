"""When sentences end, and when convictions become void or are rehabilitated (CP 132-35, 132-39, 132-52, 133-13, 133-16)."""

from __future__ import annotations

import numpy as np

from frise_analysis.simulation.convictions import ssj_end
from frise_analysis.simulation.draws import MISSING, NEVER, Array, Stream
from frise_analysis.simulation.frames import Frame, next_day, person_day
from frise_analysis.simulation.lives import Lives
from frise_analysis.simulation.sentencing import Penalty

_YEAR = 365.25
#: Days from the final date to the end of a sentence that no event ends.
_FIXED_END = {
    Penalty.FINE: 90, Penalty.DAY_FINE: 180, Penalty.COMMUNITY_SERVICE: 540, Penalty.COURSE: 180,
    Penalty.HOME_DETENTION: 270, Penalty.LICENCE: 240, Penalty.WAIVER: 1, Penalty.EDUCATIVE: 365,
}  # fmt: skip


def clearance(lives: Lives, decided: Frame, adjusted: Frame) -> Frame:
    """Void, rehabilitation and expiry dates, one row per decision; ``MISSING`` where there is none or it is not noted.

    A socio-judicial follow-up holds back both void and rehabilitation until its end.
    """
    draws = lives.draws.at(decided["row"])
    followed = ssj_end(draws, decided)
    void = np.maximum(_void(decided), followed)
    expired = _expired(decided, adjusted)
    rehabilitated = np.maximum(_rehabilitated(decided, np.where(void < NEVER, void, expired)), followed)
    noted = draws.below(lives.declared.record.clearance_noted_share, Stream.CLEARANCE, decided["number"])
    prison = np.isin(decided["penalty"], (Penalty.PRISON, Penalty.MIXED, Penalty.RECLUSION, Penalty.FINE))
    return {
        "void": _observed(void, lives, noted),
        "rehabilitated": _observed(rehabilitated, lives, noted),
        "expired": _observed(expired, lives, noted & prison),
    }


def _observed(day: Array, lives: Lives, noted: Array) -> Array:
    return np.where(noted & (day <= lives.extraction), day, MISSING)


def _void(decided: Frame) -> Array:
    """Simple suspension: five years without a new prison sentence; probation: its end, unless revoked."""
    prison = np.isin(decided["penalty"], (Penalty.PRISON, Penalty.MIXED, Penalty.RECLUSION))
    keys = np.sort(person_day(decided["row"][prison], decided["judged"][prison]))
    five_years = decided["final"] + int(5 * _YEAR) + 1
    clean = next_day(decided["row"], decided["judged"], keys, NEVER) > five_years
    void = np.where((decided["penalty"] == Penalty.SUSPENDED) & clean, five_years, NEVER)
    served = (decided["probation_start"] > MISSING) & (decided["revoked"] == MISSING)
    return np.where(served, decided["probation_start"] + decided["probation_days"], void)


def _expired(decided: Frame, adjusted: Frame) -> Array:
    fixed = np.array([_FIXED_END.get(penalty, NEVER) for penalty in Penalty])[decided["penalty"]]
    expired = decided["final"] + fixed
    release = decided["release"].copy()
    release[np.isin(decided["case"], adjusted["case"])] = MISSING
    by_case = dict(zip(adjusted["case"].tolist(), adjusted["end"].tolist(), strict=True))
    ends = np.array([by_case.get(case, MISSING) for case in decided["case"].tolist()], dtype=np.int64)
    release = np.maximum(release, ends)
    tail = np.where(decided["early"] > 0, decided["firm_days"] * 0.1, 0).astype(np.int64)
    expired = np.where(release > MISSING, release + tail, expired)
    revoked = np.maximum(decided["revoked"], decided["returned"])
    expired = np.where(revoked > MISSING, revoked + decided["suspended_days"] + decided["firm_days"], expired)
    return np.maximum(expired, decided["final"])


def _rehabilitated(decided: Frame, since: Array) -> Array:
    """Three years after a fine, five after prison up to a year or any other penalty, ten beyond, without a new conviction."""
    fine = np.isin(decided["penalty"], (Penalty.FINE, Penalty.DAY_FINE))
    long = decided["firm_days"] > 365
    years = np.where(fine, 3, np.where(long, 10, 5))
    acquired = since + (years * _YEAR).astype(np.int64) + 1
    keys = np.sort(person_day(decided["row"], decided["judged"]))
    clean = next_day(decided["row"], decided["judged"], keys, NEVER) > acquired
    return np.where(clean & (since < NEVER) & (decided["penalty"] != Penalty.WAIVER), acquired, NEVER)
