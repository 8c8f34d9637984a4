"""The panel of what is to be checked: counts in one sentence, contradictions before gaps, long lists one click away."""

from __future__ import annotations

import html
import json
import re

import pytest

from frise_analysis.analysis.data_quality.answers import doubts
from frise_analysis.dashboards.quality import CAUTION, MOST_SHOWN, counted, write
from frise_analysis.vocabulary import CountUnit

PEOPLE = """
persons
person_id | birth_date
clean     | 1980-01-01
both      | 1980-01-01
many      | 1980-01-01

convictions
person_id | conviction_id | decision_date | final_date
both      | c             | 2015-06-01    | 2015-05-01

offences
person_id | offence_id | conviction_id | offence_start_date | date_precision | max_sentence_years | nature | label
both      | o          | c             | 2015-01-01         | month          | 3                  | delit  | <script>alert(1)</script>
many      | o1         |               | 2023-06-01         | month          | 3                  | delit  | VOL
many      | o2         |               | 2023-06-02         | month          | 3                  | delit  | VOL
many      | o3         |               | 2023-06-03         | month          | 3                  | delit  | VOL
many      | o4         |               | 2023-06-04         | month          | 3                  | delit  | VOL
many      | o5         |               | 2023-06-05         | month          | 3                  | delit  | VOL
many      | o6         |               | 2023-06-06         | month          | 3                  | delit  | VOL
many      | o7         |               | 2023-06-07         | month          | 3                  | delit  | VOL
many      | o8         |               | 2023-06-08         | month          | 3                  | delit  | VOL
"""


@pytest.fixture(scope="module")
def page(people):
    def written(person: str) -> str:
        made = people(PEOPLE)
        return write(made.store, made.path(person), unit=CountUnit.OFFENCES).html

    return written


def keys_of(page: str) -> list[list[str]]:
    return [json.loads(html.unescape(x)) for x in re.findall(r'data-keys="([^"]*)"', page)]


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("clean", "Aucune contradiction relevée ; aucun manque."),
        ("both", "1 contradiction relevée ; 2 manques."),
        ("many", "Aucune contradiction relevée ; 8 manques."),
    ],
)
def test_one_sentence_counts(people, page, person: str, sentence: str) -> None:
    """Contradictions and gaps are counted in words."""
    made = people(PEOPLE)
    assert sentence == counted(doubts(made.store, made.path(person)))
    assert f"<p>{sentence}</p>" in page(person).replace("\N{NO-BREAK SPACE}", " ")


def test_nothing_to_check(page) -> None:
    """Where nothing is found, the panel says so and holds neither list nor caution."""
    written = page("clean")
    assert (1, 0, 0) == (written.count("<h3>"), written.count("<li>"), written.count(CAUTION))


def test_contradictions_come_first(page) -> None:
    """Two lists, contradictions before gaps, under a heading of the next level."""
    assert ["Contradictions (1)", "Manques (2)"] == re.findall(r"<h4>(.*?)</h4>", page("both"))


def test_long_lists_are_one_click_away(page) -> None:
    """A rule that finds more than six shows six, and the others on demand; what would settle them is said once."""
    written = page("many")
    before, after = written.split("<details>")
    assert (MOST_SHOWN, 2) == (len(keys_of(before)), len(keys_of(after)))
    assert "<summary>et 2 autres</summary>" in after
    assert 1 == written.count("Le jugement donne d’ordinaire le jour ou la période.")


UNKNOWN_CODES = """
persons
person_id | birth_date | sex
p         | 1980-01-01 | autre

convictions
person_id | conviction_id | decision_date | final_date | judgment_mode
p         | c             | 2015-06-01    | 2015-06-11 | autre

offences
person_id | conviction_id | offence_start_date | max_sentence_years | natinf_code | nature
p         | c             | 2015-01-01         | 3                  | A-1         | autre
"""


def test_one_group_for_each_rule(people) -> None:
    """What one rule finds in several tables stands together, under its title."""
    made = people(UNKNOWN_CODES)
    written = write(made.store, made.path("p"), unit=CountUnit.OFFENCES).html
    assert ["Code NATINF mal formé", "Code non reconnu"] == re.findall(r"<strong>(.*?)</strong>", written)


def test_text_of_records_is_data(page) -> None:
    """A label is shown as it is, never as an element."""
    assert ("<script" in page("both"), "&lt;script&gt;" in page("both")) == (False, True)


@pytest.mark.parametrize("person", ["P-0012", "P-0058", "P-0120", "P-0199", "P-0271", "P-0333", "P-0404"])
@pytest.mark.parametrize("with_void", [False, True])
def test_lines_point_to_records_on_the_frise(samples, person: str, with_void: bool) -> None:
    """A sentence rings marks that are there, each doubt has its line, and nothing of the machine shows through."""
    path = samples.path(person, with_void=with_void)
    written = write(samples.store, path, unit=CountUnit.OFFENCES).html
    marks = {f"{r.lane}:{r.record_id}" for r in path.records}
    assert [] == [key for keys in keys_of(written) for key in keys if key not in marks]
    assert [list(x.keys) for x in doubts(samples.store, path) if x.keys] == keys_of(written)
    text = re.sub(r"<[^>]+>", " ", written)
    assert [] == re.findall(r"\bNone\b|\bnan\b|NaT|[a-z]+_[a-z_]+|délinquant|dangereu|risque|faute|erreur", text)
