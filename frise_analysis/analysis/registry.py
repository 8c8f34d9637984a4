"""Every question that a chart asks, by name: one way to the table behind it, for the command line, the screens and the tests.

An analysis function is registered where it is written::

    @question("intervalles", "Temps entre les dates de faits")
    def fact_intervals(path: PersonPath, *, unit: CountUnit = CountUnit.OFFENCES) -> pd.DataFrame: ...

Its first parameter is a ``Store``, or a ``PersonPath`` where the question is about one person; a keyword ``person_key`` says the
same of a function that reads the store itself. Its other keywords are its options: their type and default come from the signature.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, get_type_hints

import pandas as pd

from frise_analysis import analysis
from frise_analysis.analysis.option_values import OptionRefused, read_value
from frise_analysis.analysis.person_path import PersonPath, declared_or_refusal, read_path
from frise_analysis.records.headers import nearest
from frise_analysis.store.engine import Store

Answer = Callable[..., pd.DataFrame]
_PERSON = "person_key"
_questions: dict[str, Question] = {}


class QuestionRefused(Exception):
    """A name, a person or an option that cannot be: a sentence that says which and what can."""


@dataclass(frozen=True)
class Option:
    """One option of a question, as its signature declares it."""

    name: str
    kind: Any
    default: object


@dataclass(frozen=True)
class Question:
    """A named analysis function and its title in French; ``reads_events``: whether life events entered on the screen change it."""

    name: str
    title: str
    function: Answer
    reads_events: bool = False

    @cached_property
    def about_person(self) -> bool:
        """Whether it is asked of one person."""
        return self._reads_path or _PERSON in inspect.signature(self.function).parameters

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Its options, those of reading the person's path included."""
        shared = _keywords(read_path) if self._reads_path else ()
        return (*_keywords(self.function), *shared)

    @cached_property
    def _reads_path(self) -> bool:
        first = next(iter(inspect.signature(self.function).parameters))
        return get_type_hints(self.function).get(first) is PersonPath

    def ask(self, store: Store, *, person_key: int | None = None, **options: object) -> pd.DataFrame:
        """Its table."""
        if not self._reads_path:
            key = {_PERSON: person_key} if self.about_person else {}
            return self.function(store, **key, **options)
        shared = {x.name for x in _keywords(read_path)}
        path = read_path(store, **{_PERSON: person_key}, **{k: x for k, x in options.items() if k in shared})  # type: ignore[arg-type]
        return self.function(path, **{k: x for k, x in options.items() if k not in shared})


def question(name: str, title: str, *, reads_events: bool = False) -> Callable[[Answer], Answer]:
    """Register an analysis function under a name that is its own."""

    def register(function: Answer) -> Answer:
        known = _questions.get(name)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"two questions are named {name}")
        _questions[name] = Question(name, title, function, reads_events)
        return function

    return register


def questions() -> tuple[Question, ...]:
    """Every question, in the order of their names."""
    for module in pkgutil.iter_modules(analysis.__path__):
        import_module(f"{analysis.__name__}.{module.name}")
    return tuple(_questions[name] for name in sorted(_questions))


def find_question(name: str) -> Question:
    """The question of that name; ``QuestionRefused`` names the nearest."""
    known = {x.name: x for x in questions()}
    if name in known:
        return known[name]
    near = nearest(name, list(known))
    hint = f" Le plus proche : {near}." if near else ""
    raise QuestionRefused(f"Le tableau « {name} » n’existe pas.{hint} Tous les noms : frise table --list")


def answer(
    store: Store, name: str, *, person_id: str | None = None, options: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The table of a question, its options given as text."""
    asked = find_question(name)
    values = {key: _option_value(asked, key, text) for key, text in (options or {}).items()}
    if not asked.about_person and person_id is not None:
        raise QuestionRefused(f"Le tableau « {name} » porte sur toutes les personnes : retirez --person.")
    if asked.about_person and person_id is None:
        raise QuestionRefused(f"Le tableau « {name} » porte sur une personne : ajoutez --person IDENTIFIANT.")
    key = None if person_id is None else _person_key(store, person_id)
    return asked.ask(store, person_key=key, **values)


def unread_events(store: Store, name: str, *, person_id: str | None) -> str:
    """Why the answer to a question lacks what was entered on a person; empty where it lacks nothing."""
    if person_id is None or not find_question(name).reads_events:
        return ""
    return declared_or_refusal(store, person_id)[1]


def _person_key(store: Store, person_id: str) -> int:
    rows = store.rows("person_key", person_id=person_id)
    if not rows:
        raise QuestionRefused("Aucune personne n’a cet identifiant dans la base.")
    return int(str(rows[0][_PERSON]))


def _option_value(asked: Question, key: str, text: str) -> object:
    option = next((x for x in asked.options if x.name == key), None)
    if option is None:
        names = ", ".join(x.name for x in asked.options) or "aucune"
        raise QuestionRefused(f"Le tableau « {asked.name} » n’a pas d’option « {key} ». Ses options : {names}.")
    try:
        return read_value(option.kind, text)
    except OptionRefused as refused:
        raise QuestionRefused(f"Option « {key} » : {refused}") from None


def _keywords(function: Callable[..., object]) -> tuple[Option, ...]:
    hints = get_type_hints(function)
    parameters = inspect.signature(function).parameters.values()
    return tuple(
        Option(x.name, hints.get(x.name, str), x.default)
        for x in parameters
        if x.kind is inspect.Parameter.KEYWORD_ONLY and x.name != _PERSON
    )
