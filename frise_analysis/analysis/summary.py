"""The few figures that open the screen, each as a headline and the words under it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from frise_analysis.analysis.desistance import since_words
from frise_analysis.analysis.intervals import length_words, longest_interval
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.words import age_words, upper_first
from frise_analysis.dates import duration, plural
from frise_analysis.vocabulary import (
    OUTCOMES_CUT_SHORT,
    REGIMES_WITHOUT_STREET_TIME,
    SENTENCES,
    Lane,
)


@dataclass(frozen=True)
class Figure:
    """One figure: a short headline and the sentence that says what it is."""

    headline: str
    words: str


@question("resume", "Les chiffres qui ouvrent l’écran")
def summary(path: PersonPath) -> pd.DataFrame:
    """One row per figure: ``headline`` and ``words``."""
    return pd.DataFrame([(f.headline, f.words) for f in figures(path)], columns=["headline", "words"])


def figures(path: PersonPath) -> tuple[Figure, ...]:
    """Facts, time since the last ones, longest stretch at liberty, custody, measures."""
    return (_facts(path), _since(path), _longest(path), _custody(path), _measures(path))


def _facts(path: PersonPath) -> Figure:
    facts, judged = path.lane(Lane.FACTS), _judged(path)
    if not facts:
        return Figure("0 infraction", f"{judged}. {SENTENCES.nothing_recorded}")
    first, last = path.fact_dates[0], path.fact_dates[-1]
    years = f"en {first.year}" if first.year == last.year else f"de {first.year} à {last.year}"
    return Figure(plural(len(facts), "infraction"), f"{judged} ; faits {years}{_ages(path)}")


def _judged(path: PersonPath) -> str:
    """Convictions, and apart from them the other lines of the record."""
    others = len(path.lane(Lane.CONVICTIONS)) - len(path.convictions)
    mentions = f" et {plural(others, 'autre mention', 'autres mentions')}" if others else ""
    return plural(len(path.convictions), "condamnation") + mentions


def _ages(path: PersonPath) -> str:
    first, last = (age_words(path, day, path.precision(day)) for day in (path.fact_dates[0], path.fact_dates[-1]))
    if not first or not last:
        return ""
    return f", {first}" if first == last else f", de {first.removeprefix('à ').removesuffix(' ans')} {last}"


def _since(path: PersonPath) -> Figure:
    if not path.fact_dates:
        return Figure("—", "pas de faits enregistrés dont mesurer l’ancienneté")
    last = path.fact_dates[-1]
    zone = f"{path.unconsolidated_months} mois"
    rest = f"{SENTENCES.unconsolidated} ({zone})" if last >= path.unconsolidated_from else _pending(path, zone)
    return Figure(upper_first(since_words(path)), f"depuis les derniers faits enregistrés, {rest}")


def _pending(path: PersonPath, zone: str) -> str:
    """How much of the time may not be judged yet: as the time itself, without custody."""
    start, end = path.unconsolidated_from, path.end
    if not path.clock.days_away(start, end):
        return f"dont {zone} non consolidés"
    free = path.clock.days(end) - path.clock.days(start)
    return (
        f"dont {duration(free)} non consolidés" if free > 1 else f"sans temps libre dans la {SENTENCES.unconsolidated}"
    )


def _longest(path: PersonPath) -> Figure:
    found = longest_interval(path)
    if found is None:
        return Figure("—", "pas d’intervalle entre deux dates de faits")
    start, end = found
    where = f"en {start.year}" if start.year == end.year else f"de {start.year} à {end.year}"
    told = f"plus longue période libre entre deux faits enregistrés, {where}"
    return Figure(upper_first(length_words(path, start, end)), told)


def _custody(path: PersonPath) -> Figure:
    days = sum((end - start).days for start, end in path.away)
    if not path.away:
        others = " qui retire du temps libre" if path.lane(Lane.CUSTODY) else ""
        return Figure("0 jour en détention", f"aucune période enregistrée{others}")
    last = path.away[-1]
    running = any(_runs(r, path) for r in path.lane(Lane.CUSTODY))
    ending = "en cours" if running else f"la dernière en {last[1].year}" if len(path.away) > 1 else f"en {last[1].year}"
    return Figure(f"{plural(days, 'jour')} en détention", f"{plural(len(path.away), 'période')}, {ending}")


def _runs(record: Record, path: PersonPath) -> bool:
    """Whether the person is away from liberty at the end of observation."""
    ended = path.end < path.as_of or (record.end_date is not None and record.end_date <= path.end)
    return record.code in REGIMES_WITHOUT_STREET_TIME and not ended


def _measures(path: PersonPath) -> Figure:
    measures = path.lane(Lane.MEASURES)
    ended = [m for m in measures if m.end_date is not None]
    done = len(path.completed_measures)
    cut = sum(m.outcome in OUTCOMES_CUT_SHORT for m in ended)
    running = sum(m.end_date is None for m in measures)
    other = len(measures) - done - cut - running
    parts = [plural(cut, "interrompue"), f"{running} en cours"] + (
        [plural(other, "autre fin", "autres fins")] if other else []
    )
    return Figure(plural(done, "mesure accomplie", "mesures accomplies"), ", ".join(parts))
