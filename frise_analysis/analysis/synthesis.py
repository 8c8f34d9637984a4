"""The written synthesis: plain French sentences, each with the records it was made from. Deterministic; facts only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd

from frise_analysis.analysis.desistance import approximate, few_words, mean_rate, since_words, told_rate
from frise_analysis.analysis.intervals import length_words, longest_interval
from frise_analysis.analysis.lengths import calendar_words
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.sentences import SynthesisSentence, enumerate_words, point_words, ranked, tell
from frise_analysis.analysis.words import label_of, lower_first, measure
from frise_analysis.dates import DAYS_PER_YEAR, duration, french_number, full_date, plural
from frise_analysis.vocabulary import (
    OUTCOMES_CUT_SHORT,
    SENTENCES,
    BreachKind,
    CountUnit,
    Lane,
    LifeDirection,
    OffenceFamily,
    RecordEntryType,
    Sex,
)


@question("synthese", "Synthèse écrite", reads_events=True)
def synthesis(path: PersonPath) -> pd.DataFrame:
    """One row per sentence, in reading order: ``topic``, ``text``, and ``records``, the keys of the records behind it."""
    rows = [(s.topic, s.text, ", ".join(s.keys)) for s in synthesis_sentences(path)]
    return pd.DataFrame(rows, columns=["topic", "text", "records"])


def synthesis_sentences(path: PersonPath) -> tuple[SynthesisSentence, ...]:
    """The sentences that have something to say for this person."""
    written = (write(path) for write in _WRITERS)
    return tuple(sentence for sentence in written if sentence is not None)


def subject(path: PersonPath) -> tuple[str, str]:
    """The pronoun and the ending of a participle: ``Il``, ``Elle``, else ``La personne``."""
    endings = {Sex.MALE: ("Il", ""), Sex.FEMALE: ("Elle", "e")}
    return endings.get(Sex(path.person.sex) if path.person.sex in set(Sex) else Sex.UNKNOWN, ("La personne", "e"))


def _facts(path: PersonPath) -> SynthesisSentence:
    facts = path.lane(Lane.FACTS)
    if not facts:
        return tell("faits", SENTENCES.nothing_recorded, ())
    first, last = path.fact_dates[0], path.fact_dates[-1]
    count = plural(len(facts), "infraction enregistrée", "infractions enregistrées")
    if first == last:
        return tell("faits", f"{count}, en {first.year}.", facts)
    dates = plural(len(path.fact_dates), "date")
    return tell("faits", f"{count}, à {dates}, de {first.year} à {last.year}.", facts)


def _convictions(path: PersonPath) -> SynthesisSentence:
    convictions = path.convictions
    if not convictions:
        return tell("condamnations", "Aucune condamnation enregistrée.", ())
    pronoun, ending = subject(path)
    last = full_date(convictions[-1].start_date)
    times = f"une fois, le {last}" if len(convictions) == 1 else f"{len(convictions)} fois, la dernière le {last}"
    retained = sum(c.legal_recidivism for c in convictions)
    legal = f" ; la récidive légale a été retenue {'une' if retained == 1 else retained} fois" if retained else ""
    return tell("condamnations", f"{pronoun} a été condamné{ending} {times}{legal}.", convictions)


def _mentions(path: PersonPath) -> SynthesisSentence | None:
    """Lines of the record that are not convictions."""
    others = [r for r in path.lane(Lane.CONVICTIONS) if r.record_id not in path.conviction_ids]
    if not others:
        return None
    names = Counter(label_of(RecordEntryType, r.code) for r in others)
    listed = enumerate_words([f"{name} ({number})" for name, number in names.items()])
    return tell("mentions", f"Au casier aussi, sans être des condamnations : {listed}.", others)


def _kinds(path: PersonPath) -> SynthesisSentence | None:
    facts = path.lane(Lane.FACTS)
    if len(facts) < 2:
        return None
    counts = ranked(label_of(OffenceFamily, r.code) for r in facts)
    named = [f"{name.lower()} ({number})" for name, number in counts]
    if len(counts) == 1:
        return tell("nature", f"Toutes relèvent de la même famille : {named[0]}.", facts)
    most = 4 if len(counts) == 4 else 3
    shown, others = named[:most], sum(number for _, number in counts[most:])
    rest = [f"autres familles ({others})"] if others else []
    return tell("nature", f"{plural(len(counts), 'famille')} : {' ; '.join([*shown, *rest])}.", facts)


def _couple(path: PersonPath) -> SynthesisSentence | None:
    found = [r for r in path.lane(Lane.FACTS) if r.intimate_partner]
    if not found:
        return None
    return tell(
        "couple",
        f"{plural(len(found), 'infraction enregistrée', 'infractions enregistrées')} au sein du couple.",
        found,
    )


def _rate(path: PersonPath) -> SynthesisSentence | None:
    if mean_rate(path, unit=CountUnit.FACT_DATES) is None:
        return None
    facts, rate = path.lane(Lane.FACTS), told_rate(path, unit=CountUnit.FACT_DATES)
    if rate is None:
        return tell("rythme", few_words(path), facts)
    figures = [french_number(value, 2) for value in (rate.rate, rate.low, rate.high)]
    years = duration(round(rate.years * DAYS_PER_YEAR))
    text = f"En {years} de liberté après les premiers faits, {rate.count} autres dates de faits : {figures[0]} par an en moyenne"
    return tell("rythme", f"{text} (entre {figures[1]} et {figures[2]}).", facts)


def _longest(path: PersonPath) -> SynthesisSentence | None:
    found = longest_interval(path)
    if found is None:
        return None
    start, end = found
    free = length_words(path, start, end)
    ends = [r for r in path.lane(Lane.FACTS) if r.start_date in {start, end}]
    between = f"entre {point_words(path, start)} et {point_words(path, end)}"
    return tell("intervalle", f"Plus longue période libre sans fait enregistré : {free}, {between}.", ends)


def _since(path: PersonPath) -> SynthesisSentence | None:
    if not path.fact_dates:
        return None
    last = path.fact_dates[-1]
    found = [r for r in path.lane(Lane.FACTS) if r.start_date == last]
    ago = f"{_ago(path, last)} au {full_date(path.end)}"
    text = f"Derniers faits enregistrés : {point_words(path, last)}, {ago}. Des faits des {path.unconsolidated_months} derniers mois peuvent ne pas être jugés encore."
    return tell("depuis", text, found)


def _ago(path: PersonPath, last: date) -> str:
    """By the calendar; the time at liberty beside it where a detention falls between."""
    if not path.clock.days_away(last, path.end):
        return f"il y a {since_words(path)}"
    about = "environ " if approximate(path, last) else ""
    return f"il y a {about}{calendar_words(last, path.end)}, dont {since_words(path)},"


def _custody(path: PersonPath) -> SynthesisSentence | None:
    if not path.away:
        return None
    days = sum((end - start).days for start, end in path.away)
    running = any(r.end_date is None for r in path.lane(Lane.CUSTODY)) and path.away[-1][1] == path.end
    now = "en cours" if running else f"la dernière finie le {full_date(path.away[-1][1])}"
    text = f"{plural(days, 'jour')} de détention en {plural(len(path.away), 'période')}, {now}."
    return tell("détention", text, path.lane(Lane.CUSTODY))


def _named(measures: Sequence[Record]) -> str:
    counts = ranked(measure(m) for m in measures)
    return enumerate_words([lower_first(name) + (f" ({number})" if number > 1 else "") for name, number in counts])


def _done(path: PersonPath) -> SynthesisSentence | None:
    done = path.completed_measures
    if not done:
        return None
    return tell("réussites", f"{plural(len(done), 'mesure accomplie', 'mesures accomplies')} : {_named(done)}.", done)


def _cut(path: PersonPath) -> SynthesisSentence | None:
    cut = [m for m in path.lane(Lane.MEASURES) if m.outcome in OUTCOMES_CUT_SHORT]
    if not cut:
        return None
    return tell(
        "interruptions", f"{plural(len(cut), 'mesure interrompue', 'mesures interrompues')} : {_named(cut)}.", cut
    )


def _breaches(path: PersonPath) -> SynthesisSentence | None:
    breaches = path.lane(Lane.BREACHES)
    if not breaches:
        return None
    counts = Counter(b.code for b in breaches).most_common()
    listed = enumerate_words(
        [label_of(BreachKind, code) + (f" ({number})" if number > 1 else "") for code, number in counts]
    )
    text = f"{plural(len(breaches), 'manquement signalé', 'manquements signalés')} : {listed}."
    return tell("manquements", text, breaches)


def _running(path: PersonPath) -> SynthesisSentence | None:
    running = [m for m in path.lane(Lane.MEASURES) if m.end_date is None]
    if not running:
        return tell("en cours", "Aucune mesure en cours.", ())
    parts = [f"{lower_first(measure(m))} depuis le {full_date(m.start_date)}" for m in running]
    return tell("en cours", f"En cours : {enumerate_words(parts)}.", running)


def _life(path: PersonPath) -> SynthesisSentence | None:
    events = path.lane(Lane.LIFE_EVENTS)
    if not events:
        return None
    counts = Counter(e.outcome for e in events)
    kinds = {LifeDirection.SUPPORT: "appui", LifeDirection.STRAIN: "difficulté"}
    named = [plural(counts[direction], word) for direction, word in kinds.items() if counts[direction]]
    among = f", dont {enumerate_words(named)}" if named else ""
    return tell("vie", f"{plural(len(events), 'évènement de vie noté', 'évènements de vie notés')}{among}.", events)


def _doubts(path: PersonPath) -> SynthesisSentence | None:
    days = {day for day in path.fact_dates if approximate(path, day)}
    vague = [r for r in path.lane(Lane.FACTS) if r.start_date in days]
    pending = [r for r in path.lane(Lane.FACTS) if r.second_date is None]
    parts = [plural(len(days), "date de faits approximative", "dates de faits approximatives")] if days else []
    parts += [plural(len(pending), "infraction pas encore jugée", "infractions pas encore jugées")] if pending else []
    if not parts:
        return None
    return tell("réserves", f"À garder en tête : {enumerate_words(parts)}.", [*vague, *pending])


_WRITERS: tuple[Callable[[PersonPath], SynthesisSentence | None], ...] = (
    _facts, _convictions, _mentions, _kinds, _couple, _rate, _longest, _since, _custody, _done, _cut, _breaches, _running, _life, _doubts,
)  # fmt: skip
