-- One row per branch of the selected measures: its rank in the order of its identifier, and its name where the list of branches gives it.
with named as (
    select distinct cast(branch_id as varchar) as branch_id from selected_measures where branch_id is not null
)
select
    cast(row_number() over (order by m.branch_id) as integer) as branch, m.branch_id, coalesce(b.name, m.branch_id) as name
from named m
left join (select branch_id, any_value(name) as name from branches group by branch_id) b on b.branch_id = m.branch_id
order by branch;
