"""What is typed about a life event: dates as people say them, a sentence beside each field that cannot be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.event_dates import event_time, read_date, typed_date
from frise_analysis.analysis.life_event_entry import FIELDS, LONGEST_LABEL, REQUIRED, read_entry, typed_fields
from frise_analysis.analysis.person_path import Person
from frise_analysis.store.event_journal import Entry

UNTIL = date(2024, 6, 15)
SOMEBODY = Person(1, "P", birth_date=date(1990, 5, 20))
GIVEN = {
    "label": "Perte du logement", "domain": "housing", "direction": "strain", "start": "12/03/2019", "end": "", "source": "person",
}  # fmt: skip


def read(person: Person = SOMEBODY, until: date = UNTIL, **fields: str) -> Entry | dict[str, str]:
    return read_entry({**GIVEN, **fields}, person=person, until=until)


def dates(**fields: str) -> tuple[str, str, str | None, str | None]:
    entry = read(**fields)
    assert isinstance(entry, Entry)
    end = entry.end_date and entry.end_date.isoformat()
    return entry.start_date.isoformat(), entry.date_precision, end, entry.end_precision


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12/03/2019", ("2019-03-12", "day")),
        (" 12 / 3 / 2019 ", ("2019-03-12", "day")),
        ("12.03.2019", ("2019-03-12", "day")),
        ("12-03-2019", ("2019-03-12", "day")),
        ("2019-03-12", ("2019-03-12", "day")),
        ("12 mars 2019", ("2019-03-12", "day")),
        ("le 1er Août 2019", ("2019-08-01", "day")),
        ("03/2019", ("2019-03-01", "month")),
        ("3-2019", ("2019-03-01", "month")),
        ("2019-03", ("2019-03-01", "month")),
        ("en février 2019", ("2019-02-01", "month")),
        ("FEVRIER 2019", ("2019-02-01", "month")),
        ("2019", ("2019-01-01", "year")),
        ("courant 2019", ("2019-01-01", "year")),
        ("29/02/2020", ("2020-02-29", "day")),
    ],
)
def test_dates_as_people_say_them(typed: str, expected: tuple[str, str]) -> None:
    """A day, a month or a year, no more precise than it was said; an empty end is that very time."""
    assert (*expected, expected[0], None) == dates(start=typed)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("12/03/2019", "en cours", ("2019-03-12", "day", None, None)),
        ("2019", "EN  COURS", ("2019-01-01", "year", None, None)),
        ("12/03/2019", "12/03/2019", ("2019-03-12", "day", "2019-03-12", None)),
        ("03/2019", "mars 2019", ("2019-03-01", "month", "2019-03-01", None)),
        ("12/03/2019", "2020", ("2019-03-12", "day", "2020-12-31", "year")),
        ("2019", "02/2020", ("2019-01-01", "year", "2020-02-29", "month")),
        ("03/2019", "12/03/2019", ("2019-03-01", "month", "2019-03-12", "day")),
        ("2019", "2024", ("2019-01-01", "year", "2024-06-15", "year")),
        ("05/1990", "", ("1990-05-20", "month", "1990-05-20", None)),
        ("15/06/2024", "", ("2024-06-15", "day", "2024-06-15", None)),
    ],
)
def test_ends(start: str, end: str, expected: tuple[str, str, str | None, str | None]) -> None:
    """Each end keeps its own precision; the last day it may stand for, never after today; a start never before the birth."""
    assert expected == dates(start=start, end=end)


@pytest.mark.parametrize(
    "typed",
    ["31/02/2019", "2019-13-01", "13/2019", "hier", "0/2019", "12/03", "2019/03/12", "12/03/2019 18:00", "12 mars", "-"],
)  # fmt: skip
def test_dates_that_cannot_be_read(typed: str) -> None:
    """What is not a date is said with three examples, and the answer is not repeated."""
    found = read(start=typed)
    assert {"start": "Cette date ne se lit pas. Écrivez un jour (12/03/2019), un mois (03/2019) ou une année (2019)."} == found  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "wrong", "words"),
    [
        ({"start": "12/03/19"}, "start", "quatre chiffres"),
        ({"start": "03/19"}, "start", "quatre chiffres"),
        ({"start": "1850"}, "start", "avant 1900"),
        ({"start": "19/05/1990"}, "start", "avant la naissance"),
        ({"start": "04/1990"}, "start", "avant la naissance"),
        ({"start": "16/06/2024"}, "start", "après aujourd’hui (15 juin 2024)"),
        ({"start": "07/2024"}, "start", "après aujourd’hui"),
        ({"start": "2025"}, "start", "après aujourd’hui"),
        ({"end": "16/06/2024"}, "end", "après aujourd’hui"),
        ({"end": "11/03/2019"}, "end", "avant le début"),
        ({"end": "2018"}, "end", "avant le début"),
        ({"end": "bientôt"}, "end", "ne se lit pas"),
        ({"label": "x" * 121}, "label", "121 signes"),
        ({"label": " \n "}, "label", REQUIRED["label"]),
        ({"domain": "danger"}, "domain", "liste"),
        ({"domain": ""}, "domain", "liste"),
        ({"direction": "bad"}, "direction", "appui"),
        ({"source": "voisin"}, "source", "CPIP"),
        ({"start": ""}, "start", "Donnez une date"),
    ],
)
def test_each_wrong_field_has_its_sentence(fields: dict[str, str], wrong: str, words: str) -> None:
    """One sentence for one field: what is wrong and what to do, never what was typed."""
    found = read(**fields)
    assert [wrong] == list(found)
    assert words in found[wrong]
    assert found[wrong].endswith(".")
    assert all(x == "" or len(x) < 4 or x not in found[wrong] for x in fields.values())


def test_every_wrong_field_at_once() -> None:
    """All that is wrong is told, in the order of the form."""
    assert list(REQUIRED) == [x for x in FIELDS if x in read_entry({}, person=SOMEBODY, until=UNTIL)]
    assert [*FIELDS] == list(read(**dict.fromkeys(FIELDS, "?" * 200)))


def test_birth_known_to_the_year() -> None:
    """Any day of the year of birth may be after it; without a birth, nothing is before it."""
    year = Person(1, "P", birth_year=1990)
    assert isinstance(read(year, start="02/01/1990"), Entry)
    assert ["start"] == list(read(year, start="1989"))
    assert isinstance(read(Person(1, "P"), start="1901"), Entry)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  deux\n mots\t ", "deux mots"),
        ("a\x00b\x1b[31m\ud800", "ab[31m"),
        ("e\u0301te\u0301", "été"),
        ("x" * LONGEST_LABEL, "x" * LONGEST_LABEL),
        ("<b>", "<b>"),
        ("a\u202eb\u2069c\u200bd\ufeff\u00ad\U000e0041", "abcd"),
        ("e\u200b\u0301", "é"),
        ("\u0646\u200c\u0627 \u0915\u094d\u200d\u0937", "\u0646\u200c\u0627 \u0915\u094d\u200d\u0937"),
        ("x" + "\u0336" * 50 + "y", "x" + "\u0336" * 4 + "y"),
        ("x" + "\u0336\u200d" * 6, "x" + "\u0336\u200d" * 4 + "\u200d" * 2),
        ("\u05e9\u05c1\u05b8", "\u05e9\u05b8\u05c1"),
        ("?", "?"),
    ],
)
def test_text_is_one_line(typed: str, kept: str) -> None:
    """The text is kept as it is, on one line, without what controls a terminal or cannot be written."""
    assert kept == read(label=typed).label


@pytest.mark.parametrize(
    "text",
    [
        "\u200b",
        "\u2069\u202e",
        "\u3164",
        "\u115f\u1160\uffa0",
        "\u0301" * 9,
        "\u200d\u200c",
        "\u2800",
        "\ue000",
        "\ufe0f",
    ],
)
def test_text_that_shows_nothing(text: str) -> None:
    """A label drawn as nothing is no label."""
    assert {"label": REQUIRED["label"]} == read(label=text)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("12/03/2019", "", "le 12 mars 2019"),
        ("03/2019", "", "en mars 2019"),
        ("2019", "", "en 2019"),
        ("1/3/2019", "en cours", "depuis le 1er mars 2019"),
        ("03/2019", "en cours", "depuis mars 2019"),
        ("2019", "en cours", "depuis 2019"),
        ("02/05/2018", "04/06/2018", "du 2 mai 2018 au 4 juin 2018"),
        ("04/2018", "08/2019", "d’avril 2018 à août 2019"),
        ("2018", "2020", "de 2018 à 2020"),
        ("02/05/2018", "06/2019", "du 2 mai 2018 à juin 2019"),
        ("2018", "04/06/2019", "de 2018 au 4 juin 2019"),
    ],
)
def test_said_back_no_more_precise(start: str, end: str, words: str) -> None:
    """The words of an event are as precise as what was typed, and the form can be filled with it again."""
    entry = read(start=start, end=end)
    said = event_time(entry.start_date, entry.end_date, precision=entry.date_precision, end_precision=entry.end_precision)  # fmt: skip
    assert words == said
    assert entry == read_entry(typed_fields(vars(entry)), person=SOMEBODY, until=UNTIL)


def test_a_date_that_is_uncertain() -> None:
    """A record that calls its date uncertain is not made to look sure."""
    assert "vers 2019" == event_time(date(2019, 1, 1), date(2019, 1, 1), precision="unknown")


@given(st.dates(date(1900, 1, 1), date(2024, 6, 15)), st.sampled_from(["day", "month", "year"]))
def test_what_is_typed_is_read(day: date, precision: str) -> None:
    """A date typed with any precision is read as that day, that month or that year."""
    found = read_date(typed_date(day, precision))
    assert precision == found.precision
    assert found.first <= day <= found.last


@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, st.text(max_size=140))))
def test_anything_typed_is_read_or_refused(fields: dict[str, str]) -> None:
    """Whatever is typed, an entry or sentences, never a failure; an entry is in order and after the birth."""
    found = read_entry({**GIVEN, **fields, "domain": "work", "direction": "neutral", "source": "officer"}, person=SOMEBODY, until=UNTIL)  # fmt: skip
    if isinstance(found, Entry):
        assert SOMEBODY.birth_date <= found.start_date <= (found.end_date or UNTIL) <= UNTIL
    else:
        assert set(found) <= set(FIELDS)
        assert all(found.values())
