-- One row per officer named by a measure that runs on $as_of in branch $branch_id (any, where null): `people` under at least one, and `measures`. With
-- $officer_id, only that officer. A measure without branch is of the branch of its officer. Measures of lines that are void or rehabilitated
-- that day are left out, as in what is shown of a person.
select coalesce(cast(officer_id as varchar), '') as officer_id, count(distinct person_key) as people, count(*) as measures
from service_measures
where start_date <= $as_of and (end_date is null or end_date > $as_of)
  and (void_date is null or void_date > $as_of) and not rehabilitated
  and ($officer_id is null or officer_id = $officer_id) and ($branch_id is null or caseload_branch_id = $branch_id)
group by all
order by 1;
