"""The written record of some people: every table of the contract, before identifiers are given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from frise_analysis.simulation.clearance import clearance
from frise_analysis.simulation.convictions import conviction_table, decided_cases, sentence_table
from frise_analysis.simulation.custody import adjusted_custody, custody_table, full_custody
from frise_analysis.simulation.draws import Array
from frise_analysis.simulation.frames import Frame, at, ordinal
from frise_analysis.simulation.life_event_table import life_event_table
from frise_analysis.simulation.lives import Lives, with_everything
from frise_analysis.simulation.measures import all_measures, has_running_measure, last_end, measure_table
from frise_analysis.simulation.offences import offence_table
from frise_analysis.simulation.people import person_table
from frise_analysis.simulation.supervision import breach_table, obligation_table


@dataclass(frozen=True)
class Dossiers:
    """Tables by name; ``row`` is the position of the person; ``running`` says who has a running measure."""

    lives: Lives
    tables: dict[str, Frame]
    running: Array


@dataclass(frozen=True)
class Followed:
    """What tells whether a service follows each person."""

    running: Array
    last_end: Array


def followed(lives: Lives) -> Followed:
    """Whether each person has a running measure, and the day their last one ended: nothing else is written down."""
    decided = decided_cases(lives)
    full = full_custody(lives)
    measures = all_measures(lives, decided, full, adjusted_custody(lives, full))
    return Followed(has_running_measure(lives, measures), last_end(lives, measures))


def decisions_since(lives: Lives, day: int) -> Array:
    """Number of decisions of each person after a day."""
    cases = lives.careers.cases
    return np.bincount(cases["row"][cases["judged"] > day], minlength=len(lives.horizon))


def write_down(lives: Lives, chosen: Array) -> Dossiers:
    """The record of some of these people (positions in increasing order)."""
    lives = with_everything(lives, chosen)
    decided = decided_cases(lives)
    full = full_custody(lives)
    adjusted = adjusted_custody(lives, full)
    measures = all_measures(lives, decided, full, adjusted)
    custody = custody_table(lives, full, adjusted)
    tables = {
        "persons": person_table(lives),
        "convictions": conviction_table(lives, decided, clearance(lives, decided, adjusted)),
        "offences": offence_table(lives, decided),
        "sentences": sentence_table(lives, decided),
        "custody_periods": {**custody, "ordinal": ordinal(custody["row"])},
        "measures": measure_table(lives, decided, measures),
        "obligations": obligation_table(lives, measures),
        "breaches": breach_table(lives, measures),
        "life_events": life_event_table(lives),
        "truth": truth_table(lives),
    }
    return Dossiers(lives, tables, has_running_measure(lives, measures))


def one_of(dossiers: Dossiers, position: int) -> dict[str, Frame]:
    """Tables of one person, who becomes the only one."""
    tables = {}
    for name, frame in dossiers.tables.items():
        kept = at(frame, np.flatnonzero(frame["row"] == position))
        tables[name] = {**kept, "row": np.zeros(len(kept["row"]), dtype=np.int64)}
    return tables


def truth_table(lives: Lives) -> Frame:
    """What the records do not say of each person: one row per person, rates per year free."""
    traits, facts = lives.traits, lives.careers.facts
    everything = np.bincount(facts["row"], minlength=len(traits.person))
    return {
        "row": np.arange(len(traits.person)),
        "frailty": traits.frailty,
        "rate": traits.rate,
        "onset": traits.onset,
        "exit": traits.exit,
        "specialisation": traits.specialisation,
        "reactive": traits.reactive < lives.declared.life_events.reactive_share,
        "fact_dates": everything,
    }
