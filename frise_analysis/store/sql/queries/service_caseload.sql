-- One row per officer named by a measure that runs on $as_of in branch $branch_id (any, where null): `people` under at least one, and `measures`. With
-- $officer_id, only that officer. A measure without branch is of the branch of its officer. Measures of lines that are void or rehabilitated
-- that day are left out, as in what is shown of a person.
with running as (
    select m.person_key, m.officer_id, coalesce(m.branch_id, f.branch_id) as branch_id
    from measures m
    join persons p on p.person_key = m.person_key
    left join officers f on f.officer_id = m.officer_id
    left join convictions c on c.person_key = m.person_key and c.conviction_id = m.conviction_id
    where m.start_date <= $as_of and (m.end_date is null or m.end_date > $as_of)
      and (p.death_date is null or p.death_date > $as_of)
      and (c.void_date is null or c.void_date > $as_of)
      and (c.rehabilitation_date is null or c.rehabilitation_date > $extraction)
)
select coalesce(officer_id, '') as officer_id, count(distinct person_key) as people, count(*) as measures
from running
where ($officer_id is null or officer_id = $officer_id) and ($branch_id is null or branch_id = $branch_id)
group by officer_id
order by officer_id;
