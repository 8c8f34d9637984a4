-- One row per branch: `people` under at least one measure that runs there on $as_of, and `officers` who have at least one. `total`: people under any;
-- `shared`: those in several branches. A measure without branch is of the branch
-- of its officer. Those of void lines count, as in all figures of the service: less the two, a reader would count these few.
with running as (
    select person_key, officer_id, coalesce(cast(caseload_branch_id as varchar), '') as branch_id
    from service_measures
    where start_date <= $as_of and (end_date is null or end_date > $as_of)
),
followed as (
    select distinct person_key, branch_id from running
),
everybody as (
    select count(*) as total, count(*) filter (branches > 1) as shared
    from (select person_key, count(*) as branches from followed group by person_key) p
),
manned as (
    select branch_id, count(distinct officer_id) as officers from running group by branch_id
)
select f.branch_id as category, count(*) as people, any_value(m.officers) as officers, any_value(e.total) as total, any_value(e.shared) as shared
from followed f
join manned m on m.branch_id = f.branch_id
cross join everybody e
group by f.branch_id
order by f.branch_id;
