"""What the activity report of a service says, gathered before anything is drawn: published tables, their method, where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from frise_analysis.analysis.disclosure import THRESHOLD, Published
from frise_analysis.analysis.disclosure.published import HIDDEN, small_words
from frise_analysis.analysis.registry import find_question
from frise_analysis.analysis.service import Methodology, ServiceFilters, methodology, sentence
from frise_analysis.analysis.service.selection import months_before
from frise_analysis.analysis.words import lower_first
from frise_analysis.dates import full_date, numeric_date
from frise_analysis.report.service_plan import PLAN, Planned, Planning
from frise_analysis.report.service_tables import NOT_APPLICABLE, NOT_ESTIMATED, Table, hidden_note, read_rows
from frise_analysis.store.engine import Store

TITLE = "Rapport d’activité du service"
#: As many characters of the identifier of a load as tell two loads apart.
_SHORT_ID = 8
#: Name of a table -> its charts, each a complete Vega-Lite specification with its data, made from the same published frames.
Charts = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class ServiceStamp:
    """Where the report comes from, and whom it is about. The period is after ``since`` and until ``day``; ``made_on`` may be left unsaid."""

    made_on: date | None
    source: str
    service: str
    extraction_date: date
    load_id: str
    since: date
    day: date
    filters: str
    k: int
    fictional: bool

    @property
    def period(self) -> str:
        """The first and the last day counted."""
        return f"du {full_date(self.since + timedelta(days=1))} au {full_date(self.day)}"

    @property
    def use(self) -> str:
        """Who may read it, and on which condition."""
        return f"Usage public possible après relecture : effectifs inférieurs à {self.k} masqués."

    @property
    def made(self) -> tuple[str, ...]:
        """The day of the report; nothing where it is not said."""
        return (f"rapport du {numeric_date(self.made_on)}",) if self.made_on else ()

    @property
    def origin(self) -> tuple[str, ...]:
        """Service, source, extraction and load; what is not known is left out."""
        known = (x for x in (self.service, self.source) if x.strip())
        return (*known, f"extraction du {numeric_date(self.extraction_date)}", f"chargement {self.load_id}")


@dataclass(frozen=True)
class Section:
    """One question of ``frise table``: how its figures are made, its tables, and the charts of these."""

    question: str
    methodology: Methodology
    tables: tuple[Table, ...]
    charts: Charts = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Its heading."""
        return self.methodology.title

    def heading_of(self, table: Table) -> str:
        """What one of its tables is about, said alone: ``Personnes suivies : par antenne``."""
        return self.title if table.heading == self.title else f"{self.title} : {lower_first(table.heading)}"


@dataclass(frozen=True)
class ServiceContent:
    """The whole report: nothing of it counts fewer than ``stamp.k`` people. ``glossary``: a mark or a statistic, and what it means."""

    title: str
    stamp: ServiceStamp
    sections: tuple[Section, ...]
    limits: tuple[str, ...]
    glossary: tuple[tuple[str, str], ...]


def service_content(
    store: Store,
    filters: ServiceFilters,
    *,
    made_on: date | None = None,
    charts: Charts | None = None,
    k: int = THRESHOLD,
) -> ServiceContent:
    """The report on the people and the period of ``filters``: each table is that of ``frise table`` for the same filters and ``k``.

    ``made_on``: the day written on it, the only thing that changes from one day to the next; nothing is written where it is not given.
    ``charts``: by name of table. ``FilterRefused`` where the store cannot answer, ``DisclosureRefused`` for a table that was not published.
    """
    stamp = _stamp(store, filters, made_on=made_on, k=k)
    given = charts or {}
    sections = tuple(_section(store, x, filters=filters, charts=given, k=k) for x in PLAN)
    return ServiceContent(TITLE, stamp, sections, LIMITS, _glossary(k))


def table_of(published: object, planned: Planned, *, k: int = THRESHOLD) -> Table:
    """One table of the report from a ``Published`` or the published frame of a question; ``DisclosureRefused`` for anything else, as ``Counts``."""
    frame = published.cells if isinstance(published, Published) else published
    shaped = planned.shape(frame) if isinstance(frame, pd.DataFrame) else frame
    rows = read_rows(shaped, planned.columns, k=k)
    note = hidden_note(planned.columns, rows, k=k)
    return Table(
        planned.name, planned.heading, planned.sheet, planned.columns, rows, note, planned.reading, planned.printed
    )


def _section(store: Store, planning: Planning, *, filters: ServiceFilters, charts: Charts, k: int) -> Section:
    asked = find_question(planning.question)
    answers = [(asked.ask(store, filters=filters, k=k, **x.options), x) for x in planning.tables]
    tables = tuple(table_of(frame, planned, k=k) for frame, planned in answers)
    own = {x.name: charts[x.name] for x in tables if x.name in charts}
    return Section(planning.question, methodology(planning.question), tables, own)


def _stamp(store: Store, filters: ServiceFilters, *, made_on: date | None, k: int) -> ServiceStamp:
    info, day = store.info, filters.day(store)
    return ServiceStamp(
        made_on=made_on,
        source=info.source,
        service=info.service,
        extraction_date=info.extraction_date,
        load_id=info.load_id[:_SHORT_ID],
        since=months_before(day, filters.months),
        day=day,
        filters=sentence(store, filters),
        k=k,
        fictional=info.fictional,
    )


LIMITS = (
    "Ces chiffres comptent des personnes, des mesures et des actes enregistrés ; ils ne disent rien d’une personne ni d’un agent, et ne classent ni les uns ni les autres.",
    "Enregistré ne veut pas dire survenu, et ce qui n’est pas enregistré n’est pas compté : une manière de noter qui change change les nombres.",
    "Les tableaux sont masqués un par un. Ceux qui partagent des totaux, deux dates d’extraction proches ou deux sélections voisines peuvent s’éclairer.",
    "Avant de publier, une relecture par le service est nécessaire.",
    "Les écarts avec l’année d’avant ne disent pas leur cause.",
)


def _glossary(k: int) -> tuple[tuple[str, str], ...]:
    return (
        (small_words(k), f"De 1 à {k - 1} personnes : le nombre n’est pas montré. Ce n’est pas zéro."),
        (HIDDEN, f"Au moins {k} personnes, ou une statistique sur des cases masquées : la montrer redonnerait une petite case. Ce n’est pas zéro."),
        ("0", "Personne, ou rien d’enregistré."),
        (f"écart de {small_words(k)}", "Les deux nombres sont montrés, leur différence est petite."),
        ("non comparable", "L’un des deux nombres est masqué."),
        (NOT_ESTIMATED, "Trop peu d’évènements, ou trop de personnes attendent encore, pour que la statistique ait une valeur."),
        (NOT_APPLICABLE, "Cette colonne n’a pas de sens pour cette ligne."),
        ("Médiane, quarts", "La moitié, un quart, trois quarts des mesures ont atteint l’évènement en tant de jours au plus."),
        ("De, à (95 %)", "Intervalle de Wilson : les parts qui s’accordent avec ce nombre de mesures ou de personnes."),
        ("Pour 100 années de suivi", "Nombre rapporté au temps passé sous une mesure, compté en jours."),
    )  # fmt: skip
