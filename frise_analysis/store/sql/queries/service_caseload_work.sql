-- One row per measure that runs on $as_of, of $officer_id or of $branch_id (one of them, or nothing is answered): whose it is, its dates, and the custody
-- of the person on the day of referral. Measures as in service_caseload.sql.
select
    m.person_key, p.person_id, m.measure_id, cast(m.measure_code as varchar) as measure_code, cast(m.phase as varchar) as phase,
    cast(m.setting as varchar) as setting, cast(m.officer_id as varchar) as officer_id,
    m.referral_date, case when m.first_interview_date <= $as_of then m.first_interview_date end as first_interview_date,
    m.start_date, m.planned_end_date, cast(m.referral_custody as varchar) as custody
from service_measures m
join persons p on p.person_key = m.person_key
where m.start_date <= $as_of and (m.end_date is null or m.end_date > $as_of)
  and (m.void_date is null or m.void_date > $as_of) and not m.rehabilitated
  and (m.officer_id = $officer_id or m.caseload_branch_id = $branch_id)
order by p.person_id, m.start_date, m.measure_id;
