"""The simulated people set beside the published figures; ``pytest -s`` prints the whole table."""

from __future__ import annotations

import pytest

from frise_analysis.simulation.calibration import TARGETS, Cohort, Target, simulate_cohort, table_text

CANDIDATES = 60_000


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    made = simulate_cohort(CANDIDATES)
    print(f"\n{len(made.convictions_per_person)} personnes condamnées en dix ans\n{table_text(made)}")
    return made


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_published_figure(cohort: Cohort, target: Target) -> None:
    """Each figure of the simulated population lies within the declared tolerance of the published one."""
    assert pytest.approx(target.value, abs=target.tolerance) == target.measure(cohort)


def test_enough_people(cohort: Cohort) -> None:
    """The comparison rests on twenty thousand convicted people or nearly, and on hundreds of releases."""
    assert len(cohort.convictions_per_person) > 15_000
    assert len(cohort.releases["again"]) > 300
