"""What the legal clocks read of one person: lines of the record with their facts, sentences and measures.

Rehabilitated convictions are not read: only courts may still use them (CP 133-16). Void ones are: they may be a first term.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from frise_analysis.analysis.person_path import PersonPath, Record, Sentence, read_path
from frise_analysis.dates import possible_days, whole_years
from frise_analysis.store.engine import Store
from frise_analysis.vocabulary import DatePrecision, Lane, MeasureCode, OffenceNature, SentenceCode

ADULT_AGE = 18
PROBATION_SENTENCES = frozenset(
    {SentenceCode.SURSIS_PROBATOIRE, SentenceCode.SURSIS_PROBATOIRE_RENFORCE, SentenceCode.SME, SentenceCode.STIG}
)
PROBATION_MEASURES = frozenset({MeasureCode.SP, MeasureCode.SPR, MeasureCode.SME, MeasureCode.STIG})
PRISON_SENTENCES = PROBATION_SENTENCES | {
    SentenceCode.RECLUSION,
    SentenceCode.EMPRISONNEMENT,
    SentenceCode.SURSIS_SIMPLE,
}
#: Sentences added to a main one: their end is not the end of the sentence.
ADDED_SENTENCES = frozenset(
    {SentenceCode.INTERDICTION, SentenceCode.CONFISCATION, SentenceCode.SUSPENSION_PERMIS, SentenceCode.SSJ}
)


@dataclass(frozen=True)
class Facts:
    """One offence. ``max_years`` is the most the law allows, unknown for facts committed as a minor (CJPM L121-5)."""

    offence_id: str
    start_date: date
    conviction_id: str | None = None
    judged_date: date | None = None
    end_date: date | None = None
    date_precision: str | None = None
    natinf_code: str | None = None
    label: str | None = None
    nature: str | None = None
    contravention_class: int | None = None
    max_years: float | None = None
    articles: str | None = None
    family: str | None = None
    minor: bool = False

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """First and last day the facts may have lasted over, never after their judgment; None where it is not known."""
        first = possible_days(self.start_date, self.date_precision)
        last = possible_days(self.end_date or self.start_date, self.date_precision)
        endless = self.date_precision == DatePrecision.PERIOD and self.end_date is None
        if first is None or last is None or endless:
            return None
        latest = min(last[1], self.judged_date) if self.judged_date else last[1]
        return first[0], max(first[0], latest)


@dataclass(frozen=True)
class Conviction:
    """One line of the record, with what was punished, what was pronounced and what was followed."""

    conviction_id: str
    decision_date: date
    final_date: date | None = None
    judgment_mode: str | None = None
    entry_type: str = "condamnation"
    retained: bool = False
    void_date: date | None = None
    rehabilitation_date: date | None = None
    expired_date: date | None = None
    facts: tuple[Facts, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    measures: tuple[Record, ...] = ()

    @property
    def nature(self) -> OffenceNature | None:
        """The gravest nature of its facts; None where an unknown one may be graver."""
        natures = {x.nature for x in self.facts}
        for nature in (OffenceNature.CRIME, OffenceNature.DELIT):
            if nature in natures:
                return nature
        return OffenceNature.CONTRAVENTION if natures == {OffenceNature.CONTRAVENTION} else None

    @property
    def suspended(self) -> tuple[Sentence, ...]:
        """Its sentences suspended in whole or in part."""
        kinds = PROBATION_SENTENCES | {SentenceCode.SURSIS_SIMPLE}
        return tuple(x for x in self.sentences if x.suspended_days or x.sentence_code in kinds)

    @property
    def prison(self) -> tuple[Sentence, ...]:
        """Its sentences of prison, suspended or not."""
        return tuple(x for x in self.sentences if x.sentence_code in PRISON_SENTENCES)

    @property
    def main_sentences(self) -> tuple[Sentence, ...]:
        """Prison where there is some, else the other main sentences, else what there is."""
        others = tuple(x for x in self.sentences if x.sentence_code not in ADDED_SENTENCES)
        return self.prison or others or self.sentences


@dataclass(frozen=True)
class Dossier:
    """One person's convictions in order of decision, and facts in order of date, as known on ``as_of``."""

    as_of: date
    convictions: tuple[Conviction, ...]
    facts: tuple[Facts, ...]

    def conviction(self, conviction_id: str | None) -> Conviction | None:
        """The conviction of that identifier, if it is known."""
        return self._by_id.get(conviction_id or "")

    @cached_property
    def _by_id(self) -> dict[str, Conviction]:
        return {x.conviction_id: x for x in self.convictions}

    def after(self, conviction: Conviction) -> tuple[Conviction, ...]:
        """Lines of the record decided later."""
        return tuple(x for x in self.convictions if x.decision_date > conviction.decision_date)


def read_dossier(store: Store, *, person_key: int, as_of: date | None = None) -> Dossier:
    """Read one person as known on a day, the extraction date by default; ``KeyError`` where the key is unknown."""
    return dossier_of(store, read_path(store, person_key=person_key, as_of=as_of, with_void=True))


def dossier_of(store: Store, path: PersonPath) -> Dossier:
    """The same for a path that is read already, on its day; void convictions are read whether the path shows them or not."""
    asked = {"person_key": path.person.person_key, "as_of": path.as_of}
    facts = tuple(_facts(row, path) for row in store.rows("legal_offences", **asked))
    lines = (Conviction(**row) for row in store.rows("legal_convictions", **asked))  # type: ignore[arg-type]
    return Dossier(path.as_of, tuple(_whole(x, path, facts) for x in lines), facts)


def _facts(row: dict[str, object], path: PersonPath) -> Facts:
    facts = Facts(**row)  # type: ignore[arg-type]
    birth = path.person.birth
    if birth is None or whole_years(birth, facts.start_date) >= ADULT_AGE:
        return facts
    return replace(facts, minor=True, max_years=None)


def _whole(line: Conviction, path: PersonPath, facts: tuple[Facts, ...]) -> Conviction:
    own = line.conviction_id
    return replace(
        line,
        facts=tuple(x for x in facts if x.conviction_id == own),
        sentences=tuple(x for x in path.sentences if x.conviction_id == own),
        measures=tuple(x for x in path.lane(Lane.MEASURES) if x.parent_id == own),
    )
