-- One row per person under a selected measure on $day; on any day where it is null.
select distinct person_key
from selected_measures
where $day is null or (start_date <= $day and (end_date is null or end_date > $day))
order by person_key;
