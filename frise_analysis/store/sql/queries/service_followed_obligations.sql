-- One row per obligation that runs on $day in a selected measure that runs too: `people` who have it, among `total` people followed.
-- A person has several: the rows add up to nothing. An obligation without dates runs as its measure does.
with running as (
    select person_key, measure_id from selected_measures where start_date <= $day and (end_date is null or end_date > $day)
),
bound as (
    select distinct o.person_key, o.obligation_code
    from obligations o
    join running r on r.person_key = o.person_key and r.measure_id = o.measure_id
    where (o.start_date is null or o.start_date <= $day) and (o.end_date is null or o.end_date > $day)
)
select
    e.obligation_code as category, coalesce(b.people, 0) as people, (select count(distinct person_key) from running) as total
from (select distinct obligation_code from obligations) e
left join (select obligation_code, count(*) as people from bound group by obligation_code) b on b.obligation_code = e.obligation_code
order by e.obligation_code;
