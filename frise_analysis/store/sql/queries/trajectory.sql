-- One person's trajectory up to a day, rehabilitated lines left out (CP 133-11, 133-16).
select *, hidden_from_void is not null and hidden_from_void <= $as_of as void
from trajectory
where person_key = $person_key
  and start_date <= $as_of
  and (hidden_from_rehabilitation is null or hidden_from_rehabilitation > $as_of)
order by start_date, lane, record_id;
