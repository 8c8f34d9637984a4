-- One row per value of an attribute of the measures that run on $day: `people` under at least one of them. A person under several measures
-- is in several rows: `total` is the number of people, `shared` of those in several rows. On `selected_measures`.
with running as (
    select distinct
        person_key,
        case $by
            when 'branch' then cast(branch_id as varchar)
            when 'measure' then cast(measure_code as varchar)
            when 'setting' then cast(setting as varchar)
            when 'phase' then cast(phase as varchar)
            when 'age' then cast(age_band as varchar)
            when 'sex' then cast(sex as varchar)
            when 'family' then cast(family as varchar)
        end as category
    from selected_measures
    where start_date <= $day and (end_date is null or end_date > $day)
),
everybody as (
    select count(*) as total, count(*) filter (categories > 1) as shared
    from (select person_key, count(*) as categories from running group by person_key) p
)
select coalesce(r.category, '') as category, count(*) as people, any_value(e.total) as total, any_value(e.shared) as shared
from running r
cross join everybody e
group by category
order by category;
