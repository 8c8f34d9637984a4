-- Up to $limit people whose pseudonym or name holds every word; a pseudonym typed in full or from its start comes first.
select person_key, person_id, display_name, sex, birth_year
from persons
where contains(search_text, $word_1)
  and contains(search_text, $word_2)
  and contains(search_text, $word_3)
order by lower(person_id) <> $word_1, not starts_with(lower(person_id), $word_1), person_key
limit $limit;
