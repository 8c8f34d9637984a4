select measure_id, obligation_code, start_date, end_date
from obligations
where person_key = $person_key
order by measure_id, start_date, obligation_code;
