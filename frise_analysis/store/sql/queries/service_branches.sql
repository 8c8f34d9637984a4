-- One row per branch that a measure is of, with its name where the list of branches gives it.
with named as (
    select distinct cast(caseload_branch_id as varchar) as branch_id from service_measures where caseload_branch_id is not null
)
select m.branch_id, any_value(b.name) as name
from named m
left join branches b on b.branch_id = m.branch_id
group by m.branch_id
order by m.branch_id;
