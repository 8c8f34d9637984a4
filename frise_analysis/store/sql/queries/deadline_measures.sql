-- One row per measure of the persons asked for that is linked to a conviction, as known on a day: one that ended later still runs.
select
    person_key, measure_id, conviction_id, measure_code, start_date, planned_end_date,
    case when end_date <= $as_of then end_date end as end_date,
    case when end_date <= $as_of then outcome end as outcome
from measures
where person_key between $first and $last and person_key in (select unnest($keys))
  and conviction_id is not null
  and start_date <= $as_of
order by person_key, start_date, measure_id;
