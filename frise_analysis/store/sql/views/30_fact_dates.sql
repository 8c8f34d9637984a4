-- One row per person and distinct date of facts, with its street time: days at liberty since the first facts.
-- Facts of convictions rehabilitated by the extraction are left out; those of void ones are kept and marked.
create view fact_dates as
with extraction as (
    select cast(value as date) as day from meta where key = 'extraction_date'
),
dates as (
    select
        o.person_key,
        o.offence_start_date as fact_date,
        count(*) as offences,
        bool_and(o.void_date is not null and o.void_date <= e.day) as only_void
    from offence_facts o
    cross join extraction e
    where o.rehabilitation_date is null or o.rehabilitation_date > e.day
    group by o.person_key, o.offence_start_date
),
firsts as (
    select *, min(fact_date) over (partition by person_key) as first_date from dates
),
away as (
    select
        f.person_key, f.fact_date,
        sum(greatest(0, least(f.fact_date, u.end_date) - greatest(f.first_date, u.start_date))) as days_away
    from firsts f
    join custody_union u on u.person_key = f.person_key and u.start_date < f.fact_date and u.end_date > f.first_date
    group by f.person_key, f.fact_date
)
select
    f.person_key, f.fact_date, f.offences, f.only_void, f.first_date,
    f.fact_date - f.first_date as calendar_days,
    f.fact_date - f.first_date - coalesce(a.days_away, 0) as street_days
from firsts f
left join away a on a.person_key = f.person_key and a.fact_date = f.fact_date;
