-- One row per measure that runs on $as_of, of $officer_id or of $branch_id (one of them, or nothing is answered): whose it is, its dates, and the custody
-- of the person on the day of referral, as service_first_interviews.sql says it. Measures as in service_caseload.sql.
with running as (
    select
        m.person_key, p.person_id, m.measure_id, m.measure_code, m.phase, m.setting, m.officer_id,
        m.referral_date, case when m.first_interview_date <= $as_of then m.first_interview_date end as first_interview_date,
        m.start_date, m.planned_end_date
    from measures m
    join persons p on p.person_key = m.person_key
    left join officers f on f.officer_id = m.officer_id
    left join convictions c on c.person_key = m.person_key and c.conviction_id = m.conviction_id
    where m.start_date <= $as_of and (m.end_date is null or m.end_date > $as_of)
      and (p.death_date is null or p.death_date > $as_of)
      and (c.void_date is null or c.void_date > $as_of)
      and (c.rehabilitation_date is null or c.rehabilitation_date > $extraction)
      and (m.officer_id = $officer_id or coalesce(m.branch_id, f.branch_id) = $branch_id)
),
stays as (
    select r.person_key, r.measure_id, max(case when u.end_date > r.referral_date then 2 else 1 end) as place
    from running r
    join custody_union u
      on u.person_key = r.person_key and u.start_date <= r.referral_date and u.end_date >= r.referral_date - 31
    group by r.person_key, r.measure_id
)
select
    r.*,
    case
        when not exists (select 1 from custody_periods) then 'unknown'
        when s.place = 2 then 'held'
        when s.place = 1 then 'released'
        else 'free'
    end as custody
from running r
left join stays s on s.person_key = r.person_key and s.measure_id = r.measure_id
order by r.person_id, r.start_date, r.measure_id;
