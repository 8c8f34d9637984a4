"""Dates of facts near life events, against the same events placed at random over free time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from frise_analysis.analysis.life_links import kind_links, life_links
from frise_analysis.analysis.nearness import near, nearness

PEOPLE = """
persons
person_id
nobody

offences
person_id | offence_start_date
P         | 2015-01-01
P         | 2016-01-01
P         | 2018-01-01
P         | 2020-01-01
P         | 2022-01-01
few       | 2015-01-01
few       | 2016-01-01
few       | 2018-01-01
few       | 2020-01-01

life_events
person_id | event_id | start_date | domain | direction
P         | E1       | 2019-12-01 | health | strain
P         | E2       | 2020-01-01 | work   | strain
P         | E3       | 2021-12-01 | work   | strain
P         | E4       | 2023-12-01 | work   | strain
P         | E5       | 2010-01-01 | money  |
few       | F1       | 2019-12-01 | health | strain
nobody    | N1       | 2019-12-01 | health | strain
"""
HELD = """
offences
person_id | offence_start_date
P         | 2015-01-01
P         | 2016-01-01
P         | 2018-01-01
P         | 2020-01-01
P         | 2022-01-01

custody_periods
person_id | start_date | end_date
P         | 2020-06-01 | 2020-12-31

life_events
person_id | event_id | start_date | domain | direction
P         | E1       | 2020-06-01 | work   | strain
P         | E2       | 2020-12-31 | work   | strain
P         | E3       | 2019-01-01 | work   | strain
P         | E4       | 2020-08-01 | health | strain
P         | E5       | 2010-08-01 | money  |
P         | E6       | 2010-09-01 | money  |
"""
FIGURES = ["events", "left_out", "fact_dates", "after", "before", "same_day"]


@pytest.fixture(scope="module")
def table(people):
    found = people(PEOPLE)
    return lambda person, **options: life_links(found.path(person), **options).set_index("domain")


@pytest.mark.parametrize(
    ("kind", "expected"), [("health", [1, 0, 4, 1, 0, 0]), ("work", [2, 1, 4, 1, 0, 1]), ("money", [0, 1, 4])]
)
def test_counts(table, kind: str, expected: list[int]) -> None:
    """Dates of facts 1 to 90 free days after and before; the day itself apart; events outside the period left out."""
    assert expected == [int(x) for x in table("P").loc[kind, FIGURES].dropna()]


def test_one_event_is_exact(table) -> None:
    """Each of four facts has 90 days before it among the 2953 on which the event could fall: 360 / 2953."""
    row = table("P").loc["health"]
    assert (pytest.approx(360 / 2953), 1.0) == (row["after_chance"], row["before_chance"])


def test_words(table) -> None:
    """How expected the coincidence is, and that it says no more."""
    expected = (
        "1 évènement (santé, difficulté) : sur 4 dates de faits, 1 dans les 90 jours libres qui suivent (au hasard, coïncidence attendue 13 fois sur "
        "100), 0 dans les 90 jours qui précèdent (pas de coïncidence). Une coïncidence ne dit pas ce qui mène à quoi. "
        "3 sortes d’évènements sont comparées : il est attendu que l’une ou l’autre coïncide."
    )
    assert expected == table("P").loc["health", "words"]


def test_events_in_detention_are_not_compared(people) -> None:
    """What begins in detention is left out and counted; the day of release is free again; no line says « 0 évènement »."""
    path = people(HELD).path("P")
    rough = (replace(r, date_precision="year") if r.record_id == "E3" else r for r in path.all_records)
    table = life_links(replace(path, all_records=tuple(rough), _by_lane={})).set_index("domain")
    assert {"work": (1, 2, 1), "health": (0, 1, 1), "money": (0, 2, 0)} == {
        kind: tuple(int(x) for x in table.loc[kind, ["events", "left_out", "held"]]) for kind in table.index
    }
    assert "E2" == table.loc["work", "record_ids"]
    said = table["words"].to_dict()
    assert (
        " 1 évènement pendant une détention : hors de cette comparaison. 1 autre hors de la période comparée, ou"
        in said["work"]
    )
    assert said["health"].startswith(
        "1 évènement (santé, difficulté) pendant une détention : hors de cette comparaison."
    )
    assert said["money"].startswith(
        "2 évènements (argent, ni appui ni difficulté) : hors de la période comparée. On ne"
    )


def test_a_kind_holds_its_words_in_parts(people) -> None:
    """What a kind is, how many events are spoken of, why they are not compared and what holds for all: none is read in a sentence."""
    found = {link.domain: link for link in kind_links(people(PEOPLE).path("P"))}
    assert {"health": (1, False), "work": (2, False), "money": (1, True)} == {
        name: (link.count, link.found is None) for name, link in found.items()
    }
    money, work = found["money"], found["work"]
    assert ("argent, ni appui ni difficulté", " : hors de la période comparée. On ne peut pas conclure.", "") == (
        money.kind, money.told, money.caution,
    )  # fmt: skip
    assert (("E2", "E3"), found["health"].caution) == (work.compared, work.caution)
    assert work.words.endswith(work.caution)


def test_kinds_near_no_facts(people) -> None:
    """A kind stands apart once it is compared and no date of facts is near; one that is not compared never does."""
    near_none = {link.domain: link.apart for link in kind_links(people(PEOPLE).path("P"), days=20)}
    assert {"health": True, "work": True, "money": False} == near_none
    assert not any(link.apart for link in kind_links(people(PEOPLE).path("few")))


def test_facts_before_alone_keep_a_kind_among_the_others(people) -> None:
    """A kind whose events only follow facts is not apart."""
    path = people(PEOPLE).path("P")
    moved = (replace(r, start_date=date(2018, 1, 20)) if r.record_id == "E1" else r for r in path.all_records)
    (health,) = (x for x in kind_links(replace(path, all_records=tuple(moved), _by_lane={})) if x.domain == "health")
    assert (0, 1, False) == (health.found.after.count, health.found.before.count, health.apart)


def test_nothing_to_compare_with(table) -> None:
    """Without facts no line speaks of a first date."""
    expected = "1 évènement (santé, difficulté) : aucun fait enregistré. On ne peut pas conclure."
    assert expected == table("nobody").loc["health", "words"]


@pytest.mark.parametrize("person", ["few", "nobody"])
def test_too_few_facts(table, person: str) -> None:
    """Under four dates of facts after the first nothing is compared."""
    row = table(person).loc["health"]
    assert row[["after", "after_chance", "before", "before_chance"]].isna().all()
    assert row["words"].endswith("On ne peut pas conclure.")


def test_events_outside_the_period(table) -> None:
    """An event before the first facts is not compared, and it is said."""
    assert table("P").loc["money", "words"].endswith("hors de la période comparée. On ne peut pas conclure.")


def test_each_date_of_facts_of_the_same_free_day_counts(people) -> None:
    """Two dates of facts in detention fall on the free day of the release, which is that of the event: both are told."""
    found = people("""
offences
person_id | offence_start_date
P         | 2015-01-01
P         | 2016-01-01
P         | 2018-01-01
P         | 2020-07-01
P         | 2020-08-01

custody_periods
person_id | start_date | end_date
P         | 2020-06-01 | 2020-12-31

life_events
person_id | start_date
P         | 2020-12-31
""")
    assert [2] == list(life_links(found.path("P"))["same_day"])


def test_window_is_an_option(table) -> None:
    """Thirty days are too short for what happened thirty-one days later."""
    assert (0, 30) == tuple(table("P", days=30).loc["health", ["after", "days"]])


def test_never_speaks_of_causes(table) -> None:
    """No word of the table names one thing as what brings another."""
    assert not table("P")["words"].str.contains("caus|effet|provoqu|entraîn|expliqu").any()


@pytest.mark.parametrize(("days", "expected"), [(10, 2), (-10, 1), (1, 0), (-1, 0), (5, 1)])
def test_nearness_by_hand(days: int, expected: int) -> None:
    """Events on days 10 and 50; facts on 10 (the day itself), 15, 45 and 60."""
    assert expected == near([10, 15, 45, 60], [10, 50], days=days)


def test_draws_find_the_exact_chance() -> None:
    """Two events, one fact on day 50 of 0 to 100, ten days: one event at least falls before it with chance 1 - (91/101)^2."""
    found = nearness([50], [45, 90], days=10, span=100)
    assert (1, pytest.approx(1 - (91 / 101) ** 2, abs=0.04)) == (found.count, found.chance)


def test_draws_are_repeatable() -> None:
    """The same dates give the same chance each time."""
    first, second = (nearness([50, 70], [45, 90], days=10, span=100) for _ in range(2))
    assert first == second
