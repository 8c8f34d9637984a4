-- One row per person and branch: the last selected measure of that person there that ended after $since and until $day, whether it was achieved
-- (`outcome`), and what was known of the person when it began. Only ends that say whether it was: neither death, nor a move to
-- another service, nor a conversion, nor an end without outcome; and no measure of $without, which nobody achieves.
with ended as (
    select
        person_key, branch_id, cast(age_band as varchar) as age_band, cast(sex as varchar) as sex, family, prior_convictions,
        case when outcome = 'accomplie' then 1 else 0 end as outcome,
        row_number() over (partition by person_key, branch_id order by end_date desc, measure_id) as rank
    from selected_measures
    where branch_id is not null and end_date > $since and end_date <= $day
      and outcome in ('accomplie', 'revoquee', 'revoquee_partiellement', 'retiree')
      and not list_contains(cast($without as varchar[]), cast(measure_code as varchar))
)
select person_key, branch_id, age_band, sex, coalesce(family, 'inconnu') as family, coalesce(prior_convictions, 0) as prior_convictions, outcome
from ended
where rank = 1
order by person_key, branch_id;
