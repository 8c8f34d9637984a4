"""A ledger of what the record holds and does not change by itself: each line a fact, its definition, and the records behind it.

No sum, no colour, no order of importance: the lines follow the course of the record (domain.md, 5.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from frise_analysis.analysis.desistance import mean_rate, since_words, told_rate
from frise_analysis.analysis.diversity import most_frequent
from frise_analysis.analysis.intervals import length_words, longest_words
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.trajectory import offence_types
from frise_analysis.analysis.words import age_words
from frise_analysis.dates import french_number, plural
from frise_analysis.vocabulary import (
    OUTCOMES_CUT_SHORT,
    REGIMES_WITHOUT_STREET_TIME,
    SENTENCES,
    BreachConsequence,
    CountUnit,
    Lane,
    OffenceFamily,
)

#: Families in which violence against somebody is part of the offence.
VIOLENT_FAMILIES = frozenset(
    {OffenceFamily.HOMICIDE, OffenceFamily.VIOLENCES, OffenceFamily.SEXUELLES, OffenceFamily.VOLS_VIOLENCE}
)
#: What a court did after a breach that cut a measure short.
CUT_SHORT_BY_COURT = frozenset(
    {BreachConsequence.REVOCATION_PARTIELLE, BreachConsequence.REVOCATION_TOTALE, BreachConsequence.RETRAIT}
)
NONE, NO_FACTS = "aucun enregistré", "aucun fait enregistré"
NONE_FEMININE = "aucune enregistrée"
RECORD, CUSTODY, MEASURES, BREACHES = "casier", "périodes d’écrou", "mesures suivies", "manquements notés"


@dataclass(frozen=True)
class Factor:
    """One line: a name, a value in words, what it counts, where that comes from, and the records counted."""

    name: str
    value: str
    definition: str
    source: str
    records: tuple[Record, ...] = ()


@question("facteurs-statiques", "Facteurs statiques, un par ligne")
def static_factors(path: PersonPath) -> pd.DataFrame:
    """One row per factor: ``name``, ``value``, ``definition``, ``source``, and ``records``, the ``lane:record_id`` counted.

    The lines are not added up and stand in no order of importance.
    """
    rows = [(f.name, f.value, f.definition, f.source, _ids(f.records)) for f in ledger(path)]
    return pd.DataFrame(rows, columns=["name", "value", "definition", "source", "records"])


def ledger(path: PersonPath) -> tuple[Factor, ...]:
    """Every line, whatever the record holds."""
    return tuple(make(path) for make in _LINES)


def _ids(records: Iterable[Record]) -> str:
    return " ".join(f"{r.lane}:{r.record_id}" for r in records)


def _counted(records: tuple[Record, ...], singular: str, several: str | None = None) -> str:
    return plural(len(records), singular, several)


def _age(path: PersonPath) -> Factor:
    first = path.first_facts
    told = age_words(path, first, path.precision(first)) if first else ""
    records = tuple(r for r in path.lane(Lane.FACTS) if r.start_date == first)
    definition = (
        "Âge à la première date de faits enregistrée. Les faits effacés, ceux de mineurs surtout, n’y sont pas."
    )
    missing = "naissance ou date inconnue" if records else NO_FACTS
    return Factor("Âge aux premiers faits enregistrés", told.removeprefix("à ") or missing, definition, RECORD, records)


def _convictions(path: PersonPath) -> Factor:
    records = path.convictions
    definition = "Condamnations du casier, sauf celles qui ne doivent plus être rappelées."
    return Factor("Condamnations", _counted(records, "condamnation"), definition, RECORD, records)


def _mentions(path: PersonPath) -> Factor:
    records = tuple(r for r in path.lane(Lane.CONVICTIONS) if r.record_id not in path.conviction_ids)
    definition = (
        "Lignes qui ne sont pas des condamnations : composition pénale, amende forfaitaire, ajournement, autres."
    )
    return Factor("Autres mentions du casier", _counted(records, "mention"), definition, RECORD, records)


def _offences(path: PersonPath) -> Factor:
    records = path.lane(Lane.FACTS)
    return Factor("Infractions", _counted(records, "infraction"), "Qualifications, jugées ou non.", RECORD, records)


def _fact_dates(path: PersonPath) -> Factor:
    value = plural(len(path.fact_dates), "date de faits", "dates de faits")
    definition = "Jours distincts de début de faits ; un jour peut porter plusieurs infractions."
    return Factor("Dates de faits", value, definition, RECORD, path.lane(Lane.FACTS))


def _families(path: PersonPath) -> Factor:
    table = offence_types(path)
    definition = "Familles d’infractions différentes, et part de la plus fréquente."
    value = NONE_FEMININE if table.empty else _kinds(table)
    return Factor("Familles d’infractions", value, definition, f"{RECORD} ; nomenclature", path.lane(Lane.FACTS))


def _kinds(table: pd.DataFrame) -> str:
    if len(table) == 1:
        return f"1 famille : {table['family_label'].iloc[0]}"
    return f"{plural(len(table), 'famille')} ; {most_frequent(table)}"


def _rate(path: PersonPath) -> Factor:
    found = told_rate(path, unit=CountUnit.FACT_DATES)
    value = "temps libre nul" if path.first_facts else NO_FACTS
    if mean_rate(path, unit=CountUnit.FACT_DATES) is not None:
        value = SENTENCES.cannot_conclude
    if found is not None:
        rate, low, high = (french_number(x, 2) for x in (found.rate, found.low, found.high))
        value = f"{rate} date de faits par année libre [{low} – {high}]"
    definition = "Dates de faits après la première, par année libre ; intervalle à 95 %, à partir de cinq dates. Moyenne du passé."
    return Factor(
        "Rythme en temps libre", value, definition, f"{RECORD}, écrou ; λ de Blumstein", path.lane(Lane.FACTS)
    )


def _gaps(path: PersonPath) -> list[int]:
    return [path.clock.days(end) - path.clock.days(start) for start, end in pairwise(path.fact_dates)]


def _intervals(path: PersonPath) -> Factor:
    value = ", ".join(length_words(path, *pair) for pair in pairwise(path.fact_dates)) or NONE
    definition = "Durées libres entre deux dates de faits qui se suivent, dans l’ordre."
    return Factor("Intervalles entre les faits", value, definition, f"{RECORD}, écrou", path.lane(Lane.FACTS))


def _longest(path: PersonPath) -> Factor:
    gaps, ends = _gaps(path), set()
    if gaps:
        at = gaps.index(max(gaps))
        ends = set(path.fact_dates[at : at + 2])
    value = longest_words(path) or NONE
    records = tuple(r for r in path.lane(Lane.FACTS) if r.start_date in ends)
    definition = "La plus longue durée libre entre deux dates de faits ; celle qui court n’y est pas."
    return Factor("Plus long intervalle", value, definition, f"{RECORD}, écrou", records)


def _since(path: PersonPath) -> Factor:
    last = path.fact_dates[-1] if path.fact_dates else None
    value = since_words(path) or NO_FACTS
    records = tuple(r for r in path.lane(Lane.FACTS) if r.start_date == last)
    definition = "Durée libre depuis la dernière date de faits ; la fin de cette durée n’est pas consolidée."
    return Factor("Temps libre depuis les derniers faits", value, definition, f"{RECORD}, écrou", records)


def _custody(path: PersonPath) -> Factor:
    records = tuple(r for r in path.lane(Lane.CUSTODY) if r.code in REGIMES_WITHOUT_STREET_TIME)
    days = sum((end - start).days for start, end in path.away)
    value = f"{plural(len(path.away), 'période')}, {plural(days, 'jour')}" if records else NONE_FEMININE
    if path.lane(Lane.CUSTODY) and not records:
        value = "aucune qui retire du temps libre"
    definition = "Périodes qui retirent du temps libre, celles qui se touchent n’en faisant qu’une."
    return Factor("Détention", value, definition, CUSTODY, records)


def _breaches(path: PersonPath) -> Factor:
    records = path.lane(Lane.BREACHES)
    return Factor("Manquements", _counted(records, "manquement"), "Obligations non respectées.", BREACHES, records)


def _revocations(path: PersonPath) -> Factor:
    measures = tuple(r for r in path.lane(Lane.MEASURES) if r.outcome in OUTCOMES_CUT_SHORT)
    known = {r.record_id for r in measures}
    cut = (r for r in path.lane(Lane.BREACHES) if r.outcome in CUT_SHORT_BY_COURT and r.parent_id not in known)
    records = (*measures, *cut)
    definition = (
        "Mesures révoquées ou retirées, et révocations ou retraits notés après un manquement à une autre mesure."
    )
    return Factor(
        "Révocations et retraits", _counted(records, "décision"), definition, f"{MEASURES}, {BREACHES}", records
    )


def _completed(path: PersonPath) -> Factor:
    records = path.completed_measures
    value = _counted(records, "mesure accomplie", "mesures accomplies")
    definition = "Mesures menées à leur terme ; une détention provisoire ou une enquête n’en est pas une."
    return Factor("Mesures accomplies", value, definition, MEASURES, records)


def _violence(path: PersonPath) -> Factor:
    records = tuple(r for r in path.lane(Lane.FACTS) if r.code in VIOLENT_FAMILIES)
    named = ", ".join(f.label for f in OffenceFamily if f in VIOLENT_FAMILIES)
    return Factor("Faits violents", _counted(records, "infraction"), f"Familles : {named}.", RECORD, records)


def _partner(path: PersonPath) -> Factor:
    records = tuple(r for r in path.lane(Lane.FACTS) if r.intimate_partner)
    definition = "Infractions marquées par le casier comme commises au sein du couple (CP 132-80)."
    return Factor("Faits au sein du couple", _counted(records, "infraction"), definition, RECORD, records)


def _recidivism(path: PersonPath) -> Factor:
    records = tuple(r for r in path.lane(Lane.CONVICTIONS) if r.legal_recidivism)
    definition = "Condamnations où la juridiction l’a écrite ; elle n’est jamais calculée ici."
    source = f"{RECORD} ; CP 132-8 à 132-16-5"
    return Factor("Récidive légale retenue", _counted(records, "condamnation"), definition, source, records)


_LINES: tuple[Callable[[PersonPath], Factor], ...] = (
    _age, _convictions, _mentions, _offences, _fact_dates, _families, _rate, _intervals, _longest, _since,
    _custody, _breaches, _revocations, _completed, _violence, _partner, _recidivism,
)  # fmt: skip
