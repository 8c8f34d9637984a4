-- One row per person and date of facts of the people of reference_people.sql: days at liberty since the first facts, offences of the day.
with dates as (
    select o.person_key, o.offence_start_date as fact_date, count(*) as offences
    from offences o
    left join convictions c on c.person_key = o.person_key and c.conviction_id = o.conviction_id
    where o.person_key % greatest(1, (select count(*) from persons) // 20000) = 0
      and o.offence_start_date <= $extraction
      and (c.void_date is null or c.void_date > $extraction)
      and (c.rehabilitation_date is null or c.rehabilitation_date > $extraction)
    group by o.person_key, o.offence_start_date
),
firsts as (
    select *, min(fact_date) over (partition by person_key) as first_date from dates
),
away as (
    select
        f.person_key, f.fact_date,
        sum(least(f.fact_date, u.end_date) - greatest(f.first_date, u.start_date)) as days
    from firsts f
    join custody_union u on u.person_key = f.person_key and u.start_date < f.fact_date and u.end_date > f.first_date
    group by f.person_key, f.fact_date
)
select f.person_key, f.fact_date - f.first_date - coalesce(a.days, 0) as street_days, f.offences
from firsts f
left join away a on a.person_key = f.person_key and a.fact_date = f.fact_date;
