"""Which people the figures of a service are about: a day, a period and a few filters, as they stand in the address of the page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import KW_ONLY, InitVar, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from frise_analysis.analysis.registry import QuestionRefused
from frise_analysis.dates import add_months, days_in_month, full_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import (
    Labelled,
    MeasureCode,
    MeasurePhase,
    MeasureSetting,
    ObligationCode,
    OffenceFamily,
    Sex,
)

#: Months that the period of entries and exits may last: a few, so that two periods do not differ by a week.
PERIODS = (3, 6, 12, 24)
#: The period of a page as it opens, and the only one of a day before the extraction: others would add up to those of the extraction.
USUAL_MONTHS = 12
#: Fields that choose measures, and how many of them at most: each is one more table that the answer must be protected against.
CHOOSING = ("branch_id", "measure_code", "setting", "phase", "obligation_code", "sex", "age_band", "family")
MOST_FILTERS = 3
#: Longest address read, and longest identifier in it: more is nothing that this page wrote.
_LONGEST_QUERY, _LONGEST_TEXT = 600, 80


class FilterRefused(QuestionRefused):
    """A filter that cannot be: a sentence that says which and what it takes, never its value."""


class AgeBand(Labelled):
    """Bands of age at the start of the measure: declared, so that no band is chosen from its people."""

    MINORS = "mineurs", "moins de 18 ans"
    FROM_18 = "18-20", "18 à 20 ans"
    FROM_21 = "21-24", "21 à 24 ans"
    FROM_25 = "25-29", "25 à 29 ans"
    FROM_30 = "30-39", "30 à 39 ans"
    FROM_40 = "40-49", "40 à 49 ans"
    FROM_50 = "50-59", "50 à 59 ans"
    FROM_60 = "60-plus", "60 ans et plus"
    UNKNOWN = "inconnu", "âge inconnu"


@dataclass(frozen=True)
class ServiceFilters:
    """A day, months of the period that ends on it, and the attributes of measures that are kept; none of them keeps everybody.

    ``ServiceFilters("mesure=SP&antenne=A-1")`` reads an address, as ``from_query`` does; otherwise fields are given by name.
    ``as_of`` is the extraction date where it is not given. ``FilterRefused`` where a value cannot be.
    """

    query: InitVar[str] = ""
    _: KW_ONLY
    as_of: date | None = None
    months: int = USUAL_MONTHS
    branch_id: str | None = None
    measure_code: MeasureCode | None = None
    setting: MeasureSetting | None = None
    phase: MeasurePhase | None = None
    obligation_code: ObligationCode | None = None
    sex: Sex | None = None
    age_band: AgeBand | None = None
    family: OffenceFamily | None = None

    def __post_init__(self, query: str) -> None:
        """Read the address and check every value."""
        given = {name: getattr(self, name) for name in WORDS.values()}
        for name, value in {**given, **_read(query)}.items():
            object.__setattr__(self, name, _checked(name, value))

    @classmethod
    def from_query(cls, text: str) -> ServiceFilters:
        """The filters of an address, without its question mark."""
        return cls(text)

    def to_query(self) -> str:
        """The same filters as an address, always in the same order; empty where nothing is chosen."""
        chosen = {word: getattr(self, name) for word, name in WORDS.items()}
        defaults = {f.name: f.default for f in fields(self)}
        return urlencode({word: str(x) for word, x in chosen.items() if x != defaults[WORDS[word]]})

    def __str__(self) -> str:
        return self.to_query()

    def day(self, store: Store) -> date:
        """The day described; ``FilterRefused`` where the store does not know it or it would tell of single days."""
        extraction = store.info.extraction_date
        day = self.as_of or extraction
        if day > extraction:
            raise FilterRefused(
                f"La base s’arrête au {full_date(extraction)} : choisissez une date qui ne soit pas postérieure."
            )
        if day != extraction and not _ends_month(day):
            raise FilterRefused(
                "La date doit être le dernier jour d’un mois, ou celle de l’extraction : deux jours voisins feraient connaître les entrées de l’un à l’autre."
            )
        if day != extraction and self.months != USUAL_MONTHS:
            raise FilterRefused(
                f"Une autre date que celle de l’extraction se regarde sur {USUAL_MONTHS} mois : des périodes plus courtes, mises bout à bout, feraient "
                f"connaître de petits nombres. Choisissez {USUAL_MONTHS} mois, ou la date de l’extraction."
            )
        return day

    def since(self, store: Store) -> date:
        """The period is after this day; refused as ``day`` is."""
        return months_before(self.day(store), self.months)

    def only(self, kept: Collection[str], over: ServiceFilters | None = None) -> ServiceFilters:
        """The same without the choices of measures that are not among ``kept``; on the day and the period of ``over``, where it is given."""
        dropped: dict[str, Any] = {x: None for x in CHOOSING if x not in kept}
        return replace(over or self, query="", **dropped)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Fields that choose measures and do."""
        return tuple(x for x in CHOOSING if getattr(self, x) is not None)

    def branch_name(self, store: Store) -> str | None:
        """Name of the branch; ``FilterRefused`` where the store has none of that identifier."""
        if self.branch_id is None:
            return None
        found = {str(x["branch_id"]): str(x["name"] or x["branch_id"]) for x in store.rows("service_branches")}
        if self.branch_id not in found:
            raise FilterRefused("L’antenne demandée n’est pas dans la base. Choisissez-la dans la liste.")
        return found[self.branch_id]


#: Word of the address -> field, in the order of the address.
WORDS = {
    "au": "as_of", "mois": "months", "antenne": "branch_id", "mesure": "measure_code", "milieu": "setting", "phase": "phase",
    "obligation": "obligation_code", "sexe": "sex", "age": "age_band", "famille": "family",
}  # fmt: skip
_CODES: dict[str, type[Labelled]] = {
    "measure_code": MeasureCode, "setting": MeasureSetting, "phase": MeasurePhase, "obligation_code": ObligationCode,
    "sex": Sex, "age_band": AgeBand, "family": OffenceFamily,
}  # fmt: skip


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the end of a month gives the end of a month."""
    earlier = add_months(day, -months)
    return earlier.replace(day=days_in_month(earlier.year, earlier.month)) if _ends_month(day) else earlier


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _read(query: str) -> dict[str, str]:
    """Values of an address by field; one left empty is not chosen."""
    if len(query) > _LONGEST_QUERY:
        raise FilterRefused("L’adresse de la page est trop longue pour être lue. Reprenez les filtres depuis le début.")
    pairs = [(word, value.strip()) for word, value in parse_qsl(query, keep_blank_values=True) if value.strip()]
    unknown = [word for word, _ in pairs if word not in WORDS]
    if unknown:
        raise FilterRefused(f"Un filtre de l’adresse n’existe pas. Les filtres sont : {', '.join(WORDS)}.")
    for word in WORDS:
        if sum(word == x for x, _ in pairs) > 1:
            raise FilterRefused(f"Le filtre « {word} » est donné deux fois. Gardez-en un.")
    return {WORDS[word]: value for word, value in pairs}


def _checked(name: str, value: object) -> object:
    word = next(word for word, field in WORDS.items() if field == name)
    if value is None:
        return None
    try:
        return _typed(name, value)
    except (ValueError, TypeError):
        raise FilterRefused(
            f"Le filtre « {word} » a une valeur qui n’existe pas. Il attend {_expected(name)}."
        ) from None


def _typed(name: str, value: object) -> object:
    if name in _CODES:
        return _CODES[name](str(value))
    if name == "as_of":
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if name == "months":
        return PERIODS[PERIODS.index(int(str(value)))]
    text = str(value)
    if len(text) > _LONGEST_TEXT or not text.isprintable():
        raise ValueError
    return text


def _expected(name: str) -> str:
    if name in _CODES:
        return "un de " + ", ".join(_CODES[name])
    words = {"as_of": "une date AAAA-MM-JJ", "months": "un de " + ", ".join(map(str, PERIODS))}
    return words.get(name, "l’identifiant d’une antenne")


#: Nothing chosen: everybody, on the extraction date.
EVERYBODY = ServiceFilters()
