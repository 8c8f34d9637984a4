"""How long facts wait for their judgment, and the zone in which facts may not be judged yet."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from frise_analysis.analysis.judgment_delay import (
    DelayDistribution,
    UnconsolidatedZone,
    delay_distribution,
    unconsolidated_zone,
    zone_of,
)
from frise_analysis.analysis.summary import figures
from frise_analysis.analysis.unconsolidated import delay_words, judgment_delays, unconsolidated_period, zone_words

#: Months from facts to judgment, months from facts to extraction: one offence each.
BY_HAND = [(1, 3, 1), (1, 1, 1), (2, 3, 1), (3, 3, 1), (1, 2, 1), (2, 2, 1)]


def test_by_hand() -> None:
    """Three could have shown three months, one did: F(2) = 2/3. Four could have shown two, two did: F(1) = 2/3 * 1/2."""
    found = delay_distribution(BY_HAND, at_risk=1)
    assert (6, 3, pytest.approx((0, 1 / 3, 2 / 3, 1))) == (found.offences, found.longest, found.shares)


def test_longest_delay_needs_offences() -> None:
    """With four at least that could have shown it, the longest delay is two months, and shares are of those judged by then."""
    found = delay_distribution(BY_HAND, at_risk=4)
    assert (5, 2, pytest.approx((0, 0.5, 1))) == (found.offences, found.longest, found.shares)


def test_nothing_to_estimate() -> None:
    """Without offences there is no delay, and the zone is the default one."""
    assert DelayDistribution(0, 0, (1.0,)) == delay_distribution([])
    assert UnconsolidatedZone(12, None) == zone_of(delay_distribution([]))


def test_known_truncation_is_undone() -> None:
    """Twenty thousand simulated facts of the last forty months, delays of 14 months on average: the estimate finds them, a plain count does not."""
    chance = np.random.default_rng(11)
    delays = np.ceil(chance.gamma(2, 7, 20_000)).astype(int)
    observable = chance.integers(0, 40, 20_000)
    kept = delays <= observable
    found = delay_distribution(
        zip(delays[kept].tolist(), observable[kept].tolist(), [1] * int(kept.sum()), strict=True)
    )
    true = [float(np.mean(delays[delays <= found.longest] <= x)) for x in (6, 12, 18, 24, 30)]
    plain = [float(np.mean(delays[kept] <= x)) for x in (6, 12, 18, 24, 30)]
    assert pytest.approx(true, abs=0.025) == [found.shares[x] for x in (6, 12, 18, 24, 30)]
    assert max(abs(a - b) for a, b in zip(true, plain, strict=True)) > 0.1


@pytest.mark.parametrize(
    ("share_judged_at", "expected"),
    [(3, UnconsolidatedZone(6, 3)), (15, UnconsolidatedZone(15, 15)), (40, UnconsolidatedZone(24, 40))],
)
def test_width_is_bounded(share_judged_at: int, expected: UnconsolidatedZone) -> None:
    """Between half a year and two years; the months really waited are kept beside it."""
    assert expected == zone_of(delay_distribution([(share_judged_at, 60, 200)]))


@pytest.mark.parametrize("counted", [[(3, 60, 99)], [(3, 23, 200)]])
def test_default_width(counted: list[tuple[int, int, int]]) -> None:
    """Under a hundred judged offences, or two years of them, the width is twelve months."""
    zone = zone_of(delay_distribution(counted))
    assert (12, 365, False) == (zone.months, zone.days, zone.estimated)


def judged(person: int, days: int, **further: object) -> tuple[dict[str, object], dict[str, object]]:
    facts = date(2016, 1, 1) + timedelta(days=person)
    named = {"person_id": f"P{person:03}", "conviction_id": f"C{person}"}
    return {**named, "offence_start_date": facts, **further}, {**named, "decision_date": facts + timedelta(days=days)}


@pytest.fixture(scope="module")
def crowd(people):
    """A hundred facts judged within five months, twenty within fifteen; others that cannot be counted."""
    rows = [judged(n, 150) for n in range(100)] + [judged(n, 440, family="route") for n in range(100, 120)]
    rows += [judged(n, 1000, date_precision="year") for n in range(120, 160)]
    waiting = [{"person_id": "P000", "offence_start_date": date(2023, 1, 1)}]
    return people({"offences": [*waiting, *(a for a, _ in rows)], "convictions": [b for _, b in rows]})


def test_width_of_a_store(crowd) -> None:
    """Five months hold 83 % of facts, fifteen all of them; dates known to the year and facts not judged are left out."""
    assert UnconsolidatedZone(15, 15) == unconsolidated_zone(crowd.store)
    row = unconsolidated_period(crowd.store).iloc[0]
    assert (15, True, 120, 5, 15) == tuple(row[["months", "estimated", "offences", "median_months", "waited_months"]])


def test_the_zone_follows_everywhere(crowd) -> None:
    """The zone of a person's path, and the sentence that opens the screen, are those of the store."""
    path = crowd.path("P050")
    assert date(2024, 1, 31) - timedelta(days=457) == path.unconsolidated_from
    assert figures(path)[1].words == "depuis les derniers faits enregistrés, dont 15 mois non consolidés"


def test_kinds_with_too_few_are_left_out(crowd) -> None:
    """Twenty facts of the road are too few; a hundred others are not."""
    table = judgment_delays(crowd.store)
    assert ["toutes", "autres"] == list(table["kind"].unique())
    shares = table[table["kind"] == "toutes"].set_index("months")["share"]
    assert pytest.approx((0, 5 / 6, 5 / 6, 1)) == tuple(shares[[4, 5, 14, 15]])


def test_small_store_says_it_is_the_default(people) -> None:
    """Where it cannot be estimated, the words say so."""
    row = unconsolidated_period(people("offences\nperson_id | offence_start_date\nA | 2020-01-01").store).iloc[0]
    assert (12, False) == (row["months"], row["estimated"])
    assert row["words"].startswith("12 mois : valeur par défaut")


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (UnconsolidatedZone(15, 15), "15 mois : estimés sur la base, où 90 % des faits sont jugés en 15 mois."),
        (
            UnconsolidatedZone(24, 32),
            "24 mois : estimés sur la base, où 90 % des faits sont jugés en 32 mois ; la période est bornée à deux ans.",
        ),
    ],
)
def test_words_of_the_zone(zone: UnconsolidatedZone, expected: str) -> None:
    """An estimated width says what it rests on, and that it is bounded."""
    assert expected == zone_words(zone)


def test_words_of_the_delays() -> None:
    """Half and nine tenths of the facts, among those that could be seen."""
    expected = "La moitié des faits sont jugés en 5 mois, 90 % en 15 mois, parmi ceux qui le sont en 60 mois au plus (120 infractions)."
    assert expected == delay_words(delay_distribution([(5, 60, 100), (15, 60, 20)]))
