-- One row per obligation that runs on $day in a selected measure that runs too: `people` who have it, among `total` people followed.
-- A person has several: the rows add up to nothing. An obligation without dates runs as its measure does.
with running as (
    select person_key, measure_key from selected_measures where start_date <= $day and (end_date is null or end_date > $day)
),
bound as (
    select o.obligation_code, o.person_key
    from service_obligations o
    join running r on r.measure_key = o.measure_key
    where (o.start_date is null or o.start_date <= $day) and (o.end_date is null or o.end_date > $day)
),
counted as (
    select obligation_code, count(*) as people from (select distinct obligation_code, person_key from bound) b group by obligation_code
)
select
    cast(e.obligation_code as varchar) as category, coalesce(c.people, 0) as people, (select count(distinct person_key) from running) as total
from (select distinct obligation_code from service_obligations) e
left join counted c on c.obligation_code = e.obligation_code
order by 1;
