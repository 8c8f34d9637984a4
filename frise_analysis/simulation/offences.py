"""Offences as the record writes them: several for one date of facts at times, with a date more or less precise."""

from __future__ import annotations

import numpy as np

from frise_analysis.simulation.careers import pick_offence
from frise_analysis.simulation.declared_tables import FAMILIES, PERSONS, offence_mix, violence_in_group
from frise_analysis.simulation.draws import MISSING, Array, Draws, Stream
from frise_analysis.simulation.frames import Frame, at, ordinal
from frise_analysis.simulation.lives import Lives
from frise_analysis.simulation.traits import ADULT_DAYS
from frise_analysis.vocabulary import DatePrecision, OffenceFamily, OffenceNature

PRECISIONS = np.array([precision.value for precision in DatePrecision], dtype=object)
_DAY, _MONTH, _YEAR, _PERIOD = 0, 1, 2, 3
_NO_ATTEMPT = (
    OffenceFamily.ROUTE,
    OffenceFamily.STUPEFIANTS,
    OffenceFamily.VIOLENCES,
    OffenceFamily.AUTORITE,
    OffenceFamily.INVOLONTAIRES,
)


def offence_table(lives: Lives, decided: Frame) -> Frame:
    """Offences as written, by person and date; ``rank`` is that of their conviction, 0 while not judged."""
    facts = _known(lives, _ranked(lives, decided))
    frame = _companions(lives, facts)
    frame = at(frame, np.lexsort((frame["companion"], frame["number"], frame["row"])))
    mix, offence = offence_mix(), frame["offence"]
    draws, event = lives.draws.at(frame["row"]), frame["number"] * 8 + frame["companion"]
    start, end, precision = _dates(draws, frame, lives)
    return {
        "row": frame["row"], "ordinal": ordinal(frame["row"]), "rank": frame["rank"],
        "offence_start_date": start, "offence_end_date": end, "date_precision": PRECISIONS[precision],
        "natinf_code": mix.code[offence], "entry": offence, "nature": mix.nature[offence],
        "contravention_class": mix.contravention_class[offence],
        "family": np.array([family.value for family in FAMILIES], dtype=object)[mix.family[offence]],
        "max_sentence_years": mix.max_years[offence],
        "attempt": _attempts(lives, draws, event, offence), "intimate_partner": _partner(lives, draws, frame),
    }  # fmt: skip


def _ranked(lives: Lives, decided: Frame) -> Frame:
    rank = np.zeros(len(lives.careers.cases["row"]), dtype=np.int64)
    rank[decided["case"]] = decided["rank"]
    facts = lives.careers.facts
    return {**facts, "rank": rank[facts["case"]]}


def _known(lives: Lives, facts: Frame) -> Frame:
    """Facts of the record, and those not judged yet that a pre-trial measure or luck made known."""
    cases = lives.careers.cases
    followed = (cases["control"] + (cases["pretrial_days"] > 0))[facts["case"]] > 0
    draws = lives.draws.at(facts["row"])
    known = followed | draws.below(
        lives.declared.procedure.recorded_unjudged_share, Stream.KNOWN, cases["number"][facts["case"]]
    )
    return at(facts, np.flatnonzero((facts["rank"] > 0) | known))


def _companions(lives: Lives, facts: Frame) -> Frame:
    """One row per offence: each date of facts has one to four."""
    declared = lives.declared.procedure
    draws = lives.draws.at(facts["row"])
    extra = draws.pick(np.array(declared.companion_cumulative), Stream.COMPANIONS, facts["number"])
    position = np.repeat(np.arange(len(extra)), extra + 1)
    frame = at(facts, position)
    frame["companion"] = ordinal(position) - 1
    draws, event = lives.draws.at(frame["row"]), frame["number"] * 8 + frame["companion"]
    same = draws.below(declared.companion_same_family, Stream.COMPANION_FAMILY, event)
    family = np.where(same, offence_mix().family[frame["offence"]], -1)
    drawn = pick_offence(draws.uniform(Stream.COMPANION_OFFENCE, event), family)
    # A crime is never a mere companion: it would change the court and the sentence.
    drawn = np.where(offence_mix().crime[drawn], frame["offence"], drawn)
    minor = frame["day"] - lives.traits.birth[frame["row"]] < ADULT_DAYS
    drawn = np.where(minor & offence_mix().partner[drawn], violence_in_group(), drawn)
    frame["offence"] = np.where(frame["companion"] > 0, drawn, frame["offence"])
    return frame


def _dates(draws: Draws, frame: Frame, lives: Lives) -> tuple[Array, Array, Array]:
    """Start, end and precision; a vaguer date never reaches back into a stay in custody nor before the age of ten."""
    day = frame["day"]
    drawn = draws.pick(np.array(lives.declared.record.precision_cumulative), Stream.PRECISION, frame["number"])
    as_date = day.astype("datetime64[D]")
    month = as_date.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    year = as_date.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    period = day - draws.whole(10, 240, Stream.PERIOD_DAYS, frame["number"])
    start = np.choose(drawn, [day, month, year, period, day])
    limit = np.maximum(frame["free_since"], lives.traits.birth[frame["row"]] + 4400)
    possible = (start > limit) | (start == day)
    precision = np.where(possible, drawn, _DAY)
    return np.where(possible, start, day), np.where(precision == _PERIOD, day, MISSING), precision


def _attempts(lives: Lives, draws: Draws, event: Array, offence: Array) -> Array:
    without = np.isin(offence_mix().family[offence], [FAMILIES.index(family) for family in _NO_ATTEMPT])
    without |= offence_mix().nature[offence] == OffenceNature.CONTRAVENTION.value
    return ~without & draws.below(lives.declared.procedure.attempt_share, Stream.ATTEMPT, event)


def _partner(lives: Lives, draws: Draws, frame: Frame) -> Array:
    """Within the couple: by the label itself, else for a share of violence."""
    mix = offence_mix()
    violent = (mix.group[frame["offence"]] == PERSONS) & (
        mix.family[frame["offence"]] == FAMILIES.index(OffenceFamily.VIOLENCES)
    )
    other = violent & draws.below(lives.declared.record.partner_share, Stream.PARTNER, frame["number"])
    adult = frame["day"] - lives.traits.birth[frame["row"]] >= ADULT_DAYS
    outside = np.isin(mix.code[frame["offence"]], ("20724", "23914", "9846", "20727", "7145"))
    return np.asarray(mix.partner[frame["offence"]] | (other & ~outside & adult))
