-- One row per person and uninterrupted time away from liberty: overlapping and touching custody merged.
-- The last day is the day of release, a free day; 9999-12-31 while custody runs.
-- The regimes are vocabulary.REGIMES_WITHOUT_STREET_TIME (held equal by a test).
create view custody_union as
with spans as (
    select person_key, start_date, coalesce(end_date, date '9999-12-31') as end_date
    from custody_periods
    where regime in ('detention_provisoire', 'detention', 'contrainte_judiciaire')
      and (end_date is null or end_date > start_date)
),
marked as (
    select
        person_key, start_date, end_date,
        max(end_date) over (
            partition by person_key order by start_date, end_date
            rows between unbounded preceding and 1 preceding
        ) as reached
    from spans
),
islands as (
    select
        person_key, start_date, end_date,
        sum(case when reached is null or start_date > reached then 1 else 0 end) over (
            partition by person_key order by start_date, end_date
            rows between unbounded preceding and current row
        ) as island
    from marked
)
select person_key, min(start_date) as start_date, max(end_date) as end_date
from islands
group by person_key, island;
