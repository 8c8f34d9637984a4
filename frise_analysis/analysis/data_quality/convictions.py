"""Doubts about convictions and their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from frise_analysis.analysis.data_quality.doubts import DoubtState, Found, Reading, Rule, named
from frise_analysis.analysis.legal_clocks.dossier import PRISON_SENTENCES
from frise_analysis.analysis.lengths import quantum
from frise_analysis.analysis.person_path import PersonPath, Record
from frise_analysis.dates import full_date
from frise_analysis.vocabulary import CustodyRegime, Lane, MeasureCode

#: Before this many days a decision may still be open to appeal or opposition: its final date is not missed.
FINAL_AFTER_DAYS = 90
#: Before this many days a firm sentence may still wait to be carried out: no custody is missed.
CARRIED_OUT_AFTER_DAYS = 365
#: Measures by which a firm sentence is carried out otherwise than in custody.
IN_PLACE_OF_CUSTODY = frozenset(
    {
        MeasureCode.DDSE_P, MeasureCode.DDSE_A, MeasureCode.PSE, MeasureCode.SL, MeasureCode.PE, MeasureCode.LC,
        MeasureCode.LSC, MeasureCode.SUSP, MeasureCode.FRAC, MeasureCode.CONV,
    }
)  # fmt: skip


def conviction_without_offence(reading: Reading) -> Iterator[Found]:
    """Convictions that punish nothing that is recorded."""
    judged = {r.parent_id for r in reading.path.lane(Lane.FACTS)}
    for conviction in reading.path.convictions:
        if conviction.record_id not in judged:
            told = f"{named(conviction)} : aucune infraction n’y est rattachée."
            yield Found(conviction.record_id, told, (conviction.start_date,), (conviction,))


def final_date_missing(reading: Reading) -> Iterator[Found]:
    """Convictions old enough to be final, without the date on which they are."""
    settled = reading.path.as_of - timedelta(days=FINAL_AFTER_DAYS)
    for conviction in reading.path.convictions:
        if conviction.second_date is None and conviction.start_date < settled:
            told = f"{named(conviction)} : la date à laquelle elle est définitive n’est pas enregistrée."
            yield Found(conviction.record_id, told, (conviction.start_date,), (conviction,))


def final_before_decision(reading: Reading) -> Iterator[Found]:
    """Decisions that would be final before they were taken."""
    for conviction in reading.path.lane(Lane.CONVICTIONS):
        final = conviction.second_date
        if final is not None and final < conviction.start_date:
            told = (
                f"{named(conviction)} : la décision serait définitive le {full_date(final)}, avant d’avoir été prise."
            )
            yield Found(conviction.record_id, told, (conviction.start_date,), (conviction,))


def recidivism_without_conviction(reading: Reading) -> Iterator[Found]:
    """Récidive retained where no line, hidden ones included, comes before it."""
    for conviction in reading.path.lane(Lane.CONVICTIONS):
        first = reading.first_decision
        if conviction.legal_recidivism and (first is None or first >= conviction.start_date):
            told = (
                f"{named(conviction)} : la récidive légale est retenue, sans condamnation antérieure dans ce dossier."
            )
            yield Found(conviction.record_id, told, (conviction.start_date,), (conviction,))


def void_date_differs(reading: Reading) -> Iterator[Found]:
    """Convictions whose recorded date of *non avenue* is not the one that the legal clocks compute."""
    for record_id, (computed, recorded) in reading.void_dates.items():
        conviction = reading.conviction(record_id)
        if conviction is not None:
            found = f"le calcul donne le {full_date(computed)}" if computed else "le calcul ne donne pas de date"
            told = f"{named(conviction)} : le casier la dit non avenue le {full_date(recorded)} ; {found}."
            yield Found(record_id, told, (conviction.start_date,), (conviction,))


def firm_sentence_without_custody(reading: Reading) -> Iterator[Found]:
    """Convictions to firm prison after which neither custody nor another way of carrying it out is recorded."""
    path = reading.path
    settled = path.end - timedelta(days=CARRIED_OUT_AFTER_DAYS)
    for conviction in path.convictions:
        days = firm_days(conviction, path)
        if (
            reading.custody_given
            and days
            and conviction.start_date < settled
            and not _carried_out(conviction, path, days=days)
        ):
            told = (
                f"{named(conviction)} : {quantum(days)} d’emprisonnement ferme, et aucune détention ni aucun aménagement "
                "enregistrés ensuite. La peine a pu être exécutée ailleurs, confondue ou convertie."
            )
            yield Found(conviction.record_id, told, (conviction.start_date,), (conviction,))


def firm_days(conviction: Record, path: PersonPath) -> int:
    """Days of firm prison that a conviction pronounces."""
    own = (s for s in path.sentences if s.conviction_id == conviction.record_id)
    return sum(s.firm_days or 0 for s in own if s.sentence_code in PRISON_SENTENCES)


def _carried_out(conviction: Record, path: PersonPath, *, days: int) -> bool:
    """Custody that lasts after the decision, another way of carrying it out, or pre-trial detention that covers it (CPP 716-4)."""
    decided = conviction.start_date
    later = any(r.end_date is None or r.end_date > decided for r in path.lane(Lane.CUSTODY))
    otherwise = any(
        r.code in IN_PLACE_OF_CUSTODY and (r.end_date is None or r.end_date > decided) for r in path.lane(Lane.MEASURES)
    )
    return later or otherwise or _held_before(conviction, path) >= days


def _held_before(conviction: Record, path: PersonPath) -> int:
    """Days of pre-trial detention between the first facts judged and the decision."""
    facts = [r.start_date for r in path.lane(Lane.FACTS) if r.parent_id == conviction.record_id]
    first = min(facts, default=conviction.start_date)
    return sum(
        (r.end_date - r.start_date).days
        for r in path.lane(Lane.CUSTODY)
        if r.code == CustodyRegime.DETENTION_PROVISOIRE and r.end_date is not None and r.start_date >= first
    )


def birth_date_missing(reading: Reading) -> Iterator[Found]:
    """One for a person whose day of birth is not recorded."""
    person = reading.path.person
    if person.birth_date is None:
        known = "seule l’année est connue" if person.birth_year else "l’âge ne peut pas être lu"
        yield Found(person.person_id, f"La date de naissance n’est pas enregistrée : {known}.")


RULES = (
    Rule("final_before_decision", "Définitive avant la décision", DoubtState.CONTRADICTION, "Le greffe donnerait les deux dates.", final_before_decision),
    Rule("recidivism_without_conviction", "Récidive sans condamnation antérieure", DoubtState.CONTRADICTION, "Le jugement nomme la condamnation qui fonde la récidive.", recidivism_without_conviction),
    Rule("void_date_differs", "Dates de non avenu différentes", DoubtState.CONTRADICTION, "Le greffe ou le service du casier judiciaire le dirait.", void_date_differs),
    Rule("conviction_without_offence", "Condamnation sans infraction rattachée", DoubtState.GAP, "Le jugement ou le bulletin du casier la donnerait.", conviction_without_offence),
    Rule("final_date_missing", "Date définitive non enregistrée", DoubtState.GAP, "Le greffe la donnerait.", final_date_missing),
    Rule("firm_sentence_without_custody", "Peine ferme sans détention enregistrée", DoubtState.GAP, "La fiche pénale ou le service de l’exécution des peines le dirait.", firm_sentence_without_custody),
    Rule("birth_date_missing", "Date de naissance non enregistrée", DoubtState.GAP, "L’état civil la donnerait.", birth_date_missing),
)  # fmt: skip
