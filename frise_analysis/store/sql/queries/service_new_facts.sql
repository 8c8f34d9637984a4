-- One row per selected measure whose beginning ($origin = 'start') or end ('end') is after $since and until $horizon: days from it to the first
-- later date of facts (`cause` 1), else to death (2), else to $horizon (0). What is after $horizon is not read: it may not be judged yet.
-- Facts of the day itself are not later. Void and rehabilitated lines are left out, as on the screens. Facts and death on one day: facts.
-- Where $street, days in custody are taken off: the regimes are those of custody_union. `branch`: rank of the branch in the order of its
-- identifier among the selected measures (`service_new_facts_branches`), 0 where it is not known: a million names would be slow to hand over.
with branches_ranked as (
    select branch_id, row_number() over (order by cast(branch_id as varchar)) as branch
    from (select distinct branch_id from selected_measures where branch_id is not null) b
),
spells as (
    select
        person_key, measure_code, branch_id,
        case when $origin = 'end' then end_date else start_date end as origin,
        case when $origin = 'end' then facts_after_end else facts_after_start end as fact_date,
        case when $origin = 'end' then away_at_end else away_at_start end as away_at_origin,
        case when $origin = 'end' then away_at_facts_after_end else away_at_facts_after_start end as away_at_facts,
        case when death_date <= $horizon then death_date end as death_date
    from selected_measures
),
ends as (
    select
        person_key, measure_code, branch_id, origin, fact_date, away_at_origin, away_at_facts, coalesce(death_date, $horizon) as last_day,
        case when fact_date <= coalesce(death_date, $horizon) then 1 when death_date is not null then 2 else 0 end as cause
    from spells
    where origin > $since and origin <= $horizon and (death_date is null or death_date > origin)
),
-- Days away before the last day observed, facts or not: the same for all measures of a person.
away as (
    select u.person_key, sum(greatest(0, least(u.end_date, p.death_date, $horizon) - u.start_date)) as days
    from custody_stays u
    join persons p on p.person_key = u.person_key
    where $street and u.start_date < $horizon
    group by u.person_key
)
select
    e.person_key, e.measure_code, cast(coalesce(b.branch, 0) as integer) as branch, e.cause,
    cast(case
        when e.cause = 1 then e.fact_date - e.origin - case when $street then e.away_at_facts - e.away_at_origin else 0 end
        else e.last_day - e.origin - case when $street then coalesce(a.days, 0) - e.away_at_origin else 0 end
    end as integer) as days
from ends e
left join branches_ranked b on b.branch_id = e.branch_id
left join away a on a.person_key = e.person_key;
