"""Draws, ledgers and neighbours: the small bricks of the simulation."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.simulation.bundle_files import date_cells, flag_cells, lines, number_cells, quoted
from frise_analysis.simulation.declared_tables import (
    FAMILIES,
    family_cumulative,
    life_event_kinds,
    offence_mix,
    sentence_cumulative,
)
from frise_analysis.simulation.draws import MISSING, NEVER, Draws, Stream
from frise_analysis.simulation.frames import last_day, next_day, ordinal, person_day
from frise_analysis.simulation.ledger import Ledger
from frise_analysis.simulation.parameters import Parameters
from frise_analysis.simulation.populations import numbered
from frise_analysis.vocabulary import OffenceNature

SEEDS = st.integers(0, 2**40)


@given(seed=SEEDS, first=st.integers(0, 10**9))
def test_a_draw_belongs_to_its_person(seed: int, first: int) -> None:
    """A person's number is the same alone and among others."""
    together = Draws.of(seed, np.arange(first, first + 50)).uniform(Stream.WAIT, 3)
    alone = Draws.of(seed, np.array([first + 17])).uniform(Stream.WAIT, 3)
    assert alone[0] == together[17]


@given(seed=SEEDS, event=st.integers(0, 10**6))
def test_draws_are_strictly_between_0_and_1(seed: int, event: int) -> None:
    """No draw is 0 or 1, so that logarithms and inverse distributions are finite."""
    drawn = Draws.of(seed, np.arange(500)).uniform(Stream.OFFENCE, event)
    assert (True, True) == (drawn.min() > 0, drawn.max() < 1)


def test_draws_are_uniform_and_unrelated() -> None:
    """Over many people, means, spreads and correlations between subjects and events are those of independent draws."""
    draws = Draws.of(5, np.arange(200_000))
    one, two, later = draws.uniform(Stream.WAIT), draws.uniform(Stream.ACCEPT), draws.uniform(Stream.WAIT, 1)
    assert abs(one.mean() - 0.5) < 0.003
    assert abs(one.var() - 1 / 12) < 0.001
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.01
    assert abs(np.corrcoef(one, later)[0, 1]) < 0.01
    assert abs(np.corrcoef(one[:-1], one[1:])[0, 1]) < 0.01


def test_lognormal_has_the_mean_asked_for() -> None:
    """``mean`` is the mean of the numbers, not of their logarithm."""
    drawn = Draws.of(1, np.arange(200_000)).lognormal(100.0, 0.7, Stream.DELAY)
    assert abs(drawn.mean() - 100) < 1


def test_whole_numbers_reach_both_ends() -> None:
    """Both bounds can be drawn, nothing beyond."""
    drawn = Draws.of(1, np.arange(5_000)).whole(3, 6, Stream.HOURS)
    assert [3, 4, 5, 6] == np.unique(drawn).tolist()


@given(rows=st.lists(st.integers(0, 5)))
def test_ordinal_counts_within_each_person(rows: list[int]) -> None:
    """1, 2, 3… start again with each person."""
    rows = sorted(rows)
    expected = [rows[: index + 1].count(row) for index, row in enumerate(rows)]
    assert expected == ordinal(np.array(rows, dtype=np.int64)).tolist()


@given(
    events=st.lists(st.tuples(st.integers(0, 3), st.integers(-20_000, 20_000))),
    row=st.integers(0, 3),
    day=st.integers(-20_000, 20_000),
)
def test_neighbouring_days(events: list[tuple[int, int]], row: int, day: int) -> None:
    """The next day is strictly later, the last one not later, and both belong to the same person."""
    keys = np.sort(
        person_day(np.array([e[0] for e in events], dtype=np.int64), np.array([e[1] for e in events], dtype=np.int64))
    )
    own = [d for r, d in events if r == row]
    after = min((d for d in own if d > day), default=NEVER)
    before = max((d for d in own if d <= day), default=MISSING)
    asked = np.array([row]), np.array([day])
    assert (after, before) == (next_day(*asked, keys, NEVER)[0], last_day(*asked, keys, MISSING)[0])


def test_ledger_keeps_rows_when_it_grows() -> None:
    """Rows written before the table grew are still there; columns left out take their default."""
    ledger = Ledger(a=0, b=7)
    first = ledger.append(a=np.arange(1000))
    second = ledger.append(a=np.arange(5000), b=np.ones(5000, dtype=np.int64))
    ledger["b"][first[:2]] = 3
    assert (6000, 1000, 3, 7, 1) == (len(ledger), second[0], ledger["b"][0], ledger["b"][2], ledger["b"][5999])
    assert list(range(1000)) == ledger["a"][:1000].tolist()


def test_every_parameter_says_its_unit_and_source() -> None:
    """No number is used without a unit and a source, be it the word assumption."""
    silent = [name for name, _value, unit, source in Parameters().declared() if not unit or not source]
    assert [] == silent


def test_offence_mix_is_complete() -> None:
    """Each code stands once, with an official label in capitals, a positive weight, and a class only if a contravention."""
    mix = offence_mix()
    assert len(mix.code) == len(set(mix.code.tolist()))
    assert (mix.weight > 0).all()
    assert (True, True) == (all(label == label.upper() for label in mix.label), abs(mix.cumulative[-1] - 1) < 1e-9)
    contravention = mix.nature == OffenceNature.CONTRAVENTION.value
    assert contravention.tolist() == (mix.contravention_class > 0).tolist()


def test_distributions_end_at_one() -> None:
    """Each distribution that is drawn from sums to 1."""
    present = {int(family) for family in offence_mix().family}
    ends = [family_cumulative()[index][-1] for index in range(len(FAMILIES)) if index in present]
    assert np.allclose([*ends, life_event_kinds().cumulative[-1]], 1)
    assert np.allclose(sentence_cumulative()[:, :, -1], 1)


@given(kept=st.frozensets(st.integers(1, 60)), count=st.integers(0, 80))
def test_numbers_kept_for_others_are_skipped(kept: frozenset[int], count: int) -> None:
    """People are numbered 1, 2, 3… without the numbers kept, and without a gap otherwise."""
    expected = [number for number in range(1, 200) if number not in kept][:count]
    assert expected == numbered(np.arange(count), kept).tolist()


def test_cells() -> None:
    """Dates are ISO, unknown values are empty, commas and quotes are quoted."""
    assert ["1970-01-01", "2024-09-30", "", ""] == date_cells(np.array([0, 19996, MISSING, NEVER]))
    assert ["12", "0.5", ""] == number_cells(np.array([12, 0.5, MISSING]))
    assert ["true", "false"] == flag_cells(np.array([True, False]))
    assert ["plain", '"a, b"', '"a ""b"""'] == [quoted(text) for text in ("plain", "a, b", 'a "b"')]
    assert "a,c\nb,d\n" == lines([["a", "b"], ["c", "d"]])
    assert "" == lines([[], []])
