"""The doubts of one person's record, as a table and as marks on a clock."""

from __future__ import annotations

from datetime import date

import pandas as pd

from frise_analysis.analysis.clocks import position
from frise_analysis.analysis.data_quality import convictions, custody, facts, measures
from frise_analysis.analysis.data_quality.doubts import Doubt, DoubtState, Reading, Rule, read_doubts
from frise_analysis.analysis.data_quality.loading import loading_doubts
from frise_analysis.analysis.person_path import PersonPath, read_path
from frise_analysis.analysis.registry import question
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import Clock, Lane

#: Every rule, in the order in which doubts are told.
RULES: tuple[Rule, ...] = (*facts.RULES, *convictions.RULES, *custody.RULES, *measures.RULES)
COLUMNS = [
    "lane", "record_id", "start_date", "end_date", "code", "title", "state", "about", "settled_by", "words", "void",
]  # fmt: skip
MARK_COLUMNS = [*COLUMNS[:4], "x", "x_end", *COLUMNS[4:]]


@question("donnees-a-verifier", "Contradictions et manques du dossier")
def data_quality(store: Store, *, person_key: int, as_of: date | None = None, with_void: bool = False) -> pd.DataFrame:
    """One row per doubt about one person's record, contradictions first; it says nothing of the person nor of who wrote it.

    ``code`` is the rule, ``state`` ``contradiction`` or ``gap``, ``about`` the ``lane:record_id`` concerned, separated by
    spaces; ``start_date`` and ``end_date`` the days it lies on, none where it has no place on the frise. ``words`` says what,
    where, and what would settle it; ``settled_by`` the last of these alone.
    """
    path = read_path(store, person_key=person_key, as_of=as_of, with_void=with_void)
    return pd.DataFrame([_row(x) for x in doubts(store, path)], columns=COLUMNS)


def quality_marks(store: Store, path: PersonPath, *, clock: Clock = Clock.CALENDAR) -> pd.DataFrame:
    """One row per doubt that lies between the first record and the end of observation.

    The columns of ``data_quality``, and ``x``, ``x_end`` in years of the clock, cut at these ends (equal for a day).
    """
    place = position(path, clock)
    first = min((r.start_date for r in path.records), default=path.end)
    rows = []
    for doubt in doubts(store, path):
        if doubt.days and doubt.days[0] <= path.end and doubt.days[-1] >= first:
            row = _row(doubt)
            ends = (place(max(doubt.days[0], first)), place(min(doubt.days[-1], path.end)))
            rows.append((*row[:4], *ends, *row[4:]))
    return pd.DataFrame(rows, columns=MARK_COLUMNS)


def doubts(store: Store, path: PersonPath) -> tuple[Doubt, ...]:
    """Every doubt about what the path shows: contradictions, then gaps, each in the order of the rules and of the records."""
    return found_in(read_doubts(store, path))


def found_in(reading: Reading) -> tuple[Doubt, ...]:
    """The doubts of what was read."""
    own = [doubt for rule in RULES for doubt in _applied(rule, reading)]
    every = [*own, *loading_doubts(reading, own)]
    return tuple(sorted(every, key=lambda doubt: doubt.state != DoubtState.CONTRADICTION))


def _applied(rule: Rule, reading: Reading) -> list[Doubt]:
    return [
        Doubt(
            rule.id, f"{rule.id}-{x.record_id}", rule.title, rule.state, x.told, rule.settled_by, x.days, x.about,
        )
        for x in rule.find(reading)
    ]  # fmt: skip


def _row(doubt: Doubt) -> tuple[object, ...]:
    start, end = (doubt.days[0], doubt.days[-1]) if doubt.days else (None, None)
    about = " ".join(doubt.keys)
    return (
        Lane.QUALITY.value, doubt.record_id, start, end, doubt.code, doubt.title, doubt.state.value, about,
        doubt.settled_by, doubt.words, False,
    )  # fmt: skip
