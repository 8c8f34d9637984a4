"""What a service follows, how fast and with which outcome: published figures about people and measures, never about an officer."""

from frise_analysis.analysis.service.breakdowns import Breakdown
from frise_analysis.analysis.service.caseload import branch_balance, caseload, ending_soon, without_first_interview
from frise_analysis.analysis.service.comparison import NOT_A_RANKING, Compared, branch_comparison
from frise_analysis.analysis.service.facts_groups import Grouping
from frise_analysis.analysis.service.first_interviews import DelayRule, delay_rule, first_interviews, legal_delays
from frise_analysis.analysis.service.flows import monthly_flows
from frise_analysis.analysis.service.headline import followed_people, headline
from frise_analysis.analysis.service.methodology import Methodology, methodologies, methodology
from frise_analysis.analysis.service.new_facts import WaitClock, facts_after_end, facts_after_start, horizon_words
from frise_analysis.analysis.service.outcomes import breached_obligations, breaches, outcomes
from frise_analysis.analysis.service.prepared import people_keys
from frise_analysis.analysis.service.published_figures import published_figures
from frise_analysis.analysis.service.roles import Role, RoleKind, RoleRefused, role_for, role_of_session
from frise_analysis.analysis.service.selection import EVERYBODY, PERIODS, AgeBand, FilterRefused, ServiceFilters
from frise_analysis.analysis.service.selection_words import sentence
from frise_analysis.analysis.service.spans import measure_spans, planned_ends, running_curves

__all__ = [
    "EVERYBODY",
    "NOT_A_RANKING",
    "PERIODS",
    "AgeBand",
    "Breakdown",
    "Compared",
    "DelayRule",
    "FilterRefused",
    "Grouping",
    "Methodology",
    "Role",
    "RoleKind",
    "RoleRefused",
    "ServiceFilters",
    "WaitClock",
    "branch_balance",
    "branch_comparison",
    "breached_obligations",
    "breaches",
    "caseload",
    "delay_rule",
    "ending_soon",
    "facts_after_end",
    "facts_after_start",
    "first_interviews",
    "followed_people",
    "headline",
    "horizon_words",
    "legal_delays",
    "measure_spans",
    "methodologies",
    "methodology",
    "monthly_flows",
    "outcomes",
    "people_keys",
    "planned_ends",
    "published_figures",
    "role_for",
    "role_of_session",
    "running_curves",
    "sentence",
    "without_first_interview",
]
