-- One row per branch that a measure names, with its name where the list of branches gives it.
select m.branch_id, any_value(b.name) as name
from measures m
left join branches b on b.branch_id = m.branch_id
where m.branch_id is not null
group by m.branch_id
order by m.branch_id;
