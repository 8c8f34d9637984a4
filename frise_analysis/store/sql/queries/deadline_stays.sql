-- One row per period of custody of the persons asked for, as known on a day: one that ended later still runs.
select person_key, custody_id, start_date, case when end_date <= $as_of then end_date end as end_date, regime
from custody_periods
where person_key between $first and $last and person_key in (select unnest($keys))
  and start_date <= $as_of
order by person_key, start_date, custody_id;
