"""What the law draws from each conviction along the frise: delays of recidivism, void and rehabilitation dates. Indicative."""

from __future__ import annotations

from datetime import date

import pytest

from frise_analysis.analysis.clocks import clocks_of, position
from frise_analysis.analysis.lane_rows import LANE_COLUMNS
from frise_analysis.analysis.legal_clocks.answers import PairAnswer
from frise_analysis.analysis.legal_clocks.bands import TITLES, legal_bands
from frise_analysis.analysis.legal_clocks.dossier import dossier_of
from frise_analysis.analysis.legal_clocks.recidivism import recidivism_pairs
from frise_analysis.analysis.registry import answer
from frise_analysis.vocabulary import Clock

#: One person per case; the sentence is recorded as executed on 10 March 2016 unless the case is about its end.
CASES = """
persons
person_id     | birth_date | death_date
theft         | 1980-01-01 |
minor         | 2000-01-01 |
dead          | 1980-01-01 | 2018-06-10
dead_before   | 1980-01-01 | 2015-06-05
dead_between  | 1980-01-01 | 2018-06-10
no_conviction | 1980-01-01 |

convictions
person_id     | conviction_id | decision_date | final_date | judgment_mode | record_entry_type     | void_date  | rehabilitation_date | sentence_expired_date
theft         | A1 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
heavy         | A2 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
crime         | A3 | 1996-06-01 | 1996-06-11 |            |                       |            |            | 2000-03-10
unknown_end   | A4 | 2015-06-01 | 2015-06-10 |            |                       |            |            |
unpaid_fine   | A5 | 2015-06-01 | 2015-06-10 |            |                       |            |            |
no_maximum    | A6 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
minor         | A7 | 2016-06-01 | 2016-06-10 |            |                       |            |            | 2016-08-10
fifth_class   | A8 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
fifth_no_end  | A9 | 2015-06-01 | 2015-06-10 |            |                       |            |            |
fourth_class  | B1 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
no_final      | B3 | 2015-06-01 |            |            |                       |            |            |
by_default    | B4 | 2015-06-01 |            | par_defaut |                       |            |            |
settlement    | B5 | 2015-06-01 | 2015-06-10 |            | composition_penale    |            |            | 2016-03-10
educative     | B6 | 2015-06-01 | 2015-06-10 |            | mesure_educative      |            |            | 2016-03-10
foreign       | B7 | 2015-06-01 | 2015-06-10 |            | condamnation_etrangere |           |            | 2016-03-10
no_facts      | B8 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
suspended     | B9 | 2015-06-01 | 2015-06-10 |            |                       |            |            |
coming        | C1 | 2021-06-01 | 2021-06-10 |            |                       |            |            |
void          | C2 | 2009-06-01 | 2009-06-10 |            |                       | 2014-06-01 |            |
void_only     | C3 | 2009-06-01 | 2009-06-10 |            |                       | 2014-06-01 |            |
rehabilitated | C4 | 2005-06-01 | 2005-06-10 |            |                       |            | 2016-01-01 | 2006-03-10
paid_fine     | C5 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
dead          | C6 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
dead_before   | C7 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
dead_between  | D4 | 2015-06-01 | 2015-06-10 |            |                       |            |            |
two           | C8 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
two           | C9 | 2013-06-01 | 2013-06-10 |            |                       |            |            | 2014-03-10
mixed_facts   | D1 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
no_nature     | D2 | 2015-06-01 | 2015-06-10 |            |                       |            |            | 2016-03-10
parole_runs   | D3 | 2012-06-01 | 2012-06-10 |            |                       |            |            |

offences
person_id     | conviction_id | offence_start_date | natinf_code | label | nature | contravention_class | max_sentence_years
theft         | A1 | 2014-01-01 | 7151 | VOL | delit | | 3
heavy         | A2 | 2014-01-01 | 183  | AIDE A L'USAGE DE STUPEFIANTS | delit | | 10
crime         | A3 | 1995-01-01 | 5169 | MEURTRE | crime | | 30
unknown_end   | A4 | 2014-01-01 | 7151 | VOL | delit | | 3
unpaid_fine   | A5 | 2014-01-01 | 7151 | VOL | delit | | 3
no_maximum    | A6 | 2014-01-01 |      | FAITS SANS CODE | delit | |
minor         | A7 | 2016-01-01 | 183  | AIDE A L'USAGE DE STUPEFIANTS | delit | | 10
fifth_class   | A8 | 2014-01-01 | 23   | VIOLENCE | contravention | 5 |
fifth_no_end  | A9 | 2014-01-01 | 23   | VIOLENCE | contravention | 5 |
fourth_class  | B1 | 2014-01-01 |      | TAPAGE | contravention | 4 |
no_final      | B3 | 2014-01-01 | 7151 | VOL | delit | | 3
by_default    | B4 | 2014-01-01 | 7151 | VOL | delit | | 3
settlement    | B5 | 2014-01-01 | 7151 | VOL | delit | | 3
educative     | B6 | 2014-01-01 | 7151 | VOL | delit | | 3
foreign       | B7 | 2014-01-01 | 7151 | VOL | delit | | 3
suspended     | B9 | 2014-01-01 | 7151 | VOL | delit | | 3
coming        | C1 | 2020-01-01 | 7151 | VOL | delit | | 3
void          | C2 | 2008-01-01 | 7151 | VOL | delit | | 3
void_only     | C3 | 2008-01-01 | 7151 | VOL | delit | | 3
rehabilitated | C4 | 2004-01-01 | 7151 | VOL | delit | | 3
paid_fine     | C5 | 2014-01-01 | 7151 | VOL | delit | | 3
dead          | C6 | 2014-01-01 | 7151 | VOL | delit | | 3
dead_before   | C7 | 2014-01-01 | 7151 | VOL | delit | | 3
dead_between  | D4 | 2014-01-01 | 7151 | VOL | delit | | 3
two           | C8 | 2014-01-01 | 7151 | VOL | delit | | 3
two           | C9 | 2012-01-01 | 7151 | VOL | delit | | 3
mixed_facts   | D1 | 2014-01-01 | 7151 | VOL | delit | | 3
mixed_facts   | D1 | 2014-01-02 | 183  | AIDE A L'USAGE DE STUPEFIANTS | delit | | 10
no_nature     | D2 | 2014-01-01 |      | FAITS SANS NATURE | | | 3
parole_runs   | D3 | 2011-01-01 | 7151 | VOL | delit | | 3

sentences
conviction_id | sentence_code | firm_days | suspended_days
A5 | amende        |      |
B9 | sursis_simple |      | 90
D4 | sursis_simple |      | 90
C1 | sursis_simple |      | 90
C2 | sursis_simple |      | 90
C5 | amende        |      |
D3 | emprisonnement | 1000 |

measures
person_id   | conviction_id | measure_code | start_date | end_date | outcome
parole_runs | D3            | LC           | 2014-06-01 |          |
"""
#: Person -> its rows: state, rule, start, end.
EXPECTED = {
    "theft": [("window", "R4", "2015-06-10", "2021-03-10")],
    "heavy": [("window", "R2", "2015-06-10", "2026-03-10")],
    "crime": [("window", "R2", "1996-06-11", "2010-03-10")],
    "unknown_end": [("window", "R4", "2015-06-10", "2020-06-10"), ("possible", "R4", "2020-06-11", None)],
    "unpaid_fine": [("window", "R4", "2015-06-10", "2020-06-10"), ("possible", "R4", "2020-06-11", "2026-06-10")],
    "no_maximum": [("window", "R4", "2015-06-10", "2021-03-10"), ("possible", "R2", "2021-03-11", "2026-03-10")],
    "minor": [("window", "R4", "2016-06-10", "2021-08-10"), ("possible", "R2", "2021-08-11", "2026-08-10")],
    "fifth_class": [("undetermined", "R5", "2015-06-10", "2017-03-10")],
    "fifth_no_end": [("undetermined", "R5", "2015-06-10", None)],
    "fourth_class": [],
    "no_final": [("undetermined", "", "2015-06-01", None)],
    "by_default": [("undetermined", "", "2015-06-01", None)],
    "settlement": [],
    "educative": [],
    "foreign": [("undetermined", "", "2015-06-10", None)],
    "no_facts": [("undetermined", "", "2015-06-10", None)],
    "suspended": [("window", "R4", "2015-06-10", "2025-06-10"), ("void_date", "V-SIMPLE", "2020-06-10", None)],
    "coming": [("window", "R4", "2021-06-10", "2031-06-10")],
    "void": [],
    "rehabilitated": [],
    "paid_fine": [("window", "R4", "2015-06-10", "2021-03-10"), ("rehabilitation", "H-FINE", "2019-03-10", None)],
    "dead": [("window", "R4", "2015-06-10", "2021-03-10")],
    "dead_before": [],
    "dead_between": [("window", "R4", "2015-06-10", "2025-06-10")],
    "no_conviction": [],
    "mixed_facts": [("window", "R2", "2015-06-10", "2026-03-10")],
    "no_nature": [("undetermined", "R4", "2015-06-10", "2021-03-10")],
    "parole_runs": [("window", "R4", "2012-06-10", "2019-06-01"), ("possible", "R4", "2019-06-02", None)],
}
#: Person, row -> what its words say among others.
SAID = [
    ("theft", 0, "Récidive légale après la condamnation du 1er juin 2015 : délai du 10 juin 2015 au 10 mars 2021. R4, art. 132-10 : même délit ou délit assimilé"),
    ("theft", 0, "Date d’exécution ou de prescription enregistrée : 10 mars 2016."),
    ("heavy", 0, "R2, art. 132-9, al. 1 : délit puni de dix ans"),
    ("heavy", 0, "R3, art. 132-9, al. 2 : délit puni de plus d’un an et de moins de dix ans après une condamnation définitive pour crime ou pour délit puni de dix ans, délai du 10 juin 2015 au 10 mars 2021."),
    ("heavy", 0, "R1, art. 132-8 : crime après une condamnation définitive pour crime ou pour délit puni de dix ans, sans limite de délai."),
    ("unknown_end", 0, "délai du 10 juin 2015 au 10 juin 2020 au moins."),
    ("unknown_end", 1, "délai possible depuis le 11 juin 2020, sans fin connue."),
    ("unknown_end", 1, "Ce qui trancherait : la peine prononcée et la date de son exécution."),
    ("unpaid_fine", 0, "délai du 10 juin 2015 au 10 juin 2020 au moins, au plus tard au 10 juin 2026."),
    ("unpaid_fine", 1, "délai possible du 11 juin 2020 au 10 juin 2026."),
    ("no_maximum", 1, "Ce qui trancherait : la peine encourue."),
    ("minor", 1, "Ce qui trancherait : la peine encourue par un mineur (CJPM L121-5)."),
    ("fifth_class", 0, "indéterminé, au plus tard au 10 mars 2017."),
    ("fifth_class", 0, "Ce qui trancherait : le règlement prévoit-il la récidive de cette contravention ? Règles au"),
    ("no_final", 0, "indéterminé. Ce qui trancherait : la date à laquelle la première condamnation est définitive."),
    ("by_default", 0, "non signifiée, elle n’est pas définitive."),
    ("foreign", 0, "Ce qui trancherait : ce que vaut cette mention du casier comme premier terme."),
    ("no_facts", 0, "Ce qui trancherait : les infractions de la première condamnation."),
    ("no_nature", 0, "Ce qui trancherait : la nature de l’infraction (crime, délit ou contravention) ; le règlement"),
    ("suspended", 0, "Réhabilitation de plein droit, date à venir (calcul) : 10 juin 2025 (H-SHORT)."),
    ("suspended", 1, "Condamnation du 1er juin 2015, non avenue le 10 juin 2020 d’après le calcul. Date atteinte (calcul) : 10 juin 2020. V-SIMPLE, CP 132-35 :"),
    ("coming", 0, "Condamnation non avenue, date à venir (calcul) : 10 juin 2026 (V-SIMPLE)."),
    ("paid_fine", 1, "Réhabilitation de plein droit de la condamnation du 1er juin 2015, d’après le calcul. Date atteinte (calcul) : 10 mars 2019. H-FINE, CP 133-13, 1° :"),
    ("dead_between", 0, "Condamnation non avenue, date atteinte (calcul) : 10 juin 2020 (V-SIMPLE)."),
    ("dead", 0, "délai du 10 juin 2015 au 10 mars 2021."),
    ("parole_runs", 1, "Ce qui trancherait : l’issue de la libération conditionnelle."),
]  # fmt: skip
TO_VERIFY = {("unpaid_fine", "window"), ("unpaid_fine", "possible"), ("minor", "window"), ("minor", "possible"),
             ("by_default", "undetermined"), ("foreign", "undetermined"), ("suspended", "window"), ("dead_between", "window"),
             ("suspended", "void_date"), ("coming", "window")}  # fmt: skip


@pytest.fixture(scope="module")
def cases(people):
    return people(CASES)


@pytest.fixture(scope="module")
def bands(cases):
    return lambda person, **asked: legal_bands(cases.store, cases.path(person, **asked))


def cells(table) -> list[tuple[str, str, str, str | None]]:
    return [
        (r.state, r.code, r.start_date.isoformat(), r.end_date.isoformat() if isinstance(r.end_date, date) else None)
        for r in table.itertuples()
    ]


@pytest.mark.parametrize("person", EXPECTED)
def test_rows_of_a_conviction(bands, person: str) -> None:
    """The longest delay that has an end, what may follow it, and the dates known; nothing where the law draws nothing."""
    assert EXPECTED[person] == cells(bands(person))


@pytest.mark.parametrize(("person", "row", "expected"), SAID)
def test_words(bands, person: str, row: int, expected: str) -> None:
    """Rules by their article, dates, what is missing, what is to come after the axis, and the perpetual delay beside the finite one."""
    assert expected in bands(person).words[row]


@pytest.mark.parametrize("person", EXPECTED)
def test_every_row_says_what_it_is(bands, person: str) -> None:
    """Words end with the day of the rules and the notice; what rests on an unread rule is to verify; labels are short."""
    for r in bands(person).itertuples():
        assert r.words.endswith("Règles au 31/01/2024. Calcul indicatif ; seule la juridiction décide.")
        assert ((person, r.state) in TO_VERIFY) == ("À vérifier." in r.words)
        assert (TITLES[r.state], True) == (r.title, len(r.title) <= 28)
        assert ("legal", False) == (r.lane, r.void)
        assert ("ce qui trancherait" in r.words.lower()) == (
            r.state in {"possible", "undetermined"} and person != "by_default"
        )


@pytest.mark.parametrize(
    ("person", "row", "last"),
    [
        ("theft", 0, "2021-03-10"),
        ("heavy", 0, "2024-01-31"),
        ("unknown_end", 1, "2024-01-31"),
        ("fifth_no_end", 0, "2015-06-10"),
        ("no_final", 0, "2015-06-01"),
        ("suspended", 1, "2020-06-10"),
        ("dead", 0, "2018-06-10"),
    ],
)
def test_where_a_row_ends(cases, bands, person: str, row: int, last: str) -> None:
    """A span is cut at the end of observation, a death included; what has no known bound is a point, or runs to that end."""
    assert position(cases.path(person), Clock.CALENDAR)(date.fromisoformat(last)) == bands(person).x_end[row]


def test_void_conviction_is_shown_when_asked(bands) -> None:
    """A void suspended conviction is still a first term: its delay runs from the day recorded, and the words say that it is void."""
    shown = bands("void", with_void=True)
    expected = [("window", "R4", "2009-06-10", "2019-06-01"), ("void_date", "V-SIMPLE", "2014-06-01", None), ("rehabilitation", "H-SHORT", "2019-06-01", None)]  # fmt: skip
    assert expected == cells(shown)
    assert "Condamnation non avenue : elle reste un premier terme possible." in shown.words[0]
    assert "non avenue le 1er juin 2014 d’après le casier." in shown.words[1]


def test_void_date_of_the_record_alone(bands) -> None:
    """A void date that no recorded sentence explains is shown as the record gives it."""
    (row,) = bands("void_only", with_void=True).query("state == 'void_date'").itertuples()
    assert (date(2014, 6, 1), "") == (row.start_date, row.code)
    assert row.words.startswith("Condamnation du 1er juin 2009, non avenue le 1er juin 2014 d’après le casier.")


def test_recorded_void_date_is_not_known_before(bands) -> None:
    """On a day before it, the void date is computed: the conviction is shown, and its date is to come."""
    table = bands("void", as_of=date(2013, 1, 1))
    assert ["window"] == list(table.state)
    assert "elle reste" not in table.words[0]
    assert "Condamnation non avenue, date à venir (calcul) : 10 juin 2014 (V-SIMPLE)." in table.words[0]


def test_delays_do_not_depend_on_what_came_next(bands) -> None:
    """Each conviction has its delay, in order of start, whether or not another follows; identifiers name conviction and state."""
    table = bands("two")
    assert ["C9/window", "C8/window"] == list(table.record_id)
    assert [("window", "R4", "2013-06-10", "2019-03-10"), ("window", "R4", "2015-06-10", "2021-03-10")] == cells(table)


def test_rules_out_of_force_are_not_used(cases) -> None:
    """Before the Code of 1994 the table has no rule: undetermined, and the words say which rule is missing."""
    table = legal_bands(cases.store, cases.path("theft"), rules_on=date(1990, 1, 1))
    assert [("undetermined", "", "2015-06-10", None)] == cells(table)
    assert "la table n’a pas de règle" in table.words[0]


def test_registered_question_answers_alike(cases, bands) -> None:
    """``reperes-legaux`` is the same table, with the day of the rules, the day of reading and the void ones as options."""
    table = answer(
        cases.store, "reperes-legaux", person_id="void", options={"with_void": "oui", "rules_on": "2020-01-01"}
    )
    assert list(bands("void", with_void=True).record_id) == list(table.record_id)
    assert table.words.str.contains("Règles au 01/01/2020").all()
    assert (0, list(LANE_COLUMNS)) == (len(bands("no_conviction")), list(bands("no_conviction").columns))


def test_samples_stay_within_the_axis(sample_store, some_paths) -> None:
    """On every clock a row lies within the observation, in order; identifiers are unique; no rehabilitated conviction is there."""
    erased = {
        x for (x,) in sample_store._connection.execute(
            "select conviction_id from convictions where rehabilitation_date <= (select cast(value as date) from meta where key = 'extraction_date')"
        ).fetchall()
    }  # fmt: skip
    assert erased
    for path in some_paths:
        for clock in clocks_of(path):
            table = legal_bands(sample_store, path, clock=clock)
            assert table.record_id.is_unique
            assert table.start_date.is_monotonic_increasing
            assert (table.x <= table.x_end).all()
            assert (table.x_end <= position(path, clock)(path.end)).all()
            shown = {x.rsplit("/", 1)[0] for x in table.record_id}
            assert shown <= path.conviction_ids
            assert not shown & erased
            assert not table.void.any()


def test_window_holds_every_second_offence(sample_store, some_paths) -> None:
    """Facts that meet a rule with a delay after a conviction lie within the window of that conviction."""
    held = 0
    for path in some_paths:
        bands = legal_bands(sample_store, path).set_index("record_id")
        facts = {x.offence_id: x.days for x in dossier_of(sample_store, path).facts}
        pairs = recidivism_pairs(sample_store, person_key=path.person.person_key)
        met = pairs[(pairs.answer == PairAnswer.RECIDIVE) & (pairs.rule_id != "R1")]
        for pair in met[met.first_conviction_id.isin(path.conviction_ids)].itertuples():
            window, days = bands.loc[f"{pair.first_conviction_id}/window"], facts[pair.second_offence_id]
            assert window.start_date <= days[0] <= days[1] <= window.end_date
            held += 1
    assert held > 50
