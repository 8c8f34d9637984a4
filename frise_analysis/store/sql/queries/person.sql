select person_key, person_id, sex, birth_date, birth_year, death_date
from persons
where person_key = $person_key;
