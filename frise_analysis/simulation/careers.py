"""The life of many people at once: facts while free, judgments, custody.

People advance together, each at their own date: one turn of the loop handles the next thing that happens to every person,
either new facts or something due (a judgment, an entry in prison, a revocation). While in custody nobody commits facts
and street time does not run.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from frise_analysis.dates import DAYS_PER_YEAR
from frise_analysis.simulation.declared_tables import ROAD, family_cumulative, offence_mix, violence_in_group
from frise_analysis.simulation.draws import MISSING, NEVER, Array, Draws, Stream
from frise_analysis.simulation.happenings import Happenings
from frise_analysis.simulation.ledger import Ledger
from frise_analysis.simulation.parameters import Parameters
from frise_analysis.simulation.sentencing import FIRM_PRISON, Judged, Penalty, pass_sentence
from frise_analysis.simulation.traits import ADULT_DAYS, REFORM_2020, Traits

#: Cases open at once for one person; further facts join the first of them.
OPEN_CASES = 8
#: Most dates of facts of one person.
MOST_FACTS = 160


class Due(IntEnum):
    """What waits for a person."""

    JUDGMENT = 0
    PRISON = 1
    REVOCATION = 2
    RETURN = 3


class Stay(IntEnum):
    """Why a person is in full custody."""

    PRETRIAL = 0
    SENTENCE = 1
    REVOKED = 2


class EarlyRelease(IntEnum):
    """How a stay ended before its term."""

    NONE = 0
    PAROLE = 1
    CONSTRAINED = 2


@dataclass(frozen=True)
class Careers:
    """What happened. ``facts``: one row per date of facts; ``cases``: per procedure; ``stays``: per stay in full custody."""

    facts: dict[str, Array]
    cases: dict[str, Array]
    stays: dict[str, Array]


class CareerEngine:
    """Runs the lives of the people of one chunk up to the extraction date."""

    def __init__(
        self, draws: Draws, traits: Traits, happenings: Happenings, extraction: int, declared: Parameters
    ) -> None:
        count = len(traits.person)
        self.draws, self.traits, self.happenings, self.declared = draws, traits, happenings, declared
        self.horizon = traits.horizon(extraction)
        self.peak = happenings.peak()
        self.bent = (happenings.effect != 1.0).any(axis=1)
        self.clock = traits.onset - 1
        self.free_since = traits.birth.copy()
        self.turn = np.zeros(count, dtype=np.int64)
        self.fact_count = np.zeros(count, dtype=np.int64)
        self.case_count = np.zeros(count, dtype=np.int64)
        self.previous = np.zeros(count, dtype=np.int64)
        self.family = np.zeros(count, dtype=np.int64)
        self.due_date = np.full((count, OPEN_CASES), NEVER)
        self.due_kind = np.zeros((count, OPEN_CASES), dtype=np.int64)
        self.due_case = np.zeros((count, OPEN_CASES), dtype=np.int64)
        self.facts = Ledger(row=0, number=0, day=0, case=0, offence=0, free_since=0)
        self.stays = Ledger(row=0, case=0, start=0, end=0, reason=0)
        self.cases = Ledger(
            row=0, number=0, opened=0, offence=0, due=0, immediate=0, control=0, pretrial_days=0, judged=MISSING,
            previous=0, penalty=0, firm_days=0, suspended_days=0, committed=0, adjusted=0, served_days=0,
            early=0, release=MISSING, probation_start=MISSING, probation_days=0, revoked=MISSING, returned=MISSING,
        )  # fmt: skip

    def run(self) -> Careers:
        """Advance everybody until nothing more can happen before the extraction."""
        active = np.arange(len(self.clock))
        while len(active):
            candidate = self._next_facts(active)
            slot = self.due_date[active].argmin(axis=1)
            due = self.due_date[active, slot]
            going = np.minimum(candidate, due) <= self.horizon[active]
            active, candidate, slot, due = active[going], candidate[going], slot[going], due[going]
            self.turn[active] += 1
            new = candidate < due
            self._facts(active[new], candidate[new])
            self._dues(active[~new], slot[~new], due[~new])
        return Careers(self.facts.columns(), self.cases.columns(), self.stays.columns())

    # --- facts -------------------------------------------------------------------------------------------------------

    def _next_facts(self, rows: Array) -> Array:
        """Next possible date of facts: exponential at the highest rate the person can have, thinned afterwards."""
        traits, clock = self.traits, self.clock[rows]
        rate = traits.rate[rows] * self.peak[rows] * self._aged(rows, clock) / DAYS_PER_YEAR
        wait = self.draws.at(rows).exponential(1.0, Stream.WAIT, self.turn[rows]) / np.maximum(rate, 1e-9)
        day = clock + 1 + np.minimum(wait, NEVER // 2).astype(np.int64)
        day = np.where(self.fact_count[rows] == 0, traits.onset[rows], day)
        over = (day > traits.exit[rows]) | (self.fact_count[rows] >= MOST_FACTS)
        return np.where(over, NEVER, day)

    def _aged(self, rows: Array, day: Array) -> Array:
        years = np.maximum(day - self.traits.onset[rows], 0) / DAYS_PER_YEAR
        return np.asarray(np.exp(-self.declared.career.yearly_ageing * years))

    def _facts(self, rows: Array, day: Array) -> None:
        share = self._aged(rows, day) / self._aged(rows, self.clock[rows])
        bent = np.flatnonzero(self.bent[rows])
        share[bent] *= self.happenings.at(rows[bent]).multiplier(day[bent]) / self.peak[rows[bent]]
        accepted = self.draws.at(rows).below(share, Stream.ACCEPT, self.turn[rows]) | (self.fact_count[rows] == 0)
        self.clock[rows] = day
        self._commit(rows[accepted], day[accepted])

    def _commit(self, rows: Array, day: Array) -> None:
        number = self.fact_count[rows]
        offence = self._offence(rows, number, day)
        self.family[rows] = offence_mix().family[offence]
        self.fact_count[rows] += 1
        slot, joined = self._joined(rows, number)
        case = self.due_case[rows, slot]
        case[~joined] = self._open(rows[~joined], day[~joined], offence[~joined])
        self.facts.append(
            row=rows, number=number, day=day, case=case, offence=offence, free_since=self.free_since[rows]
        )
        # Held before trial only once the facts are written down: they were committed free.
        self._hold(rows[~joined], case[~joined], day[~joined])

    def _offence(self, rows: Array, number: Array, day: Array) -> Array:
        draws = self.draws.at(rows)
        same = draws.below(self.traits.specialisation[rows], Stream.SAME_FAMILY, number) & (number > 0)
        drawn = draws.uniform(Stream.OFFENCE, number)
        offence = pick_offence(drawn, np.where(same, self.family[rows], -1))
        # Few minors live as a couple: their violence is not of that kind.
        minor = day - self.traits.birth[rows] < ADULT_DAYS
        return np.where(minor & offence_mix().partner[offence], violence_in_group(), offence)

    def _joined(self, rows: Array, number: Array) -> tuple[Array, Array]:
        """Slot of the open case that takes the new facts, and whether one does."""
        dates = np.where(self.due_kind[rows] == Due.JUDGMENT, self.due_date[rows], NEVER)
        slot = dates.argmin(axis=1)
        is_open = dates[np.arange(len(rows)), slot] < NEVER
        full = (self.due_date[rows] < NEVER).sum(axis=1) >= OPEN_CASES - 1
        wanted = self.draws.at(rows).below(self.declared.procedure.join_share, Stream.JOIN, number)
        return slot, is_open & (wanted | full)

    def _open(self, rows: Array, day: Array, offence: Array) -> Array:
        draws, number, declared = self.draws.at(rows), self.case_count[rows], self.declared.procedure
        road = offence_mix().group[offence] == ROAD
        crime = offence_mix().crime[offence]
        immediate = draws.below(declared.immediate_share, Stream.IMMEDIATE, number) & ~road & ~crime
        slow = draws.lognormal(self._mean_delay(road, crime), declared.delay_sigma, Stream.DELAY, number)
        delay = np.where(immediate, draws.whole(1, 4, Stream.DELAY, number), np.clip(slow, 5, 3650).astype(np.int64))
        share = np.where(crime, declared.pretrial_detention_crime, declared.pretrial_detention_share)
        held = draws.below(share, Stream.PRETRIAL, number) & ~road & ~immediate
        days = np.clip(draws.exponential(declared.pretrial_detention_days, Stream.PRETRIAL_DAYS, number), 15, 365)
        days = np.where(crime, delay, days.astype(np.int64))
        control = draws.below(declared.judicial_control_share, Stream.CONTROL, number) & ~road & ~immediate & ~held
        self.case_count[rows] += 1
        case = self.cases.append(
            row=rows, number=number, opened=day, offence=offence, due=day + delay, immediate=immediate,
            control=control & (delay > 60), pretrial_days=np.where(held, np.minimum(days, delay), 0),
        )  # fmt: skip
        self._await(rows, case, day + delay, Due.JUDGMENT)
        return case

    def _mean_delay(self, road: Array, crime: Array) -> Array:
        declared = self.declared.procedure
        # The mean of all délits counts the immediate hearings; the others take correspondingly longer.
        slow = declared.other_delay_days / (1 - declared.immediate_share)
        return np.where(crime, declared.crime_delay_days, np.where(road, declared.road_delay_days, slow))

    def _hold(self, rows: Array, case: Array, day: Array) -> None:
        days = self.cases["pretrial_days"][case]
        held = days > 1
        self._keep(rows[held], case[held], day[held] + 1, days[held] - 1, Stay.PRETRIAL)

    # --- what is due -------------------------------------------------------------------------------------------------

    def _await(self, rows: Array, case: Array, day: Array, kind: Due) -> None:
        """Write down something due, in the first empty slot; a person with none left is spared it."""
        slot = self.due_date[rows].argmax(axis=1)
        empty = self.due_date[rows, slot] == NEVER
        rows, case, day, slot = rows[empty], case[empty], day[empty], slot[empty]
        self.due_date[rows, slot], self.due_kind[rows, slot], self.due_case[rows, slot] = day, kind, case

    def _dues(self, rows: Array, slot: Array, day: Array) -> None:
        kind, case = self.due_kind[rows, slot], self.due_case[rows, slot]
        self.due_date[rows, slot] = NEVER
        self.clock[rows] = np.maximum(self.clock[rows], day)
        for due, act in ((Due.JUDGMENT, self._judge), (Due.PRISON, self._imprison)):
            chosen = kind == due
            act(rows[chosen], case[chosen], day[chosen])
        for due in (Due.REVOCATION, Due.RETURN):
            chosen = kind == due
            self._take_back(rows[chosen], case[chosen], day[chosen], due)

    def _keep(self, rows: Array, case: Array, day: Array, length: Array, reason: Stay) -> Array:
        """Full custody from ``day``, or after the stay already running; returns the day of release."""
        start = np.maximum(day, self.free_since[rows] + 1)
        end = start + np.maximum(length, 1)
        self.stays.append(row=rows, case=case, start=start, end=end, reason=np.full(len(rows), reason))
        self.free_since[rows] = end
        self.clock[rows] = np.maximum(self.clock[rows], end)
        return np.asarray(end)

    def _judge(self, rows: Array, case: Array, day: Array) -> None:
        cases, traits = self.cases, self.traits
        minor = cases["opened"][case] - traits.birth[rows] < ADULT_DAYS
        number, previous = cases["number"][case], self.previous[rows]
        judged = Judged(self.draws.at(rows), number, cases["offence"][case], previous, minor)
        sentence = pass_sentence(judged, self.declared.execution)
        self.previous[rows] += 1
        for name, value in (
            ("judged", day), ("previous", previous), ("penalty", sentence.penalty),
            ("firm_days", sentence.firm_days), ("suspended_days", sentence.suspended_days),
        ):  # fmt: skip
            cases[name][case] = value
        probation = sentence.penalty == Penalty.PROBATION
        self._start_probation(rows[probation], case[probation], day[probation] + 10)
        self._execute(rows, case, day)

    def _execute(self, rows: Array, case: Array, day: Array) -> None:
        """Firm prison: at once, adjusted (followed at liberty), or later."""
        cases, declared = self.cases, self.declared.execution
        prison = FIRM_PRISON[cases["penalty"][case]]
        rows, case, day = rows[prison], case[prison], day[prison]
        draws, number, firm = self.draws.at(rows), cases["number"][case], cases["firm_days"][case]
        threshold = np.where(day < REFORM_2020, 730, 365)
        at_once = draws.below(declared.committal_share, Stream.COMMITTAL, number) | (firm > threshold)
        at_once |= (cases["immediate"][case] == 1) | (cases["pretrial_days"][case] > 0)
        adjusted = ~at_once & draws.below(declared.adjusted_share, Stream.ADJUSTED, number)
        early = self._early_release(draws, number, firm, day)
        served = self._served(firm, early) - cases["pretrial_days"][case]
        cases["early"][case], cases["committed"][case], cases["adjusted"][case] = early, at_once, adjusted
        cases["served_days"][case] = np.maximum(served, 1)
        self._imprison(rows[at_once], case[at_once], day[at_once])
        later = ~at_once & ~adjusted
        wait = draws.whole(45, 240, Stream.EXECUTION_DELAY, number)
        self._await(rows[later], case[later], (day + wait)[later], Due.PRISON)

    def _early_release(self, draws: Draws, number: Array, firm: Array, day: Array) -> Array:
        declared = self.declared.execution
        drawn = draws.uniform(Stream.EARLY_RELEASE, number)
        parole = drawn < declared.parole_share
        # Libération sous contrainte exists since 1 January 2015 (16436 days), for sentences of five years at most.
        constrained = (drawn < declared.parole_share + declared.constrained_share) & (day > 16436) & (firm <= 1826)
        early = np.where(
            parole, EarlyRelease.PAROLE, np.where(constrained, EarlyRelease.CONSTRAINED, EarlyRelease.NONE)
        )
        return np.where(firm >= 180, early, EarlyRelease.NONE)

    def _served(self, firm: Array, early: Array) -> Array:
        declared = self.declared.execution
        shares = np.array([declared.served_share, declared.parole_served_share, declared.constrained_served_share])
        return np.asarray((firm * shares[early]).astype(np.int64))

    def _imprison(self, rows: Array, case: Array, day: Array) -> None:
        cases, declared = self.cases, self.declared.execution
        end = self._keep(rows, case, day, cases["served_days"][case], Stay.SENTENCE)
        cases["release"][case] = end
        mixed = cases["penalty"][case] == Penalty.MIXED
        self._start_probation(rows[mixed], case[mixed], end[mixed])
        draws, number = self.draws.at(rows), cases["number"][case]
        back = (cases["early"][case] > 0) & draws.below(declared.release_revoked_share, Stream.RELEASE_REVOKED, number)
        left = np.maximum((cases["firm_days"][case] * (declared.served_share - declared.parole_served_share)), 10)
        on = end + 5 + (left * draws.uniform(Stream.REVOKED_ON, number)).astype(np.int64)
        self._await(rows[back], case[back], on[back], Due.RETURN)

    def _start_probation(self, rows: Array, case: Array, start: Array) -> None:
        cases, draws = self.cases, self.draws.at(rows)
        number = cases["number"][case]
        months = np.array([12, 18, 24, 30, 36])[
            draws.pick(np.array([0.1, 0.4, 0.82, 0.86, 1.0]), Stream.PROBATION_DAYS, number)
        ]
        days = np.round(months * 30.4375).astype(np.int64)
        cases["probation_start"][case], cases["probation_days"][case] = start, days
        revoked = draws.below(self.declared.execution.probation_revoked_share, Stream.REVOKED, number)
        on = start + 60 + ((days - 60) * draws.uniform(Stream.REVOKED_ON, number)).astype(np.int64)
        self._await(rows[revoked], case[revoked], on[revoked], Due.REVOCATION)

    def _take_back(self, rows: Array, case: Array, day: Array, due: Due) -> None:
        """Revocation of the suspended part, or return to prison after LC or LSC."""
        cases, declared = self.cases, self.declared.execution
        suspended = cases["suspended_days"][case] * declared.served_share
        remaining = cases["firm_days"][case] * (1 - declared.constrained_served_share) * 0.5
        length = (suspended if due == Due.REVOCATION else remaining).astype(np.int64)
        cases["revoked" if due == Due.REVOCATION else "returned"][case] = day
        self._keep(rows, case, day, length, Stay.REVOKED)


def pick_offence(drawn: Array, family: Array) -> Array:
    """Entry of the offence mix for each draw: of one family, or of any where ``family`` is -1."""
    cumulative = offence_mix().cumulative
    offence = np.searchsorted(cumulative, drawn, side="right")
    for index, within in enumerate(family_cumulative()):
        chosen = family == index
        if chosen.any():
            offence[chosen] = np.searchsorted(within, drawn[chosen], side="right")
    return np.minimum(offence, len(cumulative) - 1)
