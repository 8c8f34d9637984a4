select person_key, person_id, display_name, sex, birth_year from persons where person_key = $person_key;
