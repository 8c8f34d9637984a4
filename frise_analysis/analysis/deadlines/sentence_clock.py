"""How long a sentence runs: months by *quantième*, pre-trial detention deducted, reductions by scenario (CPP 716-1 to 716-4, 721)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from frise_analysis.analysis.deadlines.answers import Dates, Scenario
from frise_analysis.analysis.deadlines.rules import DeadlineBook
from frise_analysis.dates import DAYS_PER_YEAR, add_months, add_years, months_in_words, plural

#: A stored length this near to whole months of mean length is read in months, as the words of a sentence do.
_ROUNDING_DAYS = 2
#: The months of the former credit never gave more than two months (CPP D115-1).
_CREDIT_DAYS = 60
#: A committal before the first day of the table is counted under its oldest regime.
_OLDEST_REGIME = date(1994, 3, 1)


@dataclass(frozen=True)
class Quantum:
    """A length of sentence: months counted by *quantième*, then days of twenty-four hours (CPP 716-1)."""

    months: int = 0
    days: int = 0

    def __add__(self, other: Quantum) -> Quantum:
        return Quantum(self.months + other.months, self.days + other.days)

    def after(self, day: date) -> date:
        """The day on which it ends when it starts on ``day``."""
        return add_months(day, self.months) + timedelta(days=self.days)

    def before(self, day: date) -> date:
        """The day on which it starts when it ends on ``day``."""
        return add_months(day, -self.months) - timedelta(days=self.days)

    def within(self, months: int) -> bool:
        """Whether a length pronounced is no longer than so many months, whatever the day from which it runs.

        Days are compared with months of mean length: one month alone, thirty days, is then within one month, thirty-one are not.
        """
        return self.days <= (months - self.months) * DAYS_PER_YEAR / 12

    @property
    def words(self) -> str:
        """``1 an 6 mois``, ``45 jours``, ``6 mois et 30 jours``."""
        parts = [months_in_words(self.months)] if self.months else []
        parts += [plural(self.days, "jour")] if self.days or not parts else []
        return " et ".join(parts)


def quantum_of(days: int) -> Quantum:
    """A stored number of days as the court said it, where it comes out whole in months; else days.

    Whole years of 365 days, whole months of mean length (two days of tolerance, above two months) or of 30 days are months.
    One month is thirty days (CPP 716-1).
    """
    months = round(days * 12 / DAYS_PER_YEAR)
    if days % 365 == 0:
        return Quantum(days // 365 * 12)
    if days > 60 and abs(days - months * DAYS_PER_YEAR / 12) <= _ROUNDING_DAYS:
        return Quantum(months)
    return Quantum(days // 30) if days % 30 == 0 and days > 30 else Quantum(days=days)


def first_day_left(end: date, *, months: int) -> date:
    """The first day from which so many months, *de quantième en quantième*, reach the end: no more than these are left.

    Counting back alone would open sooner where the month is too short: from 29 February three months end on 29 May, not 31.
    """
    day = add_months(end, -months)
    while add_months(day, months) < end:
        day += timedelta(days=1)
    return day


def most_remission(length: Quantum, *, committed: date) -> Quantum:
    """The most that the reductions in force on the day of committal may come to, on the whole length pronounced.

    The law counts them on the time in prison: taking the whole length makes the date the earliest that may be.
    """
    book = DeadlineBook(max(committed, _OLDEST_REGIME))
    years, rest = divmod(length.months + length.days // 30, 12)
    single = book.find("RP")
    if single is not None:
        return Quantum(years * (single.months or 0), rest * (single.days or 0))
    first, next_years, extra = (book.rule(x) for x in ("RP-CRP", "RP-CRP-2", "RP-RSP"))
    credit = (first.months or 0) + (years - 1) * (next_years.months or 0) if years else 0
    rest_days = min(rest * (first.days or 0), _CREDIT_DAYS) + rest * (extra.days or 0)
    return Quantum(credit + years * (extra.months or 0), rest_days)


@dataclass(frozen=True)
class SentenceClock:
    """One execution: ``start`` under a title that is final, total ``length``, days of pre-trial detention, day of committal.

    ``remission_days`` are the reductions known: no record holds them, they are an argument.
    """

    start: date
    length: Quantum
    pretrial_days: int = 0
    committed: date | None = None
    remission_days: int = 0

    @property
    def served_from(self) -> date:
        """The day from which time is served once pre-trial detention is put before the start."""
        return self.start - timedelta(days=self.pretrial_days)

    def end(self, scenario: Scenario) -> date:
        """The end of the sentence, before it is moved off a Sunday or a holiday; never before its start."""
        full = self.length.after(self.start) - timedelta(days=self.pretrial_days)
        known = full - timedelta(days=self.remission_days if scenario != Scenario.NONE else 0)
        if scenario == Scenario.MOST:
            most = most_remission(self.length, committed=self.committed or self.start)
            known = min(known, most.before(full))
        return max(self.start, known)

    def ends(self) -> Dates:
        """The end under each scenario."""
        return {x: self.end(x) for x in Scenario}

    def served_share(self, numerator: int, denominator: int) -> Dates:
        """The first day on which that share of the sentence, as reduced, is served: 1, 2 for *mi-peine*; 2, 3 for two thirds."""
        return {x: self._share(self.end(x), numerator, denominator) for x in Scenario}

    def half(self, *, cap_years: int) -> Dates:
        """*Mi-peine*, no later than so many years served (CPP 729)."""
        cap = max(self.start, add_years(self.served_from, cap_years))
        return {x: min(day, cap) for x, day in self.served_share(1, 2).items()}

    def left(self, months: int) -> Dates:
        """The first day on which so many months or fewer are left, no sooner than the start."""
        return {x: max(self.start, first_day_left(self.end(x), months=months)) for x in Scenario}

    def _share(self, end: date, numerator: int, denominator: int) -> date:
        span = (end - self.served_from).days * numerator
        return max(self.start, self.served_from + timedelta(days=-(-span // denominator)))
