"""Published numbers in words: a share, a delay."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan, nan

from frise_analysis.dates import duration, french_number, plural

#: Days under which a delay is said in days.
IN_DAYS = 61


def share_words(share: float, low: float = nan, high: float = nan) -> str:
    """``70 % (61 à 77 %)``, the share alone without bounds; nothing where it is hidden."""
    if isnan(share):
        return ""
    told = f"{french_number(round(100 * share))} %"
    if isnan(low) or isnan(high):
        return told
    return f"{told} ({french_number(round(100 * low))} à {french_number(round(100 * high))} %)"


def range_words(median: float, low: float = nan, high: float = nan, *, in_days: float = IN_DAYS) -> str:
    """``27 jours (de 20 à 46 jours)``, the median alone without quartiles; nothing where it is hidden."""
    if isnan(median):
        return ""
    told, *ends = (days_words(x, in_days=in_days) for x in (median, low, high) if not isnan(x))
    return f"{told} (de {ends[0]} à {ends[1]})" if len(ends) > 1 else told


def days_words(days: float, *, in_days: float = IN_DAYS) -> str:
    """``27 jours``, ``2 ans 8 mois``; negative where something came sooner than planned; days alone under ``in_days``."""
    whole = round(days)
    if abs(whole) < in_days:
        return plural(whole, "jour").replace("-", "−")
    return f"{'− ' if whole < 0 else ''}{duration(abs(whole))}"


def paired(names: Iterable[object], words: Iterable[object], *, between: str = " : ") -> list[str]:
    """``name : words`` for each row."""
    return [f"{name}{between}{told}" for name, told in zip(names, words, strict=True)]
