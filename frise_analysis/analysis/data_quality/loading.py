"""What the load noticed of a person's rows, where no other rule says it already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from frise_analysis.analysis.data_quality.doubts import Doubt, DoubtState, Reading, Warned, named
from frise_analysis.analysis.person_path import Record
from frise_analysis.records.contract import table
from frise_analysis.records.rules import find_check

#: A warning told of some rows only: its rule, and those that say it of the others.
SAID_OF_SOME = {"custody_overlap": frozenset({"custody_regimes_overlap", "custody_without_end"})}
#: Warning of the load -> its title, and whether two things disagree or one is missing. Those that are not here are said by a
#: rule of this package, with more of the record in view.
TITLES = {
    "list_reference_missing": ("Antenne ou agent inconnus", DoubtState.GAP),
    "unknown_code": ("Code non reconnu", DoubtState.GAP),
    "natinf_shape": ("Code NATINF mal formé", DoubtState.GAP),
    "judgment_in_childhood": ("Décision avant dix ans", DoubtState.CONTRADICTION),
    "term_in_future": ("Date postérieure à l’extraction", DoubtState.CONTRADICTION),
    "birth_year_differs": ("Années de naissance différentes", DoubtState.CONTRADICTION),
    "custody_overlap": ("Détentions qui se chevauchent", DoubtState.CONTRADICTION),
    "implausible_amount": ("Quantité peu vraisemblable", DoubtState.CONTRADICTION),
    "precision_inconsistent": ("Précision et dates discordantes", DoubtState.CONTRADICTION),
}


def loading_doubts(reading: Reading, said: Iterable[Doubt]) -> Iterator[Doubt]:
    """One doubt per warning of the load that is about a line on the frise, or the person, and that nothing in ``said`` says."""
    told = {(doubt.code, key) for doubt in said for key in doubt.keys}
    numbers: Counter[str] = Counter()
    for warned in reading.warnings:
        record = reading.shown.get((warned.lane, warned.record_id or ""))
        if not _hidden(warned, record, reading) and not _already(warned, told):
            identity = _identity(warned, numbers)
            yield _doubt(warned, record, identity=identity)


def _hidden(warned: Warned, record: Record | None, reading: Reading) -> bool:
    """Whether the row belongs to a line that is not shown.

    Nothing ties a warning to one obligation: none is told as soon as one measure that has obligations is hidden.
    """
    if warned.table_name == "obligations":
        return any(reading.measure(x.measure_id) is None for x in reading.obligations)
    return warned.table_name != "persons" and record is None


def _already(warned: Warned, told: set[tuple[str, str]]) -> bool:
    key = f"{warned.lane}:{warned.record_id}"
    others = SAID_OF_SOME.get(warned.rule, frozenset())
    return warned.rule not in TITLES or any((rule, key) in told for rule in others)


def _identity(warned: Warned, numbers: Counter[str]) -> str:
    """Rule, table, column and row; a number where rows have no key."""
    row = warned.row_id
    place = f"{warned.rule}-{warned.table_name}/{warned.column_name or ''}"
    numbers[place] += 1
    return f"{place}/{row if row is not None else numbers[place]}"


def _doubt(warned: Warned, record: Record | None, *, identity: str) -> Doubt:
    check = find_check(table(warned.table_name), warned.rule, warned.column_name)
    named_title, state = TITLES[warned.rule]
    where = (
        f"{named(record)}. " if record else "Obligation d’une mesure. " if warned.table_name == "obligations" else ""
    )
    days = (record.start_date,) if record else ()
    about = (record,) if record else ()
    return Doubt(warned.rule, identity, named_title, state, where + check.sentence, check.remedy, days, about)
