"""The activity report as PDF: tagged (PDF/UA-1), in French, the same bytes for the same content."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any

from frise_analysis.report.notices import FICTIONAL
from frise_analysis.report.picture import compiler, svg
from frise_analysis.report.service_charts import alternative, caption, for_paper
from frise_analysis.report.service_content import Section, ServiceContent
from frise_analysis.report.service_tables import Kind, Table, Told, Value, is_total, value_text
from frise_analysis.report.typeface import printable

SIZE = 9.5
#: The height of the tallest picture, in points: a page less its margins, the heading and a few lines.
TALLEST = 560
#: The foot of a page says each part of the origin in as many characters; the first page says it all.
LONGEST_IN_FOOT = 40
#: A table of so many rows is kept on one page.
KEPT_WHOLE = 18
#: The least and the most characters that the width of a column is reckoned on: of numbers, of names, of sentences.
NARROWEST, OF_NUMBERS, OF_NAMES, OF_SENTENCES = 9, 22, 38, 50
NOTHING = "Rien d’enregistré pour cette sélection."
ELSEWHERE = "Tableau de {rows} lignes : feuille « {sheet} » du classeur."


def service_pdf(content: ServiceContent) -> bytes:
    """The report as A4 pages: contents, each section with its charts, its tables and its method."""
    made_on = content.stamp.made_on or content.stamp.extraction_date
    made = compiler("service.typ").compile(
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(made_on, time(), UTC),
        sys_inputs={"content": json.dumps(_data(content), ensure_ascii=False), **dict(_pictures(content))},
    )
    assert isinstance(made, bytes)
    return made


def _pictures(content: ServiceContent) -> Iterator[tuple[str, str]]:
    """The charts of the tables as SVG, by the name under which the page asks for them."""
    for section in content.sections:
        for table in section.tables:
            for name, chart in _charts(section, table):
                yield name, svg(for_paper(chart))


def _charts(section: Section, table: Table) -> list[tuple[str, Mapping[str, Any]]]:
    """The charts of one table, each with the name under which the page asks for it."""
    drawn = section.charts.get(table.name, ()) if table.rows else ()
    return [(f"chart {table.name} {n}", chart) for n, chart in enumerate(drawn)]


def _shown(section: Section, table: Table) -> list[dict[str, str]]:
    """What the page needs of each chart of a table, its picture aside."""
    heading = section.heading_of(table)
    return [
        {
            "chart": name,
            "alt": printable(alternative(chart, table, heading), longest=600),
            "caption": printable(caption(chart, table), longest=400),
        }
        for name, chart in _charts(section, table)
    ]


def _data(content: ServiceContent) -> dict[str, Any]:
    stamp = content.stamp
    origin = " · ".join(printable(x, longest=70) for x in (*stamp.origin, *stamp.made))
    return {
        "title": _short(content.title),
        "heading": _short(stamp.service or "Service non précisé"),
        "period": stamp.period,
        "filters": printable(stamp.filters, longest=500),
        "use": stamp.use,
        "origin": origin,
        "fictional": FICTIONAL if stamp.fictional else "",
        "foot": [
            " · ".join((_short(content.title), stamp.period, *stamp.made)),
            " · ".join(printable(x, longest=LONGEST_IN_FOOT) for x in stamp.origin),
        ],
        "size": SIZE,
        "tallest": TALLEST,
        "limits": [printable(x) for x in content.limits],
        "glossary": [[_short(mark), printable(meaning)] for mark, meaning in content.glossary],
        "sections": [_section(x) for x in content.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    method = section.methodology
    told = (
        ("Définition", method.definition),
        ("Population", method.population),
        ("Unité", method.unit),
        ("Source", method.source),
        ("Requête", f"frise table {section.question}"),
    )
    return {
        "title": _short(section.title),
        "tables": [_table(section, x) for x in section.tables],
        "method": [[name, printable(text, longest=900)] for name, text in told],
    }


def _table(section: Section, table: Table) -> dict[str, Any]:
    rows = table.rows if table.printed else ()
    left = "" if table.printed else ELSEWHERE.format(rows=len(table.rows), sheet=table.sheet)
    return {
        "heading": _short(table.heading),
        "heads": [_short(x.head) for x in table.columns],
        "numbers": [x.kind not in {Kind.TEXT, Kind.MONTH} for x in table.columns],
        "long": [_is_long(table, n) for n in range(len(table.columns))],
        "widths": [_width(table, n) for n in range(len(table.columns))],
        "whole": len(rows) <= KEPT_WHOLE,
        "rows": [_row(table, row) for row in rows],
        "note": table.note,
        "left": left if table.rows else NOTHING,
        "charts": _shown(section, table),
    }


def _is_long(table: Table, n: int) -> bool:
    """Whether a column holds sentences."""
    return n > 0 and any(isinstance(row[n], str) and len(str(row[n])) > OF_SENTENCES for row in table.rows)


def _width(table: Table, n: int) -> int:
    """The part of the page that a column takes: its longest text, the longest word of its head."""
    column = table.columns[n]
    most = OF_SENTENCES if _is_long(table, n) else OF_NAMES if column.kind is Kind.TEXT else OF_NUMBERS
    texts = [value_text(row[n], column.kind) for row in table.rows]
    return max(NARROWEST, min(most, max(map(len, [*texts, *column.head.split(" ")]))))


def _row(table: Table, row: tuple[Value, ...]) -> dict[str, Any]:
    pairs = list(zip(row, table.columns, strict=True))
    return {
        "cells": [printable(value_text(value, column.kind), longest=330) for value, column in pairs],
        "told": [isinstance(value, Told) for value, _ in pairs],
        "total": is_total(row),
    }


def _short(text: str) -> str:
    return printable(text, longest=120)
