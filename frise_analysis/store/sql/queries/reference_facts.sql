-- One row per person observed and date of facts: days at liberty since the first facts, offences of the day. Lines that the screens hide do not count.
with dates as (
    select o.person_key, p.first_date, o.offence_start_date as fact_date, count(*) as offences
    from observed_people p
    join offences o on o.person_key = p.person_key
    left join convictions c on c.person_key = o.person_key and c.conviction_id = o.conviction_id
    where o.offence_start_date <= $extraction
      and (c.void_date is null or c.void_date > $extraction)
      and (c.rehabilitation_date is null or c.rehabilitation_date > $extraction)
    group by o.person_key, p.first_date, o.offence_start_date
),
away as (
    select d.person_key, d.fact_date, sum(least(d.fact_date, u.end_date) - greatest(d.first_date, u.start_date)) as days
    from dates d
    join custody_stays u on u.person_key = d.person_key and u.start_date < d.fact_date and u.end_date > d.first_date
    group by d.person_key, d.fact_date
)
select d.person_key, d.fact_date - d.first_date - coalesce(a.days, 0) as street_days, d.offences
from dates d
left join away a on a.person_key = d.person_key and a.fact_date = d.fact_date;
