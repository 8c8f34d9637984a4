"""What a service follows, how fast and with which outcome: published figures about people and measures, never about an officer."""

from frise_analysis.analysis.service.breakdowns import Breakdown
from frise_analysis.analysis.service.first_interviews import DelayRule, delay_rule, first_interviews, legal_delays
from frise_analysis.analysis.service.flows import monthly_flows
from frise_analysis.analysis.service.headline import followed_people, headline
from frise_analysis.analysis.service.methodology import Methodology, methodologies, methodology
from frise_analysis.analysis.service.outcomes import breached_obligations, breaches, outcomes
from frise_analysis.analysis.service.prepared import people_keys
from frise_analysis.analysis.service.selection import EVERYBODY, PERIODS, AgeBand, FilterRefused, ServiceFilters
from frise_analysis.analysis.service.selection_words import sentence
from frise_analysis.analysis.service.spans import measure_spans, planned_ends, running_curves

__all__ = [
    "EVERYBODY",
    "PERIODS",
    "AgeBand",
    "Breakdown",
    "DelayRule",
    "FilterRefused",
    "Methodology",
    "ServiceFilters",
    "breached_obligations",
    "breaches",
    "delay_rule",
    "first_interviews",
    "followed_people",
    "headline",
    "legal_delays",
    "measure_spans",
    "methodologies",
    "methodology",
    "monthly_flows",
    "outcomes",
    "people_keys",
    "planned_ends",
    "running_curves",
    "sentence",
]
