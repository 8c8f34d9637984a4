-- Which measures of one person come before a judgment, and which after.
select measure_id, phase
from measures
where person_key = $person_key
  and phase is not null
order by measure_id;
