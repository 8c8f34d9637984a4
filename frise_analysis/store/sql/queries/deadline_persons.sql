-- One row per person asked for, without a name.
select person_key, person_id, birth_date, birth_year
from persons
where person_key between $first and $last and person_key in (select unnest($keys))
order by person_key;
