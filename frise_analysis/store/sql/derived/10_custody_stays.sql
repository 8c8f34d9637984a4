-- One row per person and uninterrupted time away from liberty, as `custody_union` gives it, with the days spent in the earlier ones: days away
-- before any day are then those, and the days of the last stay begun by then.
create table custody_stays as
select
    person_key, start_date, end_date,
    cast(coalesce(sum(end_date - start_date) over (
        partition by person_key order by start_date rows between unbounded preceding and 1 preceding
    ), 0) as integer) as days_before
from custody_union
order by person_key, start_date;
