-- One person's trajectory as it stood on a day: what came later is not known yet, what ended later still runs.
-- Rehabilitated lines are left out whatever the day asked (CP 133-11, 133-16).
-- Materialized: the conditions below are planned once, not once for each lane.
with found as materialized (select * from trajectory where person_key = $person_key)
select
    person_key, lane, record_id,
    case when lane = 'facts' and second_date > $as_of then null else parent_id end as parent_id,
    start_date,
    case
        when end_date <= $as_of then end_date
        when end_date > $as_of and lane = 'facts' then cast($as_of as date)
    end as end_date,
    date_precision, code, label, detail,
    case when lane = 'measures' and (end_date is null or end_date > $as_of) then null else outcome end as outcome,
    attempt, intimate_partner, legal_recidivism,
    case when lane in ('facts', 'convictions') and second_date > $as_of then null else second_date end as second_date,
    amount,
    hidden_from_void is not null and hidden_from_void <= $as_of as void
from found
where start_date <= $as_of
  and (
    hidden_from_rehabilitation is null
    or hidden_from_rehabilitation > greatest($as_of, (select cast(value as date) from meta where key = 'extraction_date'))
  )
order by start_date, lane, record_id;
