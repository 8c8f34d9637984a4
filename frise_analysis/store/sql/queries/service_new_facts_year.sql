-- One row per person and branch: the first selected measure of that person there that began after $since and until $last, whether facts are recorded
-- within $days days after its beginning (`outcome`), and what is known of the person that day. $last leaves everybody $days days before the zone
-- where facts may not be judged yet; who died within them, without facts before, was not observed long enough and is left out.
-- Void and rehabilitated lines are left out ($extraction).
with firsts as (
    select
        person_key, branch_id, start_date, cast(age_band as varchar) as age_band, cast(sex as varchar) as sex, family, prior_convictions,
        row_number() over (partition by person_key, branch_id order by start_date, measure_id) as rank
    from selected_measures
    where branch_id is not null and start_date > $since and start_date <= $last
),
hidden as (
    select person_key, conviction_id
    from convictions
    where void_date <= $extraction or rehabilitation_date <= $extraction
),
facts as (
    select o.person_key, o.offence_start_date as fact_date
    from offences o
    left join hidden h on h.person_key = o.person_key and h.conviction_id = o.conviction_id
    where o.offence_start_date > $since and o.offence_start_date <= $last + cast($days as integer)
      and h.conviction_id is null
),
followed as (
    select
        m.*, p.death_date,
        case
            when f.fact_date <= m.start_date + cast($days as integer) and (p.death_date is null or f.fact_date <= p.death_date) then 1
            else 0
        end as outcome
    from firsts m
    join persons p on p.person_key = m.person_key
    asof left join facts f on f.person_key = m.person_key and f.fact_date > m.start_date
    where m.rank = 1 and (p.death_date is null or p.death_date > m.start_date)
)
select person_key, branch_id, age_band, sex, coalesce(family, 'inconnu') as family, coalesce(prior_convictions, 0) as prior_convictions, outcome
from followed
where outcome = 1 or death_date is null or death_date > start_date + cast($days as integer)
order by person_key, branch_id;
