"""What may be chosen over the figures: one list per filter, its options in words. The words of the address are those of the filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frise_analysis.analysis.disclosure import TOTAL
from frise_analysis.analysis.service import EVERYBODY, PERIODS, Breakdown, ServiceFilters
from frise_analysis.analysis.service.breakdowns import category_labels
from frise_analysis.analysis.service.selection import WORDS, months_before
from frise_analysis.dates import months_in_words, numeric_date
from frise_analysis.store.engine import Store

#: Ends of months offered, beside the extraction date.
MONTH_ENDS = 24
_BREAKDOWNS = (
    ("antenne", "Antenne", "toutes", Breakdown.BRANCH),
    ("mesure", "Mesure", "toutes", Breakdown.MEASURE),
    ("milieu", "Milieu", "tous", Breakdown.SETTING),
    ("phase", "Phase", "toutes", Breakdown.PHASE),
    ("sexe", "Sexe", "tous", Breakdown.SEX),
    ("age", "Âge au début", "tous", Breakdown.AGE),
    ("famille", "Infraction", "toutes", Breakdown.FAMILY),
    ("obligation", "Obligation", "toutes", Breakdown.OBLIGATION),
)


@dataclass(frozen=True)
class Choice:
    """One list: its word in the address, its label, its options as (value, words), the one in use where nothing is chosen."""

    word: str
    label: str
    options: tuple[tuple[str, str], ...]
    default: str = ""


def choices(store: Store) -> tuple[Choice, ...]:
    """Every list of the bar, in the order shown."""
    lists = [Choice(word, label, _options(store, by, none)) for word, label, none, by in _BREAKDOWNS]
    return (
        *lists,
        Choice("mois", "Période", _periods(), str(EVERYBODY.months)),
        Choice("au", "Au", tuple(_days(store.info.extraction_date))),
    )


def chosen(filters: ServiceFilters) -> dict[str, str]:
    """The option in use in each list."""
    found = {word: getattr(filters, name) for word, name in WORDS.items()}
    return {word: "" if value is None else str(value) for word, value in found.items()}


def _options(store: Store, by: Breakdown, none: str) -> tuple[tuple[str, str], ...]:
    labels = category_labels(store, by)
    kept = [(value, label) for value, label in labels.items() if value not in {"", TOTAL}]
    ordered = sorted(kept, key=lambda x: x[1]) if by in {Breakdown.BRANCH, Breakdown.MEASURE} else kept
    return (("", none), *ordered)


def _periods() -> tuple[tuple[str, str], ...]:
    return tuple((str(x), months_in_words(x)) for x in PERIODS)


def _days(extraction: date) -> Iterable[tuple[str, str]]:
    yield "", numeric_date(extraction)
    yield from ((day.isoformat(), numeric_date(day)) for day in month_ends(extraction))


def month_ends(extraction: date) -> list[date]:
    """The last days of the months before the extraction, the latest first."""
    last = date.fromordinal(extraction.replace(day=1).toordinal() - 1)
    return [months_before(last, n) for n in range(MONTH_ENDS)]
