-- One row per obligation of those measures, under the number of its measure; a code that the vocabulary does not know counts as not said.
create table service_obligations as
select
    m.person_key, m.measure_key,
    coalesce(try_cast(o.obligation_code as obligation_code), cast('' as obligation_code)) as obligation_code,
    o.start_date, o.end_date
from obligations o
join service_measures m on m.person_key = o.person_key and m.measure_id = o.measure_id
order by m.measure_key, o.obligation_code;
