"""Every number the fictional people are drawn from, with its unit and its source, or the word ``assumption``.

Sources are rows of published French figures, named by their publication. Fitted values say what they were fitted to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

ASSUMPTION = "assumption"
INFOSTAT_151 = (
    "fitted to Infostat Justice 151 (convictions per person over ten years) and to releases from prison in 2016"
)
CONVICTIONS_2013 = "Les condamnations en 2013 (ministère de la Justice)"


def declared(value: Any, unit: str, source: str = ASSUMPTION) -> Any:
    """A field with its default value, its unit and where the value comes from."""
    return field(default=value, metadata={"unit": unit, "source": source})


@dataclass(frozen=True)
class CareerParameters:
    """When facts begin, how often they come back while free, when they stop."""

    male_share: float = declared(0.90, "share of persons")
    onset_minimum_age: float = declared(13.0, "years")
    onset_gamma_shape: float = declared(1.4, "shape of age at first facts, above the minimum")
    onset_gamma_scale: float = declared(9.5, "years")
    onset_maximum_age: float = declared(70.0, "years")
    onset_years: float = declared(32.0, "years before the extraction over which first facts are spread evenly")
    single_share: float = declared(0.198, "share of persons whose first facts are the only ones", INFOSTAT_151)
    frailty_shape: float = declared(0.563, "shape of the gamma of rates (mean 1)", INFOSTAT_151)
    mean_rate: float = declared(0.421, "dates of facts per year free, at first facts", INFOSTAT_151)
    yearly_ageing: float = declared(0.0364, "fall of the log rate per year since first facts", INFOSTAT_151)
    mean_active_years: float = declared(10.3, "years from first to last possible facts, exponential", INFOSTAT_151)
    specialisation_alpha: float = declared(2.0, "first parameter of the beta of the share of same-family transitions")
    specialisation_beta: float = declared(3.0, "second parameter of the same beta")
    yearly_death: float = declared(0.002, "deaths per person-year after first facts")


@dataclass(frozen=True)
class LifeEventParameters:
    """How often life events come and, for the people on whom they bear, how much."""

    yearly_rate: float = declared(0.40, "life events per year")
    lead_years: float = declared(2.0, "years before first facts where events begin")
    reactive_share: float = declared(0.35, "share of persons on whom some events bear")
    mattering_share: float = declared(0.70, "share of strain or support events that bear, for these persons")
    strain_multiplier: float = declared(2.5, "factor on the rate of facts during the strain window")
    strain_window_days: int = declared(180, "days")
    support_multiplier: float = declared(0.4, "factor on the rate of facts while the support lasts")
    support_window_days: int = declared(365, "days, when the support has no end")


@dataclass(frozen=True)
class ProcedureParameters:
    """From facts to judgment, and what is gathered in one judgment."""

    road_delay_days: float = declared(196.0, "mean days from facts to judgment, road", f"{CONVICTIONS_2013}: 7 months")
    other_delay_days: float = declared(
        472.0, "mean days, other délits, immediate hearings included", f"{CONVICTIONS_2013}: 12 months for all délits"
    )
    crime_delay_days: float = declared(1000.0, "mean days, crimes")
    delay_sigma: float = declared(0.75, "standard deviation of the log delay")
    immediate_share: float = declared(0.10, "share of cases outside road judged at once (comparution immédiate)")
    join_share: float = declared(0.20, "share of new facts joined to a case already open")
    companion_cumulative: tuple[float, ...] = declared(
        (0.72, 0.92, 0.98, 1.0), "cumulative share of dates of facts with 1, 2, 3, 4 offences"
    )
    companion_same_family: float = declared(0.5, "share of further offences of the same family as the first")
    pretrial_detention_share: float = declared(0.05, "share of cases outside road with pre-trial detention")
    pretrial_detention_crime: float = declared(0.80, "share of crimes with pre-trial detention")
    pretrial_detention_days: float = declared(110.0, "mean days, délits")
    judicial_control_share: float = declared(0.10, "share of other cases outside road under judicial control")
    attempt_share: float = declared(0.04, "share of offences stopped at the attempt")
    recorded_unjudged_share: float = declared(0.20, "share of facts not judged yet that the service knows of")


@dataclass(frozen=True)
class ExecutionParameters:
    """How sentences are served."""

    road_firm_days: float = declared(117.0, "mean firm days, road", f"{CONVICTIONS_2013}: 3.9 months")
    other_firm_days: float = declared(
        255.0, "mean firm days, other délits", f"{CONVICTIONS_2013}: 7.7 months, all délits"
    )
    crime_firm_days: float = declared(3300.0, "mean firm days, crimes")
    firm_sigma: float = declared(0.7, "standard deviation of the log of firm days")
    served_share: float = declared(0.75, "share of firm days served once reductions are taken off")
    parole_served_share: float = declared(0.62, "share served by those released on parole (LC)")
    constrained_served_share: float = declared(0.66, "share served by those released under constraint (LSC)", "CPP 720")
    parole_share: float = declared(0.12, "share of stays of six months or more that end in LC")
    constrained_share: float = declared(0.22, "share of stays of six months or less than five years that end in LSC")
    committal_share: float = declared(0.30, "share of firm sentences after a free hearing that start at the hearing")
    adjusted_share: float = declared(0.55, "share of the others, up to the legal threshold, that are adjusted")
    probation_revoked_share: float = declared(0.10, "share of probation suspensions revoked")
    release_revoked_share: float = declared(0.12, "share of LC and LSC withdrawn")


@dataclass(frozen=True)
class FollowUpParameters:
    """What the service records of a measure."""

    persons_per_officer: int = declared(68, "persons", "Sénat, avis PLF 2026: personnes par CPIP")
    officers_per_service: int = declared(7, "officers")
    branches_per_service: int = declared(3, "branches")
    referral_mean_days: float = declared(20.0, "mean days from the enforceable decision to the referral")
    interview_mean_days: float = declared(38.0, "mean days from the referral to the first interview")
    yearly_breaches: float = declared(0.45, "breaches per year of measure")
    transferred_share: float = declared(0.05, "share of measures that leave for another service")
    ended_kept_share: float = declared(0.05, "share of persons without a running measure kept in a service's file")
    recent_end_days: int = declared(730, "days: how recent the end of their last measure is")


@dataclass(frozen=True)
class RecordParameters:
    """How the criminal record is written."""

    precision_cumulative: tuple[float, ...] = declared(
        (0.90, 0.94, 0.96, 0.99, 1.0), "cumulative share of facts dated by day, month, year, period, uncertain"
    )
    clearance_noted_share: float = declared(
        0.75, "share of void or rehabilitated convictions whose date is on the record"
    )
    recidivism_retained_share: float = declared(
        0.55, "share retained where a first term of the same family is under 5 years"
    )
    partner_share: float = declared(0.35, "share of violence outside the named labels committed within the couple")


@dataclass(frozen=True)
class Parameters:
    """All parameters of the simulation."""

    career: CareerParameters = CareerParameters()
    life_events: LifeEventParameters = LifeEventParameters()
    procedure: ProcedureParameters = ProcedureParameters()
    execution: ExecutionParameters = ExecutionParameters()
    follow_up: FollowUpParameters = FollowUpParameters()
    record: RecordParameters = RecordParameters()

    def declared(self) -> Iterator[tuple[str, Any, str, str]]:
        """Each parameter as (name, value, unit, source)."""
        for part in fields(self):
            group = getattr(self, part.name)
            for item in fields(group):
                yield (
                    f"{part.name}.{item.name}",
                    getattr(group, item.name),
                    item.metadata["unit"],
                    item.metadata["source"],
                )
