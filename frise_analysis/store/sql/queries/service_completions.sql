-- One row per person and branch: the last selected measure of that person there that ended after $since and until $day (of those of one day, the one
-- that began last), whether it was achieved (`outcome`), and what was known of the person when it began. Only ends that say whether it was:
-- neither death, nor a move to another service, nor a conversion, nor an end without outcome; and no measure of $without, which nobody achieves.
with ended as (
    select person_key, measure_key, branch_id, end_date
    from selected_measures
    where branch_id is not null and end_date > $since and end_date <= $day
      and outcome in ('accomplie', 'revoquee', 'revoquee_partiellement', 'retiree')
      and not list_contains(cast($without as varchar[]), cast(measure_code as varchar))
),
lasts as (
    select cast(max(cast(end_date - $since as bigint) * 4294967296 + measure_key) % 4294967296 as integer) as measure_key
    from ended
    group by person_key, branch_id
)
select
    m.person_key, cast(m.branch_id as varchar) as branch_id, cast(m.age_band as varchar) as age_band, cast(m.sex as varchar) as sex,
    coalesce(cast(m.family as varchar), 'inconnu') as family, m.prior_convictions,
    case when m.outcome = 'accomplie' then 1 else 0 end as outcome
from selected_measures m
join lasts l on l.measure_key = m.measure_key
order by m.person_key, 2;
