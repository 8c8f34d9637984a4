-- One row per person who is at liberty on a day and has a final sentence of firm prison, not adjusted at judgment, with no end
-- recorded and no stay under a sentence since: the candidates of the rules about sentences to be executed.
-- Over thirty years old, a sentence has lapsed whatever its nature (CP 133-2 to 133-4). Persons between two keys, and among
-- $keys where it is given.
select distinct p.person_key
from convictions c
join sentences s on s.person_key = c.person_key and s.conviction_id = c.conviction_id
join persons p on p.person_key = c.person_key
where c.person_key between $first and $last
  and ($keys is null or c.person_key in (select unnest(cast($keys as integer[]))))
  and c.final_date <= $as_of
  and c.final_date >= cast($as_of as date) - interval 30 year
  and s.firm_days > 0 and s.sentence_code <> 'ddse' and not coalesce(s.ab_initio, false)
  and (c.sentence_expired_date is null or c.sentence_expired_date > $as_of)
  and (c.void_date is null or c.void_date > $as_of)
  and (
    c.rehabilitation_date is null
    or c.rehabilitation_date > greatest($as_of, (select cast(value as date) from meta where key = 'extraction_date'))
  )
  and (p.death_date is null or p.death_date > $as_of)
  and not exists (
    from custody_periods d
    where d.person_key = c.person_key and d.start_date <= $as_of
      and (
        d.end_date is null or d.end_date > $as_of
        or (d.regime <> 'detention_provisoire' and d.end_date >= c.decision_date)
      )
  )
order by p.person_key;
