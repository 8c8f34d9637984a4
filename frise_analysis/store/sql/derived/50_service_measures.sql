-- What the questions service_* ask of each measure, read once by the load: `service_measures`, one row per measure that began in the lifetime of its person.
-- `end_date`, `outcome`: death ends every measure. `caseload_branch_id`: the branch of its officer where it names none. `prior_convictions`: decided before
-- the beginning, rehabilitated ones left out; `void_dates`: days from which some of them no longer count. `facts_after_*`: first date of facts after
-- the beginning, or the end, hidden lines left out; `away_at_*`: days spent in custody before that day.
create table service_measures as
select
    l.person_key, l.measure_key, m.measure_id,
    coalesce(try_cast(m.measure_code as measure_code), cast('' as measure_code)) as measure_code,
    try_cast(m.phase as measure_phase) as phase, try_cast(m.setting as measure_setting) as setting,
    cast(m.branch_id as branch_code) as branch_id, cast(coalesce(m.branch_id, o.branch_id) as branch_code) as caseload_branch_id,
    cast(m.officer_id as officer_code) as officer_id, coalesce(try_cast(l.sex as sex), cast('X' as sex)) as sex,
    cast(case
        when a.age is null or a.age < 0 then 'inconnu'
        when a.age < 18 then 'mineurs'
        when a.age < 21 then '18-20'
        when a.age < 25 then '21-24'
        when a.age < 30 then '25-29'
        when a.age < 40 then '30-39'
        when a.age < 50 then '40-49'
        when a.age < 60 then '50-59'
        else '60-plus'
    end as age_band) as age_band,
    cast(f.family as offence_family) as family,
    cast(coalesce(c.number, 0) as smallint) as prior_convictions, v.void_dates,
    m.referral_date, m.first_interview_date, m.start_date, m.planned_end_date, l.end_date,
    cast(case
        when l.death_date is not null and (m.end_date is null or l.death_date < m.end_date) then 'deces'
        when m.end_date is not null then coalesce(cast(try_cast(m.outcome as measure_outcome) as varchar), 'autre')
    end as measure_outcome) as outcome,
    l.death_date, l.void_date, l.rehabilitated,
    cast(case
        when not exists (select 1 from custody_periods) then 'unknown'
        when h.held = 2 then 'held'
        when h.held = 1 then 'released'
        else 'free'
    end as referral_custody) as referral_custody,
    n.after_start as facts_after_start, n.after_end as facts_after_end,
    cast(coalesce(w.at_start, 0) as integer) as away_at_start, cast(coalesce(w.at_end, 0) as integer) as away_at_end,
    cast(coalesce(w.at_facts_after_start, 0) as integer) as away_at_facts_after_start,
    cast(coalesce(w.at_facts_after_end, 0) as integer) as away_at_facts_after_end
from lived_measures l
join measures m on m.rowid = l.row
join later_facts n on n.measure_key = l.measure_key
left join officers o on o.officer_id = m.officer_id
left join gravest_families f on f.conviction_id = m.conviction_id
left join prior_convictions c on c.measure_key = l.measure_key
left join void_priors v on v.measure_key = l.measure_key
left join held_at_referral h on h.measure_key = l.measure_key
left join days_away w on w.measure_key = l.measure_key
cross join lateral (
    select case when l.birth <= l.start_date then date_part('year', l.start_date) - date_part('year', l.birth) - case
        when date_part('month', l.start_date) * 100 + date_part('day', l.start_date)
          < date_part('month', l.birth) * 100 + date_part('day', l.birth) then 1
        else 0
    end end as age
) a
order by l.measure_key;
