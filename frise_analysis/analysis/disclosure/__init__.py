"""What may be shown of tables that count people, and of selections asked one after the other (docs/disclosure.md)."""

from frise_analysis.analysis.disclosure.counts import TOTAL, Counts, count_people
from frise_analysis.analysis.disclosure.filter_guard import FilterGuard
from frise_analysis.analysis.disclosure.publication import audit, publish
from frise_analysis.analysis.disclosure.published import Published, State, Zeros
from frise_analysis.analysis.disclosure.roll_up import RollUp, merged_labels, rolled_up
from frise_analysis.analysis.disclosure.threshold import FLOOR, THRESHOLD, DisclosureRefused, checked_threshold

__all__ = [
    "FLOOR",
    "THRESHOLD",
    "TOTAL",
    "Counts",
    "DisclosureRefused",
    "FilterGuard",
    "Published",
    "RollUp",
    "State",
    "Zeros",
    "audit",
    "checked_threshold",
    "count_people",
    "merged_labels",
    "publish",
    "rolled_up",
]
