"""The obligations of the measures over their own days, how they were kept, and what took the place of old measures."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.clocks import clocks_of, position
from frise_analysis.analysis.lane_rows import LANE_COLUMNS
from frise_analysis.analysis.obligation_spans import CONCERNED, obligation_spans
from frise_analysis.analysis.words import words
from frise_analysis.vocabulary import BreachConsequence, BreachKind, Clock, Lane

PEOPLE = """
persons
person_id | birth_date | death_date
P         | 1990-01-01 |
dead      | 1990-01-01 | 2022-06-01
nobody    | 1990-01-01 |

convictions
person_id | conviction_id | decision_date | void_date  | rehabilitation_date
P         | erased        | 2015-01-01    |            | 2022-01-01
P         | void          | 2015-01-01    | 2021-01-01 |

offences
person_id | offence_id | offence_start_date
P         | facts      | 2015-01-01

measures
person_id | measure_id | conviction_id | measure_code | start_date | end_date   | outcome
P         | own        |               | SP           | 2018-01-01 | 2020-01-01 | accomplie
P         | runs       | void          | SP           | 2021-01-01 |            |
P         | cut        |               | CJ           | 2016-01-01 | 2017-01-01 | revoquee
P         | enquiry    |               | ESR          | 2015-06-01 | 2015-07-01 | accomplie
P         | gone       | erased        | SP           | 2015-06-01 | 2016-06-01 | accomplie
P         | old        |               | CPEN         | 2015-06-01 | 2016-06-01 | accomplie
dead      | last       |               | SP           | 2022-01-01 |            |

obligations
measure_id | obligation_code      | start_date | end_date
own        | soins                |            |
own        | interdiction_contact | 2018-06-01 | 2018-12-31
own        | interdiction_contact | 2019-06-01 |
own        | frequentation        | 2018-06-01 | 2018-12-31
own        | arme                 | 2018-06-01 | 2025-01-01
runs       | soins                | 2021-06-01 |
runs       | stage                | 2024-06-01 |
cut        | code_nouveau         |            |
enquiry    | residence_fixee      |            |
gone       | injonction_soins     |            |
old        | indemnisation        |            |
last       | soins                |            |

breaches
person_id | breach_id | measure_id | breach_date | kind                | consequence
P         | b1        | own        | 2018-07-01  | non_respect_contact | rapport_jap
P         | b2        | own        | 2019-07-01  | non_respect_contact | revocation_partielle
P         | b3        | own        | 2018-08-01  | absence_convocation | rappel
P         | b4        | own        | 2018-02-01  | non_respect_soins   |
P         | b5        | runs       | 2021-02-01  | non_respect_soins   | rappel
P         | b6        |            | 2018-02-01  | non_respect_soins   | rappel
P         | b7        | cut        | 2016-02-01  | sorte_nouvelle      | rappel
"""
#: record_id -> start, end, last day drawn, state.
SPANS = {
    "cut/code_nouveau/1": ("2016-01-01", "2017-01-01", "2017-01-01", "ended"),
    "enquiry/residence_fixee/1": ("2015-06-01", "2015-07-01", "2015-07-01", "ended"),
    "old/indemnisation/1": ("2015-06-01", "2016-06-01", "2016-06-01", "ended"),
    "own/soins/1": ("2018-01-01", "2020-01-01", "2020-01-01", "ended"),
    "own/arme/1": ("2018-06-01", None, "2024-01-31", "running"),
    "own/frequentation/1": ("2018-06-01", "2018-12-31", "2018-12-31", "ended"),
    "own/interdiction_contact/1": ("2018-06-01", "2018-12-31", "2018-12-31", "ended"),
    "own/interdiction_contact/2": ("2019-06-01", "2020-01-01", "2020-01-01", "ended"),
    "runs/soins/1": ("2021-06-01", None, "2024-01-31", "running"),
}
WORDS = {
    "own/soins/1": (
        "Soins, obligation de la mesure « Sursis probatoire » du 1er janvier 2018 au 1er janvier 2020. Manquement le "
        "1er février 2018 pendant la mesure « Sursis probatoire » : soins non suivis. La mesure a été accomplie."
    ),
    "own/interdiction_contact/1": (
        "Interdiction de contact, obligation de la mesure « Sursis probatoire » du 1er juin 2018 au 31 décembre 2018. "
        "Manquement le 1er juillet 2018 pendant la mesure « Sursis probatoire » : contact interdit. Suite : rapport au juge. "
        "Ce manquement peut aussi concerner : interdiction de fréquenter des condamnés. La mesure a été accomplie."
    ),
    "own/interdiction_contact/2": (
        "Interdiction de contact, obligation de la mesure « Sursis probatoire » du 1er juin 2019 au 1er janvier 2020. "
        "Manquement le 1er juillet 2019 pendant la mesure « Sursis probatoire » : contact interdit. Suite : révocation "
        "partielle. Ce manquement peut aussi concerner : interdiction de fréquenter des condamnés. La mesure a été accomplie."
    ),
    "own/arme/1": "Interdiction de détenir une arme, obligation de la mesure « Sursis probatoire » depuis le 1er juin 2018. La mesure a été accomplie.",
    "runs/soins/1": (
        "Soins, obligation de la mesure « Sursis probatoire » depuis le 1er juin 2021. Manquement le 1er février 2021 "
        "pendant la mesure « Sursis probatoire » : soins non suivis. Suite : rappel des obligations."
    ),
    "cut/code_nouveau/1": "code_nouveau, obligation de la mesure « Contrôle judiciaire » du 1er janvier 2016 au 1er janvier 2017. Issue de la mesure : révoquée.",
    "enquiry/residence_fixee/1": "Résidence fixée, obligation de la mesure « Enquête sociale rapide » du 1er juin 2015 au 1er juillet 2015. Issue de la mesure : accomplie.",
    "old/indemnisation/1": (
        "Indemnisation de la victime, obligation de la mesure « Contrainte pénale » (ancien nom, remplacé par le sursis "
        "probatoire renforcé depuis le 24 mars 2020) du 1er juin 2015 au 1er juin 2016. La mesure a été accomplie."
    ),
}


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


@pytest.fixture(scope="module")
def rows(path):
    return obligation_spans(path("P")).set_index("record_id")


def test_each_over_its_own_days(path, rows) -> None:
    """Its own dates, else those of its measure; twice in a measure is two spans; what ends later still runs; a rehabilitated line is not there."""
    place = position(path("P"), Clock.CALENDAR)
    expected = {k: (s, e, place(date.fromisoformat(last)), state) for k, (s, e, last, state) in SPANS.items()}
    found = {
        row.Index: (
            row.start_date.isoformat(),
            row.end_date.isoformat() if row.end_date else None,
            row.x_end,
            row.state,
        )
        for row in rows.astype(object).where(rows.notna(), None).itertuples()
    }
    assert expected == found


def test_in_order_of_start(rows) -> None:
    """Rows come in order of start, then of identifier."""
    assert sorted(SPANS, key=lambda k: (SPANS[k][0], k)) == list(rows.index)


@pytest.mark.parametrize("record_id", WORDS)
def test_words(rows, record_id: str) -> None:
    """The official name, the measure, each breach that concerns the obligation with what followed, and a completion as plainly."""
    assert WORDS[record_id] == rows.loc[record_id, "words"]


def test_titles_are_official_names(rows) -> None:
    """The label is the official name; a code that is not known is shown as it is."""
    assert ["Interdiction de contact", "code_nouveau"] == list(
        rows.loc[["own/interdiction_contact/2", "cut/code_nouveau/1"], "title"]
    )


def test_general_duties_stand_by_no_obligation(rows) -> None:
    """A missed appointment breaks the general duties: no special obligation says it."""
    assert not rows.words.str.contains("convocation").any()


def test_every_sort_of_breach_is_placed() -> None:
    """The table says of each sort of breach which obligations it may concern, if any."""
    assert set(BreachKind) == set(CONCERNED)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2018, 5, 31), {"own/soins/1": None}),
        (date(2018, 7, 1), {"own/soins/1": None, "own/arme/1": None, "own/frequentation/1": None, "own/interdiction_contact/1": None}),
        (date(2025, 1, 1), {"own/arme/1": date(2025, 1, 1)}),
    ],
)  # fmt: skip
def test_an_earlier_day_knows_nothing_of_later_ones(path, as_of: date, expected: dict[str, date | None]) -> None:
    """On a day, what started later is not there, and what ended later still runs, its breaches to come untold."""
    table = obligation_spans(path("P", as_of=as_of)).set_index("record_id")
    found = {k: table.loc[k, "end_date"] for k in expected}
    assert expected == {k: x if isinstance(x, date) else None for k, x in found.items()}
    assert (table.start_date <= as_of).all()
    assert all(o.start_date <= as_of for o in path("P", as_of=as_of).obligations)
    assert ("own/interdiction_contact/2" in table.index) == (as_of >= date(2019, 6, 1))
    assert not table.words.str.contains("1er juillet 2018").any() or as_of >= date(2018, 7, 1)


def test_death_ends_the_span(path) -> None:
    """A span is drawn to the death; nothing runs after it."""
    (row,) = obligation_spans(path("dead")).itertuples()
    assert ("ended", position(path("dead"), Clock.CALENDAR)(date(2022, 6, 1))) == (row.state, row.x_end)


def test_nobody_has_the_same_columns(path) -> None:
    """Without a measure there is no row; the columns are there."""
    table = obligation_spans(path("nobody"))
    assert (0, list(LANE_COLUMNS)) == (len(table), list(table.columns))


def test_samples_stay_within_the_axis(some_paths) -> None:
    """On every clock a span starts before it ends, within the observation; identifiers are unique; no line is of a hidden measure."""
    for path in some_paths:
        followed = {r.record_id for r in path.lane(Lane.MEASURES)}
        for clock in clocks_of(path):
            table = obligation_spans(path, clock=clock)
            assert table.record_id.is_unique
            assert (table.x <= table.x_end).all()
            assert (table.x_end <= position(path, clock)(path.end)).all()
            assert table.start_date.is_monotonic_increasing
            assert {x.rsplit("/", 2)[0] for x in table.record_id} <= followed
            assert not table.void.any()


OLD = """
measures
person_id | measure_id | measure_code | start_date | end_date   | outcome
P         | SME        | SME          | 2014-01-01 | 2016-01-01 | accomplie
P         | STIG       | STIG         | 2014-01-01 | 2016-01-01 | accomplie
P         | CPEN       | CPEN         | 2014-01-01 | 2016-01-01 | accomplie
P         | PSE        | PSE          | 2014-01-01 | 2016-01-01 | accomplie
P         | SP         | SP           | 2014-01-01 | 2016-01-01 | accomplie
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("SME", "accomplie. Ancien nom, remplacé par le sursis probatoire depuis le 24 mars 2020."),
        ("STIG", "accomplie. Ancien nom, remplacé par le sursis probatoire depuis le 24 mars 2020."),
        ("CPEN", "accomplie. Ancien nom, remplacé par le sursis probatoire renforcé depuis le 24 mars 2020."),
        ("PSE", "accomplie. Ancien nom, remplacé par la détention à domicile (aménagement) depuis le 24 mars 2020."),
        ("SP", "Sursis probatoire du 1er janvier 2014 au 1er janvier 2016. Issue : accomplie."),
    ],
)
def test_old_names_say_what_took_their_place(people, code: str, expected: str) -> None:
    """A measure of an old name says what took its place and when."""
    path = people(OLD).path("P")
    assert words(next(r for r in path.lane(Lane.MEASURES) if r.record_id == code), path).endswith(expected)


@pytest.mark.parametrize(("as_of", "told"), [(date(2020, 3, 23), False), (date(2020, 3, 24), True)])
def test_not_before_the_law(people, as_of: date, told: bool) -> None:
    """Read as of a day before the law, an old name is not old yet."""
    path = people(OLD).path("P", as_of=as_of)
    assert told == ("Ancien nom" in words(path.lane(Lane.MEASURES)[0], path))


@pytest.fixture(scope="module")
def breaches(people):
    """A person with every sort of breach followed by every consequence."""
    rows = [
        {"person_id": "P", "breach_id": f"{k}-{c}", "measure_id": "m", "breach_date": "2015-01-01", "kind": k, "consequence": c}
        for k in BreachKind
        for c in BreachConsequence
    ]  # fmt: skip
    measures = [{"person_id": "P", "measure_id": "m", "start_date": "2014-01-01"}]
    return people({"measures": measures, "breaches": rows}).path("P")


@pytest.mark.parametrize("consequence", list(BreachConsequence))
@pytest.mark.parametrize("kind", list(BreachKind))
def test_breaches_tell_what_followed(breaches, kind: BreachKind, consequence: BreachConsequence) -> None:
    """Every sort of breach and every consequence is told in words, with the measure during which it fell."""
    record = next(r for r in breaches.lane(Lane.BREACHES) if r.record_id == f"{kind}-{consequence}")
    expected = f"Manquement le 1er janvier 2015 pendant la mesure « Sursis probatoire » : {kind.label}. Suite : {consequence.label}."
    assert expected == words(record, breaches)
