-- One row per kind of breach of the selected measures dated after $since and until $day: `people` counted once in it, `breaches`.
select b.kind, count(distinct b.person_key) as people, count(*) as breaches
from breaches b
join selected_measures m on m.person_key = b.person_key and m.measure_id = b.measure_id
where b.breach_date > $since and b.breach_date <= $day
group by b.kind
order by b.kind;
