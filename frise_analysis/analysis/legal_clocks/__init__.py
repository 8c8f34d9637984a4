"""Legal clocks: dates and conditions that the law draws from a record. Indicative: only a court decides."""

from frise_analysis.analysis.legal_clocks import bands, law_changes, recidivism, rehabilitation, void_dates

__all__ = ["bands", "law_changes", "recidivism", "rehabilitation", "void_dates"]
