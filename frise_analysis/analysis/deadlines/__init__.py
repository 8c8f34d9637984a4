"""Dates and conditions of adjustment that a service can screen, never decide: only the sentence sheet is authoritative."""

from frise_analysis.analysis.deadlines import dates_by_rule, eligibility, followed

__all__ = ["dates_by_rule", "eligibility", "followed"]
