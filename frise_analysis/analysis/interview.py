"""One path as the person may see it beside the officer (design.md, 4.9; domain.md, 5.4).

What is taken out is taken out of the records, before anything is written or drawn: no screen can forget to hide it.
"""

from __future__ import annotations

from dataclasses import replace

from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.analysis.words import label_of
from frise_analysis.vocabulary import BreachKind, EventSource, Lane, OffenceFamily


def interview_path(path: PersonPath) -> PersonPath:
    """The same path without void lines, notes of the officer, nor words that may speak of a victim.

    Offences keep their date and family, and lose their legal label; convictions lose the legal index of the judgment, measures
    their setting, breaches their consequence and, where they report new facts, their kind: no court has judged those facts.
    Life events are those that the person told. Obligations are left to the sentences written for the person.
    """
    kept = tuple(_plain(r) for r in path.all_records if not r.void and not is_note(r))
    return PersonPath(
        person=path.person,
        as_of=path.as_of,
        all_records=kept,
        sentences=path.sentences,
        obligations=(),
        beside_person=True,
        unconsolidated_days=path.unconsolidated_days,
        declared_refusal=path.declared_refusal,
    )


def is_note(record: Record) -> bool:
    """A life event that the person did not tell: the officer's note, or one whose source is not known."""
    return record.lane == Lane.LIFE_EVENTS and record.detail != EventSource.PERSON


def _plain(record: Record) -> Record:
    if record.lane == Lane.FACTS:
        family = label_of(OffenceFamily, record.code)
        return replace(record, label=family, intimate_partner=False, amount=None, detail=None, attempt=False)
    if record.lane == Lane.CONVICTIONS:
        return replace(record, detail=None, legal_recidivism=False)
    if record.lane == Lane.MEASURES:
        return replace(record, detail=None)
    return _plain_breach(record) if record.lane == Lane.BREACHES else record


def _plain_breach(record: Record) -> Record:
    code = BreachKind.AUTRE.value if record.code == BreachKind.NOUVEAUX_FAITS else record.code
    return replace(record, code=code, outcome=None)
