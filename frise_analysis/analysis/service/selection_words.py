"""The sentence over the figures of a service: whom they are about."""

from __future__ import annotations

from frise_analysis.analysis.service.selection import AgeBand, ServiceFilters, months_before
from frise_analysis.analysis.words import isolated, lower_first
from frise_analysis.dates import full_date
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import MeasureSetting, Sex

_PERIOD_WORDS = {3: "trois mois", 6: "six mois", 12: "douze mois", 24: "vingt-quatre mois"}


def sentence(store: Store, filters: ServiceFilters) -> str:
    """``Personnes suivies au 30 septembre 2024 par l’antenne de Montorge, en milieu ouvert : sursis probatoire.`` and the period."""
    day = filters.day(store)
    places = [_branch(filters.branch_name(store)), _setting(filters), _phase(filters), _age(filters)]
    told = f"{_subject(filters)} au {full_date(day)}{places[0]}" + "".join(f", {x}" for x in places[1:] if x)
    kinds = " ; ".join(x for x in (_measure(filters), _obligation(filters), _family(filters)) if x)
    return f"{told} : {kinds}. {_period(store, filters)}" if kinds else f"{told}. {_period(store, filters)}"


def _period(store: Store, filters: ServiceFilters) -> str:
    day = filters.day(store)
    since = months_before(day, filters.months)
    return f"Entrées et sorties sur {_PERIOD_WORDS[filters.months]}, après le {full_date(since)} et jusqu’au {full_date(day)}."


def _subject(filters: ServiceFilters) -> str:
    if filters.sex is None:
        return "Personnes suivies"
    return {Sex.FEMALE: "Femmes suivies", Sex.MALE: "Hommes suivis"}.get(
        filters.sex, "Personnes de sexe non précisé suivies"
    )


def _branch(name: str | None) -> str:
    if name is None:
        return ""
    for article in ("l’antenne", "le siège"):
        if name.lower().startswith(article[2:].strip() + " "):
            return f" par {article} {isolated(name.split(' ', 1)[1])}"
    return f" par « {isolated(name)} »"


def _setting(filters: ServiceFilters) -> str:
    words = {MeasureSetting.OPEN: "en milieu ouvert", MeasureSetting.CLOSED: "en milieu fermé"}
    return words[filters.setting] if filters.setting else ""


def _phase(filters: ServiceFilters) -> str:
    return f"en {filters.phase.label}" if filters.phase else ""


def _age(filters: ServiceFilters) -> str:
    if filters.age_band is None:
        return ""
    if filters.age_band is AgeBand.UNKNOWN:
        return "d’âge inconnu"
    ending = "s" if filters.sex is Sex.MALE else "es"
    many = f"mineur{ending}" if filters.age_band is AgeBand.MINORS else f"âgé{ending} de {filters.age_band.label}"
    return f"{many} au début de la mesure"


def _measure(filters: ServiceFilters) -> str:
    return lower_first(filters.measure_code.label) if filters.measure_code else ""


def _obligation(filters: ServiceFilters) -> str:
    return f"obligation « {lower_first(filters.obligation_code.label)} »" if filters.obligation_code else ""


def _family(filters: ServiceFilters) -> str:
    return f"condamnation pour « {lower_first(filters.family.label)} »" if filters.family else ""
