-- One row per branch: `people` under at least one measure that runs there on $as_of, and `officers` who have at least one. `total`: people under any;
-- `shared`: those in several branches. Measures as in service_caseload.sql.
with running as (
    select m.person_key, m.officer_id, coalesce(m.branch_id, f.branch_id, '') as branch_id
    from measures m
    join persons p on p.person_key = m.person_key
    left join officers f on f.officer_id = m.officer_id
    left join convictions c on c.person_key = m.person_key and c.conviction_id = m.conviction_id
    where m.start_date <= $as_of and (m.end_date is null or m.end_date > $as_of)
      and (p.death_date is null or p.death_date > $as_of)
      and (c.void_date is null or c.void_date > $as_of)
      and (c.rehabilitation_date is null or c.rehabilitation_date > $extraction)
),
everybody as (
    select count(*) as total, count(*) filter (branches > 1) as shared
    from (select person_key, count(distinct branch_id) as branches from running group by person_key) p
)
select
    r.branch_id as category, count(distinct r.person_key) as people, count(distinct r.officer_id) as officers,
    any_value(e.total) as total, any_value(e.shared) as shared
from running r
cross join everybody e
group by r.branch_id
order by r.branch_id;
