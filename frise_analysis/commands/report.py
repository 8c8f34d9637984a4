"""``frise report``."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frise_analysis.commands.output_file import require_free, write_private
from frise_analysis.store.location import default_store

if TYPE_CHECKING:
    from frise_analysis.analysis.service import ServiceFilters
    from frise_analysis.report.service_content import Charts
    from frise_analysis.store.engine import Store

#: The forms of ``report.service.FORMS``, written here so that the help opens nothing heavy; a test holds them together.
FORMS = ("xlsx", "pdf")
#: The word of each option in an address of the screen.
_WORDS = {
    "branch": "antenne", "measure": "mesure", "setting": "milieu", "phase": "phase", "obligation": "obligation",
    "sex": "sexe", "age": "age", "family": "famille",
}  # fmt: skip
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("report")
@click.option("--store", type=click.Path(path_type=Path), default=default_store, help="Fichier de la base.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="pdf",
    show_default=True,
    help="pdf : à lire et à imprimer ; xlsx : un tableau par feuille, à reprendre.",
)
@click.option(
    "--from", "first", type=_DAY, metavar="AAAA-MM-JJ", help="Premier jour de la période ; douze mois par défaut."
)
@click.option(
    "--to", "last", type=_DAY, metavar="AAAA-MM-JJ", help="Dernier jour : une fin de mois, ou la date d’extraction (par défaut)."
)  # fmt: skip
@click.option("--branch", help="Antenne, par son identifiant.")
@click.option("--measure", help="Mesure, par son code (SP, TIG…).")
@click.option("--setting", help="Milieu : open ou closed.")
@click.option("--phase", help="Phase : pre ou post.")
@click.option("--obligation", help="Obligation, par son code.")
@click.option("--sex", help="Sexe : F, M ou X.")
@click.option("--age", help="Tranche d’âge au début de la mesure (18-20, 21-24…).")
@click.option("--family", help="Famille d’infractions de la condamnation, par son code.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Fichier à écrire.")
@click.option("--date", "made_on", type=_DAY, metavar="AAAA-MM-JJ", help="Date du rapport ; aujourd’hui par défaut.")
@click.option("--force", is_flag=True, help="Remplacer le fichier s’il existe.")
def command(
    store: Path,
    form: str,
    first: datetime | None,
    last: datetime | None,
    output: Path,
    made_on: datetime | None,
    force: bool,
    **chosen: str | None,
) -> None:
    """Écrire le rapport d’activité du service : effectifs, flux, délais, issues.

    Les effectifs inférieurs à 11 personnes sont masqués, avec ceux qui les redonneraient. Les tableaux sont ceux de « frise table
    service-… » pour les mêmes filtres.

    \b
    Exemples :
      frise report --output rapport.pdf
      frise report --format xlsx --from 2023-10-01 --to 2024-09-30 --output rapport.xlsx
      frise report --measure SP --setting open --output sursis.pdf
    """
    from frise_analysis.analysis.disclosure import DisclosureRefused
    from frise_analysis.analysis.registry import QuestionRefused
    from frise_analysis.report.service import service_report
    from frise_analysis.store.engine import open_store

    require_free(output, replace=force)
    day = made_on.date() if made_on else date.today()  # noqa: DTZ011 - the day of the desk
    try:
        with open_store(store) as opened:
            filters = _filters(opened, first=first, last=last, chosen=chosen)
            charts = _charts(opened, filters) if form == "pdf" else None
            made = service_report(opened, filters, form=form, made_on=day, charts=charts)
    except (DisclosureRefused, QuestionRefused) as refused:
        raise click.UsageError(str(refused)) from None
    write_private(output, made.content, replace=force)
    click.echo(f"Rapport écrit : {output}")


def _filters(
    store: Store, *, first: datetime | None, last: datetime | None, chosen: dict[str, str | None]
) -> ServiceFilters:
    """The filters of the options; the period is one of those that the service knows."""
    from urllib.parse import urlencode

    from frise_analysis.analysis.service import ServiceFilters

    given = {_WORDS[name]: text for name, text in chosen.items() if text is not None}
    if last is not None:
        given["au"] = last.date().isoformat()
    filters = ServiceFilters.from_query(urlencode(given))
    return filters if first is None else _beginning(store, filters, first.date())


def _beginning(store: Store, filters: ServiceFilters, first: date) -> ServiceFilters:
    """The same with the period that begins on that day."""
    from dataclasses import replace

    from frise_analysis.analysis.service import PERIODS
    from frise_analysis.analysis.service.selection import USUAL_MONTHS, months_before
    from frise_analysis.dates import full_date

    day = filters.day(store)
    periods = PERIODS if day == store.info.extraction_date else (USUAL_MONTHS,)
    starts = {months_before(day, months) + timedelta(days=1): months for months in periods}
    if first not in starts:
        known = ", ".join(f"{start.isoformat()} ({months} mois)" for start, months in starts.items())
        raise click.UsageError(
            f"La période qui finit le {full_date(day)} peut commencer le : {known}. Donnez une de ces dates à --from."
        )
    return replace(filters, query="", months=starts[first])


def _charts(store: Store, filters: ServiceFilters) -> Charts:
    """The charts of the screen for these filters, of the tabs that a report shows: those of one officer's work are not among them."""
    from frise_analysis.dashboards.service.state import ServiceState
    from frise_analysis.dashboards.service.tabs import CHARTED, TABS
    from frise_analysis.report.service import charts_of

    groups = (group for name in CHARTED for group in TABS[name][1](store, ServiceState(filters)))
    return charts_of(figure for group in groups for figure in group.figures)
