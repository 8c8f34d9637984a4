"""The glossary and the nomenclature page speak of what the code holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from frise_analysis.nomenclature.tables import natinf_entries

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [x for x in (ROOT / "frise_analysis").rglob("*") if x.suffix in {".py", ".sql"}]
CODE = "\n".join(x.read_text(encoding="utf-8") for x in SOURCES)
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("identifier", sorted(set(re.findall(r"`(\w+)`", GLOSSARY))))
def test_identifiers_of_the_glossary_exist(identifier: str) -> None:
    """A name that the glossary gives is one that the code uses."""
    assert re.search(rf"\b{identifier}\b", CODE, flags=re.IGNORECASE) is not None


def test_nomenclature_page_counts_right() -> None:
    """The page gives the number of codes of the table, and of those with a confirmed maximum."""
    text = (ROOT / "docs" / "nomenclature.md").read_text(encoding="utf-8")
    confirmed = sum(x.max_sentence_years is not None for x in natinf_entries())
    assert f"{confirmed} of the {len(natinf_entries())} codes" in text.replace("\n", " ")
