-- One tidy row per thing on the frise. `code` is the lane's own code (family, entry type, regime, measure, kind, domain).
-- `hidden_from_void`, `hidden_from_rehabilitation`: the day from which the line must no longer be recalled, if any.
create view trajectory as
select
    person_key, 'facts' as lane, offence_id as record_id, conviction_id as parent_id,
    offence_start_date as start_date, offence_end_date as end_date, coalesce(date_precision, 'day') as date_precision,
    resolved_family as code, label, resolved_nature as detail, cast(null as text) as outcome,
    void_date as hidden_from_void, rehabilitation_date as hidden_from_rehabilitation,
    coalesce(attempt, false) as attempt, coalesce(intimate_partner, false) as intimate_partner,
    false as legal_recidivism, decision_date as second_date, resolved_max_years as amount
from offence_facts
union all
select
    person_key, 'convictions', conviction_id, null,
    decision_date, null, 'day',
    coalesce(record_entry_type, 'condamnation'), court, judgment_mode, null,
    void_date, rehabilitation_date,
    false, false, coalesce(legal_recidivism_retained, false), final_date, null
from convictions
union all
select
    person_key, 'custody', custody_id, null,
    start_date, end_date, 'day',
    regime, null, null, null,
    null, null, false, false, false, null, null
from custody_periods
union all
select
    m.person_key, 'measures', m.measure_id, m.conviction_id,
    m.start_date, m.end_date, 'day',
    m.measure_code, null, m.setting, m.outcome,
    null, c.rehabilitation_date,
    false, false, false, m.planned_end_date, null
from measures m
left join convictions c on c.person_key = m.person_key and c.conviction_id = m.conviction_id
union all
select
    b.person_key, 'breaches', b.breach_id, b.measure_id,
    b.breach_date, null, 'day',
    b.kind, null, null, b.consequence,
    null, c.rehabilitation_date,
    false, false, false, null, null
from breaches b
left join measures m on m.person_key = b.person_key and m.measure_id = b.measure_id
left join convictions c on c.person_key = m.person_key and c.conviction_id = m.conviction_id
union all
select
    person_key, 'life_events', event_id, null,
    start_date, end_date, 'day',
    domain, label, source, direction,
    null, null, false, false, false, null, null
from life_events;
