"""The path told to the person followed: short sentences, everyday words, no index; what was carried through as visible as the rest.

Written from ``interview_path``, so that nothing hidden there can be told here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pandas as pd

from frise_analysis.analysis.desistance import approximate
from frise_analysis.analysis.intervals import length_words, longest_interval
from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.lengths import calendar_words
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.registry import question
from frise_analysis.analysis.sentences import SynthesisSentence, enumerate_words, point_words, ranked, tell
from frise_analysis.analysis.words import label_of, lower_first, measure, title
from frise_analysis.dates import full_date, plural
from frise_analysis.vocabulary import OUTCOMES_CUT_SHORT, Lane, LifeDirection, OffenceFamily, Sex

#: Names that are said one by one; more are counted.
MOST_NAMED = 3


@question("parcours-en-clair", "Le parcours dit à la personne suivie", reads_events=True)
def own_words(path: PersonPath) -> pd.DataFrame:
    """One row per sentence, in reading order: ``topic``, ``text``, and ``records``, the keys of the records behind it."""
    rows = [(s.topic, s.text, ", ".join(s.keys)) for s in own_sentences(path)]
    return pd.DataFrame(rows, columns=["topic", "text", "records"])


def own_sentences(path: PersonPath) -> tuple[SynthesisSentence, ...]:
    """The sentences that have something to say to this person, their own events first."""
    shown = interview_path(path)
    written = (write(shown) for write in _WRITERS)
    return tuple(sentence for sentence in written if sentence is not None)


def ending(path: PersonPath) -> str:
    """The ending of a participle that agrees with the person: both where their sex is not known."""
    return {Sex.MALE: "", Sex.FEMALE: "e"}.get(path.person.sex, "(e)")  # type: ignore[call-overload, no-any-return]


def _named(names: Sequence[str]) -> str:
    """``a, b et 3 autres``: each different name once, with its number."""
    return enumerate_words(_most(Counter(lower_first(name) for name in names).most_common()))


def _most(counts: Sequence[tuple[str, int]]) -> list[str]:
    """The first names, each with its number, then how many others."""
    said = [f"{name} ({number} fois)" if number > 1 else name for name, number in counts[:MOST_NAMED]]
    rest = sum(number for _, number in counts[MOST_NAMED:])
    return [*said, plural(rest, "autre")] if rest else said


def _life(path: PersonPath) -> SynthesisSentence:
    events = path.lane(Lane.LIFE_EVENTS)
    if not events:
        return tell("vie", "Vous n’avez encore rien raconté de votre vie ici. Vous pouvez l’ajouter.", ())
    helped = [e for e in events if e.outcome == LifeDirection.SUPPORT]
    told = f"Vous avez raconté {plural(len(events), 'moment')} de votre vie."
    return tell("vie", f"{told} Ce qui vous a aidé{ending(path)} : {_titles(helped)}." if helped else told, events)


def _titles(records: Sequence[Record]) -> str:
    names = [title(r) for r in records]
    rest = len(names) - MOST_NAMED
    said = [f"« {name} »" for name in names[:MOST_NAMED]]
    return enumerate_words([*said, plural(rest, "autre moment", "autres moments")] if rest > 0 else said)


def _done(path: PersonPath) -> SynthesisSentence | None:
    done = path.completed_measures
    if not done:
        return None
    number = "d’une mesure" if len(done) == 1 else f"de {len(done)} mesures"
    names = _named([measure(m) for m in done])
    return tell("réussites", f"Vous êtes allé{ending(path)} au bout {number} : {names}.", done)


def _running(path: PersonPath) -> SynthesisSentence:
    running = [m for m in path.lane(Lane.MEASURES) if m.end_date is None]
    if not running:
        return tell("en cours", "Vous n’avez pas de mesure en cours.", ())
    first, *others = running
    name = lower_first(measure(first))
    told = f"En ce moment : {name} depuis le {full_date(first.start_date)}{_planned(first)}."
    rest = f" Et aussi : {_named([measure(m) for m in others])}." if others else ""
    return tell("en cours", told + rest, running)


def _planned(record: Record) -> str:
    return f" (fin prévue le {full_date(record.second_date)})" if record.second_date else ""


def _facts(path: PersonPath) -> SynthesisSentence:
    facts = path.lane(Lane.FACTS)
    if not facts:
        return tell("faits", "Le dossier ne contient pas de faits.", ())
    first, last = path.fact_dates[0].year, path.fact_dates[-1].year
    years = f"en {first}" if first == last else f"entre {first} et {last}"
    times = "une date" if len(path.fact_dates) == 1 else f"{len(path.fact_dates)} dates"
    return tell("faits", f"Le dossier contient des faits à {times}, {years}.", facts)


def _kinds(path: PersonPath) -> SynthesisSentence | None:
    facts = path.lane(Lane.FACTS)
    if not facts:
        return None
    # The names of families hold commas.
    said = _most(ranked(label_of(OffenceFamily, r.code).lower() for r in facts))
    return tell("nature", f"De quoi il s’agit : {' ; '.join(said)}.", facts)


def _unjudged(path: PersonPath) -> SynthesisSentence | None:
    """Facts that no court has judged are told as nothing more."""
    facts = path.lane(Lane.FACTS)
    open_ = [r for r in facts if r.second_date is None]
    if not open_:
        return None
    if len(facts) == 1:
        told = "Ce fait n’est pas encore jugé"
    elif len(open_) == len(facts):
        told = "Ces faits ne sont pas encore jugés"
    else:
        one = len(open_) == 1
        told = "Un de ces faits n’est pas encore jugé" if one else f"{len(open_)} de ces faits ne sont pas encore jugés"
    return tell("à juger", f"{told} : rien n’est décidé.", open_)


def _since(path: PersonPath) -> SynthesisSentence | None:
    if not path.fact_dates:
        return None
    last = path.fact_dates[-1]
    found = [r for r in path.lane(Lane.FACTS) if r.start_date == last]
    about = "environ " if approximate(path, last) else ""
    ago = f"{about}{calendar_words(last, path.end)}"
    text = f"Les derniers faits du dossier remontent à {ago} ({point_words(path, last)})."
    months = plural(path.unconsolidated_months, "mois", "mois")
    return tell("depuis", f"{text} Des faits de moins de {months} peuvent manquer.", found)


def _longest(path: PersonPath) -> SynthesisSentence | None:
    found = longest_interval(path)
    if found is None:
        return None
    start, end = found
    free = length_words(path, start, end)
    ends = [r for r in path.lane(Lane.FACTS) if r.start_date in {start, end}]
    years = f"en {start.year}" if start.year == end.year else f"entre {start.year} et {end.year}"
    return tell("intervalle", f"Entre deux faits, vous avez passé jusqu’à {free} en liberté, {years}.", ends)


def _custody(path: PersonPath) -> SynthesisSentence | None:
    if not path.away:
        return None
    days = plural(sum((end - start).days for start, end in path.away), "jour")
    times = "une fois" if len(path.away) == 1 else f"en {len(path.away)} fois"
    running = any(r.end_date is None for r in path.lane(Lane.CUSTODY)) and path.away[-1][1] == path.end
    now = (
        "et vous y êtes encore"
        if running
        else f"{'jusqu’' if len(path.away) == 1 else 'la dernière jusqu’'}en {path.away[-1][1].year}"
    )
    return tell("détention", f"Vous avez été en détention {days}, {times}, {now}.", path.lane(Lane.CUSTODY))


def _cut(path: PersonPath) -> SynthesisSentence | None:
    cut = [m for m in path.lane(Lane.MEASURES) if m.outcome in OUTCOMES_CUT_SHORT]
    if not cut:
        return None
    ended = "Une mesure a été arrêtée" if len(cut) == 1 else f"{len(cut)} mesures ont été arrêtées"
    return tell("interruptions", f"{ended} avant la fin : {_named([measure(m) for m in cut])}.", cut)


_WRITERS: tuple[Callable[[PersonPath], SynthesisSentence | None], ...] = (
    _life, _done, _running, _facts, _kinds, _unjudged, _longest, _since, _custody, _cut,
)  # fmt: skip
