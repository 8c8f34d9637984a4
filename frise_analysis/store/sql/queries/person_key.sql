select person_key from persons where person_id = $person_id;
