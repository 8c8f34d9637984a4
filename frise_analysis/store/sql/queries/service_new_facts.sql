-- One row per selected measure whose beginning ($origin = 'start') or end ('end') is after $since and until $horizon: days from it to the first
-- later date of facts (`cause` 1), else to death (2), else to $horizon (0). What is after $horizon is not read: it may not be judged yet.
-- Facts of the day itself are not later. Void and rehabilitated lines are left out, as on the screens ($extraction). Facts and death on one day: facts.
-- Where $street, days in custody are taken off: the regimes are those of custody_union. `branch`: rank of the branch in the order of its
-- identifier among the selected measures (`service_new_facts_branches`), 0 where it is not known: a million names would be slow to hand over.
with branches_ranked as (
    select branch_id, row_number() over (order by branch_id) as branch
    from (select distinct branch_id from selected_measures where branch_id is not null) b
),
spells as (
    select
        s.person_key, s.measure_id, s.measure_code, s.branch_id, s.origin,
        case when p.death_date <= $horizon then p.death_date end as death_date
    from (
        select
            person_key, measure_id, measure_code, branch_id,
            case when $origin = 'end' then end_date else start_date end as origin
        from selected_measures
        where $origin = 'start' or end_date is not null
    ) s
    join persons p on p.person_key = s.person_key
    where s.origin > $since and s.origin <= $horizon
      and (p.death_date is null or p.death_date > s.origin)
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
    where o.offence_start_date > $since and o.offence_start_date <= $horizon
      and h.conviction_id is null
),
ends as (
    select
        s.*,
        case
            when f.fact_date is not null and (s.death_date is null or f.fact_date <= s.death_date) then 1
            when s.death_date is not null then 2
            else 0
        end as cause,
        least(coalesce(f.fact_date, $horizon), coalesce(s.death_date, $horizon)) as last_day
    from spells s
    asof left join facts f on f.person_key = s.person_key and f.fact_date > s.origin
),
away as (
    select
        e.person_key, e.measure_id,
        sum(greatest(0, least(e.last_day, u.end_date) - greatest(e.origin, u.start_date))) as days
    from ends e
    join custody_union u on u.person_key = e.person_key and u.start_date < e.last_day and u.end_date > e.origin
    where $street
    group by e.person_key, e.measure_id
)
select
    e.person_key, e.measure_code, cast(coalesce(b.branch, 0) as integer) as branch, e.cause,
    cast(e.last_day - e.origin - coalesce(a.days, 0) as integer) as days
from ends e
left join branches_ranked b on b.branch_id = e.branch_id
left join away a on a.person_key = e.person_key and a.measure_id = e.measure_id;
