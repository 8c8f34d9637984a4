"""What a printed document says, gathered before anything is drawn: the same words as the screen, from the same functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frise_analysis.analysis.person_path import Person, PersonPath, Record
from frise_analysis.analysis.static_factors import ledger
from frise_analysis.analysis.summary import Figure, figures
from frise_analysis.analysis.synthesis import synthesis_sentences
from frise_analysis.analysis.words import label_of, title, upper_first, when, words
from frise_analysis.dates import full_date, numeric_date, plural
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import OUTCOMES_CUT_SHORT, Labelled, Lane, MeasureOutcome

#: As many characters of the identifier of a load as tell two loads apart.
_SHORT_ID = 8


class Purpose(Labelled):
    """Why a document is made; it is printed on each page."""

    INTERVIEW = "entretien", "préparation d’un entretien"
    JUDGE = "rapport", "rapport au juge de l’application des peines"
    BOARD = "commission", "commission pluridisciplinaire"
    HANDOVER = "passation", "passation du suivi"
    TRAINING = "formation", "formation"


@dataclass(frozen=True)
class Asked:
    """What the caller alone knows: whose path it is (``heading``, a name included), why, when, and what was computed elsewhere.

    ``legal`` are sentences on legal dates, ``rules_on`` the day of the rules they follow; ``frise`` is a complete Vega-Lite
    specification with its data.
    """

    heading: str
    purpose: Purpose
    made_on: date
    rules_on: date
    legal: tuple[str, ...] = ()
    frise: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Stamp:
    """Where the document comes from, on each of its pages."""

    made_on: date
    rules_on: date
    purpose: Purpose
    source: str
    service: str
    extraction_date: date
    load_id: str
    fictional: bool

    @property
    def use(self) -> str:
        """Who it is for, why, and of which day."""
        return f"usage interne SPIP · motif : {self.purpose.label}"

    @property
    def made(self) -> str:
        """The day of the document and of its rules."""
        return f"document du {numeric_date(self.made_on)} · règles au {numeric_date(self.rules_on)}"

    @property
    def origin(self) -> tuple[str, ...]:
        """Service, extraction and load (the source, which may be long, has its own line); what the store does not say is left out."""
        dated = (f"extraction du {numeric_date(self.extraction_date)}", f"chargement {self.load_id[:_SHORT_ID]}")
        return tuple(x for x in (self.service, *dated) if x.strip())


@dataclass(frozen=True)
class MeasureLine:
    """One measure: its name, its dates and how it ended, in words."""

    name: str
    period: str
    outcome: str


@dataclass(frozen=True)
class Content:
    """The synthesis for the officer, complete: each form cuts what its pages cannot hold, and says so."""

    title: str
    heading: str
    stamp: Stamp
    figures: tuple[Figure, ...]
    sentences: tuple[str, ...]
    factors: tuple[tuple[str, str], ...]
    measures: tuple[MeasureLine, ...]
    measures_summary: str
    life_events: tuple[str, ...]
    legal: tuple[str, ...]
    frise: Mapping[str, Any] | None
    frise_words: str


@dataclass(frozen=True)
class OwnPage:
    """The page for the person followed."""

    title: str
    heading: str
    stamp: Stamp
    sentences: tuple[str, ...]
    life_events: tuple[str, ...]
    completed: tuple[str, ...]
    frise: Mapping[str, Any] | None
    frise_words: str


def own_heading(person: Person, name: str = "") -> str:
    """Whose page it is, for themselves: their name, or the pseudonym where none is given; nothing that describes them."""
    return name.strip() or person.person_id


def document_content(store: Store, path: PersonPath, *, asked: Asked) -> Content:
    """The synthesis of one path: figures, sentences, static factors, measures, life events, legal landmarks."""
    measures = path.lane(Lane.MEASURES)
    return Content(
        title=f"Synthèse du parcours, {path.person.person_id}",
        heading=asked.heading,
        stamp=_stamp(store, asked),
        figures=figures(path),
        sentences=tuple(s.text for s in synthesis_sentences(path)),
        factors=tuple((f.name, f.value) for f in ledger(path)),
        measures=tuple(_measure_line(r) for r in measures),
        measures_summary=_measures_summary(path),
        life_events=tuple(words(r, path) for r in path.lane(Lane.LIFE_EVENTS)),
        legal=asked.legal,
        frise=asked.frise,
        frise_words=_frise_words(path),
    )


def own_page_content(store: Store, path: PersonPath, *, asked: Asked, sentences: Sequence[str]) -> OwnPage:
    """The page for the person: the sentences given, then the life events and the measures carried through of the path given."""
    return OwnPage(
        title="Votre parcours",
        heading=asked.heading,
        stamp=_stamp(store, asked),
        sentences=tuple(sentences),
        life_events=tuple(f"{title(r)}, {when(r)}" for r in path.lane(Lane.LIFE_EVENTS)),
        completed=tuple(f"{title(r)}, {when(r)}" for r in path.completed_measures),
        frise=asked.frise,
        frise_words=_frise_words(path),
    )


def _stamp(store: Store, asked: Asked) -> Stamp:
    info = store.info
    return Stamp(
        made_on=asked.made_on,
        rules_on=asked.rules_on,
        purpose=asked.purpose,
        source=info.source,
        service=info.service,
        extraction_date=info.extraction_date,
        load_id=info.load_id,
        fictional=info.fictional,
    )


def _measure_line(record: Record) -> MeasureLine:
    if record.end_date is not None:
        ended = label_of(MeasureOutcome, record.outcome) or "fin sans issue notée"
        return MeasureLine(title(record), when(record), upper_first(ended))
    planned = f", fin prévue le {full_date(record.second_date)}" if record.second_date else ""
    return MeasureLine(title(record), when(record), f"En cours{planned}")


def _measures_summary(path: PersonPath) -> str:
    """How many ended in which way: those carried through are said first, the others as plainly."""
    measures = path.lane(Lane.MEASURES)
    if not measures:
        return "Aucune mesure enregistrée."
    done = len(path.completed_measures)
    cut = sum(m.outcome in OUTCOMES_CUT_SHORT for m in measures)
    running = sum(m.end_date is None for m in measures)
    others = len(measures) - done - cut - running
    parts = [plural(done, "accomplie"), plural(cut, "interrompue"), f"{running} en cours"]
    parts += [plural(others, "autre fin", "autres fins")] if others else []
    return f"{plural(len(measures), 'mesure')} : {', '.join(parts)}."


def _frise_words(path: PersonPath) -> str:
    """What the picture shows, in one sentence, for who does not see it."""
    counted = [
        (Lane.FACTS, "fait", "faits"),
        (Lane.CONVICTIONS, "ligne du casier", "lignes du casier"),
        (Lane.CUSTODY, "période de détention", "périodes de détention"),
        (Lane.MEASURES, "mesure", "mesures"),
        (Lane.BREACHES, "manquement", "manquements"),
        (Lane.LIFE_EVENTS, "évènement de vie", "évènements de vie"),
    ]
    shown = [plural(len(path.lane(lane)), one, several) for lane, one, several in counted if path.lane(lane)]
    first = min((r.start_date.year for r in path.records), default=path.end.year)
    listed = ", ".join(shown) or "rien d’enregistré"
    return f"Frise du parcours de {first} à {path.end.year} : {listed}. Le texte de ce document dit la même chose."
