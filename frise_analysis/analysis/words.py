"""Records in plain French words: the sentence read on a mark, in the list and in the table."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from frise_analysis import vocabulary as v
from frise_analysis.analysis.event_dates import event_time
from frise_analysis.analysis.lengths import quantities
from frise_analysis.analysis.person_path import PersonPath, Record, Sentence
from frise_analysis.dates import (
    duration,
    full_date,
    is_exact,
    period,
    plural,
    possible_days,
    recorded_date,
    whole_years,
)
from frise_analysis.nomenclature.tables import readable_labels

Lane = v.Lane


def label_of(codes: type[v.Labelled], code: str | None) -> str:
    """The French label of a code; an unknown code is shown as the record gives it."""
    if code is None:
        return ""
    try:
        return codes(code).label
    except ValueError:
        return str(code)


def title(record: Record) -> str:
    """A few words for a mark: what it is."""
    if record.lane == Lane.FACTS:
        return isolated(sentence_case(record.label or v.OffenceFamily.AUTRE.label))
    if record.lane == Lane.LIFE_EVENTS:
        return isolated(record.label or "") or upper_first(label_of(v.LifeDomain, record.code))
    return (
        upper_first(label_of(_CODES[Lane(record.lane)], record.code))
        if record.lane != Lane.MEASURES
        else measure(record)
    )


def isolated(text: str) -> str:
    """A text of the record that runs from right to left, kept from reordering the sentence around it (Unicode isolates).

    The controls of order that it holds are left out: one of them would end the isolate.
    """
    text = "".join(c for c in text if c not in _ORDER_CONTROLS)
    if all(unicodedata.bidirectional(c) not in _RIGHT_TO_LEFT for c in text):
        return text
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_ORDER_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CODES: dict[Lane, type[v.Labelled]] = {
    Lane.FACTS: v.OffenceFamily,
    Lane.CONVICTIONS: v.RecordEntryType,
    Lane.CUSTODY: v.CustodyRegime,
    Lane.MEASURES: v.MeasureCode,
    Lane.BREACHES: v.BreachKind,
    Lane.LIFE_EVENTS: v.LifeDomain,
}


def measure(record: Record) -> str:
    """The official name of a measure, or its code where it is not known."""
    return label_of(v.MeasureCode, record.code)


def sentence_case(text: str) -> str:
    """An official label, in unaccented capitals, as French is written; any other text as the record gives it."""
    return readable_labels().get(text, text)


def upper_first(text: str) -> str:
    """A capital at the start, the rest as it is: ``Noté par le CPIP``."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The same without a capital at the start, for a name within a sentence."""
    return text[:1].lower() + text[1:]


def words(record: Record, path: PersonPath) -> str:
    """The whole record as sentences, in everyday words beside the person; written once for a path."""
    key = (record.lane, record.record_id)
    if key not in path.written:
        path.written[key] = _writers(path)[Lane(record.lane)](record, path)
    return path.written[key]


def _writers(path: PersonPath) -> Mapping[Lane, Callable[[Record, PersonPath], str]]:
    if not path.beside_person:
        return _WORDS
    from frise_analysis.analysis.plain_words import PLAIN_WORDS  # noqa: PLC0415 - it is made of the words of this module

    return {**_WORDS, **PLAIN_WORDS}


def when(record: Record) -> str:
    """The date or period of a record, no more precise than it is."""
    if record.lane in {Lane.FACTS, Lane.CONVICTIONS, Lane.BREACHES}:
        return recorded_date(record.start_date, record.end_date, record.date_precision)
    if record.lane == Lane.LIFE_EVENTS:
        precisions = {"precision": record.date_precision, "end_precision": record.end_precision}
        return event_time(record.start_date, record.end_date, **precisions)
    return period(record.start_date, record.end_date)


def age_words(path: PersonPath, day: date, precision: str | None = None) -> str:
    """``à 23 ans``; ``à 22 ou 23 ans`` where birth or date leave a doubt; empty where either is not known."""
    person, days = path.person, possible_days(day, precision)
    if days is None:
        return ""
    if person.birth_date is not None:
        ages = [whole_years(person.birth_date, possible) for possible in days]
    elif person.birth_year is not None:
        ages = [days[0].year - person.birth_year - 1, days[1].year - person.birth_year]
    else:
        return ""
    youngest, oldest = (max(0, age) for age in ages)
    return f"à {plural(oldest, 'an')}" if youngest == oldest else f"à {youngest} ou {plural(oldest, 'an')}"


def _facts(record: Record, path: PersonPath) -> str:
    age = age_words(path, record.start_date, record.date_precision)
    family = label_of(v.OffenceFamily, record.code)
    natures = [label_of(v.OffenceNature, record.detail)] if record.detail else []
    natures += ["tentative"] if record.attempt else []
    natures += ["au sein du couple"] if record.intimate_partner else []
    kind = f" ({', '.join(natures)})" if natures else ""
    # Where the family is all that is told of the facts, it is told once.
    classed = "" if title(record) == family and not kind else f" {family}{kind}."
    return f"{upper_first(when(record))}{', ' + age if age else ''} : {title(record)}.{classed} {_judged(record)}"


def _judged(record: Record) -> str:
    if record.second_date is None:
        return "Pas encore jugés."
    suffix = " Condamnation non avenue." if record.void else ""
    return f"Jugés le {full_date(record.second_date)}{_delay(record, record.second_date)}.{suffix}"


def _delay(record: Record, judged: date) -> str:
    """From the last facts to the judgment, where the record dates them well enough."""
    days = max(0, (judged - (record.end_date or record.start_date)).days)
    if is_exact(record.date_precision):
        return f", {duration(days)} après"
    return f", environ {duration(days)} après" if record.date_precision == v.DatePrecision.MONTH and days > 60 else ""


def _conviction(record: Record, path: PersonPath) -> str:
    mode = label_of(v.JudgmentMode, record.detail)
    place = ", ".join(
        part for part in (isolated(record.label or ""), mode) if part and part.lower() != title(record).lower()
    )
    linked = sum(r.parent_id == record.record_id for r in path.lane(Lane.FACTS))
    opening = f"{title(record)} du {full_date(record.start_date)}{', ' + place if place else ''}"
    opening += f", pour {plural(linked, 'infraction')}." if linked else "."
    found = [sentence_words(s) for s in path.sentences if s.conviction_id == record.record_id]
    codes = [s.sentence_code for s in path.sentences if s.conviction_id == record.record_id]
    # A mesure éducative is no sentence (CJPM L. 111-1).
    name = "Mesure" if set(codes) == {v.SentenceCode.MESURE_EDUCATIVE} else "Peine"
    rest = [f"{name if len(found) == 1 else f'{name}s'} : {' ; '.join(found)}."] if found else []
    rest += [_finality(record)] if record.second_date else []
    rest += ["Récidive légale retenue par la juridiction."] if record.legal_recidivism else []
    rest += ["Condamnation non avenue."] if record.void else []
    return " ".join([opening, *rest])


def _finality(record: Record) -> str:
    if record.second_date == record.start_date:
        return "Définitive le jour même."
    return f"Définitive le {full_date(record.second_date)}." if record.second_date else ""


def sentence_words(sentence: Sentence) -> str:
    """One sentence: ``emprisonnement, 6 mois ferme et 4 mois avec sursis``."""
    name = label_of(v.SentenceCode, sentence.sentence_code)
    kept = " et ".join(quantities(sentence))
    return (f"{name}, {kept}" if kept else name) + (", aménagé dès le jugement" if sentence.ab_initio else "")


def _custody(record: Record, path: PersonPath) -> str:
    end = min(record.end_date or path.end, path.end)
    days = max(0, (end - record.start_date).days)
    running = " (en cours)" if record.end_date is None and path.end == path.as_of else ""
    return f"{title(record)} {when(record)}, {plural(days, 'jour')}{running}."


def _measure(record: Record, path: PersonPath) -> str:
    text = f"{title(record)} {when(record)}"
    text += f", {label_of(v.MeasureSetting, record.detail)}" if record.detail else ""
    if record.end_date is None:
        text += f". En cours{planned_end(record)}"
    elif record.outcome:
        text += f". Issue : {label_of(v.MeasureOutcome, record.outcome)}"
    codes = [o.obligation_code for o in path.obligations if o.measure_id == record.record_id]
    listed = ", ".join(dict.fromkeys(lower_first(label_of(v.ObligationCode, code)) for code in codes))
    told = [text, f"Obligations : {listed}" if listed else "", upper_first(successor(record, path))]
    return " ".join(f"{x}." for x in told if x)


#: When the old measures gave way (loi 2019-222), and the name that takes « la » among their successors.
_SUCCESSION = date(2020, 3, 24)
_FEMININE = frozenset({v.MeasureCode.DDSE_A})


def successor(record: Record, path: PersonPath) -> str:
    """What took the place of a measure of an old name, and when: ``ancien nom, remplacé par …``; empty for others, and before that day."""
    new = next((new for old, new in v.MEASURE_SUCCESSOR.items() if old == record.code), None)
    if new is None or path.as_of < _SUCCESSION:
        return ""
    article = "la" if new in _FEMININE else "le"
    return f"ancien nom, remplacé par {article} {lower_first(new.label)} depuis le {full_date(_SUCCESSION)}"


def planned_end(record: Record) -> str:
    """``, fin prévue le 1er juin 2025``; empty where no end is planned."""
    return f", fin prévue le {full_date(record.second_date)}" if record.second_date else ""


def _breach(record: Record, path: PersonPath) -> str:
    linked = next((r for r in path.lane(Lane.MEASURES) if r.record_id == record.parent_id), None)
    during = f" pendant la mesure « {measure(linked)} »" if linked else ""
    after = f" Suite : {label_of(v.BreachConsequence, record.outcome)}." if record.outcome else ""
    return f"Manquement {when(record)}{during} : {label_of(v.BreachKind, record.code)}.{after}"


def _life_event(record: Record, path: PersonPath) -> str:
    age = age_words(path, record.start_date, record.date_precision)
    kinds = [label_of(v.LifeDomain, record.code), label_of(v.LifeDirection, record.outcome)]
    told = f" {upper_first(label_of(v.EventSource, record.detail))}." if record.detail else ""
    return f"{title(record)} {when(record)}{', ' + age if age else ''} ({', '.join(k for k in kinds if k)}).{told}"


_WORDS = {
    Lane.FACTS: _facts,
    Lane.CONVICTIONS: _conviction,
    Lane.CUSTODY: _custody,
    Lane.MEASURES: _measure,
    Lane.BREACHES: _breach,
    Lane.LIFE_EVENTS: _life_event,
}
