-- One row per person with recorded facts, of one person in so many where the store is large (`reference_sampling.sql`): what their rate and the class of
-- comparable people read. `dates`: dates of facts; `family` of the first of them, in the order of the screen; `age`: whole years at the first facts, from the
-- first of July where only the year of birth is known; `street_days`: days at liberty from the first facts to the extraction or death.
-- Lines that the screens hide at the extraction do not count.
create table observed_people as
with firsts as (
    select
        o.person_key, min(o.offence_start_date) as first_date, max(o.offence_start_date) as last_date,
        count(distinct o.offence_start_date) as dates, arg_min(o.resolved_family, (o.offence_start_date, o.offence_id)) as family
    from offences o
    left join convictions c on c.person_key = o.person_key and c.conviction_id = o.conviction_id
    where o.person_key % (select greatest(1, count(*) // 20000) from persons) = 0
      and o.offence_start_date <= getvariable('extraction')
      and (c.void_date is null or c.void_date > getvariable('extraction'))
      and (c.rehabilitation_date is null or c.rehabilitation_date > getvariable('extraction'))
    group by o.person_key
),
observed as (
    select
        f.*, p.sex, coalesce(p.birth_date, make_date(p.birth_year, 7, 1)) as birth,
        greatest(f.last_date, least(coalesce(p.death_date, getvariable('extraction')), getvariable('extraction'))) as last_day
    from firsts f
    join persons p on p.person_key = f.person_key
),
away as (
    select o.person_key, sum(greatest(0, least(o.last_day, u.end_date) - greatest(o.first_date, u.start_date))) as days
    from observed o
    join custody_stays u on u.person_key = o.person_key
    group by o.person_key
)
select
    o.person_key, o.sex, o.family, o.first_date, o.dates,
    extract(year from o.first_date) - extract(year from o.birth)
      - case
          when extract(month from o.first_date) * 100 + extract(day from o.first_date)
            < extract(month from o.birth) * 100 + extract(day from o.birth) then 1
          else 0
        end as age,
    o.last_day - o.first_date - coalesce(a.days, 0) as street_days
from observed o
left join away a on a.person_key = o.person_key
order by o.person_key;
