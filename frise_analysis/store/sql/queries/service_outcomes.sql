-- One row per selected measure that ended after $since and until $day: its code, its outcome, whose it is.
select measure_code, outcome, person_key
from selected_measures
where end_date > $since and end_date <= $day;
