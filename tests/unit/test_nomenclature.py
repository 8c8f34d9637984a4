"""The families of offences: the tables, the SQL rules, and their plain-Python twin."""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frise_analysis.nomenclature.rules_sql import cited_pattern, macros
from frise_analysis.nomenclature.tables import (
    LIFE_YEARS,
    article_rules,
    families,
    keyword_rules,
    legal_codes,
    natinf_entries,
    readable_labels,
)
from frise_analysis.store import families as resolution
from frise_analysis.vocabulary import OffenceFamily, OffenceNature

CANDIDATES = Path(__file__).resolve().parents[3] / "shared" / "data" / "natinf_candidates.csv"
#: Both rules were adjusted on these very rows: the floor says that they still hold, not how they do on others.
FLOOR = 0.98


# --- The twin: the same rules written from their description, without an engine. ---


def plain_words(text: str) -> str:
    capitals = "".join(c if len(c.upper()) > 1 else c.upper() for c in text).replace("Œ", "OE").replace("Æ", "AE")
    letters = "".join(c for c in unicodedata.normalize("NFD", capitals) if not unicodedata.combining(c))
    spaced = " ".join(re.sub(r"[^A-Z0-9-]+", " ", letters).split())
    return re.sub(r"\b([LRD]) (?=[0-9])", r"\1", spaced, flags=re.ASCII)


def label_words(text: str) -> str:
    words = plain_words(text)
    while found := re.match(r"(?:TENTATIVE|RECIDIVE|COMPLICITE)S? (?:DE LA|DE L|DES|DE|DU|D) ", words):
        words = words[found.end() :]
    return words


def first_citation(words: str) -> str:
    codes = "|".join(pattern for _, pattern in legal_codes())
    start = r"(?:ART(?:ICLES?|S)? [LRD]?[0-9]|[LRD]?[0-9]{3,4}-[0-9])"
    found = re.search(rf"\b{start}.*?\b(?:{codes})(?: |$)", words)
    return re.sub(r"\bART(?:ICLES?|S)? ", "", found.group(0)).strip() if found else ""


def by_citation(citation: str) -> str | None:
    matches = (x.family for x in article_rules() if re.search(cited_pattern(x.code, x.pattern), citation))
    return next(matches, None) if citation else None


def by_words(words: str) -> str | None:
    return next((x.family for x in keyword_rules() if re.search(x.pattern, words)), None)


def classified(natinf_code: str | None, label: str) -> tuple[str, str]:
    number = re.fullmatch(r" *([0-9]+)(?:\.0+)? *", natinf_code or "")
    known = {x.natinf_code: x.family for x in natinf_entries()}
    if number and (family := known.get(number.group(1).lstrip("0"))):
        return family, "natinf"
    if family := by_citation(first_citation(plain_words(label))):
        return family, "article"
    if family := by_words(label_words(label)):
        return family, "label"
    return OffenceFamily.AUTRE, "none"


# --- The engine. ---


@pytest.fixture(scope="module")
def engine():
    connection = duckdb.connect()
    for statement in macros():
        connection.execute(statement)
    resolution.create_natinf(connection)
    yield connection
    connection.close()


def in_engine(connection, natinf_code: str | None, label: str) -> tuple[str, str]:
    connection.execute(
        "create or replace temp table one as select $c::varchar as natinf_code, $l::varchar as label",
        {"c": natinf_code, "l": label},
    )
    resolution.classify(connection, "one")
    return connection.execute("select family, family_source from classified_labels").fetchone()


WORDS = st.sampled_from(
    """vol VOL avec violence Recel de d' l’ tentative stupéfiants conduite véhicule art. ARTICLE 222-13 311-4 4° AL.1 L.234-1
    C.PENAL. code pénal C.ROUTE. C.S.I. CSP, du la (ART.R.625-1 §I dégradation menace mort dépositaire 7ème œuvre - : ; 12/2019
    orientation sexuelle viol évasion faux C.P.P. 706-56 C.ENVIR. 311-11 récidive complicité ç""".split()
)


@settings(max_examples=120, deadline=None)
@given(
    natinf_code=st.none() | st.sampled_from(["7151", " 07151", "7151.0", "0", "abc", "99999", ""]),
    label=st.lists(WORDS, max_size=9).map(" ".join),
)
@example(natinf_code=None, label="VOL. ART.311-5, ART.311-4,ART.311-11 C.PENAL.")
def test_engine_and_twin_agree(engine, natinf_code: str | None, label: str) -> None:
    """The SQL rules and their plain-Python twin give one family and one source to any label."""
    assert in_engine(engine, natinf_code, label) == classified(natinf_code, label)


@pytest.mark.parametrize(
    ("natinf_code", "label", "expected"),
    [
        ("7151", "n’importe quoi", ("vols_recel", "natinf")),
        ("7151.0", "", ("vols_recel", "natinf")),
        ("1", "Vol à l’étalage", ("vols_recel", "label")),
        (None, "Faits prévus par l’article L. 234-1 du code de la route", ("route", "article")),
        (None, "ART.311-4 4° C.PENAL.", ("vols_violence", "article")),
        (None, "ART.311-5 3° C.PENAL.", ("vols_recel", "article")),
        (None, "ART.222-33 C.PENAL.", ("sexuelles", "article")),
        (None, "ART.222-33-2-1 C.PENAL.", ("violences", "article")),
        (None, "ART.222-19-1 C.PENAL.", ("involontaires_route", "article")),
        (None, "Navire sans assurance ART.L.5122-7 C.TRANSPORTS.", ("autre_non_classe", "article")),
        (None, "Navire sans assurance", ("autre_non_classe", "none")),
        (None, "Recel de vol avec violence", ("vols_recel", "label")),
        (None, "Conduite après usage de stupéfiants", ("route", "label")),
        (None, "Violences en raison de l’orientation sexuelle", ("violences", "label")),
        (None, "Tentative de vol avec arme", ("vols_violence", "label")),
        (None, "Dégradation de véhicule", ("degradations", "label")),
        (None, "Violation de domicile", ("autre_non_classe", "label")),
        (None, "Driving under the influence", ("autre_non_classe", "none")),
        (None, "", ("autre_non_classe", "none")),
    ],
)
def test_families_of_known_traps(engine, natinf_code: str | None, label: str, expected: tuple[str, str]) -> None:
    """Best source first: the code, the article cited, the words; and neighbours that numbers or words confuse are told apart."""
    assert in_engine(engine, natinf_code, label) == expected


@pytest.mark.parametrize("rule", ["article", "words"])
def test_rules_agree_with_the_codes(engine, rule: str) -> None:
    """On the codes of the table, articles alone and words alone find the family of the code."""
    found = {
        "article": lambda x: by_citation(first_citation(plain_words(x.articles))),
        "words": lambda x: by_words(label_words(x.label)),
    }[rule]
    wrong = [x.natinf_code for x in natinf_entries() if found(x) != x.family]
    agreement = 1 - len(wrong) / len(natinf_entries())
    print(f"{rule}: {agreement:.1%} of {len(natinf_entries())}, apart from {wrong}")
    assert agreement >= FLOOR


def test_a_family_given_by_the_record_wins(engine) -> None:
    """A known family in the record is kept and said to be manual; an unknown one is as if absent."""
    engine.execute("""create or replace temp table offences as select * from (values
        ('7151', 'VOL', 'route', null, null), ('7151', 'VOL', 'inconnue', null, 9.0), (null, 'VOL', null, 'crime', null)
    ) as t(natinf_code, label, family, nature, max_sentence_years)""")
    join = resolution.resolved_join(engine, "offences")
    answer = engine.execute(f"select {resolution.resolved_columns()} from offences as r {join} order by r.rowid")
    expected = [
        ("route", "manual", "delit", 3.0),
        ("vols_recel", "natinf", "delit", 9.0),
        ("vols_recel", "label", "crime", None),
    ]
    assert answer.fetchall() == expected


def test_patterns_mean_the_same_everywhere() -> None:
    """No pattern holds a quote or what only one of the two engines understands."""
    patterns = [x.pattern for x in (*article_rules(), *keyword_rules())] + [x for _, x in legal_codes()]
    assert [x for x in patterns if "'" in x or "(?=" in x or "(?!" in x or "(?<" in x] == []


def test_every_rule_names_a_known_code_of_law() -> None:
    """An article rule is of a code that citations can be recognised for."""
    assert {x.code for x in article_rules()} <= {code for code, _ in legal_codes()}


def test_families_table_covers_the_vocabulary() -> None:
    """Every family of the charts has its place in the official nomenclatures, in the same order."""
    assert [x.family for x in families()] == list(OffenceFamily)


def test_natinf_table_is_sound() -> None:
    """Codes are unique and in order; a class goes with a contravention; a maximum is of years up to life."""
    codes = [int(x.natinf_code) for x in natinf_entries()]
    assert codes == sorted(set(codes))
    assert [
        x for x in natinf_entries() if (x.contravention_class is None) == (x.nature is OffenceNature.CONTRAVENTION)
    ] == []
    years = [x.max_sentence_years for x in natinf_entries() if x.max_sentence_years is not None]
    assert (min(years) > 0, max(years)) == (True, LIFE_YEARS)


def official_words(text: str) -> str:
    """A label without accents, case or typography."""
    plain = text.replace("’", "'").replace("\N{NO-BREAK SPACE}", " ").replace("œ", "oe")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)).upper()


def test_readable_labels_change_no_word() -> None:
    """Every official label has a readable one; without accents, case and typography it is the official label again."""
    assert sorted(x.label for x in natinf_entries()) == sorted(readable_labels())
    changed = [
        label for label, written in readable_labels().items() if official_words(written) != official_words(label)
    ]
    assert changed == []


def test_readable_labels_are_french_sentences() -> None:
    """A capital first; no straight apostrophe; a no-break space before a colon; acronyms and categories keep their capitals."""
    written = list(readable_labels().values())
    assert [x for x in written if not x[0].isupper() or "'" in x or re.search("[^\N{NO-BREAK SPACE}]:", x)] == []
    assert {"FNAEG", "D", "France"} == {w for x in written for w in re.findall(r"\w+", x)[1:] if w != w.lower()}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("VOL EN REUNION", "Vol en réunion"),
        ("EVASION PAR CONDAMNE EN SEMI-LIBERTE", "Évasion par condamné en semi-liberté"),
        ("MEURTRE D'UN ASCENDANT", "Meurtre d’un ascendant"),
        ("FAUX : ALTERATION FRAUDULEUSE DE LA VERITE DANS UN ECRIT", "Faux\N{NO-BREAK SPACE}: altération frauduleuse de la vérité dans un écrit"),
    ],
)  # fmt: skip
def test_readable_label(label: str, expected: str) -> None:
    """The label of the list, as French is written."""
    assert expected == readable_labels()[label]


def test_a_life_sentence_is_that_of_a_crime() -> None:
    """More than ten years encountered means a crime."""
    long = {x.nature for x in natinf_entries() if (x.max_sentence_years or 0) > 10}
    assert long == {OffenceNature.CRIME}


def test_natinf_table_is_that_of_the_list() -> None:
    """Codes, labels and maxima are those of the verified rows of the reference list."""
    if not CANDIDATES.exists():
        assert os.environ.get("CI") != "true", "the reference data must be there in continuous integration"
        pytest.skip(f"no reference data at {CANDIDATES}")
    with CANDIDATES.open(encoding="utf-8-sig", newline="") as file:
        rows = [x for x in csv.DictReader(file) if x["verified"] == "yes"]
    expected = {x["natinf"]: (" ".join(x["label"].split()), x["articles"], _years(x["peine_max_mois"])) for x in rows}
    assert {x.natinf_code: (x.label, x.articles, x.max_sentence_years) for x in natinf_entries()} == expected


def _years(months: str) -> float | None:
    return None if not months else LIFE_YEARS if months == "9999" else int(months) / 12
