"""Life events as written, and the truth about them."""

from __future__ import annotations

import numpy as np

from frise_analysis.simulation.declared_tables import life_event_kinds
from frise_analysis.simulation.draws import MISSING, NEVER, Draws, Stream
from frise_analysis.simulation.frames import Frame, ordinal
from frise_analysis.simulation.lives import Lives
from frise_analysis.vocabulary import EventSource


def life_event_table(lives: Lives) -> Frame:
    """Life events as written, by person and date; ``effect`` and ``effect_end`` are the truth, written apart."""
    happenings, kinds = lives.happenings, life_event_kinds()
    row, slot = np.nonzero(happenings.start < NEVER)
    kind, start = happenings.kind[row, slot], happenings.start[row, slot]
    end = np.where(kinds.mean_days[kind] == 0, start, happenings.end[row, slot])
    wide = Draws(lives.draws.base[row])
    told = wide.below(0.6, Stream.EVENT_SOURCE, slot)
    return {
        "row": row, "ordinal": ordinal(row), "start_date": start,
        "end_date": np.where(end <= lives.horizon[row], end, MISSING),
        "domain": kinds.domain[kind], "direction": kinds.direction[kind], "label": kinds.label[kind],
        "source": np.where(told, EventSource.PERSON.value, EventSource.OFFICER.value).astype(object),
        "effect": happenings.effect[row, slot], "effect_end": happenings.effect_end[row, slot],
    }  # fmt: skip
