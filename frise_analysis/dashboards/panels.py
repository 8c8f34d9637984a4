"""The panels under the frise that are written when they are opened: static factors, frequency, legal clocks."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

import pandas as pd

from frise_analysis.analysis import diversity, gravity, intervals, rate, trend
from frise_analysis.analysis.desistance import told_rate
from frise_analysis.analysis.legal_clocks.answers import ClearanceAnswer, PairAnswer
from frise_analysis.analysis.legal_clocks.dossier import dossier_of
from frise_analysis.analysis.legal_clocks.recidivism import pair_table
from frise_analysis.analysis.legal_clocks.rehabilitation import rehabilitation_table
from frise_analysis.analysis.legal_clocks.rules import RuleBook
from frise_analysis.analysis.legal_clocks.void_dates import void_table
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.words import title, when
from frise_analysis.charts.gravity import gravity_specification
from frise_analysis.dashboards.twins import table_rows
from frise_analysis.dates import DAYS_PER_YEAR, full_date, plural
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import SENTENCES, CountUnit, Lane

#: Pairs of a first and a second term are shown one by one up to this number for each kind of answer.
MOST_PAIRS = 12


GRAVITY, RATE = "gravity", "Rythme en liberté"
GRAVITY_KEY = (
    "Un point par date de faits, à la plus longue peine que la loi prévoit pour eux, sans récidive ni aggravation hors du libellé ; "
    "rond vide : peine encourue inconnue. Bande grise : période non consolidée. La loi dit une peine, pas un poids."
)
OWN_NAMES = re.compile(r" \([HV]-[A-Z]+\)|\b[HV]-[A-Z]+, ")
#: How the columns of the numbers are called on screen.
NUMBERS = {
    "estimate": "Estimation", "count": "Nombre", "street_years": "Années libres", "rate": "Par an", "low": "De", "high": "À",
    "prior_facts": "Faits de l’ensemble", "prior_years": "Années de l’ensemble", "prior_people": "Personnes",
    "intervals": "Intervalles", "median_days": "Médian, jours", "longest_days": "Le plus long", "open_days": "Ouvert",
    "judged_days": "Ouvert, consolidé", "share_shorter": "Part plus courte, consolidé", "share_shorter_whole": "Part plus courte",
    "burstiness": "B", "burstiness_finite": "A", "window": "Observation", "end_date": "Jusqu’au", "laplace_z": "Laplace z",
    "laplace_p_normal": "p (normale)", "laplace_p_exact": "p (exact)", "mil_chi2": "MIL-HDBK χ²", "mil_df": "degrés", "mil_p": "p",
    "beta": "Crow–AMSAA β", "beta_low": "β de", "beta_high": "β à", "reversals": "Inversions", "reversals_mean": "attendues",
    "reversals_variance": "variance", "two_sided": "p bilatéral", "reading": "Lecture", "families": "Familles", "diversity": "Diversité",
    "largest": "Maximum", "unbiased": "Sans biais", "main_family": "Famille principale", "main_share": "Sa part",
    "unclassified": "Non classées", "date": "Date", "max_years": "Années encourues", "nature": "Nature", "unknown": "Sans maximum connu",
    "record_ids": "Enregistrements",
}  # fmt: skip


class Landmark(Enum):
    """What one line tells of the law: a pair of a conviction and facts, or what becomes of one decision."""

    PAIR = auto()
    DECISION = auto()


@dataclass(frozen=True)
class Line:
    """One sentence and the records behind it: a ``landmark``, or what sums them up; ``unlisted`` of them it only counts."""

    text: str
    keys: tuple[str, ...] = ()
    landmark: Landmark | None = None
    unlisted: int = 0


@dataclass(frozen=True)
class Section:
    """A heading, its sentences, and the numbers behind them, one click away; ``chart`` has a place under ``key``."""

    heading: str
    lines: tuple[Line, ...]
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    chart: str = ""
    key: str = ""


def frequency(store: Store, path: PersonPath) -> tuple[Section, ...]:
    """Rate, intervals, trend, diversity and gravity, each in a sentence, its numbers under it; one sentence without facts."""
    if not path.fact_dates:
        return (Section("Rythme, intervalles, tendance", (Line(SENTENCES.nothing_recorded),)),)
    return (
        _rate(store, path),
        _section("Intervalles", intervals.interval_shape(path)),
        _section("Tendance", trend.trend(path), sentence=trend.trend_words(path)),
        _section("Diversité", diversity.offence_diversity(path, unit=CountUnit.OFFENCES)),
        _gravity(path),
    )


def _rate(store: Store, path: PersonPath) -> Section:
    """The rate, alone and drawn towards that of the store; where nothing can be concluded, that sentence and no number."""
    table = rate.rate(store, person_key=path.person.person_key, as_of=path.as_of, with_void=path.with_void)
    if table.empty:
        return Section(RATE, (Line(f"Aucun temps libre depuis les premiers faits. {SENTENCES.cannot_conclude}"),))
    whole = _section(RATE, table)
    return whole if told_rate(path, unit=CountUnit.FACT_DATES) else replace(whole, heads=(), rows=())


def _section(heading: str, table: pd.DataFrame, *, sentence: str | None = None) -> Section:
    words = [sentence] if sentence is not None else [str(text) for text in table["words"]]
    numbers = table.drop(columns="words")
    shown = tuple(tuple(row) for row in table_rows(numbers))
    heads = tuple(NUMBERS.get(str(name), str(name)) for name in numbers.columns)
    return Section(heading, tuple(Line(text) for text in dict.fromkeys(words)), heads, shown)


def _gravity(path: PersonPath) -> Section:
    """How grave by the law: the longest sentence provided at each date, the list one click away."""
    table = gravity.gravity(path)
    known = table["max_years"].dropna()
    whole = _section("Peine encourue, date par date", table)
    told = f"Peine encourue {_known_for(len(known), len(table))}{_range(known)}."
    return replace(whole, lines=(Line(told),), chart=GRAVITY, key=GRAVITY_KEY)


def _known_for(known: int, dates: int) -> str:
    if dates == 1:
        return "connue pour la seule date de faits" if known else "inconnue pour la seule date de faits"
    if not known:
        return f"inconnue pour les {dates} dates de faits"
    if known == dates:
        return f"connue pour les {dates} dates de faits"
    return f"connue pour {known} des {dates} dates de faits"


def _range(known: pd.Series) -> str:
    if known.empty:
        return ""
    low, high = _years(known.min()), _years(known.max())
    return f" : {low}" if low == high else f", de {low} à {high}"


def frequency_charts(path: PersonPath) -> dict[str, dict[str, Any]]:
    """The charts of the panel, by the name of their place."""
    table = gravity.gravity(path)
    if table.empty:
        return {}
    end = path.clock.days(path.end)
    pending = end - path.clock.days(max(path.clock.origin, path.unconsolidated_from))
    years = (end / DAYS_PER_YEAR, pending / DAYS_PER_YEAR)
    return {GRAVITY: gravity_specification(table, end_years=years[0], pending_years=years[1])}


def _years(number: float) -> str:
    return "la perpétuité" if number >= gravity.LIFE else plural(round(number, 1) if number % 1 else int(number), "an")


def legal(store: Store, path: PersonPath) -> tuple[Section, ...]:
    """Legal clocks, computed by dated rules: pairs of terms, dates of rehabilitation, dates on which a suspension is void."""
    dossier, book = dossier_of(store, path), RuleBook(store.info.extraction_date)
    cleared = rehabilitation_table(dossier, book=book)
    return (
        Section("Récidive légale", _pair_lines(pair_table(dossier, book=book), path)),
        Section("Réhabilitation de plein droit", _clearance_lines(cleared, path)),
        Section("Condamnations non avenues", _clearance_lines(void_table(dossier, book=book), path)),
    )


def _pair_lines(pairs: pd.DataFrame, path: PersonPath) -> tuple[Line, ...]:
    retained = [c for c in path.convictions if c.legal_recidivism]
    said = "Le casier ne dit nulle part que la récidive légale a été retenue."
    if retained:
        said = f"La juridiction a retenu la récidive légale pour {plural(len(retained), 'condamnation')}."
    opening = Line(said, tuple(f"{Lane.CONVICTIONS.value}:{c.record_id}" for c in retained))
    shown = _visible(pairs, path)
    met = shown[shown["answer"] == PairAnswer.RECIDIVE]
    unclear = shown[shown["answer"] == PairAnswer.UNDETERMINED]
    counted = Line(
        f"Conditions réunies (calcul) : {plural(len(met), 'paire')} de condamnation et de faits. "
        f"Indéterminées, faute d’une date ou d’une peine encourue : {len(unclear)}."
    )
    listed = [_pair_line(row, path) for row in met.head(MOST_PAIRS).to_dict("records")]
    left = len(met) - len(listed)
    cut = [Line(f"Les {MOST_PAIRS} premières sur {len(met)}.", unlisted=left)] if left else []
    return (opening, counted, *listed, *cut)


def _visible(pairs: pd.DataFrame, path: PersonPath) -> pd.DataFrame:
    """Pairs whose two terms are on the screen."""
    facts = {r.record_id for r in path.lane(Lane.FACTS)}
    return pairs[pairs["first_conviction_id"].isin(path.conviction_ids) & pairs["second_offence_id"].isin(facts)]


def _pair_line(row: dict[Hashable, object], path: PersonPath) -> Line:
    first, second = str(row["first_conviction_id"]), str(row["second_offence_id"])
    decided = next(r for r in path.convictions if r.record_id == first)
    facts = next(r for r in path.lane(Lane.FACTS) if r.record_id == second)
    terms = f"Condamnation du {full_date(decided.start_date)}, puis faits {_dated(facts)} ({title(facts)}). "
    keys = (f"{Lane.CONVICTIONS.value}:{first}", f"{Lane.FACTS.value}:{second}")
    return Line(terms + _bare(row["words"]), keys, Landmark.PAIR)


def _dated(facts: Record) -> str:
    """``du 12 mars 2019``; else the words of the record: ``enregistrés courant 2004``, ``enregistrés en octobre 2019``."""
    said = when(facts)
    return f"du{said.removeprefix('le')}" if said.startswith("le ") else f"enregistrés {said}"


def _clearance_lines(table: pd.DataFrame, path: PersonPath) -> tuple[Line, ...]:
    decided = {r.record_id: r for r in path.lane(Lane.CONVICTIONS)}
    shown = table[table["conviction_id"].isin(list(decided))]
    halted = shown[shown["answer"] == ClearanceAnswer.INTERRUPTED]
    rest = shown[shown["answer"] != ClearanceAnswer.INTERRUPTED]
    lines = [
        _decision_line(decided[name], words) for name, words in zip(rest["conviction_id"], rest["words"], strict=True)
    ]
    if len(halted):
        said = f"Délai interrompu par une condamnation suivante (calcul) : {plural(len(halted), 'décision')}."
        lines.append(Line(said, tuple(f"{Lane.CONVICTIONS.value}:{name}" for name in halted["conviction_id"])))
    return tuple(lines) or (Line("Aucune condamnation concernée."),)


def _decision_line(decided: Record, words: object) -> Line:
    said = f"Décision du {full_date(decided.start_date)}. {_bare(words)}"
    return Line(said, (f"{Lane.CONVICTIONS.value}:{decided.record_id}",), Landmark.DECISION)


def _bare(words: object) -> str:
    """Without what the panel says once for all (date of the rules, caution), nor our own names of rules."""
    said = str(words).split(" Règles au ", maxsplit=1)[0]
    return OWN_NAMES.sub("", said)
