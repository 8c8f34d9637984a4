"""Convictions and sentences as a criminal record writes them."""

from __future__ import annotations

import numpy as np

from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.simulation.declared_tables import DRUGS, FAMILIES, ROAD, offence_mix
from frise_analysis.simulation.draws import MISSING, NEVER, Array, Draws, Stream
from frise_analysis.simulation.frames import Frame, at, ordinal, stacked
from frise_analysis.simulation.lives import Lives
from frise_analysis.simulation.sentencing import Penalty
from frise_analysis.simulation.traits import ADULT_DAYS, REFORM_2020
from frise_analysis.vocabulary import JudgmentMode, OffenceFamily, OffenceNature, RecordEntryType, SentenceCode

COURTS = ("Valclair", "Montorge", "Saint-Aubrac", "Brivelle")
#: Fixed fines on the record: from 1 November 2018 on the road, 1 September 2020 for drug use.
FIXED_FINE_ROAD, FIXED_FINE_DRUGS = 17836, 18506
#: The contrainte pénale existed from 1 October 2014 to 23 March 2020.
CONTRAINTE_FROM = 16344
#: The CRPC exists from 1 October 2004; the tribunal de grande instance became the tribunal judiciaire on 1 January 2020.
CRPC_FROM, TRIBUNAL_JUDICIAIRE_FROM = 12692, 18262

_CODE_OF_PENALTY = {
    Penalty.FINE: SentenceCode.AMENDE,
    Penalty.DAY_FINE: SentenceCode.JOURS_AMENDE,
    Penalty.SUSPENDED: SentenceCode.SURSIS_SIMPLE,
    Penalty.PROBATION: SentenceCode.SURSIS_PROBATOIRE,
    Penalty.MIXED: SentenceCode.SURSIS_PROBATOIRE,
    Penalty.PRISON: SentenceCode.EMPRISONNEMENT,
    Penalty.COMMUNITY_SERVICE: SentenceCode.TIG,
    Penalty.COURSE: SentenceCode.STAGE,
    Penalty.HOME_DETENTION: SentenceCode.DDSE,
    Penalty.LICENCE: SentenceCode.SUSPENSION_PERMIS,
    Penalty.WAIVER: SentenceCode.DISPENSE,
    Penalty.RECLUSION: SentenceCode.RECLUSION,
    Penalty.EDUCATIVE: SentenceCode.MESURE_EDUCATIVE,
}
_PENALTY_CODES = np.array([_CODE_OF_PENALTY[penalty].value for penalty in Penalty], dtype=object)


def decided_cases(lives: Lives) -> Frame:
    """Cases judged before the horizon, in the order of the record, with ``case`` (their position) and ``rank`` (1, 2, 3…)."""
    cases = lives.careers.cases
    chosen = np.flatnonzero(cases["judged"] > MISSING)
    chosen = chosen[np.lexsort((cases["number"][chosen], cases["judged"][chosen], cases["row"][chosen]))]
    frame = at(cases, chosen)
    frame["case"], frame["rank"] = chosen, ordinal(frame["row"])
    frame["sentence_code"] = sentence_codes(lives, frame)
    frame["entry"] = _entry_types(lives.draws.at(frame["row"]), frame)
    frame["final"] = _final_dates(lives.draws.at(frame["row"]), frame)
    return frame


def sentence_codes(lives: Lives, frame: Frame) -> Array:
    """Main sentence by its name on the day of the decision."""
    codes = _PENALTY_CODES[frame["penalty"]]
    drawn = lives.draws.at(frame["row"]).uniform(Stream.MEASURE, frame["number"])
    old = frame["judged"] < REFORM_2020
    probation = np.isin(frame["penalty"], (Penalty.PROBATION, Penalty.MIXED))
    codes = np.where(probation & old, SentenceCode.SME.value, codes)
    intensive = (frame["penalty"] == Penalty.PROBATION) & (drawn < 0.06)
    codes = np.where(
        intensive & old & (frame["judged"] >= CONTRAINTE_FROM), SentenceCode.CONTRAINTE_PENALE.value, codes
    )
    codes = np.where(intensive & ~old, SentenceCode.SURSIS_PROBATOIRE_RENFORCE.value, codes)
    suspended_work = (frame["penalty"] == Penalty.COMMUNITY_SERVICE) & old & (drawn < 0.4)
    codes = np.where(suspended_work, SentenceCode.STIG.value, codes)
    codes = np.where((frame["penalty"] == Penalty.HOME_DETENTION) & old, SentenceCode.JOURS_AMENDE.value, codes)
    return np.where((frame["penalty"] == Penalty.COURSE) & old, SentenceCode.AMENDE.value, codes)


def _entry_types(draws: Draws, frame: Frame) -> Array:
    drawn, group = draws.uniform(Stream.ENTRY, frame["number"]), offence_mix().group[frame["offence"]]
    delit = offence_mix().nature[frame["offence"]] == OffenceNature.DELIT.value
    light = np.isin(frame["sentence_code"], (SentenceCode.AMENDE.value, SentenceCode.STAGE.value)) & delit
    light &= np.isin(group, (ROAD, DRUGS)) & (frame["immediate"] == 0)
    entry = np.full(len(drawn), RecordEntryType.CONDAMNATION.value, dtype=object)
    entry[light & (drawn < 0.55)] = RecordEntryType.ORDONNANCE_PENALE.value
    entry[light & (drawn < 0.10)] = RecordEntryType.COMPOSITION_PENALE.value
    since = np.where(group == ROAD, FIXED_FINE_ROAD, FIXED_FINE_DRUGS)
    fine = frame["sentence_code"] == SentenceCode.AMENDE.value
    entry[light & fine & (frame["opened"] >= since) & (drawn > 0.80)] = RecordEntryType.AFD.value
    entry[frame["penalty"] == Penalty.WAIVER] = RecordEntryType.DISPENSE.value
    entry[frame["penalty"] == Penalty.EDUCATIVE] = RecordEntryType.MESURE_EDUCATIVE.value
    return entry


def _final_dates(draws: Draws, frame: Frame) -> Array:
    wait = np.where(frame["entry"] == RecordEntryType.ORDONNANCE_PENALE.value, 45, 10)
    served_late = (_modes(draws, frame) == JudgmentMode.PAR_DEFAUT.value) & (frame["committed"] == 0)
    late = draws.whole(40, 300, Stream.FINAL, frame["number"])
    return frame["judged"] + np.where(served_late, late, wait)


def _modes(draws: Draws, frame: Frame) -> Array:
    drawn = draws.uniform(Stream.MODE, frame["number"])
    mode = np.full(len(drawn), JudgmentMode.CONTRADICTOIRE.value, dtype=object)
    light = (
        (frame["firm_days"] < 365) & (frame["penalty"] != Penalty.RECLUSION) & (frame["penalty"] != Penalty.EDUCATIVE)
    )
    mode[light & (drawn < 0.30) & (frame["judged"] >= CRPC_FROM)] = JudgmentMode.CRPC.value
    mode[light & (drawn < 0.13)] = JudgmentMode.CONTRADICTOIRE_A_SIGNIFIER.value
    mode[light & (drawn < 0.04) & (frame["pretrial_days"] == 0)] = JudgmentMode.PAR_DEFAUT.value
    mode[frame["immediate"] == 1] = JudgmentMode.COMPARUTION_IMMEDIATE.value
    mode[frame["entry"] == RecordEntryType.ORDONNANCE_PENALE.value] = JudgmentMode.ORDONNANCE_PENALE.value
    return mode


def conviction_table(lives: Lives, decided: Frame, clearance: Frame) -> Frame:
    """Convictions as written: one row per decision, by person and date."""
    draws = lives.draws.at(decided["row"])
    return {
        "row": decided["row"],
        "rank": decided["rank"],
        "decision_date": decided["judged"],
        "final_date": np.where(decided["final"] <= lives.extraction, decided["final"], MISSING),
        "court": _courts(lives, decided),
        "judgment_mode": _modes(draws, decided),
        "record_entry_type": decided["entry"],
        "legal_recidivism_retained": _recidivism(draws, decided, lives.declared.record.recidivism_retained_share),
        "void_date": clearance["void"],
        "rehabilitation_date": clearance["rehabilitated"],
        "sentence_expired_date": clearance["expired"],
    }


def _courts(lives: Lives, decided: Frame) -> Array:
    town = np.array(COURTS, dtype=object)[
        lives.draws.at(decided["row"]).pick(np.array([0.55, 0.8, 0.93, 1.0]), Stream.COURT, decided["number"])
    ]
    minor = decided["opened"] - lives.traits.birth[decided["row"]] < ADULT_DAYS
    kind = np.full(len(town), "Tribunal correctionnel de ", dtype=object)
    alone = decided["entry"] == RecordEntryType.ORDONNANCE_PENALE.value
    kind[alone] = "Président du tribunal de grande instance de "
    kind[alone & (decided["judged"] >= TRIBUNAL_JUDICIAIRE_FROM)] = "Président du tribunal judiciaire de "
    kind[np.isin(decided["entry"], (RecordEntryType.COMPOSITION_PENALE.value, RecordEntryType.AFD.value))] = (
        "Parquet de "
    )
    kind[minor] = "Tribunal pour enfants de "
    kind[offence_mix().crime[decided["offence"]]] = "Cour d’assises de "
    return np.asarray(kind + town, dtype=object)


def _recidivism(draws: Draws, decided: Frame, share: float) -> Array:
    """Retained by the court, some of the times a final conviction of the same family is less than five years old."""
    family = offence_mix().family[decided["offence"]] + len(FAMILIES) * decided["row"]
    order = np.lexsort((decided["judged"], family))
    before = np.full(len(order), -NEVER)
    same = family[order][1:] == family[order][:-1]
    before[order[1:][same]] = decided["final"][order[:-1][same]]
    gap = decided["opened"] - before
    delit = offence_mix().nature[decided["offence"]] != OffenceNature.CONTRAVENTION.value
    judged = decided["entry"] == RecordEntryType.CONDAMNATION.value
    return np.asarray(
        (gap > 0)
        & (gap < 5 * DAYS_PER_YEAR)
        & delit
        & judged
        & draws.below(share, Stream.RECIDIVISM, decided["number"])
    )


def sentence_table(lives: Lives, decided: Frame) -> Frame:
    """Sentences as written: the main one of each conviction, then those added to it."""
    draws = lives.draws.at(decided["row"])
    frame = stacked(
        [_main(draws, decided), _licence(draws, decided), _added_fine(draws, decided), _ssj(draws, decided)]
    )
    frame = at(frame, np.lexsort((frame["order"], frame["rank"], frame["row"])))
    conviction = frame["row"] * 10_000 + frame["rank"]
    return {**frame, "within": ordinal(conviction)}


def _main(draws: Draws, decided: Frame) -> Frame:
    code, number = decided["sentence_code"], decided["number"]
    work = np.isin(code, (SentenceCode.TIG.value, SentenceCode.STIG.value))
    fine = np.isin(code, (SentenceCode.AMENDE.value, SentenceCode.JOURS_AMENDE.value))
    firm = np.isin(decided["penalty"], (Penalty.PRISON, Penalty.MIXED, Penalty.RECLUSION)) | (
        code == SentenceCode.DDSE.value
    )
    suspended = np.where(code == SentenceCode.STIG.value, 91, decided["suspended_days"])
    return _sentences(
        decided, np.arange(len(code)), code,
        firm_days=np.where(firm, decided["firm_days"], MISSING),
        suspended_days=np.where(suspended > 0, suspended, MISSING),
        hours=np.where(work, draws.whole(4, 24, Stream.HOURS, number) * 10, MISSING),
        amount_eur=np.where(fine, _amounts(draws, number), MISSING),
        ab_initio=(decided["adjusted"] == 1) & (decided["judged"] >= REFORM_2020),
    )  # fmt: skip


def _amounts(draws: Draws, number: Array) -> Array:
    # Mean fine 506 euros (Les condamnations en 2013), in steps of 50.
    return np.maximum(np.round(draws.lognormal(500.0, 0.6, Stream.AMOUNT, number) / 50), 1).astype(np.int64) * 50


def _licence(draws: Draws, decided: Frame) -> Frame:
    road = offence_mix().group[decided["offence"]] == ROAD
    chosen = road & draws.below(0.3, Stream.PERIOD_DAYS, decided["number"]) & (decided["penalty"] < Penalty.LICENCE)
    rows = np.flatnonzero(chosen & (decided["entry"] != RecordEntryType.AFD.value))
    return _sentences(decided, rows, np.full(len(rows), SentenceCode.SUSPENSION_PERMIS.value, dtype=object))


def _added_fine(draws: Draws, decided: Frame) -> Frame:
    chosen = (decided["penalty"] == Penalty.SUSPENDED) & draws.below(0.25, Stream.HOURS, decided["number"])
    rows = np.flatnonzero(chosen)
    code = np.full(len(rows), SentenceCode.AMENDE.value, dtype=object)
    return _sentences(decided, rows, code, amount_eur=_amounts(draws.at(rows), decided["number"][rows]))


def _ssj(draws: Draws, decided: Frame) -> Frame:
    rows = np.flatnonzero(followed_by_ssj(draws, decided))
    return _sentences(decided, rows, np.full(len(rows), SentenceCode.SSJ.value, dtype=object))


def followed_by_ssj(draws: Draws, decided: Frame) -> Array:
    """Firm prison for a sexual offence carries a socio-judicial follow-up half the time."""
    sexual = offence_mix().family[decided["offence"]] == FAMILIES.index(OffenceFamily.SEXUELLES)
    firm = np.isin(decided["penalty"], (Penalty.MIXED, Penalty.PRISON, Penalty.RECLUSION))
    return np.asarray(sexual & firm & draws.below(0.5, Stream.MEASURE, decided["number"]))


def ssj_end(draws: Draws, decided: Frame) -> Array:
    """End of the socio-judicial follow-up, three to eight years after the release; ``MISSING`` where none began."""
    days = (draws.whole(3, 8, Stream.MEASURE_END, decided["number"]) * 365.25).astype(np.int64)
    began = followed_by_ssj(draws, decided) & (decided["release"] > MISSING)
    return np.where(began, decided["release"] + days, MISSING)


def _sentences(decided: Frame, rows: Array, code: Array, **lengths: Array) -> Frame:
    empty = np.full(len(rows), MISSING)
    return {
        "row": decided["row"][rows], "rank": decided["rank"][rows],
        "order": np.full(len(rows), 0 if "ab_initio" in lengths else 1), "sentence_code": code,
        **{name: lengths.get(name, empty) for name in ("firm_days", "suspended_days", "hours", "amount_eur")},
        "ab_initio": lengths.get("ab_initio", np.zeros(len(rows), dtype=bool)),
    }  # fmt: skip
