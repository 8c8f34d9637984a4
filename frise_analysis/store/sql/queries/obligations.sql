-- One row per obligation of one person's measures as known on a day: what ended later still runs, what starts later is left out.
-- A date that the obligation does not have is that of its measure.
with dated as (
    select
        o.measure_id, o.obligation_code,
        coalesce(o.start_date, m.start_date) as start_date,
        coalesce(o.end_date, m.end_date) as end_date
    from obligations o
    join measures m on m.person_key = o.person_key and m.measure_id = o.measure_id
    where o.person_key = $person_key
)
select measure_id, obligation_code, start_date, case when end_date <= $as_of then end_date end as end_date
from dated
where start_date <= $as_of
order by measure_id, start_date, obligation_code, end_date;
