-- One row per obligation of one person's measures, with the dates it has of its own, hidden measures included.
select measure_id, obligation_code, start_date, end_date
from obligations
where person_key = $person_key
order by measure_id, start_date, obligation_code, end_date;
