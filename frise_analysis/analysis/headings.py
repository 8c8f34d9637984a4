"""The line that says whose path is shown or printed."""

from __future__ import annotations

from frise_analysis.analysis.person_path import Person
from frise_analysis.analysis.words import label_of
from frise_analysis.vocabulary import Sex


def person_heading(person: Person, name: str | None = None) -> str:
    """Pseudonym, the name that the caller gives, sex and year of birth; what is not known is left out."""
    year = person.birth_date.year if person.birth_date else person.birth_year
    return " · ".join(part for part in (person.person_id, name, described(person.sex, year)) if part)


def described(sex: object, birth_year: object) -> str:
    """``homme, né en 1990``; what is not known is left out."""
    born = {Sex.MALE: "né", Sex.FEMALE: "née"}.get(sex, "né·e")  # type: ignore[call-overload]
    parts = [label_of(Sex, str(sex))] if sex in {Sex.MALE, Sex.FEMALE} else []
    parts += [f"{born} en {birth_year}"] if birth_year else []
    return ", ".join(parts)
