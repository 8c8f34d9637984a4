"""Reports of a service made for tests: published frames, contents with hostile words, a chart."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from frise_analysis.analysis.disclosure import State
from frise_analysis.report.service_content import ServiceContent
from frise_analysis.report.service_tables import Column, Kind, Table, Told

MADE_ON = date(2024, 11, 5)
#: Text that a careless workbook would run or follow, and a careless document read as markup.
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1;2)", '=HYPERLINK("http://exemple.invalid")', "http://exemple.invalid/", "\t=1+1", "|calc",
    "{=1+1}", "#panic[non] $x$ ]) @ref", "<script>alert(1)</script> &amp; ]]>", "a\x00b\x1bc\ud800d", "x" * 5000, "_x000D_ 1e5",
)  # fmt: skip
COLUMNS = (
    Column("Antenne", Kind.TEXT, "label", states=()),
    Column("Personnes", Kind.COUNT, "people", "text"),
    Column("Écart", Kind.CHANGE, "change", "text"),
    Column("Part", Kind.SHARE, "share"),
    Column("Jours", Kind.DAYS, "days"),
    Column("Mois", Kind.MONTH, "month", states=()),
)


def with_table(content: ServiceContent, table: Table) -> ServiceContent:
    """The same report with one more table in its first section."""
    first = content.sections[0]
    longer = dataclasses.replace(first, tables=(*first.tables, table))
    return dataclasses.replace(content, sections=(longer, *content.sections[1:]))


def hostile_table() -> Table:
    small = Told("moins de 11", State.SMALL)
    rows = tuple((text, 1204 + n, -31, 0.698, 181.5, date(2024, 9, 30)) for n, text in enumerate(HOSTILE))
    rows += (
        ("Cachée", small, Told("non comparable"), Told("masqué", State.SMALL), Told("non estimé"), date(2024, 8, 31)),
    )
    return Table("hostile", "Noms hostiles", "Essai", COLUMNS, rows, "")


def chart(*words: str) -> dict[str, Any]:
    """A complete specification as the screen gives it, with its data in a named set."""
    rows = [{"label": text, "value": 20 + n} for n, text in enumerate(words)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": "Personnes par antenne. Le tableau dit la même chose.",
        "width": "container",
        "height": {"step": 30},
        "data": {"name": "rows"},
        "datasets": {"rows": rows},
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {"y": {"field": "label", "type": "nominal"}, "x": {"field": "value", "type": "quantitative"}},
    }
