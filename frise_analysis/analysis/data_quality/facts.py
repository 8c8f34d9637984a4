"""Doubts about the dates and the classification of facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from frise_analysis.analysis.data_quality.doubts import DoubtState, Found, Reading, Rule, named
from frise_analysis.analysis.person_path import Record
from frise_analysis.dates import add_years, full_date, is_exact, plural, possible_days
from frise_analysis.vocabulary import (
    REGIMES_WITHOUT_STREET_TIME,
    DatePrecision,
    FamilySource,
    Lane,
    OffenceFamily,
    OffenceNature,
)

#: The age under which the loader doubts facts.
CHILDHOOD_YEARS = 10
#: What is said of a date that is not known to the day.
_KNOWN_ONLY = {DatePrecision.MONTH.value: "au mois près", DatePrecision.YEAR.value: "à l’année près"}


def facts_in_custody(reading: Reading) -> Iterator[Found]:
    """Facts of a day strictly inside custody: arrest and release may be the day of the facts."""
    held = [r for r in reading.path.lane(Lane.CUSTODY) if r.code in REGIMES_WITHOUT_STREET_TIME]
    for facts in reading.path.lane(Lane.FACTS):
        around = [r for r in held if _inside(facts, r, reading)]
        if around:
            told = (
                f"{named(facts)} : la personne est alors en détention d’après l’écrou ({named(around[0])}). "
                "C’est possible, mais les deux dates sont à rapprocher."
            )
            yield Found(facts.record_id, told, _days(facts), (facts, *around))


def _inside(facts: Record, custody: Record, reading: Reading) -> bool:
    days = possible_days(facts.start_date, facts.date_precision)
    end = custody.end_date or reading.path.end + timedelta(days=1)
    return days is not None and custody.start_date < days[0] and days[1] < end


def facts_end_after_judgment(reading: Reading) -> Iterator[Found]:
    """The end of facts after the decision that judges them; a start after it is refused at loading."""
    for facts in reading.path.lane(Lane.FACTS):
        judged = facts.second_date
        if judged is not None and facts.end_date is not None and facts.end_date > judged:
            told = f"{named(facts)} : ces faits finiraient le {full_date(facts.end_date)}, après la décision du {full_date(judged)} qui les juge."
            conviction = reading.conviction(facts.parent_id)
            yield Found(facts.record_id, told, (facts.end_date,), (facts, *([conviction] if conviction else [])))


def _earliest_birth(reading: Reading) -> date | None:
    """The first day the person may be born on."""
    person = reading.path.person
    if person.birth_date is not None or person.birth_year is None:
        return person.birth_date
    return date(person.birth_year, 1, 1)


def _possible(facts: Record) -> tuple[date, date]:
    """The first and last day the facts may have begun on; an uncertain date is taken as it is written."""
    return possible_days(facts.start_date, facts.date_precision) or (facts.start_date, facts.start_date)


def facts_before_birth(reading: Reading) -> Iterator[Found]:
    """Facts that cannot but precede the birth."""
    birth = _earliest_birth(reading)
    for facts in reading.path.lane(Lane.FACTS):
        if birth is not None and _possible(facts)[1] < birth:
            told = f"{named(facts)} : cette date précède la naissance de la personne."
            yield Found(facts.record_id, told, _days(facts), (facts,))


def facts_in_childhood(reading: Reading) -> Iterator[Found]:
    """Facts that cannot but precede the tenth birthday."""
    birth = _earliest_birth(reading)
    for facts in reading.path.lane(Lane.FACTS):
        if birth is not None and birth <= _possible(facts)[1] < add_years(birth, CHILDHOOD_YEARS):
            told = f"{named(facts)} : la personne aurait eu moins de {CHILDHOOD_YEARS} ans."
            yield Found(facts.record_id, told, _days(facts), (facts,))


def facts_after_death(reading: Reading) -> Iterator[Found]:
    """Facts dated after the recorded death."""
    death = reading.path.person.death_date
    for facts in reading.path.lane(Lane.FACTS):
        if death is not None and _possible(facts)[0] > death:
            told = f"{named(facts)} : cette date suit celle du décès enregistré, le {full_date(death)}."
            yield Found(facts.record_id, told, _days(facts), (facts,))


def offence_not_judged(reading: Reading) -> Iterator[Found]:
    """Offences that no conviction punishes, too old to wait still for an ordinary judgment."""
    for facts in reading.path.lane(Lane.FACTS):
        if facts.parent_id is None and _possible(facts)[1] < reading.path.unconsolidated_from:
            told = f"{named(facts)} : aucune condamnation n’y est rattachée, alors que ces faits sont anciens."
            yield Found(facts.record_id, told, _days(facts), (facts,))


def facts_approximate(reading: Reading) -> Iterator[Found]:
    """Facts whose day is not known."""
    for facts in reading.path.lane(Lane.FACTS):
        if not is_exact(facts.date_precision):
            known = _KNOWN_ONLY.get(facts.date_precision)
            about = f"la date n’est connue qu’{known}" if known else "le jour n’est pas connu"
            yield Found(facts.record_id, f"{named(facts)} : {about}.", _days(facts), (facts,))


def offence_unclassified(reading: Reading) -> Iterator[Found]:
    """Offences that neither a code nor an article nor the words of the label place in a family."""
    for facts in reading.path.lane(Lane.FACTS):
        nowhere = reading.family_sources.get(facts.record_id) == FamilySource.NONE
        if nowhere and facts.code == OffenceFamily.AUTRE:
            told = f"{named(facts)} : ni code, ni article, ni libellé connu ne donne sa famille."
            yield Found(facts.record_id, told, _days(facts), (facts,))


def max_sentence_unknown(reading: Reading) -> Iterator[Found]:
    """One for the person: offences without the longest sentence that the law provides; contraventions have none."""
    asked = [r for r in reading.path.lane(Lane.FACTS) if r.detail != OffenceNature.CONTRAVENTION]
    unknown = tuple(r for r in asked if r.amount is None)
    if unknown:
        told = f"La peine encourue n’est pas connue pour {plural(len(unknown), 'infraction')} sur {len(asked)}, hors contraventions."
        yield Found(reading.path.person.person_id, told, (), unknown)


def _days(facts: Record) -> tuple[date, ...]:
    """The days the facts may lie on."""
    first, last = _possible(facts)
    return (first, last) if first != last else (first, facts.end_date or first)


_JUDGMENT = "Le jugement le dirait."
RULES = (
    Rule("facts_before_birth", "Faits avant la naissance", DoubtState.CONTRADICTION, "L’état civil et le jugement le diraient.", facts_before_birth),
    Rule("facts_in_childhood", "Faits avant dix ans", DoubtState.CONTRADICTION, "L’état civil et le jugement le diraient.", facts_in_childhood),
    Rule("facts_after_death", "Faits après le décès", DoubtState.CONTRADICTION, "L’acte de décès et le jugement le diraient.", facts_after_death),
    Rule("facts_end_after_judgment", "Faits finissant après jugement", DoubtState.CONTRADICTION, _JUDGMENT, facts_end_after_judgment),
    Rule("facts_in_custody", "Faits datés en détention", DoubtState.CONTRADICTION, "Le jugement et la fiche pénale le diraient.", facts_in_custody),
    Rule("offence_not_judged", "Faits anciens sans condamnation", DoubtState.GAP, "Le parquet ou le greffe dirait la suite donnée.", offence_not_judged),
    Rule("facts_approximate", "Date de faits approximative", DoubtState.GAP, "Le jugement donne d’ordinaire le jour ou la période.", facts_approximate),
    Rule("offence_unclassified", "Infraction sans famille connue", DoubtState.GAP, "Le code NATINF, au jugement ou au casier, la donnerait.", offence_unclassified),
    Rule("max_sentence_unknown", "Peines encourues non connues", DoubtState.GAP, "Le code NATINF ou l’article du jugement la donnerait.", max_sentence_unknown),
)  # fmt: skip
