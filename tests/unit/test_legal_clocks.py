"""Laws of the legal clocks on random input, and the tables of rules themselves."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.legal_clocks.answers import NO, YES, ClearanceAnswer, PairAnswer, all_of, any_of, unknown
from frise_analysis.analysis.legal_clocks.assimilation import citations, memberships, plain
from frise_analysis.analysis.legal_clocks.dossier import Conviction, Dossier, Facts
from frise_analysis.analysis.legal_clocks.first_terms import first_term_of
from frise_analysis.analysis.legal_clocks.matching import CONDITIONS, FIRST_TERMS, first_term, matches
from frise_analysis.analysis.legal_clocks.pairs import Finding, classify
from frise_analysis.analysis.legal_clocks.recidivism import pairs_of
from frise_analysis.analysis.legal_clocks.rehabilitation import clearances
from frise_analysis.analysis.legal_clocks.rules import RuleBook, assimilations, entry_kinds, legal_rules, rows_of
from frise_analysis.analysis.legal_clocks.void_dates import void_date
from frise_analysis.analysis.person_path import Record, Sentence
from frise_analysis.analysis.registry import answer
from frise_analysis.nomenclature.tables import natinf_entries
from frise_analysis.vocabulary import RecordEntryType

PAGE = Path(__file__).resolve().parents[2] / "docs" / "legal-clocks.md"
AS_OF = date(2024, 1, 31)
BOOK = RuleBook(AS_OF)
FINAL = date(2010, 6, 10)
NATURES = st.sampled_from(["crime", "delit", "contravention", None])
DAYS = st.dates(date(2005, 1, 1), date(2023, 12, 31))
OFFENCES = st.builds(
    Facts,
    offence_id=st.just("x"),
    start_date=DAYS,
    natinf_code=st.sampled_from(["33", "7151", "58", "1247", None]),
    label=st.sampled_from(["VOL", "DENONCIATION CALOMNIEUSE"]),
    nature=NATURES,
    contravention_class=st.sampled_from([4, 5, None]),
    max_years=st.sampled_from([0.5, 1, 3, 5, 10, 20, None]),
)
SENTENCES = st.lists(
    st.builds(
        Sentence,
        conviction_id=st.just("C"),
        sentence_code=st.sampled_from(
            ["emprisonnement", "amende", "sursis_simple", "tig", "sme", "dispense_peine", "x"]
        ),
        firm_days=st.sampled_from([None, 0, 90, 400]),
        suspended_days=st.sampled_from([None, 90]),
    ),
    max_size=3,
).map(tuple)
CONVICTIONS = st.builds(
    Conviction,
    conviction_id=st.just("C"),
    decision_date=st.just(date(2010, 6, 1)),
    final_date=st.sampled_from([FINAL, FINAL, FINAL, None]),
    expired_date=st.one_of(st.none(), st.dates(FINAL, date(2016, 1, 1))),
    void_date=st.one_of(st.none(), st.dates(FINAL, date(2016, 1, 1))),
    facts=st.lists(OFFENCES.map(lambda x: replace(x, start_date=date(2009, 1, 1))), min_size=1, max_size=3).map(tuple),
    sentences=SENTENCES,
    measures=st.sampled_from(
        [
            (),
            (Record("measures", "M", date(2011, 1, 1), date(2012, 1, 1), code="LC", outcome="accomplie"),),
            (Record("measures", "M", date(2011, 1, 1), code="LC"),),
            (Record("measures", "M", date(2011, 1, 1), date(2012, 1, 1), code="SME", outcome="accomplie"),),
        ]
    ),
)  # fmt: skip


def link(first: Conviction, second: Facts) -> Finding:
    return classify(first, second, dossier=Dossier(AS_OF, (first,), (*first.facts, second)), book=BOOK)


@given(CONVICTIONS, OFFENCES, st.integers(1, 4000))
def test_later_facts_do_not_come_back_into_the_delay(first: Conviction, second: Facts, days: int) -> None:
    """Facts after the final decision that are out of the delay are still out of it when they are later."""
    later = replace(second, start_date=second.start_date + timedelta(days))
    out = {PairAnswer.NONE, PairAnswer.REITERATION}
    if link(first, second).answer in out:
        assert link(first, later).answer in out


@given(CONVICTIONS, OFFENCES, st.integers(1, 4000))
def test_nothing_but_concours_precedes_the_final_day(first: Conviction, second: Facts, days: int) -> None:
    """Facts before those that are in concours are in concours."""
    if link(first, second).answer == PairAnswer.CONCOURS:
        earlier = replace(second, start_date=second.start_date - timedelta(days))
        assert PairAnswer.CONCOURS == link(first, earlier).answer


@given(CONVICTIONS, OFFENCES, st.sampled_from(["month", "year"]))
def test_a_vague_date_is_never_surer(first: Conviction, second: Facts, precision: str) -> None:
    """What is said of facts known to the month or the year holds for the day on which they were."""
    vague = link(first, replace(second, date_precision=precision)).answer
    assert vague in {PairAnswer.UNDETERMINED, link(first, second).answer}


@given(CONVICTIONS.map(lambda x: replace(x, measures=(), void_date=None, sentences=())), OFFENCES)
def test_an_unknown_end_is_never_surer(first: Conviction, second: Facts) -> None:
    """What is said without the end of the sentence holds whatever that end is."""
    blind = link(replace(first, expired_date=None), second).answer
    assert blind in {PairAnswer.UNDETERMINED, link(first, second).answer}


@given(CONVICTIONS, OFFENCES)
def test_an_answer_explains_itself(first: Conviction, second: Facts) -> None:
    """Recidivism has a rule and a window that holds the facts; a doubt says what is missing."""
    found = link(first, second)
    if found.answer == PairAnswer.RECIDIVE:
        assert found.rule is not None
        assert found.window is not None
        assert found.window.start <= second.start_date
        assert found.window.end is None or second.start_date <= found.window.end
    assert bool(found.missing) == (found.answer == PairAnswer.UNDETERMINED)


@given(CONVICTIONS, st.lists(OFFENCES, max_size=4), st.randoms(use_true_random=False))
def test_order_of_rows_is_free(first: Conviction, others: list[Facts], shuffle: random.Random) -> None:
    """Facts of a conviction, its sentences and the facts around it may come in any order."""
    named = tuple(replace(x, offence_id=str(i)) for i, x in enumerate(others))
    mixed = replace(
        first,
        facts=tuple(shuffle.sample(first.facts, len(first.facts))),
        sentences=tuple(shuffle.sample(first.sentences, len(first.sentences))),
    )

    def answers(conviction: Conviction, facts: tuple[Facts, ...]) -> set[tuple[str, PairAnswer]]:
        dossier = Dossier(AS_OF, (conviction,), facts)
        return {(y.offence_id, classify(x, y, dossier=dossier, book=BOOK).answer) for x, y in pairs_of(dossier)}

    assert answers(first, named) == answers(mixed, tuple(shuffle.sample(named, len(named))))


@given(CONVICTIONS, OFFENCES)
def test_a_first_term_reaches_as_far_as_its_pairs(first: Conviction, second: Facts) -> None:
    """Facts that meet a rule after a conviction, surely or perhaps, are within what the conviction alone is said to open."""
    found, alone = link(first, second), first_term_of(first, dossier=Dossier(AS_OF, (first,), ()), book=BOOK)
    if isinstance(alone, Finding):
        assert alone.answer == found.answer or found.answer in {PairAnswer.CONCOURS, PairAnswer.UNDETERMINED}
    elif found.rule is not None and found.window is not None and found.answer != PairAnswer.REITERATION:
        (reach,) = [x for x in alone.reaches if x.rule == found.rule]
        assert reach.window == found.window
        assert reach.sure or found.answer == PairAnswer.UNDETERMINED
        if found.answer == PairAnswer.RECIDIVE and found.window.end is not None:
            assert alone.sure_end is not None
            assert found.window.end <= alone.sure_end


@given(st.sampled_from(sorted(CONDITIONS)), OFFENCES, OFFENCES)
def test_a_pair_never_meets_what_its_first_term_does_not(rule: str, first: Facts, second: Facts) -> None:
    """A rule that an offence may not stand first under is met by no pair that it opens; a doubt on it stays a doubt."""
    alone, pair = first_term(rule, first, book=BOOK).value, matches(rule, first, second, book=BOOK).value
    assert pair in {True: {True, False, None}, None: {None, False}, False: {False}}[alone]


def test_listed_contravention_stands_first() -> None:
    """The speeding whose repeat is a délit stands first under R6, to verify as the table is; another contravention does not."""
    speeding = Facts("x", AS_OF, nature="contravention", contravention_class=5, articles="ART.R413-14-1 C.ROUTE.")
    found = first_term("R6", speeding, book=BOOK)
    assert (True, True) == (found.value, found.to_verify)
    assert first_term("R6", replace(speeding, articles="ART.R625-1 C.PENAL."), book=BOOK).value is False
    assert first_term("R6", replace(speeding, articles="ART.L413-1 C.ROUTE."), book=BOOK).value is False


@given(st.lists(st.sampled_from([YES, NO, unknown("x")]), max_size=4))
def test_disjunction_is_kleene_s(verdicts) -> None:
    """One yes is a yes, else one unknown is unknown."""
    values = [x.value for x in verdicts]
    expected = True if True in values else None if None in values else False
    assert expected == any_of(*verdicts).value


@given(CONVICTIONS)
def test_doubling_doubles(first: Conviction) -> None:
    """Recidivism retained never brings rehabilitation sooner."""
    dates = [clearances(Dossier(AS_OF, (x,), ()), book=BOOK)["C"].day for x in (first, replace(first, retained=True))]
    assert (dates[0] is None) == (dates[1] is None)
    assert dates[0] is None or dates[0] < dates[1]  # type: ignore[operator]


def test_nothing_suspended_is_not_concerned() -> None:
    """A conviction without a suspended sentence has no day on which it is void."""
    firm = Conviction("C", date(2010, 6, 1), FINAL, sentences=(Sentence("C", "emprisonnement", firm_days=90),))
    assert ClearanceAnswer.NOT_CONCERNED == void_date(firm, Dossier(AS_OF, (firm,), ()), book=BOOK).answer


@given(st.lists(st.sampled_from([YES, NO, unknown("x")]), max_size=4))
def test_conjunction_is_kleene_s(verdicts) -> None:
    """One no is a no, else one unknown is unknown."""
    values = [x.value for x in verdicts]
    expected = False if False in values else None if None in values else True
    assert expected == all_of(*verdicts).value


@pytest.mark.parametrize("table", [legal_rules(), assimilations()], ids=["rules", "assimilations"])
def test_rows_carry_their_source(table) -> None:
    """Each row has a source, a confidence, an article, words, and ends after it began."""
    for row in table:
        assert row.source
        assert row.article
        assert row.words
        assert row.confidence in {"A", "B", "M"}
        assert row.valid_to is None or row.valid_from <= row.valid_to


def test_one_row_holds_on_a_day() -> None:
    """Two rows of one rule never hold on the same day."""
    for one in legal_rules():
        others = [x for x in legal_rules() if x.id == one.id and x is not one]
        assert [] == [x for x in others if x.valid_from <= one.valid_from <= (x.valid_to or date.max)]


def test_every_condition_has_its_rule() -> None:
    """The rules of recidivism of the table are those that the code knows."""
    assert set(CONDITIONS) == set(FIRST_TERMS) == {x.id for x in legal_rules() if x.kind == "recidivism"}


def test_every_kind_of_line_is_known() -> None:
    """The table says of each kind of line of the record whether it may be a first term."""
    assert set(RecordEntryType) == set(entry_kinds())
    assert {x.first_term for x in entry_kinds().values()} <= {"yes", "no", "unsure"}


def test_every_citation_is_read() -> None:
    """Each NATINF code of the project cites an article that is read; those of the Code pénal and of the road by their code."""
    for entry in natinf_entries():
        cited = citations(entry.articles)
        assert cited, entry.natinf_code
        if re.match(r"ART\.[LRD]?\.?[0-9-]+[^,]*C\.PENAL", entry.articles):
            assert cited[0].startswith("CP "), entry.articles


@pytest.mark.parametrize(
    ("natinf", "groups"),
    [
        ("7151", {"vol"}), ("58", {"vol"}), ("78", set()), ("69", set()), ("28153", {"vol", "violences"}),
        ("7145", {"violences"}), ("7173", set()), ("1122", {"sexuelles"}), ("1128", {"sexuelles"}), ("61", set()),
        ("224", {"conducteur"}), ("1247", {"conducteur", "route"}), ("50", {"conducteur", "route"}), ("41", {"conducteur", "route"}),
        ("51", set()), ("64", set()), ("7261", {"traite"}), ("7215", {"vol"}), ("12303", {"vol", "violences"}),
        ("180", set()), ("42", set()), ("1268", set()),
    ],
)  # fmt: skip
def test_groups_of_frequent_offences(natinf: str, groups: set[str]) -> None:
    """Where frequent offences stand in the groups of 132-16 ff., read from the articles that their code cites."""
    (entry,) = [x for x in natinf_entries() if x.natinf_code == natinf]
    assert groups == {x.group for x in memberships(entry.articles, entry.label, book=BOOK)}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Tentative de vol", "VOL"),
        ("RECIDIVE DE VOL", "VOL"),
        ("COMPLICITE D'ESCROQUERIE", "ESCROQUERIE"),
        (None, ""),
    ],
)
def test_labels_are_made_plain(label: str | None, expected: str) -> None:
    """An attempt, a repeat or a complicity is of the offence itself."""
    assert expected == plain(label)


def test_changes_of_law_come_in_order(sample_store) -> None:
    """Each change of law up to the day asked, its source told, what was not read to verify."""
    table = answer(sample_store, "lois", options={"until": "2020-12-31"})
    assert table.date.is_monotonic_increasing
    assert "24 mars 2020 : Sursis probatoire en place du SME" in "\n".join(table.words)
    assert table.source.str.len().min() > 0
    assert list(table.to_verify) == [x.endswith("À vérifier.") for x in table.words]
    assert max(table.date) <= date(2020, 12, 31)
    assert len(answer(sample_store, "lois", options={"until": "2026-01-01"})) == len(rows_of("changes.csv"))


@pytest.mark.parametrize("rule", sorted({x.id for x in legal_rules()}))
def test_page_lists_every_rule(rule: str) -> None:
    """docs/legal-clocks.md says each rule."""
    assert f"| {rule} |" in PAGE.read_text(encoding="utf-8")
