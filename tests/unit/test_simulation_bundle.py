"""What a simulated bundle must be: complete, coherent, repeatable. The checks are written again here, apart from the loader's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from frise_analysis.commands.samples import command
from frise_analysis.records.bundle import read_bundle_info
from frise_analysis.records.contract import TABLES, Kind
from frise_analysis.simulation import populations
from frise_analysis.simulation.bundle_files import EPOCH, write_bundle
from frise_analysis.simulation.cast import HAND_WRITTEN, ROLES
from frise_analysis.simulation.populations import Population
from frise_analysis.store.loading import check
from frise_analysis.vocabulary import REGIMES_WITHOUT_STREET_TIME, MeasurePhase

Bundle = dict[str, pd.DataFrame]
ROOT = Path(__file__).parents[2]
EXTRACTION = "2024-09-30"
DAY = (date.fromisoformat(EXTRACTION) - EPOCH).days
PARTS = (
    ("start_date", "end_date"),
    ("offence_start_date", "offence_end_date"),
    ("referral_date", "first_interview_date"),
)

BROKEN_OBLIGATION = {
    "non_respect_soins": "soins", "indemnisation_non_versee": "indemnisation",
    "non_respect_contact": "interdiction_contact", "non_respect_paraitre": "interdiction_paraitre",
}  # fmt: skip


def write(folder: Path, persons: int, *, seed: int = 3, population: str = "service") -> Path:
    write_bundle(folder / "lot", folder / "verite", Population(population, seed, DAY), persons)
    return folder / "lot"


def read(folder: Path) -> Bundle:
    return {table.name: pd.read_csv(folder / f"{table.name}.csv", dtype=str) for table in TABLES}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".md"}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return read(write(tmp_path_factory.mktemp("simulated"), 475))


def facts_out_of_place(bundle: Bundle) -> int:
    """Facts on or after the day they are judged, or before the age of ten."""
    offences, persons = bundle["offences"], bundle["persons"].set_index("person_id")
    decided = offences["conviction_id"].map(bundle["convictions"].set_index("conviction_id")["decision_date"])
    last = offences["offence_end_date"].fillna(offences["offence_start_date"])
    birth = pd.to_datetime(offences["person_id"].map(persons["birth_date"]))
    young = (pd.to_datetime(offences["offence_start_date"]) - birth).dt.days < 3653
    return int(((last >= decided) & decided.notna()).sum() + young.sum())


def facts_in_custody(bundle: Bundle) -> int:
    """Facts on a day of full custody, the first and last days included."""
    custody = bundle["custody_periods"]
    full = custody[custody["regime"].isin([regime.value for regime in REGIMES_WITHOUT_STREET_TIME])]
    both = bundle["offences"].merge(full, on="person_id")
    last = both["offence_end_date"].fillna(both["offence_start_date"])
    return int(((last >= both["start_date"]) & (both["offence_start_date"] <= both["end_date"].fillna("9999"))).sum())


def overlapping_custody(bundle: Bundle) -> int:
    """Periods of custody that begin before the end of the one before, for the same person."""
    custody = bundle["custody_periods"].sort_values(["person_id", "start_date"])
    following = custody.groupby("person_id")["start_date"].shift(-1)
    return int((following.notna() & (custody["end_date"].fillna("9999") > following)).sum())


def dates_out_of_order(bundle: Bundle) -> int:
    """Ends before starts, finals before decisions, and anything but a planned end after the extraction or the death."""
    wrong = 0
    deaths = bundle["persons"].set_index("person_id")["death_date"].fillna(EXTRACTION)
    for table in TABLES:
        frame = bundle[table.name]
        pairs = [pair for pair in (*PARTS, ("decision_date", "final_date")) if set(pair) <= set(frame.columns)]
        wrong += sum(int((frame[end] < frame[start]).sum()) for start, end in pairs)
        days = [
            column.name for column in table.columns if column.kind is Kind.DATE and column.name != "planned_end_date"
        ]
        wrong += sum(int((frame[day] > EXTRACTION).sum()) for day in days)
        if table.name in ("custody_periods", "measures", "breaches", "life_events", "offences"):
            limit = frame["person_id"].map(deaths)
            wrong += sum(int((frame[day] > limit).sum()) for day in days)
    return wrong


def broken_references(bundle: Bundle) -> int:
    """References to rows that do not exist."""
    wrong = 0
    for table in TABLES:
        for column in (column for column in table.columns if column.references):
            target, name = str(column.references).split(".")
            wrong += int((~bundle[table.name][column.name].dropna().isin(bundle[target][name])).sum())
    return wrong


def repeated_or_missing_keys(bundle: Bundle) -> int:
    """Keys that stand twice and required cells that are empty."""
    twice = sum(int(bundle[table.name][table.key].duplicated().sum()) for table in TABLES if table.key)
    empty = sum(
        int(bundle[table.name][column.name].isna().sum())
        for table in TABLES
        for column in table.columns
        if column.required
    )
    return twice + empty


def unknown_codes(bundle: Bundle) -> int:
    """Values that the vocabulary does not know."""
    return sum(
        int((~bundle[table.name][column.name].dropna().isin([code.value for code in column.codes])).sum())
        for table in TABLES
        for column in table.columns
        if column.codes
    )


def breaches_outside_their_measure(bundle: Bundle) -> int:
    """Breaches before the start or after the end of their measure, or of another person's."""
    both = bundle["breaches"].merge(bundle["measures"], on="measure_id")
    outside = (both["breach_date"] < both["start_date"]) | (both["breach_date"] > both["end_date"].fillna(EXTRACTION))
    return int((outside | (both["person_id_x"] != both["person_id_y"])).sum())


def breaches_of_no_obligation(bundle: Bundle) -> int:
    """Care, compensation or a ban not kept, on a measure that does not carry that obligation."""
    both = bundle["breaches"].assign(obligation_code=bundle["breaches"]["kind"].map(BROKEN_OBLIGATION))
    both = both[both["obligation_code"].notna()]
    carried = bundle["obligations"][["measure_id", "obligation_code"]].drop_duplicates()
    return len(both) - len(both.merge(carried, on=["measure_id", "obligation_code"]))


def cleared_while_followed(bundle: Bundle) -> int:
    """Convictions void or rehabilitated while a measure that they ordered still runs."""
    both = bundle["measures"].merge(bundle["convictions"], on="conviction_id")
    cleared = both[["void_date", "rehabilitation_date"]].min(axis=1)
    ordered = both["phase"] == MeasurePhase.POST.value
    return int((ordered & (cleared < both["end_date"].fillna("9999"))).sum())


def justice_of_another_time(bundle: Bundle) -> int:
    """A CRPC before 1 October 2004, a tribunal judiciaire before 1 January 2020, a tribunal de grande instance since."""
    convictions = bundle["convictions"]
    decided, court = convictions["decision_date"], convictions["court"]
    early = (convictions["judgment_mode"] == "crpc") & (decided < "2004-10-01")
    renamed = court.str.contains("tribunal judiciaire") & (decided < "2020-01-01")
    former = court.str.contains("grande instance") & (decided >= "2020-01-01")
    return int((early | renamed | former).sum())


CHECKS: tuple[Callable[[Bundle], int], ...] = (
    facts_out_of_place, facts_in_custody, overlapping_custody, dates_out_of_order, broken_references,
    repeated_or_missing_keys, unknown_codes, breaches_outside_their_measure, breaches_of_no_obligation,
    cleared_while_followed, justice_of_another_time,
)  # fmt: skip


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.__name__)
def test_bundle_is_coherent(bundle: Bundle, rule: Callable[[Bundle], int]) -> None:
    """Nothing in a simulated bundle breaks the rule."""
    assert 0 == rule(bundle)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31), population=st.sampled_from(["service", "convicted"]))
@example(seed=28777, population="service")
def test_any_seed_is_coherent(tmp_path_factory: pytest.TempPathFactory, seed: int, population: str) -> None:
    """Whatever the seed and the population, no rule is broken."""
    made = read(write(tmp_path_factory.mktemp("seed"), 60, seed=seed, population=population))
    assert dict.fromkeys(CHECKS, 0) == {rule: rule(made) for rule in CHECKS}


def test_the_loader_finds_nothing_to_say(tmp_path: Path) -> None:
    """The checks of the loader reject no row of a simulated bundle."""
    assert 0 == check(write(tmp_path, 300, seed=8)).rejected


def test_columns_are_those_of_the_contract(bundle: Bundle) -> None:
    """Every table is there, with every column of the contract in its order."""
    expected = {table.name: [column.name for column in table.columns] for table in TABLES}
    assert expected == {name: list(frame.columns) for name, frame in bundle.items()}


def test_bundle_says_that_it_is_fictional(tmp_path: Path) -> None:
    """``bundle.toml`` and every person say that nothing here is real."""
    folder = write(tmp_path, 20)
    information = read_bundle_info(folder / "bundle.toml")
    assert (True, date.fromisoformat(EXTRACTION)) == (information.fictional, information.extraction_date)
    assert {"true"} == set(read(folder)["persons"]["fictional"])


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """A seed and a number of people give the same files, byte for byte; another seed gives others."""
    one, two, other = (write(tmp_path / name, 40, seed=seed) for name, seed in (("a", 5), ("b", 5), ("c", 6)))
    assert contents(one) == contents(two)
    assert contents(one)["persons.csv"] != contents(other)["persons.csv"]


def test_a_person_does_not_depend_on_the_others(tmp_path: Path) -> None:
    """The first people of a larger bundle are the people of a smaller one."""
    small, large = read(write(tmp_path / "small", 50)), read(write(tmp_path / "large", 130))
    for name in ("persons", "convictions", "offences", "measures", "life_events"):
        same = large[name][large[name]["person_id"].isin(small["persons"]["person_id"])].reset_index(drop=True)
        rows = small[name].sort_values(list(small[name].columns[:1])).reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, same.sort_values(list(same.columns[:1])).reset_index(drop=True))


def test_chunks_do_not_change_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of the chunks bears on memory only."""
    whole = contents(write(tmp_path / "whole", 45))
    monkeypatch.setitem(populations.CHUNK, "service", 700)
    assert whole == contents(write(tmp_path / "chunks", 45))


def test_names_of_measures_follow_the_law(bundle: Bundle) -> None:
    """SME, STIG and contrainte pénale are decided before 24 March 2020, SP and SPR from that day; PSE becomes DDSE-A."""
    measures = bundle["measures"]
    decided = measures["conviction_id"].map(bundle["convictions"].set_index("conviction_id")["decision_date"])
    old, new = measures["measure_code"].isin(["SME", "STIG", "CPEN"]), measures["measure_code"].isin(["SP", "SPR"])
    assert (0, 0) == (int((decided[old] >= "2020-03-24").sum()), int((decided[new] < "2020-03-24").sum()))
    begun = measures["start_date"]
    assert (0, 0) == (
        int((begun[measures["measure_code"] == "PSE"] >= "2020-03-24").sum()),
        int((begun[measures["measure_code"] == "DDSE-A"] < "2020-03-24").sum()),
    )


def test_a_service_follows_adults(bundle: Bundle) -> None:
    """Minors are followed by another service: no measure begins before the eighteenth birthday."""
    measures = bundle["measures"]
    birth = pd.to_datetime(measures["person_id"].map(bundle["persons"].set_index("person_id")["birth_date"]))
    assert (pd.to_datetime(measures["start_date"]) >= birth + pd.DateOffset(years=18)).all()


def test_measures_come_after_their_decision(bundle: Bundle) -> None:
    """A post-sentence measure never begins before the decision; one that ended has an outcome, one that runs has none."""
    measures = bundle["measures"]
    decided = measures["conviction_id"].map(bundle["convictions"].set_index("conviction_id")["decision_date"])
    post = measures["phase"] == MeasurePhase.POST.value
    assert 0 == int((measures["start_date"] < decided)[post].sum())
    assert measures["end_date"].isna().tolist() == measures["outcome"].isna().tolist()


def test_every_conviction_has_facts_and_a_sentence(bundle: Bundle) -> None:
    """A decision punishes at least one offence and pronounces at least one sentence."""
    convictions = bundle["convictions"]["conviction_id"]
    assert (True, True) == (
        convictions.isin(bundle["offences"]["conviction_id"]).all(),
        convictions.isin(bundle["sentences"]["conviction_id"]).all(),
    )


def test_clearance_waits_for_the_law(bundle: Bundle) -> None:
    """No conviction is void or rehabilitated before it is final, nor rehabilitated within three years."""
    convictions = bundle["convictions"]
    final = pd.to_datetime(convictions["final_date"])
    void, cleared = (pd.to_datetime(convictions[name]) for name in ("void_date", "rehabilitation_date"))
    assert (0, 0) == (int((void <= final).sum()), int(((cleared - final).dt.days < 3 * 365).sum()))
    assert (True, True) == (void.notna().any(), cleared.notna().any())


def test_a_service_follows_running_measures(bundle: Bundle) -> None:
    """Most people of a caseload have a running measure; seven officers in three branches follow them."""
    measures = bundle["measures"]
    running = measures[measures["end_date"].isna()]["person_id"].nunique()
    assert 0.85 < running / len(bundle["persons"]) < 1
    assert (7, 3) == (bundle["persons"]["officer_id"].nunique(), bundle["persons"]["branch_id"].nunique())


def test_people_to_teach_with(bundle: Bundle) -> None:
    """The people chosen to teach with are there, and show what they are chosen for."""
    offences = bundle["offences"].groupby("person_id").size().reindex(bundle["persons"]["person_id"], fill_value=0)
    assert (0, 12, 1) == (offences["P-0058"], offences["P-0271"], offences["P-0012"])
    assert 50 <= offences["P-0120"] <= 70
    vague = bundle["offences"][bundle["offences"]["person_id"] == "P-0404"]["date_precision"] != "day"
    assert vague.sum() >= 4
    cleared = bundle["convictions"][bundle["convictions"]["person_id"] == "P-0333"]
    rehabilitated = cleared["rehabilitation_date"].notna()
    assert (True, True) == (rehabilitated.any(), cleared["void_date"][~rehabilitated].notna().any())
    custody = bundle["custody_periods"][bundle["custody_periods"]["person_id"] == "P-0199"]
    held = (pd.to_datetime(custody["end_date"]) - pd.to_datetime(custody["start_date"])).dt.days
    assert held.sum() >= 2000


def test_numbers_kept_are_all_given(bundle: Bundle) -> None:
    """Numbers run from 1 to the number of people without a gap."""
    expected = [f"P-{number:04d}" for number in range(1, 476)]
    assert expected == sorted(bundle["persons"]["person_id"])
    assert len({*HAND_WRITTEN, *(role.number for role in ROLES)}) == len(HAND_WRITTEN) + len(ROLES)


def test_truth_stands_apart(tmp_path: Path) -> None:
    """The truth is written beside the bundle, never in it, for every person and every life event."""
    folder = write(tmp_path, 200)
    made, truth = read(folder), pd.read_csv(tmp_path / "verite" / "truth.csv", dtype=str)
    events = pd.read_csv(tmp_path / "verite" / "life_events.csv", dtype=str)
    assert sorted(f"{table.name}.csv" for table in TABLES) == sorted(path.name for path in folder.glob("*.csv"))
    by_hand = {"P-0058"}
    assert set(made["persons"]["person_id"]) - by_hand == set(truth["person_id"])
    assert set(made["life_events"]["event_id"]) - {"E-0058-01"} == set(events["event_id"])


def test_truth_says_which_events_bear(tmp_path: Path) -> None:
    """Events bear only on reactive people, with one of the declared strengths, never when neutral."""
    folder = write(tmp_path, 300)
    made = read(folder)["life_events"].set_index("event_id")
    truth = pd.read_csv(tmp_path / "verite" / "truth.csv").set_index("person_id")
    events = pd.read_csv(tmp_path / "verite" / "life_events.csv")
    bears = events["rate_multiplier"] != 1
    assert {0.4, 1.0, 2.5} == set(events["rate_multiplier"])
    assert truth["reactive"].reindex(events["person_id"][bears]).all()
    assert "neutral" not in set(made["direction"].reindex(events["event_id"][bears]))


def test_committed_sample_is_what_the_command_writes(tmp_path: Path) -> None:
    """``frise samples`` with its defaults gives the committed bundle and its truth, byte for byte."""
    result = CliRunner().invoke(command, [str(tmp_path / "samples"), "--truth", str(tmp_path / "verite")])
    assert 0 == result.exit_code, result.output
    assert contents(ROOT / "data" / "samples") == contents(tmp_path / "samples")
    assert contents(ROOT / "data" / "verite") == contents(tmp_path / "verite")


def test_another_extraction_date(tmp_path: Path) -> None:
    """On another date the records hold nothing later than it; nobody written by hand is there, and no number is missing."""
    result = CliRunner().invoke(command, [str(tmp_path / "lot"), "--persons", "300", "--extraction-date", "2019-06-30"])
    assert 0 == result.exit_code, result.output
    made = read(tmp_path / "lot")
    assert 300 == len(made["persons"])
    assert "2019-06-30" >= max(made["convictions"]["decision_date"].max(), made["breaches"]["breach_date"].max())
    assert np.array_equal(np.sort(made["persons"]["person_id"]), [f"P-{number:04d}" for number in range(1, 301)])
