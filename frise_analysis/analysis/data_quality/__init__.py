"""What a person's record says twice differently, or does not say: each doubt with what would settle it."""

from frise_analysis.analysis.data_quality.answers import data_quality, quality_marks

__all__ = ["data_quality", "quality_marks"]
