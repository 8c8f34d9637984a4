"""No sentence of the synthesis contradicts the tables: each number is counted again from the records, another way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from frise_analysis.analysis.person_path import PersonPath
from frise_analysis.analysis.synthesis import synthesis_sentences

NOT_CONVICTIONS = {
    "composition_penale",
    "amende_forfaitaire_delictuelle",
    "ajournement",
    "irresponsabilite_penale",
    "autre",
}
AWAY = {"detention", "detention_provisoire", "contrainte_judiciaire"}
CUT = {"revoquee", "revoquee_partiellement", "retiree"}
NO_ACHIEVEMENT = {"DP", "ESR", "AJI"}


def rows(path: PersonPath, lane: str) -> list:
    return [r for r in path.records if r.lane == lane]


def days_away(path: PersonPath) -> set[date]:
    """Each night in custody, one by one."""
    spans = [(r.start_date, min(r.end_date or path.end, path.end)) for r in rows(path, "custody") if r.code in AWAY]
    return {start + timedelta(days=n) for start, end in spans for n in range(max(0, (end - start).days))}


def number(text: str) -> int:
    """The first number of a sentence; « une fois » is one, « aucun » none."""
    found = re.search(r"\d[\d\u202f]*|\bune fois\b|^Auc", text)
    assert found is not None, text
    return {"une fois": 1, "Auc": 0}.get(found[0]) if not found[0][0].isdigit() else int(found[0].replace("\u202f", ""))  # type: ignore[return-value]


def kinds(path: PersonPath) -> int:
    return len({r.code for r in rows(path, "facts")})


#: Topic -> what its first number must be, counted without the functions of the synthesis.
AGAIN: dict[str, Callable[[PersonPath], int]] = {
    "condamnations": lambda p: sum(r.code not in NOT_CONVICTIONS for r in rows(p, "convictions")),
    "couple": lambda p: sum(r.intimate_partner for r in rows(p, "facts")),
    "détention": lambda p: len(days_away(p)),
    "réussites": lambda p: sum(r.outcome == "accomplie" and r.code not in NO_ACHIEVEMENT for r in rows(p, "measures")),
    "interruptions": lambda p: sum(r.outcome in CUT for r in rows(p, "measures")),
    "manquements": lambda p: len(rows(p, "breaches")),
    "vie": lambda p: len(rows(p, "life_events")),
}


@pytest.mark.parametrize("topic", AGAIN)
def test_numbers_are_those_of_the_records(all_paths, topic: str) -> None:
    """For every sample person: the number said is the number counted, and nothing is said only where there is nothing."""
    told = 0
    for person, path in all_paths.items():
        sentences = [s for s in synthesis_sentences(path) if s.topic == topic]
        again = AGAIN[topic](path)
        assert (person, again > 0 or topic == "condamnations") == (person, bool(sentences))
        told += len(sentences)
        assert [] == [(person, s.text, again) for s in sentences if number(s.text) != again]
    assert told > 5, "the samples do not try this sentence"


def test_families_are_those_of_the_records(all_paths) -> None:
    """As many families as codes; the numbers between brackets add up to the offences."""
    for path in all_paths.values():
        for sentence in (s for s in synthesis_sentences(path) if s.topic == "nature"):
            several = re.match(r"(\d+) familles", sentence.text)
            assert kinds(path) == (int(several[1]) if several else 1)
            assert len(rows(path, "facts")) == sum(int(x) for x in re.findall(r"\((\d+)\)", sentence.text))


def test_facts_and_their_dates(all_paths) -> None:
    """Offences, dates and years are those of the records."""
    for path in all_paths.values():
        text, days = synthesis_sentences(path)[0].text, {r.start_date for r in rows(path, "facts")}
        found = [int(x) for x in re.findall(r"\d+", text.replace("\u202f", ""))]
        ends = [min(days).year, max(days).year] if days else []
        expected = [len(rows(path, "facts")), *([len(days), *ends] if len(days) > 1 else ends[:1])] if days else []
        assert expected == found, text


def test_longest_stretch_is_the_longest(all_paths) -> None:
    """No two consecutive dates of facts have more nights at liberty between them than the pair that is named."""
    for path in all_paths.values():
        sentence = next((s for s in synthesis_sentences(path) if s.topic == "intervalle"), None)
        days = sorted({r.start_date for r in rows(path, "facts")})
        assert (len(days) > 1) == (sentence is not None)
        if sentence is None:
            continue
        away = days_away(path)
        free = {(a, b): sum(a + timedelta(days=n) not in away for n in range((b - a).days)) for a, b in pairwise(days)}  # fmt: skip
        named = {r.start_date for r in rows(path, "facts") if f"facts:{r.record_id}" in sentence.keys}
        assert max(free.values()) == free[min(named), max(named)]


def test_running_measures_are_named(all_paths) -> None:
    """Each running measure is behind the sentence of what is going on, and no ended one."""
    for path in all_paths.values():
        (sentence,) = [s for s in synthesis_sentences(path) if s.topic == "en cours"]
        running = {f"measures:{r.record_id}" for r in rows(path, "measures") if r.end_date is None}
        assert running == set(sentence.keys)


def test_order_is_kept(all_paths) -> None:
    """Topics come once each, in one order for everybody."""
    orders = [[s.topic for s in synthesis_sentences(path)] for path in all_paths.values()]
    assert max(Counter(topic for order in orders for topic in set(order)).values()) == len(orders)
    assert all(len(order) == len(set(order)) for order in orders)
