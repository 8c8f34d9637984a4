"""How long until something happens, to people not all followed from the same day nor to the same day (docs/methods.md)."""

from frise_analysis.analysis.survival.competing import INCIDENCE_COLUMNS, cumulative_incidence, incidence_at
from frise_analysis.analysis.survival.curves import (
    HAZARD_COLUMNS,
    SURVIVAL_COLUMNS,
    Quantile,
    kaplan_meier,
    nelson_aalen,
    quantile,
    survival_at,
)
from frise_analysis.analysis.survival.followed import Followed, followed, numbers_at_risk
from frise_analysis.analysis.survival.log_rank import LogRank, log_rank

__all__ = [
    "HAZARD_COLUMNS",
    "INCIDENCE_COLUMNS",
    "SURVIVAL_COLUMNS",
    "Followed",
    "LogRank",
    "Quantile",
    "cumulative_incidence",
    "followed",
    "incidence_at",
    "kaplan_meier",
    "log_rank",
    "nelson_aalen",
    "numbers_at_risk",
    "quantile",
    "survival_at",
]
