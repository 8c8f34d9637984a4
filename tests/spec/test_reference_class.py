"""A person's facts among recorded paths that began alike: who the people are, and what the fan holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frise_analysis.analysis.reference_class import (
    CAUTION,
    CURVE_COLUMNS,
    QUANTILES,
    class_of,
    class_words,
    curve,
    fan,
    reference_fan,
    too_few_words,
    within_years,
)
from frise_analysis.analysis.reference_sample import BANDS, MAJORITY, Criteria, Sample, criteria, store_sample
from frise_analysis.dates import DAYS_PER_YEAR, whole_years
from frise_analysis.vocabulary import CountUnit, Lane, OffenceFamily, Sex

FIRST, LATER = "2009-06-01", "2010-06-01"
#: person, sex, birth, family: alone of their kind beside the thirty-two men of 19 first seen for thefts.
OTHERS = (
    ("violent", "M", "1990-01-01", "violences"),
    ("thirty", "M", "1979-01-01", "vols_recel"),
    ("fourteen", "M", "1995-01-01", "vols_recel"),
    ("woman", "F", "1990-01-01", "vols_recel"),
    ("unknown", "X", "", "vols_recel"),
    ("ageless", "M", "", "violences"),
    ("future", "M", "2015-01-01", "vols_recel"),
)


def tables() -> dict[str, list[dict[str, str]]]:
    """Man number i has one offence, then i a year later; the last one dies three years after his first facts."""
    men = [
        {"person_id": f"m{i:02}", "sex": "M", "birth_date": "1990-01-01", "death_date": "2012-06-01" if i == 31 else ""}
        for i in range(32)
    ]
    others = [{"person_id": who, "sex": sex, "birth_date": birth} for who, sex, birth, _ in OTHERS]
    offences = [
        {"person_id": f"m{i:02}", "offence_start_date": day, "family": "vols_recel"}
        for i in range(32)
        for day in (FIRST, *[LATER] * i)
    ]
    offences += [{"person_id": who, "offence_start_date": FIRST, "family": family} for who, _, _, family in OTHERS]
    hidden = {"person_id": "m00", "decision_date": "2009-01-01"}
    convictions = [
        {**hidden, "conviction_id": "V", "void_date": "2012-01-01"},
        {**hidden, "conviction_id": "R", "rehabilitation_date": "2012-01-01"},
        {**hidden, "conviction_id": "W", "void_date": "2012-01-01", "person_id": "erased"},
    ]
    offences += [
        {
            "person_id": c["person_id"],
            "conviction_id": c["conviction_id"],
            "offence_start_date": "2008-06-01",
            "family": "route",
        }
        for c in convictions
    ]
    persons = [*men, *others, {"person_id": "nobody"}, {"person_id": "erased"}]
    return {"persons": persons, "offences": offences, "convictions": convictions}


@pytest.fixture(scope="module")
def found(people):
    return people(tables())


def row(found, person: str, years: float, **options) -> dict[str, object]:
    table = reference_fan(found.store, person_key=found.key(person), **options).set_index("street_years")
    return table.loc[years].to_dict()


WHICH = {
    "m00": "31 hommes dont les premiers faits enregistrés datent de leurs 18 à 20 ans (vols, recel)",
    "violent": "32 hommes dont les premiers faits enregistrés datent de leurs 18 à 20 ans",
    "thirty": "33 hommes dont les premiers faits enregistrés datent de leurs 18 ans ou plus",
    "fourteen": "36 hommes ayant des faits enregistrés",
    "woman": "38 personnes ayant des faits enregistrés",
    "unknown": "36 personnes dont les premiers faits enregistrés sont de la famille « vols, recel »",
    "ageless": "36 hommes ayant des faits enregistrés",
    "future": "34 hommes dont les premiers faits enregistrés sont de la famille « vols, recel »",
}


@pytest.mark.parametrize(("person", "expected"), WHICH.items())
def test_class_is_widened_until_thirty(found, person: str, expected: str) -> None:
    """Family first, then the band of age, age, sex; never the person; a sex, an age or a family not known is no criterion."""
    words = fan(found.store, found.path(person)).words
    assert expected == words.removeprefix("Parmi ").split(" : infractions")[0]


WIDENED = {
    "m00": [],
    "violent": ["sans regarder la famille des premiers faits."],
    "thirty": ["sans regarder la famille des premiers faits ni l’âge, sauf la majorité."],
    "fourteen": ["sans regarder la famille des premiers faits ni l’âge."],
    "woman": ["sans regarder la famille des premiers faits ni l’âge ni le sexe."],
    "unknown": [
        "Âge aux premiers faits inconnu : il n’est pas un critère.",
        "Sexe non précisé : il n’est pas un critère.",
    ],
    "ageless": [
        "sans regarder la famille des premiers faits.",
        "Âge aux premiers faits inconnu : il n’est pas un critère.",
    ],
}


@pytest.mark.parametrize(("person", "expected"), WIDENED.items())
def test_what_was_left_out_is_said(found, person: str, expected: list[str]) -> None:
    """The words say that the class was widened and how, and what is not known."""
    words = fan(found.store, found.path(person)).words
    said = words.split("la médiane.")[1].removesuffix(CAUTION).strip()
    why = ", pour réunir au moins 30 personnes observées assez longtemps"
    assert " ".join(expected) == said.removeprefix("Classe élargie, ").replace(why, "")
    assert (why in said) == (said.startswith("Classe élargie, "))


def test_words(found) -> None:
    """Who they are, what is counted, how the fan reads, what it is not."""
    expected = (
        "Parmi 31 hommes dont les premiers faits enregistrés datent de leurs 18 à 20 ans (vols, recel) : dates de faits depuis les "
        "premiers faits, selon le temps libre écoulé. Bande bleue foncée : la moitié d’entre eux ; bleue claire : huit sur dix ; trait "
        "fin : la médiane. Ce n’est ni une prévision ni une norme : des parcours enregistrés dans cette base, de longueurs inégales."
    )
    assert expected == fan(found.store, found.path("m00"), unit=CountUnit.FACT_DATES).words


def test_quantiles_by_hand(found) -> None:
    """Half a year after the first facts all count one; after a year, 2 to 32: quantiles at ranks 3, 7.5, 15, 22.5 and 27 of 0 to 30."""
    half, whole = row(found, "m00", 0.5), row(found, "m00", 1.0)
    assert [1, 1, 1, 1, 1] == [half[name] for name in QUANTILES]
    assert [5, 9.5, 17, 24.5, 29] == [whole[name] for name in QUANTILES]


def test_unit_of_count(found) -> None:
    """Facts of one day are one date of facts."""
    later = row(found, "m00", 1.0, unit=CountUnit.FACT_DATES)
    assert [2, 2, 2, 2, 2] == [later[name] for name in QUANTILES]


def test_people_leave_the_fan(found) -> None:
    """Thirty-one are observed up to the death of one, three years on; then the thirty others, without his thirty-two offences."""
    before, after = row(found, "m00", 3.0), row(found, "m00", 3.5)
    assert [(31, 29, 31), (30, 28.1, 31)] == [(x["observed"], x["high90"], x["n"]) for x in (before, after)]


def test_fan_ends_with_thirty_people(found) -> None:
    """Thirty are observed for 5357 days: 29 half-years; without one of them, up to the death three years on."""
    assert 14.5 == reference_fan(found.store, person_key=found.key("m00"))["street_years"].iloc[-1]
    sample = store_sample(found.store)
    thirty = np.isin(sample.keys, [found.key(f"m{i:02}") for i in range(2, 32)])
    assert 3.0 == curve(sample, thirty, unit=CountUnit.OFFENCES)["street_years"].iloc[-1]


def test_half_years_follow_each_other(found) -> None:
    """A row for each half-year from the first facts on."""
    table = reference_fan(found.store, person_key=found.key("m00"))
    assert [i / 2 for i in range(30)] == table["street_years"].tolist()


def test_hidden_lines_are_left_out(found) -> None:
    """Void and rehabilitated lines neither make anybody a member, nor move the first facts; shown, they move those of the person."""
    sample = store_sample(found.store)
    assert found.key("erased") not in sample.keys
    place = list(sample.keys).index(found.key("m00"))
    assert (19, 5357) == (sample.ages[place], sample.street_days[place])
    assert [0] == sample.fact_days[sample.member == place].tolist()
    assert (OffenceFamily.VOLS, OffenceFamily.ROUTE) == tuple(
        criteria(found.path("m00", with_void=x)).family for x in (False, True)
    )


def test_family_that_is_not_known_is_no_criterion(found) -> None:
    """A code that the vocabulary does not have is asked of nobody."""
    path = found.path("m00")
    facts = tuple(replace(r, code="inventée") for r in path.all_records if not r.void)
    assert criteria(replace(path, all_records=facts, _by_lane={})).family is None


@pytest.mark.parametrize(
    ("person", "unit", "expected"),
    [
        ("nobody", CountUnit.OFFENCES, "Aucun fait enregistré. Rien à comparer."),
        (
            "m00",
            CountUnit.CONVICTIONS,
            "Pas de comparaison en condamnations : comptez en infractions ou en dates de faits.",
        ),
    ],
)
def test_no_fan_is_said(found, person: str, unit: CountUnit, expected: str) -> None:
    """Where there is no fan, one row without numbers says why, and the curve is empty."""
    table = reference_fan(found.store, person_key=found.key(person), unit=unit)
    assert [expected] == table["class_words"].tolist()
    assert table[CURVE_COLUMNS].isna().all(axis=None)
    assert fan(found.store, found.path(person), unit=unit).curve.empty


@pytest.mark.parametrize(
    ("number", "held"),
    [
        (0, "aucune autre personne"),
        (1, "une seule autre personne"),
        (2, "2 autres personnes"),
        (29, "29 autres personnes"),
    ],
)
def test_small_store_has_no_fan(people, number: int, held: str) -> None:
    """Under thirty other people with facts there is nothing to be shown among."""
    small = people({"offences": [{"person_id": f"p{i}", "offence_start_date": FIRST} for i in range(number + 1)]})
    expected = f"Pas de comparaison : la base compte {held} ayant des faits enregistrés, il en faut au moins 30."
    assert [expected, expected] == [too_few_words(number), fan(small.store, small.path("p0")).words]


def test_thirty_others_are_enough(people) -> None:
    """Thirty people beside the person make a class: it is not widened to the woman."""
    persons = [{"person_id": f"p{i:02}", "sex": "F" if i == 31 else "M"} for i in range(32)]
    offences = [{"person_id": f"p{i:02}", "offence_start_date": FIRST, "family": "route"} for i in range(32)]
    enough = people({"persons": persons, "offences": offences})
    found = fan(enough.store, enough.path("p00"))
    assert 30 == found.people
    assert found.words.startswith(
        "Parmi 30 hommes dont les premiers faits enregistrés sont de la famille « circulation routière »"
    )


PEOPLE_WORDS = [
    (
        Criteria(Sex.FEMALE, BANDS[0]),
        "84 femmes dont les premiers faits enregistrés datent d’avant leurs 16 ans",
        "elles",
    ),
    (Criteria(Sex.MALE, BANDS[1]), "84 hommes dont les premiers faits enregistrés datent de leurs 16 ou 17 ans", "eux"),
    (Criteria(None, BANDS[3]), "84 personnes dont les premiers faits enregistrés datent de leurs 21 à 25 ans", "elles"),
    (
        Criteria(Sex.FEMALE, BANDS[4]),
        "84 femmes dont les premiers faits enregistrés datent de leurs 26 à 35 ans",
        "elles",
    ),
    (
        Criteria(Sex.MALE, BANDS[5]),
        "84 hommes dont les premiers faits enregistrés datent de leurs 36 ans ou plus",
        "eux",
    ),
    (
        Criteria(Sex.MALE, MAJORITY[0]),
        "84 hommes dont les premiers faits enregistrés datent d’avant leurs 18 ans",
        "eux",
    ),
    (Criteria(Sex.FEMALE), "84 femmes ayant des faits enregistrés", "elles"),
]


@pytest.mark.parametrize(("kept", "who", "pronoun"), PEOPLE_WORDS)
def test_words_agree(kept: Criteria, who: str, pronoun: str) -> None:
    """Nouns and pronouns follow the sex, ages are said as one says them."""
    first, second, *_ = class_words(kept, kept, people=84, unit=CountUnit.OFFENCES)
    assert f"Parmi {who} : infractions depuis" == first.split(" les premiers faits, selon")[0]
    assert f"la moitié d’entre {pronoun} ;" in second


def test_large_store_says_what_is_read(found, monkeypatch) -> None:
    """One person in so many of a large store is read, and it is said."""
    from frise_analysis.analysis import reference_class

    part = replace(store_sample(found.store), one_in=2)
    monkeypatch.setattr(reference_class, "store_sample", lambda _: part)
    assert "La base est grande : une personne sur 2 y est lue." in fan(found.store, found.path("m00")).words


@pytest.mark.parametrize(
    ("years", "expected"), [(0.0, [1]), (0.5, [1, 1]), (0.75, [1, 1, 9]), (30, [1, 1, *[17] * 5, *[16.5] * 23])]
)
def test_curve_is_cut_at_a_time(found, years: float, expected: list[float]) -> None:
    """The last point stands between two half-years: halfway between 1 and 17."""
    table = within_years(fan(found.store, found.path("m00")).curve, years)
    assert expected == table["median"].tolist()
    assert min(years, 14.5) == table["street_years"].iloc[-1]


def test_sample_is_what_paths_say(samples, some_paths) -> None:
    """The SQL of the sample gives what a path of each person gives: sex, age, family, street time, facts."""
    sample = store_sample(samples.store)
    for shown in some_paths:
        path = samples.path(shown.person.person_id)
        place = list(sample.keys).index(path.person.person_key) if path.fact_dates else None
        if place is None:
            assert path.person.person_key not in sample.keys
            continue
        facts = sample.member == place
        expected = sorted(path.clock.days(day) for day in path.event_dates(CountUnit.OFFENCES))
        assert expected == sorted(np.repeat(sample.fact_days[facts], sample.offences[facts]))
        assert len(path.fact_dates) == facts.sum()
        assert path.clock.days(path.end) == sample.street_days[place]
        assert whole_years(path.person.birth, path.first_facts) == sample.ages[place]
        assert list(OffenceFamily).index(path.lane(Lane.FACTS)[0].code) == sample.families[place]
        assert list(Sex).index(path.person.sex) == sample.sexes[place]


@st.composite
def sample_of(draw) -> Sample:
    people = draw(st.integers(30, 45))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    lengths = np.sort(rng.integers(0, 4000, people))[::-1]
    facts = [np.unique(np.append(rng.integers(0, end + 1, rng.integers(0, 9)), 0)) for end in lengths]
    sizes = [len(days) for days in facts]
    return Sample(
        rng.permutation(people) + 1, rng.integers(0, 3, people), rng.integers(-1, 60, people), rng.integers(0, 13, people), lengths,
        np.repeat(np.arange(people), sizes), np.concatenate(facts), rng.integers(1, 4, sum(sizes)),
    )  # fmt: skip


@settings(max_examples=30)
@given(sample=sample_of(), unit=st.sampled_from([CountUnit.OFFENCES, CountUnit.FACT_DATES]))
def test_curve_is_what_counting_gives(sample: Sample, unit: CountUnit) -> None:
    """At each half-year, numpy's quantiles of the facts counted one by one among those observed, thirty at least."""
    table = curve(sample, np.ones(len(sample.keys), dtype=bool), unit=unit)
    weights = np.ones_like(sample.offences) if unit == CountUnit.FACT_DATES else sample.offences
    everyone = [
        (end, np.repeat(sample.fact_days, weights * (sample.member == i))) for i, end in enumerate(sample.street_days)
    ]
    for found in table.to_dict("records"):
        day = found["street_years"] * DAYS_PER_YEAR
        counts = [sum(days <= day) for end, days in everyone if end >= day]
        assert len(counts) == found["observed"]
        assert len(counts) >= 30
        assert pytest.approx(list(np.quantile(counts, list(QUANTILES.values())))) == [found[x] for x in QUANTILES]
    following = (table["street_years"].iloc[-1] + 0.5) * DAYS_PER_YEAR
    assert sum(sample.street_days >= following) < 30


@given(sample=sample_of())
def test_quantiles_stand_in_order(sample: Sample) -> None:
    """The bands never cross, and each holds the median."""
    table = curve(sample, np.ones(len(sample.keys), dtype=bool), unit=CountUnit.OFFENCES)
    assert (table[list(QUANTILES)].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)


@given(
    sample=sample_of(),
    sex=st.sampled_from([None, "F", "M"]),
    age=st.integers(-1, 60),
    family=st.sampled_from(list(OffenceFamily)),
)
def test_person_is_left_out(sample: Sample, sex: str | None, age: int, family: str) -> None:
    """Whatever is asked, the person is no member; a class short of thirty is that of everybody else."""
    asked = Criteria(sex, next((band for band in BANDS if band.first <= age < band.end), None), family)
    kept, chosen = class_of(sample, asked, without=1)
    assert not chosen[sample.keys == 1].any()
    assert chosen.sum() >= 30 or (Criteria() == kept and chosen.sum() == len(sample.keys) - 1)


@given(sample=sample_of(), days=st.integers(0, 20_000))
def test_class_is_observed_long_enough(sample: Sample, days: int) -> None:
    """A class narrower than everybody has thirty people still observed half of the person's days: its fan reaches there."""
    asked = Criteria("M", BANDS[2], OffenceFamily.VOLS)
    kept, chosen = class_of(sample, asked, without=1, days=days)
    assert kept == Criteria() or (sample.street_days[chosen] >= days / 2).sum() >= 30


def test_bands_leave_no_gap() -> None:
    """Every age from birth on is in one band, and bands follow each other."""
    for bands in (BANDS, MAJORITY):
        assert [0, *(band.end for band in bands[:-1])] == [band.first for band in bands]
