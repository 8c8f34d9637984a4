-- One row per kind of breach of the selected measures dated after $since and until $day: `people` counted once in it, `breaches`.
select cast(b.kind as varchar) as kind, count(distinct b.person_key) as people, count(*) as breaches
from service_breaches b
join selected_measures m on m.measure_key = b.measure_key
where b.breach_date > $since and b.breach_date <= $day
group by b.kind
order by 1;
