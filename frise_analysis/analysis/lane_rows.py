"""What a row of a lane added to the frise holds, whichever the lane: see ``vocabulary.ADDED_LANES``."""

from __future__ import annotations

#: As those of the trajectory: ``x`` and ``x_end`` in years of the clock, equal for a point; ``title`` is written on the lane.
LANE_COLUMNS = (
    "lane", "record_id", "start_date", "end_date", "x", "x_end", "code", "title", "state", "words", "void",
)  # fmt: skip
