"""Dates and conditions of adjustment that a service can screen, never decide: only the sentence sheet is authoritative."""

from frise_analysis.analysis.deadlines import eligibility, ordinance, work_list

__all__ = ["eligibility", "ordinance", "work_list"]
