-- One row per person in prison under a sentence on a day: the candidates of the rules about a stay. Persons between two keys,
-- and among $keys where it is given.
select distinct p.person_key
from custody_periods d
join persons p on p.person_key = d.person_key
where d.person_key between $first and $last
  and ($keys is null or d.person_key in (select unnest(cast($keys as integer[]))))
  and d.regime = 'detention'
  and d.start_date <= $as_of
  and (d.end_date is null or d.end_date > $as_of)
  and (p.death_date is null or p.death_date > $as_of)
order by p.person_key;
