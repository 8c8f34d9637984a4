"""The classification rules as SQL text: macros written from the tables of this folder.

The text holds packaged patterns only; nothing that a user types or a record contains enters it. The patterns are constants of
the query because an engine compiles a constant pattern once, whatever the number of labels.
"""

from __future__ import annotations

from functools import cache

from frise_analysis.nomenclature.tables import article_rules, keyword_rules, legal_codes

#: Capitals without accents, words one space apart; the letter of an article joins its number: ``ART L234-1 I C ROUTE``.
_PLAIN = """
create or replace temp macro plain_words(content) as regexp_replace(trim(regexp_replace(
  replace(replace(strip_accents(upper(content)), 'Œ', 'OE'), 'Æ', 'AE'), '[^A-Z0-9-]+', ' ', 'g')), '\\b([LRD]) ([0-9])', '\\1\\2', 'g')"""

#: What an attempt, a repeat or an accomplice did is of the family of what they did.
_LABEL = """
create or replace temp macro label_words(content) as regexp_replace(plain_words(content),
  '^(?:(?:TENTATIVE|RECIDIVE|COMPLICITE)S? (?:DE LA|DE L|DES|DE|DU|D) )+', '')"""

#: The first articles cited, to the name of their code: ``222-13 AL 1 3 C PENAL``; empty where none is.
_CITATION = """
create or replace temp macro first_citation(words) as trim(regexp_replace(regexp_extract(words,
  '\\b(?:ART(?:ICLES?|S)? [LRD]?[0-9]|[LRD]?[0-9]{{3,4}}-[0-9]).*?\\b(?:{codes})(?: |$)'), '\\bART(?:ICLES?|S)? ', '', 'g'))"""

#: ``07151``, `` 7151 `` and ``7151.0`` are one code.
_NUMBER = """
create or replace temp macro natinf_number(content) as
  nullif(ltrim(regexp_extract(trim(content), '^([0-9]+)(?:\\.0+)?$', 1), '0'), '')"""


@cache
def macros() -> tuple[str, ...]:
    """The statements that define ``plain_words``, ``label_words``, ``first_citation``, ``natinf_number`` and the two rules.

    ``family_of_citation`` and ``family_of_words`` answer null where no rule knows the text.
    """
    codes = "|".join(pattern for _, pattern in legal_codes())
    return (_PLAIN, _LABEL, _CITATION.format(codes=codes), _NUMBER, _family_of_citation(), _family_of_words())


def cited_pattern(code: str, pattern: str) -> str:
    """The whole pattern of an article rule: its article at the start, the name of its code at the end."""
    spellings = dict(legal_codes())[code]
    return f"^(?:{pattern}).* (?:{spellings})$" if pattern else f" (?:{spellings})$"


def _family_of_citation() -> str:
    rules = [(cited_pattern(x.code, x.pattern), x.family.value) for x in article_rules()]
    return f"create or replace temp macro family_of_citation(words) as case when words = '' then null {_branches(rules)} end"


def _family_of_words() -> str:
    rules = [(x.pattern, x.family.value) for x in keyword_rules()]
    return f"create or replace temp macro family_of_words(words) as case {_branches(rules)} end"


def _branches(rules: list[tuple[str, str]]) -> str:
    return " ".join(f"when regexp_matches(words, '{pattern}') then '{family}'" for pattern, family in rules)
