"""The state of the parcours screen: immutable, one verb per visible choice."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from frise_analysis.dashboards.state import Mode, ParcoursState
from frise_analysis.vocabulary import Clock, CountUnit, Lane

START = ParcoursState(person_key=3, unit=CountUnit.FACT_DATES, clock=Clock.STREET, with_void=True)


def test_state_cannot_be_changed() -> None:
    """A state is replaced, never changed."""
    with pytest.raises(FrozenInstanceError):
        START.person_key = 4  # type: ignore[misc]


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        (START.choose(4), (4, CountUnit.FACT_DATES, Clock.STREET, False)),
        (START.count_in(CountUnit.CONVICTIONS), (3, CountUnit.CONVICTIONS, Clock.STREET, True)),
        (START.read_on(Clock.AGE), (3, CountUnit.FACT_DATES, Clock.AGE, True)),
        (START.show_void(shown=False), (3, CountUnit.FACT_DATES, Clock.STREET, False)),
    ],
)
def test_each_verb_changes_one_thing(following: ParcoursState, expected: tuple) -> None:
    """A choice changes what it is about; another person hides the void convictions again."""
    assert expected == (following.person_key, following.unit, following.clock, following.with_void)
    assert ParcoursState(3, CountUnit.FACT_DATES, Clock.STREET, with_void=True) == START


def test_lanes_are_added_and_taken_away() -> None:
    """Each lane is added for itself, once; the next person keeps them."""
    both = START.add_lane(Lane.LEGAL, shown=True).add_lane(Lane.LAWS, shown=True).add_lane(Lane.LAWS, shown=True)
    assert {Lane.LEGAL, Lane.LAWS} == both.choose(4).added
    assert {Lane.LAWS} == both.add_lane(Lane.LEGAL, shown=False).add_lane(Lane.QUALITY, shown=False).added
    assert (frozenset(), False, True) == (START.added, START.fan, START.show_fan(shown=True).fan)


@pytest.mark.parametrize("mode", Mode)
def test_no_mode_leaves_void_convictions_behind(mode: Mode) -> None:
    """Beginning, closing or leaving an interview hides the void convictions again, and changes nothing else."""
    assert (mode, False, 3) == ((after := START.turn_to(mode)).mode, after.with_void, after.person_key)


def test_nobody_is_chosen_at_first(sample_store) -> None:
    """Without a person there is no path; the unit is the offence, the clock the calendar, void convictions hidden."""
    empty = ParcoursState()
    assert empty.path(sample_store) is None
    assert (CountUnit.OFFENCES, Clock.CALENDAR, False) == (empty.unit, empty.clock, empty.with_void)


def test_path_follows_the_state(samples) -> None:
    """The path is that of the person, with the void convictions only if they are shown."""
    state = ParcoursState(person_key=samples.key("P-0333"))
    hidden, shown = (state.show_void(shown=x).path(samples.store) for x in (False, True))
    assert ("P-0333", False, True) == (hidden.person.person_id, hidden.with_void, shown.with_void)
    assert len(shown.records) > len(hidden.records)


def test_a_clock_that_cannot_be_read_falls_back(people) -> None:
    """Without a birth, age is read on the calendar; the choice is kept for the next person."""
    made = people("persons\nperson_id | birth_year\nA |\nB | 1990")
    state = ParcoursState(clock=Clock.AGE)
    assert [Clock.CALENDAR, Clock.AGE] == [state.clock_for(made.path(x)) for x in ("A", "B")]
