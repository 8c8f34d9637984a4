"""One screen says one thing: the time since the last facts, whether a rate is told, and about what is approximate."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from frise_analysis.analysis.desistance import approximate, few_words, since_words, told_rate
from frise_analysis.analysis.intervals import interval_shape
from frise_analysis.analysis.rate import rate
from frise_analysis.analysis.robustness import robustness, spread_words
from frise_analysis.analysis.static_factors import static_factors
from frise_analysis.analysis.summary import figures
from frise_analysis.analysis.synthesis import synthesis_sentences
from frise_analysis.analysis.trajectory import offence_types
from frise_analysis.analysis.words import words
from frise_analysis.dashboards import rendering
from frise_analysis.dashboards.frames import parcours_frames
from frise_analysis.dashboards.life_event_page import DIRECTIONS
from frise_analysis.dashboards.panels import frequency, legal
from frise_analysis.dashboards.twins import table_rows
from frise_analysis.vocabulary import Clock, CountUnit, Lane, LifeDirection

UNSURE = "On ne peut pas conclure."


@pytest.mark.parametrize(("person", "expected"), [("P-0012", "1 an 11 mois"), ("P-0199", "1 an 7 mois")])
def test_time_since_the_last_facts_is_one_value(samples, person: str, expected: str) -> None:
    """The header, the factors, the chart and the choices of counting say the same words, by the calendar."""
    path = samples.path(person)
    frames = parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR)
    assert expected == since_words(path) == figures(path)[1].headline
    assert expected == static_factors(path).set_index("name").loc["Temps libre depuis les derniers faits", "value"]
    assert f" : {expected} en liberté." in frames.intervals["words"].iloc[-1]


def test_everybody_reads_one_value(all_paths) -> None:
    """Whoever the person: the same words in the header, the intervals, the synthesis and the range of the choices."""
    for path in (x for x in all_paths.values() if x.fact_dates):
        said = since_words(path)
        headline = figures(path)[1].headline
        assert said == headline[:1].lower() + headline[1:]
        shape = interval_shape(path)["words"].iloc[0]
        assert UNSURE in shape or shape.startswith(f"Intervalle ouvert : {said}, ")
        (since,) = [s.text for s in synthesis_sentences(path) if s.topic == "depuis"]
        assert said in since
        assert approximate(path, path.fact_dates[-1]) == bool(re.match("environ|moins", said))


def test_range_of_the_choices_holds_the_screen(some_paths) -> None:
    """The value of the screen lies within the range that is said of it, in the same words where it is an end."""
    for path in some_paths:
        rows = robustness(path).query("indicator == 'since'")
        if rows["value"].isna().any():
            continue
        screen, ends = rows.iloc[0], rows["value"].agg(["min", "max"])
        assert ends["min"] <= screen["value"] <= ends["max"]
        spread = spread_words(rows)
        assert spread == "ne change pas" or screen["value"] not in set(ends) or str(screen["words"]).lower() in spread


def test_one_threshold_for_a_rate(samples) -> None:
    """Where the synthesis refuses a rate, no figure is told: neither on the chart, nor in the factors, the panel, or the choices."""
    told = refused = 0
    for person in samples.ids()[:120]:
        path = samples.path(person)
        sentence = next((s.text for s in synthesis_sentences(path) if s.topic == "rythme"), None)
        if sentence is None:
            continue
        few = sentence == few_words(path)
        told, refused = told + (not few), refused + few
        factor = static_factors(path).set_index("name").loc["Rythme en temps libre", "value"]
        assert few == (factor == UNSURE)
        for unit in CountUnit:
            frames = parcours_frames(path, unit=unit, clock=Clock.CALENDAR)
            assert frames.mean.empty == (told_rate(path, unit=unit) is None)
            assert not few or (frames.mean.empty and "moyenne" not in frames.notes["rate"])
        section = frequency(samples.store, path)[0]
        lines = [line.text for line in section.lines]
        assert few == (lines == [few_words(path)]) == (section.rows == ())
    assert min(told, refused) > 10


def test_words_of_few_dates(people) -> None:
    """How many dates there are, how many it takes; on both rows of the table, and nothing else in the panel."""
    made = people("offences\nperson_id | offence_start_date\n" + "\n".join(f"P | 201{n}-01-01" for n in range(4)))
    expected = "4 dates de faits ; il en faut 5 pour parler d’un rythme. On ne peut pas conclure."
    assert [expected] == list(rate(made.store, person_key=made.key("P"))["words"])
    section = frequency(made.store, made.path("P"))[0]
    assert ([expected], ()) == ([line.text for line in section.lines], section.rows)


def test_the_mean_names_its_unit(samples) -> None:
    """A mean says of what: in the singular below two."""
    notes = [
        parcours_frames(samples.path(x), unit=CountUnit.OFFENCES, clock=Clock.CALENDAR).notes["rate"]
        for x in ("P-0404", "P-0120")
    ]
    assert "moyenne : 1,19 infraction par année de liberté" == notes[0]
    assert re.fullmatch(r"moyenne : 2,\d\d infractions par année de liberté", notes[1])


def test_no_facts_is_one_sentence(samples) -> None:
    """Without facts the panel of frequency is one sentence under one heading."""
    sections = frequency(samples.store, samples.path("P-0058"))
    assert [["Aucun fait enregistré."]] == [[line.text for line in x.lines] for x in sections]


def test_one_date_is_in_the_singular(samples) -> None:
    """« 1 des 1 date de faits, de 3 ans à 3 ans » is not French."""
    gravity = frequency(samples.store, samples.path("P-0012"))[-1]
    assert ["Peine encourue connue pour la seule date de faits : 3 ans."] == [line.text for line in gravity.lines]


def test_pairs_say_their_dates_as_recorded_and_how_many(samples) -> None:
    """A pair is dated no more precisely than its facts; the list that is cut says so."""
    lines = [line.text for line in legal(samples.store, samples.path("P-0120"))[0].lines]
    assert [] == [x for x in lines if "faits du 1er janvier 2004" in x]
    assert [x for x in lines if "puis faits enregistrés courant 2004 (" in x]
    assert [x for x in lines if "puis faits du 17 août 2002 (" in x]
    assert "Les 12 premières sur 80." == lines[-1]
    assert 15 == len(lines)


def test_a_list_that_is_whole_says_nothing(samples) -> None:
    """Under the number that is shown, no line speaks of a cut."""
    lines = [line.text for line in legal(samples.store, samples.path("P-0404"))[0].lines]
    assert [] == [x for x in lines if "premières sur" in x]


def test_an_educational_measure_is_no_sentence(samples) -> None:
    """« Peine : mesure éducative » is never said; the decision is still counted among convictions, everywhere alike."""
    path = samples.path("P-0404")
    said = [words(r, path) for r in path.lane(Lane.CONVICTIONS)]
    assert [] == [x for x in said if re.search("Peine : mesure éducative", x)]
    assert [x for x in said if "Mesure : mesure éducative" in x]
    (condemned,) = [s.text for s in synthesis_sentences(path) if s.topic == "condamnations"]
    assert (True, True) == ("condamné 8 fois" in condemned, figures(path)[0].words.startswith("8 condamnations"))


def test_families_that_tie_come_by_name(people) -> None:
    """Equal counts are in one order: in the sentence, the table and the filter, and in the rows the chart is drawn from."""
    path = people(
        "offences\nperson_id | offence_start_date | family\nP | 2010-01-01 | vols_recel\nP | 2011-01-01 | stupefiants\nP | 2012-01-01 | route"
    ).path("P")
    expected = ["Circulation routière", "Stupéfiants", "Vols, recel"]
    frames = parcours_frames(path, unit=CountUnit.OFFENCES, clock=Clock.CALENDAR)
    assert expected == list(frames.offences["family_label"]) == list(offence_types(path)["family_label"])
    (said,) = [s.text for s in synthesis_sentences(path) if s.topic == "nature"]
    assert "3 familles : circulation routière (1) ; stupéfiants (1) ; vols, recel (1)." == said


def test_what_is_missing_is_an_empty_cell() -> None:
    """No mark of the machine for a missing value, of whichever kind."""
    frame = pd.DataFrame({"a": pd.Series([pd.NA], dtype="Int64"), "b": [None], "c": [float("nan")], "d": [pd.NaT]})
    assert [["", "", "", ""]] == table_rows(frame)


def test_one_name_for_neither_way(people) -> None:
    """The direction that is neither has one name in tables, form and legend; files that give it its former name are read."""
    neutral = LifeDirection.NEUTRAL
    assert "ni appui ni difficulté" == neutral.label == dict(DIRECTIONS)[neutral]
    assert f"carré, {neutral.label}." in " ".join(str(x) for x in vars(rendering).values() if isinstance(x, str))
    former = "life_events\nperson_id | start_date | domain | direction\nP | 2020-01-01 | work | sans orientation"
    (event,) = people(former).path("P").lane(Lane.LIFE_EVENTS)
    assert neutral == event.outcome
