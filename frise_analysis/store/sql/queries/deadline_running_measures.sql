-- One row per measure that runs on a day and that a rule may end or have reviewed: probation and home detention as a sentence.
-- Persons between two keys, and among $keys where it is given. Measures of a conviction that is rehabilitated or void that day are left out.
-- `firm_days` is the length of a sentence of home detention.
select
    m.person_key, p.person_id, m.measure_id, m.measure_code, m.start_date, m.planned_end_date,
    case when c.final_date <= $as_of then c.final_date end as final_date,
    (
        select max(s.firm_days) from sentences s
        where s.person_key = m.person_key and s.conviction_id = m.conviction_id and s.sentence_code = 'ddse'
    ) as firm_days
from measures m
join persons p on p.person_key = m.person_key
left join convictions c on c.person_key = m.person_key and c.conviction_id = m.conviction_id
where m.person_key between $first and $last
  and ($keys is null or m.person_key in (select unnest(cast($keys as integer[]))))
  and m.measure_code in ('SP', 'SPR', 'SME', 'DDSE-P')
  and m.start_date <= $as_of
  and (m.end_date is null or m.end_date > $as_of)
  and (p.death_date is null or p.death_date > $as_of)
  and (c.void_date is null or c.void_date > $as_of)
  and (
    c.rehabilitation_date is null
    or c.rehabilitation_date > greatest($as_of, (select cast(value as date) from meta where key = 'extraction_date'))
  )
order by m.person_key, m.start_date, m.measure_id;
