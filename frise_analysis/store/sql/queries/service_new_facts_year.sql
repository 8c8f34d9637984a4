-- One row per person and branch: the first selected measure of that person there that began after $since and until $last, whether facts are recorded
-- within $days days after its beginning (`outcome`), and what is known of the person that day. $last leaves everybody $days days before the zone
-- where facts may not be judged yet; who died within them, without facts before, was not observed long enough and is left out.
-- Void and rehabilitated lines are left out.
with firsts as (
    select min(measure_key) as measure_key
    from selected_measures
    where branch_id is not null and start_date > $since and start_date <= $last
    group by person_key, branch_id
),
followed as (
    select
        m.person_key, m.branch_id, m.age_band, m.sex, m.family, m.prior_convictions, m.death_date,
        m.start_date + cast($days as integer) as last_day,
        case when m.facts_after_start <= least(m.start_date + cast($days as integer), m.death_date) then 1 else 0 end as outcome
    from selected_measures m
    join firsts f on f.measure_key = m.measure_key
    where m.death_date is null or m.death_date > m.start_date
)
select
    person_key, cast(branch_id as varchar) as branch_id, cast(age_band as varchar) as age_band, cast(sex as varchar) as sex,
    coalesce(cast(family as varchar), 'inconnu') as family, prior_convictions, outcome
from followed
where outcome = 1 or death_date is null or death_date > last_day
order by person_key, 2;
