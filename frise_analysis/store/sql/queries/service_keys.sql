-- One row per selected measure on $day, on any day where it is null: whose it is.
select person_key
from selected_measures
where $day is null or (start_date <= $day and (end_date is null or end_date > $day));
