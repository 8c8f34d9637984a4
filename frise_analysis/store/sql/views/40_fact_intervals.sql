-- One row per person and pair of consecutive dates of facts: the days between, by the calendar and at liberty.
create view fact_intervals as
select *
from (
    select
        person_key,
        lag(fact_date) over (partition by person_key order by fact_date) as from_date,
        fact_date as to_date,
        calendar_days - lag(calendar_days) over (partition by person_key order by fact_date) as calendar_days,
        street_days - lag(street_days) over (partition by person_key order by fact_date) as street_days
    from fact_dates
) as pairs
where from_date is not null;
