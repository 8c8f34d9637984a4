-- One row per line of the record of the persons asked for, as known on a day, like the legal clocks read those of one person.
select
    person_key, conviction_id, decision_date,
    case when final_date <= $as_of then final_date end as final_date,
    judgment_mode, coalesce(record_entry_type, 'condamnation') as entry_type,
    coalesce(legal_recidivism_retained, false) as retained,
    void_date, rehabilitation_date,
    case when sentence_expired_date <= $as_of then sentence_expired_date end as expired_date
from convictions
where person_key between $first and $last and person_key in (select unnest($keys))
  and decision_date <= $as_of
  and (
    rehabilitation_date is null
    or rehabilitation_date > greatest($as_of, (select cast(value as date) from meta where key = 'extraction_date'))
  )
order by person_key, decision_date, conviction_id;
