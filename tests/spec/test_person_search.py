"""Finding a person: by pseudonym or name, in any order, case or accent."""

from __future__ import annotations

import pytest

from frise_analysis.dashboards.people import consulted, heading, search

PEOPLE = """
persons
person_id | display_name      | sex | birth_year
P-1       | KABORÉLÉ Slimane  | M   | 1998
P-2       | Dupré-Martin Élise| F   | 1980
P-12      | MARTIN Paul       | M   | 1970
P-120     | L’HÔTE Anaïs      | X   |
P-3       |                   |     | 1990
""" + "\n".join(f"Q-{n:02} | FOULE Jean | M | 1960" for n in range(20))


@pytest.fixture(scope="module")
def store(people):
    return people(PEOPLE).store


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("   ", []),
        ("P-3", ["P-3"]),
        ("p-12", ["P-12", "P-120"]),
        ("P-1", ["P-1", "P-12", "P-120"]),
        ("kaborele", ["P-1"]),
        ("KABORÉLÉ", ["P-1"]),
        ("slimane kabor", ["P-1"]),
        ("martin", ["P-12", "P-2"]),
        ("elise martin", ["P-2"]),
        ("hote", ["P-120"]),
        ("personne de ce nom", []),
        ("%", []),
        ("_", []),
        ("' or 1=1 --", []),
        ("martin paul p-12 mots en trop", ["P-12"]),
    ],
)
def test_search(store, typed: str, expected: list[str]) -> None:
    """Each of the first three words is in the pseudonym or the name; a pseudonym typed in full comes first."""
    assert sorted(expected) == sorted(row["person_id"] for row in search(store, typed))


def test_a_pseudonym_typed_in_full_comes_first(store) -> None:
    """Then those that begin with what was typed."""
    assert ["P-1", "P-12", "P-120"] == [row["person_id"] for row in search(store, "P-1")]


def test_no_more_than_twelve(store) -> None:
    """A crowd is cut: the search never lists the service."""
    assert 12 == len(search(store, "foule"))


def test_long_queries_are_cut(store) -> None:
    """Ten thousand characters are no heavier than eighty."""
    assert [] == search(store, "x" * 10_000)


def key(store, person_id: str) -> object:
    return store.rows("person_key", person_id=person_id)[0]["person_key"]


@pytest.mark.parametrize(
    ("person_id", "expected"),
    [
        ("P-1", "KABORÉLÉ Slimane · homme, né en 1998"),
        ("P-2", "Dupré-Martin Élise · femme, née en 1980"),
        ("P-120", "L’HÔTE Anaïs"),
        ("P-3", "né·e en 1990"),
    ],
)
def test_result_in_words(store, person_id: str, expected: str) -> None:
    """A result says the name, the sex and the year of birth, as far as they are known."""
    assert [expected] == [row["words"] for row in consulted(store, [key(store, person_id)])]


def test_people_consulted_before(store) -> None:
    """Those consulted before come once, in the order given; those the store does not hold are left out."""
    asked = [key(store, "P-3"), 10_000, "P-1", key(store, "P-1"), key(store, "P-3")]
    assert ["P-3", "P-1"] == [row["person_id"] for row in consulted(store, asked)]


def test_heading(people) -> None:
    """The heading says whose path it is: pseudonym, name, sex, birth."""
    assert "P-1 · Nom · homme, né en 1998" == heading(people(PEOPLE).path("P-1").person, "Nom")
    assert "P-3 · né·e en 1990" == heading(people(PEOPLE).path("P-3").person, None)
