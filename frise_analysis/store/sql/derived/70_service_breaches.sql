-- One row per breach of those measures, under the number of its measure; a kind that the vocabulary does not know counts as not said.
create table service_breaches as
select
    m.person_key, m.measure_key, b.breach_id, b.breach_date,
    coalesce(try_cast(b.kind as breach_kind), cast('' as breach_kind)) as kind
from breaches b
join service_measures m on m.person_key = b.person_key and m.measure_id = b.measure_id
order by m.measure_key, b.breach_date;
