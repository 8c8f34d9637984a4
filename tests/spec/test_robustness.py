"""What a few indicators become under other choices of counting: as if the record had been written so."""

from __future__ import annotations

import random
from itertools import chain, combinations

import pandas as pd
import pytest

from frise_analysis.analysis.counting_choices import Choice, choices_of, unit_under, variant
from frise_analysis.analysis.desistance import mean_rate
from frise_analysis.analysis.robustness import (
    INDICATORS,
    moved,
    robustness,
    spread_words,
)
from frise_analysis.vocabulary import CountUnit, Lane

PEOPLE = """
persons
person_id
nobody

convictions
person_id | conviction_id | decision_date | void_date
P         | C1            | 2012-01-01    |
P         | C2            | 2016-01-01    |
P         | C3            | 2018-01-01    | 2020-01-01
fast      | F1            | 2011-01-01    |

offences
person_id | conviction_id | offence_start_date | family     | max_sentence_years
P         | C1            | 2010-01-01         | violences  | 3
P         | C1            | 2010-01-01         | vols_recel | 5
P         | C2            | 2012-01-01         | route      | 7
P         | C2            | 2014-01-01         | involontaires_route |
P         | C3            | 2015-01-01         | escroquerie_faux | 10
P         |               | 2023-01-31         | vols_recel | 3
fast      | F1            | 2010-01-01         | vols_recel | 3
fast      | F1            | 2010-03-01         | vols_recel | 3
fast      | F1            | 2010-05-01         | vols_recel | 3
fast      | F1            | 2010-07-01         | vols_recel | 3
fast      | F1            | 2010-09-01         | vols_recel | 3
fast      | F1            | 2010-09-01         | vols_recel | 3
"""
SAME_DAYS = """
offences
person_id | offence_start_date
P         | 2010-01-01
P         | 2012-01-01
P         | 2012-01-01
P         | 2012-01-01
P         | 2012-01-01
"""
UNSURE = "On ne peut pas conclure."


@pytest.fixture(scope="module")
def path(people):
    return people(PEOPLE).path


def words(table: pd.DataFrame, choices: str) -> dict[str, str]:
    rows = table[table["choices"] == choices]
    return dict(zip(rows["indicator"], rows["words"], strict=True))


BY_HAND = {
    "": ("5 infractions", UNSURE, "9 ans 1 mois", "1 an", UNSURE, UNSURE, "4 familles", "7 ans encourus"),
    "judgment": ("4 infractions", UNSURE, "4 ans", "8 ans", UNSURE, UNSURE, "4 familles", "7 ans encourus"),
    "road": ("3 infractions", UNSURE, "13 ans 1 mois", "1 an", UNSURE, UNSURE, "2 familles", "5 ans encourus"),
    "same_day": ("4 dates de faits", UNSURE, "9 ans 1 mois", "1 an", UNSURE, UNSURE, "4 familles", "7 ans encourus"),
    "void": ("6 infractions", "0,28 infraction par année libre", "8 ans 1 mois", "1 an", "2 ans", UNSURE, "5 familles", "10 ans encourus"),
    "judgment road same_day void": ("2 dates de faits", UNSURE, "6 ans", "6 ans", UNSURE, UNSURE, "3 familles", "10 ans encourus"),
}  # fmt: skip


@pytest.mark.parametrize(("choices", "expected"), BY_HAND.items())
def test_values_by_hand(path, choices: str, expected: tuple[str, ...]) -> None:
    """Six offences on five dates, two on the road, one not judged, one of a void conviction."""
    found = words(robustness(path("P")), choices)
    found["maximum"] = found["maximum"].removeprefix("nature inconnue, ")
    assert dict(zip(INDICATORS, expected, strict=True)) == found


def test_interval_of_a_rate(path) -> None:
    """Dates of facts have an exact interval, four after the first in 14.08 years; offences, which come together, have none."""
    table = robustness(path("fast")).set_index(["choices", "indicator"])
    assert "0,36 infraction par année libre" == table.loc[("", "rate"), "words"]
    row = table.loc[("same_day", "rate")]
    found = mean_rate(path("fast"), unit=CountUnit.FACT_DATES)
    assert (found.rate, found.low, found.high) == tuple(row[["value", "low", "high"]])
    assert "0,28 date de faits par année libre (0,08 à 0,73)" == row["words"]
    assert table.loc[("", "rate"), ["low", "high"]].isna().all()


def test_trend_is_a_reading(path) -> None:
    """Facts that come apart are 1; judged on one day, nothing can be concluded and there is no value."""
    table = robustness(path("fast")).set_index(["choices", "indicator"])
    assert ("Les faits s’espacent", 1.0) == tuple(table.loc[("", "trend"), ["words", "value"]])
    assert UNSURE == table.loc[("judgment", "trend"), "words"]
    assert pd.isna(table.loc[("judgment", "trend"), "value"])


def test_nothing_recorded(path) -> None:
    """Without facts no indicator has anything but a count."""
    found = words(robustness(path("nobody")), "")
    expected = [
        "0 infraction",
        UNSURE,
        "Aucun intervalle.",
        "Aucun fait enregistré.",
        UNSURE,
        UNSURE,
        "Aucune famille",
        "Aucun fait enregistré.",
    ]
    assert expected == list(found.values())


@pytest.mark.parametrize(
    ("person", "unit", "with_void", "expected"),
    [
        ("P", CountUnit.OFFENCES, False, ["judgment", "road", "same_day", "void"]),
        ("P", CountUnit.OFFENCES, True, ["judgment", "road", "same_day"]),
        ("P", CountUnit.FACT_DATES, False, ["judgment", "road", "void"]),
        ("fast", CountUnit.OFFENCES, False, ["judgment", "road", "same_day"]),
        ("fast", CountUnit.CONVICTIONS, False, ["judgment", "road"]),
    ],
)
def test_choices_that_can_change_something(
    path, person: str, unit: CountUnit, with_void: bool, expected: list[str]
) -> None:
    """Void convictions only where there are some that are hidden, days only where offences are counted; every combination is there."""
    shown = path(person, with_void=with_void)
    assert expected == list(choices_of(shown, unit=unit))
    subsets = chain.from_iterable(combinations(expected, size) for size in range(len(expected) + 1))
    assert [" ".join(x) for x in subsets] == list(dict.fromkeys(robustness(shown, unit=unit)["choices"]))


def test_unit_changes_for_offences_only() -> None:
    """Joining the facts of a day counts dates of facts; convictions stay convictions."""
    units = {unit: unit_under([Choice.SAME_DAY], unit) for unit in CountUnit}
    assert {**units, CountUnit.OFFENCES: CountUnit.FACT_DATES, CountUnit.CONVICTIONS: CountUnit.CONVICTIONS} == units


def test_road_convictions_leave(path) -> None:
    """A conviction for road offences alone leaves with them; one without facts of the record stays."""
    left = variant(path("P"), [Choice.ROAD]).lane(Lane.CONVICTIONS)
    assert ["C1"] == [record.record_id for record in left]


def test_the_screen_keeps_its_path(path) -> None:
    """A changed path has its own words and lanes: the one on the screen is as it was."""
    shown = path("P")
    before = shown.lane(Lane.FACTS)
    changed = variant(shown, list(Choice))
    changed.written["facts", "O1"] = "autre chose"
    assert len(changed.lane(Lane.FACTS)) < len(shown.all_records)
    assert (before, {}) == (shown.lane(Lane.FACTS), shown.written)


def test_joining_never_counts_more(some_paths) -> None:
    """Whatever the other choices, facts of a day joined are no more than before; nor are facts off the road."""
    for path in some_paths:
        counts = robustness(path).query("indicator == 'count'").set_index("choices")["value"]
        for choices, count in counts.items():
            chosen = set(choices.split())
            for less in {"same_day", "road"} & chosen:
                assert count <= counts[" ".join(sorted(chosen - {less}))]


def a_bundle() -> dict[str, list[dict[str, str]]]:
    """Six people whose offences are of a few families, often of one day, judged two by two or not yet; some void, some custody."""
    rng = random.Random(7)
    convictions, offences, custody = [], [], []
    for i in range(6):
        who = f"p{i:02}"
        for c in range(6):
            judged = f"{rng.randint(2012, 2023)}-0{rng.randint(1, 9)}-11"
            void = "2023-12-01" if rng.random() < 0.2 else ""
            convictions.append(
                {"person_id": who, "conviction_id": f"{who}C{c}", "decision_date": judged, "void_date": void}
            )
        for _ in range(rng.randint(3, 14)):
            day = f"{rng.randint(2005, 2011)}-0{rng.randint(1, 4)}-15"
            linked = "" if rng.random() < 0.15 else f"{who}C{rng.randint(0, 4)}"
            family = rng.choice(["route", "route", "involontaires_route", "vols_recel", "violences", "stupefiants"])
            years = str(rng.choice(["", 1, 3, 5]))
            offences.append(
                {
                    "person_id": who,
                    "conviction_id": linked,
                    "offence_start_date": day,
                    "family": family,
                    "max_sentence_years": years,
                }
            )
        custody.append({"person_id": who, "start_date": f"{rng.randint(2007, 2012)}-02-01", "end_date": "2012-06-01"})
    offences = [{"offence_id": f"O{i:03}", **row} for i, row in enumerate(offences)]
    return {"convictions": convictions, "offences": offences, "custody_periods": custody}


def rewritten(tables: dict[str, list[dict[str, str]]], chosen: set[str]) -> dict[str, list[dict[str, str]]]:
    """The same record written as the choices say."""
    decided = {row["conviction_id"]: row["decision_date"] for row in tables["convictions"]}
    offences, convictions = tables["offences"], tables["convictions"]
    if "road" in chosen:
        kept = [row for row in offences if "route" not in row["family"]]
        gone = {row["conviction_id"] for row in offences} - {row["conviction_id"] for row in kept}
        offences, convictions = kept, [row for row in convictions if row["conviction_id"] not in gone]
    if "judgment" in chosen:
        judged = [row for row in offences if row["conviction_id"]]
        offences = [{**row, "offence_start_date": decided[row["conviction_id"]]} for row in judged]
    if "void" in chosen:
        convictions = [{**row, "void_date": ""} for row in convictions]
    if "same_day" in chosen:
        shown = {row["conviction_id"] for row in convictions if not row["void_date"]} | {""}
        seen = [row for row in offences if row["conviction_id"] in shown]
        offences = list({(row["person_id"], row["offence_start_date"]): row for row in seen}.values())
    people = [{"person_id": x} for x in sorted({row["person_id"] for row in tables["convictions"]})]
    return {**tables, "persons": people, "convictions": convictions, "offences": offences}


@pytest.fixture(scope="module")
def written(people):
    return people(rewritten(a_bundle(), set()))


@pytest.mark.parametrize(
    "chosen", [set(x) for n in range(5) for x in combinations(Choice, n)], ids=lambda x: " ".join(sorted(x)) or "screen"
)
def test_as_if_the_record_was_written_so(people, written, chosen: set[str]) -> None:
    """Each combination gives what the screen shows of a record rewritten by hand and loaded by the real loader."""
    other = people(rewritten(a_bundle(), chosen))
    names = [x for x in INDICATORS if "same_day" not in chosen or x not in {"families", "maximum"}]
    for person in written.ids():
        path, expected = written.path(person), other.path(person)
        found = variant(path, chosen)
        for unit in CountUnit:
            if "same_day" in chosen and unit == CountUnit.CONVICTIONS:
                continue
            read = {x: INDICATORS[x].read(found, unit_under(chosen, unit)) for x in names}
            assert {x: INDICATORS[x].read(expected, unit).value for x in names} == {x: read[x].value for x in names}


def table_of(indicator: str, values: list[float | None], said: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"indicator": indicator, "value": pd.Series(values, dtype=float), "words": said})


SPREADS = [
    ("count", [5, 5], ["5 infractions", "5 dates de faits"], "ne change pas"),
    ("count", [5, 12], ["5 infractions", "12 infractions"], "de 5 à 12"),
    ("rate", [0.5, None], ["0,50 par année libre", UNSURE], "0,50 ; on ne peut pas conclure : 1 fois sur 2"),
    ("longest", [400, 401, None], ["1 an 1 mois", "1 an 1 mois", "Aucun intervalle."], "1 an 1 mois ; aucun intervalle : 1 fois sur 3"),
    ("since", [30, 800], ["30 jours", "2 ans 2 mois"], "de 30 jours à 2 ans 2 mois"),
    ("since", [700, 800], ["Environ 1 an", "1 an 7 mois en liberté"], "d’environ 1 an à 1 an 7 mois en liberté"),
    ("trend", [1, None], ["Les faits s’espacent", UNSURE], "les faits s’espacent : 1 fois sur 2 ; on ne peut pas conclure : 1 fois sur 2"),
    ("trend", [None, None], [UNSURE, UNSURE], "ne change pas"),
    ("families", [0, 2], ["Aucune famille", "2 familles"], "de 0 à 2"),
    ("maximum", [1, 99], ["délit, 1 an encouru", "crime, réclusion à perpétuité encourue"], "de 1 an à la perpétuité"),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "values", "said", "expected"), SPREADS)
def test_spread_in_words(indicator: str, values: list[float | None], said: list[str], expected: str) -> None:
    """From the smallest to the largest, then how many times it is no number; the same number in other words does not move."""
    assert expected == spread_words(table_of(indicator, values, said))


def test_range_holds_the_value_of_the_screen(people) -> None:
    """The time since the last facts is said by the calendar, in the range too: 28 February to 30 September is 1 an 7 mois, 580 days or not."""
    path = people(
        "convictions\nperson_id | conviction_id | decision_date\nP | C | 2023-12-01\n\n"
        "offences\nperson_id | conviction_id | offence_start_date\nP | C | 2023-02-28",
        "2024-09-30",
    ).path("P")
    rows = robustness(path).query("indicator == 'since'")
    assert ("1 an 7 mois", "de 9 mois à 1 an 7 mois") == (rows["words"].iloc[0], spread_words(rows))


def test_no_rate_where_the_screen_refuses_one(people) -> None:
    """Five offences on two dates are no rate, whatever is counted."""
    path = people(SAME_DAYS).path("P")
    assert {UNSURE} == set(robustness(path).query("indicator == 'rate'")["words"])


def test_what_moves(path) -> None:
    """An indicator moves where its number is another, or where it has one no more."""
    table = robustness(path("P"))
    found = table.assign(moved=moved(table)).query("moved").groupby("choices")["indicator"].apply(list)
    assert "" not in found
    assert ["count"] == found["same_day"]
    assert ["count", "longest", "families", "maximum"] == found["road"]
