"""Lengths in French: of a sentence, as courts say them, and of the time between two days, by the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from frise_analysis.analysis.person_path import Sentence
from frise_analysis.dates import DAYS_PER_YEAR, calendar_span, french_number, months_in_words, plural

#: Months of 28 to 31 days: a length this near to whole months is said in months.
_ROUNDING_DAYS = 2


def quantities(sentence: Sentence) -> list[str]:
    """How much, as far as it is recorded: ``6 mois ferme``, ``4 mois avec sursis``, ``105 heures``, ``1 500 €``."""
    found = []
    if sentence.firm_days:
        found.append(f"{quantum(sentence.firm_days)} ferme")
    if sentence.suspended_days:
        found.append(f"{quantum(sentence.suspended_days)} avec sursis")
    if sentence.hours:
        found.append(plural(sentence.hours, "heure"))
    if sentence.amount_eur:
        found.append(f"{french_number(round(sentence.amount_eur))} €")
    return found


def quantum(days: int) -> str:
    """A length of sentence as courts say it: months or years where they come out whole, else days."""
    if days % 30 == 0 and days < 365:
        return f"{days // 30} mois"
    months = round(days * 12 / DAYS_PER_YEAR)
    if days > 60 and abs(days - months * DAYS_PER_YEAR / 12) <= _ROUNDING_DAYS:
        return months_in_words(months)
    return plural(days, "jour") if days % 30 else months_in_words(days // 30)


def calendar_words(start: date, end: date) -> str:
    """Time between two days by the calendar: ``2 ans 11 mois``; days alone under two months."""
    years, months, _ = calendar_span(start, end)
    if not years and months < 2:
        return plural((end - start) // timedelta(days=1), "jour")
    return months_in_words(12 * years + months)
