"""The documents as PDF: what they say, on how many pages, for whom they can be read, and what no text can make them do."""

from __future__ import annotations

import dataclasses
import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
from report_documents import HOSTILE, LEGAL, MADE_ON, asked_of, content_of, read, squeezed

from frise_analysis.analysis.headings import person_heading
from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.own_words import own_sentences
from frise_analysis.analysis.typography import spaced, spaced_on_screen
from frise_analysis.dates import full_date
from frise_analysis.report import typeface
from frise_analysis.report.content import Purpose, own_heading, own_page_content
from frise_analysis.report.notices import FICTIONAL, OFFICER, OWN_FRISE_KEY, OWN_FRISE_TOO_HIGH, PERSON
from frise_analysis.report.pdf import own_page_pdf, synthesis_pdf

#: People of the samples with no, one, about ten and about sixty facts.
WHO = {"none": "P-0058", "one": "P-0012", "dozen": "P-0271", "sixty": "P-0120"}
ARABIC = "مرحبا بالعالم"
#: What a PDF can do besides being read.
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/URI",
    "/Launch",
    "/OpenAction",
    "/AA",
    "/EmbeddedFile",
    "/SubmitForm",
    "/GoToR",
    "/Annots",
    "/F",
}


@pytest.fixture(scope="module")
def content(samples):
    return cache(lambda who: content_of(samples.store, samples.path(WHO[who])))


@pytest.fixture(scope="module")
def made(content):
    return cache(lambda who: synthesis_pdf(content(who)))


@pytest.fixture(scope="module")
def own(samples):
    @cache
    def of(who: str):
        path = interview_path(samples.path(WHO[who]))
        told = [sentence.text for sentence in own_sentences(path)]
        return own_page_content(samples.store, path, asked=asked_of(path), sentences=told)

    return of


def dense() -> dict[str, list[dict[str, object]]]:
    """One person with sixty facts, thirty measures and twenty life events."""
    days = [date(2004, 3, 1) + timedelta(days=110 * i) for i in range(60)]
    return {
        "persons": [{"person_id": "D", "sex": "F", "birth_date": "1980-02-03"}],
        "convictions": [{"person_id": "D", "conviction_id": f"C{i}", "decision_date": day + timedelta(90)} for i, day in enumerate(days)],
        "offences": [{"person_id": "D", "offence_id": f"O{i}", "conviction_id": f"C{i}", "offence_start_date": day} for i, day in enumerate(days)],
        "measures": [
            {"person_id": "D", "measure_id": f"M{i}", "start_date": day, "end_date": day + timedelta(300), "outcome": "revoquee" if i % 3 == 0 else "accomplie"}
            for i, day in enumerate(days[:30])
        ],
        "life_events": [
            {"person_id": "D", "event_id": f"E{i}", "start_date": day, "direction": "support", "label": f"Évènement numéro {i}"}
            for i, day in enumerate(days[:20])
        ],
    }  # fmt: skip


@pytest.mark.parametrize(("who", "pages"), [("none", 1), ("one", 2), ("dozen", 2), ("sixty", 2)])
def test_pages(made, who: str, pages: int) -> None:
    """A short path holds on one page or two; a long one on two."""
    assert pages >= len(read(made(who)).pages)


def test_sixty_facts_and_thirty_measures_hold_on_two_pages(people) -> None:
    """What two pages cannot hold is counted in words, the last measures kept, those carried through with the others."""
    found = people(dense())
    sheets = read(synthesis_pdf(content_of(found.store, found.path("D"))))
    assert 2 == len(sheets.pages)
    assert squeezed("30 mesures : 20 accomplies, 10 interrompues, 0 en cours.") in sheets.text
    assert "autresmesures,plusanciennes:voirl’écran." in sheets.text
    first, last = (squeezed(full_date(date(2004, 3, 1) + timedelta(110 * i))) for i in (0, 29))
    table = sheets.text[sheets.text.index("MesureDatesIssue") :].split("Évènementsdevie")[0]
    assert (False, True) == (f"du{first}" in table, f"du{last}" in table)
    assert (True, True) == ("Accomplie" in table, "Révoquée" in table)
    assert squeezed(OFFICER[-1]) in sheets.text


@pytest.mark.parametrize("who", WHO)
def test_tagged_french_and_titled(made, content, who: str) -> None:
    """The file says that it is tagged for accessibility, in French, and shows its title."""
    sheets = read(made(who))
    assert (True, "fr-FR", True) == (
        sheets.root["/MarkInfo"]["/Marked"],
        sheets.root["/Lang"],
        "/StructTreeRoot" in sheets.root,
    )
    assert content(who).title == sheets.reader.metadata.title
    assert True is sheets.root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b"<pdfuaid:part>1</pdfuaid:part>" in sheets.root["/Metadata"].get_data()


def test_structure(made) -> None:
    """Headings, lists, tables with their heading cells and one figure, in the order of the page."""
    kinds = [str(element["/S"]) for element in read(made("dozen")).elements()]
    assert ("/Title", 1, 3) == (kinds[1], kinds.count("/Figure"), kinds.count("/Table"))
    assert {"/H1", "/L", "/LI", "/TH", "/TD", "/P"} <= set(kinds)
    assert kinds.count("/TH") == 2 + 2 + 3


@pytest.mark.parametrize("who", WHO)
def test_every_figure_is_described(made, content, who: str) -> None:
    """The picture has its words, which point to the text."""
    told = [str(element["/Alt"]) for element in read(made(who)).elements() if element["/S"] == "/Figure"]
    assert [spaced(content(who).frise_words)] == told
    assert told[0].endswith("Le texte de ce document dit la même chose.")


@pytest.mark.parametrize("who", WHO)
def test_typefaces_are_in_the_file(made, who: str) -> None:
    """Nothing is left to the machine that opens it."""
    found = read(made(who)).fonts()
    assert found
    assert all(found.values())
    assert all("IBMPlexSans" in name or "NotoSansArabic" in name for name in found)


@pytest.mark.parametrize("who", WHO)
def test_reading_order(made, content, who: str) -> None:
    """The text holds the heading, the figures, the sentences, the ledger, the measures and the notice, in that order."""
    said, text = content(who), read(made(who)).text
    wanted = [
        said.heading,
        said.figures[0].headline,
        *said.sentences,
        said.factors[0][0],
        said.measures_summary,
        *LEGAL,
        *OFFICER,
    ]
    places, at = [], 0
    for words in wanted:
        at = text.index(squeezed(words), at)
        places.append(at)
    assert sorted(places) == places


@pytest.mark.parametrize("who", WHO)
def test_stamp_on_each_page(made, samples, who: str) -> None:
    """Each page says for whom, why, of which day, by which rules, from which data, and its number."""
    pages = [squeezed(page) for page in read(made(who)).pages]
    load = samples.store.info.load_id[:8]
    wanted = [
        "usage interne SPIP",
        Purpose.JUDGE.label,
        "document du 05/11/2024",
        "règles au 30/09/2024",
        "extraction du 30/09/2024",
        load,
    ]
    for number, page in enumerate(pages, 1):
        assert [] == [x for x in [*wanted, f"page {number}/{len(pages)}"] if squeezed(x) not in page]


def test_fictional_is_said(people) -> None:
    """Fictional people are said to be; real ones never."""
    tables = {"persons": [{"person_id": "P"}]}
    texts = []
    for fictional in (True, False):
        found = people(tables, fictional=fictional)
        texts.append(read(synthesis_pdf(content_of(found.store, found.path("P")))).text)
    assert [True, False] == [squeezed(FICTIONAL) in text for text in texts]


def test_same_content_same_bytes(content, made) -> None:
    """No clock and no chance goes in; another day is another file."""
    later = dataclasses.replace(
        content("one"), stamp=dataclasses.replace(content("one").stamp, made_on=MADE_ON + timedelta(1))
    )
    assert made("one") == synthesis_pdf(content("one")) != synthesis_pdf(later)


@pytest.mark.parametrize("who", ["dozen", "sixty"])
def test_the_file_does_nothing(made, who: str) -> None:
    """No script, no link, no attached file, nothing to fetch."""
    assert set() == {name for item in read(made(who)).objects() for name in item} & ACTIVE


@pytest.fixture(scope="module")
def hostile(people):
    """One person for each hostile text, which every free field of their records holds."""
    day = {"start_date": "2015-01-01"}
    rows = [({"person_id": f"H{i:02}"}, text) for i, text in enumerate((*HOSTILE, ARABIC))]
    return people({
        "life_events": [{**own, **day, "direction": "support", "label": text} for own, text in rows],
        "measures": [{**own, **day, "measure_code": text, "end_date": "2016-01-01", "outcome": text} for own, text in rows],
        "offences": [{**own, "offence_start_date": "2014-05-01", "label": text, "family": text} for own, text in rows],
    })  # fmt: skip


def hostile_sheets(hostile, number: int, text: str):
    """A document in which the text stands everywhere: heading, sentence, both cells of the ledger, measure, event, landmark, stamp."""
    said = content_of(hostile.store, hostile.path(f"H{number:02}"), heading=text, legal=(text,))
    stamp = dataclasses.replace(said.stamp, service=text, source=text)
    everywhere = dataclasses.replace(said, sentences=(text,), factors=((text, text),), life_events=(text,), stamp=stamp)
    return read(synthesis_pdf(everywhere))


@pytest.mark.parametrize(("number", "text"), list(enumerate(HOSTILE)), ids=[x[:14] for x in HOSTILE])
def test_hostile_text_is_text(hostile, number: int, text: str) -> None:
    """Whatever a record or a caller says comes out as it is written, cut where it is endless, and does nothing."""
    sheets = hostile_sheets(hostile, number, text)
    start = squeezed(typeface.printable(text, longest=60)).rstrip("…")
    assert 7 + 2 * len(sheets.pages) <= sheets.text.count(start)
    assert 2 >= len(sheets.pages)
    assert set() == {name for item in sheets.objects() for name in item} & ACTIVE


def test_arabic_is_set_in_its_typeface(hostile) -> None:
    """A text from right to left has its letters, from the typeface that has them."""
    sheets = hostile_sheets(hostile, len(HOSTILE), ARABIC)
    assert set(squeezed(ARABIC)) <= set(sheets.text)
    assert any("NotoSansArabic" in name for name in sheets.fonts())


@settings(max_examples=30)
@given(st.text(max_size=300))
def test_any_text_can_be_printed(text: str) -> None:
    """Controls, marks of direction, unknown alphabets and pictures of faces: any text makes a valid page."""
    said = dataclasses.replace(blank(), sentences=(text,), heading=text)
    assert 1 == len(read(own_page_pdf(said)).reader.pages)


@cache
def blank():
    """A page with nothing on it."""
    from frise_analysis.report.content import OwnPage, Stamp

    stamp = Stamp(MADE_ON, MADE_ON, Purpose.TRAINING, "", "", MADE_ON, "abc", fictional=False)
    return OwnPage("Votre parcours", "", stamp, (), (), (), None, "")


def test_what_cannot_be_printed_is_marked() -> None:
    """A character that no typeface has is one mark; a control character is nothing; spaces are one."""
    assert "a\ufffdb c" == typeface.printable("a\N{GRINNING FACE}b\x00\x07\t \nc\u202e")
    assert "Владимир → مرحبا œ ’ …" == typeface.printable("Владимир → مرحبا œ ’ …")
    assert "\ufffd\ufffd" == typeface.drawable("\u0645\u0631\u2066")


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("deux mots", 20, "deux mots"),
        ("un deux trois quatre", 12, "un deux…"),
        ("a" * 50, 10, "a" * 9 + "…"),
        ("Un deux. Trois quatre.", 18, "Un deux. …"),
        ("un, deux", 6, "un…"),
    ],
)
def test_cut_between_words(text: str, longest: int, expected: str) -> None:
    """A text is cut after a sentence, else between two words, where it can be, and is never longer than asked."""
    assert expected == typeface.cut(text, longest)
    assert longest >= len(expected)


def test_coverage_is_what_the_typeface_says() -> None:
    """French, Cyrillic, Greek and arrows are there; Hebrew, Chinese and faces are not; Arabic is in the second typeface."""
    main, both = typeface.coverage(typeface.MAIN), typeface.coverage(*typeface.FACES)
    assert {ord(c) for c in "éèœŒÿ’«»…–€жΩ→✓\ufffd\u00a0\u202f"} <= main
    assert not {ord(c) for c in "ש漢\N{GRINNING FACE}\u0645"} & main
    assert {0x0645, 0x0631} <= both - main


@pytest.mark.parametrize("who", WHO)
def test_own_page_is_one_page(own, who: str) -> None:
    """One page in plain words: no index of law, no mention of internal use, what it is and is not."""
    sheets = read(own_page_pdf(own(who)))
    assert 1 == len(sheets.pages)
    assert squeezed(PERSON[0]) in sheets.text
    assert [] == [x for x in ("CPP", "usageinterne", "NATINF", "motif:") if x in sheets.text]


def test_own_page_says_what_it_is_given(own) -> None:
    """The sentences given, the measures carried through, the life events, in that order."""
    page = own("dozen")
    text = read(own_page_pdf(page)).text
    at = [
        text.index(squeezed(words)) for words in (*page.sentences, *page.completed[:1], *page.life_events[:1], *PERSON)
    ]
    assert sorted(at) == at


def test_own_page_same_bytes(own) -> None:
    """No clock and no chance goes in."""
    assert own_page_pdf(own("one")) == own_page_pdf(own("one"))


def test_heading(samples) -> None:
    """Pseudonym, the name that the caller gives, sex and year of birth."""
    person = samples.path(WHO["dozen"]).person
    assert ["P-0271 · homme, né en 1990", "P-0271 · Jean NOM · homme, né en 1990"] == [
        person_heading(person),
        person_heading(person, "Jean NOM"),
    ]
    # Their own page names them, and describes them no further.
    assert ["P-0271", "Jean NOM"] == [own_heading(person), own_heading(person, " Jean NOM ")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quoi ? oui ! a ; b", "quoi\u202f? oui\u202f! a\u202f; b"),
        ("Issue : « accomplie »", "Issue\u00a0: «\u00a0accomplie\u00a0»"),
        ("à 12:30, http://exemple.invalid/?a=1;b", "à 12:30, http://exemple.invalid/?a=1;b"),
        ("CP 133-13, CPP 777-2, R4, art. 132-10", "CP\u00a0133-13, CPP\u00a0777-2, R4, art.\u00a0132-10"),
        ("CPP D. 49, CP modifié", "CPP\u00a0D. 49, CP modifié"),
        ("libre [0,38 – 1,46] – suite", "libre [0,38\u00a0–\u00a01,46] – suite"),
    ],
)
def test_french_spaces_hold(text: str, expected: str) -> None:
    """No line begins with a sign that belongs to the last one, nor parts an article or an interval; nothing is added."""
    assert expected == spaced(text)
    assert text == expected.replace("\u202f", " ").replace("\u00a0", " ")
    assert expected == typeface.printable(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quoi ? oui ! a ; b", "quoi\u00a0? oui\u00a0! a\u00a0; b"),
        ("Issue : « accomplie ».", "Issue\u00a0: «\u00a0accomplie\u00a0»."),
        ("à 12:30, un signe :mot reste", "à 12:30, un signe :mot reste"),
    ],
)
def test_french_spaces_hold_on_screen(text: str, expected: str) -> None:
    """One width on screen; a sign that begins a word is none of the sentence's."""
    assert expected == spaced_on_screen(text)


LANDMARK = f"Décision du 19 novembre 2023. {'Une règle de droit bien longue ; ' * 12}non avenue : 28 novembre 2024. À vérifier."


@pytest.mark.parametrize("who", WHO)
def test_no_landmark_is_cut(samples, who: str) -> None:
    """Whatever the path, its legal sentences are whole, to their date and their reserve: measures and events shrink before them."""
    legal = tuple(f"Part {i} : {LANDMARK}" for i in range(7))
    sheets = read(synthesis_pdf(content_of(samples.store, samples.path(WHO[who]), legal=legal)))
    assert [] == [text for text in legal if squeezed(text) not in sheets.text]
    assert 2 >= len(sheets.pages)


def test_foot_is_whole(made, samples) -> None:
    """Service, extraction, load and source stand at the foot of each page, none of them cut."""
    info = samples.store.info
    for page in read(made("one")).pages:
        assert [] == [x for x in (info.service, info.source, info.load_id[:8]) if squeezed(x) not in squeezed(page)]


def test_key_goes_with_the_frise(own) -> None:
    """Under the frise, what its marks say; where it is too high, who can show it, and no key."""
    texts = {who: read(own_page_pdf(own(who))).text for who in ("one", "sixty")}
    key, absent = squeezed(OWN_FRISE_KEY), squeezed(OWN_FRISE_TOO_HIGH)
    assert {"one": (True, False), "sixty": (False, True)} == {who: (key in x, absent in x) for who, x in texts.items()}
    assert "voirl’écran" not in texts["sixty"]
    assert squeezed("votre CPIP peut vous en montrer le détail à l’écran.") in texts["sixty"]


def test_own_page_stays(own) -> None:
    """A page with a frise that left with the person would be near to a copy of the record."""
    assert (
        squeezed("Cette page se lit ensemble, au service ; elle ne s’emporte pas.")
        in read(own_page_pdf(own("none"))).text
    )
